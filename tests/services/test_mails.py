from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from decided_people import announced_final, decision_of, named, noted_final, number_of, status_of
from hypothesis import given
from hypothesis import strategies as st
from intake_scene import portal_file
from python_calamine import CalamineWorkbook
from staged_people import stage

from fujisawa_desktop.errors import AppError, ConflictError, RuleError, StorageError, ValidationError
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import Applicant, Dispatch, EntryKind, Interview, JournalEntry, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services import mails as mails_module
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.mail_drafts import MailDraft, MailKind, MailOrder, draft_mails
from fujisawa_desktop.services.mails import ledger, ledger_file, mark_sent, write_mails
from fujisawa_desktop.services.outgoing import settle_outgoing
from fujisawa_desktop.services.promotion import promote
from fujisawa_desktop.services.selection import import_decisions, record_reply, release
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.wording_template import template
from fujisawa_desktop.texts import term

S = ApplicationStatus
FOLDER = resources_dir() / "mails"
SAMPLES = resources_dir() / "samples"
HOSTILE = (
    "=cmd|'/c calc'!A1",
    "{氏名}{0}{x.__class__}",
    "<b>&amp;\r\nBcc: b@example.jp",
    "\u202eabc\x0b",
    pytest.param("\u202eabc\x00\x0b", marks=pytest.mark.file_only("a server stores no NUL")),
    "𠮷　\U000e0100",
    "a" * 3000,
)


def drafts(database: Database, programme_id: int, kind: MailKind, **more: object) -> tuple[MailDraft, ...]:
    return draft_mails(database, order=MailOrder(programme_id, kind, **more))  # type: ignore[arg-type]


def write(
    database: Database, programme_id: int, kind: MailKind, folder: Path, *, checked_by: str = "鈴木"
) -> list[Path]:
    order = MailOrder(programme_id, kind)
    found = [one for one in draft_mails(database, order=order) if one.can_write]
    done = write_mails(
        database, order=order, drafts=found, folder=folder, checked_by=checked_by, actor="佐藤"
    )
    return [folder / name for name in done.files]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for messages."""
    made = tmp_path / "メール"
    made.mkdir()
    return made


def count(database: Database) -> int:
    with database.read() as session:
        return session.query(Dispatch).count()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_the_wording_uses_known_words_and_tells_no_score_and_no_city(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = set(tomllib.loads((FOLDER / "placeholders.toml").read_text(encoding="utf-8"))["mail"])
    texts = [text for value in data.values() for text in (value if isinstance(value, list) else [value])]
    if path.stem != "placeholders":
        words = {word for text in texts for word in template(text).names}
        assert words <= known | {"件名"}
        assert not [text for text in texts if any(word in text for word in ("得点", "点数", "藤沢"))]


def test_every_kind_has_its_wording() -> None:
    assert {kind.value for kind in MailKind} <= {path.stem for path in FOLDER.glob("*.toml")}


def test_each_result_is_told_to_its_person_alone(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    told = {
        MailKind.FINAL_PASS: final.passed,
        MailKind.FINAL_RESERVE: final.reserves,
        MailKind.FINAL_FAIL: (final.failed,),
    }
    names = [f"見本　{sign}" for sign in "一二三四五六"]
    for kind, people in told.items():
        found = drafts(database, programme_id, kind, reply_by=date(2024, 11, 22))
        assert {one.entry_id for one in found} == {one.entry_id for one in people}
        for one in found:
            assert one.body.startswith(f"{one.name}　様\n")
            assert one.number in one.subject
            assert [name for name in names if name in one.body] == [one.name]
            assert ("11月22日" in one.body) is (kind is MailKind.FINAL_PASS)
    reserve = drafts(database, programme_id, MailKind.FINAL_RESERVE)[0]
    assert f"第{reserve.reserve_rank}位" in reserve.body
    assert "令和7年1月31日" in reserve.body


def test_what_is_noted_is_not_told(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    for kind in (MailKind.FINAL_PASS, MailKind.FINAL_RESERVE, MailKind.FINAL_FAIL, MailKind.PROMOTION):
        with pytest.raises(RuleError, match=r"mail\.nobody"):
            drafts(database, programme_id, kind)
    number = number_of(database, final.passed[0])
    with pytest.raises(RuleError, match=r"mail\.not-announced"):
        drafts(database, programme_id, MailKind.FINAL_PASS, numbers=(number,))


def test_whoever_withdrew_gets_no_result(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    found = drafts(database, programme_id, MailKind.FINAL_PASS)
    assert [one.entry_id for one in found] == [final.passed[1].entry_id]


def test_the_samples_in_a_folder_read_back_with_one_address_each(
    database: Database, programme_id: int, folder: Path
) -> None:
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name)
    import_decisions(database, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    found = {one.number: one for one in drafts(database, programme_id, MailKind.FIRST_FAIL)}
    files = write(database, programme_id, MailKind.FIRST_FAIL, folder)
    assert len(files) == len(found) == len(list(folder.iterdir()))
    for path in files:
        message = message_from_bytes(path.read_bytes(), policy=default)
        [address] = message["To"].addresses
        draft = found[path.name.split("_")[0]]
        assert address.addr_spec == draft.address
        assert not {"Cc", "Bcc"} & set(message.keys())
        assert message["Subject"] == draft.subject
        assert message.get_content().replace("\r\n", "\n") == draft.body
        assert path.name.isascii()
        assert draft.name not in path.name


def test_writing_is_entered_in_the_ledger_and_bars_undo(
    database: Database, programme_id: int, folder: Path
) -> None:
    announced_final(database, programme_id)
    write(database, programme_id, MailKind.FINAL_PASS, folder)
    rows = ledger(database, programme_id=programme_id)
    assert {(row.kind, row.sent_at, row.actor, row.checked_by, row.is_repeat) for row in rows} == {
        ("final-pass", None, "佐藤", "鈴木", False)
    }
    with database.read() as session:
        entry = session.query(JournalEntry).order_by(JournalEntry.seq.desc()).first()
        assert entry is not None
        assert (entry.kind, entry.label, entry.params["count"]) == (EntryKind.ISSUED, "mails.write", 2)
    with pytest.raises(RuleError, match=r"undo\.issued"):
        undo(database)


def test_a_message_written_again_is_a_new_line_that_says_so(
    database: Database, programme_id: int, folder: Path
) -> None:
    announced_final(database, programme_id)
    first = write(database, programme_id, MailKind.FINAL_FAIL, folder)
    assert drafts(database, programme_id, MailKind.FINAL_FAIL)[0].cautions == ("mail.written-before",)
    again = write(database, programme_id, MailKind.FINAL_FAIL, folder)
    assert set(first).isdisjoint(again)
    latest, before = ledger(database, programme_id=programme_id)
    assert (latest.is_repeat, before.is_repeat) == (True, False)
    mark_sent(database, dispatch_ids=[before.dispatch_id])
    assert drafts(database, programme_id, MailKind.FINAL_FAIL)[0].cautions == ("mail.sent-before",)


def test_a_clerk_marks_one_or_many_as_sent_and_takes_it_back(
    database: Database, programme_id: int, folder: Path
) -> None:
    announced_final(database, programme_id)
    write(database, programme_id, MailKind.FINAL_RESERVE, folder)
    ids = [row.dispatch_id for row in ledger(database, programme_id=programme_id)]
    mark_sent(database, dispatch_ids=ids[:2])
    assert len(ledger(database, programme_id=programme_id, only_unsent=True)) == 1
    assert ledger(database, programme_id=programme_id, kind="final-pass") == ()
    undo(database)
    assert len(ledger(database, programme_id=programme_id, only_unsent=True)) == 3
    mark_sent(database, dispatch_ids=ids)
    mark_sent(database, dispatch_ids=ids[:1], sent=False)
    assert len(ledger(database, programme_id=programme_id, only_unsent=True)) == 1
    with pytest.raises(AppError, match=r"mail\.gone"):
        mark_sent(database, dispatch_ids=[*ids, 999])


@pytest.mark.parametrize(
    ("checked_by", "code"),
    [("", "mail.second-clerk"), (" 　", "mail.second-clerk"), (" 佐 藤", "mail.second-clerk-same")],
)
def test_two_pairs_of_eyes_are_needed(
    database: Database, programme_id: int, folder: Path, checked_by: str, code: str
) -> None:
    announced_final(database, programme_id)
    with pytest.raises(ValidationError) as refused:
        write(database, programme_id, MailKind.FINAL_PASS, folder, checked_by=checked_by)
    assert refused.value.code == code
    assert (count(database), list(folder.iterdir())) == (0, [])


def test_what_changed_after_the_check_is_not_written(
    database: Database, programme_id: int, folder: Path
) -> None:
    final = announced_final(database, programme_id)
    order = MailOrder(programme_id, MailKind.FINAL_PASS)
    checked = draft_mails(database, order=order)

    def attempt() -> None:
        write_mails(database, order=order, drafts=checked, folder=folder, checked_by="鈴木", actor="佐藤")

    named(database, final.passed[0], "見本　一", "another@example.jp")
    with pytest.raises(ConflictError, match=r"mail\.changed-since"):
        attempt()
    named(database, final.passed[0], "見本　一", "p0@example.jp")
    record_reply(database, application_id=final.passed[1].application_id, kind=ReplyKind.WITHDRAWN)
    with pytest.raises(ConflictError, match=r"mail\.changed-since"):
        attempt()
    assert (count(database), list(folder.iterdir())) == (0, [])


def test_nothing_is_written_when_one_file_fails(
    database: Database, programme_id: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    announced_final(database, programme_id)
    real, done = FileSet.add, []

    def full_disk(self: FileSet, name: str, data: bytes) -> None:
        if done:
            raise StorageError("write.disk-full", file=name)
        done.append(name)
        real(self, name, data)

    monkeypatch.setattr(FileSet, "add", full_disk)
    with pytest.raises(StorageError):
        write(database, programme_id, MailKind.FINAL_RESERVE, folder)
    assert (count(database), list(folder.iterdir()), len(done)) == (0, [], 1)
    with pytest.raises(StorageError, match=r"mail\.no-folder"):
        write(database, programme_id, MailKind.FINAL_RESERVE, folder / "not there")


def test_no_message_is_seen_before_it_is_recorded(
    database: Database, programme_id: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody might send it. The program ends in between; the next start puts them in their places."""
    announced_final(database, programme_id)
    looked = []

    def end(_self: FileSet) -> None:
        looked.append((count(database), [path for path in folder.iterdir() if path.name[0] != "."]))
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(FileSet, "place", end)
        with pytest.raises(KeyboardInterrupt):
            write(database, programme_id, MailKind.FINAL_RESERVE, folder)
    assert [(number > 0, files) for number, files in looked] == [(True, [])]
    assert settle_outgoing(database) == ()
    assert len([path for path in folder.iterdir() if path.suffix == ".eml"]) == count(database)


def test_addresses_that_cannot_be_are_refused_and_odd_ones_marked(
    database: Database, programme_id: int, folder: Path
) -> None:
    final = announced_final(database, programme_id)
    named(database, final.passed[0], "見本　一", "x@example.jp, y@example.jp")
    named(database, final.reserves[0], "見本　三", "")
    named(database, final.reserves[1], "見本　四", "P4@Example.jp")
    one, _two = drafts(database, programme_id, MailKind.FINAL_PASS)
    assert (one.can_write, one.cautions) == (False, ("mail.impossible",))
    cautions = {one.entry_id: one.cautions for one in drafts(database, programme_id, MailKind.FINAL_RESERVE)}
    assert cautions == {
        final.reserves[0].entry_id: ("mail.missing",),
        final.reserves[1].entry_id: ("mail.shared",),
        final.reserves[2].entry_id: ("mail.shared",),
    }
    order = MailOrder(programme_id, MailKind.FINAL_PASS)
    with pytest.raises(RuleError, match=r"mail\.address-impossible-for"):
        write_mails(database, order=order, drafts=[one], folder=folder, checked_by="鈴木", actor="佐藤")


def test_another_address_than_the_portals_is_shown(
    database: Database, programme_id: int, folder: Path
) -> None:
    import_applicants(database, programme_id=programme_id, file=portal_file(folder / "p.csv", {}))
    path = folder / "d.csv"
    path.write_text("申込番号,選考,結果,コース\r\n1001,1次,合格,\r\n", encoding="utf-8-sig")
    import_decisions(database, programme_id=programme_id, file=path)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    [draft] = drafts(database, programme_id, MailKind.FIRST_PASS)
    assert (draft.portal_address, draft.cautions) == ("", ())
    with unit_of_work(database, "test.edit") as work:
        work.session.query(Applicant).one().mail = "typed@example.jp"
        work.commit()
    [draft] = drafts(database, programme_id, MailKind.FIRST_PASS)
    assert (draft.address, draft.portal_address) == ("typed@example.jp", "a@example.ac.jp")
    assert draft.cautions == ("mail.differs",)


def test_after_a_correction_the_message_says_so_and_is_due_again(
    database: Database, programme_id: int, folder: Path
) -> None:
    final = announced_final(database, programme_id)
    write(database, programme_id, MailKind.FINAL_FAIL, folder)
    correct_decision(
        database, decision_id=decision_of(database, final.failed).id, result=Result.PASS, reason="転記の誤り"
    )
    assert status_of(database, final.failed) is S.FINAL_PASSED
    found = {one.entry_id: one for one in drafts(database, programme_id, MailKind.FINAL_PASS)}
    corrected = found[final.failed.entry_id]
    assert (corrected.is_correction, corrected.is_due) == (True, True)
    assert corrected.subject.startswith("【訂正】")
    assert "誤りがありました" in corrected.body
    assert "転記の誤り" not in corrected.body
    assert not found[final.passed[0].entry_id].is_correction
    with pytest.raises(RuleError, match=r"mail\.nobody"):
        drafts(database, programme_id, MailKind.FINAL_FAIL)


def test_a_promoted_reserve_is_told_so(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    record_reply(database, application_id=final.passed[0].application_id, kind=ReplyKind.WITHDRAWN)
    promote(database, application_id=final.reserves[0].application_id, today=date(2024, 11, 20))
    [draft] = drafts(database, programme_id, MailKind.PROMOTION)
    assert draft.entry_id == final.reserves[0].entry_id
    assert "繰上げ" in draft.subject
    assert final.reserves[0].entry_id not in {
        one.entry_id for one in drafts(database, programme_id, MailKind.FINAL_RESERVE)
    }


def test_an_invitation_names_the_time_and_what_the_clerk_adds(database: Database, programme_id: int) -> None:
    person = stage(database, programme_id, 1, S.FIRST_PASSED)
    named(database, person, "見本　七", "p7@example.jp")
    with unit_of_work(database, "test.interview") as work:
        work.session.add(
            Interview(
                programme_id=programme_id,
                entry_id=person.entry_id,
                applicant_id=person.applicant_id,
                starts_at=datetime(2024, 10, 30, 13, 30),
                ends_at=datetime(2024, 10, 30, 14, 0),
            )
        )
        work.commit()
    kind = MailKind.INTERVIEW_INVITATION
    [draft] = drafts(database, programme_id, kind, addition="接続先 https://example.jp/1\n会議番号 123")
    assert "令和6年10月30日（水）午後1時30分から午後2時00分まで" in draft.body
    assert "会議番号 123" in draft.body


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(database: Database, programme_id: int, folder: Path, text: str) -> None:
    final = announced_final(database, programme_id)
    named(database, final.failed, text.replace("\0", ""), "p5@example.jp")  # a name with NUL is not stored
    [draft] = drafts(database, programme_id, MailKind.FINAL_FAIL, addition=text)
    assert "\n" not in draft.subject
    order = MailOrder(programme_id, MailKind.FINAL_FAIL, addition=text)
    done = write_mails(database, order=order, drafts=[draft], folder=folder, checked_by="鈴木", actor="佐藤")
    message = message_from_bytes((folder / done.files[0]).read_bytes(), policy=default)
    assert [one.addr_spec for one in message["To"].addresses] == ["p5@example.jp"]
    assert "Bcc" not in message
    rows = ledger(database, programme_id=programme_id)
    book = CalamineWorkbook.from_filelike(BytesIO(ledger_file(rows, term, made_at=datetime(2024, 11, 1))))
    [_heads, line] = book.get_sheet_by_index(0).to_python()
    assert line[3] == "p5@example.jp"
    assert b"<f>" not in ledger_file(rows, term, made_at=datetime(2024, 11, 1))


NUMBERS = st.text(max_size=60)


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_file_names_are_safe_and_each_its_own(numbers: list[str]) -> None:
    blank = MailDraft(
        MailKind.FIRST_PASS, 7, 1, (1,), "", "氏名", "a@example.jp", "", "", None, None, "", "", (),
        is_correction=False, written_at=None, is_due=True,
    )  # fmt: skip
    found = mails_module._names(Path(), [replace(blank, number=one) for one in numbers])
    assert len({name.casefold() for name in found}) == len(numbers)
    for name in found:
        assert name.isascii()
        assert len(name) <= 120
        assert not set(name) & set('/\\:*?"<>|')
        assert not name.startswith(".")
        assert name.endswith(".eml")
        assert name.split("_")[0].upper() not in {"CON", "NUL", "PRN", "AUX"} or "_" in name

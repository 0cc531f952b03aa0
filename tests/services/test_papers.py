"""Papers made from the database, read back from the PDF."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import pytest
from appointed import Person, add_people
from interview_scene import at
from pdf_reading import pages_text, pypdf_text
from sqlalchemy import select

from fujisawa_desktop.errors import (
    AppError,
    Cancelled,
    NotFoundError,
    RuleError,
    StorageError,
    ValidationError,
)
from fujisawa_desktop.models import (
    Applicant,
    Application,
    Entry,
    EntryKind,
    Interview,
    Interviewer,
    JournalEntry,
    Notice,
    Programme,
)
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.interview_booking import Sitting, write_sittings
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 10, 25, 17, 2)
PEOPLE = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, Status.RECEIVED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.RECEIVED),
    Person("RN1", "髙﨑　花", "タカサキ ハナ", 0, Status.RECEIVED),
)


def applications(database: Database, *numbers: str) -> list[int]:
    with database.read() as session:
        query = select(Application.id).join(Entry, Entry.id == Application.entry_id)
        return list(session.scalars(query.where(Entry.number.in_(numbers)).order_by(Application.id)))


def decide(database: Database, programme_id: int, stage: Stage, **results: Result) -> None:
    """Record and announce; keywords are numbers with n before digits: n100=Result.PASS."""
    for number, result in results.items():
        ids = applications(database, number.removeprefix("n"))
        record_decisions(database, application_ids=ids, stage=stage, result=result, actor="test")
    release(database, programme_id=programme_id, stage=stage, actor="test")


def make(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    return make_papers(database, programme_id=programme_id, kind=kind, now=NOW, **options)  # type: ignore[arg-type]


@pytest.fixture
def decided(database: Database, programme_id: int) -> Database:
    """Three people: two passed the first screening, one did not."""
    add_people(database, programme_id, PEOPLE)
    decide(database, programme_id, Stage.FIRST, n100=Result.PASS, n101=Result.FAIL, nRN1=Result.PASS)
    return database


@pytest.fixture
def booked(decided: Database, programme_id: int) -> Database:
    """Both who passed have an interview, one of them with two interviewers."""
    with unit_of_work(decided, "test.book", actor="test") as act:
        names = ("職員課 佐野", "デジタル推進室 辻")
        for position, name in enumerate(names):
            act.session.add(Interviewer(programme_id=programme_id, position=position, name=name))
        act.session.flush()
        seats = list(act.session.scalars(select(Interviewer.id).order_by(Interviewer.position)))
        entries = {entry.number: entry for entry in act.session.scalars(select(Entry))}
        one, two = entries["100"], entries["RN1"]
        write_sittings(
            act,
            programme_id,
            [
                Sitting(one.id, one.applicant_id, (seats[0],), at(9), at(9, 30)),
                Sitting(two.id, two.applicant_id, tuple(seats), at(11, 30), at(12, 0)),
            ],
        )
        act.commit()
    return decided


# --- letters -----------------------------------------------------------------


def test_first_results_are_letters_in_order_of_kana(decided: Database, programme_id: int) -> None:
    draft = make(decided, programme_id, "first-result", document_number="123")
    assert [(page.number, page.first_page) for page in draft.pages] == [("100", 1), ("101", 2), ("RN1", 3)]
    assert draft.page_count == 3
    assert draft.warnings == ()
    passed, failed, _ = pages_text(draft.pdf)
    assert "葛\U000e0100城　𠮷之助　様" in passed
    assert "藤職第123号" in passed
    assert "令和6年10月25日" in passed
    assert "1次選考に合格されました" in passed
    assert "「DX・スマートシティ」コース（受入部署：デジタル推進室）" in passed
    assert "令和6年10月30日（水）から11月8日（金）まで" in passed
    assert "不合格となりました" in failed.replace("\n", "")
    assert "合格されました" not in failed
    assert "楜澤　涼介　様" in failed
    assert draft.file_name == "1次選考結果通知_20241025.pdf"
    assert draft.job.title == "R6藤沢市長期インターンシップ　1次選考結果通知"


def test_only_announced_decisions_become_letters(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, PEOPLE)
    with pytest.raises(RuleError) as nobody:
        make(database, programme_id, "first-result")
    assert nobody.value.code == "papers.nobody"
    ids = applications(database, "100")
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="test")
    with pytest.raises(RuleError) as pending:
        make(database, programme_id, "first-result", numbers=["100"])
    assert (pending.value.code, pending.value.params["numbers"]) == ("papers.no-decision", ["100"])


def test_somebody_who_withdrew_gets_no_letter_unless_asked_for(decided: Database, programme_id: int) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        application = act.session.get(Application, applications(decided, "100")[0])
        assert application is not None
        application.status = Status.WITHDRAWN
        act.commit()
    assert [page.number for page in make(decided, programme_id, "first-result").pages] == ["101", "RN1"]
    only = make(decided, programme_id, "first-result", numbers=["100"])
    assert [page.number for page in only.pages] == ["100"]
    assert only.file_name == "1次選考結果通知_20241025_100.pdf"


def test_one_letter_for_two_courses_with_one_result(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, PEOPLE[:1])
    add_second_course(database, programme_id)
    decide(database, programme_id, Stage.FIRST, n100=Result.PASS)
    draft = make(database, programme_id, "first-result")
    assert draft.page_count == 1
    assert len(draft.sheets[0].application_ids) == 2
    text = pages_text(draft.pdf)[0].replace("\n", "")
    assert "「DX・スマートシティ」コース、「子ども・子育て政策」コース" in text
    assert "デジタル推進室、子育て企画課" in text


def test_two_letters_for_two_courses_with_two_results(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, PEOPLE[:1])
    add_second_course(database, programme_id)
    for key, result in zip(applications(database, "100"), (Result.PASS, Result.FAIL), strict=True):
        record_decisions(database, application_ids=[key], stage=Stage.FIRST, result=result, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")
    texts = pages_text(make(database, programme_id, "first-result").pdf)
    assert ["合格されました" in text for text in texts] == [True, False]


def add_second_course(database: Database, programme_id: int) -> None:
    with unit_of_work(database, "test", actor="test") as act:
        first = act.session.scalars(select(Application)).one()
        other = 2 if first.course_id == 1 else 1
        act.session.add(
            Application(
                applicant_id=first.applicant_id, entry_id=first.entry_id, course_id=other, preference=2
            )
        )
        act.commit()


def test_final_results_say_what_comes_next(decided: Database, programme_id: int) -> None:
    decide(decided, programme_id, Stage.FINAL, n100=Result.PASS, nRN1=Result.RESERVE)
    draft = make(decided, programme_id, "final-result", reply_by=date(2024, 11, 22))
    passed, reserve = (text.replace("\n", "") for text in pages_text(draft.pdf))
    for part in (
        "参加者として決定しました",
        "令和6年12月1日から令和7年1月31日まで",
        "時給1,258円",
        "月60時間未満（週1日から3日程度）",
        "令和6年11月22日（金）",
        "会計年度任用職員",
        "藤沢市役所 本庁舎",
    ):
        assert part in passed, part
    assert "補欠となりました" in reserve
    assert "第1位" in reserve
    assert "令和7年1月31日" in reserve
    assert "任用期間" not in reserve


def test_without_a_deadline_its_line_is_left_out(decided: Database, programme_id: int) -> None:
    decide(decided, programme_id, Stage.FINAL, n100=Result.FAIL, nRN1=Result.PASS)
    failed, passed = pages_text(make(decided, programme_id, "final-result").pdf)
    assert "不合格となりました" in failed.replace("\n", "")
    assert "承諾期限" not in passed


def test_an_invitation_names_day_and_hour(booked: Database, programme_id: int) -> None:
    draft = make(booked, programme_id, "interview-invitation")
    first, second = pages_text(draft.pdf)
    assert "令和6年10月30日（水）午前9時00分から午前9時30分まで" in first
    assert "令和6年10月30日（水）午前11時30分から正午まで" in second
    assert "30分程度" in first
    assert draft.page_count == 2


def test_an_invitation_needs_an_interview(decided: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as nobody:
        make(decided, programme_id, "interview-invitation")
    assert nobody.value.code == "papers.nobody"
    with pytest.raises(RuleError) as without:
        make(decided, programme_id, "interview-invitation", numbers=["RN1", "100"])
    assert without.value.params["numbers"] == ["RN1", "100"]


def test_letters_follow_the_programme_and_the_official_name(decided: Database, programme_id: int) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        programme = act.session.get(Programme, programme_id)
        person = act.session.scalars(select(Applicant).where(Applicant.kana.like("タカサキ%"))).one()
        assert programme is not None
        programme.sender, programme.document_sign, programme.home_page_url = "見本市長", "", ""
        programme.contacts[:] = []
        person.name_official = "髙﨑　華"
        act.commit()
    text = pages_text(make(decided, programme_id, "first-result", numbers=["RN1"]).pdf)[0]
    assert "髙﨑　華　様" in text
    assert "見 本 市 長" in text or "見本市長" in text
    assert "号" not in text.split("様")[0]
    assert "問い合わせ先" not in text


def test_an_address_is_printed_when_the_wording_asks_for_it(
    decided: Database, programme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        for number, postcode, address in (
            ("100", "2510054", "見本市朝日町1番地の1"),
            ("RN1", "", "見本市外"),
        ):
            entry = act.session.scalars(select(Entry).where(Entry.number == number)).one()
            person = act.session.get(Applicant, entry.applicant_id)
            assert person is not None
            person.postcode, person.address = postcode, address
        act.commit()
    assert "朝日町" not in pages_text(make(decided, programme_id, "first-result").pdf)[0]
    monkeypatch.setattr(Wording, "flag", lambda _self, key: key == "print_address")
    full, none, half = pages_text(make(decided, programme_id, "first-result").pdf)
    assert full.index("〒251-0054") < full.index("見本市朝日町1番地の1") < full.index("様")
    assert "〒" not in none
    assert "見本市外" in half
    assert "〒" not in half


def test_a_character_no_font_has_is_named_with_the_person(database: Database, programme_id: int) -> None:
    add_people(
        database, programme_id, (Person("7", "外字\ue000　太郎", "ガイジ タロウ", 0, Status.RECEIVED),)
    )
    decide(database, programme_id, Stage.FIRST, n7=Result.PASS)
    draft = make(database, programme_id, "first-result")
    (warning,) = draft.warnings
    assert (warning.number, warning.text, warning.code) == ("7", "\ue000", "U+E000")
    assert warning.is_lost
    assert warning.is_character
    assert warning.name == "外字\ue000　太郎"
    assert "外字〓　太郎　様" in pages_text(draft.pdf)[0]
    (listed,) = make(database, programme_id, "roster").warnings
    assert listed.name == "外字\ue000　太郎", "a list names the person, not only itself"


# --- lists -------------------------------------------------------------------


def test_the_roster_has_a_list_for_each_course(decided: Database, programme_id: int) -> None:
    draft = make(decided, programme_id, "roster")
    assert [page.name for page in draft.pages] == [
        "「DX・スマートシティ」コース",
        "「子ども・子育て政策」コース",
    ]
    smart, child = pages_text(draft.pdf)
    assert "葛\U000e0100城　𠮷之助" in smart
    assert "髙﨑　花" in smart
    assert "楜澤　涼介" not in smart
    assert "1次不合格" in child
    assert "取扱注意" in child
    assert "2名" in smart
    assert smart.index("葛") < smart.index("髙﨑")


def test_flags_and_entries_without_a_course_are_not_lost(decided: Database, programme_id: int) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        entry = act.session.scalars(select(Entry).where(Entry.number == "101")).one()
        entry.is_late = entry.is_withdrawn = True
        act.session.add(
            Entry(
                programme_id=programme_id,
                applicant_id=entry.applicant_id,
                source="test",
                number="999",
                received_at=NOW,
            )
        )
        act.commit()
    draft = make(decided, programme_id, "roster")
    texts = pages_text(draft.pdf)
    assert "1次不合格（期限後、取下げ）" in texts[1].replace("\n", "")
    assert draft.pages[-1].name == "コースの指定がない応募"
    assert "999" in texts[2]


def test_the_roster_of_some_people_leaves_empty_courses_out(decided: Database, programme_id: int) -> None:
    draft = make(decided, programme_id, "roster", numbers=["101"])
    assert [page.name for page in draft.pages] == ["「子ども・子育て政策」コース"]


def test_the_timetable_has_a_page_for_each_day(booked: Database, programme_id: int) -> None:
    draft = make(booked, programme_id, "interview-timetable")
    assert draft.page_count == 1
    text = pypdf_text(draft.pdf)
    assert "2024年（令和6年）10月30日（水）" in text
    assert text.count("髙﨑　花") == 2  # once in each interviewer's column
    assert text.count("𠮷之助") == 1
    assert "職員課 佐野" in text
    assert "9:00" in text
    assert "16:30" in text
    assert "17:00" not in text


def test_a_timetable_with_odd_times_has_finer_rows(booked: Database, programme_id: int) -> None:
    with unit_of_work(booked, "test", actor="test") as act:
        interview = act.session.scalars(select(Interview).order_by(Interview.starts_at)).first()
        assert interview is not None
        interview.starts_at, interview.ends_at = at(8, 45), at(9, 15)
        act.commit()
    (sheet,) = make(booked, programme_id, "interview-timetable").sheets
    assert sheet.spec.times[:3] == ("8:45", "9:00", "9:15")  # type: ignore[union-attr]
    assert sheet.spec.cells[0].rows == 2  # type: ignore[union-attr]


def test_no_interviews_no_timetable(decided: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as caught:
        make(decided, programme_id, "interview-timetable")
    assert caught.value.code == "papers.no-interviews"


# --- orders -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "options", "kind_of_error", "code"),
    [
        ("poem", {}, NotFoundError, "papers.kind-unknown"),
        ("roster", {"numbers": ["100", "12345"]}, NotFoundError, "papers.unknown-number"),
        ("first-result", {"document_number": "1" * 41}, ValidationError, "numbers.unreadable"),
    ],
)
def test_orders_that_mean_nothing_are_refused(
    decided: Database,
    programme_id: int,
    kind: str,
    options: dict[str, object],
    kind_of_error: type[AppError],
    code: str,
) -> None:
    with pytest.raises(kind_of_error) as caught:
        make(decided, programme_id, kind, **options)
    assert caught.value.code == code


def test_another_programme_does_not_exist(database: Database) -> None:
    with pytest.raises(NotFoundError):
        make(database, 99, "roster")


def test_the_same_order_gives_the_same_bytes(decided: Database, programme_id: int) -> None:
    for kind in ("first-result", "roster"):
        assert make(decided, programme_id, kind).pdf == make(decided, programme_id, kind).pdf


def test_making_reports_and_can_be_stopped(decided: Database, programme_id: int) -> None:
    heard: list[float] = []
    make(decided, programme_id, "first-result", progress=lambda done, total: heard.append(done / total))
    assert heard == sorted(heard)
    assert heard[0] == 0
    assert len([share for share in heard if share >= 0.5]) >= 3, "each letter is told"
    for stop_at in range(len(heard)):
        told: list[int] = []

        def stop(_done: int, _total: int, told: list[int] = told, stop_at: int = stop_at) -> None:
            told.append(1)
            if len(told) > stop_at:
                raise Cancelled

        with pytest.raises(Cancelled):
            make(decided, programme_id, "first-result", progress=stop)


# --- issuing ------------------------------------------------------------------


def test_issued_letters_are_kept_as_they_were_and_not_undone(booked: Database, programme_id: int) -> None:
    draft = make(booked, programme_id, "interview-invitation", document_number="45")
    change = issue_papers(booked, draft=draft, actor="職員")
    assert change.changed
    assert change.kinds == {"notice", "document_number", "interview", "interview_announcement"}
    with booked.read() as session:
        notices = list(session.scalars(select(Notice).order_by(Notice.id)))
        assert [notice.snapshot["spec"]["name"] for notice in notices] == [
            "葛\U000e0100城　𠮷之助",
            "髙﨑　花",
        ]
        assert notices[0].kind == "interview-invitation"
        assert notices[0].document_number == "45"
        assert notices[0].dated == date(2024, 10, 25)
        assert notices[0].applicant_id is not None
        assert notices[0].application_id is not None
        assert {notice.sha256 for notice in notices} == {hashlib.sha256(draft.pdf).hexdigest()}
        assert all(session.scalars(select(Interview.announced_at)))
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert last is not None
        assert last.kind is EntryKind.ISSUED
        assert last.params == {"kind": "interview-invitation", "count": 2, "sign": "藤職", "numbers": "45"}
    state = undo_state(booked)
    assert state.undo_seq != change.seq


def test_an_invitation_sent_again_keeps_its_first_day(booked: Database, programme_id: int) -> None:
    issue_papers(booked, draft=make(booked, programme_id, "interview-invitation"), actor="職員")
    first_day = datetime(2024, 10, 26, 9, 0)
    with unit_of_work(booked, "test", actor="test") as act:
        for interview in act.session.scalars(select(Interview)):
            interview.announced_at = first_day
        act.commit()
    again = issue_papers(booked, draft=make(booked, programme_id, "interview-invitation"), actor="職員")
    with booked.read() as session:
        assert set(session.scalars(select(Interview.announced_at))) == {first_day}
        assert len(list(session.scalars(select(Notice)))) == 4
    assert again.kinds == {"notice"}


@pytest.mark.parametrize("kind", [PaperKind.ROSTER, PaperKind.FIRST_RESULT])
def test_every_kind_can_be_recorded(decided: Database, programme_id: int, kind: PaperKind) -> None:
    draft = make(decided, programme_id, kind)
    issue_papers(decided, draft=draft, actor="職員")
    with decided.read() as session:
        notices = list(session.scalars(select(Notice)))
    assert len(notices) == len(draft.sheets)
    assert all((notice.applicant_id is None) == (kind is PaperKind.ROSTER) for notice in notices)


def test_a_file_that_may_only_be_read_is_not_written(decided: Database, programme_id: int) -> None:
    draft = make(decided, programme_id, "first-result")
    reader = open_database(decided.place, read_only=True)
    with pytest.raises(StorageError):
        issue_papers(reader, draft=draft)
    reader.dispose()

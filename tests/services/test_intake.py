from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from intake_scene import CHILD, DX, OTHER, PERSON, counts, portal_file, row_of, take_in
from sqlalchemy import select, text

from fujisawa_desktop.errors import Cancelled, InputFileError, NotFoundError
from fujisawa_desktop.models import Applicant, Course, Entry, ImportBatch, ImportRow
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import ListQuery, details, list_count, list_page, save_applicant
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.journal_check import check_journal

SAMPLES = resources_dir() / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
FILES = {"e-application": SAMPLES / "e-application.csv", "rikunabi": SAMPLES / "rikunabi.csv"}


def flagged(database: Database, flag: str) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text(f"SELECT number FROM entry WHERE {flag} ORDER BY number")))  # noqa: S608


def test_the_samples_give_exactly_their_truth(database: Database, programme_id: int) -> None:
    suspected: set[frozenset[str]] = set()
    for source, path in FILES.items():
        result = import_applicants(database, programme_id=programme_id, file=path)
        assert result.rows == TRUTH["rows"][source]
        assert (result.added, result.updated, result.unchanged) == (TRUTH["importable"][source], 0, 0)
        assert result.rows == result.added + len(result.rejected)
        suspected |= {frozenset(pair.numbers) for pair in result.suspected_duplicates}
    assert suspected == {frozenset(pair) for pair in TRUTH["same_person"]}
    for column, key in (
        ("is_late", "late"),
        ("is_withdrawn", "withdrawn"),
        ("is_not_student", "not_student"),
    ):
        assert flagged(database, column) == sorted(TRUTH[key])
    rows = list_page(database, ListQuery(programme_id), 0, 1000)
    assert [row.number for row in rows if len(row.courses) == 2] == TRUTH["both_courses"]
    assert {row.number for row in rows if row.status is ApplicationStatus.WITHDRAWN} == set(
        TRUTH["withdrawn"]
    )


def test_refused_rows_are_named_by_line_and_column(database: Database, programme_id: int) -> None:
    result = import_applicants(database, programme_id=programme_id, file=FILES["e-application"])
    lines = FILES["e-application"].read_bytes().decode("cp932").split("\r\n")
    for rejection, (_reason, number) in zip(result.rejected, TRUTH["rejected"], strict=True):
        assert lines[rejection.line - 1].startswith(f'"{number}"')
    assert [(r.column, r.code) for r in result.rejected] == [
        ("整理番号", "number.damaged"),
        ("生年月日", "date.no-such-day"),
        ("氏名（漢字）", "name.missing"),
    ]


def test_importing_again_changes_nothing_and_undo_empties_the_list(
    database: Database, programme_id: int
) -> None:
    empty = counts(database)
    for path in FILES.values():
        import_applicants(database, programme_id=programme_id, file=path)
    full = counts(database)
    for path in FILES.values():
        again = import_applicants(database, programme_id=programme_id, file=path)
        assert (again.added, again.updated, again.change.seq) == (0, 0, None)
        assert again.unchanged == again.rows - len(again.rejected)
        # What stands in doubt about the file's entries is said again.
        assert len(again.suspected_duplicates) == len(TRUTH["same_person"])
    assert counts(database) == full
    undo(database)
    undo(database)
    assert counts(database) == empty
    redo(database)
    redo(database)
    assert counts(database) == full
    assert check_journal(database).broken_at is None


def test_preview_and_dry_run_say_the_same_and_write_nothing(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    import_applicants(database, programme_id=programme_id, file=FILES["rikunabi"])
    before = counts(database)
    path = FILES["e-application"]
    preview = preview_applicants(database, programme_id=programme_id, file=path)
    dry = import_applicants(database, programme_id=programme_id, file=path, dry_run=True)
    assert (dry.change.seq, counts(database)) == (None, before)
    done = import_applicants(database, programme_id=programme_id, file=path)
    assert (len(preview.to_add), len(preview.to_update), preview.unchanged) == (
        dry.added,
        dry.updated,
        dry.unchanged,
    )
    assert preview.rejected == dry.rejected == done.rejected
    assert preview.suspected == dry.suspected_duplicates == done.suspected_duplicates
    assert len(preview.suspected) == len(TRUTH["same_person"])
    assert (preview.encoding, preview.profile, preview.source) == ("cp932", "電子申請", "e-application")
    uses = dict(zip(preview.headings, preview.columns, strict=True))
    assert (uses["整理番号"], uses["志望理由"], uses["手続き名"]) == ("number", "answer", "")
    assert len(preview.sample_rows) == 50
    assert {entry.number for entry in preview.to_add if "late" in entry.flags} == set(TRUTH["late"])


def test_everything_of_a_row_is_stored(database: Database, programme_id: int, tmp_path: Path) -> None:
    result = take_in(
        database, programme_id, tmp_path, {"最寄駅": "藤沢", "郵便番号": "〒251-8601", "学年": "３年"}
    )
    assert (result.added, result.warnings) == (1, ())
    with database.read() as session:
        person = session.scalars(select(Applicant)).one()
        entry = session.scalars(select(Entry)).one()
        batch = session.scalars(select(ImportBatch)).one()
        raw = session.scalars(select(ImportRow)).one()
    assert (person.name_entered, person.name_official, person.kana) == (
        "楜澤　涼介",
        None,
        "クルミザワ リョウスケ",
    )
    assert (person.postcode, person.phone, person.grade) == ("2518601", "09000000001", "3年")
    assert entry.received_at == datetime(2024, 10, 1, 9, 15, 3)
    assert (entry.number, entry.source, entry.weekdays) == ("1001", "e-application", "月水")
    assert (batch.file_name, batch.encoding, batch.profile) == ("portal.csv", "utf-8-sig", "電子申請")
    assert batch.counts == {"rows": 1, "added": 1, "updated": 0, "unchanged": 0, "rejected": 0}
    assert dict(raw.raw) == {**PERSON, "最寄駅": "藤沢", "郵便番号": "〒251-8601", "学年": "３年"}
    assert (raw.line, raw.outcome, raw.entry_id) == (2, "added", entry.id)


def test_refused_rows_are_kept_raw_with_their_reason(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, {"整理番号": "1.2E+11"})
    with database.read() as session:
        row = session.scalars(select(ImportRow).where(ImportRow.outcome == "rejected")).one()
    assert (row.line, row.entry_id) == (3, None)
    assert row.reason == {"code": "number.damaged", "column": "整理番号", "params": {"text": "1.2E+11"}}


def test_rows_are_routed_to_courses_by_the_words_in_the_cell(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    result = take_in(
        database,
        programme_id,
        tmp_path,
        {"希望コース": "子育て"},
        {**OTHER, "希望コース": f"{CHILD}；{DX}"},
        {"整理番号": "3", "希望コース": "料理"},
        {"整理番号": "4", "希望コース": ""},
        {"整理番号": "5", "希望コース": f"{DX};料理"},
    )
    assert [(r.line, r.column, r.code) for r in result.rejected] == [
        (4, "希望コース", "import.course-unknown"),
        (5, "希望コース", "import.course-missing"),
    ]
    assert [(w.line, w.code) for w in result.warnings] == [(6, "import.course-part-unknown")]
    assert row_of(database, programme_id, "1001").courses == ("子ども・子育て政策",)
    assert row_of(database, programme_id, "1002").courses == ("子ども・子育て政策", "DX・スマートシティ")
    assert row_of(database, programme_id, "5").courses == ("DX・スマートシティ",)


def test_the_longest_word_decides_between_courses(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(
        database,
        programme_id,
        tmp_path,
        {"希望コース": "子育てDX"},
        {**OTHER, "希望コース": "子どものスマートシティ"},
    )
    assert row_of(database, programme_id, "1001").courses == ("子ども・子育て政策",)
    assert row_of(database, programme_id, "1002").courses == ("DX・スマートシティ",)


def test_without_a_course_column_one_course_is_meant_and_of_two_none(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("整理番号,氏名,学校名\r\n1,山田 湊,見本大学\r\n", encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        import_applicants(database, programme_id=programme_id, file=path)
    assert caught.value.code == "import.no-course-column"
    with database.write() as session:
        session.delete(session.scalars(select(Course).order_by(Course.position.desc())).first())
        session.commit()
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert result.added == 1
    assert row_of(database, programme_id, "1").courses == ("DX・スマートシティ",)


def test_a_number_that_comes_twice(database: Database, programme_id: int, tmp_path: Path) -> None:
    result = take_in(database, programme_id, tmp_path, {}, {}, {"氏名（漢字）": "山田　湊"}, OTHER)
    assert (result.added, result.unchanged) == (2, 1)
    assert [(r.line, r.code, r.params["first"]) for r in result.rejected] == [(4, "import.number-twice", 2)]
    assert result.rows == result.added + result.unchanged + len(result.rejected)


def test_two_portals_may_use_one_number(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {})
    path = tmp_path / "r.csv"
    path.write_text(f"会員ID,氏名,学校名,設問1\r\n1001,山田 湊,見本大学,{DX}\r\n", encoding="utf-8")
    assert import_applicants(database, programme_id=programme_id, file=path).added == 1
    assert list_count(database, ListQuery(programme_id)) == 2


def test_a_pair_in_doubt_is_named_as_the_list_names_people(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    form = details(database, row_of(database, programme_id, "1001").entry_id).form
    save_applicant(database, form=replace(form, name_official="楜澤　凉介"))
    twice = {"整理番号": "3", "電話番号": "08099998888"}
    for result in (take_in(database, programme_id, tmp_path, twice) for _ in range(2)):
        [pair] = result.suspected_duplicates
        assert dict(zip(pair.numbers, pair.names, strict=True)) == {"1001": "楜澤　凉介", "3": "楜澤　涼介"}


def test_twins_and_namesakes_stay_apart_and_suspects_too(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    twin = {
        "整理番号": "2",
        "氏名（漢字）": "楜澤　湊",
        "氏名（フリガナ）": "クルミザワ　ミナト",
        "メールアドレス": "c@x.jp",
    }
    same = {"整理番号": "3", "電話番号": "08099998888"}
    result = take_in(database, programme_id, tmp_path, {}, twin, same)
    assert [pair.numbers for pair in result.suspected_duplicates] == [("1001", "3")]
    assert result.suspected_duplicates[0].names == ("楜澤　涼介", "楜澤　涼介")
    assert "mail" in result.suspected_duplicates[0].reasons
    assert counts(database)["applicant"] == 3


def test_stopping_halfway_keeps_nothing(database: Database, programme_id: int) -> None:
    before = counts(database)
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        import_applicants(
            database,
            programme_id=programme_id,
            file=FILES["rikunabi"],
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: bool(seen),
        )
    assert seen == [(100, 360)]
    with pytest.raises(Cancelled):
        import_applicants(
            database,
            programme_id=programme_id,
            file=FILES["rikunabi"],
            cancelled=iter([False, True]).__next__,
        )
    assert counts(database) == before


def test_progress_ends_with_all_done(database: Database, programme_id: int) -> None:
    seen: list[tuple[int, int]] = []
    import_applicants(
        database,
        programme_id=programme_id,
        file=FILES["e-application"],
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1][0] == seen[-1][1]
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)


def test_wrong_files_profiles_and_programmes_change_nothing(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    before = counts(database)
    path = portal_file(tmp_path / "a.csv", {})
    broken = tmp_path / "b.csv"
    broken.write_bytes(b"\x00\x01\x02")
    for file, chosen, programme, error in (
        (tmp_path / "none.csv", None, programme_id, InputFileError),
        (broken, None, programme_id, InputFileError),
        (path, "ハローワーク", programme_id, NotFoundError),
        (path, None, 999, NotFoundError),
    ):
        with pytest.raises(error):
            import_applicants(database, programme_id=programme, file=file, profile=chosen)
    assert counts(database) == before


def test_a_file_without_times_of_arrival_is_on_time(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    result = take_in(database, programme_id, tmp_path, {"申込日時": ""})
    assert [warning.code for warning in result.warnings] == ["received-at.missing"]
    assert row_of(database, programme_id, "1001").flags == ()


def test_the_deadline_minute_is_still_on_time(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(
        database,
        programme_id,
        tmp_path,
        {"申込日時": "2024/10/16 23:59:59"},
        {**OTHER, "申込日時": "2024/10/17 0:00"},
    )
    assert row_of(database, programme_id, "1001").flags == ()
    assert row_of(database, programme_id, "1002").flags == ("late",)


def test_a_stated_disqualification_is_flagged_and_follows_the_portal(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    statement = "欠格条項の確認"
    rows = ({statement: "該当します"}, {**OTHER, statement: "該当しません"})
    take_in(database, programme_id, tmp_path, *rows)
    assert row_of(database, programme_id, "1001").flags == ("disqualified",)
    assert row_of(database, programme_id, "1002").flags == ()
    found = list_page(database, ListQuery(programme_id, flags=frozenset({"disqualified"})), 0, 10)
    assert [row.number for row in found] == ["1001"]
    take_in(database, programme_id, tmp_path, {statement: "該当しません"}, rows[1])
    assert row_of(database, programme_id, "1001").flags == ()
    undo(database)
    assert row_of(database, programme_id, "1001").flags == ("disqualified",)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intake_scene import CHILD, DX, OTHER, counts, portal_file, row_of, take_in
from sqlalchemy import select

from fujisawa_desktop.models import Applicant, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantDetails, details, save_applicant
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants, preview_applicants
from fujisawa_desktop.services.intake_compare import FieldChange
from fujisawa_desktop.services.selection import record_decisions, record_reply, release


def shown(database: Database, programme_id: int, number: str = "1001") -> ApplicantDetails:
    return details(database, row_of(database, programme_id, number).entry_id)


def test_what_the_portal_changed_is_updated_and_shown_before(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    changed = {"電話番号": "08012345678", "志望理由": "変えました。", "処理状況": "処理中"}
    path = portal_file(tmp_path / "new.csv", changed, OTHER)
    [update] = preview_applicants(database, programme_id=programme_id, file=path).to_update
    assert (update.line, update.number, update.name) == (2, "1001", "楜澤　涼介")
    assert set(update.changes) == {
        FieldChange("phone", "09000000001", "08012345678"),
        FieldChange("state_text", "処理待ち", "処理中"),
        FieldChange("志望理由", "学びたいです。", "変えました。"),
    }
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert (result.added, result.updated, result.unchanged, result.warnings) == (0, 1, 1, ())
    now = shown(database, programme_id)
    assert (now.form.phone, now.state_text, now.answers) == (
        "08012345678",
        "処理中",
        (("志望理由", "変えました。"),),
    )
    undo(database)
    before = shown(database, programme_id)
    assert (before.form.phone, before.answers) == ("09000000001", (("志望理由", "学びたいです。"),))


def test_the_search_key_follows_an_update(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {})
    take_in(
        database,
        programme_id,
        tmp_path,
        {"氏名（フリガナ）": "アサト　リョウスケ", "大学・大学院名": "国際見本大学"},
    )
    with database.read() as session:
        person = session.scalars(select(Applicant)).one()
    assert "アサト" in person.search_key
    assert "国際見本大学" in person.search_key
    assert "クルミザワ" not in person.search_key
    assert person.sort_key.startswith("アサト")


def test_rows_that_vanish_from_the_file_stay(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {}, OTHER)
    result = take_in(database, programme_id, tmp_path, OTHER)
    assert (result.updated, result.unchanged, counts(database)["entry"]) == (0, 1, 2)


def test_what_a_clerk_edited_is_kept_and_named(database: Database, programme_id: int, tmp_path: Path) -> None:
    take_in(database, programme_id, tmp_path, {})
    form = shown(database, programme_id).form
    save_applicant(database, form=replace(form, phone="0466-50-3583", name_official="楜澤　凉介"))
    result = take_in(
        database, programme_id, tmp_path, {"電話番号": "08012345678", "メールアドレス": "new@example.jp"}
    )
    assert (result.updated, [(w.line, w.code, w.params["field"]) for w in result.warnings]) == (
        1,
        [(2, "import.kept-edit", "phone")],
    )
    now = shown(database, programme_id)
    assert (now.form.phone, now.form.mail, now.form.name_official) == (
        "0466503583",
        "new@example.jp",
        "楜澤　凉介",
    )
    # The clerk has been told once; the same file does not ask again.
    again = take_in(
        database, programme_id, tmp_path, {"電話番号": "08012345678", "メールアドレス": "new@example.jp"}
    )
    assert (again.unchanged, again.warnings, again.change.seq) == (1, (), None)


def test_an_edit_survives_a_file_that_says_the_old_value(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    form = shown(database, programme_id).form
    save_applicant(database, form=replace(form, mail="clerk@example.jp"))
    result = take_in(database, programme_id, tmp_path, {"志望理由": "別の理由"})
    assert (result.updated, result.warnings) == (1, ())
    assert shown(database, programme_id).form.mail == "clerk@example.jp"


def test_another_spelling_of_the_same_values_is_no_change(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    other = {"電話番号": "０９０－００００－０００１", "生年月日": "平成16年2月29日", "勤務可能曜日": "月水"}
    result = take_in(database, programme_id, tmp_path, other)
    assert (result.updated, result.unchanged, result.warnings) == (0, 1, ())


def test_a_new_course_is_added_and_a_dropped_one_stays(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    added = take_in(database, programme_id, tmp_path, {"希望コース": f"{DX};{CHILD}"})
    assert added.updated == 1
    assert len(row_of(database, programme_id, "1001").courses) == 2
    dropped = take_in(database, programme_id, tmp_path, {"希望コース": CHILD})
    assert [w.code for w in dropped.warnings] == ["import.course-dropped"]
    assert len(row_of(database, programme_id, "1001").courses) == 2


def test_a_withdrawal_at_the_portal_ends_the_application(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    result = take_in(database, programme_id, tmp_path, {"処理状況": "取下げ"})
    row = row_of(database, programme_id, "1001")
    assert (result.updated, row.status, row.flags) == (1, ApplicationStatus.WITHDRAWN, ("withdrawn",))
    undo(database)
    assert row_of(database, programme_id, "1001").status is ApplicationStatus.RECEIVED


def test_a_withdrawal_after_the_end_is_only_told(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    ids = row_of(database, programme_id, "1001").application_ids
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.FAIL)
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    result = take_in(database, programme_id, tmp_path, {"処理状況": "取下げ"})
    assert [w.code for w in result.warnings] == ["import.withdrawn-too-late"]
    assert row_of(database, programme_id, "1001").status is ApplicationStatus.FIRST_FAILED


def test_a_person_who_withdrew_by_telephone_withdraws_at_the_portal_too(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    [application_id] = row_of(database, programme_id, "1001").application_ids
    record_reply(database, application_id=application_id, kind=ReplyKind.WITHDRAWN, channel="電話")
    result = take_in(database, programme_id, tmp_path, {"処理状況": "取下げ"})
    assert (result.updated, result.warnings) == (1, ())


def test_a_changed_layout_of_the_same_portal_changes_nothing(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    path = tmp_path / "turned.csv"
    lines = (tmp_path / "portal.csv").read_text(encoding="utf-8-sig").splitlines()
    turned = [",".join(reversed(line.split(","))) for line in lines]
    path.write_text("\r\n".join(turned), encoding="cp932")
    result = import_applicants(database, programme_id=programme_id, file=path)
    assert (result.added, result.updated, result.unchanged, result.warnings) == (0, 0, 1, ())


def test_new_facts_bring_new_suspicions(database: Database, programme_id: int, tmp_path: Path) -> None:
    twin = {
        "整理番号": "7",
        "氏名（フリガナ）": "クルミザワ　リョウ",
        "氏名（漢字）": "楜沢　涼",
        "電話番号": "1",
        "メールアドレス": "z@z.jp",
    }
    assert take_in(database, programme_id, tmp_path, {}, twin).suspected_duplicates == ()
    changed = {**twin, "氏名（フリガナ）": "クルミザワ　リョウスケ", "メールアドレス": "a@example.ac.jp"}
    result = take_in(database, programme_id, tmp_path, {}, changed)
    assert [pair.numbers for pair in result.suspected_duplicates] == [("1001", "7")]
    assert row_of(database, programme_id, "1001").flags == ("duplicate",)

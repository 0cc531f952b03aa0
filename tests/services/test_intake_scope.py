"""What a re-imported file has no column for is left alone, and what is read otherwise now is a change."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from intake_scene import DX, PERSON, row_of, take_in

from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import ApplicantDetails, details, save_applicant
from fujisawa_desktop.services.course_routes import CourseRuleForm, save_course_rules
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.entry_raw import as_typed
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.selection import record_decisions
from fujisawa_desktop.services.unit_of_work import unit_of_work

FULL = {
    **PERSON,
    "申込日時": "2024/10/20 09:15:03",
    "処理状況": "取下げ",
    "郵便番号": "2510001",
    "住所": "藤沢市見本1番地",
    "大学・大学院名": "見本専門学校",
    "学部・研究科": "見本学部",
    "学科・専攻": "見本学科",
    "学年": "3年",
    "卒業予定年月": "2026年3月",
    "自己PR": "よく読みます。",
    "欠格条項の確認": "該当します",
}
FEW = ("整理番号", "氏名（漢字）", "希望コース")
FLAGS = ("late", "withdrawn", "not-student", "disqualified")


def shown(database: Database, programme_id: int) -> ApplicantDetails:
    """Return all that is shown of the entry but its history."""
    return replace(details(database, row_of(database, programme_id, "1001").entry_id), history=())


def take_columns(
    database: Database, programme_id: int, folder: Path, names: Sequence[str], **cells: str
) -> ImportResult:
    """Import FULL again with some of its columns only."""
    path = folder / "few.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([names, [{**FULL, **cells}[name] for name in names]])
    return import_applicants(database, programme_id=programme_id, file=path)


def test_columns_that_a_file_lacks_empty_nothing(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    before = shown(database, programme_id)
    assert before.flags == FLAGS
    assert (before.weekdays, len(before.answers)) == ("月水", 3)
    result = take_columns(database, programme_id, tmp_path, FEW)
    assert (result.updated, result.unchanged, result.warnings) == (0, 1, ())
    assert shown(database, programme_id) == before
    changed = take_columns(database, programme_id, tmp_path, (*FEW, "電話番号"), 電話番号="08012345678")
    assert changed.updated == 1
    after = shown(database, programme_id)
    assert after.form.phone == "08012345678"
    assert after == replace(
        before, form=replace(before.form, phone="08012345678", version=after.form.version)
    )


@pytest.mark.parametrize("half", ["姓", "名"])
def test_half_a_name_changes_no_name(
    half: str, database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    before = shown(database, programme_id)
    heads = ("整理番号", "姓", half, "希望コース") if half == "名" else ("整理番号", "姓", "希望コース")
    path = tmp_path / "half.csv"
    cells = {"整理番号": "1001", "姓": "楜澤", "名": "涼介", "希望コース": DX}
    path.write_text("\n".join([",".join(heads), ",".join(cells[head] for head in heads)]), encoding="utf-8")
    import_applicants(database, programme_id=programme_id, file=path)
    assert shown(database, programme_id).form == before.form


def test_answers_of_other_headings_stay_beside_new_ones(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    take_columns(database, programme_id, tmp_path, (*FEW, "志望理由"), 志望理由="書き直しました。")
    assert dict(shown(database, programme_id).answers) == {
        "志望理由": "書き直しました。",
        "自己PR": "よく読みます。",
        "欠格条項の確認": "該当します",
    }
    view = shown(database, programme_id).flag_views[-1]
    assert (view.code, view.params["text"]) == ("flag.disqualified-stated", "該当します")


def test_answers_in_another_order_are_no_change(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    turned = take_columns(database, programme_id, tmp_path, list(FULL)[::-1])
    assert (turned.updated, turned.unchanged) == (0, 1)


def test_an_empty_time_of_arrival_takes_the_flag_of_lateness_from_nobody(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    take_in(database, programme_id, tmp_path, {**FULL, "申込日時": ""})
    assert row_of(database, programme_id, "1001").flags == FLAGS


def test_a_file_of_fewer_columns_does_not_make_an_edit_of_what_follows(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """The telephone of the first file is what the third one is compared with."""
    take_in(database, programme_id, tmp_path, FULL)
    take_columns(database, programme_id, tmp_path, FEW)
    result = take_in(database, programme_id, tmp_path, {**FULL, "電話番号": "08012345678"})
    assert [warning.code for warning in result.warnings] == []
    assert shown(database, programme_id).form.phone == "08012345678"


def test_a_clerks_edit_survives_a_file_of_fewer_columns(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    save_applicant(database, form=replace(shown(database, programme_id).form, phone="0466503583"))
    take_columns(database, programme_id, tmp_path, FEW)
    take_in(database, programme_id, tmp_path, FULL)
    assert shown(database, programme_id).form.phone == "0466503583"
    result = take_in(database, programme_id, tmp_path, {**FULL, "電話番号": "08012345678"})
    assert [warning.code for warning in result.warnings] == ["import.kept-edit"]
    assert shown(database, programme_id).form.phone == "0466503583"


def test_a_school_a_clerk_corrected_is_not_judged_by_the_portals_again(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {"大学・大学院名": "見本専門学校"})
    save_applicant(database, form=replace(shown(database, programme_id).form, school="見本大学"))
    for cells in ({}, {"志望理由": "別の理由"}):
        take_in(database, programme_id, tmp_path, {"大学・大学院名": "見本専門学校", **cells})
        assert row_of(database, programme_id, "1001").flags == ()


def test_a_row_of_another_kind_of_file_is_not_what_an_entry_was_read_from(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, FULL)
    save_applicant(database, form=replace(shown(database, programme_id).form, phone="0466503583"))
    decisions = tmp_path / "decisions.csv"
    decisions.write_text("申込番号,選考,結果\n1001,書類選考,通過\n", encoding="utf-8")
    import_decisions(database, programme_id=programme_id, file=decisions)
    again = take_in(database, programme_id, tmp_path, FULL)
    assert (again.unchanged, again.warnings, again.change.seq) == (1, (), None)
    typed = as_typed(database, entry_id=row_of(database, programme_id, "1001").entry_id)
    assert typed is not None
    assert typed.file_name == "portal.csv"
    result = take_in(database, programme_id, tmp_path, {**FULL, "電話番号": "08012345678"})
    assert [warning.code for warning in result.warnings] == ["import.kept-edit"]


def test_the_same_row_read_otherwise_now_is_a_change(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    """As after words for 欠格 became known that an earlier version did not have."""
    take_in(database, programme_id, tmp_path, FULL)
    with unit_of_work(database, "test.flag") as work:
        work.session.get_one(Entry, row_of(database, programme_id, "1001").entry_id).is_disqualified = False
        work.commit()
    result = take_in(database, programme_id, tmp_path, FULL)
    assert (result.updated, result.unchanged) == (1, 0)
    assert row_of(database, programme_id, "1001").flags == FLAGS
    again = take_in(database, programme_id, tmp_path, FULL)
    assert (again.unchanged, again.change.seq) == (1, None)


def test_a_course_whose_word_became_known_later_is_added_by_the_same_file(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    rows = {"希望コース": f"{DX};未来の部"}
    first = take_in(database, programme_id, tmp_path, rows)
    assert [warning.code for warning in first.warnings] == ["import.course-part-unknown"]
    child = next(one for one in courses(database, programme_id) if "子" in one.short_name)
    save_course_rules(database, programme_id=programme_id, rules=[CourseRuleForm(child.id, ("未来の部",))])
    assert take_in(database, programme_id, tmp_path, rows).updated == 1
    assert len(row_of(database, programme_id, "1001").courses) == 2


def test_an_empty_answer_about_disqualification_is_told(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    result = take_in(database, programme_id, tmp_path, {**FULL, "欠格条項の確認": " "})
    assert [(one.line, one.code, one.column) for one in result.warnings] == [
        (2, "statement.missing", "欠格条項の確認")
    ]
    assert result.added == 1


def test_a_decision_recorded_meanwhile_stays_as_it_is(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, {})
    ids = row_of(database, programme_id, "1001").application_ids
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS)
    before = row_of(database, programme_id, "1001")
    take_columns(database, programme_id, tmp_path, FEW)
    assert row_of(database, programme_id, "1001") == before

"""Score sheets out and back: written by the program, filled in with another library, read again."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from screening_scene import Scene, make_scene
from sqlalchemy import select

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Application, EntryAnswer, EntryKind, JournalEntry, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.history import undo, undo_state
from fujisawa_desktop.services.score_sheet_import import (
    SheetPreview,
    import_score_sheet,
    preview_score_sheet,
)
from fujisawa_desktop.services.score_sheets import issue_score_sheets, make_score_sheets
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, save_reviewer
from fujisawa_desktop.services.screening_reviews import review_sheet
from fujisawa_desktop.services.screening_setup import CriterionForm, save_criterion
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

DAY = date(2024, 10, 15)
FIRST, HEAD = 7, 6
"""Row of the first entry and of the headings, as Excel counts."""
POINTS = "G"
RECUSE, COMMENT = "L", "M"


@pytest.fixture
def scene(database: Database, programme_id: int) -> Scene:
    return make_scene(database, programme_id)


def issue(scene: Scene, folder: Path, *, blind: bool = False, reviewer: int = 1) -> Path:
    issued = issue_score_sheets(
        scene.database,
        programme_id=scene.programme_id,
        reviewer_ids=[scene.reviewers[reviewer]],
        folder=folder,
        blind=blind,
        made_on=DAY,
        actor="test",
    )
    return folder / issued.files[0]


def edit(path: Path, change: Callable[[Worksheet], Any]) -> Path:
    """Open a sheet with another library, change it and save it under the same name."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def fill(sheet: Worksheet, row: int, *points: object, comment: str = "", recuse: str = "") -> None:
    for at, given in enumerate(points):
        sheet[f"{chr(ord(POINTS) + at)}{row}"] = given
    sheet[f"{COMMENT}{row}"] = comment or None
    sheet[f"{RECUSE}{row}"] = recuse or None


def preview(scene: Scene, path: Path) -> SheetPreview:
    return preview_score_sheet(scene.database, programme_id=scene.programme_id, file=path)


def refused(found: SheetPreview) -> list[tuple[int, str, str]]:
    return [(one.line, one.column, one.code) for one in found.refused]


# --- out -------------------------------------------------------------------------


def test_a_sheet_opens_elsewhere_and_says_what_to_do(scene: Scene, tmp_path: Path) -> None:
    path = issue(scene, tmp_path)
    assert path.name == "採点票_DX・スマートシティ_子育て企画課_採点 二子_20241015.xlsx"
    book = CalamineWorkbook.from_path(path)
    assert [sheet.name for sheet in book.sheets_metadata] == ["採点", "応募内容", "_key"]
    rows = book.get_sheet_by_name("採点").to_python(skip_empty_area=False)
    assert rows[0][1] == "1次選考（書類）採点票"
    assert "黄色の欄だけに入力できます" in rows[3][1]
    assert [str(cell).partition("\n")[0] for cell in rows[HEAD - 1][1:11]] == [
        "No.", "受付番号", "氏名", "大学・学部・学年", "応募内容", "志望理由", "課題意識", "専門性・経験",
        "コミュニケーション", "合計",
    ]  # fmt: skip
    assert [row[2] for row in rows[FIRST - 1 :]] == ["1001", "1002", "1003", "1004", "1005"]


def test_the_sheet_is_protected_with_lists_and_prints_on_a4(scene: Scene, tmp_path: Path) -> None:
    scene.review("1001", 1, 4, 3, 3, 2, comment="=1+1")
    path = issue(scene, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert book["_key"].sheet_state == "veryHidden"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[HEAD - 1].hidden
    open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert f"{POINTS}{FIRST}" in open_cells
    assert f"{COMMENT}{FIRST + 4}" in open_cells
    assert f"C{FIRST}" not in open_cells
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules[f"{POINTS}{FIRST}:{POINTS}{FIRST + 4}"] == '"0,1,2,3,4,5"'
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert [sheet[f"{column}{FIRST}"].value for column in "GHIJ"] == [4, 3, 3, 2]
    assert sheet[f"K{FIRST}"].value.startswith("=IF(COUNT(G7,H7,I7,J7)=4,ROUND((G7*2+")
    values = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    assert (values[f"K{FIRST}"].value, values[f"K{FIRST + 1}"].value) == (64, None)
    comment = sheet[f"{COMMENT}{FIRST}"]
    assert (comment.value, comment.data_type) == ("=1+1", "s")


def test_a_blind_sheet_names_nobody(scene: Scene, tmp_path: Path) -> None:
    path = issue(scene, tmp_path, blind=True)
    book = openpyxl.load_workbook(path)
    told = "".join(str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row)
    for secret in ("髙橋", "美咲", "タカハシ", "女子見本大学", "example.ac.jp", "090-"):
        assert secret not in told
    assert "■" in told
    assert "伏せています" in told
    assert path.name.count("髙橋") == 0


def test_giving_out_is_recorded_and_never_undone(scene: Scene, tmp_path: Path) -> None:
    before = undo_state(scene.database).undo
    issue(scene, tmp_path)
    with scene.database.read() as session:
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert last is not None
        assert (last.kind, last.label, last.params) == (
            EntryKind.ISSUED,
            "screening.issue-sheets",
            {"count": 1, "entries": 5},
        )
        [notice] = session.scalars(select(Notice)).all()
        assert (notice.kind, len(notice.sha256)) == ("score-sheet", 64)
    assert undo_state(scene.database).undo == before


def test_nobody_to_judge_makes_no_sheet(scene: Scene, tmp_path: Path) -> None:
    form = ReviewerForm(
        id=None, programme_id=scene.programme_id, name="三郎", course_ids=(scene.course_ids[1],)
    )
    save_reviewer(scene.database, form=form)
    with pytest.raises(AppError) as caught:
        issue(scene, tmp_path, reviewer=2)
    assert caught.value.code == "sheet.nobody"
    assert list(tmp_path.glob("*.xlsx")) == []


# --- back ------------------------------------------------------------------------


def test_good_rows_go_in_as_one_act_and_can_be_taken_back(scene: Scene, tmp_path: Path) -> None:
    path = issue(scene, tmp_path)

    def change(sheet: Worksheet) -> None:
        fill(sheet, FIRST, 5, 5, 5, 5, comment="具体的")
        fill(sheet, FIRST + 1, "４", 3.0, "3", " 2 ")
        fill(sheet, FIRST + 2, recuse="○")

    edit(path, change)
    found = preview(scene, path)
    assert [(one.number, one.new_state, one.new_total) for one in found.added] == [
        ("1001", ReviewState.DONE, 10_000),
        ("1002", ReviewState.DONE, 6_400),
        ("1003", ReviewState.RECUSED, None),
    ]
    assert (found.rows, found.blank, found.refused, found.missing) == (5, 2, (), ())
    taken = import_score_sheet(scene.database, programme_id=scene.programme_id, file=path, actor="test")
    assert taken.change.label.params == {"added": 3, "changed": 0}
    assert [scene.score(number) for number in ("1001", "1002", "1003")] == [10_000, 6_400, None]
    sheet = review_sheet(scene.database, application_id=scene.ids["1001"], reviewer_id=scene.reviewers[1])
    assert sheet.comment == "具体的"
    again = preview(scene, path)
    assert (again.added, again.changed, again.unchanged) == ((), (), 3)
    undo(scene.database)
    assert [scene.score(number) for number in ("1001", "1002")] == [None, None]


def test_what_the_program_holds_already_is_shown_old_and_new(scene: Scene, tmp_path: Path) -> None:
    path = issue(scene, tmp_path)
    scene.review("1001", 1, 1, 1, 1, 1, comment="前")
    edit(path, lambda sheet: fill(sheet, FIRST, 5, 1, 1, 1))
    [change] = preview(scene, path).changed
    assert (change.old_total, change.new_total, change.details) == (2_000, 5_200, (("志望理由", 1, 5),))
    assert change.comment_changes
    import_score_sheet(scene.database, programme_id=scene.programme_id, file=path)
    assert scene.score("1001") == 5_200
    undo(scene.database)
    assert scene.score("1001") == 2_000


@pytest.mark.parametrize(
    ("points", "recuse", "column", "code"),
    [
        ((5, 5, None, 5), "", "I", "sheet.points-missing"),
        ((5, 6, 5, 5), "", "H", "sheet.points-range"),
        ((5, -1, 5, 5), "", "H", "sheet.points-range"),
        ((5, "1_0", 5, 5), "", "H", "sheet.points-unreadable"),
        ((5, 5, 5, 2.5), "", "J", "sheet.points-unreadable"),
        (("良", 5, 5, 5), "", "G", "sheet.points-unreadable"),
        ((5, 5, 5, 5), "○", "L", "sheet.recused-with-points"),
        ((None, None, None, None), "はい", "L", "sheet.recuse-unreadable"),
    ],
)
def test_a_bad_row_is_named_and_the_others_go_in(
    scene: Scene, tmp_path: Path, points: tuple[object, ...], recuse: str, column: str, code: str
) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet, FIRST, *points, recuse=recuse)
        fill(sheet, FIRST + 1, 3, 3, 3, 3)

    path = edit(issue(scene, tmp_path), change)
    assert refused(preview(scene, path)) == [(FIRST, column, code)]
    import_score_sheet(scene.database, programme_id=scene.programme_id, file=path)
    assert (scene.score("1001"), scene.score("1002")) == (None, 6_000)


def test_changed_numbers_and_names_added_doubled_and_removed_rows_are_found(
    scene: Scene, tmp_path: Path
) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(FIRST, FIRST + 5):
            fill(sheet, row, 3, 3, 3, 3)
        sheet[f"C{FIRST}"] = "9999"
        sheet[f"D{FIRST + 1}"] = "別人"
        sheet[f"A{FIRST + 2}"] = sheet[f"A{FIRST + 3}"].value
        sheet[f"C{FIRST + 6}"] = "2001"
        fill(sheet, FIRST + 6, 1, 1, 1, 1)

    found = preview(scene, edit(issue(scene, tmp_path), change))
    assert refused(found) == [
        (FIRST, "C", "sheet.number-changed"),
        (FIRST + 1, "D", "sheet.name-changed"),
        (FIRST + 2, "C", "sheet.row-twice"),
        (FIRST + 3, "C", "sheet.row-twice"),
        (FIRST + 6, "C", "sheet.row-unknown"),
    ]
    assert found.missing == ("1003",)
    assert [one.number for one in found.added] == ["1005"]


def test_rows_in_another_order_are_still_whose_they_are(scene: Scene, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        fill(sheet, FIRST, 5, 5, 5, 5)
        for column in "ABCDEFGHIJKLM":
            first, last = sheet[f"{column}{FIRST}"], sheet[f"{column}{FIRST + 4}"]
            first.value, last.value = last.value, first.value

    found = preview(scene, edit(issue(scene, tmp_path), change))
    assert [(one.line, one.number, one.new_total) for one in found.added] == [(FIRST + 4, "1001", 10_000)]
    assert found.refused == ()


def test_a_formula_counts_as_the_value_it_had(scene: Scene, tmp_path: Path) -> None:
    path = edit(issue(scene, tmp_path), lambda sheet: fill(sheet, FIRST, 3, 3, 3, "=1+1"))
    # Nobody computed it, so it has no value: the row is refused and named, not taken as 0.
    assert refused(preview(scene, path)) == [(FIRST, "J", "sheet.points-missing")]
    computed = tmp_path / "computed.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(computed, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item).replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            part = part.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            new.writestr(item, part)
    assert [one.new_total for one in preview(scene, computed).added] == [5_600]


def test_a_column_put_in_front_does_no_harm_and_a_lost_one_is_said(scene: Scene, tmp_path: Path) -> None:
    def add(sheet: Worksheet) -> None:
        fill(sheet, FIRST, 5, 5, 5, 5)
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(merged.coord)
        sheet.insert_cols(1)

    path = issue(scene, tmp_path)
    assert [one.number for one in preview(scene, edit(path, add)).added] == ["1001"]
    edit(path, lambda sheet: sheet.delete_cols(9))
    with pytest.raises(AppError) as caught:
        preview(scene, path)
    assert caught.value.code == "sheet.columns-gone"


def test_an_announced_result_is_not_changed_by_a_late_sheet(scene: Scene, tmp_path: Path) -> None:
    path = edit(issue(scene, tmp_path), lambda sheet: fill(sheet, FIRST, 5, 5, 5, 5))
    record_decisions(
        scene.database, application_ids=[scene.ids["1001"]], stage=Stage.FIRST, result=Result.PASS
    )
    release(scene.database, programme_id=scene.programme_id, stage=Stage.FIRST)
    assert refused(preview(scene, path)) == [(FIRST, "C", "screening.announced")]


def test_other_programmes_reviewers_criteria_and_files_are_refused(scene: Scene, tmp_path: Path) -> None:
    path = issue(scene, tmp_path)

    def code(file: Path = path) -> str:
        with pytest.raises(AppError) as caught:
            preview(scene, file)
        return caught.value.code

    other = openpyxl.load_workbook(path)
    assert other["_key"]["A2"].value == "programme"
    other["_key"]["C2"] = "令和7年度"
    other.save(tmp_path / "other.xlsx")
    assert code(tmp_path / "other.xlsx") == "sheet.other-programme"
    plain = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["番号", "点"])
    book.active.append(["1", 2])
    book.save(plain)
    assert code(plain) == "sheet.not-a-score-sheet"
    text = tmp_path / "text.xlsx"
    text.write_text("採点", encoding="utf-8")
    assert code(text).startswith("file.")
    first = scene.setup.criteria[0]
    save_criterion(
        scene.database,
        form=CriterionForm(id=first.id, programme_id=scene.programme_id, name=first.name, weight=9),
    )
    assert code() == "sheet.criteria-changed"
    undo(scene.database)
    reviewer = scene.setup.reviewers[1]
    save_reviewer(
        scene.database, form=ReviewerForm(id=reviewer.id, programme_id=scene.programme_id, name="別名")
    )
    assert code() == "sheet.reviewer-gone"


def test_damaged_sheets_are_refused_in_words_and_nothing_changes(scene: Scene, tmp_path: Path) -> None:
    path = edit(issue(scene, tmp_path), lambda sheet: fill(sheet, FIRST, 5, 5, 5, 5))
    whole = path.read_bytes()
    dice = random.Random(6)
    refusals = 0
    for _round in range(150):
        data = bytearray(whole)
        for _byte in range(dice.randint(1, 40)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        path.write_bytes(bytes(data[: dice.randrange(len(data))] if dice.random() < 0.3 else data))
        try:
            preview(scene, path)
        except AppError:
            refusals += 1
    assert refusals > 100
    assert scene.score("1001") is None


def test_long_answers_stay_whole_on_the_sheet_for_reading(scene: Scene) -> None:
    long = "".join(f"{n:06d}" for n in range(6_000))
    with unit_of_work(scene.database, "test.long") as work:
        entry_id = work.session.get_one(Application, scene.ids["1001"]).entry_id
        work.session.add(EntryAnswer(entry_id=entry_id, position=9, heading="長文", text=long))
        work.commit()
    [file] = make_score_sheets(
        scene.database,
        programme_id=scene.programme_id,
        reviewer_ids=[scene.reviewers[1]],
        blind=False,
        made_on=DAY,
    )
    book = openpyxl.load_workbook(io.BytesIO(file.data()))
    shown = str(book["採点"][f"F{FIRST}"].value)
    assert (len(shown), shown[-9:]) == (32_767, "シートにあります）")
    read = [str(row[2].value) for row in book["応募内容"].iter_rows() if row[1].value == "長文"]
    assert "".join(read) == long

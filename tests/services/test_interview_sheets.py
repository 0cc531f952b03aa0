"""Workbooks for interviewers: given out, changed by other hands (openpyxl), and taken in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from interview_scene import at, entry_of, interviewer_named, number, office_and_people

from fujisawa_desktop.errors import AppError, NotFoundError, RuleError
from fujisawa_desktop.models import EntryKind, Interviewer, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_criteria import interview_criteria, save_interview_criterion
from fujisawa_desktop.services.interview_needs import Need, set_need
from fujisawa_desktop.services.interview_reviews import save_interview_review, scoring_view
from fujisawa_desktop.services.interview_sheets import (
    _Plan,
    import_interview_sheet,
    issue_interview_sheets,
    preview_interview_sheet,
)
from fujisawa_desktop.services.score_sheet_doors import take_sheet
from fujisawa_desktop.services.score_sheet_import import preview_score_sheet
from fujisawa_desktop.services.unit_of_work import unit_of_work

MADE = date(2024, 10, 29)


@pytest.fixture
def office(database: Database, programme_id: int, tmp_path: Path) -> None:
    view = office_and_people(database, programme_id, tmp_path, narrow=3)
    for index, who, start in ((0, "佐野", at(9)), (1, "佐野", at(9, 30)), (2, "辻", at(9))):
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, who),
            start=start,
        )
    set_need(
        database, applicant_id=view.person_of[entry_of(view, 0)].applicant_id, need=Need(note="筆談を希望")
    )
    for name, most in (("志望動機", 5), ("協調性", 10)):
        save_interview_criterion(
            database, programme_id=programme_id, criterion_id=None, name=name, max_points=most
        )


@pytest.fixture
def sheet(office: None, database: Database, programme_id: int, tmp_path: Path) -> Path:
    """The sheet of 佐野."""
    issued = issue_interview_sheets(
        database, programme_id=programme_id, folder=tmp_path, made_on=MADE, actor="職員"
    )
    assert issued.files == (
        "面接採点票_01_職員課 佐野_20241029.xlsx",
        "面接採点票_02_デジタル推進室 辻_20241029.xlsx",
    )
    return tmp_path / issued.files[0]


def change(path: Path, act: Callable[[Any, dict[str, int], int], None]) -> Path:
    """Change a sheet as somebody with Excel would: columns by their codes, the first row of people."""
    book_ = openpyxl.load_workbook(path)
    page = book_["採点"]
    codes = next(row for row in page.iter_rows() if row[0].value == "_codes")
    columns = {str(cell.value): cell.column for cell in codes}
    act(page, columns, codes[0].row + 2)
    book_.save(path)
    return path


def fill(page: Any, columns: dict[str, int], first: int) -> None:
    points = [column for code, column in columns.items() if code.startswith("points-")]
    for row, (values, choice, comment) in enumerate(
        (((4, 8), "合格", "よい"), ((3, None), None, None)), first
    ):
        for column, value in zip(points, values, strict=True):
            page.cell(row, column).value = value
        page.cell(row, columns["recuse"]).value = choice
        page.cell(row, columns["comment"]).value = comment


def test_a_sheet_holds_the_interviews_of_one_interviewer_and_is_recorded(
    sheet: Path, database: Database, programme_id: int
) -> None:
    page = openpyxl.load_workbook(sheet)["採点"]
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    text = "\n".join(cells)
    assert number(0) in cells
    assert number(1) in cells
    assert number(2) not in cells
    assert "筆談を希望" in text
    assert "職員課　佐野" in text
    assert page.protection.sheet
    lists = [str(one.formula1) for one in page.data_validations.dataValidation]
    assert '"合格,補欠,不合格"' in lists
    with database.read() as session:
        entry = session.query(JournalEntry).order_by(JournalEntry.seq.desc()).first()
        assert entry is not None
        assert (entry.kind, entry.params) == (EntryKind.ISSUED, {"count": 2, "entries": 3})


def test_what_came_back_is_shown_and_taken_in_as_one_act(
    sheet: Path, database: Database, programme_id: int
) -> None:
    change(sheet, fill)
    preview = preview_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert (len(preview.added), preview.refused, preview.blank) == (2, (), 0)
    assert [one.new_total for one in preview.added] == [8000, None]
    taken = import_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert taken.change.changed
    first, second, _third = scoring_view(database, programme_id=programme_id).interviews
    by_number = {one.number: one for one in (first, second, _third)}
    whole = by_number[number(0)].review
    assert whole is not None
    assert (whole.total, whole.recommendation, whole.comment) == (8000, "pass", "よい")
    half = by_number[number(1)].review
    assert half is not None
    assert (half.total, list(half.points.values())) == (None, [3])
    again = preview_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert (again.unchanged, again.added, again.changed) == (2, (), ())
    undo(database)
    assert all(one.review is None for one in scoring_view(database, programme_id=programme_id).interviews)


def test_a_sheet_is_taken_in_by_the_planner_it_is_given(
    sheet: Path, database: Database, programme_id: int
) -> None:
    change(sheet, fill)
    taken = take_sheet(database, _Plan, programme_id=programme_id, file=sheet, actor="a")
    assert len(taken.preview.added) == 2
    assert taken.change.changed


def test_an_untouched_sheet_changes_nothing(sheet: Path, database: Database, programme_id: int) -> None:
    taken = import_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert not taken.change.changed
    assert taken.preview.blank == 2


def test_a_changed_number_is_refused_and_the_other_rows_are_taken(
    sheet: Path, database: Database, programme_id: int
) -> None:
    def forge(page: Any, columns: dict[str, int], first: int) -> None:
        fill(page, columns, first)
        page.cell(first, columns["number"]).value = number(2)

    preview = preview_interview_sheet(database, programme_id=programme_id, file=change(sheet, forge))
    assert [one.code for one in preview.refused] == ["sheet.number-changed"]
    assert [one.number for one in preview.added] == [number(1)]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("points", "11", "sheet.points-range"),
        ("points", "五", "sheet.points-unreadable"),
        ("recuse", "たぶん", "interview.recommendation"),
        ("name", "別人", "sheet.name-changed"),
    ],
)
def test_what_cannot_be_taken_in_names_its_row(
    sheet: Path, database: Database, programme_id: int, column: str, value: str, code: str
) -> None:
    def spoil(page: Any, columns: dict[str, int], first: int) -> None:
        fill(page, columns, first)
        key = next(name for name in reversed(columns) if name.startswith(column))
        page.cell(first, columns[key]).value = value

    preview = preview_interview_sheet(database, programme_id=programme_id, file=change(sheet, spoil))
    assert [(one.code, one.number) for one in preview.refused] == [(code, number(0))]


def test_a_sheet_of_old_criteria_or_of_somebody_gone_is_refused(
    sheet: Path, database: Database, programme_id: int
) -> None:
    [first, _second] = interview_criteria(database, programme_id=programme_id)
    save_interview_criterion(
        database, programme_id=programme_id, criterion_id=first.id, name=first.name, max_points=20
    )
    with pytest.raises(RuleError) as changed:
        preview_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert changed.value.code == "sheet.criteria-changed"
    undo(database)
    with unit_of_work(database, "test") as work:
        for row in work.session.query(Interviewer):
            row.name = f"{row.name}改"
        work.commit()
    with pytest.raises(NotFoundError) as gone:
        preview_interview_sheet(database, programme_id=programme_id, file=sheet)
    assert gone.value.code == "sheet.reviewer-gone"


def test_sheets_of_the_two_screenings_are_not_mixed_up(
    sheet: Path, database: Database, programme_id: int
) -> None:
    with pytest.raises(AppError) as refused:
        preview_score_sheet(database, programme_id=programme_id, file=sheet)
    assert refused.value.code == "sheet.other-kind"


def test_points_given_before_stand_in_the_sheet(
    office: None, database: Database, programme_id: int, tmp_path: Path
) -> None:
    one = scoring_view(database, programme_id=programme_id).interviews[0]
    criteria = [row.id for row in interview_criteria(database, programme_id=programme_id)]
    save_interview_review(
        database,
        interview_id=one.interview_id,
        interviewer_id=one.interviewer_id,
        points=dict(zip(criteria, (5, 9), strict=True)),
        recommendation="reserve",
    )
    issued = issue_interview_sheets(database, programme_id=programme_id, folder=tmp_path, made_on=MADE)
    preview = preview_interview_sheet(database, programme_id=programme_id, file=tmp_path / issued.files[0])
    assert (preview.unchanged, preview.blank) == (1, 1)


def test_without_criteria_or_interviews_there_is_no_sheet(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    def code() -> str:
        with pytest.raises(RuleError) as refused:
            issue_interview_sheets(database, programme_id=programme_id, folder=tmp_path, made_on=MADE)
        return refused.value.code

    assert code() == "screening.no-criteria"
    save_interview_criterion(database, programme_id=programme_id, criterion_id=None, name="甲")
    assert code() == "sheet.nobody"
    assert not list(tmp_path.glob("*.xlsx"))

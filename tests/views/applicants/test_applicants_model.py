from __future__ import annotations

from dataclasses import replace

from applicants_driver import column, listed
from PySide6.QtCore import QModelIndex, Qt

from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, PendingResult
from fujisawa_desktop.views.applicants.columns import COLUMNS
from fujisawa_desktop.views.applicants.table import ids_of, ranges_of
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS, ApplicantTableModel
from fujisawa_desktop.views.widgets import PILL_ROLE


def page(number: int, rows: int = PAGE_ROWS) -> list[ApplicantRow]:
    return [listed(number * PAGE_ROWS + at) for at in range(rows)]


def test_it_is_as_long_as_the_answer_but_holds_only_the_pages_looked_at() -> None:
    model = ApplicantTableModel()
    wanted: list[int] = []
    model.page_wanted.connect(wanted.append)
    model.show_answer(100_000, {0: page(0)})
    assert model.rowCount() == 100_000
    assert model.index(3, column("number")).data() == "000003"
    assert wanted == []
    place = 40 * PAGE_ROWS + 7
    assert model.index(place, 0).data() == "…"
    assert model.index(place, 1).data() is None
    assert wanted == [40]
    model.add_page(40, page(40))
    assert model.index(place, 0).data() == f"{place:06}"
    assert model.place_of(place) == place


def test_memory_stays_bounded_while_scrolling() -> None:
    model = ApplicantTableModel()
    model.page_wanted.connect(lambda number: model.add_page(number, page(number)))
    model.show_answer(100_000, {})
    for at in range(0, 100_000, PAGE_ROWS):
        model.index(at, 0).data()
    assert len(model._pages) <= 100
    assert len(model._places) <= 100 * PAGE_ROWS


def test_a_list_gets_longer_without_forgetting_what_is_shown() -> None:
    model = ApplicantTableModel()
    added: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: added.append((first, last)))
    model.show_answer(PAGE_ROWS, {0: page(0)})
    model.set_count(PAGE_ROWS + 20)
    model.set_count(PAGE_ROWS)
    assert added == [(PAGE_ROWS, PAGE_ROWS + 19)]
    assert model.rowCount() == PAGE_ROWS + 20
    assert model.row_at(0) is not None


def test_changed_contents_are_announced_for_all_rows() -> None:
    model = ApplicantTableModel()
    model.show_answer(2, {0: [listed(1), listed(2)]})
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _roles: changed.append((first.row(), last.row())))
    model.show_changes({0: [listed(1), listed(2, flags=("late",))]})
    assert changed == [(0, 1)]
    assert "Late" in str(model.index(1, column("status")).data())


def test_an_empty_page_that_came_too_late_changes_nothing() -> None:
    model = ApplicantTableModel()
    model.show_answer(0, {})
    model.add_page(3, [])
    model.show_changes({})
    assert model.rowCount() == 0
    assert model.row_at(0) is None
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == len(COLUMNS)


def test_a_noted_result_stands_for_the_state_it_belongs_to() -> None:
    model = ApplicantTableModel()
    noted = PendingResult(10, Stage.FIRST, Result.FAIL, None)
    reserve = PendingResult(20, Stage.FINAL, Result.RESERVE, 2)
    half = PendingResult(30, Stage.FIRST, Result.PASS, None)
    rows = [
        listed(1, pending=(noted,), flags=("late", "duplicate")),
        listed(2, pending=(reserve,)),
        listed(3, pending=(half,), courses=2),
        listed(4),
    ]
    model.show_answer(4, {0: rows})
    pills = [[text for text, _tone in model.index(at, column("status")).data(PILL_ROLE)] for at in range(4)]
    assert pills == [
        ["1st: Fail, to be announced", "Late", "Duplicate?"],
        ["Final: Reserve no. 2, to be announced"],
        ["Received", "1st: Pass, to be announced"],
        ["Received"],
    ]
    assert model.index(0, column("name")).data(PILL_ROLE) is None
    assert model.index(0, column("name")).data(Qt.ItemDataRole.DecorationRole) is None


def test_markup_in_a_name_stays_text_in_the_tool_tip() -> None:
    model = ApplicantTableModel()
    model.show_answer(1, {0: [replace(listed(1), name="<img src=x>")]})
    index = model.index(0, column("name"))
    assert index.data() == "<img src=x>"
    assert "&lt;img" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_rows_and_people_are_turned_into_each_other() -> None:
    ids = [50, 40, 30, 20, 10]
    assert ids_of([(0, 1), (4, 4)], ids) == [50, 40, 10]
    assert ranges_of([10, 40, 50, 999], ids) == [(0, 1), (4, 4)]
    assert ranges_of([], ids) == []

"""The rows painted in one go look exactly as the view's own delegates would paint them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from applicants_driver import column, listed
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, PendingResult
from fujisawa_desktop.views.applicants.table import ApplicantTable
from fujisawa_desktop.views.applicants.table_model import ApplicantTableModel
from fujisawa_desktop.views.theme import Scheme, apply_theme


class UsualTable(ApplicantTable):
    """The same list, painted cell by cell."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it so
        """Let Qt ask the delegates."""
        QTableView.paintEvent(self, event)


def people() -> list[ApplicantRow]:
    noted = PendingResult(20, Stage.FIRST, Result.PASS, None)
    long = "見本県立見本大学大学院総合研究科先端学専攻"
    return [
        replace(listed(1), name="葛\U000e0100西　はな", faculty=""),
        replace(listed(2, pending=(noted,), flags=("late", "duplicate")), school=long),
        replace(listed(3, courses=2), scores=(8725, None)),
        replace(listed(4), name="Anna-Maria Schmidt-Rottenberger", kana="", grade=""),
        *(listed(number) for number in range(5, 40)),
    ]


def filled(qtbot: QtBot, kind: type[ApplicantTable]) -> ApplicantTable:
    model = ApplicantTableModel()
    model.show_answer(60, {0: people()[:32]})
    table = kind(model)
    model.setParent(table)
    model.editable = True
    qtbot.addWidget(table)
    table.resize(900, 420)
    table.show()
    # Which window is active when both are shown is a matter of chance; the frame of the current cell
    # stands only where the keys go.
    table.activateWindow()
    table.setFocus()
    assert QTest.qWaitForWindowActive(table)
    table.show_column("score", shown=True)
    return table


def picture(table: ApplicantTable) -> QImage:
    QApplication.processEvents()
    return table.viewport().grab().toImage()


def nothing(_table: ApplicantTable) -> None:
    """Leave it as it opens."""


def choose(table: ApplicantTable) -> None:
    table.select_ranges([(1, 1), (3, 5)], 3)


def leave_what_is_chosen(table: ApplicantTable) -> None:
    choose(table)
    table.clearFocus()


def go_to_a_cell(table: ApplicantTable) -> None:
    table.setCurrentIndex(table.rows.index(2, column("name")))


def go_to_the_states(table: ApplicantTable) -> None:
    go_to_a_cell(table)
    table.setCurrentIndex(table.rows.index(1, column("status")))


def move_columns(table: ApplicantTable) -> None:
    table.horizontalHeader().moveSection(table.horizontalHeader().visualIndex(column("status")), 1)
    table.resize(420, 400)
    table.horizontalScrollBar().setValue(37)


def scroll(table: ApplicantTable) -> None:
    table.verticalScrollBar().setValue(51)


def scroll_to_the_end(table: ApplicantTable) -> None:
    table.resize(900, 2400)


def make_states_narrow(table: ApplicantTable) -> None:
    choose(table)
    table.resize(700, 400)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize(
    "prepare",
    [
        nothing,
        choose,
        leave_what_is_chosen,
        go_to_a_cell,
        go_to_the_states,
        move_columns,
        scroll,
        scroll_to_the_end,
        make_states_narrow,
    ],
)
def test_it_looks_as_the_delegates_paint_it(
    qtbot: QtBot, qapp: QApplication, prepare: object, scheme: Scheme
) -> None:
    assert callable(prepare)
    apply_theme(qapp, scheme)
    try:
        pictures = []
        for kind in (UsualTable, ApplicantTable):
            table = filled(qtbot, kind)
            prepare(table)
            pictures.append(picture(table))
            table.hide()
        assert pictures[0] == pictures[1]
    finally:
        apply_theme(qapp, Scheme.LIGHT)


def test_a_row_whose_page_is_not_here_says_so_and_is_asked_for(qtbot: QtBot) -> None:
    table = filled(qtbot, ApplicantTable)
    wanted: list[int] = []
    table.rows.page_wanted.connect(wanted.append)
    table.scrollTo(table.rows.index(50, 0))
    picture(table)
    assert wanted == [1]
    assert table.rows.said(50, 0) == "…"
    assert table.rows.said(50, column("status")) == ""


def test_an_empty_list_paints_nothing(qtbot: QtBot) -> None:
    table = filled(qtbot, ApplicantTable)
    table.rows.show_answer(0, {})
    empty = picture(table)
    assert empty.pixelColor(5, 5) == empty.pixelColor(200, 200)

"""One person over the whole term."""

from __future__ import annotations

from datetime import date

import pytest
from appointed import FOUR, work
from payroll_page import Key, Page, dialog_of
from PySide6.QtCore import Qt

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.person_term import person_term
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.payroll.amount_dialog import AmountDialog
from fujisawa_desktop.views.payroll.month_bar import MonthLook
from fujisawa_desktop.views.payroll.words import month_name

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
JANUARY = tuple(date(2025, 1, day) for day in (7, 9))


@pytest.fixture
def term(page: Page, database: Database, programme_id: int, four: dict[str, Member]) -> Page:
    """The view of Ryosuke, who plans two days in January."""
    work(database, programme_id, four[RYOSUKE], JANUARY, "終", ShiftKind.PLANNED)
    page.go(RYOSUKE, 4)
    page.click(page.tab.bar.looks[MonthLook.PERSON])
    return page


class TestService:
    def test_months_of_the_term_with_hours_and_pay(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        own = four[RYOSUKE].appointment_id
        work(database, programme_id, four[RYOSUKE], JANUARY, "終", ShiftKind.PLANNED)
        found = person_term(database, programme_id=programme_id, appointment_id=own)
        assert [(one.year, one.month) for one in found.months] == [(2024, 12), (2025, 1)]
        assert [one.pay.pay for one in found.months] == [75_166, 0]
        assert [one.person.expected for one in found.months] == [3585, 720]
        assert found.statements == ()
        assert found.corrections == ()
        assert any(paper.needed for paper in found.hand_ins)

    @pytest.mark.usefixtures("four")
    def test_somebody_unknown(self, database: Database, programme_id: int) -> None:
        with pytest.raises(NotFoundError):
            person_term(database, programme_id=programme_id, appointment_id=99_999)


def test_both_months_stand_with_their_sum(term: Page) -> None:
    view = term.tab.person
    model = view.pay.table.pay
    assert [str(model.index(row, 0).data()) for row in range(2)] == [
        month_name(2024, 12),
        month_name(2025, 1),
    ]
    assert str(model.index(0, 2).data()) == "75,166"
    assert str(view.pay.sums.sums.index(0, 0).data()) == _("Sum")
    assert str(view.pay.sums.sums.index(0, 2).data()) == "75,166"
    assert view.choice.currentText() == FOUR[0].name


def test_weeks_run_over_the_whole_term(term: Page) -> None:
    table = term.tab.person.chart.table()
    assert len(table) == 2
    hours = [text.split(":") for text in table[1][1:]]
    assert sum(int(hour) * 60 + int(minute) for hour, minute in hours) == 3585 + 720
    assert len(hours) == 10


def test_an_amount_is_explained_beside_and_opened(term: Page) -> None:
    view = term.tab.person
    table = view.pay.table
    index = table.pay.index(0, 2)
    term.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    term.wait()
    assert "75,165.50" in "\n".join(term.tab.side.labels())
    term.qtbot.keyClick(table, Key.Key_Return)
    term.wait()
    dialog = dialog_of(term.tab, AmountDialog)
    assert isinstance(dialog, AmountDialog)
    assert dialog.told().value.startswith("75,166")


def test_keys_go_to_the_next_person(term: Page) -> None:
    view = term.tab.person
    row = view.choice.currentIndex()
    term.click(view.after)
    assert view.choice.currentIndex() == row + 1
    term.qtbot.waitUntil(lambda: view.term is not None and view.term.member.name == view.choice.currentText())


def test_a_week_leads_to_its_day_in_the_grid(term: Page) -> None:
    chart = term.tab.person.chart
    chart.setFocus()
    while chart.current() is None or chart.current().day != JANUARY[0]:  # type: ignore[union-attr]
        term.qtbot.keyClick(chart, Key.Key_Right)
    term.qtbot.keyClick(chart, Key.Key_Return)
    term.wait()
    assert term.tab.bar.look() is MonthLook.MONTH
    assert term.tab.shown.month == (2025, 1)
    assert term.here() == (term.row(RYOSUKE), 7)


def test_statements_stand_in_the_list_and_papers_too(term: Page) -> None:
    assert not term.tab.person.lists["statements"].table.isVisible()
    term.click(term.tab.bar.compute)
    table = term.tab.person.lists["statements"].model
    assert [str(table.index(0, column).data()) for column in range(3)] == [
        month_name(2024, 12),
        "1",
        "75,166",
    ]
    assert term.tab.person.lists["hand_ins"].model.rowCount() > 3


def test_alt_keys_switch_the_views(page: Page) -> None:
    page.key(Key.Key_N, Qt.KeyboardModifier.AltModifier)
    page.wait()
    assert page.tab.person.isVisible()
    page.qtbot.keyClick(page.tab.person.choice, Key.Key_M, Qt.KeyboardModifier.AltModifier)
    page.wait()
    assert page.tab.grid.isVisible()

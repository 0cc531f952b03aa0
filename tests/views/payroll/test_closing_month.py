"""月の締め on the screen: the checklist, who is left out, the way to the day, opening again."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest
from appointed import FOUR, explain
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.payroll.close_dialog import CloseDialog, ReopenDialog
from fujisawa_desktop.views.payroll.people_choice import PeopleChoice

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
D = TypeVar("D", bound=QDialog)


def opened(page: Page, kind: type[D]) -> D:
    page.wait()
    found = dialog_of(page.tab, kind)
    assert isinstance(found, kind)
    return found


def states(page: Page) -> dict[str, MonthState]:
    assert page.tab.shown.view is not None
    return {person.member.number: person.state for person in page.tab.shown.view.people}


def names(people: PeopleChoice) -> list[str]:
    """The lines with names, without those under them."""
    lines = people.texts()
    return [line for line in lines if any(person.name in line for person in FOUR)]


def line_of(people: PeopleChoice, text: str) -> int:
    return next(at for at, line in enumerate(people.texts()) if text in line)


@pytest.fixture
def dialog(page: Page) -> CloseDialog:
    page.click(page.tab.bar.close_month)
    return opened(page, CloseDialog)


def test_everybody_is_listed_with_what_stands_against_it(dialog: CloseDialog, page: Page) -> None:
    found = names(dialog.people)
    assert len(found) == 4
    assert "葛城　さくら" in found[0]
    assert _("Cannot be closed yet") in found[0]
    assert "60:00" in found[0]
    assert any(texts.message_for("close.unconfirmed", {}) == line for line in dialog.people.texts())
    assert page.person(SAKURA).member.appointment_id not in dialog.people.chosen()
    assert len(dialog.people.chosen()) == 3
    said = ngettext("Close the month of {count} person", "Close the month of {count} people", 3)
    assert dialog.ok.text() == said.format(count=3)


def test_return_closes_those_who_can_be(dialog: CloseDialog, page: Page, messages: list[Message]) -> None:
    page.qtbot.keyClick(dialog, Key.Key_Return)
    page.wait()
    assert page.tab.findChildren(CloseDialog) == []
    found = states(page)
    assert found.pop(SAKURA) is MonthState.OPEN
    assert set(found.values()) == {MonthState.CLOSED}
    assert messages[-1].tone == "good"
    assert page.tab.bar.state.text() == _("Partly closed")
    wanted: list[str] = []
    page.tab.act_wanted.connect(wanted.append)
    assert messages[-1].on_action is not None
    messages[-1].on_action()
    assert wanted == ["edit.undo"]


def test_only_those_who_are_ticked(dialog: CloseDialog, page: Page) -> None:
    page.click(dialog.none)
    assert dialog.people.chosen() == []
    assert not dialog.ok.isEnabled()
    dialog.people.setCurrentRow(line_of(dialog.people, "小鳥遊"))
    page.qtbot.keyClick(dialog.people, Key.Key_Space)
    assert dialog.people.chosen() == [page.person(YUI).member.appointment_id]
    page.click(dialog.ok)
    found = states(page)
    assert found[YUI] is MonthState.CLOSED
    assert [number for number, state in found.items() if state is MonthState.OPEN] == [
        SAKURA,
        RYOSUKE,
        MISAKI,
    ]


def test_return_on_a_line_goes_to_the_day(dialog: CloseDialog, page: Page) -> None:
    said = texts.message_for("close.reason-missing", {"date": date(2024, 12, 23)})
    dialog.people.setFocus()
    dialog.people.setCurrentRow(line_of(dialog.people, said))
    page.qtbot.keyClick(dialog.people, Key.Key_Return)
    page.wait()
    assert page.tab.findChildren(CloseDialog) == []
    assert page.here() == (page.row(SAKURA), 23)
    assert set(states(page).values()) == {MonthState.OPEN}


def test_return_on_a_line_without_a_day_stays(dialog: CloseDialog, page: Page) -> None:
    dialog.people.setCurrentRow(line_of(dialog.people, texts.message_for("close.unconfirmed", {})))
    dialog.people.itemActivated.emit(dialog.people.currentItem())
    assert dialog.isVisible()


def test_a_reason_clears_the_way(page: Page, database: Database, four: dict[str, Member]) -> None:
    explain(database, four[SAKURA])
    page.click(page.tab.bar.close_month)
    dialog = opened(page, CloseDialog)
    assert len(dialog.people.chosen()) == 4
    page.click(dialog.ok)
    assert set(states(page).values()) == {MonthState.CLOSED}
    assert page.tab.bar.close_month.text() == _("Open again…")


def test_escape_leaves_everything(dialog: CloseDialog, page: Page) -> None:
    page.qtbot.keyClick(dialog, Key.Key_Escape)
    page.wait()
    assert set(states(page).values()) == {MonthState.OPEN}


class TestOpeningAgain:
    @pytest.fixture
    def closed(self, page: Page, database: Database, programme_id: int, four: dict[str, Member]) -> Page:
        explain(database, four[SAKURA])
        month = {"programme_id": programme_id, "year": 2024, "month": 12}
        close_month(database, **month)
        issue_statements(database, **month)
        mark_paid(
            database,
            paid_on=date(2025, 1, 21),
            appointment_ids=[four[YUI].appointment_id],
            **month,
        )
        page.tab.reload()
        page.wait()
        return page

    def test_with_a_reason_and_without_those_who_were_paid(self, closed: Page) -> None:
        page = closed
        page.click(page.tab.bar.close_month)
        dialog = opened(page, ReopenDialog)
        assert len(names(dialog.people)) == 4
        assert len(dialog.people.chosen()) == 3
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.field.error() == texts.message_for("field.required", {})
        write(page.qtbot, dialog.reason, "誤記のため")
        page.click(dialog.ok)
        found = states(page)
        assert found.pop(YUI) is MonthState.PAID
        assert set(found.values()) == {MonthState.OPEN}

    def test_one_person_from_the_menu(self, closed: Page) -> None:
        page = closed
        page.tab.actions_served()["work.reopen-month"]()
        dialog = opened(page, ReopenDialog)
        for at in range(dialog.people.count()):
            item = dialog.people.item(at)
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and "髙橋" not in item.text():
                item.setCheckState(Qt.CheckState.Unchecked)
        write(page.qtbot, dialog.reason, "誤記")
        page.qtbot.keyClick(dialog.reason, Key.Key_Return)
        page.wait()
        assert states(page)[MISAKI] is MonthState.OPEN
        assert states(page)[RYOSUKE] is MonthState.CLOSED

    def test_a_question_can_be_left(self, closed: Page) -> None:
        page = closed
        page.click(page.tab.bar.close_month)
        page.click(opened(page, ReopenDialog).cancel)
        assert page.tab.shown.all_closed

    def test_nothing_is_closed(self, page: Page, messages: list[Message]) -> None:
        page.tab.actions_served()["work.reopen-month"]()
        assert messages[-1].text == texts.message_for("month.not-closed", {"year": 2024, "month": 12})


def test_partly_closed(page: Page, database: Database, programme_id: int, four: dict[str, Member]) -> None:
    ids = [four[YUI].appointment_id]
    close_month(database, programme_id=programme_id, year=2024, month=12, appointment_ids=ids)
    page.tab.reload()
    page.wait()
    assert page.tab.bar.state.text() == _("Partly closed")

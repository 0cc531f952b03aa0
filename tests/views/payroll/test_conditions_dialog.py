"""勤務条件の明示 on the screen: what is empty, writing it, inserting words, saving, refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS
from fujisawa_desktop.services.conditions import conditions_view, save_conditions
from fujisawa_desktop.services.conflicts import Side
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.payroll.conditions_dialog import ConditionsDialog
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import field_named


@pytest.fixture
def dialog(page: Page) -> ConditionsDialog:
    page.tab.actions_served()["work.conditions"]()
    page.wait()
    found = dialog_of(page.tab, ConditionsDialog)
    assert isinstance(found, ConditionsDialog)
    return found


def go_to(page: Page, dialog: ConditionsDialog, key: str) -> None:
    """Click an item in the list."""
    for at in range(dialog.list.count()):
        entry = dialog.list.item(at)
        if entry.data(Qt.ItemDataRole.UserRole) == key:
            dialog.list.scrollToItem(entry)
            place = dialog.list.visualItemRect(entry).center()
            page.qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
            return
    raise AssertionError(key)


def test_it_opens_where_something_is_empty(dialog: ConditionsDialog) -> None:
    assert dialog.empty_keys() == ["pay_day"]
    assert "1" in dialog.state.text()
    assert dialog.list.currentItem().data(Qt.ItemDataRole.UserRole) == "pay_day"
    assert dialog.focusWidget() is dialog.pay_day
    assert set(dialog.areas) == {item.key for item in CONDITION_ITEMS}
    assert dialog.areas["overtime"].text() == "なし"


def test_every_field_says_what_it_is(dialog: ConditionsDialog) -> None:
    for item in CONDITION_ITEMS:
        assert texts.term("condition", item.key) in dialog.areas[item.key].accessibleName()
    assert dialog.list.accessibleName()


def test_a_pay_day_typed_full_width_makes_it_complete(
    page: Page, dialog: ConditionsDialog, database: Database, programme_id: int, messages: list[Message]
) -> None:
    write(page.qtbot, dialog.pay_day, "２１")
    assert dialog.empty_keys() == []
    assert dialog.state.text() == _("No item is empty.")
    page.click(dialog.save_button)
    assert page.tab.findChildren(ConditionsDialog) == []
    assert messages[-1].text == _("Saved. The conditions notice can be made.")
    form = conditions_view(database, programme_id=programme_id).form
    assert (form.pay_day, form.pay_month_offset) == (21, 1)
    undo(database)
    assert conditions_view(database, programme_id=programme_id).form.pay_day is None


def test_saving_with_something_empty_says_what(
    page: Page, dialog: ConditionsDialog, messages: list[Message]
) -> None:
    go_to(page, dialog, "overtime")
    area = dialog.areas["overtime"]
    assert dialog.focusWidget() is area
    area.selectAll()
    page.qtbot.keyClick(area, Key.Key_Delete)
    assert dialog.empty_keys() == ["overtime", "pay_day"]
    page.click(dialog.save_button)
    assert messages[-1].tone == "caution"
    for key in ("overtime", "pay_day"):
        assert texts.term("condition", key) in messages[-1].text


def test_a_word_is_inserted_where_one_writes(page: Page, dialog: ConditionsDialog) -> None:
    go_to(page, dialog, "leaving")
    area = dialog.areas["leaving"]
    area.set_text("")
    write(page.qtbot, area, "所属長（")
    action = next(one for one in dialog.words.menu().actions() if one.text().startswith("所属"))
    action.trigger()
    assert area.text() == "所属長（{{所属}}"
    assert dialog.focusWidget() is area


def test_words_that_ship_fill_only_what_is_empty(page: Page, dialog: ConditionsDialog) -> None:
    shipped = dialog.areas["leave"].text()
    dialog.areas["leave"].set_text("")
    dialog.areas["overtime"].set_text("あり")
    assert "leave" in dialog.empty_keys()
    page.click(dialog.fill)
    assert dialog.areas["leave"].text() == shipped
    assert dialog.areas["overtime"].text() == "あり"
    assert dialog.empty_keys() == ["pay_day"]


def test_a_broken_text_is_refused_beside_its_field(
    page: Page, dialog: ConditionsDialog, database: Database, programme_id: int
) -> None:
    dialog.areas["discipline"].set_text("{{知らない語}}")
    page.click(dialog.save_button)
    assert dialog.isVisible()
    field = field_named(dialog, "conditions.discipline")
    assert field is not None
    assert field.error() == texts.message_for("conditions.word-unknown", {"word": "知らない語"})
    assert dialog.focusWidget() is dialog.areas["discipline"]
    assert not dialog.areas["discipline"].visibleRegion().isEmpty()
    assert "知らない" not in str(conditions_view(database, programme_id=programme_id).form.words)


@pytest.mark.parametrize(("typed", "code"), [("x", "number.unreadable"), ("32", "programme.pay-day")])
def test_a_pay_day_that_is_none_is_refused_beside_its_field(
    page: Page, dialog: ConditionsDialog, typed: str, code: str
) -> None:
    write(page.qtbot, dialog.pay_day, typed)
    page.click(dialog.save_button)
    assert dialog.isVisible()
    field = field_named(dialog, "pay_day")
    assert field is not None
    assert field.error() == texts.message_for(code, {"text": typed})


def test_somebody_else_s_value_is_shown_beside_one_s_own(
    page: Page, dialog: ConditionsDialog, database: Database, programme_id: int
) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    save_conditions(database, form=replace(form, pay_day=10))
    write(page.qtbot, dialog.pay_day, "21")
    page.click(dialog.save_button)
    asked = dialog.findChild(ConflictDialog)
    assert asked is not None
    page.click(asked.stop_button)
    assert dialog.isVisible()
    assert dialog.pay_day.text() == "21"
    assert conditions_view(database, programme_id=programme_id).form.pay_day == 10
    page.click(dialog.save_button)
    asked = dialog.findChild(ConflictDialog)
    assert asked is not None
    page.click(asked.answers["pay_day", Side.MINE])
    page.click(asked.save_button)
    assert conditions_view(database, programme_id=programme_id).form.pay_day == 21


def test_an_offset_of_another_city_is_kept(page: Page, database: Database, programme_id: int) -> None:
    form = conditions_view(database, programme_id=programme_id).form
    save_conditions(database, form=replace(form, pay_day=10, pay_month_offset=4))
    page.wait()
    page.tab.actions_served()["work.conditions"]()
    page.wait()
    dialog = dialog_of(page.tab, ConditionsDialog)
    assert isinstance(dialog, ConditionsDialog)
    page.click(dialog.save_button)
    assert conditions_view(database, programme_id=programme_id).form.pay_month_offset == 4


def test_tab_leads_from_field_to_field(page: Page, dialog: ConditionsDialog) -> None:
    dialog.areas["post"].setFocus()
    page.qtbot.keyClick(dialog.areas["post"], Key.Key_Tab)
    assert dialog.focusWidget() is dialog.areas["term"]


def test_a_file_that_is_only_read_shows_it_and_saves_nothing(
    page: Page,
    database: Database,
    programme_id: int,
    qtbot: QtBot,
    settings: Memory,
    settle: Callable[[], None],
) -> None:
    only = open_database(database.path, read_only=True)  # type: ignore[arg-type]
    tasks = Tasks()
    desk = Desk(database=only, tasks=tasks, notifier=Notifier(), settings=settings, programme_id=programme_id)
    dialog = ConditionsDialog(desk, page.tab)
    dialog.show()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    QApplication.processEvents()
    assert dialog.areas["overtime"].text() == "なし"
    assert not dialog.save_button.isEnabled()
    assert not dialog.fill.isEnabled()
    dialog.reject()
    settle()
    tasks.shutdown()
    only.dispose()

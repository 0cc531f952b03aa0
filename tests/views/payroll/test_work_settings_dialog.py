"""勤務と報酬の設定 on the screen: what stands there, saving with clicks and keys, refusals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from payroll_page import Key, Page, dialog_of, write
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.pay import Rounding
from fujisawa_desktop.services.conflicts import Side
from fujisawa_desktop.services.dated_figures import choose_prefecture
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.programmes import ProgrammeView, programme
from fujisawa_desktop.services.work_settings import save_work_settings, work_settings
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Message, Notifier
from fujisawa_desktop.views.payroll.settings_words import read_wages, wages_text
from fujisawa_desktop.views.payroll.work_settings_dialog import WorkSettingsDialog
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import LineEdit, field_named

RYOSUKE = "100000245489"


@pytest.fixture
def dialog(page: Page) -> WorkSettingsDialog:
    page.tab.actions_served()["work.settings"]()
    page.wait()
    found = dialog_of(page.tab, WorkSettingsDialog)
    assert isinstance(found, WorkSettingsDialog)
    return found


@pytest.fixture
def stored(database: Database, programme_id: int) -> Callable[[], ProgrammeView]:
    return lambda: programme(database, programme_id)


def retype(page: Page, edit: LineEdit, text: str) -> None:
    edit.clear()
    write(page.qtbot, edit, text)


def error_of(dialog: WorkSettingsDialog, name: str) -> str:
    field = field_named(dialog, name)
    assert field is not None
    return field.error()


def test_it_shows_what_is_ruled_and_where_the_cap_comes_from(dialog: WorkSettingsDialog) -> None:
    assert dialog.focusWidget() is dialog.cap
    assert (dialog.cap.text(), dialog.reading.currentText()) == ("60:00", _("must stay below"))
    lines = dialog.sources.text().splitlines()
    assert len(lines) == 3
    assert "月60時間未満" in lines[0]
    assert _("below {cap}").format(cap="60:00") in lines[0]
    assert _("up to {cap}").format(cap="60:00") in lines[1]
    said = _("{documents} reads otherwise. This setting decides.")
    assert dialog.other_reading.text() == said.format(documents="チラシ")
    dialog.reading.setCurrentIndex(1)
    assert dialog.other_reading.text() == said.format(documents="記者発表資料")
    assert (dialog.day.text(), dialog.week.text(), dialog.percent.text()) == ("8:00", "40:00", "25")
    assert dialog.wages.text() == "2024/10/1 1,162\n2025/10/4 1,225"
    assert dialog.probation.text() == "15"
    assert dialog.oath.isChecked()
    assert "4" in dialog.kept.text()


def test_every_rounding_says_what_it_means(page: Page, dialog: WorkSettingsDialog) -> None:
    assert dialog.rounding_help.text() == texts.term("pay_rounding_help", "A")
    dialog.rounding.setFocus()
    for letter in ("B", "C"):
        page.qtbot.keyClick(dialog.rounding, Key.Key_Down)
        assert dialog.rounding.currentData() == letter
        assert dialog.rounding_help.text() == texts.term("pay_rounding_help", letter)
    assert len({texts.term("pay_rounding_help", one) for one in Rounding}) == 3


def test_a_premium_changes_the_pay_on_the_screen_and_is_taken_back(
    page: Page, dialog: WorkSettingsDialog, database: Database, messages: list[Message]
) -> None:
    assert page.pay_text(RYOSUKE, 2) == "75,166"
    retype(page, dialog.day, "５：００")
    page.click(dialog.save_button)
    assert page.tab.findChildren(WorkSettingsDialog) == []
    assert messages[-1].text == _("Saved. Pay is computed with it from now on.")
    assert page.pay_text(RYOSUKE, 2) == "78,237"
    undo(database)
    page.tab.reload()
    page.wait()
    assert page.pay_text(RYOSUKE, 2) == "75,166"


def test_everything_is_saved_at_once_with_the_keyboard(
    page: Page,
    dialog: WorkSettingsDialog,
    stored: Callable[[], ProgrammeView],
    messages: list[Message],
) -> None:
    before = stored()
    for edit, text in (
        (dialog.cap, "50"),
        (dialog.days_min, "２"),
        (dialog.days_max, "4"),
        (dialog.commuting_cap, "15,000円"),
        (dialog.day, "7:45"),
        (dialog.week, "38:45"),
        (dialog.percent, "30"),
        (dialog.probation, ""),
    ):
        retype(page, edit, text)
    for box in (dialog.reading, dialog.rounding, dialog.column):
        page.qtbot.keyClick(box, Key.Key_Down)
    page.qtbot.keyClick(dialog.commuting, Key.Key_Up)
    dialog.wages.set_text("令和8年10月1日 1,290円\n\n2025/10/4 1225\n")
    page.qtbot.keyClick(dialog.oath, Key.Key_Space)
    page.qtbot.keyClick(dialog.cap, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    page.wait()
    assert stored() == replace(
        before,
        version=before.version + 1,
        cap_minutes=3_000,
        cap_inclusive=True,
        week_days_min=2,
        week_days_max=4,
        pay_rounding="B",
        tax_column="kou",
        commuting_mode="min_of_both",
        commuting_cap_yen=15_000,
        premium_day_minutes=465,
        premium_week_minutes=2_325,
        premium_percent=30,
        probation_days=None,
        oath_required=False,
        minimum_wages=(("2025-10-04", 1_225), ("2026-10-01", 1_290)),
    )
    assert "4" in messages[-1].text
    assert messages[-1].text != _("Saved. Pay is computed with it from now on.")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("cap_minutes", "", "field.required"),
        ("cap_minutes", "六十", "number.unreadable"),
        ("cap_minutes", "800", "number.too-large"),
        ("week_days_max", "8", "programme.week-days"),
        ("premium_day_minutes", "8:01", "programme.premium-day"),
        ("premium_week_minutes", "41", "programme.premium-week"),
        ("premium_percent", "20", "programme.premium-percent"),
        ("premium_percent", "", "field.required"),
        ("probation_days", "0", "number.too-small"),
        ("commuting_cap_yen", "-1", "number.too-small"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_changed(
    page: Page,
    dialog: WorkSettingsDialog,
    stored: Callable[[], ProgrammeView],
    name: str,
    text: str,
    code: str,
) -> None:
    before = stored()
    field = field_named(dialog, name)
    assert field is not None
    assert isinstance(field.editor, LineEdit)
    retype(page, field.editor, text)
    page.click(dialog.save_button)
    params = {
        "text": text,
        "highest": 44_640,
        "lowest": {"premium_percent": 25, "commuting_cap_yen": 0}.get(name, 1),
    }
    assert error_of(dialog, name) == texts.message_for(code, params)
    assert dialog.isVisible()
    assert dialog.focusWidget() is field.editor
    assert not field.editor.visibleRegion().isEmpty()
    assert stored() == before


def test_a_line_of_minimum_wages_that_is_none_is_named(
    page: Page, dialog: WorkSettingsDialog, stored: Callable[[], ProgrammeView]
) -> None:
    before = stored()
    dialog.wages.set_text("2025/10/4 1225\n2026/13/1 1290")
    page.click(dialog.save_button)
    said = texts.message_for("programme.wage-line", {"text": "2026/13/1 1290"})
    assert error_of(dialog, "minimum_wages") == said
    assert stored() == before


def test_somebody_elses_save_is_told_in_the_dialog(
    page: Page, dialog: WorkSettingsDialog, database: Database, stored: Callable[[], ProgrammeView]
) -> None:
    save_work_settings(database, form=replace(stored(), premium_percent=40))
    retype(page, dialog.percent, "30")
    page.click(dialog.save_button)
    assert stored().premium_percent == 40
    asked = dialog.findChild(ConflictDialog)
    assert asked is not None
    assert not asked.save_button.isEnabled()
    page.click(asked.answers["premium_percent", Side.MINE])
    page.click(asked.save_button)
    assert stored().premium_percent == 30


def test_without_anybody_appointed_and_with_a_prefecture(
    open_page: Callable[[], Page], database: Database, programme_id: int
) -> None:
    choose_prefecture(database, name="神奈川県")
    form = work_settings(database, programme_id=programme_id).programme
    save_work_settings(database, form=replace(form, cap_sources=()))
    page = open_page()
    page.tab.actions_served()["work.settings"]()
    page.wait()
    dialog = dialog_of(page.tab, WorkSettingsDialog)
    assert isinstance(dialog, WorkSettingsDialog)
    assert "神奈川県" in dialog.wages_help.text()
    said = _("Nobody is appointed yet. What stands here is copied when people are appointed.")
    assert dialog.kept.text() == said
    assert not dialog.sources.isVisibleTo(dialog)
    assert not dialog.other_reading.isVisibleTo(dialog)
    page.qtbot.keyClick(dialog, Key.Key_Escape)
    page.wait()
    assert page.tab.findChildren(WorkSettingsDialog) == []


def test_on_a_file_that_may_only_be_read(
    database: Database,
    programme_id: int,
    qtbot: QtBot,
    settings: Memory,
    settle: Callable[[], None],
    stored: Callable[[], ProgrammeView],
) -> None:
    before = stored()
    only = open_database(database.path, read_only=True)  # type: ignore[arg-type]
    tasks = Tasks()
    desk = Desk(database=only, tasks=tasks, notifier=Notifier(), settings=settings, programme_id=programme_id)
    dialog = WorkSettingsDialog(desk, None)  # type: ignore[arg-type]
    dialog.show()
    qtbot.waitUntil(lambda: tasks.pending == 0 and dialog.stored is not None)
    assert not dialog.save_button.isEnabled()
    dialog.percent.set_value(30)
    dialog.save()
    settle()
    assert stored() == before
    dialog.reject()
    settle()
    tasks.shutdown()
    only.dispose()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("2025/10/4 1,225", (("2025-10-04", 1_225),)),
        ("2025-10-04　１，２２５円", (("2025-10-04", 1_225),)),
        ("R8.10.1, 1290\n2025/10/4: 1225 円", (("2025-10-04", 1_225), ("2026-10-01", 1_290))),
    ],
)
def test_minimum_wages_as_lines(text: str, found: tuple[tuple[str, int], ...]) -> None:
    assert read_wages(text) == found
    assert read_wages(wages_text(found)) == found


@pytest.mark.parametrize("text", ["1225", "2025/10/4", "2025/10/4 -5", "2025/10/4 ,", "x 1225"])
def test_what_is_no_minimum_wage(text: str) -> None:
    with pytest.raises(ValidationError, match=r"programme\.wage-line"):
        read_wages(text)

"""What needs attention first, and the way from there."""

from __future__ import annotations

from dataclasses import replace

from appointed import FOUR
from payroll_page import Key, Page, dialog_of, write

from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.hours_reasons import explain_work
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.words import sentence
from fujisawa_desktop.views.widgets import LinkButton

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


def test_a_tax_to_type_stands_among_the_first(
    page: Page, database: Database, four: dict[str, Member]
) -> None:
    form = terms_form(database, appointment_id=four[YUI].appointment_id)
    save_terms(database, form=replace(form, tax_column=TaxColumn.MANUAL))
    page.tab.reload()
    page.wait()
    own = page.person(YUI).member
    row = next(row for row in page.tab.shown.rows if row.number == YUI)
    lines = page.tab.checks.texts()
    assert lines[0] == _("{name}: {text}").format(name=own.name, text=sentence(row.problems[0]))
    assert len(lines) == 2
    page.qtbot.keyClick(page.tab.checks.list, Key.Key_Down)
    page.tab.checks.list.setCurrentRow(0)
    page.qtbot.keyClick(page.tab.checks.list, Key.Key_Return)
    page.wait()
    assert page.here()[0] == page.row(YUI)


def test_what_is_only_odd_stands_behind_what_breaks_a_rule(page: Page) -> None:
    page.kind(ShiftKind.WORKED)
    page.go(YUI, 3)
    page.type("9-10")
    page.go(YUI, 5)
    page.type("9-16/0")
    tones = [check.weight for check, _name in page.tab.checks._lines]
    assert tones == sorted(tones)
    assert {0, 1} <= set(tones)


def test_what_was_explained_leaves_the_list_and_is_told_beside_the_day(
    page: Page, database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    day = next(day for day in page.person(SAKURA).cells if day.day == 23)
    explain_work(
        database,
        programme_id=programme_id,
        places=[(four[SAKURA].appointment_id, day)],
        reason="受入部署の依頼",
    )
    page.tab.reload()
    page.wait()
    assert page.tab.checks.texts() == []
    page.go(SAKURA, 23)
    page.wait()
    assert "受入部署の依頼" in page.tab.side.labels()


def test_a_reason_is_written_from_the_pane_beside(page: Page) -> None:
    page.go(SAKURA, 23)
    page.wait()
    buttons = page.tab.side.findChildren(LinkButton)
    page.click(next(one for one in buttons if one.text() == _("Write the reason…") and one.isVisible()))
    dialog = dialog_of(page.tab, ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    write(page.qtbot, dialog.reason, "当日の依頼")
    page.click(dialog.ok)
    assert page.cell(SAKURA, 23).reason == "当日の依頼"
    assert "当日の依頼" in page.tab.side.labels()

"""What the window of appointed people calls things, and its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtWidgets import QSizePolicy, QTabBar

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.appointment_view import AppointedRow
from fujisawa_desktop.views.payroll.appointment_papers_page import short_day
from fujisawa_desktop.views.widgets import PillText

Page = Literal["terms", "papers", "account", "week", "findings", "changes"]
PAGES: Final[tuple[Page, ...]] = ("terms", "papers", "account", "week", "findings", "changes")


def row_pills(one: AppointedRow) -> list[PillText]:
    """Return what is missing of somebody, the most urgent first."""
    pills: list[PillText] = []
    if one.left_on is not None:
        pills.append((_("Left {day}").format(day=short_day(one.left_on)), "neutral"))
    if one.overdue:
        pills.append((_("Late {count}").format(count=one.overdue), "wrong"))
    if one.missing - one.overdue:
        pills.append((_("Open {count}").format(count=one.missing - one.overdue), "caution"))
    if not one.has_account:
        pills.append((_("Bank?"), "caution"))
    if one.to_check:
        pills.append((_("Check {count}").format(count=one.to_check), "caution"))
    return pills or [(_("Complete"), "good")]


def page_name(page: Page) -> str:
    """Return what a page is called."""
    return {
        "terms": _("Terms"),
        "papers": _("Papers to hand in"),
        "account": _("Account"),
        "week": _("Usual week"),
        "findings": _("Look into"),
        "changes": _("Changes so far"),
    }[page]


def tab_bar(name: str, titles: Sequence[str]) -> QTabBar:
    """Return the tabs of pages."""
    bar = QTabBar()
    bar.setObjectName("tabs")
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(False)
    bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    bar.setAccessibleName(name)
    for title in titles:
        bar.addTab(title)
    return bar

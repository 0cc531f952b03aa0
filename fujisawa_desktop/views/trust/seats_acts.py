"""Who sits here: the role beside the name, tabs a host department has no use for, and the list of seats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.action_table import TABS
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.trust.seats_dialog import SeatsDialog

if TYPE_CHECKING:
    from fujisawa_desktop.services.seats import OwnSeat

own_seat = later("seats", "own_seat")
_NOT_FOR_HOSTS: Final = frozenset({"home"})
"""The first page counts decisions and papers, of which a host department sees nothing."""


def seats_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what is done for the actions about seats."""

    def show() -> None:
        if window.desk is not None:
            SeatsDialog(window.desk, window).open()

    return {"tools.seats": show}


def show_seat(window: MainWindow, desk: Desk) -> None:
    """Say which seat this is, and leave out what it has no use for; of a file nothing is asked."""
    for at in range(len(TABS)):
        window.tabs.setTabVisible(at, True)  # noqa: FBT003 - Qt takes it so
    if desk.database.path is None:
        desk.query(own_seat, partial(_show, window, desk), owner=window, aside=True)


def _show(window: MainWindow, desk: Desk, own: OwnSeat) -> None:
    if window.desk is not desk or own.seat is None:
        return
    seat = own.seat
    role = texts.term("seat_role", seat.role)
    if seat.course:
        role = _("{role} of {course}").format(role=role, course=seat.course)
    window.status.show_seat(role)
    if seat.role.value == "host":
        for at, tab in enumerate(TABS):
            window.tabs.setTabVisible(at, tab not in _NOT_FOR_HOSTS)
        page = window.current_page()
        if page is not None and page is window.pages.get("home"):
            window.go_to("applicants")

"""The menu of an interview: all that can be done with it, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_view import Attendance
from fujisawa_desktop.views.interviews.board import Card

LATE_MINUTES: Final = (5, 10, 15, 20, 30)

Do = Callable[[str, Card], object]
"""Does an act (``cancel``, ``came`` …) on an interview."""
Late = Callable[[Card, int], object]


def fill_card_menu(menu: QMenu, card: Card, do: Do, late: Late) -> None:
    """Offer what can be done with an interview; what cannot be is grey."""
    booked = card.booked
    if booked is None:
        return
    fixed, marked = booked.is_locked, booked.attendance is not None
    took_place = booked.attendance is Attendance.ATTENDED or booked.reviewed

    def add(act: str, text: str, key: str, *, on: bool = True) -> QAction:
        action = menu.addAction(f"{text}\t{key}")
        action.setObjectName(act)
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False: do(act, card))
        return action

    add("move", _("Move"), _("Return"), on=card.movable)
    add("lock", _("Release") if fixed else _("Fix"), "L")
    add("cancel", _("Cancel the interview"), _("Del"), on=card.movable)
    menu.addSeparator()
    add("came", _("Came"), "1")
    add("absent", _("Did not come"), "2")
    _add_late(menu, card, late)
    add("unmark", _("Take the record out"), "0", on=marked)
    menu.addSeparator()
    add("postpone", _("Postpone: find another time"), "4", on=not fixed and not took_place)
    add("withdraw", _("Withdrew"), "5")


def late_menu(menu: QMenu, card: Card, late: Late) -> None:
    """Offer by how much somebody was late."""
    for minutes in LATE_MINUTES:
        text = ngettext("{count} minute late", "{count} minutes late", minutes).format(count=minutes)
        action = menu.addAction(text)
        action.setObjectName(f"late-{minutes}")
        action.triggered.connect(partial(_late, late, card, minutes))


def _add_late(menu: QMenu, card: Card, late: Late) -> None:
    below = menu.addMenu(_("Came late"))
    below.menuAction().setObjectName("late")
    late_menu(below, card, late)


def _late(late: Late, card: Card, minutes: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
    late(card, minutes)

"""What stands instead of the grid while nobody works in the month."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.hours import MonthView
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.widgets import EmptyState


def say_nobody(
    empty: EmptyState,
    view: MonthView,
    *,
    appoint: Callable[[], object],
    go_to: Callable[[int, int], object],
    may_write: bool,
) -> None:
    """Say why a month is empty, and offer what fills it or a month that is not."""
    month = (view.year, view.month)
    if (view.first.year, view.first.month) <= month <= (view.last.year, view.last.month):
        empty.say(
            _("Nobody is appointed yet"),
            _(
                "Once the final screening is announced and people have accepted, they are appointed here "
                "on the terms of the programme."
            ),
            _("Appoint those who accepted"),
            appoint,
        )
        empty.button.setEnabled(may_write)
        return
    nearest = view.first if month < (view.first.year, view.first.month) else view.last
    empty.say(
        _("Nobody works in {month}").format(month=month_name(*month)),
        _("The term of the programme runs from {first} to {last}.").format(
            first=month_name(view.first.year, view.first.month),
            last=month_name(view.last.year, view.last.month),
        ),
        _("Go to {month}").format(month=month_name(nearest.year, nearest.month)),
        partial(go_to, nearest.year, nearest.month),
    )
    empty.button.setEnabled(True)

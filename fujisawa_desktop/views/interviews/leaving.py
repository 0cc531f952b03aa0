"""Before something typed or painted is left unsaved, the person is told and decides."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.widgets import NoticeBar


def leave(notice: NoticeBar, then: Callable[[], object], *, unsaved: bool) -> None:
    """Do ``then``; if something would be lost by it, say so, with a button that does it all the same."""
    if not unsaved:
        notice.close_message()
        then()
        return
    notice.show_message(
        _("What you entered here is not saved yet. Save it first, or go on without saving."),
        "caution",
        action=_("Go on without saving"),
        on_action=then,
    )

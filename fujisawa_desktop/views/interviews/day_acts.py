"""The day itself: who came, was late or absent, is seen another day, or withdrew; each in one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_day import mark, postpone, withdraw
from fujisawa_desktop.services.interview_forms import CardForm
from fujisawa_desktop.services.interview_view import Attendance, Booked
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Card
from fujisawa_desktop.views.interviews.card_saving import Names, card_saving, window_of
from fujisawa_desktop.views.trust.beside_others import Saving, do_beside_others, save_beside_others

_LATEST: Final = timedelta(hours=2)
"""Later than this nobody is taken to have just come in."""


class DayActs(QObject):
    """Records what happened to interviews on their day.

    Signals:
        done(str): what was done, to be told with the button that takes it back.
        outdated(): what is shown is not what is stored; query again.
    """

    done = Signal(str)
    outdated = Signal()

    def __init__(
        self, desk: Desk, parent: QObject, clock: Callable[[], datetime], names: Callable[[], Names] = dict
    ) -> None:
        super().__init__(parent)
        self._desk, self._clock, self._names = desk, clock, names

    def came(self, card: Card) -> None:
        """Record that somebody came in time."""
        self._mark(card, Attendance.ATTENDED, _("{name} came.").format(name=card.person.name))

    def absent(self, card: Card) -> None:
        """Record that somebody did not come."""
        self._mark(card, Attendance.ABSENT, _("{name} did not come.").format(name=card.person.name))

    def late(self, card: Card, minutes: int) -> None:
        """Record that somebody came so many minutes late."""
        text = _("{name} came {minutes} minutes late.").format(name=card.person.name, minutes=minutes)
        self._mark(card, Attendance.ATTENDED, text, minutes)

    def unmark(self, card: Card) -> None:
        """Take out what was recorded."""
        text = _("It is open again whether {name} came.").format(name=card.person.name)
        self._mark(card, None, text)

    def minutes_late_now(self, card: Card) -> int | None:
        """Return how late somebody is who comes in at this moment; None when it cannot be this moment."""
        late = self._clock() - card.start
        if not timedelta(0) < late <= _LATEST:
            return None
        return max(round(late / timedelta(minutes=1)), 1)

    def postpone(self, card: Card) -> None:
        """Take somebody back to those who wait: another time will be found."""
        if card.booked is not None:
            said = _("{name} waits for another time.").format(name=card.person.name)
            saving = self._saving(postpone, card.booked, said)
            do_beside_others(self._desk, replace(saving, deed=_("(waits for another time)")))

    def withdraw(self, card: Card) -> None:
        """Record that somebody withdrew; the time becomes free."""
        if card.booked is not None:
            said = _("{name} withdrew.").format(name=card.person.name)
            saving = self._saving(withdraw, card.booked, said)
            do_beside_others(self._desk, replace(saving, deed=_("(withdrew)")))

    def _mark(self, card: Card, attendance: Attendance | None, text: str, minutes: int | None = None) -> None:
        if card.booked is not None:
            saving = self._saving(mark, card.booked, text, _came)
            form = replace(saving.base, attendance=attendance, late_minutes=minutes)
            save_beside_others(self._desk, saving, form)

    def _saving(
        self,
        act: Callable[..., Any],
        booked: Booked,
        said: str,
        given: Callable[[CardForm], Mapping[str, Any]] | None = None,
    ) -> Saving[CardForm]:
        return card_saving(
            act,
            booked,
            window_of(self),
            self._names(),
            on_done=partial(self._said, said),
            on_error=self._failed,
            on_stop=self.outdated.emit,
            given=given,
        )

    def _said(self, text: str, _change: ChangeSet) -> None:
        self.done.emit(text)

    def _failed(self, error: Exception) -> None:
        self._desk.notifier.show(error)
        if isinstance(error, AppError):
            self.outdated.emit()


def _came(form: CardForm) -> dict[str, Any]:
    return {"attendance": form.attendance, "late_minutes": form.late_minutes}

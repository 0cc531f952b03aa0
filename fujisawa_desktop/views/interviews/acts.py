"""What the calendar asks the services to do with single interviews, and what the person is told."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, RuleError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_booking import book, cancel, move, set_locked
from fujisawa_desktop.services.interview_view import Booked
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Board, Card, Carry, Place
from fujisawa_desktop.views.interviews.words import span_text

_CAN_BE_OVERRIDDEN: Final = frozenset(
    {"interview.interviewer-away", "interview.applicant-away", "interview.lunch"}
)


class InterviewActs(QObject):
    """Books, moves, cancels and fixes.

    Signals:
        booked(): somebody who waited has an interview now.
        outdated(): what is shown is not what is stored; query again.
        undo_wanted(): the person takes back what was just done.
    """

    booked = Signal()
    outdated = Signal()
    undo_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def put_down(self, board: Board, carry: Carry, place: Place, *, despite: bool = False) -> None:
        """Book the one in hand, or move the interview in hand."""
        interviewer_id = board.columns[place.column].interviewer.interviewer_id
        refused = partial(self._refused, board, carry, place)
        if carry.card is not None and carry.card.booked is not None:
            self._desk.perform(
                move,
                interview_id=carry.card.booked.interview_id,
                version=carry.card.booked.version,
                interviewer_id=interviewer_id,
                start=place.start,
                despite=despite,
                actor=self._desk.actor,
                on_done=partial(self._tell, _("The interview was moved to {span}."), place),
                on_error=refused,
            )
            return
        self._desk.perform(
            book,
            programme_id=self._desk.programme_id,
            entry_id=carry.person.entry_id,
            interviewer_id=interviewer_id,
            start=place.start,
            despite=despite,
            actor=self._desk.actor,
            on_done=partial(self._booked, place),
            on_error=refused,
        )

    def cancel(self, card: Card) -> None:
        """Take an interview out of the calendar."""
        if card.booked is not None:
            self._desk.perform(
                cancel,
                interview_id=card.booked.interview_id,
                version=card.booked.version,
                actor=self._desk.actor,
                on_done=partial(self._tell, _("The interview was cancelled: {span}."), card.place),
                on_error=self._failed,
            )

    def lock(self, booked: Booked) -> None:
        """Fix an interview, or release it."""
        self._desk.perform(
            set_locked,
            interview_id=booked.interview_id,
            locked=not booked.is_locked,
            version=booked.version,
            actor=self._desk.actor,
            on_error=self._failed,
        )

    def say_done(self, text: str) -> None:
        """Tell what was done, with the button that takes it back."""
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)

    def _booked(self, place: Place, change: ChangeSet) -> None:
        self.booked.emit()
        self._tell(_("The interview was booked: {span}."), place, change)

    def _tell(self, sentence: str, place: Place, _change: ChangeSet) -> None:
        self.say_done(sentence.format(span=span_text(place.start, place.end)))

    def _refused(self, board: Board, carry: Carry, place: Place, error: Exception) -> None:
        """Say why, and offer to do it all the same where a clerk may know better."""
        if isinstance(error, RuleError) and error.code in _CAN_BE_OVERRIDDEN:
            self._desk.notifier.say(
                texts.message(error),
                "caution",
                action=_("Book it all the same"),
                on_action=partial(self.put_down, board, carry, place, despite=True),
            )
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._desk.notifier.show(error)
        if isinstance(error, AppError):
            self.outdated.emit()

"""What the calendar asks the services to do with single interviews, and what the person is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, RuleError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_booking import (
    OVERRIDABLE,
    book,
    cancel,
    move,
    set_locked,
    stretch,
)
from fujisawa_desktop.services.interview_forms import move_form, move_of
from fujisawa_desktop.services.interview_places import complete_panel
from fujisawa_desktop.services.interview_view import Booked
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.board import Board, Card, Carry, Place
from fujisawa_desktop.views.interviews.card_saving import (
    Names,
    card_saving,
    card_words,
    names_of,
    swap_saving,
    window_of,
)
from fujisawa_desktop.views.interviews.words import span_text
from fujisawa_desktop.views.trust.beside_others import Saving, do_beside_others, save_beside_others


class InterviewActs(QObject):
    """Books, moves, exchanges, stretches, cancels and fixes.

    Signals:
        booked(): somebody who waited has an interview now.
        outdated(): what is shown is not what is stored; query again.
        undo_wanted(): the person takes back what was just done.
    """

    booked = Signal()
    outdated = Signal()
    undo_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject, names: Callable[[], Names] = dict) -> None:
        super().__init__(parent)
        self._desk = desk
        self.names = names

    def put_down(self, board: Board, carry: Carry, place: Place, *, despite: bool = False) -> None:
        """Book the one in hand, or move the interview in hand."""
        if carry.card is not None and carry.card.booked is not None:
            self._move(board, carry.card.booked, who_interviews(board, carry, place), place)
            return
        again = partial(self.put_down, board, carry, place)
        self._desk.perform(
            book,
            programme_id=self._desk.programme_id,
            entry_id=carry.person.entry_id,
            course_id=carry.person.course_id,
            interviewer_ids=who_interviews(board, carry, place),
            start=place.start,
            despite=despite,
            actor=self._desk.actor,
            on_done=partial(self._booked, place),
            on_error=lambda error: self._refused(error, again),
        )

    def _move(
        self,
        board: Board,
        booked: Booked,
        who: tuple[int, ...],
        place: Place,
    ) -> None:
        base = move_of(booked)
        window = window_of(self)
        saving = Saving(
            move,
            base=base,
            read=partial(move_form, interview_id=base.interview_id),
            row=RowOf("interview", base.interview_id),
            words=card_words(window, names_of(board.view)),
            owner=window,
            on_done=partial(self._tell, _("The interview was moved to {span}."), place),
            on_refused=self._refused,
            on_stop=self.outdated.emit,
            given=asdict,
        )
        save_beside_others(self._desk, saving, replace(base, start=place.start, interviewer_ids=who))

    def swap(self, one: Card, other: Card) -> None:
        """Let two interviews exchange their times and those who hold them."""
        if one.booked is None or other.booked is None:
            return
        text = _("{first} and {second} have exchanged their interviews.").format(
            first=one.person.name, second=other.person.name
        )
        people = (one.person.name, other.person.name)
        saving = replace(
            swap_saving(one.booked, other.booked, people, window_of(self), self.names()),
            on_done=lambda _change: self.say_done(text),
            on_refused=self._refused,
            on_stop=self.outdated.emit,
        )
        do_beside_others(self._desk, saving)

    def refuse_swap(self, other: Card) -> None:
        """Say why an interview takes no part in an exchange."""
        booked = other.booked
        code = "interview.locked"
        if booked is not None and not booked.is_locked:
            code = "interview.reviewed" if booked.reviewed else "interview.attended"
        self._desk.notifier.show(RuleError(code, person=other.person.name))

    def stretch(self, card: Card, end: datetime) -> None:
        """Let an interview end earlier or later."""
        if card.booked is not None:
            place = Place(card.column, card.start, end)
            saving = card_saving(
                stretch,
                card.booked,
                window_of(self),
                self.names(),
                on_done=partial(self._tell, _("The interview lasts now: {span}."), place),
                on_stop=self.outdated.emit,
                given=lambda form: {"end": form.end},
            )
            saving = replace(saving, on_refused=self._refused)
            save_beside_others(self._desk, saving, replace(saving.base, end=end))

    def cancel(self, card: Card) -> None:
        """Take an interview out of the calendar."""
        if card.booked is not None:
            saving = card_saving(
                cancel,
                card.booked,
                window_of(self),
                self.names(),
                on_done=partial(self._tell, _("The interview was cancelled: {span}."), card.place),
                on_error=self._failed,
                on_stop=self.outdated.emit,
                deed=_("(taken out of the calendar)"),
            )
            do_beside_others(self._desk, saving)

    def lock(self, booked: Booked) -> None:
        """Fix an interview, or release it."""
        saving = card_saving(
            set_locked,
            booked,
            window_of(self),
            self.names(),
            on_error=self._failed,
            on_stop=self.outdated.emit,
            given=lambda form: {"locked": form.is_locked},
        )
        save_beside_others(self._desk, saving, replace(saving.base, is_locked=not booked.is_locked))

    def say_done(self, text: str) -> None:
        """Tell what was done, with the button that takes it back."""
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)

    def _booked(self, place: Place, change: ChangeSet) -> None:
        self.booked.emit()
        self._tell(_("The interview was booked: {span}."), place, change)

    def _tell(self, sentence: str, place: Place, _change: ChangeSet) -> None:
        self.say_done(sentence.format(span=span_text(place.start, place.end)))

    def _refused(self, error: Exception, again: Callable[..., object]) -> None:
        """Say why, and offer to do the very same all the same where a clerk may know better."""
        if isinstance(error, RuleError) and error.code in OVERRIDABLE:
            self._desk.notifier.say(
                texts.message(error),
                "caution",
                action=_("Book it all the same"),
                on_action=partial(again, despite=True),
            )
            self.outdated.emit()  # somebody else may have moved it meanwhile
        else:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._desk.notifier.show(error)
        if isinstance(error, AppError):
            self.outdated.emit()


def who_interviews(board: Board, carry: Carry, place: Place) -> tuple[int, ...]:
    """Return who holds the interview at a place: the column's interviewer, and the rest of the panel.

    The others of an interview that is moved stay with it, as long as they are free.
    """
    here = board.columns[place.column].interviewer.interviewer_id
    booked = carry.card.booked if carry.card is not None else None
    if len(board.view.panel) > 1:
        return complete_panel(
            board.view, carry.person.key, [here], place.start, end=place.end, interview_id=carry.leaving
        )
    if booked is None or carry.card is None:
        return (here,)
    before = board.columns[carry.card.column].interviewer.interviewer_id
    who = [here if key == before else key for key in booked.interviewer_ids]
    return tuple(dict.fromkeys(who))

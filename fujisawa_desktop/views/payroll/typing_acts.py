"""Typing into the chosen days of the grid: enter hours, record as planned, say why not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.hours_entry import CellsForm, Place, cells_form, save_cells, work_as_planned
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.entry_bar import EntryBar
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.hours_acts import HoursActs
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others


class TypingActs(QObject):
    """Runs these acts; what came of them :class:`HoursActs` says."""

    def __init__(self, desk: Desk, bar: EntryBar, hours: HoursActs, grid: HoursGrid, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._bar = bar
        self._hours = hours
        self._model = grid.model
        self._days = grid.days
        self._window = window

    def enter(self, places: Sequence[Place], text: str, order: str = "") -> None:
        """Put a text into cells, as plan or as work; ``order`` is why a closed day is worked."""
        if not places:
            return
        kind, programme_id = self._bar.kind(), self._desk.programme_id
        seen = self._model.seen(places)
        saving = Saving(
            save_cells,
            base=CellsForm(kind, seen, seen),
            read=partial(cells_form, programme_id=programme_id, places=list(places), kind=kind),
            row=_row_of(places),
            words=FormWords(self._window, labels=self._cell_names(places, kind)),
            owner=self._window,
            on_done=self._hours.entered,
            on_error=partial(self._not_entered, places, text),
            on_stop=partial(self._stopped, places, text),
            aside=frozenset({"kind", "seen"}),
            more={"programme_id": programme_id, "holiday_order": order},
        )
        save_beside_others(self._desk, saving, CellsForm(kind, seen, dict.fromkeys(places, text)))

    def _cell_names(self, places: Sequence[Place], kind: ShiftKind) -> dict[str, str]:
        """Return person, day and kind of each cell, by its name in the form."""
        names = {one.member.appointment_id: one.member.name for one in self._model.people()}
        return {
            f"texts:{place}": _("{person}, {day}, {kind}").format(
                person=names.get(place[0], ""), day=format_date(place[1]), kind=texts.term("shift", kind)
            )
            for place in places
        }

    def _stopped(self, places: Sequence[Place], text: str) -> None:
        """Let the person go on with what was typed, on top of what stands there now."""
        if len(places) == 1:
            self._reopen(places[0], text)

    def fill_chosen(self, text: str) -> None:
        """Put a text into the chosen cells."""
        self.enter(self._days.chosen_places(), text)
        self._days.setFocus()

    def record_as_planned(self) -> None:
        """Record as worked what was planned on the chosen days."""
        if places := self._days.chosen_places():
            self._desk.perform(
                work_as_planned,
                programme_id=self._desk.programme_id,
                places=places,
                actor=self._desk.actor,
                on_done=self._hours.entered,
            )
        self._days.setFocus()

    def _not_entered(self, places: Sequence[Place], text: str, error: Exception) -> None:
        """Say why, offer the order that would allow it, and let the person go on with what was typed."""
        if isinstance(error, RuleError) and error.code.startswith("shift.closed-"):
            self._desk.notifier.say(
                texts.message(error),
                "wrong",
                action=_("There is an order…"),
                on_action=partial(self._ask_order, places, text),
            )
        else:
            self._desk.notifier.show(error)
        if len(places) == 1 and isinstance(error, RuleError | ValidationError):
            self._reopen(places[0], text)

    def _ask_order(self, places: Sequence[Place], text: str) -> None:
        ReasonDialog(
            self._window,
            title=_("Work on a closed day"),
            explanation=_("The reason of the order is kept beside the hours."),
            answer=_("Enter the hours"),
            on_reason=lambda reason: self.enter(places, text, reason),
        ).open()

    def _reopen(self, place: Place, text: str) -> None:
        row, column = self._model.row_of(place[0]), self._model.column_of(place[1])
        if row is not None and column is not None:
            self._days.reopen(row, column, text)


def _row_of(places: Sequence[Place]) -> RowOf:
    """Return whose rows tell who changed a cell; of several cells there is no single person to name."""
    if len(places) > 1:
        return RowOf("shift")
    appointment_id, day = places[0]
    return RowOf("shift", where=(("appointment_id", appointment_id), ("day", day)))

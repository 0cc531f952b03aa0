"""Typing into the chosen days of the grid: enter hours, record as planned, say why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.hours_entry import Place, save_cells, work_as_planned
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.cells_saving import cells_saving
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.entry_bar import EntryBar
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.hours_acts import HoursActs
from fujisawa_desktop.views.trust.beside_others import do_beside_others, save_beside_others


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
        kind = self._bar.kind()
        saving = replace(
            cells_saving(
                save_cells,
                self._model,
                places,
                kind,
                self._desk.programme_id,
                self._window,
                holiday_order=order,
            ),
            on_done=self._hours.entered,
            on_error=partial(self._not_entered, places, text),
            on_stop=partial(self._stopped, places, text),
        )
        save_beside_others(self._desk, saving, replace(saving.base, texts=dict.fromkeys(places, text)))

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
            saving = replace(
                cells_saving(
                    work_as_planned,
                    self._model,
                    places,
                    ShiftKind.PLANNED,
                    self._desk.programme_id,
                    self._window,
                ),
                given=lambda form: {"places": places, "seen": form.seen},
                on_done=self._hours.entered,
                on_error=self._desk.notifier.show,
                deed=_("(recorded as planned)"),
            )
            do_beside_others(self._desk, saving)
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

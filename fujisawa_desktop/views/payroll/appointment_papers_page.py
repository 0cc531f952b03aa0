"""提出書類: what one person hands in, each with the day it was asked for, is due, and came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.hand_ins import HandInKind, HandInState
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.hand_in_forms import PapersForm, papers_of
from fujisawa_desktop.services.hand_ins import HandInRow
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import PersonPage, read_value, scrolled
from fujisawa_desktop.views.payroll.appointment_saving import papers_saving
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.trust.beside_others import Saving
from fujisawa_desktop.views.widgets import (
    LineEdit,
    LinkButton,
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    restyle,
    row,
)

STATE_TONES: Final[dict[HandInState, Tone]] = {
    HandInState.RECEIVED: "good",
    HandInState.NOT_NEEDED: "neutral",
    HandInState.MISSING: "caution",
    HandInState.OVERDUE: "wrong",
}


def short_day(day: date) -> str:
    """Return a day as a narrow column has it: ``2024/12/2``."""
    return f"{day.year}/{day.month}/{day.day}"


@dataclass(frozen=True)
class PaperLine:
    """The fields of one paper."""

    needed: QCheckBox
    asked: ValueEdit[date]
    due: ValueEdit[date]
    received: ValueEdit[date]
    today: LinkButton
    note: LineEdit
    state: Pill

    def edits(self) -> dict[str, LineEdit]:
        """Return what is typed into, by the name of the field."""
        return {
            "asked_on": self.asked,
            "due_on": self.due,
            "received_on": self.received,
            "note": self.note,
        }


class PapersPage(PersonPage):
    """The papers of one person.

    Signals:
        print_wanted(str): make this kind of paper for the person.

    Attributes:
        lines: the fields of each paper.
    """

    print_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines: dict[HandInKind, PaperLine] = {}
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.guide_button = SecondaryButton(
            _("Letter about these papers…"), lambda: self.print_wanted.emit("hand-in-guide")
        )
        self.oath_button = SecondaryButton(_("Form of the oath…"), lambda: self.print_wanted.emit("oath"))
        self._lay_out()

    def typed(self) -> object:
        """Return what stands in the fields."""
        return tuple(
            (line.needed.isChecked(), *(edit.text() for edit in line.edits().values()))
            for line in self.lines.values()
        )

    def rows(self, view: AppointmentView) -> tuple[HandInRow, ...]:
        """Return what is entered.

        Raises:
            ValidationError: a day cannot be read; ``field`` is ``<kind>.<day>``.
        """
        return tuple(self._row(stored, self.lines[stored.kind]) for stored in view.hand_ins)

    @staticmethod
    def _row(stored: HandInRow, line: PaperLine) -> HandInRow:
        kind = stored.kind.value
        return replace(
            stored,
            needed=line.needed.isChecked(),
            asked_on=read_value(line.asked, f"{kind}.asked_on"),
            due_on=read_value(line.due, f"{kind}.due_on"),
            received_on=read_value(line.received, f"{kind}.received_on"),
            note=line.note.text(),
        )

    def save(self) -> None:
        """Store what was typed; the field to blame is marked."""
        if self._view is None or not self.save_button.isEnabled():
            return
        commit_typing()
        self._clear_marks()
        try:
            rows = self.rows(self._view)
        except ValidationError as error:
            self._refused(error)
            return
        self.sent()
        self.record.save(papers_of(self._view.member.appointment_id, rows))

    def saving(self, view: AppointmentView) -> Saving[PapersForm]:
        """Return how the papers are saved."""
        form = papers_of(view.member.appointment_id, view.hand_ins)
        return papers_saving(form, self, on_done=self._saved, on_error=self._refused)

    def _saved(self, change: ChangeSet) -> None:
        self.stored()
        if change.changed:
            self.done.emit(_("The papers are saved."), "good")
        else:
            self.done.emit(_("Nothing was changed."), "key")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            kind, _dot, name = error.field.partition(".")
            edit = self.lines[HandInKind(kind)].edits()[name]
            restyle(edit, "wrong", value=True)
            edit.setAccessibleDescription(texts.message(error))
            edit.setFocus()
        self.failed.emit(error)

    def _clear_marks(self) -> None:
        for line in self.lines.values():
            for edit in line.edits().values():
                restyle(edit, "wrong", value=False)
                edit.setAccessibleDescription("")

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Write everything anew."""
        self._clear_marks()
        for stored in view.hand_ins:
            line = self.lines[stored.kind]
            line.needed.setChecked(stored.needed)
            line.asked.set_value(stored.asked_on)
            line.due.set_value(stored.due_on)
            line.received.set_value(stored.received_on)
            line.note.setText(stored.note)
            line.today.setEnabled(may_write)
        self._show_states()
        self.save_button.setEnabled(may_write)

    def _show_states(self) -> None:
        """Say how far each paper is, as it stands in the fields."""
        if self._view is None:
            return
        for stored in self._view.hand_ins:
            line = self.lines[stored.kind]
            try:
                due, received = line.due.value(), line.received.value()
            except ValidationError:
                continue
            now = replace(stored, needed=line.needed.isChecked(), due_on=due, received_on=received)
            state = now.state(self._desk.today())
            line.state.set(texts.term("hand-in-state", state), STATE_TONES[state])
            line.today.setVisible(received is None and line.needed.isChecked())

    def _received_today(self, kind: HandInKind) -> None:
        line = self.lines[kind]
        line.received.set_value(self._desk.today())
        self._show_states()
        line.received.setFocus()

    # --- laying out

    def _lay_out(self) -> None:
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, Space.S, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.XS)
        headings = (
            _("Paper to hand in"),
            _("Needed"),
            _("Asked for"),
            _("Due"),
            _("Received on"),
            "",
            _("State"),
            _("Notes"),
        )
        for column, heading in enumerate(headings):
            grid.addWidget(TextLabel(heading, "secondary"), 0, column)
        for at, kind in enumerate(HandInKind, 1):
            self._add_line(grid, at, kind)
        grid.setRowStretch(len(HandInKind) + 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(7, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addWidget(
            RunningText(
                _(
                    "Only that a paper came is kept, never what it says. A My Number goes to the existing "
                    "system on paper; here stands the day on which it was handed on."
                ),
                "neutral",
            )
        )
        whole.addWidget(scrolled(sheet), 1)
        whole.addLayout(row(self.guide_button, self.oath_button, None, self.save_button))

    def _add_line(self, grid: QGridLayout, at: int, kind: HandInKind) -> None:
        name = texts.term("hand-in", kind)
        label = TextLabel(name)
        label.setWordWrap(True)
        label.setMinimumWidth(110)
        line = PaperLine(
            needed=QCheckBox(),
            asked=ValueEdit(parse_date, short_day, width=114),
            due=ValueEdit(parse_date, short_day, width=114),
            received=ValueEdit(parse_date, short_day, width=114),
            today=LinkButton(_("Today"), partial(self._received_today, kind)),
            note=LineEdit(),
            state=Pill(""),
        )
        self.lines[kind] = line
        names = {
            line.needed: _("Needed"),
            line.asked: _("Asked for"),
            line.due: _("Due"),
            line.received: _("Received on"),
            line.today: _("Received today"),
            line.note: _("Notes"),
        }
        for widget, what in names.items():
            widget.setAccessibleName(f"{name} {what}")
        line.needed.toggled.connect(lambda _on: self._show_states())
        for edit in (line.due, line.received):
            edit.value_changed.connect(self._show_states)
        line.note.setMinimumWidth(70)
        keep = line.today.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        line.today.setSizePolicy(keep)
        places = (label, line.needed, line.asked, line.due, line.received, line.today, line.state, line.note)
        for column, widget in enumerate(places):
            grid.addWidget(widget, at, column, Qt.AlignmentFlag.AlignVCenter)

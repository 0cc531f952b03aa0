"""From a trial to the calendar: who gives the added time; then all that was supposed is stored at once."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_assumptions import Assumptions
from fujisawa_desktop.services.interview_trial import make_real, new_times
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.interviewer_times import NewTime
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.plan_words import new_time_words, storable_lines
from fujisawa_desktop.views.interviews.planner import Planner
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, PrimaryButton, RunningText, SecondaryButton, TextLabel


class RealDialog(SheetDialog):
    """One field for each interviewer's time that is added, and the list of what else is changed."""

    def __init__(
        self, desk: Desk, planner: Planner, view: CalendarView, assumptions: Assumptions, parent: QWidget
    ) -> None:
        super().__init__(_("Make it real"), parent, width=560, height=460, fits=True)
        self._desk = desk
        self._planner = planner
        self._assumptions = assumptions
        self.names: list[QComboBox] = []
        self.form = QWidget()
        self.form.setProperty("role", "sheet")
        self.real_button = PrimaryButton(_("Make it real and plan again"), self.make_real)
        self.real_button.setEnabled(not desk.read_only)
        self._lay_out(view)

    def make_real(self) -> None:
        """Store all of it as one act."""
        self._desk.perform(
            make_real,
            programme_id=self._desk.programme_id,
            assumptions=self._assumptions,
            hosts=[name.currentText() for name in self.names],
            actor=self._desk.actor,
            anchor=self.form,
            on_done=self._done,
        )

    def _done(self, change: ChangeSet) -> None:
        self.accept()
        self._planner.made_real(change)

    def _lay_out(self, view: CalendarView) -> None:
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        times = new_times(self._assumptions)
        for at, new in enumerate(times):
            column.addWidget(self._field(view, at, new))
        others = storable_lines(self._assumptions, view)
        if others:
            column.addWidget(TextLabel(_("Also changed"), "bold"))
            column.addWidget(RunningText("\n".join(others)))
        if self._assumptions.asked:
            column.addWidget(
                RunningText(
                    _("Times that people are to be asked for are not entered; enter them when they answer."),
                    "caution",
                )
            )
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.form)
        if times:
            self.sheet.addWidget(
                RunningText(
                    _("Whose time is it? Choose an interviewer, or write the name of a new one or a room.")
                )
            )
        self.sheet.addWidget(area, 1)
        self.add_buttons(None, SecondaryButton(_("Cancel"), self.reject), self.real_button)

    def _field(self, view: CalendarView, at: int, new: NewTime) -> FormField:
        name = QComboBox()
        name.setEditable(True)
        name.setMinimumWidth(260)
        name.addItems([column.name for column in view.interviewers])
        name.setEditText("")
        self.names.append(name)
        return FormField(f"host-{at}", new_time_words(new, view), name, required=True)

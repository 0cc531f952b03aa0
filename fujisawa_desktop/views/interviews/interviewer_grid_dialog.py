"""面接官の予定: the time of each interviewer, painted on the same grid as the applicants'."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.availability_grid import Frame, Grid
from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.services.availability import (
    TimesOfInterviewer,
    interview_frame,
    times_of_interviewer,
)
from fujisawa_desktop.services.availability_forms import InterviewerTimesForm
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.availability_dialog import grid_help
from fujisawa_desktop.views.interviews.leaving import leave
from fujisawa_desktop.views.interviews.time_grid import TimeGrid
from fujisawa_desktop.views.interviews.times_saving import interviewer_times_saving
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import NoticeBar, Panel, PrimaryButton, RunningText, SecondaryButton, row


class InterviewerGridDialog(QDialog):
    """One interviewer after the other.

    Attributes:
        interviewer: who is shown; None while there is nobody.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._frame: Frame | None = None
        self._before: Grid | None = None
        self.interviewer: TimesOfInterviewer | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Interviewers' times on the grid"))
        self.resize(980, 640)
        self.notice = NoticeBar()
        self.who = QComboBox()
        self.who.setAccessibleName(_("Interviewer or room"))
        self.who.setMinimumWidth(280)
        self.grid = TimeGrid(_("Times this interviewer has"))
        self.save_button = PrimaryButton(_("Save, and on to the next interviewer"), self.save)
        self.save_button.setEnabled(False)
        self.record: OpenRecord[InterviewerTimesForm] = OpenRecord(
            desk, self, again=lambda: self._load(self.who.currentIndex()), save=self.save
        )
        self._lay_out()
        self.who.activated.connect(self._chosen)
        desk.query(interview_frame, self._take_frame, owner=self, programme_id=desk.programme_id)

    def save(self) -> None:
        """Record what is painted, and show the next one."""
        if self.interviewer is None or self.record.saving is None or self._desk.read_only:
            return
        self.notice.close_message()
        self.save_button.setEnabled(False)
        self.record.save(replace(self.record.saving.base, windows=self.grid.times().windows()))

    def _saved(self, _change: ChangeSet) -> None:
        after = self.who.currentIndex() + 1
        if after < self.who.count():
            self.who.setCurrentIndex(after)
        else:
            self.notice.show_message(_("The times of the last interviewer were saved."), "good")
        self._load(self.who.currentIndex())

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        self.notice.show_message(texts.message(error), "wrong")

    def _take_frame(self, frame: Frame) -> None:
        self._frame = frame
        self._desk.query(calendar, self._take_people, owner=self, programme_id=self._desk.programme_id)

    def _take_people(self, view: CalendarView) -> None:
        for column in view.interviewers:
            self.who.addItem(column.name, column.interviewer_id)
        if not view.interviewers:
            self.notice.show_message(
                _("There is no interviewer yet. Enter one under “Interviewers…”, or take in a file."),
                "neutral",
            )
            if self._frame is not None:
                self.grid.editable = False
                self.grid.show_times(self._frame.nothing())
            return
        self._load(0)

    def has_changed(self) -> bool:
        """Return whether something was painted since the interviewer was shown."""
        return self.interviewer is not None and self.grid.times() != self._before

    def reject(self) -> None:
        """Close, unless something would be lost."""
        leave(self.notice, super().reject, unsaved=self.has_changed())

    def _chosen(self, at: int) -> None:
        if self.interviewer is not None:
            self.who.setCurrentIndex(self.who.findData(self.interviewer.interviewer_id))
            leave(self.notice, lambda: self._load(at), unsaved=self.has_changed())

    def _load(self, at: int) -> None:
        self.who.setCurrentIndex(at)
        self._desk.query(
            times_of_interviewer,
            self._show,
            owner=self,
            latest="interviews.interviewer-grid",
            interviewer_id=self.who.itemData(at),
        )

    def _show(self, interviewer: TimesOfInterviewer) -> None:
        if self._frame is None:
            return
        self.interviewer = interviewer
        self.record.open(
            interviewer_times_saving(
                interviewer,
                self._frame,
                self,
                on_done=self._saved,
                on_error=self._failed,
                on_stop=lambda: self.save_button.setEnabled(True),
            )
        )
        booked = [
            (start.date(), minute_of_day(start.time()), minute_of_day(end.time()))
            for start, end in interviewer.booked
        ]
        self.grid.editable = not self._desk.read_only
        self._before = self._frame.from_windows(interviewer.windows)
        self.grid.show_times(self._before, None, booked)
        self.save_button.setEnabled(not self._desk.read_only)
        self.grid.setFocus()

    def _lay_out(self) -> None:
        panel = Panel(_("Times this interviewer has"), margin=Space.M)
        panel.body.addWidget(self.grid, 1)
        panel.body.addWidget(RunningText(grid_help(), "neutral"))
        panel.body.addWidget(
            RunningText(_("A frame is an interview that is booked; it stays where it is."), "neutral")
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        whole.setSpacing(Space.M)
        whole.addLayout(row(self.who, None))
        whole.addWidget(self.record.hint)
        whole.addWidget(self.notice)
        whole.addWidget(panel, 1)
        close = SecondaryButton(_("Close"), self.reject)
        close.setAutoDefault(False)
        whole.addLayout(row(close, None, self.save_button))

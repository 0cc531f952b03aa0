"""What is done with sheets and files of hours: attendance sheets typed in, confirmations, files out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.acts import Shown
from fujisawa_desktop.views.payroll.attendance_window import AttendanceWindow
from fujisawa_desktop.views.payroll.confirm_dialog import ConfirmDialog


class SheetsActs(QObject):
    """Opens the windows for the month shown.

    Args:
        desk: what every tab works with.
        shown: the month on the screen.
        chosen: gives the appointment of the chosen row, if there is one.
        window: the tab.
    """

    def __init__(self, desk: Desk, shown: Shown, chosen: Callable[[], int | None], window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._chosen = chosen
        self._window = window

    def served(self) -> Mapping[str, Callable[[], object]]:
        """Return the actions of the window that these acts are."""
        return {"work.attendance-typed": self.type_attendance, "work.confirm": self.confirm}

    def type_attendance(self) -> None:
        """Type in attendance sheets, beginning with the chosen person."""
        if self._shown.month is not None:
            AttendanceWindow(
                self._desk, self._window, year_month=self._shown.month, appointment_id=self._chosen()
            ).open()

    def confirm(self) -> None:
        """Record what the host departments confirmed."""
        if self._shown.month is not None:
            ConfirmDialog(
                self._desk, self._window, year_month=self._shown.month, appointment_id=self._chosen()
            ).open()

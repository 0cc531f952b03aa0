"""The doors to what leaves the office about pay: the register, the file for the bank, the list of a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.register_window import RegisterWindow
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.transfer_window import TransferWindow
from fujisawa_desktop.views.payroll.year_end_window import YearEndWindow


class LedgerActs(QObject):
    """Opens these windows for the month shown."""

    def __init__(self, desk: Desk, shown: Shown, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._window = window

    def served(self) -> Mapping[str, Callable[[], object]]:
        """Return the acts by the id of their action."""
        return {
            "work.register": self.show_register,
            "work.transfer": self.show_transfer,
            "work.year-end": self.show_year_end,
        }

    def show_register(self) -> None:
        """Open the register of the month shown."""
        if self._shown.month is not None:
            year, month = self._shown.month
            RegisterWindow(self._desk, self._window, year=year, month=month).show()

    def show_transfer(self) -> None:
        """Open the transfers of the month shown."""
        if self._shown.month is not None:
            year, month = self._shown.month
            TransferWindow(self._desk, self._window, year=year, month=month).show()

    def show_year_end(self) -> None:
        """Open the payments of a year."""
        YearEndWindow(self._desk, self._window).show()

"""Which days the grid shows: those of a month, or those of a week."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.widgets import SecondaryButton


class PeriodSwitch(QWidget):
    """Two buttons side by side, small enough for the head of the names.

    Signals:
        chosen(bool): the person wants a week (``True``) or the month.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = SecondaryButton(_("Month"), self._tell)
        self.week = SecondaryButton(_("Week"), self._tell)
        self.month.setToolTip(_("Shows all days of the month (F7)"))
        self.week.setToolTip(_("Shows a week with start and end of the work (F7)"))
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (self.month, self.week):
            button.setProperty("role", "switch")
            button.setCheckable(True)
            group.addButton(button)
            line.addWidget(button)
        self.month.setChecked(True)

    def choose(self, *, week: bool) -> None:
        """Press one of the buttons without asking for anything."""
        (self.week if week else self.month).setChecked(True)

    def _tell(self) -> None:
        self.chosen.emit(self.week.isChecked())

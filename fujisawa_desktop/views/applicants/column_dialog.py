"""Choosing and ordering the columns of the list, by keyboard or by dragging."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, SecondaryButton, row
from fujisawa_desktop.views.widgets.ordered_list import OrderedList

_ALWAYS = ("number", "status")


class ColumnDialog(QDialog):
    """All columns, those shown ticked, in their order.

    Signals:
        chosen(tuple): keys of the columns to show, from left to right.
        automatic(): show what there is room for.
    """

    chosen = Signal(object)
    automatic = Signal()

    def __init__(self, shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Columns of the list"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(420, 700)
        self.columns = OrderedList(_("Columns of the list"))
        for key in (*shown, *(column.key for column in COLUMNS if column.key not in shown)):
            self.columns.add(key, _(COLUMNS[PLACES[key]].title), ticked=key in shown, fixed=key in _ALWAYS)
        self.columns.setCurrentRow(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _("The space bar shows or hides a column, Alt with an arrow or dragging moves it."), "neutral"
            )
        )
        column.addWidget(self.columns, 1)
        self.up_button = SecondaryButton(_("Up"), lambda: self.columns.move_current(-1))
        self.down_button = SecondaryButton(_("Down"), lambda: self.columns.move_current(1))
        column.addLayout(row(self.up_button, self.down_button, None))
        self.done_button = PrimaryButton(_("Show these"), self._done)
        self.done_button.setDefault(True)
        column.addLayout(
            row(
                SecondaryButton(_("What there is room for"), self._automatic),
                None,
                SecondaryButton(_("Cancel"), self.reject),
                self.done_button,
            )
        )
        self.columns.setFocus()

    def keys(self) -> tuple[str, ...]:
        """Return the ticked columns from top to bottom."""
        return self.columns.keys()

    def _done(self) -> None:
        self.chosen.emit(self.keys())
        self.accept()

    def _automatic(self) -> None:
        self.automatic.emit()
        self.accept()

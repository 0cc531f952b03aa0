"""A dialog of the calendar: a sheet with things below each other and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, row


class SheetDialog(QDialog):
    """A window over the calendar that goes away for good when it is closed.

    Attributes:
        sheet: the column that is filled from top to bottom.
    """

    def __init__(self, title: str, parent: QWidget, *, width: int = 760, height: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(width, height)
        self.sheet = QVBoxLayout(self)
        self.sheet.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.sheet.setSpacing(Space.M)

    def add_buttons(self, *buttons: Button | None) -> None:
        """Append the last row: buttons side by side, None being the room between them."""
        self.sheet.addLayout(row(*buttons))

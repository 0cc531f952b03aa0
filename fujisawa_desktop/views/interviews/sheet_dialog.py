"""A dialog of the calendar: a sheet with things below each other and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, row


class SheetDialog(QDialog):
    """A window over the calendar that goes away for good when it is closed.

    Args:
        title: of the window.
        parent: the window below.
        width, height: the size in pixels.
        fits: it is only as high as its content needs, and ``height`` is the most.

    Attributes:
        sheet: the column that is filled from top to bottom.
    """

    def __init__(
        self, title: str, parent: QWidget, *, width: int = 760, height: int = 520, fits: bool = False
    ) -> None:
        super().__init__(parent)
        self._fits = fits
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

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of the content before it is seen; its fonts are known by now."""
        if self._fits and not event.spontaneous():
            self._fits = False
            needed = (
                self.sheet.totalHeightForWidth(self.width())
                if self.sheet.hasHeightForWidth()
                else self.sheet.totalSizeHint().height()
            )
            self.resize(self.width(), min(needed, self.height()))
        super().showEvent(event)

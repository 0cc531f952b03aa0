"""A dialog whose texts are never cut: it grows with what they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog


class GrowingDialog(QDialog):
    """Running text knows its height only once it knows its width; then the dialog becomes that high."""

    def event(self, event: QEvent) -> bool:
        """Look at the height whenever something was laid out anew."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._grow()
        return handled

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        if layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(self.width())
        else:
            needed = layout.totalSizeHint().height()
        if self.height() < needed:
            self.resize(self.width(), needed)

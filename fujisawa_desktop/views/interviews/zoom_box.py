"""Smaller, larger, and how large: beside the legend below the calendar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.interviews.layout import ZOOMS
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import LinkButton


class ZoomBox(QWidget):
    """Two buttons, and between them the size, which brings back the size at which all fits.

    Signals:
        steps_wanted(int): smaller (-1) or larger (1).
        whole_wanted(): as large as fits.
    """

    steps_wanted = Signal(int)
    whole_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.smaller = LinkButton("−", lambda: self.steps_wanted.emit(-1))
        self.size_now = LinkButton("", self.whole_wanted.emit)
        self.larger = LinkButton("＋", lambda: self.steps_wanted.emit(1))
        self.smaller.setAccessibleName(_("Smaller"))
        self.smaller.setToolTip(_("Smaller (Ctrl+−)"))
        self.larger.setAccessibleName(_("Larger"))
        self.larger.setToolTip(_("Larger (Ctrl++, or Ctrl and the wheel)"))
        self.size_now.setToolTip(_("As large as fits (Ctrl+0)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.XS)
        for button in (self.smaller, self.size_now, self.larger):
            line.addWidget(button)
        self.show_zoom(1.0)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the calendar is."""
        text = _("{percent}%").format(percent=round(zoom * 100))
        self.size_now.setText(text)
        self.size_now.setAccessibleName(_("Size {percent}").format(percent=text))
        self.smaller.setEnabled(zoom > ZOOMS[0])
        self.larger.setEnabled(zoom < ZOOMS[-1])

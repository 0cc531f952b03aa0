"""What the window shows while no programme is open: create one, or open a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    LinkButton,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    plain,
    row,
    rule,
    tool_tip,
)


class WelcomePage(QWidget):
    """Two ways to begin, and the files opened last.

    Signals:
        create_wanted(): a new file with the shipped programme.
        open_wanted(): choose a file.
        recent_wanted(str): open this file or address.
        restore_wanted(): return to a backup.
    """

    create_wanted = Signal()
    open_wanted = Signal()
    recent_wanted = Signal(object)
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        panel = Panel()
        panel.setFixedWidth(560)
        panel.body.setSpacing(Space.M)
        panel.body.addWidget(TextLabel(_("Where shall we begin?"), "title"))
        panel.body.addWidget(
            RunningText(
                _(
                    "Everything of one internship lies in one file: courses, applicants, interviews, hours, "
                    "pay and papers. A new file begins with the programme that ships with this program; "
                    "everything in it can be changed."
                ),
                "neutral",
            )
        )
        self.create_button = PrimaryButton(_("Create a new file"), self.create_wanted.emit)
        self.open_button = SecondaryButton(_("Open a file…"), self.open_wanted.emit)
        panel.body.addLayout(row(self.create_button, self.open_button, None))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(Space.XS)
        panel.body.addLayout(self._recent)
        panel.body.addWidget(
            RunningText(_("You can also drop a file that ends in .fjdb onto this window."), "neutral")
        )
        self.restore_button = LinkButton(_("Return to a backup…"), self.restore_wanted.emit)
        panel.body.addLayout(row(self.restore_button, None))
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row(None, panel, None))
        column.addStretch(3)

    def set_recent(self, places: list[str]) -> None:
        """Offer the files and the databases on servers opened last."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if not places:
            return
        self._recent.addWidget(rule())
        self._recent.addWidget(TextLabel(_("Opened last"), "secondary"))
        for place in places:
            name = place.partition("://")[2].partition("?")[0] or Path(place).name
            button = LinkButton(plain(name), partial(self.recent_wanted.emit, place))
            button.setToolTip(tool_tip(place))
            self._recent.addWidget(button)

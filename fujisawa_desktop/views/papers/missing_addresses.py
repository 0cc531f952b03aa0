"""People whose address is not known: named before anything is printed, and left out by choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.paper_addresses import Addressed
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Pill, TextLabel, row


class MissingAddresses(QWidget):
    """Who has no address; hidden while everybody has one.

    Signals:
        changed(): a clerk decided to leave them out, or not to.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = TextLabel("", "bold")
        self.list = QListWidget()
        self.leave_out = QCheckBox(_("Leave these people out"))
        self.leave_out.setToolTip(_("Otherwise their name is printed without an address."))
        self.leave_out.setChecked(True)
        self.leave_out.toggled.connect(lambda _on: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.heading, Pill(_("to look at"), "caution"), None))
        column.addWidget(self.list, 1)
        column.addWidget(self.leave_out)
        self.list.setMinimumHeight(90)
        self.hide()

    def are_kept(self) -> bool:
        """Return whether people without an address are printed all the same."""
        return not self.leave_out.isChecked()

    def show_people(self, people: Sequence[Addressed]) -> None:
        """Name them."""
        said = ngettext(
            "{count} person without an address", "{count} people without an address", len(people)
        ).format(count=f"{len(people):,}")
        self.heading.setText(said)
        self.list.setAccessibleName(said)
        self.list.clear()
        self.list.addItems([f"{one.name}　{one.number}" for one in people])
        self.setVisible(bool(people))

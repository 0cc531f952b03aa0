"""The working group as every tab shows it: how many, only them, let it go."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, plain
from fujisawa_desktop.views.working_group import WorkingGroup


class GroupChip(QWidget):
    """A switch that limits a list to the group, and a button that lets the group go; hidden without one.

    Signals:
        only_changed(): the list is to show the group only, or everybody again.
        shown_changed(): the group has other people, or there is none.
    """

    only_changed = Signal()
    shown_changed = Signal()

    def __init__(self, group: WorkingGroup) -> None:
        super().__init__()
        self._group = group
        self.only_button = Button("", None, "chip")
        self.only_button.setCheckable(True)
        self.only_button.toggled.connect(lambda _on: self.only_changed.emit())
        self.drop_button = Button("×", group.clear, "chip")
        self.drop_button.setAccessibleName(_("Let the working group go"))
        self.drop_button.setToolTip(_("Let the working group go"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.XS)
        line.addWidget(self.only_button)
        line.addWidget(self.drop_button)
        group.changed.connect(self._say)
        self._say()

    def count(self) -> int:
        """Return how many people are in the group."""
        return len(self._group)

    def only(self) -> bool:
        """Return whether the list is limited to the group."""
        return bool(self._group) and self.only_button.isChecked()

    def show_everybody(self) -> None:
        """Limit the list no longer; it is not told."""
        with QSignalBlocker(self.only_button):
            self.only_button.setChecked(False)

    def _say(self) -> None:
        count = len(self._group)
        text = ngettext("Group only: {count}", "Group only: {count}", count)
        if self._group.name:
            text = ngettext("{name} only: {count}", "{name} only: {count}", count)
        self.only_button.setText(plain(text.format(count=f"{count:,}", name=self._group.name)))
        self.only_button.setToolTip(_("Shows only the people of the working group (Ctrl+G makes one)."))
        self.setVisible(count > 0)
        if not count:
            self.show_everybody()
        self.shown_changed.emit()

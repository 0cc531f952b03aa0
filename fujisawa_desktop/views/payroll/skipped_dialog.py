"""What of the usual weeks could not be planned, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.services.hours_fill import Skipped
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import PrimaryButton, RunningText, TextLabel, row, tool_tip


class SkippedDialog(QDialog):
    """A list to read, one line for each day left out."""

    def __init__(self, parent: QWidget, said: str, skipped: Sequence[Skipped]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("Left out of the usual week")
        self.setWindowTitle(title)
        self.resize(620, 360)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setWordWrap(True)
        for one in skipped:
            text = skipped_line(one)
            item = QListWidgetItem(text)
            item.setToolTip(tool_tip(text))
            self.list.addItem(item)
        self.close_button = PrimaryButton(_("Close"), self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        column.addWidget(RunningText(said, "neutral"))
        column.addWidget(self.list, 1)
        column.addLayout(row(None, self.close_button))
        self.list.setCurrentRow(0)
        self.list.setFocus()


def skipped_line(one: Skipped) -> str:
    """Return whose, which day, and why."""
    why = texts.message_for(one.code, one.params)
    if one.day is None:
        return _("{name}: {text}").format(name=one.person, text=why)
    return _("{name} {date}: {text}").format(name=one.person, date=format_date(one.day, year=False), text=why)

"""The latest acts: when, who, what."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.history import HistoryRow
from fujisawa_desktop.views.widgets import tool_tip


def act_text(act: HistoryRow) -> str:
    """Return one line: 2024/11/6 10:12　楜澤　面接計画の予約."""
    return _("{at}  {actor}  {act}").format(
        at=format_datetime(act.at), actor=act.actor, act=texts.label(act.label.code, act.label.params)
    )


class RecentActs(QListWidget):
    """A quiet list to read; long lines are shortened and told whole in their tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Latest acts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "quiet")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(60)

    def sizeHint(self) -> QSize:
        """Ask for little: it fills what the other panels leave."""
        return QSize(200, 60)

    def show_acts(self, acts: Sequence[HistoryRow]) -> None:
        """Show these acts, the newest first."""
        self.clear()
        for act in acts:
            text = act_text(act)
            item = QListWidgetItem(text)
            item.setToolTip(tool_tip(text))
            self.addItem(item)

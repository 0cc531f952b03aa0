"""Files dropped on the tab: tables are taken, anything else is for the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods"})


def is_table(path: Path) -> bool:
    """Return whether a file may be a table; the preview says what it is."""
    return path.suffix.lower() in _SUFFIXES


class TableDrops(QObject):
    """Hands the tables dropped on a widget to ``take``."""

    def __init__(self, target: QWidget, take: Callable[[Sequence[Path]], object], *, read_only: bool) -> None:
        super().__init__(target)
        self._take = take
        self._read_only = read_only
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take tables; leave anything else."""
        if not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        tables = _tables_in(event)
        if event.type() is QEvent.Type.DragEnter:
            event.setAccepted(bool(tables) and not self._read_only)
            return True
        if event.type() is QEvent.Type.Drop:
            event.acceptProposedAction()
            self._take(tables)
            return True
        return super().eventFilter(watched, event)


def _tables_in(event: QDropEvent) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in paths if is_table(path)]

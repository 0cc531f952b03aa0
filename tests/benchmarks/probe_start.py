# ruff: noqa: E402 - import_lightly() has to run before the imports it makes light, as in the program
"""The program started on a database: when do the applicants' rows stand on the screen?"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from fujisawa_desktop.app_imports import import_lightly

import_lightly()

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.__main__ import main
from fujisawa_desktop.views.widgets import DataTable
from tests.benchmarks.peak import peak_kilobytes


class Watch(QObject):
    """Waits for a paint of the list that shows real rows."""

    def __init__(self, table: Any) -> None:
        super().__init__()
        self.table = table
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if event.type() == QEvent.Type.Paint and self.has_rows():
            QTimer.singleShot(0, self.report)
        return False

    def has_rows(self) -> bool:
        model = self.table.model()
        first = model.index(0, 0).data(Qt.ItemDataRole.DisplayRole) if model.rowCount() else None
        return bool(first) and first != "…"

    def report(self) -> None:
        painted = time.monotonic()
        sys.stdout.write(json.dumps({"painted": painted, "peak": peak_kilobytes()}) + "\n")
        sys.stdout.flush()
        QApplication.closeAllWindows()


watches: list[Watch] = []
set_model = DataTable.setModel


def watched_set_model(self: DataTable, model: Any) -> None:
    """Watch every list: people stand in the first look before the tab itself is read."""
    set_model(self, model)
    watches.append(Watch(self))


DataTable.setModel = watched_set_model  # type: ignore[method-assign]
sys.exit(main(["--database", sys.argv[1]]))

"""The usual way: all rows in a Python model under QSortFilterProxyModel, filtered at each key."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QVBoxLayout, QWidget

from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.list_tables import applicant_table
from fujisawa_desktop.services.programmes import current_programme_id
from tests.benchmarks.keys import Typist, run_for

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """Every row in memory."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt calls it so
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:  # noqa: N802 - Qt calls it so
        return 0 if parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


with opened(Path(sys.argv[1])) as database:
    table = applicant_table(database, programme_id=current_programme_id(database))
app = QApplication([])
model, proxy, view, box, window = (
    Rows([tuple(map(str, row[:5])) for row in table.rows]),
    QSortFilterProxyModel(),
    QTableView(),
    QLineEdit(),
    QWidget(),
)
proxy.setSourceModel(model)
proxy.setFilterKeyColumn(-1)
view.setModel(proxy)
layout = QVBoxLayout(window)
layout.addWidget(box)
layout.addWidget(view)
window.resize(1280, 800)
window.show()
run_for(app, 1.0)
typist = Typist(app, box, view.viewport())


def search(text: str) -> None:
    """Filter, as most programs do, in the slot of the box."""
    proxy.setFilterFixedString(text)
    typist.note()
    view.viewport().update()


box.textChanged.connect(search)
seconds = typist.type_all(lambda pause: run_for(app, pause))
sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")

"""Columns of a short table as wide as what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from fujisawa_desktop.views.theme import Space, body_font
from fujisawa_desktop.views.widgets import DataTable

_MEASURED: Final = 60
"""Rows that are looked at."""
WIDEST: Final = 260


def fit_columns(
    table: DataTable, headings: Sequence[str], rows: Sequence[Sequence[str]], *, widest: int = WIDEST
) -> None:
    """Give each column the room that its heading and its longest text need, up to ``widest`` pixels."""
    bold, plain = QFontMetrics(body_font(bold=True)), QFontMetrics(body_font())
    for at, heading in enumerate(headings):
        needed = max((plain.horizontalAdvance(row[at]) for row in rows[:_MEASURED]), default=0)
        needed = max(needed, bold.horizontalAdvance(heading))
        table.setColumnWidth(at, min(needed + 2 * Space.M + Space.XS, widest))


def give_room_to(table: DataTable, column: int) -> None:
    """Let one column take what room there is, in place of the last: the one with the sentences."""
    header = table.horizontalHeader()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

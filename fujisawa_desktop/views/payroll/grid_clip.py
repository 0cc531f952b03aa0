"""Blocks of the hours grid: what is copied, pasted and filled, as texts by cell."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.cell_block import read_block, tiled, write_block
from fujisawa_desktop.services.hours_entry import Place
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY, MonthModel

Texts = dict[Place, str]
"""What is to stand in each cell, as it would be typed."""


def copied_text(model: MonthModel, chosen: Sequence[QModelIndex]) -> str:
    """Return the rectangle around the chosen cells for the clipboard, tab between days."""
    rows, columns = _edges(chosen)
    return write_block([[_text(model, row, column) for column in columns] for row in rows])


def pasted_texts(model: MonthModel, chosen: Sequence[QModelIndex], clipboard: str) -> Texts:
    """Return what a block from the clipboard puts into which cells.

    The block is repeated over chosen cells that hold it a whole number of times; otherwise it is
    laid from the first chosen cell on.

    Raises:
        RuleError: ``hours.paste-nothing``, or ``hours.paste-too-big`` when it reaches beyond the grid.
    """
    block = read_block(clipboard)
    if not block or not chosen:
        raise RuleError("hours.paste-nothing")
    rows, columns = _edges(chosen)
    cells = tiled(block, len(rows), len(columns))
    last_row, last_column = rows[0] + len(cells) - 1, columns[0] + len(cells[0]) - 1
    if last_row >= model.rowCount() or last_column >= model.columnCount():
        raise RuleError("hours.paste-too-big", rows=len(cells), columns=len(cells[0]))
    return _texts(
        model,
        [
            (rows[0] + down, columns[0] + right, text)
            for down, line in enumerate(cells)
            for right, text in enumerate(line)
        ],
    )


def filled_down(model: MonthModel, chosen: Sequence[QModelIndex]) -> Texts:
    """Return the uppermost chosen cell of each column for the cells under it.

    Where one row only is chosen, what stands above it comes down.
    """
    return _filled(model, chosen, down=True)


def filled_right(model: MonthModel, chosen: Sequence[QModelIndex]) -> Texts:
    """Return the leftmost chosen cell of each row for the cells right of it.

    Where one column only is chosen, what stands left of it comes over.
    """
    return _filled(model, chosen, down=False)


def _filled(model: MonthModel, chosen: Sequence[QModelIndex], *, down: bool) -> Texts:
    lines: dict[int, list[int]] = {}
    for index in chosen:
        across, along = (index.column(), index.row()) if down else (index.row(), index.column())
        lines.setdefault(across, []).append(along)
    one_only = len({along for found in lines.values() for along in found}) == 1
    first = 0 if down else FIRST_DAY
    cells: list[tuple[int, int, str]] = []
    for across, found in lines.items():
        source, *targets = sorted(found)
        if one_only:
            source, targets = source - 1, [source]
        if source < first:
            continue
        text = _text(model, source, across) if down else _text(model, across, source)
        cells += [(at, across, text) if down else (across, at, text) for at in targets]
    return _texts(model, cells)


def _edges(chosen: Sequence[QModelIndex]) -> tuple[range, range]:
    rows = [index.row() for index in chosen]
    columns = [index.column() for index in chosen]
    return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)


def _text(model: MonthModel, row: int, column: int) -> str:
    return str(model.index(row, column).data(Qt.ItemDataRole.EditRole) or "")


def _texts(model: MonthModel, cells: Sequence[tuple[int, int, str]]) -> Texts:
    found: Texts = {}
    for row, column, text in cells:
        place = model.place(model.index(row, column))
        if place is not None:
            found[place] = text
    return found

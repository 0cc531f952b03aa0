"""Cells as a spreadsheet puts them on the clipboard: tab between cells, quotes around line breaks."""

from __future__ import annotations

import csv
import io
from typing import Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.row_values import clean
from fujisawa_desktop.exchange.text_tables import unguarded

MAX_ROWS: Final = 100_000
_FIELD_LIMIT: Final = 131_072
"""Length of a cell at which the reader of csv gives up."""


def pasted_rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a copied block, each cell without outer space; blank rows at the end are cut.

    A blank row in the middle stays: it keeps the rows below it beside the people they are for.

    Raises:
        InputFileError: more rows, or longer cells, than a list can hold.
    """
    if max(map(len, text.split("\n")), default=0) >= _FIELD_LIMIT:
        raise InputFileError("paste.cell-too-long")
    stream = io.StringIO(text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n"), newline="")
    rows = [tuple(unguarded(clean(cell)) for cell in cells) for cells in csv.reader(stream, delimiter="\t")]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MAX_ROWS:
        raise InputFileError("paste.too-many-rows", rows=MAX_ROWS)
    return [row or ("",) for row in rows]

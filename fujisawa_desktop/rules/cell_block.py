"""Blocks of cells as text: what spreadsheets put on the clipboard and take from it.

Cells are parted by tabs, rows by line ends.  A cell that holds one of them, or begins with a
quotation mark, stands in quotation marks with those inside doubled.
"""

from __future__ import annotations

from collections.abc import Sequence


def write_block(rows: Sequence[Sequence[str]]) -> str:
    """Return cells as text for the clipboard."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def read_block(text: str) -> list[list[str]]:
    """Return the cells of a text from the clipboard, every row as long as the longest.

    A line end after the last row adds none.  An empty text has no rows.
    """
    if not text:
        return []
    rows: list[list[str]] = [[]]
    at, end = 0, len(text)
    while True:
        cell, at = _quoted_cell(text, at) if text.startswith('"', at) else _plain_cell(text, at)
        rows[-1].append(cell)
        if at >= end:
            break
        at += 2 if text.startswith("\r\n", at) else 1
        if text[at - 1] in "\r\n":
            if at >= end:
                break
            rows.append([])
    longest = max(map(len, rows))
    return [[*row, *[""] * (longest - len(row))] for row in rows]


def tiled(block: Sequence[Sequence[str]], rows: int, columns: int) -> list[list[str]]:
    """Return the block repeated over an area it fits into a whole number of times, else the block itself."""
    high, wide = len(block), len(block[0])
    if rows % high or columns % wide:
        return [list(row) for row in block]
    return [[block[row % high][column % wide] for column in range(columns)] for row in range(rows)]


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(sign in cell for sign in "\t\r\n"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _plain_cell(text: str, at: int) -> tuple[str, int]:
    ends = [found for sign in "\t\r\n" if (found := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end


def _quoted_cell(text: str, at: int) -> tuple[str, int]:
    inside: list[str] = []
    rest = at + 1
    while True:
        mark = text.find('"', rest)
        if mark < 0:
            return _plain_cell(text, at)  # never closed: the mark is part of an ordinary cell
        inside.append(text[rest:mark])
        if not text.startswith('"', mark + 1):
            tail, end = _plain_cell(text, mark + 1)
            return "".join(inside) + tail, end
        inside.append('"')
        rest = mark + 2

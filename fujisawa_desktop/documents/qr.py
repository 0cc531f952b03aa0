"""QR codes as drawing operators: filled rectangles, sharp at any size."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

Level = Literal["L", "M", "Q", "H"]
"""How much of a code may be lost: 7, 15, 25, 30 %.  M for a letter, Q for what hangs on a notice board."""

_QUIET_ZONE: Final = 4
_LEVELS: Final[dict[Level, int]] = {"L": 1, "M": 0, "Q": 3, "H": 2}
"""Error correction levels by their number in the standard (ISO/IEC 18004)."""
_MOST_BYTES: Final = 300
"""A longer text gives a code too fine to be read from a printed square of 20–25 mm."""


def is_printable(text: str) -> bool:
    """Tell whether a text can stand in a code that is read from paper."""
    return 0 < len(text.encode("utf-8")) <= _MOST_BYTES


@lru_cache(maxsize=16)
def modules(text: str, level: Level = "M") -> tuple[tuple[bool, ...], ...]:
    """Return the dark (True) and light modules of the code, quiet zone of four included."""
    from qrcode.main import QRCode  # noqa: PLC0415 - brings its image writers along

    code = QRCode(error_correction=_LEVELS[level], border=_QUIET_ZONE)
    code.add_data(text.encode("utf-8"))
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


@lru_cache(maxsize=16)
def operators(text: str, side: float, level: Level = "M") -> str:
    """Return PDF operators that draw the code, quiet zone included, in a square at the origin."""
    matrix = modules(text, level)
    count = len(matrix)
    unit = side / count
    rectangles = [
        f"{start} {count - 1 - row_number} {end - start} 1 re"
        for row_number, row in enumerate(matrix)
        for start, end in _runs(row)
    ]
    return f"{unit:.5f} 0 0 {unit:.5f} 0 0 cm {' '.join(rectangles)} f"


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return the stretches of dark modules as (first, one past the last)."""
    edges = [place for place in range(len(row)) if row[place] and not (place and row[place - 1])]
    runs = []
    for start in edges:
        end = start
        while end < len(row) and row[end]:
            end += 1
        runs.append((start, end))
    return runs

"""Pictures of the pages of a finished PDF, for the preview and the printer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from threading import RLock
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

_ONE_AT_A_TIME: Final = RLock()
"""PDFium does one thing at a time; a worker prints while the window turns its pages."""


class PageImage(NamedTuple):
    """One page as pixels: 4 bytes each, blue, green, red, unused; rows from the top, without padding."""

    width: int
    height: int
    pixels: bytes


class PdfPages:
    """An open PDF of which pages are drawn when they are looked at."""

    def __init__(self, pdf: bytes) -> None:
        """Open a PDF made by this program."""
        import pypdfium2  # noqa: PLC0415 - a native library that only preview and printer need

        with _ONE_AT_A_TIME:
            self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        with _ONE_AT_A_TIME:
            return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page (from 0) in points."""
        with _ONE_AT_A_TIME:
            width, height = self._document.get_page_size(number)
        return width, height

    def image(self, number: int, scale: float) -> PageImage:
        """Return a page (from 0) as pixels; ``scale`` is pixels per point."""
        return self._drawn(number, scale, (0, 0, 0, 0))

    def bands(self, number: int, scale: float, rows: int) -> Iterator[tuple[int, PageImage]]:
        """Yield a page (from 0) in bands of at most so many rows, each with the row it begins at."""
        height = math.ceil(self.size(number)[1] * scale)
        for top in range(0, height, rows):
            below = max(height - top - rows, 0)
            yield top, self._drawn(number, scale, (0, _cut(below, scale), 0, _cut(top, scale)))

    def _drawn(self, number: int, scale: float, crop: tuple[float, float, float, float]) -> PageImage:
        with _ONE_AT_A_TIME:
            page = self._document[number]
            bitmap = page.render(scale=scale, crop=crop, rev_byteorder=False, prefer_bgrx=True)
            rows = bytes(bitmap.buffer)
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            bitmap.close()
            page.close()
        return PageImage(width, height, _packed(rows, stride, width, height))

    def close(self) -> None:
        """Let go of the file's memory."""
        with _ONE_AT_A_TIME:
            self._document.close()


def _cut(rows: int, scale: float) -> float:
    """Return what to cut off in points so that exactly so many rows go; the renderer rounds up."""
    return max(rows - 0.5, 0) / scale


def _packed(rows: bytes, stride: int, width: int, height: int) -> bytes:
    """Return rows without the padding a renderer may add at their ends."""
    if stride == 4 * width:
        return rows
    return b"".join(rows[row * stride : row * stride + 4 * width] for row in range(height))

"""Pictures of the pages of a finished PDF, for the preview and the printer."""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple, Self


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

        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page (from 0) in points."""
        width, height = self._document.get_page_size(number)
        return width, height

    def image(self, number: int, scale: float) -> PageImage:
        """Return a page (from 0) as pixels; ``scale`` is pixels per point."""
        page = self._document[number]
        image = _drawn(page, scale, (0, 0, 0, 0))
        page.close()
        return image

    def bands(self, number: int, scale: float, rows: int) -> Iterator[tuple[int, PageImage]]:
        """Yield a page (from 0) in bands of at most so many rows, each with the row it begins at."""
        page = self._document[number]
        height = math.ceil(page.get_height() * scale)
        try:
            for top in range(0, height, rows):
                below = max(height - top - rows, 0)
                yield top, _drawn(page, scale, (0, _cut(below, scale), 0, _cut(top, scale)))
        finally:
            page.close()

    def close(self) -> None:
        """Let go of the file's memory."""
        self._document.close()


def _drawn(page: Any, scale: float, crop: tuple[float, float, float, float]) -> PageImage:
    bitmap = page.render(scale=scale, crop=crop, rev_byteorder=False, prefer_bgrx=True)
    rows = bytes(bitmap.buffer)
    image = PageImage(bitmap.width, bitmap.height, _packed(rows, bitmap.stride, bitmap.width, bitmap.height))
    bitmap.close()
    return image


def _cut(rows: int, scale: float) -> float:
    """Return what to cut off in points so that exactly so many rows go; the renderer rounds up."""
    return max(rows - 0.5, 0) / scale


def _packed(rows: bytes, stride: int, width: int, height: int) -> bytes:
    """Return rows without the padding a renderer may add at their ends."""
    if stride == 4 * width:
        return rows
    return b"".join(rows[row * stride : row * stride + 4 * width] for row in range(height))

"""Pictures of the pages of a finished PDF, for the preview and the printer."""

from __future__ import annotations

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
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        rows = bytes(bitmap.buffer)
        image = PageImage(
            bitmap.width, bitmap.height, _packed(rows, bitmap.stride, bitmap.width, bitmap.height)
        )
        bitmap.close()
        page.close()
        return image

    def close(self) -> None:
        """Let go of the file's memory."""
        self._document.close()


def _packed(rows: bytes, stride: int, width: int, height: int) -> bytes:
    """Return rows without the padding a renderer may add at their ends."""
    if stride == 4 * width:
        return rows
    return b"".join(rows[row * stride : row * stride + 4 * width] for row in range(height))

"""Reading a PDF back with programs that did not write it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import pypdf
import pypdfium2

MM = 72 / 25.4
DOTS = 144


class Box(NamedTuple):
    """A rectangle on paper in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@contextmanager
def opened(pdf: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def pages_text(pdf: bytes) -> list[str]:
    """Return what a viewer copies from each page."""
    with opened(pdf) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        return texts


def pypdf_text(pdf: bytes, page: int = 0) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text()


def picture(pdf: bytes, page: int = 0, dots: int = DOTS) -> np.ndarray[Any, Any]:
    """Return a page as gray values, 0 black to 255 white."""
    with opened(pdf) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=dots / 72, grayscale=True)
        pixels = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
        bitmap.close()
        sheet.close()
        return pixels


def ink(pdf: bytes, within: Box | None = None, page: int = 0, dots: int = DOTS) -> Box:
    """Return the smallest box around everything drawn, or drawn within a box."""
    pixels = picture(pdf, page, dots)
    scale = dots / 25.4
    height, width = pixels.shape
    area = within or Box(0, 0, width / scale, height / scale)
    left, top = int(area.left * scale), int(area.top * scale)
    part = pixels[top : int(area.bottom * scale), left : int(area.right * scale)] < 200
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    assert rows.size, "nothing is drawn there"
    return Box(
        (left + columns[0]) / scale,
        (top + rows[0]) / scale,
        (left + columns[-1] + 1) / scale,
        (top + rows[-1] + 1) / scale,
    )


def line_boxes(pdf: bytes, within: Box, page: int = 0) -> list[Box]:
    """Return the lines of text within a box, from above, by the white between them."""
    pixels = picture(pdf, page)
    scale = DOTS / 25.4
    left, right = int(within.left * scale), int(within.right * scale)
    inked = (pixels[:, left:right] < 200).any(axis=1)
    boxes, start = [], None
    for row in range(int(within.top * scale), int(within.bottom * scale) + 1):
        if inked[row] and start is None:
            start = row
        elif not inked[row] and start is not None:
            boxes.append(ink(pdf, Box(within.left, start / scale, within.right, row / scale), page))
            start = None
    return boxes


def start_of(pdf: bytes, text: str, page: int = 0) -> tuple[float, float]:
    """Return where a text begins on paper: millimetres from the left and, of its base line, from the top."""
    with opened(pdf) as document:
        sheet = document[page]
        height = sheet.get_height()
        layer = sheet.get_textpage()
        found = layer.search(text).get_next()
        assert found is not None, text
        left, bottom, _right, _top = layer.get_charbox(found[0], loose=True)
        layer.close()
        sheet.close()
        return left / MM, (height - bottom) / MM

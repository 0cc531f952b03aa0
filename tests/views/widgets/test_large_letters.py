"""No label cuts the lower ends of its letters: what looks short is drawn short by the typeface."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.views.widgets import ElidedLabel, TextLabel

LETTERS = "gpqyj,（）"


def ink(picture: QImage) -> int:
    """Return how many rows there are from the first to the last that holds something."""
    ground = picture.pixelColor(0, 0)
    rows = [
        y
        for y in range(picture.height())
        if any(picture.pixelColor(x, y) != ground for x in range(picture.width()))
    ]
    return rows[-1] - rows[0] + 1


def unframed(label: TextLabel) -> QImage:
    """Paint the same letters at a point, with nothing that could cut them."""
    picture = QImage(300, 120, QImage.Format.Format_RGB32)
    picture.fill(label.palette().window().color())
    painter = QPainter(picture)
    painter.setFont(label.font())
    painter.setPen(label.palette().windowText().color())
    painter.drawText(QPointF(20, 70), LETTERS)
    painter.end()
    return picture


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize("kind", [TextLabel, ElidedLabel])
@pytest.mark.parametrize("role", ["small", "body", "bold", "heading", "title", "figure"])
def test_every_size_shows_the_whole_of_its_letters(
    qtbot: QtBot, kind: type[TextLabel], role: str, wraps: bool
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    label = kind(LETTERS, role)
    label.setWordWrap(wraps)
    column = QVBoxLayout(page)
    column.addWidget(label)
    column.addStretch(1)
    page.resize(400, 120)
    page.show()
    assert ink(label.grab().toImage()) == ink(unframed(label))


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_typeface_draws_lower_ends_short(weight: str) -> None:
    """Into the square of a kanji, whose lower edge is the lowest that anything of it reaches."""
    font = TTFont(resources_dir() / "fonts" / "bizud" / f"BIZUDPGothic-{weight}.ttf")
    names = font.getBestCmap()
    lowest = min(font["glyf"][names[ord(letter)]].yMin for letter in "gpqyj")
    assert font["hhea"].descent <= lowest
    assert lowest / font["head"].unitsPerEm > -0.125

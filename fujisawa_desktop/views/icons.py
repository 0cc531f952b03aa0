"""The program's own icons, drawn in the colour of the text around them."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.views.theme import tokens


def icon(name: str, colour: str | None = None, size: int = 16) -> QIcon:
    """Return the icon ``resources/icons/<name>.svg``; ``colour`` replaces the ink colour."""
    source = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    drawn = QIcon()
    for mode, shade in (
        (QIcon.Mode.Normal, colour or tokens().ink),
        (QIcon.Mode.Disabled, tokens().disabled),
    ):
        data = QByteArray(source.replace("currentColor", shade).encode())
        for ratio in (1, 2):
            drawn.addPixmap(_pixmap(data, size, ratio), mode)
    return drawn


def _pixmap(data: QByteArray, size: int, ratio: int) -> QPixmap:
    pixmap = QPixmap(size * ratio, size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(data).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap

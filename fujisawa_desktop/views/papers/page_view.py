"""One page of a PDF on the screen, at the size the person chose."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.papers.page_pictures import PageImage, PdfPages
from fujisawa_desktop.views.theme import Space, tokens

Fit = Literal["page", "width", "none"]
POINTS_PER_PIXEL: Final = 72 / 96
"""At 100 % a page has its real size on a screen of 96 dots an inch."""
ZOOM_STEPS: Final = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_RESIZE_MILLISECONDS: Final = 60


def to_image(picture: PageImage) -> QImage:
    """Return a page's pixels as a picture of Qt; it keeps a copy of them."""
    image = QImage(
        picture.pixels, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32
    )
    return image.copy()


class _Canvas(QWidget):
    """The page itself, with a margin around it."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(_("Page"))

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        size = self._image.deviceIndependentSize().toSize()
        return QSize(size.width() + 2 * Space.L, size.height() + 2 * Space.L)

    def image(self) -> QImage:
        return self._image

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self)
        size = self._image.deviceIndependentSize()
        place = QRectF(
            (self.width() - size.width()) / 2,
            (self.height() - size.height()) / 2,
            size.width(),
            size.height(),
        )
        painter.drawImage(place, self._image)
        painter.setPen(QColor(tokens().line))
        painter.drawRect(place)
        painter.end()


class _Shelf:
    """Holds the open file; it outlives the widget just long enough to be closed with it."""

    def __init__(self) -> None:
        self.pages: PdfPages | None = None

    def clear(self) -> None:
        if self.pages is not None:
            self.pages.close()
            self.pages = None


class PageView(QScrollArea):
    """Shows one page of a PDF after the other.

    Signals:
        page_shown(int): number of the page now shown, counted from 1.
        zoomed(): the size on the screen changed.
    """

    page_shown = Signal(int)
    zoomed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shelf = _Shelf()
        self.destroyed.connect(self._shelf.clear)
        if (application := QApplication.instance()) is not None:
            application.aboutToQuit.connect(self._shelf.clear)
        self._number = 0
        self._fit: Fit = "page"
        self._zoom = 1.0
        self._canvas = _Canvas()
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumSize(240, 240)
        self.setAccessibleName(_("Preview"))
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_RESIZE_MILLISECONDS)
        self._redraw.timeout.connect(self._draw)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another file, at the page that was looked at if it still has that many."""
        self.close_pdf()
        self._shelf.pages = PdfPages(pdf)
        self.go_to(min(max(self._number, 1), self.count()))

    def close_pdf(self) -> None:
        """Show nothing."""
        self._shelf.clear()
        self._canvas.show_image(QImage())

    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._shelf.pages) if self._shelf.pages is not None else 0

    def number(self) -> int:
        """Return the number of the page shown, counted from 1; 0 when there is none."""
        return self._number if self._shelf.pages is not None else 0

    def go_to(self, number: int) -> None:
        """Show a page; a number outside the file does nothing."""
        if self._shelf.pages is None or not 1 <= number <= len(self._shelf.pages):
            return
        self._number = number
        self._draw()
        self.verticalScrollBar().setValue(0)
        self.page_shown.emit(number)

    def percent(self) -> int:
        """Return the size on the screen; 100 is the size on paper."""
        return round(self._scale() * 100)

    def fit(self, fit: Fit) -> None:
        """Let the page follow the size of the window."""
        self._fit = fit
        self._draw()

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a fixed size; 1.0 is its size on paper."""
        self._fit, self._zoom = "none", zoom
        self._draw()

    def step_zoom(self, direction: int) -> None:
        """Go to the next larger (1) or smaller (-1) of the usual sizes."""
        now = self._scale()
        if direction > 0:
            self.set_zoom(next((step for step in ZOOM_STEPS if step > now + 0.01), ZOOM_STEPS[-1]))
        else:
            self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < now - 0.01), ZOOM_STEPS[0]))

    def page_image(self) -> QImage:
        """Return the picture on the screen."""
        return self._canvas.image()

    def _scale(self) -> float:
        """Return pixels of the screen per pixel at 100 %."""
        if self._shelf.pages is None or self._fit == "none":
            return self._zoom
        width, height = self._shelf.pages.size(self._number - 1)
        room = self.maximumViewportSize()
        by_width = (room.width() - 2 * Space.L) / width * POINTS_PER_PIXEL
        if self._fit == "width":
            bar = self.verticalScrollBar().sizeHint().width()
            return max(by_width - bar / width * POINTS_PER_PIXEL, ZOOM_STEPS[0])
        by_height = (room.height() - 2 * Space.L) / height * POINTS_PER_PIXEL
        return max(min(by_width, by_height), ZOOM_STEPS[0])

    def _draw(self) -> None:
        if self._shelf.pages is None:
            return
        ratio = self.devicePixelRatioF()
        image = to_image(self._shelf.pages.image(self._number - 1, self._scale() * ratio / POINTS_PER_PIXEL))
        image.setDevicePixelRatio(ratio)
        self._canvas.show_image(image)
        self.zoomed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again for the new size once the window has come to rest."""
        super().resizeEvent(event)
        if self._fit != "none":
            self._redraw.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down, Home and End turn the pages."""
        turns = {
            Qt.Key.Key_PageDown: self._number + 1,
            Qt.Key.Key_PageUp: self._number - 1,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self.count(),
        }
        target = turns.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self.go_to(target)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

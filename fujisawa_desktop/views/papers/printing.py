"""Sending pages to a printer: the very pages of the preview, as pictures fine enough for paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.papers.page_pictures import PdfPages
from fujisawa_desktop.views.papers.page_view import to_image

_FINEST: Final = 400
"""Dots an inch; finer pictures cost memory and show no difference on office paper."""
_POINTS_PER_INCH: Final = 72


def prepared_printer(pdf: bytes, title: str) -> QPrinter:
    """Return a printer set to the paper of the first page, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    with PdfPages(pdf) as pages:
        width, height = pages.size(0)
        landscape = width > height
        upright = QSizeF(min(width, height), max(width, height))
        # Close to a usual size is that size: A4, an envelope 長形3号.
        printer.setPageSize(
            QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        )
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
        )
        printer.setFromTo(1, len(pages))
    return printer


def ask_printer(pdf: bytes, title: str, parent: QWidget) -> QPrinter | None:
    """Let the person choose printer, pages, copies and both sides in the system's dialog."""
    with PdfPages(pdf) as pages:
        count = len(pages)
    printer = prepared_printer(pdf, title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    dialog.setMinMax(1, count)
    dialog.setFromTo(1, count)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(pdf: bytes, printer: QPrinter, progress: Callable[[int, int], None]) -> int:
    """Print the pages the printer was set to and return how many sheets' sides were sent.

    Runs on a worker thread: it touches no widget.

    Raises:
        StorageError: ``papers.printer-refused``; the printer does not take the job.
        Cancelled: raised by ``progress``; the job is taken back from the printer.
    """
    with PdfPages(pdf) as pages:
        numbers = _chosen(printer, len(pages))
        painter = QPainter()
        if not painter.begin(printer):
            raise StorageError("papers.printer-refused")
        try:
            _paint(pages, numbers, printer, painter, progress)
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    return len(numbers)


def _chosen(printer: QPrinter, count: int) -> list[int]:
    first, last = 1, count
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        first, last = max(printer.fromPage(), 1), min(printer.toPage() or count, count)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return [number for _copy in range(copies) for number in range(first, last + 1)]


def _paint(
    pages: PdfPages,
    numbers: list[int],
    printer: QPrinter,
    painter: QPainter,
    progress: Callable[[int, int], None],
) -> None:
    resolution = min(printer.resolution(), _FINEST)
    for place, number in enumerate(numbers):
        progress(place, len(numbers))
        if place:
            printer.newPage()
        width, height = pages.size(number - 1)
        dots = printer.resolution() / _POINTS_PER_INCH
        target = QRect(0, 0, round(width * dots), round(height * dots))
        painter.drawImage(target, to_image(pages.image(number - 1, resolution / _POINTS_PER_INCH)))

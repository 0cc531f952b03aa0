"""Sending pages to a printer: the very pages of the preview, as pictures as fine as the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSettings, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.papers.page_pictures import PdfPages
from fujisawa_desktop.views.papers.page_view import to_image
from fujisawa_desktop.views.papers.printer_memory import recall_printer, remember_printer

_FINEST: Final = 600
"""Dots an inch; finer pictures cost memory and show no difference on office paper."""
_BAND: Final = 700
"""Rows of dots drawn at a time: a whole page of A4 at 600 dots an inch takes 140 MB."""
_POINTS_PER_INCH: Final = 72
_SAME_SIZE: Final = 1.0
"""Points by which two pages may differ and still be on the same paper."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed.

    Attributes:
        pdf: the file.
        title: what the printer's queue calls it.
        kind: the kind of paper, for which the printer is remembered.
        starts: pages (from 1) on which somebody's paper begins; on both sides, each takes a new sheet.
        current: the page that is looked at.
    """

    pdf: bytes
    title: str
    kind: str
    starts: tuple[int, ...] = ()
    current: int = 1


def prepared_printer(pdf: bytes, title: str) -> QPrinter:
    """Return a printer set to the paper of the first page, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    with PdfPages(pdf) as pages:
        _set_paper(printer, pages.size(0))
        printer.setFromTo(1, len(pages))
    return printer


def ask_printer(job: PrintJob, settings: QSettings, parent: QWidget) -> QPrinter | None:
    """Let the person choose printer, tray, pages, copies and both sides in the system's dialog.

    It begins with what was chosen for this kind of paper the last time.
    """
    with PdfPages(job.pdf) as pages:
        count = len(pages)
    printer = prepared_printer(job.pdf, job.title)
    recall_printer(printer, settings, job.kind)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage, on=True)
    dialog.setMinMax(1, count)
    dialog.setFromTo(1, count)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    remember_printer(printer, settings, job.kind)
    return printer


def print_pages(job: PrintJob, printer: QPrinter, progress: Callable[[int, int], None]) -> int:
    """Print the pages the printer was set to and return how many sheets' sides bear something.

    Runs on a worker thread: it touches no widget.

    Raises:
        StorageError: ``papers.printer-refused``; the printer does not take the job.
        Cancelled: raised by ``progress``; the job is taken back from the printer.
    """
    with PdfPages(job.pdf) as pages:
        sides = chosen_sides(job, printer, len(pages))
        painter = QPainter()
        if not painter.begin(printer):
            raise StorageError("papers.printer-refused")
        try:
            _paint(pages, sides, printer, painter, progress)
        except BaseException:
            printer.abort()
            raise
        finally:
            painter.end()
    return sum(side is not None for side in sides)


def chosen_sides(job: PrintJob, printer: QPrinter, count: int) -> list[int | None]:
    """Return the page on each side of paper in the order of printing; None is a side left empty.

    On both sides, everybody's paper begins on a new sheet: nobody gets the back of another's letter.
    """
    numbers = _chosen(job, printer, count)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.duplex() in {QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexAuto}:
        return [*numbers] * copies
    sides = _on_own_sheets(numbers, frozenset(job.starts))
    full = [*sides, None] if len(sides) % 2 else sides
    return full * (copies - 1) + sides


def _chosen(job: PrintJob, printer: QPrinter, count: int) -> list[int]:
    everything = list(range(1, count + 1))
    chosen = printer.printRange()
    if chosen == QPrinter.PrintRange.CurrentPage:
        return [min(max(job.current, 1), count)]
    if chosen != QPrinter.PrintRange.PageRange:
        return everything
    ranges = printer.pageRanges()
    if not ranges.isEmpty():
        return [number for number in everything if ranges.contains(number)]
    first, last = max(printer.fromPage(), 1), min(printer.toPage() or count, count)
    return list(range(first, last + 1))


def _on_own_sheets(numbers: Sequence[int], starts: frozenset[int]) -> list[int | None]:
    sides: list[int | None] = []
    for number in numbers:
        if number in starts and len(sides) % 2:
            sides.append(None)
        sides.append(number)
    return sides


def _paint(
    pages: PdfPages,
    sides: Sequence[int | None],
    printer: QPrinter,
    painter: QPainter,
    progress: Callable[[int, int], None],
) -> None:
    size = pages.size((sides[0] or 1) - 1) if sides else (0.0, 0.0)
    for place, number in enumerate(sides):
        progress(place, len(sides))
        if number is not None and _differ(size, pages.size(number - 1)):
            size = pages.size(number - 1)
            _set_paper(printer, size)
        if place:
            printer.newPage()
        if number is not None:
            _paint_page(pages, number - 1, printer, painter)
    progress(len(sides), len(sides))


def _paint_page(pages: PdfPages, number: int, printer: QPrinter, painter: QPainter) -> None:
    """Draw a page (from 0) band by band, at the printer's own fineness."""
    resolution = min(printer.resolution(), _FINEST)
    stretch = printer.resolution() / resolution
    for top, picture in pages.bands(number, resolution / _POINTS_PER_INCH, _BAND):
        upper, lower = round(top * stretch), round((top + picture.height) * stretch)
        target = QRect(0, upper, round(picture.width * stretch), lower - upper)
        painter.drawImage(target, to_image(picture))


def _differ(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return any(abs(a - b) > _SAME_SIZE for a, b in zip(one, other, strict=True))


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """Put in the paper of a page: A4 and the like by name, envelopes by their measures."""
    width, height = size
    upright = QSizeF(min(width, height), max(width, height))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    lying = width > height
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    )

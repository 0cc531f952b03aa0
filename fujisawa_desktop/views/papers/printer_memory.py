"""Which printer, tray and sides a kind of paper was printed with the last time."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

_NAME: Final = "name"
_TRAY: Final = "tray"
_SIDES: Final = "sides"
_COLOUR: Final = "colour"


def remember_printer(printer: QPrinter, settings: QSettings, kind: str) -> None:
    """Keep what was chosen for a kind of paper; a file in place of a printer is not kept."""
    if not printer.printerName() or printer.outputFormat() == QPrinter.OutputFormat.PdfFormat:
        return
    settings.setValue(_key(kind, _NAME), printer.printerName())
    for key, read in (
        (_TRAY, printer.paperSource),
        (_SIDES, printer.duplex),
        (_COLOUR, printer.colorMode),
    ):
        try:
            settings.setValue(_key(kind, key), read().value)
        except ValueError:  # a tray that only this printer's driver has a number for
            settings.remove(_key(kind, key))


def recall_printer(printer: QPrinter, settings: QSettings, kind: str) -> bool:
    """Set a printer to what was kept; returns whether that printer is still there."""
    name = str(settings.value(_key(kind, _NAME), ""))
    if not name or name not in QPrinterInfo.availablePrinterNames():
        return False
    printer.setPrinterName(name)
    set_details(printer, settings, kind)
    return True


def set_details(printer: QPrinter, settings: QSettings, kind: str) -> None:
    """Set tray, sides and colour to what was kept; what cannot be read stays as it is."""
    with suppress(ValueError):
        printer.setPaperSource(QPrinter.PaperSource(_kept(settings, kind, _TRAY)))
    with suppress(ValueError):
        printer.setDuplex(QPrinter.DuplexMode(_kept(settings, kind, _SIDES)))
    with suppress(ValueError):
        printer.setColorMode(QPrinter.ColorMode(_kept(settings, kind, _COLOUR)))


def _kept(settings: QSettings, kind: str, key: str) -> int:
    return int(str(settings.value(_key(kind, key))))


def _key(kind: str, name: str) -> str:
    return f"papers/printer/{kind}/{name}"

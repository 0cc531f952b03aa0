"""Which printer a kind of paper was printed with the last time."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.papers.printer_memory import recall_printer, remember_printer, set_details

TRAY, SIDES = QPrinter.PaperSource.Lower, QPrinter.DuplexMode.DuplexLongSide


class Office(QPrinter):
    """A printer of the office: this machine has none, and a printer that writes files has no tray."""

    def printerName(self) -> str:  # noqa: N802 - Qt's name
        return "3F-複合機"

    def outputFormat(self) -> QPrinter.OutputFormat:  # noqa: N802 - Qt's name
        return QPrinter.OutputFormat.NativeFormat

    def paperSource(self) -> QPrinter.PaperSource:  # noqa: N802 - Qt's name
        return TRAY

    def duplex(self) -> QPrinter.DuplexMode:
        return SIDES

    def colorMode(self) -> QPrinter.ColorMode:  # noqa: N802 - Qt's name
        return QPrinter.ColorMode.GrayScale


class Chosen(QPrinter):
    """Keeps what it is set to."""

    def __init__(self) -> None:
        super().__init__()
        self.set: dict[str, object] = {}

    def setPrinterName(self, name: str) -> None:  # noqa: N802 - Qt's name
        self.set["name"] = name

    def setPaperSource(self, source: QPrinter.PaperSource) -> None:  # noqa: N802 - Qt's name
        self.set["tray"] = source

    def setDuplex(self, mode: QPrinter.DuplexMode) -> None:  # noqa: N802 - Qt's name
        self.set["sides"] = mode

    def setColorMode(self, mode: QPrinter.ColorMode) -> None:  # noqa: N802 - Qt's name
        self.set["colour"] = mode


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["3F-複合機"])


def test_printer_tray_and_sides_come_back_for_their_kind_only(
    qapp: QApplication, settings: Memory, there: None
) -> None:
    remember_printer(Office(), settings, "first-result")
    printer = Chosen()
    assert recall_printer(printer, settings, "first-result")
    assert printer.set == {
        "name": "3F-複合機",
        "tray": TRAY,
        "sides": SIDES,
        "colour": QPrinter.ColorMode.GrayScale,
    }
    other = Chosen()
    assert not recall_printer(other, settings, "labels")
    assert other.set == {}


def test_a_printer_that_is_gone_is_not_chosen(qapp: QApplication, settings: Memory) -> None:
    remember_printer(Office(), settings, "first-result")
    printer = Chosen()
    assert not recall_printer(printer, settings, "first-result")
    assert printer.set == {}


def test_a_file_in_place_of_a_printer_is_not_kept(qapp: QApplication, settings: Memory, there: None) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    remember_printer(printer, settings, "first-result")
    assert not recall_printer(Chosen(), settings, "first-result")


def test_what_cannot_be_read_is_left_alone(qapp: QApplication, settings: Memory) -> None:
    settings.setValue("papers/printer/labels/tray", "上段")
    settings.setValue("papers/printer/labels/sides", "")
    printer = Chosen()
    set_details(printer, settings, "labels")
    assert printer.set == {}


def test_a_tray_of_the_driver_with_a_number_of_its_own_is_kept(
    qapp: QApplication, settings: Memory, there: None
) -> None:
    class Custom(Office):
        def paperSource(self) -> QPrinter.PaperSource:  # noqa: N802 - Qt's name
            return QPrinter.PaperSource(259)

    remember_printer(Custom(), settings, "labels")
    printer = Chosen()
    assert recall_printer(printer, settings, "labels")
    assert printer.set["tray"] == QPrinter.PaperSource(259)

"""The dialog for labels, envelopes and window sheets, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from papers_driver import asking, paper_windows, tick
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select

from fujisawa_desktop.documents.office_specs import LabelsSpec
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_options import (
    AddressOptions,
    Tenths,
    remember_addresses,
    remembered_addresses,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.address_dialog import AddressDialog
from fujisawa_desktop.views.papers.millimetres import read_tenths, show_tenths
from fujisawa_desktop.views.papers.printing import prepared_printer
from fujisawa_desktop.views.widgets import field_named

LEFT = Qt.MouseButton.LeftButton
Begin = Callable[..., AddressDialog]


@pytest.fixture
def begin(qtbot: QtBot, desk: Desk, settle: Any) -> Iterator[Begin]:
    """A function that opens the dialog of a kind and waits for its picture."""
    yield from asking(qtbot, desk, settle, AddressDialog)


def type_into(edit: QLineEdit, text: str) -> None:
    """Type as an input method does: the keys of the tests know only ASCII."""
    edit.selectAll()
    edit.insert(text)


def picture(dialog: AddressDialog) -> bytes:
    image = dialog.view.page_image()
    return bytes(image.constBits()) if not image.isNull() else b""


def test_it_shows_the_first_page_and_who_has_no_address(begin: Begin) -> None:
    dialog = begin("labels")
    assert dialog.view.count() == 1
    assert "4" in dialog.count.text()
    listed = [dialog.missing.list.item(row).text() for row in range(dialog.missing.list.count())]
    assert listed == ["髙﨑　花　20"]
    assert dialog.missing.isVisible()
    assert dialog.go.isEnabled()
    assert dialog.layout_box.currentData() == "12-86.4x42.3"
    assert dialog.layout_box.count() >= 8


def test_everything_that_is_chosen_changes_the_picture(qtbot: QtBot, settle: Any, begin: Begin) -> None:
    dialog = begin("labels")
    seen = [picture(dialog)]

    def changed() -> bool:
        settle()
        seen.append(picture(dialog))
        return seen[-1] != seen[-2]

    dialog.layout_box.setCurrentIndex(dialog.layout_box.findData("24-66x33.9"))
    assert changed()
    type_into(dialog.start, "５")
    qtbot.keyClick(dialog.start, Qt.Key.Key_Return)
    assert changed()
    tick(qtbot, dialog.with_number)
    assert changed()
    qtbot.keyClick(dialog.printers.right, Qt.Key.Key_Up)
    for _ in range(20):
        qtbot.keyClick(dialog.printers.down, Qt.Key.Key_Up)
    assert changed()
    assert dialog.printers.tenths() == Tenths(1, 20)
    tick(qtbot, dialog.missing.leave_out)
    assert changed()
    options = dialog.options()
    assert (options.layout, options.start, options.with_number) == ("24-66x33.9", 5, True)
    assert options.keep_unaddressed


def test_the_pages_open_as_they_were_chosen_and_it_is_remembered(
    qtbot: QtBot, settle: Any, begin: Begin, database: Database
) -> None:
    dialog = begin("labels", numbers=["300", "100"])
    assert not dialog.stage.isVisible()
    dialog.printers.box.setEditText("窓口")
    type_into(dialog.printers.right, "－１．２")
    qtbot.keyClick(dialog.printers.right, Qt.Key.Key_Tab)
    dialog.start.set_value(4)
    settle()
    qtbot.mouseClick(dialog.go, LEFT)
    settle()
    (window,) = paper_windows()
    assert window.draft is not None
    spec = window.draft.sheets[0].spec
    assert isinstance(spec, LabelsSpec)
    assert (spec.first, spec.shift.right) == (4, -1.2)
    assert [one.name for one in spec.people] == ["葛\U000e0100城　𠮷之助", "楜澤　涼介"]
    assert not isValid(dialog) or not dialog.isVisible()
    kept = remembered_addresses(database, kind="labels")
    assert (kept.options.printer, kept.printers["窓口"]) == ("窓口", Tenths(-12, 0))


def test_another_printer_shows_its_own_correction(
    qtbot: QtBot, settle: Any, desk: Desk, database: Database, begin: Begin
) -> None:
    for name, tenths in (("3階", Tenths(-3, 0)), ("窓口", Tenths(12, -5))):
        remember_addresses(database, kind="envelope", options=AddressOptions(printer=name, tenths=tenths))
    dialog = begin("envelope")
    assert dialog.printers.name() == "窓口"
    assert dialog.printers.tenths() == Tenths(12, -5)
    dialog.printers.box.setCurrentIndex(dialog.printers.box.findText("3階"))
    settle()
    assert dialog.printers.tenths() == Tenths(-3, 0)
    dialog.printers.box.setFocus()
    dialog.printers.box.setEditText("新しい機械")
    qtbot.keyClick(dialog.printers.box.lineEdit(), Qt.Key.Key_Tab)
    settle()
    assert dialog.printers.tenths() == Tenths(-3, 0), "a new name keeps what is typed"


def test_what_cannot_be_read_is_said_beside_its_field(qtbot: QtBot, settle: Any, begin: Begin) -> None:
    dialog = begin("labels")
    type_into(dialog.printers.right, "ちょっと")
    qtbot.keyClick(dialog.printers.right, Qt.Key.Key_Return)
    settle()
    field = field_named(dialog, "right")
    assert field is not None
    assert field.error()
    assert not dialog.go.isEnabled()
    dialog.show_pages()
    assert not paper_windows()
    dialog.printers.right.set_value(0)
    dialog.start.set_value(99)
    dialog.start.value_changed.emit()
    settle()
    start = field_named(dialog, "start")
    assert start is not None
    assert "12" in start.error()
    dialog.start.set_value(12)
    dialog.start.value_changed.emit()
    settle()
    assert not start.error()
    assert dialog.go.isEnabled()


def test_a_stage_nobody_is_in_cannot_be_printed(settle: Any, begin: Begin) -> None:
    dialog = begin("window-address")
    dialog.stage.setCurrentIndex(dialog.stage.findData("appointed"))
    settle()
    assert not dialog.go.isEnabled()
    assert dialog.view.count() == 1, "the picture shows somebody invented"
    dialog.stage.setCurrentIndex(dialog.stage.findData("first-failed"))
    settle()
    assert not dialog.go.isEnabled(), "the only one has no address"
    dialog.missing.leave_out.setChecked(False)
    settle()
    assert dialog.go.isEnabled()


def test_a_test_page_is_printed_and_recorded_nowhere(
    qtbot: QtBot, settle: Any, begin: Begin, database: Database, tmp_path: Any
) -> None:
    dialog = begin("envelope")
    asked: list[bytes] = []

    def choose(pdf: bytes, title: str, _parent: QWidget) -> QPrinter:
        asked.append(pdf)
        printer = prepared_printer(pdf, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "out.pdf"))
        return printer

    dialog.choose_printer = choose
    qtbot.mouseClick(dialog.trial_button, LEFT)
    settle()
    assert (tmp_path / "out.pdf").stat().st_size > 1000
    assert dialog.notice.isVisible()
    size = prepared_printer(asked[0], "x").pageLayout().fullRectPoints()
    assert (size.width() / 72 * 25.4, size.height() / 72 * 25.4) == pytest.approx((120, 235), abs=1.5)
    with database.read() as session:
        assert session.scalars(select(Notice)).all() == []
    dialog.choose_printer = lambda *_asked: None
    dialog.print_trial()
    settle()


def test_a_sheet_of_a4_is_still_printed_on_a4(begin: Begin, desk: Desk) -> None:
    window = begin("labels")
    pdf = window.view._shelf.pages
    assert pdf is not None
    width, height = pdf.size(0)
    assert (width, height) == pytest.approx((595.28, 841.89), abs=0.1)


def test_a_file_for_reading_only_opens_its_pages_all_the_same(
    qtbot: QtBot, settle: Any, begin: Begin, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "read_only", property(lambda _self: True))
    dialog = begin("labels")
    qtbot.mouseClick(dialog.go, LEFT)
    settle()
    assert len(paper_windows()) == 1


@pytest.mark.parametrize("kind", ["labels", "envelope", "window-address"])
def test_every_control_has_a_name_and_the_keyboard_reaches_it(begin: Begin, kind: str) -> None:
    dialog = begin(kind)
    shown = [
        one for one in (*dialog.findChildren(QPushButton), *dialog.findChildren(QComboBox)) if one.isVisible()
    ]
    assert len(shown) >= 4
    assert not [one for one in shown if not (one.accessibleName() or getattr(one, "text", str)())]
    assert all(one.focusPolicy() != Qt.FocusPolicy.NoFocus for one in shown)


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [
        ("0.5", 5),
        ("-1.2", -12),
        ("＋２ mm", 20),
        ("－０．３", -3),
        ("−0.1ミリ", -1),
        ("3", 30),
        ("１．０", 10),
    ],
)
def test_lengths_as_clerks_type_them(typed: str, tenths: int) -> None:
    assert read_tenths(typed) == tenths
    assert read_tenths(show_tenths(tenths)) == tenths


@pytest.mark.parametrize("typed", ["", "少し", "0.55", "1,2", "nan", "inf", "1e400", "--1"])
def test_what_is_no_length_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_tenths(typed)
    assert caught.value.code == "papers.shift-unreadable"

"""How labels, envelopes and window sheets are wanted, with a picture of the first page beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.label_layouts import USUAL, LabelLayout, label_layouts
from fujisawa_desktop.services.paper_addresses import AddressBook, address_book, placed_page, trial_page
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_options import (
    AddressOptions,
    Remembered,
    check_shift,
    remember_addresses,
    remembered_addresses,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.papers.missing_addresses import MissingAddresses
from fujisawa_desktop.views.papers.page_view import PageView
from fujisawa_desktop.views.papers.printer_fields import PrinterFields
from fujisawa_desktop.views.papers.printing import PrintJob, ask_printer, print_pages
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

_FIELDS_WIDTH: Final = 420
_STAGES: Final = (
    ApplicationStatus.FIRST_PASSED,
    ApplicationStatus.FIRST_FAILED,
    ApplicationStatus.FINAL_PASSED,
    ApplicationStatus.FINAL_RESERVE,
    ApplicationStatus.FINAL_FAILED,
    ApplicationStatus.ACCEPTED,
    ApplicationStatus.APPOINTED,
)


class AddressDialog(QDialog):
    """Asks for people, sheet, first face and the correction of the printer.

    Attributes:
        book: whom it is for, ``None`` until it is known.
        choose_printer: asks for a printer; returns ``None`` when the person decides against it.
    """

    def __init__(
        self, desk: Desk, kind: PaperKind, parent: QWidget, *, numbers: Sequence[str] | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._numbers = numbers
        self._parent = parent
        self.book: AddressBook | None = None
        self.choose_printer: Callable[[bytes, str, QWidget], QPrinter | None] = self._ask_printer
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(texts.term("kind", kind))
        self.resize(1080, 740)
        self.stage = self._stage_box()
        self.layouts: tuple[LabelLayout, ...] = label_layouts() if kind is PaperKind.LABELS else ()
        self.layout_box = QComboBox()
        self.start = NumberEdit("start", lowest=1, width=80)
        self.start.set_value(1)
        self.with_number = QCheckBox(_("Print the entry number small, at the upper right"))
        self.boxed = QCheckBox(_("Draw the boxes of the postcode too"))
        self.printers = PrinterFields()
        self.missing = MissingAddresses()
        self.count = RunningText("", "neutral")
        self.notice = NoticeBar()
        self.view = PageView()
        self.view.setAccessibleName(_("First page"))
        self.trial_button = SecondaryButton(_("Test print…"), self.print_trial)
        self.go = PrimaryButton(_("Show the pages"), self.show_pages)
        self.go.setEnabled(False)
        self._lay_out()
        desk.query(remembered_addresses, self._begin, owner=self, on_error=self._say_error, kind=kind.value)

    def options(self) -> AddressOptions:
        """Return what the fields say.

        Raises:
            ValidationError: a field cannot be read; its ``field`` names it.
        """
        state = self.stage.currentData()
        found = AddressOptions(
            statuses=None if state is None else (ApplicationStatus(state),),
            keep_unaddressed=self.missing.are_kept(),
            layout=str(self.layout_box.currentData() or ""),
            start=self.start.value() or 1,
            with_number=self.with_number.isChecked(),
            boxed=self.boxed.isChecked(),
            printer=self.printers.name(),
            tenths=self.printers.tenths(),
        )
        check_shift(found)
        return found

    # --- building ---------------------------------------------------------------

    def _stage_box(self) -> QComboBox:
        box = QComboBox()
        box.addItem(_("Everybody"), None)
        for status in _STAGES:
            box.addItem(texts.term("status", status), status.value)
        return box

    def _lay_out(self) -> None:
        fields = QWidget()
        fields.setFixedWidth(_FIELDS_WIDTH)
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        if self._numbers is None:
            column.addWidget(FormField("stage", _("For whom"), self.stage))
        column.addWidget(self.count)
        if self._kind is PaperKind.LABELS:
            self._add_sheet(column)
        if self._kind is PaperKind.ENVELOPE:
            column.addWidget(self.boxed)
        column.addWidget(self.printers)
        column.addWidget(self.missing, 1)
        column.addStretch(0)
        both = QHBoxLayout()
        both.setSpacing(Space.L)
        both.addWidget(fields)
        both.addWidget(self.view, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(TextLabel(texts.term("kind", self._kind), "title"))
        whole.addWidget(self.notice)
        whole.addLayout(both, 1)
        whole.addLayout(row(SecondaryButton(_("Cancel"), self.reject), None, self.trial_button, self.go))

    def _add_sheet(self, column: QVBoxLayout) -> None:
        for layout in self.layouts:
            grid = layout.grid
            said = _("{count} faces, {width} × {height} mm").format(
                count=grid.count, width=f"{grid.width:g}", height=f"{grid.height:g}"
            )
            self.layout_box.addItem(said, layout.name)
        sheet = FormField("layout", _("Sheet of labels"), self.layout_box)
        fields = row(sheet, FormField("start", _("First face"), self.start), spacing=Space.L)
        fields.setAlignment(sheet, Qt.AlignmentFlag.AlignTop)
        column.addLayout(fields)
        column.addWidget(self.with_number)

    def _begin(self, remembered: Remembered) -> None:
        """Fill the fields with what was wanted last, and watch them from now on."""
        options = remembered.options
        if self._kind is PaperKind.LABELS:
            self.layout_box.setCurrentIndex(max(self.layout_box.findData(options.layout or USUAL), 0))
        self.with_number.setChecked(options.with_number)
        self.boxed.setChecked(options.boxed)
        self.printers.show_printers(remembered.printers, options.printer)
        self.stage.currentIndexChanged.connect(self._ask_people)
        self.layout_box.currentIndexChanged.connect(self._ask_picture)
        self.start.value_changed.connect(self._ask_picture)
        self.with_number.toggled.connect(self._ask_picture)
        self.boxed.toggled.connect(self._ask_picture)
        self.printers.changed.connect(self._ask_picture)
        self.missing.changed.connect(self._ask_picture)
        self._ask_people()

    # --- showing ----------------------------------------------------------------

    def _ask_people(self) -> None:
        options = self._readable()
        if options is None:
            return
        self.go.setEnabled(False)
        self._desk.query(
            address_book,
            self._show_people,
            owner=self,
            latest="papers.address-book",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
            numbers=self._numbers,
            options=options,
        )

    def _show_people(self, book: AddressBook) -> None:
        self.book = book
        said = ngettext("For {count} person.", "For {count} people.", len(book.people))
        self.count.set_text(said.format(count=f"{len(book.people):,}"))
        self.missing.show_people(book.without)
        self._ask_picture()

    def _ask_picture(self) -> None:
        options = self._readable()
        book = self.book
        posted = book is not None and (len(book.people) > len(book.without) or self.missing.are_kept())
        self.go.setEnabled(options is not None and bool(book and book.people) and posted)
        if options is None:
            return
        self._desk.query(
            placed_page,
            self._show_picture,
            owner=self,
            latest="papers.placed-page",
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            kind=self._kind.value,
            options=options,
            numbers=self._numbers,
        )

    def _show_picture(self, pdf: bytes) -> None:
        self._desk.notifier.clear_fields(self)
        self.view.show_pdf(pdf)

    def _readable(self) -> AddressOptions | None:
        try:
            return self.options()
        except ValidationError as error:
            self._refused(error)
            return None

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(False)
        if isinstance(error, ValidationError):
            self._desk.notifier.clear_fields(self)
            self._desk.notifier.show(error, self)
        else:
            self._say_error(error)

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    # --- doing ------------------------------------------------------------------

    def show_pages(self) -> None:
        """Keep what was chosen, and show the pages to be printed."""
        options = self._readable()
        if options is None or not self.go.isEnabled():
            return

        def opened(_change: object = None) -> None:
            # Closed first: a window beneath a modal dialog could not be used.
            self.accept()
            open_papers(self._desk, self._kind.value, self._parent, numbers=self._numbers, options=options)

        if self._desk.read_only:
            opened()
            return
        self.go.setEnabled(False)
        self._desk.perform(
            remember_addresses,
            on_done=opened,
            on_error=self._refused,
            kind=self._kind.value,
            options=options,
            actor=self._desk.actor,
        )

    def print_trial(self) -> None:
        """Print the page that shows where the printer prints; nothing is recorded."""
        options = self._readable()
        if options is not None:
            self._desk.query(
                trial_page,
                self._trial_made,
                owner=self,
                on_error=self._refused,
                programme_id=self._desk.programme_id,
                kind=self._kind.value,
                options=replace(options, start=1),
            )

    def _trial_job(self, pdf: bytes, title: str) -> PrintJob:
        return PrintJob(pdf, title, self._kind.value)

    def _ask_printer(self, pdf: bytes, title: str, parent: QWidget) -> QPrinter | None:
        return ask_printer(self._trial_job(pdf, title), self._desk.settings, parent)

    def _trial_made(self, pdf: bytes) -> None:
        printer = self.choose_printer(pdf, _("Test print"), self)
        if printer is not None:
            self._desk.tasks.run_long(
                _("Printing"),
                lambda progress: print_pages(self._trial_job(pdf, _("Test print")), printer, progress),
                self._trial_printed,
                self._trial_failed,
                writes=False,
                owner=self,
            )

    def _trial_printed(self, _count: int) -> None:
        self.notice.show_message(
            _(
                "The test page was sent to the printer. Lay it over the paper against the light, "
                "measure how far it is off, and type that as the correction."
            ),
            "good",
        )

    def _trial_failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._say_error(error)

"""One entry at reading width: the answers, and everything as it was typed beside how it was read."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.services.applicants import ApplicantDetails
from fujisawa_desktop.services.entry_raw import ANSWER, AsTyped, TypedCell, as_typed
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.words import field_word
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import EmptyState, RunningText, SecondaryButton, TextLabel, row

READING_WIDTH = 640
"""Some forty-five Japanese characters a line: longer lines tire."""


class EntryDialog(QDialog):
    """Two pages: the answers, and the row of the file.

    Attributes:
        pages: the tabs.
        answers, typed: what the pages show.
    """

    def __init__(self, desk: Desk, person: ApplicantDetails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Entry {number}").format(number=person.number))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 700)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setObjectName("tabs")
        self.pages.tabBar().setDrawBase(False)
        self.answers = _answers(person)
        self.typed = QFrame()
        self.pages.addTab(_scrolling(self.answers), _("Answers"))
        self.pages.addTab(_scrolling(EmptyState(_("Reading the row of the file…"))), _("As typed"))
        self.close_button = SecondaryButton(_("Close"), self.reject)
        title = TextLabel(person.name, "title")
        title.setWordWrap(True)
        title.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(title)
        column.addWidget(TextLabel(f"{term('source', person.source)} {person.number}", "secondary"))
        column.addWidget(self.pages, 1)
        column.addLayout(row(None, self.close_button))
        self._notifier = desk.notifier
        desk.query(as_typed, self._show, owner=self, on_error=self._fail, entry_id=person.entry_id)

    def _show(self, typed: AsTyped | None) -> None:
        chosen = self.pages.currentIndex()
        self.pages.removeTab(1)
        if typed is None:
            page: QWidget = EmptyState(_("This entry came from no file"), _("It was entered here by hand."))
        else:
            page = self.typed = _typed(typed)
        self.pages.addTab(_scrolling(page), _("As typed"))
        self.pages.setCurrentIndex(chosen)

    def _fail(self, error: Exception) -> None:
        self.reject()
        self._notifier.show(error)


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


def _answers(person: ApplicantDetails) -> QFrame:
    sheet = QFrame()
    sheet.setProperty("role", "panel")
    column = QVBoxLayout(sheet)
    column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
    column.setSpacing(Space.S)
    for heading, text in person.answers:
        title = TextLabel(heading, "heading")
        title.setWordWrap(True)
        words = RunningText(text)
        for widget in (title, words):
            widget.setMaximumWidth(READING_WIDTH)
            column.addWidget(widget)
        column.addSpacing(Space.M)
    if not person.answers:
        column.addWidget(
            EmptyState(_("There are no answers"), _("The file had no column with text to read."))
        )
    column.addStretch(1)
    return sheet


def _typed(typed: AsTyped) -> QFrame:
    sheet = QFrame()
    sheet.setProperty("role", "panel")
    grid = QGridLayout(sheet)
    grid.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
    grid.setHorizontalSpacing(Space.L)
    grid.setVerticalSpacing(Space.S)
    grid.setColumnStretch(1, 3)
    grid.setColumnStretch(2, 2)
    grid.setColumnMinimumWidth(0, 150)
    source = _("{file}, line {line}, taken in {at}").format(
        file=typed.file_name, line=typed.line, at=format_datetime(typed.imported_at)
    )
    grid.addWidget(RunningText(source, "neutral"), 0, 0, 1, 3)
    for column, head in enumerate((_("Heading"), _("As typed"), _("Read as (stored now)"))):
        grid.addWidget(TextLabel(head, "bold"), 1, column)
    for at, cell in enumerate(typed.cells, start=2):
        for column, words in enumerate((cell.heading, cell.cell, read_as(cell))):
            text = RunningText(words, "neutral" if column == 0 else None)
            grid.addWidget(text, at, column)
    grid.setRowStretch(grid.rowCount(), 1)
    return sheet


def read_as(cell: TypedCell) -> str:
    """Return for which field a cell is read, with what is stored there now."""
    if not cell.use:
        return _("kept, not read")
    if cell.use == ANSWER:
        return _("an answer")
    word = field_word(cell.use)
    shown = _value(cell)
    return _("{field}: {value}").format(field=word, value=shown) if shown else word


def _value(cell: TypedCell) -> str:
    value = cell.value
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    return format_phone(value or "") if cell.use == "phone" else value or ""

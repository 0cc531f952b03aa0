"""廃棄候補一覧: whose records may be erased, who confirms it with whom, and erasing them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import N_, _, format_date, format_datetime, ngettext
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.retention import Candidate, candidate_table, candidates
from fujisawa_desktop.services.retention_copies import CopyOfPeople, FoundCopies, copies_of_people
from fujisawa_desktop.services.retention_erasing import ErasureResult, erase, may_erase_here
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.table_saving import TableSaver
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    LineEdit,
    NoticeBar,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    open_roomy,
    page_column,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_HEADINGS: Final = (
    N_("Number"),
    N_("Name"),
    N_("Records"),
    N_("Made on"),
    N_("Kept until"),
    N_("Kept for"),
)
_NAMED: Final = 4
_WIDEST: Final = 280
_LEAST: Final = 60
"""Pixels of the last column, which takes what room there is."""


class RetentionListDialog(QDialog):
    """The list before anything is erased; two people confirm it, one by name and one by its number.

    Signals:
        erased(ErasureResult): it was done.

    Attributes:
        listed: the lines shown.
        copies: copies of the file that hold these people.
    """

    erased = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, *, programme_id: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Records due for erasure"))
        open_roomy(self, 1000, 720, grows=True)
        self._desk = desk
        self._programme_id = programme_id
        self.listed: tuple[Candidate, ...] = ()
        self.copies = FoundCopies()
        self._may_erase = True
        self.notice = NoticeBar()
        self.category = QComboBox()
        self.category.addItem(_("All records"), None)
        for one in Category:
            self.category.addItem(texts.term("retention-category", one), one.value)
        self.everything = QCheckBox(_("Show what is not due too"))
        self.count = TextLabel("", "bold")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Records due for erasure"))
        self.table.setModel(self.model)
        self.save_button = SecondaryButton(_("Export the list…"), self.save_list)
        self.saver = TableSaver(desk, self, lambda text: self.notice.show_message(text, "good"))
        self.copies_text = RunningText("", "caution")
        self.with_copies = QCheckBox(_("Delete these copies too"))
        self.witness = LineEdit()
        self.number = NumberEdit()
        self.erase_button = PrimaryButton(_("Erase for good"), self.erase)
        self.cancel = SecondaryButton(_("Close"), self.reject)
        self._lay_out()
        self.category.currentIndexChanged.connect(self.reload)
        self.everything.toggled.connect(self.reload)
        self.reload()
        if desk.database.path is None:
            desk.query(
                may_erase_here,
                lambda may: self.say_who_erases(may_erase=may),
                owner=self,
                on_error=self._say_error,
            )

    def _lay_out(self) -> None:
        self.table.empty.say(_("Nothing is due"), _("No records of this kind may be erased today."))
        self.witness_field = FormField(
            "witness", _("Second person who looked at the list"), self.witness, required=True
        )
        self.number_field = FormField(
            "confirmed", _("Number of lines on the list"), self.number, required=True
        )
        column = page_column(
            self,
            _("Records due for erasure"),
        )
        column.addWidget(self.notice)
        self.category.setAccessibleName(_("Records"))
        column.addLayout(row(self.category, self.everything, None, self.count, self.save_button))
        column.addWidget(self.table, 1)
        column.addWidget(self.copies_text)
        column.addWidget(self.with_copies)
        column.addWidget(
            RunningText(
                _(
                    "Erasing cannot be undone: the records go from the lists, the history, the copies of "
                    "papers and the free pages of the file. No copy of the file is made before. Counts stay "
                    "for the overview, and a certificate without names is made. Copies elsewhere – on paper, "
                    "in other folders, on other computers – are not looked for: see to them separately."
                ),
                "caution",
            )
        )
        confirming = row(self.witness_field, self.number_field, spacing=Space.L)
        for field in (self.witness_field, self.number_field):  # also while one of them says what is wrong
            confirming.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        column.addLayout(confirming)
        column.addLayout(row(None, self.cancel, self.erase_button))
        for hidden in (self.copies_text, self.with_copies):
            hidden.hide()

    # --- reading

    def reload(self) -> None:
        """Read the list again."""
        self.erase_button.setEnabled(False)
        self._desk.query(
            candidates,
            self._show,
            owner=self,
            latest="retention.list",
            on_error=self._say_error,
            programme_id=self._programme_id,
            today=self._desk.today(),
            categories=self.categories(),
            due_only=not self.everything.isChecked(),
        )

    def say_who_erases(self, *, may_erase: bool) -> None:
        """Say at once, on a server, that this login may look and not erase."""
        self._may_erase = may_erase
        if not may_erase:
            self.erase_button.setEnabled(False)
            self.notice.show_message(texts.message_for("retention.administrator", {}), "caution")

    def categories(self) -> tuple[Category, ...]:
        """Return the kinds of record that are shown."""
        chosen = self.category.currentData()
        return tuple(Category) if chosen is None else (Category(chosen),)

    def _can_erase(self) -> bool:
        return self._may_erase and not self._desk.read_only

    def due(self) -> tuple[Candidate, ...]:
        """Return the lines that may be erased."""
        return tuple(one for one in self.listed if one.is_due)

    def _show(self, listed: tuple[Candidate, ...]) -> None:
        self.listed = listed
        rows = [_cells(one) for one in listed]
        headings = [_(heading) for heading in _HEADINGS]
        self.model.show_rows(headings, rows)
        fit_columns(self.table, headings, rows, widest=_WIDEST)
        self.table.setColumnWidth(len(headings) - 1, _LEAST)
        due = len(self.due())
        text = ngettext("{count} line is due", "{count} lines are due", due)
        self.count.setText(text.format(count=f"{due:,}"))
        self.erase_button.setEnabled(bool(due) and self._can_erase())
        self.save_button.setEnabled(bool(listed))
        self._ask_copies()

    def _ask_copies(self) -> None:
        people = {one.applicant_id for one in self.due() if one.applicant_id is not None}
        self._desk.query(
            copies_of_people,
            self._show_copies,
            owner=self,
            latest="retention.copies",
            on_error=self._say_error,
            applicant_ids=sorted(people),
            today=self._desk.today(),
        )

    def _show_copies(self, found: FoundCopies) -> None:
        self.copies = found
        said = _told_copies(found)
        self.copies_text.setVisible(bool(said))
        self.with_copies.setVisible(bool(found.copies))
        self.copies_text.set_text(said)

    # --- acts

    def save_list(self) -> None:
        """Write the list to a file: xlsx, csv or PDF."""
        self.saver.save(candidate_table(self.listed))

    def erase(self) -> None:
        """Erase what is due, once both have confirmed it."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        number = self._typed_number()
        if number is None or not self.erase_button.isEnabled():
            return
        self.erase_button.setEnabled(False)
        self._desk.perform(
            erase,
            on_done=self._done,
            on_error=self._refused,
            busy=_("Erasing records"),
            programme_id=self._programme_id,
            confirmed=number,
            witness=self.witness.text(),
            today=self._desk.today(),
            categories=self.categories(),
            with_copies=self.with_copies.isVisibleTo(self) and self.with_copies.isChecked(),
            actor=self._desk.actor,
        )

    def _typed_number(self) -> int | None:
        try:
            number = self.number.value()
        except ValidationError as error:
            self.number_field.set_error(texts.message(error))
            return None
        if number is None:
            self.number_field.set_error(texts.message_for("field.required", {}))
            self.number.setFocus()
        return number

    def _done(self, result: ErasureResult) -> None:
        self.erased.emit(result)
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.erase_button.setEnabled(bool(self.due()) and self._can_erase())
        code = getattr(error, "code", "")
        if code.startswith("retention.witness"):
            self.witness_field.set_error(texts.message(error))
            self.witness.setFocus()
        elif code == "retention.count-differs":
            self.number_field.set_error(texts.message(error))
            self.number.setFocus()
        else:
            self._say_error(error)

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")


def _told_copies(found: FoundCopies) -> str:
    """Say how many copies hold the people, which, and until when."""
    told = _("The second place for backups cannot be reached now: nobody looked at the copies there.")
    if not found.copies:
        return told if found.is_second_missing else ""
    count, left = len(found.copies), found.left()
    text = ngettext(
        "{count} copy of the file still holds them: {named}.",
        "{count} copies of the file still hold them; the latest: {named}.",
        count,
    ).format(
        count=f"{count:,}", named=_("; ").join(_copy_named(one) for one in found.copies[: -_NAMED - 1 : -1])
    )
    if left.gone_by is not None:
        text = _("{told} {count} of them are thinned by {day}.").format(
            told=text, count=f"{left.kept:,}", day=format_date(left.gone_by)
        )
    if left.staying:
        text = _("{told} {count} stay until somebody deletes them.").format(
            told=text, count=f"{left.staying:,}"
        )
    return _("{text} {more}").format(text=text, more=told) if found.is_second_missing else text


def _copy_named(one: CopyOfPeople) -> str:
    """Name a copy by its time, why it was made, and where it lies if that is the second place."""
    known = [texts.term("backup-reason", one.reason)] if one.reason is not None else []
    known += [texts.term("backup-place", "second")] if one.is_second else []
    when = format_datetime(one.made_at)
    return _("{when} ({why})").format(when=when, why=_(", ").join(known)) if known else when


def _cells(one: Candidate) -> list[str]:
    name = one.name
    if one.batch_id is not None:
        text = ngettext(
            "{count} row of {file} that is nobody's", "{count} rows of {file} that are nobody's", one.rows
        )
        name = text.format(count=f"{one.rows:,}", file=one.name)
    return [
        one.number,
        name,
        texts.term("retention-category", one.category),
        format_date(one.made_on),
        format_date(one.kept_until),
        _(", ").join(texts.term("retention-hindrance", why) for why in one.hindrances),
    ]

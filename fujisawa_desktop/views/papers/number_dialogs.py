"""Saying what became of document numbers: used by a document made elsewhere, or void."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.numbering import read_number
from fujisawa_desktop.services.document_numbers import Ledger, record_elsewhere, void_number
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.growing_dialog import GrowingDialog
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    ValueEdit,
    commit_typing,
    row,
)


class _NumbersDialog(GrowingDialog):
    """Two fields for a run of numbers, and what the dialog adds; a refusal is said beside its field.

    Attributes:
        first, last: the numbers.
        enter_button: enters it.
    """

    def __init__(self, desk: Desk, ledger: Ledger, title: str, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ledger = ledger
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(500)
        self.first = _number_edit(ledger.sign, "first")
        self.last = _number_edit(ledger.sign, "last")
        self.enter_button = PrimaryButton(_("Enter"), self.enter)
        self.enter_button.setDefault(True)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(RunningText(words, "neutral"))
        column.addLayout(self._range())
        column.addLayout(self.fields)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.enter_button))

    def _range(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(Space.L)
        for name, label, edit, required in (
            ("first", _("First number"), self.first, True),
            ("last", _("Last number"), self.last, False),
        ):
            field = FormField(name, label, edit, required=required)
            line.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        line.addStretch(1)
        self.last.setPlaceholderText(_("if several"))
        return line

    def show_range(self, first: int | None, last: int | None) -> None:
        """Begin with these numbers."""
        self.first.set_value(first)
        self.last.set_value(last if last != first else None)

    def enter(self) -> None:
        """Enter it; what cannot be is explained under its field."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            first = self.first.value()
            if first is None:
                raise ValidationError("numbers.unreadable", field="first", text="")
            last = self.last.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self._perform(first, first if last is None else last)

    def _perform(self, first: int, last: int) -> None:
        raise NotImplementedError

    def _refused(self, error: Exception) -> None:
        self.enter_button.setEnabled(True)
        self._desk.notifier.show(error, self)

    def _run(self, act: Callable[..., object]) -> None:
        self.enter_button.setEnabled(False)
        self._desk.perform(
            act,
            on_done=lambda _change: self.accept(),
            on_error=self._refused,
            sign=self._ledger.sign,
            fiscal_year=self._ledger.fiscal_year,
            actor=self._desk.actor,
        )


class ElsewhereDialog(_NumbersDialog):
    """Numbers that documents made outside this program bear."""

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        words = _(
            "Enter the numbers of documents made outside this program, so that they are not given twice."
        )
        super().__init__(desk, ledger, _("Numbers used elsewhere"), words, parent)
        self.subject = LineEdit()
        self.dated: ValueEdit[date] = ValueEdit(parse_date, format_date, width=170)
        self.fields.addWidget(FormField("subject", _("Subject of the document"), self.subject))
        self.fields.addWidget(FormField("dated", _("Dated"), self.dated))

    def _perform(self, first: int, last: int) -> None:
        try:
            dated = self.dated.value()
        except ValidationError as error:
            params = {key: value for key, value in error.params.items() if key != "field"}
            self._desk.notifier.show(ValidationError(error.code, field="dated", **params), self)
            return
        subject = self.subject.text()
        self._run(partial(record_elsewhere, first=first, last=last, subject=subject, dated=dated))


class VoidDialog(_NumbersDialog):
    """Numbers that nothing bears, with the reason that readers of the ledger need."""

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget | None = None) -> None:
        words = _(
            "A void number is never given. The reason stands in the ledger, for whoever asks about the gap."
        )
        super().__init__(desk, ledger, _("Make numbers void"), words, parent)
        self.reason = LineEdit()
        self.fields.addWidget(FormField("reason", _("Reason"), self.reason, required=True))

    def _perform(self, first: int, last: int) -> None:
        self._run(partial(void_number, number=first, last=last, reason=self.reason.text()))


def _number_edit(sign: str, field: str) -> ValueEdit[int]:
    edit: ValueEdit[int] = ValueEdit(lambda text: read_number(text, sign=sign, field=field), str, width=130)
    return edit

"""What a clerk says about the papers before they are printed: number, dates, month, address."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import QSettings, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import N_, _, format_date
from fujisawa_desktop.rules.calendar import parse_date, parse_year_month
from fujisawa_desktop.services.document_numbers import Numbering
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import LETTERS, MONTHLY, WITH_ADDRESS, PaperKind
from fujisawa_desktop.services.paper_options import AttendanceOptions
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, TextLabel, ValueEdit

YearMonth = tuple[int, int]
_FIELD_WITH_ERRORS: Final = 260
"""Room for a sentence about what was typed."""
_FORM_KEY: Final = "papers/attendance-form"
_BLANK: Final = "blank"
_NUMBERINGS: Final = {
    Numbering.ONE: N_("Next number, the same for all"),
    Numbering.EACH: N_("Next numbers, one for each"),
    Numbering.TYPED: N_("Type the number"),
}


def _show_month(month: YearMonth) -> str:
    return f"{month[0]}-{month[1]:02d}"


class OrderBar(QWidget):
    """The few fields a kind of paper has; empty ones leave it to the program.

    Signals:
        changed(): a field was changed and left; the papers should be made again.
    """

    changed = Signal()

    def __init__(
        self,
        kind: PaperKind,
        *,
        today: date,
        year_month: YearMonth | None,
        settings: QSettings,
        copies: bool = False,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._key = f"papers/numbering/{kind}"
        self._fields: dict[str, LineEdit] = {}
        self.numbering: QComboBox | None = None
        self.address: QCheckBox | None = None
        self.form: QComboBox | None = None
        self._address_wanted: bool | None = None
        self._shared = ""
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        self.mark: QCheckBox | None = None
        if copies:
            self.mark = QCheckBox(_("Print “reissued” (再発行) at the top"))
            self.mark.toggled.connect(lambda _on: self.changed.emit())
            line.addWidget(self.mark)
            return
        if kind in LETTERS:
            self._add_numbering(line)
        if kind in LETTERS or kind in {PaperKind.PAY_STATEMENT, PaperKind.DISCLOSURE}:
            self._add(line, "dated", _("Dated"), self._date_edit(today))
        if kind is PaperKind.PRESS_RELEASE:
            dated = self._date_edit(None)
            dated.setPlaceholderText(_("first day of entries"))
            self._add(line, "dated", _("Dated"), dated)
        if kind in {PaperKind.FINAL_RESULT, PaperKind.PROMOTION, PaperKind.ACCEPTANCE}:
            self._add(line, "reply_by", _("Accept by"), self._date_edit(None))
        if kind in MONTHLY:
            edit: ValueEdit[YearMonth] = ValueEdit(parse_year_month, _show_month, width=110)
            edit.set_value(year_month)
            edit.value_changed.connect(self.changed)
            self._add(line, "year_month", _("Month"), edit)
        if kind is PaperKind.ATTENDANCE:
            self._add_form(line)
        if kind in WITH_ADDRESS:
            self._add_address(line)

    def _add(self, line: QHBoxLayout, name: str, label: str, editor: LineEdit) -> None:
        self._fields[name] = editor
        line.addWidget(FormField(name, label, editor), 0, Qt.AlignmentFlag.AlignTop)

    def _add_numbering(self, line: QHBoxLayout) -> None:
        box = self.numbering = QComboBox()
        for numbering, words in _NUMBERINGS.items():
            box.addItem(_(words), numbering.value)
        kept = str(self._settings.value(self._key, Numbering.ONE.value))
        box.setCurrentIndex(max(box.findData(kept), 0))
        box.currentIndexChanged.connect(lambda _at: self._numbering_chosen())
        line.addWidget(FormField("numbering", _("Document number"), box), 0, Qt.AlignmentFlag.AlignTop)
        edit = self._fields["document_number"] = LineEdit()
        edit.setFixedWidth(124)
        edit.editingFinished.connect(self._number_left)
        self._typed = self._last_number = ""
        field = self._number_field = FormField("document_number", _("Number"), edit)
        line.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
        self._show_numbering()

    def _add_address(self, line: QHBoxLayout) -> None:
        box = self.address = QCheckBox(_("Print the address"))
        box.toggled.connect(self._address_chosen)
        line.addLayout(_below_label(box))

    def _add_form(self, line: QHBoxLayout) -> None:
        box = self.form = QComboBox()
        box.addItem(_("Filled in, as recorded"), "")
        box.addItem(_("Blank, to fill in and sign"), _BLANK)
        box.setCurrentIndex(max(box.findData(str(self._settings.value(_FORM_KEY, ""))), 0))
        box.currentIndexChanged.connect(lambda _at: self._form_chosen())
        line.addWidget(FormField("form", _("Form"), box), 0, Qt.AlignmentFlag.AlignTop)

    def _form_chosen(self) -> None:
        if self.form is not None:
            self._settings.setValue(_FORM_KEY, self.form.currentData())
        self.changed.emit()

    def _date_edit(self, value: date | None) -> ValueEdit[date]:
        edit: ValueEdit[date] = ValueEdit(parse_date, format_date, width=164)
        edit.set_value(value)
        edit.value_changed.connect(self.changed)
        return edit

    def _address_chosen(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._address_wanted = on
        self.changed.emit()

    # --- numbers --------------------------------------------------------------

    def chosen_numbering(self) -> Numbering:
        """Return how the papers are numbered."""
        return Numbering(self.numbering.currentData()) if self.numbering is not None else Numbering.TYPED

    def choose_numbering(self, numbering: Numbering) -> None:
        """Number the papers in another way."""
        if self.numbering is not None:
            self.numbering.setCurrentIndex(self.numbering.findData(numbering.value))

    def share_number(self) -> None:
        """Put these papers under the number typed although issued papers bear it already."""
        self._shared = self._typed_number()
        self.changed.emit()

    def _typed_number(self) -> str:
        by_hand = self.chosen_numbering() is Numbering.TYPED
        return self._fields["document_number"].text().strip() if by_hand else ""

    def _numbering_chosen(self) -> None:
        self._settings.setValue(self._key, self.chosen_numbering().value)
        self._show_numbering()
        self.changed.emit()

    def _show_numbering(self) -> None:
        """Let the number be typed, or only be looked at until the draft tells the very numbers."""
        edit = self._fields["document_number"]
        by_hand = self.chosen_numbering() is Numbering.TYPED
        self._number_field.setMinimumWidth(_FIELD_WITH_ERRORS if by_hand else 0)
        with QSignalBlocker(edit):
            edit.setReadOnly(not by_hand)
            edit.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_hand else Qt.FocusPolicy.ClickFocus)
            edit.setPlaceholderText(_("later") if by_hand else "…")
            edit.setText(self._typed if by_hand else "")
            self._last_number = edit.text()

    def _number_left(self) -> None:
        edit = self._fields["document_number"]
        if edit.isReadOnly():
            return
        self._typed = edit.text()
        if self._typed != self._last_number:
            self._last_number = self._typed
            self.changed.emit()

    # --- what the draft tells ---------------------------------------------------

    def show_draft(self, draft: PaperDraft) -> None:
        """Show what nobody said: the month, the numbers that issuing takes, whether there are addresses."""
        if self.address is not None:
            with QSignalBlocker(self.address):
                self.address.setChecked(draft.has_addresses)
        month = self._fields.get("year_month")
        if isinstance(month, ValueEdit) and not month.text():
            month.set_value(draft.year_month)
        if self.numbering is not None and self.chosen_numbering() is not Numbering.TYPED:
            edit = self._fields["document_number"]
            with QSignalBlocker(edit):
                edit.setText(draft.numbers.text if draft.numbers is not None else _("none"))
            edit.setCursorPosition(0)

    def has_fields(self) -> bool:
        """Tell whether there is anything to say about this kind of paper."""
        return bool(self._fields) or self.mark is not None

    def values(self) -> dict[str, Any]:
        """Return the arguments of `make_papers` the fields stand for.

        Raises:
            ValidationError: a field cannot be read; its ``field`` names it.
        """
        found: dict[str, Any] = {}
        if self.mark is not None:
            found["is_marked"] = self.mark.isChecked()
        if self.numbering is not None:
            found["numbering"] = self.chosen_numbering()
            found["share_number"] = self._shared == self._typed_number() != ""
        if self.address is not None:
            found["print_address"] = self._address_wanted
        if self.form is not None:
            found["options"] = AttendanceOptions(is_blank=self.form.currentData() == _BLANK)
        for name, editor in self._fields.items():
            if name == "document_number":
                found[name] = self._typed_number()
            elif isinstance(editor, ValueEdit):
                found[name] = _read(editor, name)
        return found


def _below_label(box: QCheckBox) -> QVBoxLayout:
    """Return a check box at the height of the fields beside it, which have a label above them."""
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    column.addWidget(TextLabel("", "bold"))
    column.addSpacing(Space.XS)
    column.addWidget(box)
    column.addStretch(1)
    return column


def _read(editor: ValueEdit[Any], name: str) -> object:
    try:
        return editor.value()
    except ValidationError as error:
        params = {key: value for key, value in error.params.items() if key != "field"}
        raise ValidationError(error.code, field=name, **params) from error

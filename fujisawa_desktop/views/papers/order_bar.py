"""What a clerk says about the papers before they are printed: number, date, month."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.rules.calendar import parse_date, parse_year_month
from fujisawa_desktop.services.paper_kinds import LETTERS, MONTHLY, PaperKind
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, ValueEdit

YearMonth = tuple[int, int]


def _show_month(month: YearMonth) -> str:
    return f"{month[0]}-{month[1]:02d}"


class OrderBar(QWidget):
    """The few fields a kind of paper has; empty ones leave it to the program.

    Signals:
        changed(): a field was changed and left; the papers should be made again.
    """

    changed = Signal()

    def __init__(self, kind: PaperKind, *, today: date, year_month: YearMonth | None) -> None:
        super().__init__()
        self._fields: dict[str, LineEdit] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.L)
        if kind in LETTERS:
            self._add(line, "document_number", _("Document number"), self._number_edit())
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
        line.addStretch(1)

    def _add(self, line: QHBoxLayout, name: str, label: str, editor: LineEdit) -> None:
        self._fields[name] = editor
        field = FormField(name, label, editor)
        line.addWidget(field)

    def _number_edit(self) -> LineEdit:
        edit = LineEdit()
        edit.setFixedWidth(110)
        edit.setPlaceholderText(_("later"))
        edit.editingFinished.connect(self._number_left)
        self._last_number = ""
        return edit

    def _number_left(self) -> None:
        text = self._fields["document_number"].text()
        if text != self._last_number:
            self._last_number = text
            self.changed.emit()

    def _date_edit(self, value: date | None) -> ValueEdit[date]:
        edit: ValueEdit[date] = ValueEdit(parse_date, format_date, width=170)
        edit.set_value(value)
        edit.value_changed.connect(self.changed)
        return edit

    def show_month(self, year_month: YearMonth | None) -> None:
        """Show which month the papers are of, when nobody has typed one."""
        field = self._fields.get("year_month")
        if isinstance(field, ValueEdit) and not field.text():
            field.set_value(year_month)

    def values(self) -> dict[str, Any]:
        """Return the arguments of `make_papers` the fields stand for.

        Raises:
            ValidationError: a field cannot be read; its ``field`` names it.
        """
        found: dict[str, Any] = {}
        for name, editor in self._fields.items():
            if not isinstance(editor, ValueEdit):
                found[name] = editor.text().strip()
                continue
            try:
                found[name] = editor.value()
            except ValidationError as error:
                params = {key: value for key, value in error.params.items() if key != "field"}
                raise ValidationError(error.code, field=name, **params) from error
        return found

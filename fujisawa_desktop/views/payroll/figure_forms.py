"""The form of a figure of the law: what every kind has, and the fields of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.dated_figures import BY_YEAR, PREFECTURES, FigureEntry, FigureKind
from fujisawa_desktop.views.payroll.figure_words import (
    distances_text,
    last_year,
    plain,
    read_distances,
    read_thousandths,
    table_text,
    thousandths_text,
)
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NumberEdit,
    Panel,
    RunningText,
    SecondaryButton,
    TextArea,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.inputs import whole_number

_FIRST_YEAR: Final = 2000


class FigureForm(Panel):
    """Fields of one figure; which ones depends on its kind.

    Attributes:
        rows: the lines of a tax table that was read or stored.
        read_button, look_button: of the tax tables.
    """

    def __init__(self, on_read: Callable[[], object], on_look: Callable[[], object]) -> None:
        super().__init__()
        self.kind = FigureKind.TAX_YEARS
        self.rows: list[list[int]] = []
        self._further: dict[str, int] = {}
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.year = _year_edit("valid_from")
        self.through = _year_edit("through")
        self.kou = NumberEdit("kou_free_below", width=110)
        self.otsu = NumberEdit("otsu_flat_below", width=110)
        self.hei = NumberEdit("hei_free_below", width=110)
        self.rate = ValueEdit(read_thousandths, thousandths_text, width=90)
        self.yen = NumberEdit("yen", width=110)
        self.distances = TextArea(4, 8)
        self.prefecture = QComboBox()
        self.prefecture.addItem("", "")
        for name in PREFECTURES:
            self.prefecture.addItem(name, name)
        self.wage = NumberEdit("wages", lowest=1, width=110)
        self.source = TextArea(2, 4)
        self.table_text = RunningText("")
        self.read_button = SecondaryButton(_("Read a table from a file…"), on_read)
        self.look_button = SecondaryButton(_("Look at the table"), on_look)
        self._pages: dict[FigureKind, QWidget] = {}
        self._names: dict[FormField, str] = {}
        self._lay_out()

    def show_kind(self, kind: FigureKind) -> None:
        """Show the fields of a kind."""
        self.kind = kind
        parts = {self._day_field, *self._pages.values(), self._years}
        here = {self._years if kind in BY_YEAR else self._day_field, self._pages[kind]}
        for part in parts:
            part.setVisible(part in here)
        # Two kinds may hold a value of one name: a refusal belongs beside the field that is seen.
        for field, name in self._names.items():
            field.name = name if field.isVisibleTo(self) else ""

    def fill(self, entry: FigureEntry | None) -> None:
        """Write the values of an entry, or empty every field."""
        values = plain(entry)
        self.day.set_value(entry.valid_from if entry is not None else None)
        self.year.set_value(entry.valid_from.year if entry is not None else None)
        self.through.set_value(last_year(entry) if entry is not None else None)
        self.kou.set_value(values.get("kou_free_below"))
        self.otsu.set_value(values.get("otsu_flat_below"))
        self.hei.set_value(values.get("hei_free_below"))
        self.rate.set_value(values.get("per_10_000"))
        self.yen.set_value(values.get("yen"))
        rows = [list(line) for line in values.get("rows", [])]
        self.distances.set_text(distances_text(rows) if self.kind is FigureKind.COMMUTING_CAR else "")
        self.take_rows([] if self.kind is FigureKind.COMMUTING_CAR else rows)
        wages = dict(values.get("wages", {}))
        name, wage = next(iter(wages.items()), ("", None))
        self._further = {other: yen for other, yen in wages.items() if other != name}
        self.prefecture.setCurrentIndex(max(0, self.prefecture.findData(name)))
        self.wage.set_value(wage)
        self.source.set_text(entry.source if entry is not None else "")

    def take_rows(self, rows: list[list[int]]) -> None:
        """Take the lines of a tax table."""
        self.rows = rows
        self.table_text.set_text(table_text(rows) or _("No table has been read yet."))
        self.look_button.setEnabled(bool(rows))

    def entry(self) -> FigureEntry:
        """Return what is entered.

        Raises:
            ValidationError: a field cannot be read, or the day is missing.
        """
        return FigureEntry(self.kind, self._valid_from(), self._figures(), self.source.text().strip())

    def first_field(self) -> QWidget:
        """Return where typing begins."""
        return self.year if self.kind in BY_YEAR else self.day

    def _valid_from(self) -> date:
        if self.kind in BY_YEAR:
            year = self.year.value()
            if year is not None and year <= date.max.year:
                return date(year, 1, 1)
        elif (day := self.day.value()) is not None:
            return day
        raise ValidationError("figures.day-missing", field="valid_from")

    def _figures(self) -> dict[str, Any]:
        match self.kind:
            case FigureKind.TAX_YEARS:
                limits = {
                    "kou_free_below": self.kou.value(),
                    "otsu_flat_below": self.otsu.value(),
                    "hei_free_below": self.hei.value(),
                }
                return self._last() | limits
            case FigureKind.TAX_MONTHLY | FigureKind.TAX_DAILY:
                return self._last() | {"rows": self.rows}
            case FigureKind.INSURANCE:
                return {"per_10_000": self.rate.value()}
            case FigureKind.COMMUTING:
                return {"yen": self.yen.value()}
            case FigureKind.COMMUTING_CAR:
                return {"rows": read_distances(self.distances.text())}
            case FigureKind.MINIMUM_WAGE:
                name, wage = self.prefecture.currentData(), self.wage.value()
                return {"wages": self._further | {name: wage} if name and wage is not None else {}}

    def _last(self) -> dict[str, Any]:
        through = self.through.value()
        return {} if through is None else {"through": through}

    # --- laying out

    def _lay_out(self) -> None:
        self._day_field = FormField("valid_from", _("First day it holds"), self.day, required=True)
        self._years = QWidget()
        years = row(
            FormField("valid_from", _("Paid in the year"), self.year, required=True),
            FormField("through", _("to the year"), self.through),
            None,
            spacing=Space.L,
        )
        years.setContentsMargins(0, 0, 0, 0)
        self._years.setLayout(years)
        self.body.addWidget(self._day_field)
        self.body.addWidget(self._years)
        self._add_pages()
        self.body.addWidget(FormField("source", _("Where it was read"), self.source, required=True))
        self.body.addStretch(1)
        self._names = {field: field.name for field in self.findChildren(FormField)}

    def _add_pages(self) -> None:
        self._add_page(
            FigureKind.TAX_YEARS,
            FormField("kou_free_below", _("Column A: no tax below"), self.kou, required=True, unit=_("yen")),
            FormField(
                "otsu_flat_below", _("Column B: 3.063 % below"), self.otsu, required=True, unit=_("yen")
            ),
            FormField(
                "hei_free_below",
                _("Column C: no tax on a day below"),
                self.hei,
                support=_("Empty: not known, the program asks."),
                unit=_("yen"),
            ),
        )
        self._add_page(FigureKind.TAX_MONTHLY, self._table_field())
        self._pages[FigureKind.TAX_DAILY] = self._pages[FigureKind.TAX_MONTHLY]
        self._add_page(
            FigureKind.INSURANCE,
            FormField("per_10_000", _("Employee's share"), self.rate, required=True, unit="/1,000"),
        )
        self._add_page(
            FigureKind.COMMUTING,
            FormField("yen", _("Free of tax a month"), self.yen, required=True, unit=_("yen")),
        )
        self._add_page(
            FigureKind.COMMUTING_CAR,
            FormField(
                "rows",
                _("Kilometres one way and yen a month"),
                self.distances,
                required=True,
                support=_("One line for each distance, such as “10 7,300”."),
            ),
        )
        self._add_page(
            FigureKind.MINIMUM_WAGE,
            FormField("prefecture", _("Prefecture"), self.prefecture, required=True),
            FormField("wages", _("Minimum wage an hour"), self.wage, required=True, unit=_("yen")),
        )

    def _table_field(self) -> FormField:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.table_text)
        column.addWidget(self.read_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        support = _("Columns: from, below, then column A for 0 to 7 dependants and column B, or column C.")
        return FormField("rows", _("Table"), holder, required=True, support=support)

    def _add_page(self, kind: FigureKind, *fields: FormField) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for field in fields:
            column.addWidget(field)
        page.hide()
        self.body.addWidget(page)
        self._pages[kind] = page


def _year_edit(field: str) -> ValueEdit[int]:
    edit = ValueEdit(partial(whole_number, field=field, lowest=_FIRST_YEAR), str, width=90)
    edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return edit

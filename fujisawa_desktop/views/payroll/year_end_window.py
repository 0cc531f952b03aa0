"""支払額一覧（年間）: what was paid to whom in a calendar year, for the office that makes the 源泉徴収票."""

from __future__ import annotations

from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import N_, _, format_yen, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.paper_options import LedgerOptions
from fujisawa_desktop.services.year_end import Open, YearEnd, YearRow, payment_years, year_end
from fujisawa_desktop.services.year_end_files import YearEndWritten, save_year_end
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.payroll.register_window import CONCERNING
from fujisawa_desktop.views.payroll.saving import ask_file
from fujisawa_desktop.views.payroll.words import month_name, plain_day
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    page_column,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_HEADINGS: Final = (
    N_("Name"),
    N_("Number"),
    N_("Address"),
    N_("Term"),
    N_("Left on"),
    N_("First and last payment"),
    N_("Taxable"),
    N_("Commuting, not taxed"),
    N_("Income tax"),
    N_("Insurance"),
)
_FIGURES: Final = (6, 7, 8, 9)
_NAMED: Final = 6


class YearEndWindow(QDialog):
    """The payments of a calendar year.

    Attributes:
        found: what is shown; ``None`` until it was read.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Payments of a year"))
        self.resize(1220, 640)
        self._desk = desk
        self.found: YearEnd | None = None
        self.year = QComboBox()
        self.year.setAccessibleName(_("Year of the payments"))
        self.year.setMinimumWidth(110)
        self.notice = NoticeBar()
        self.left_open = RunningText("", "caution")
        self.sums = TextLabel("", "bold")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Payments of a year"))
        self.paper_button = SecondaryButton(_("On paper…"), self.show_paper)
        self.csv_button = SecondaryButton(_("CSV…"), partial(self.export, "csv"))
        self.excel_button = PrimaryButton(_("Excel…"), partial(self.export, "xlsx"))
        self._lay_out()
        self.year.currentIndexChanged.connect(lambda _at: self._read())
        desk.changed.connect(self._on_changed)
        desk.programme_changed.connect(self.close)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.reload)
        self._enable()
        self.reload()

    def reload(self) -> None:
        """Read again which years there are, and the one that is chosen."""
        self._desk.query(
            payment_years,
            self._show_years,
            owner=self,
            latest="year-end.years",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
        )

    def _show_years(self, years: list[int]) -> None:
        listed = years or [self._desk.today().year]
        before = self.year.currentData()
        with QSignalBlocker(self.year):
            self.year.clear()
            for year in listed:
                self.year.addItem(str(year), year)
            self.year.setCurrentIndex(max(self.year.findData(before), 0))
        self._read()

    def _read(self) -> None:
        self._desk.query(
            year_end,
            self._show,
            owner=self,
            latest="year-end.rows",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
            year=int(self.year.currentData()),
        )

    def _show(self, found: YearEnd) -> None:
        self.found = found
        headings, rows = [_(text) for text in _HEADINGS], [_cells(one) for one in found.rows]
        self.model.show_rows(headings, rows, figures=_FIGURES)
        fit_columns(self.table, headings, rows)
        people = ngettext("{count} person", "{count} people", len(found.rows)).format(count=len(found.rows))
        self.sums.setText(
            _("{people}: {taxable} yen taxable, {free} yen of commuting, {tax} yen of tax").format(
                people=people,
                taxable=format_yen(found.taxable),
                free=format_yen(found.free),
                tax=format_yen(found.tax),
            )
        )
        said = _open_text(found)
        self.left_open.set_text(said)
        self.left_open.setVisible(bool(said))
        self._enable()

    def export(self, file_format: Literal["csv", "xlsx"]) -> None:
        """Write the list as a file."""
        found = self.found
        if found is None or not self.excel_button.isEnabled():
            return
        kinds = {_("Excel (*.xlsx)"): ".xlsx"} if file_format == "xlsx" else {_("CSV (*.csv)"): ".csv"}
        name = f"支払額一覧_{found.year}.{file_format}"
        path = ask_file(self._desk.settings, self, title=_("Write the list"), name=name, kinds=kinds)
        if path is not None:
            self._desk.perform(
                save_year_end,
                on_done=self._written,
                on_error=self._say_error,
                programme_id=found.programme_id,
                year=found.year,
                file_format=file_format,
                path=path,
                actor=self._desk.actor,
            )

    def _written(self, result: YearEndWritten) -> None:
        text = ngettext(
            "Written: {file} ({count} person).", "Written: {file} ({count} people).", result.count
        )
        self.notice.show_message(text.format(file=result.path.name, count=f"{result.count:,}"), "good")

    def show_paper(self) -> None:
        """Open the list as it will be printed."""
        if self.found is not None and self.paper_button.isEnabled():
            open_papers(self._desk, "year-end", self, options=LedgerOptions(year=self.found.year))

    def _enable(self) -> None:
        ready = self.found is not None and bool(self.found.rows)
        for button in (self.paper_button, self.csv_button, self.excel_button):
            button.setEnabled(ready)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & CONCERNING or "applicant" in change.kinds:
            self.reload()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.empty.say(
            _("Nothing was paid in this year"),
            _("The list counts what was recorded as paid, by the day of payment."),
        )
        whole = page_column(
            self,
            _("Payments of a year"),
            _(
                "The basis for the office that makes the certificates of tax withheld (源泉徴収票). "
                "The year is that of the payment; My Numbers are kept nowhere here."
            ),
        )
        whole.addWidget(self.notice)
        whole.addLayout(row(TextLabel(_("Year of the payments"), "bold"), self.year, None))
        whole.addWidget(self.left_open)
        whole.addWidget(self.table, 1)
        whole.addLayout(row(self.sums, None, self.paper_button, self.csv_button, self.excel_button))
        self.left_open.hide()


def _cells(one: YearRow) -> tuple[str, ...]:
    term = _("{first} – {last}").format(first=plain_day(one.term_from), last=plain_day(one.term_until))
    paid = plain_day(one.first_paid)
    if one.last_paid != one.first_paid:
        paid = _("{first} – {last}").format(first=paid, last=plain_day(one.last_paid))
    return (
        one.name,
        one.number,
        one.address,
        term,
        plain_day(one.left_on) if one.left_on else "",
        paid,
        *map(format_yen, (one.taxable, one.free, one.tax, one.insurance)),
    )


def _open_text(found: YearEnd) -> str:
    said = []
    if found.unpaid:
        said.append(
            _("Computed but not paid, so not in the list: {people}").format(people=_named(found.unpaid))
        )
    if found.differing:
        said.append(_("Paid otherwise than computed: {people}").format(people=_named(found.differing)))
    return "\n".join(said)


def _named(listed: tuple[Open, ...]) -> str:
    people = [
        _("{name} ({month}, {yen} yen)").format(
            name=one.name, month=month_name(one.year, one.month), yen=format_yen(one.yen)
        )
        for one in listed[:_NAMED]
    ]
    if len(listed) > _NAMED:
        people.append(_("{count} more").format(count=len(listed) - _NAMED))
    return _(", ").join(people)

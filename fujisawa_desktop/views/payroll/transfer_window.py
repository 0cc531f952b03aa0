"""振込データ: what the file for the bank will hold, who keeps it from being written, and writing it."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_datetime, format_yen, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.consignor import consignor_form
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.paper_options import LedgerOptions
from fujisawa_desktop.services.pay_totals import totals_of
from fujisawa_desktop.services.payments import PaymentResult
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.transfer_file import (
    TransferRow,
    TransferView,
    TransferWritten,
    transfer_view,
    write_transfer,
)
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.payroll.appointment_window import AppointmentWindow
from fujisawa_desktop.views.payroll.consignor_dialog import consignor_dialog
from fujisawa_desktop.views.payroll.payment_dialog import PaymentDialog
from fujisawa_desktop.views.payroll.register_window import CONCERNING
from fujisawa_desktop.views.payroll.saving import ask_file
from fujisawa_desktop.views.payroll.totals_strip import TotalsStrip
from fujisawa_desktop.views.payroll.transfer_rows import (
    AMOUNT,
    HEADINGS,
    STATE,
    cells_of,
    cells_of_paid,
    pills_of,
    pills_of_paid,
    sentences_of,
    why_not,
)
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

_WIDEST: Final = 210
_NAMED: Final = 6


class TransferWindow(QDialog):
    """Shows the transfers of a month, lets people be left out, and writes the file.

    Attributes:
        view: what is shown; ``None`` until it was read.
        left_out: appointments that the clerk leaves out.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, year: int, month: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Transfers"))
        self.resize(1220, 720)
        self._desk = desk
        self._month = (year, month)
        self.view: TransferView | None = None
        self.left_out: frozenset[int] = frozenset()
        self.pay_date: ValueEdit[date] = ValueEdit(parse_date, format_date, width=180)
        self.orderer = RunningText("", "neutral")
        self.orderer_button = SecondaryButton(_("Consignor…"), self.edit_consignor)
        self.earlier = RunningText("", "caution")
        self.notice = NoticeBar()
        self.model = PillTableModel(STATE, self)
        self.table = pill_table(_("Transfers of the month"), self.model, STATE)
        self.why = RunningText("", "wrong")
        self.leave_button = SecondaryButton(_("Leave out"), partial(self.leave, out=True))
        self.back_button = SecondaryButton(_("Put back in"), partial(self.leave, out=False))
        self.account_button = SecondaryButton(_("Account of this person…"), self.show_account)
        self.strip = TotalsStrip()
        self.advice = RunningText("", "caution")
        self.paper_button = SecondaryButton(_("List to sign…"), self.show_paper)
        self.paid_button = SecondaryButton(_("Mark as paid…"), self.mark_paid)
        self.write_button = PrimaryButton(_("Write the bank file…"), self.write)
        self._lay_out()
        self._connect()
        self._enable()
        self.reload()

    # --- reading

    def reload(self) -> None:
        """Read the month again."""
        year, month = self._month
        self._desk.query(
            transfer_view,
            self._show,
            owner=self,
            latest="transfer.rows",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
        )

    def _show(self, view: TransferView) -> None:
        first = self.view is None
        self.view = view
        self.left_out &= {one.appointment_id for one in view.rows}
        if first and view.pay_date is not None:
            self.pay_date.set_value(view.pay_date)
        self._show_orderer(view)
        self._show_earlier(view)
        self.strip.show_totals(totals_of(view))
        self._fill()
        if first:
            self.table.setFocus()

    def _show_orderer(self, view: TransferView) -> None:
        one = view.consignor
        if one is None:
            self.orderer.set_text(_("The consignor is not entered yet."))
            return
        self.orderer.set_text(
            _("{name} ({code}), from {bank} {branch}").format(
                name=one.name_kana, code=one.code, bank=one.bank_kana, branch=one.branch_kana
            )
        )

    def _show_earlier(self, view: TransferView) -> None:
        """Say that a file was written before: sent twice, it would pay twice."""
        self.earlier.setVisible(bool(view.written and view.rows))
        if not view.written:
            return
        last = view.written[0]
        text = ngettext(
            "A file of this month was written on {at}: {count} person, {yen} yen. If it went to the bank, "
            "record the payment before another file is written.",
            "A file of this month was written on {at}: {count} people, {yen} yen. If it went to the bank, "
            "record the payments before another file is written.",
            last.count,
        )
        self.earlier.set_text(
            text.format(at=format_datetime(last.at), count=f"{last.count:,}", yen=format_yen(last.yen))
        )

    def _fill(self) -> None:
        view = self.view
        if view is None:
            return
        chosen = self.table.selected_rows()
        rows = [*map(cells_of, view.rows), *map(cells_of_paid, self._paid())]
        pills = [*(pills_of(one, self.left_out) for one in view.rows), *map(pills_of_paid, self._paid())]
        headings = [_(heading) for heading in HEADINGS]
        first = not self.model.columnCount()
        self.model.show_pills(headings, rows, pills, figures=(AMOUNT,))
        if first:
            fit_columns(self.table, headings, rows, widest=_WIDEST)
        if chosen and chosen[0] < len(rows):
            self.table.select_row(chosen[0])
        elif rows:
            self.table.select_row(0)
        self._on_row()
        self._enable()

    def _paid(self) -> list[StatedPay]:
        view = self.view
        if view is None:
            return []
        listed = {one.appointment_id for one in view.rows}
        return [one for one in view.paid if one.appointment_id not in listed]

    def chosen(self) -> list[TransferRow]:
        """Return the people chosen who are not paid yet."""
        rows = self.view.rows if self.view is not None else ()
        return [rows[at] for at in self.table.selected_rows() if at < len(rows)]

    # --- acts

    def leave(self, *, out: bool) -> None:
        """Leave the people chosen out of the file, or put them back in."""
        ids = {one.appointment_id for one in self.chosen()}
        self.left_out = self.left_out | ids if out else self.left_out - ids
        self._fill()

    def edit_consignor(self) -> None:
        """Let the clerk enter who orders the transfers."""
        self._desk.query(
            consignor_form,
            lambda form: consignor_dialog(self._desk, self, form),
            owner=self,
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
        )

    def show_account(self) -> None:
        """Open the appointment of the person chosen where the account is entered and compared."""
        if chosen := self.chosen():
            window = AppointmentWindow(self._desk, self)
            window.show_person(chosen[0].appointment_id, "account")
            window.show()

    def mark_paid(self) -> None:
        """Let the clerk record that the pay was paid."""
        dialog = PaymentDialog(self._desk, self, month=self._month)
        dialog.paid.connect(self._marked)
        dialog.open()

    def _marked(self, result: PaymentResult) -> None:
        count = len(result.numbers)
        text = ngettext("Marked as paid: {count} person.", "Marked as paid: {count} people.", count)
        self.notice.show_message(text.format(count=f"{count:,}"), "good")

    def show_paper(self) -> None:
        """Open the list that is signed before the file goes out."""
        options = LedgerOptions(pay_date=self._day(), left_out=self.left_out)
        open_papers(self._desk, "transfer-list", self, year_month=self._month, options=options)

    def write(self) -> None:
        """Write the file to a place the person names."""
        view = self.view
        if view is None or not self.write_button.isEnabled():
            return
        day = self._day()
        if day is None:
            self.day_field.set_error(texts.message_for("field.required", {}))
            self.pay_date.setFocus()
            return
        year, month = self._month
        path = ask_file(
            self._desk.settings,
            self,
            title=_("Write the file for the bank"),
            name=f"振込データ_{year}-{month:02d}.txt",
            kinds={_("Bank transfer file (*.txt *)"): ".txt"},
            any_ending=True,
        )
        if path is not None:
            self._write(view, day, path)

    def _write(self, view: TransferView, day: date, path: Path) -> None:
        self._desk.perform(
            write_transfer,
            on_done=self._written,
            on_error=self._not_written,
            programme_id=view.programme_id,
            year=view.year,
            month=view.month,
            pay_date=day,
            path=path,
            today=self._desk.today(),
            left_out=self.left_out,
            expected=view.contents(self.left_out),
            actor=self._desk.actor,
        )

    def _written(self, result: TransferWritten) -> None:
        count = result.contents.count
        text = ngettext(
            "Written: {file}, {count} person, {yen} yen.",
            "Written: {file}, {count} people, {yen} yen.",
            count,
        ).format(file=result.path.name, count=f"{count:,}", yen=format_yen(result.contents.yen))
        if result.left_out:
            names = [one.name for one in result.left_out[:_NAMED]]
            if len(result.left_out) > _NAMED:
                names.append(_("{count} more").format(count=len(result.left_out) - _NAMED))
            text = _("{written} Not in it: {people}.").format(written=text, people=_(", ").join(names))
        self.notice.show_message(text, "caution" if result.left_out else "good")
        self.reload()

    def _not_written(self, error: Exception) -> None:
        if getattr(error, "code", "").startswith("transfer.date"):
            self.day_field.set_error(texts.message(error))
            self.pay_date.setFocus()
            return
        self._say_error(error)
        self.reload()

    def _day(self) -> date | None:
        try:
            return self.pay_date.value()
        except ValidationError as error:
            self.day_field.set_error(texts.message(error))
            return None

    # --- the window

    def _on_row(self) -> None:
        chosen = self.chosen()
        said = sentences_of(chosen[0]) if chosen else ""
        self.why.set_text(said)
        self.why.setVisible(bool(said))
        ids = {one.appointment_id for one in chosen}
        self.leave_button.setEnabled(bool(ids - self.left_out))
        self.account_button.setEnabled(len(chosen) == 1)
        self.back_button.setEnabled(bool(ids & self.left_out))

    def _enable(self) -> None:
        view = self.view
        said = why_not(view, self.left_out) if view is not None else ""
        self.advice.set_text(said)
        self.advice.setVisible(bool(said))
        self.write_button.setEnabled(view is not None and not said and not self._desk.read_only)
        self.paper_button.setEnabled(view is not None and bool(view.in_file(self.left_out) or view.paid))
        self.orderer_button.setEnabled(view is not None)
        self.paid_button.setEnabled(view is not None and bool(view.rows) and not self._desk.read_only)

    def _undo(self) -> None:
        if not self._desk.read_only:
            self._desk.perform(undo, on_error=self._say_error, actor=self._desk.actor)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & CONCERNING:
            self.reload()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _connect(self) -> None:
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._on_row())
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self.close)
        for keys, place, act in (
            ("F5", self, self.reload),
            ("Ctrl+Z", self, self._undo),
            ("Del", self.table, partial(self.leave, out=True)),
            ("Ins", self.table, partial(self.leave, out=False)),
        ):
            QShortcut(QKeySequence(keys), place).activated.connect(act)

    def _lay_out(self) -> None:
        self.table.empty.say(
            _("Nobody is to be paid"),
            _("Once the pay of the month is computed, the transfers stand here."),
        )
        self.day_field = FormField("pay_date", _("Day of payment"), self.pay_date, required=True)
        orderer = QVBoxLayout()
        orderer.setSpacing(Space.XS)
        orderer.addWidget(TextLabel(_("Consignor"), "bold"))
        orderer.addWidget(self.orderer)
        head = row(spacing=Space.L)
        head.addWidget(self.day_field)
        head.addLayout(orderer, 1)
        head.addWidget(self.orderer_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        title = _("Transfers of the pay of {month}").format(month=month_name(*self._month))
        whole.addWidget(TextLabel(title, "title"))
        whole.addWidget(self.notice)
        whole.addLayout(head)
        whole.addWidget(self.earlier)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.why)
        whole.addLayout(row(self.leave_button, self.back_button, None, self.account_button))
        whole.addWidget(self.strip)
        whole.addWidget(self.advice)
        whole.addLayout(row(self.paid_button, None, self.paper_button, self.write_button))
        for hidden in (self.earlier, self.why, self.advice):
            hidden.hide()

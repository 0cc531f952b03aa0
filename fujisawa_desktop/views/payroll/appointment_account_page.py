"""口座: where the pay of one person goes, in the signs that a bank reads."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.rules.transfer import ACCOUNT_KINDS, yucho_account
from fujisawa_desktop.services.accounts import AccountForm, account_form, save_account
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_page import PersonPage, scrolled
from fujisawa_desktop.views.payroll.appointment_saving import account_removed
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    Panel,
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    commit_typing,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_FIRST: Final = frozenset({"bank_code", "branch_code", "employee_code"})
"""Fields at the left, under one another."""
_FIRST_WIDTH: Final = 150


class AccountPage(PersonPage):
    """The account of one person.

    Attributes:
        edits: what is typed into, by the name of the field.
        compared: a clerk compared the account with the paper.
        symbol, number: 記号 and 番号 of a passbook of ゆうちょ銀行.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._form: AccountForm | None = None
        self._may_write = False
        widths = {
            "bank_code": 70,
            "bank_kana": 200,
            "branch_code": 60,
            "branch_kana": 200,
            "account_number": 100,
            "holder_kana": 300,
            "employee_code": 110,
            "unit_code": 110,
        }
        self.edits: dict[str, LineEdit] = {}
        for name, width in widths.items():
            self.edits[name] = LineEdit()
            self.edits[name].setFixedWidth(width)
        self.kind = QComboBox()
        for kind in ACCOUNT_KINDS:
            self.kind.addItem(texts.term("account_kind", kind), kind)
        self.compared = QCheckBox(_("I have compared it with the paper, digit by digit"))
        self.symbol, self.number = LineEdit(), LineEdit()
        for edit, width in ((self.symbol, 90), (self.number, 120)):
            edit.setFixedWidth(width)
        self.turn_button = SecondaryButton(_("Fill in for transfers"), self.turn)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.remove_button = SecondaryButton(_("Remove the account"), self.remove)
        self.state = Pill("")
        self._lay_out()
        for edit in self.edits.values():
            edit.textEdited.connect(lambda _text: self.compared.setChecked(False))

    def typed(self) -> object:
        """Return what stands in the fields."""
        return (
            *(edit.text() for edit in self.edits.values()),
            self.kind.currentData(),
            self.compared.isChecked(),
        )

    def turn(self) -> None:
        """Turn 記号 and 番号 into branch and number for transfers; the person compares them."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        try:
            found = yucho_account(self.symbol.text(), self.number.text())
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        for name in ("bank_code", "bank_kana", "branch_code", "branch_kana", "account_number"):
            self.edits[name].setText(getattr(found, name))
        self.kind.setCurrentIndex(self.kind.findData(found.account_kind))
        self.compared.setChecked(False)
        self.edits["holder_kana"].setFocus()

    def save(self) -> None:
        """Store the account; a refusal is shown beside its field."""
        if self._form is None or not self.save_button.isEnabled():
            return
        commit_typing()
        self._desk.notifier.clear_fields(self)
        typed: dict[str, Any] = {name: edit.text() for name, edit in self.edits.items()}
        form = replace(self._form, account_kind=int(self.kind.currentData()), confirmed_at=None, **typed)
        self.sent()
        self.record.save(form, more={"typed": form, "compared": self.compared.isChecked()})

    def _open(self, form: AccountForm) -> None:
        """Watch the account as it was read."""
        self.record.open(
            Saving(
                _save_account,
                base=form,
                read=partial(account_form, appointment_id=form.appointment_id),
                row=RowOf("transfer_account", where=(("appointment_id", form.appointment_id),)),
                words=FormWords(self),
                owner=self,
                on_done=self._saved,
                on_error=self._refused,
                aside=frozenset({"confirmed_at"}),
            )
        )

    def remove(self) -> None:
        """Remove the account; undo brings it back."""
        if self._form is not None:
            do_beside_others(
                self._desk,
                account_removed(
                    self._form,
                    self,
                    on_done=lambda _change: self.done.emit(_("The account is removed."), "good"),
                    on_error=self._refused,
                ),
            )

    def _saved(self, change: ChangeSet) -> None:
        self.stored()
        if not change.changed:
            self.done.emit(_("Nothing was changed."), "key")
        elif self.compared.isChecked():
            self.done.emit(_("The account is saved, and it was compared with the paper."), "good")
        else:
            self.done.emit(
                _("The account is saved. Nothing is transferred to it before it is compared with the paper."),
                "caution",
            )

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
        else:
            self.failed.emit(error)

    def fill(self, view: AppointmentView, *, may_write: bool) -> None:
        """Read the account of this person."""
        self._may_write = may_write
        self._show(AccountForm(appointment_id=view.member.appointment_id), is_read=False)
        self._desk.query(
            account_form,
            self._show,
            owner=self,
            latest="appointment.account",
            appointment_id=view.member.appointment_id,
        )

    def _show(self, form: AccountForm, *, is_read: bool = True) -> None:
        self._desk.notifier.clear_fields(self)
        self._form = form
        for name, edit in self.edits.items():
            edit.setText(str(getattr(form, name)))
        self.kind.setCurrentIndex(self.kind.findData(form.account_kind))
        self.compared.setChecked(form.confirmed_at is not None)
        self.symbol.clear()
        self.number.clear()
        self._say_state(form)
        self.save_button.setEnabled(self._may_write and is_read)
        self.turn_button.setEnabled(self._may_write and is_read)
        self.remove_button.setEnabled(self._may_write and bool(form.version))
        self._clean = self.typed()
        if is_read:
            self._open(form)

    def _say_state(self, form: AccountForm) -> None:
        if not form.version:
            self.state.set(_("No account yet"), "caution")
        elif form.confirmed_at is None:
            self.state.set(_("Not compared yet"), "caution")
        else:
            self.state.set(_("Compared {at}").format(at=format_datetime(form.confirmed_at)), "good")

    # --- laying out

    def _lay_out(self) -> None:
        account = Panel(_("Where the pay goes"), margin=Space.M)
        account.header.addWidget(self.state)
        account.body.setSpacing(Space.M)
        account.body.addWidget(
            RunningText(
                _(
                    "Kana and digits may be typed wide or narrow; they are kept as a bank reads them. "
                    "What a bank refuses is refused here, and nothing is cut."
                ),
                "neutral",
            )
        )
        field = self._field
        kind = FormField("account_kind", _("Kind of account"), self.kind)
        kind.setFixedWidth(_FIRST_WIDTH)
        account.body.addLayout(
            row(field("bank_code", _("Bank code")), field("bank_kana", _("Bank, in kana")), None)
        )
        account.body.addLayout(
            row(field("branch_code", _("Branch code")), field("branch_kana", _("Branch, in kana")), None)
        )
        account.body.addLayout(
            row(
                kind,
                field("account_number", _("Account number")),
                None,
            )
        )
        account.body.addWidget(field("holder_kana", _("Holder, in kana")))
        account.body.addLayout(
            row(
                field("employee_code", _("Employee number"), required=False),
                field("unit_code", _("Department code"), required=False),
                None,
            )
        )
        account.body.addWidget(self.compared)
        sheet = QWidget()
        line = QHBoxLayout(sheet)
        line.setContentsMargins(0, 0, Space.S, 0)
        line.setSpacing(Space.M)
        line.addWidget(account, 3, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._yucho_panel(), 2, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addWidget(self.record.hint)
        whole.addWidget(scrolled(sheet), 1)
        whole.addLayout(row(self.remove_button, None, self.save_button))

    def _yucho_panel(self) -> Panel:
        panel = Panel(_("From a passbook of Japan Post Bank"), margin=Space.M)
        hint = _("Symbol and number become branch and account for transfers. Compare them with the paper.")
        panel.body.addWidget(RunningText(hint, "neutral"))
        symbol = FormField("symbol", _("Symbol (記号)"), self.symbol)
        number = FormField("number", _("Number (番号)"), self.number)
        panel.body.addLayout(row(symbol, number, None, spacing=Space.M))
        panel.body.addLayout(row(self.turn_button, None))
        return panel

    def _field(self, name: str, label: str, *, required: bool = True) -> FormField:
        found = FormField(name, label, self.edits[name], required=required)
        if name in _FIRST:
            found.setFixedWidth(_FIRST_WIDTH)
        return found


def _save_account(
    database: Database, *, form: AccountForm, typed: AccountForm, compared: bool, actor: str | None
) -> ChangeSet:
    """Store an account; it was compared with the paper only if every sign is still the typed one."""
    as_typed = replace(form, version=typed.version, confirmed_at=None) == typed
    return save_account(database, form=form, confirmed=compared and as_typed, actor=actor)

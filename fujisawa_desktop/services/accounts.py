"""振込先口座 of appointed people, as a bank reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError
from fujisawa_desktop.models import Appointment, TransferAccount
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.rules.transfer import (
    NAME_LENGTH,
    PLACE_LENGTH,
    Transfer,
    bank_text,
    check_account,
    check_code,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import integrity_as_conflict, unit_of_work

_NOT_STORED: Final = 0
_COLUMNS: Final = (
    "bank_code",
    "bank_kana",
    "branch_code",
    "branch_kana",
    "account_kind",
    "account_number",
    "holder_kana",
    "employee_code",
    "unit_code",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountForm:
    """The account of one person; ``version`` is 0 while none is stored.

    Attributes:
        account_kind: 1 普通, 2 当座.
        employee_code, unit_code: 社員番号 and 所属コード of the file for the bank, or nothing.
        confirmed_at: when a clerk compared it with the paper; None until then.
    """

    appointment_id: int
    version: int = _NOT_STORED
    bank_code: str = ""
    bank_kana: str = ""
    branch_code: str = ""
    branch_kana: str = ""
    account_kind: int = 1
    account_number: str = ""
    holder_kana: str = ""
    employee_code: str = ""
    unit_code: str = ""
    confirmed_at: datetime | None = None


def account_form(database: Database, *, appointment_id: int) -> AccountForm:
    """Return the account of one person, empty while none is stored.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        if session.get(Appointment, appointment_id) is None:
            raise NotFoundError("appointment.missing")
        row = session.scalar(select(TransferAccount).where(TransferAccount.appointment_id == appointment_id))
        return AccountForm(appointment_id=appointment_id) if row is None else _form(row)


def save_account(
    database: Database, *, form: AccountForm, confirmed: bool, actor: str | None = None
) -> ChangeSet:
    """Store the account of one person, written as the bank reads it.

    Args:
        database: the open database.
        form: as it was typed: full-width kana and digits, hiragana.
        confirmed: a clerk compared it with the paper.  An account that changes has to be compared
            again, and a number of fewer than seven digits is taken only so.
        actor: who does it.

    Raises:
        ValidationError: a field is not what a bank accepts (:mod:`fujisawa_desktop.rules.transfer`);
            nothing is cut.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    values = bank_values(form, confirmed=confirmed)
    with unit_of_work(database, "account.save", actor=actor) as work, integrity_as_conflict():
        appointment = work.session.get(Appointment, form.appointment_id)
        if appointment is None:
            raise NotFoundError("appointment.missing")
        known = work.session.scalar(
            select(TransferAccount).where(TransferAccount.appointment_id == form.appointment_id)
        )
        if (known.version if known is not None else _NOT_STORED) != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        before = _values(known) if known is not None else None
        row = known or TransferAccount(appointment_id=form.appointment_id)
        work.session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        if not confirmed:
            row.confirmed_at = None
        elif before != values or row.confirmed_at is None:
            row.confirmed_at = work.now
        work.concerns("applicant", appointment.applicant_id)
        return work.commit()


def remove_account(
    database: Database, *, appointment_id: int, version: int, actor: str | None = None
) -> ChangeSet:
    """Remove the account of one person.

    Raises:
        RuleError: ``account.none``; none is stored.
        ConflictError: somebody else changed it meanwhile.
        NotFoundError: ``appointment.missing``.
    """
    with unit_of_work(database, "account.remove", actor=actor) as work, integrity_as_conflict():
        appointment = work.session.get(Appointment, appointment_id)
        if appointment is None:
            raise NotFoundError("appointment.missing")
        row = work.session.scalar(
            select(TransferAccount).where(TransferAccount.appointment_id == appointment_id)
        )
        if row is None:
            raise RuleError("account.none")
        if row.version != version:
            raise ConflictError("conflict.changed-meanwhile")
        work.session.delete(row)
        work.concerns("applicant", appointment.applicant_id)
        return work.commit()


def bank_values(form: AccountForm, *, confirmed: bool) -> dict[str, str | int]:
    """Return the account as the bank reads it, by column.

    Raises:
        ValidationError: as :func:`save_account`.
    """
    values: dict[str, str | int] = {
        "bank_code": check_code(form.bank_code, 4, "bank_code"),
        "bank_kana": bank_text(form.bank_kana, PLACE_LENGTH, "bank_kana"),
        "branch_code": check_code(form.branch_code, 3, "branch_code"),
        "branch_kana": bank_text(form.branch_kana, PLACE_LENGTH, "branch_kana"),
        "account_kind": form.account_kind,
        "account_number": check_account(form.account_number, confirmed=confirmed),
        "holder_kana": bank_text(form.holder_kana, NAME_LENGTH, "holder_kana"),
        "employee_code": half_width(form.employee_code),
        "unit_code": half_width(form.unit_code),
    }
    Transfer(**values, amount=0)  # type: ignore[arg-type]  # refuses what is left, such as long codes
    return values


def _values(row: TransferAccount) -> dict[str, str | int]:
    return {name: getattr(row, name) for name in _COLUMNS}


def _form(row: TransferAccount) -> AccountForm:
    return AccountForm(
        **_values(row),  # type: ignore[arg-type]
        appointment_id=row.appointment_id,
        version=row.version,
        confirmed_at=row.confirmed_at,
    )

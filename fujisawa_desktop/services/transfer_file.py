"""振込データ: the file that tells the bank whom to pay, from stored and unpaid statements.

Nobody is left out silently, and nobody is paid twice: whoever cannot be paid by the file is named with
the reason, and the file is written only when no such person is left or the clerk has left them out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.zengin import Contents, contents_of, zengin_bytes
from fujisawa_desktop.models import EntryKind, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.transfer import (
    Consignor,
    Transfer,
    check_pay_date,
    previous_bank_day,
    transfer_records,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.consignor import stored_consignor
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.register import NOT_STATED, Register, register_in
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.unit_of_work import unit_of_work

NO_ACCOUNT: Final = "transfer-file.no-account"
NOT_CONFIRMED: Final = "transfer-file.not-confirmed"
NOT_CLOSED: Final = "transfer-file.not-closed"
NOTHING: Final = "transfer-file.nothing"
PAID_DIFFERS: Final = "transfer-file.paid-differs"
LABEL: Final = "transfer-file.written"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody cannot be paid by the file; a code of ``texts`` with its parameters."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One person of the month who is not paid yet.

    Attributes:
        stated: the statement; ``None`` for somebody whose pay was not stated.
        transfer: what goes to the bank once nothing stands against it; ``None`` where it cannot be told.
        obstacles: why somebody cannot be paid by the file now.
        nothing: there is nothing to pay: no record, and no obstacle either.
    """

    appointment_id: int
    number: str
    name: str
    stated: StatedPay | None
    transfer: Transfer | None
    obstacles: tuple[Obstacle, ...]
    nothing: bool = False

    @property
    def yen(self) -> int | None:
        """What was stated."""
        return None if self.stated is None else self.stated.net


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the same month that was written before."""

    at: datetime
    actor: str
    count: int
    yen: int
    pay_date: date | None


@dataclass(frozen=True, slots=True)
class TransferView:
    """What the file of a month would hold.

    Attributes:
        pay_date: the day that the statements name, on or before which banks work; ``None`` for none.
        consignor: who orders the transfers; ``None`` until somebody entered it.
        rows: who is not paid yet, in the order of kana.
        paid: who is.
        written: files written before, the newest first.
        register: the statements the rows come from.
    """

    programme_id: int
    year: int
    month: int
    pay_date: date | None
    consignor: Consignor | None
    rows: tuple[TransferRow, ...]
    paid: tuple[StatedPay, ...]
    written: tuple[WrittenFile, ...]
    register: Register

    def obstructed(self, left_out: Collection[int] = ()) -> tuple[TransferRow, ...]:
        """Return who still keeps the file from being written."""
        return tuple(row for row in self.rows if row.obstacles and row.appointment_id not in left_out)

    def in_file(self, left_out: Collection[int] = ()) -> tuple[TransferRow, ...]:
        """Return who is paid by the file."""
        return tuple(
            row
            for row in self.rows
            if row.transfer is not None and not row.obstacles and row.appointment_id not in left_out
        )

    def contents(self, left_out: Collection[int] = ()) -> Contents:
        """Return what the file comes to."""
        amounts = [row.transfer.amount for row in self.in_file(left_out) if row.transfer is not None]
        return Contents(len(amounts), sum(amounts))


@dataclass(frozen=True, slots=True)
class TransferMade:
    """A file that was made and recorded.

    Attributes:
        left_out: who is not in it: left out by the clerk, or with nothing to be paid.
        sha256: of the file.
    """

    change: ChangeSet
    contents: Contents
    left_out: tuple[TransferRow, ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class TransferWritten(TransferMade):
    """A file that was written."""

    path: Path


@dataclass(frozen=True, slots=True)
class TransferHanded(TransferMade):
    """A file that stands nowhere: ``data`` is for an output."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class _File:
    """The bytes of a file, what they come to, and from what they were made."""

    view: TransferView
    data: bytes
    contents: Contents
    pay_date: date

    def told(self) -> dict[str, object]:
        """What the journal says of it: no name, and no account."""
        return {
            "programme_id": self.view.programme_id,
            "year": self.view.year,
            "month": self.view.month,
            "count": self.contents.count,
            "total_yen": self.contents.yen,
            "pay_date": self.pay_date.isoformat(),
            "sha256": self.sha256,
        }

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def others(self, left_out: Collection[int]) -> tuple[TransferRow, ...]:
        """Return who is not in it."""
        inside = {row.appointment_id for row in self.view.in_file(left_out)}
        return tuple(row for row in self.view.rows if row.appointment_id not in inside)


def transfer_view(database: Database, *, programme_id: int, year: int, month: int) -> TransferView:
    """Return what the file of a month would hold, and who keeps it from being written.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``pay.no-rate`` when somebody worked before the first rate begins.
    """
    with database.read() as session:
        return transfer_view_in(session, database, programme_id, year, month)


def transfer_view_in(
    session: Session, database: Database, programme_id: int, year: int, month: int
) -> TransferView:
    """Return the same, for services that hold a session."""
    register = register_in(session, database, programme_id, year, month)
    consignor = stored_consignor(session, programme_id)
    return TransferView(
        programme_id=programme_id,
        year=year,
        month=month,
        pay_date=_named_day(register),
        consignor=consignor,
        rows=tuple(_rows(register, allows_wo=consignor is not None and consignor.allows_wo)),
        paid=tuple(row for row in register.rows if row.paid is not None),
        written=_written(session, programme_id, year, month),
        register=register,
    )


def write_transfer(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    pay_date: date,
    path: Path,
    today: date,
    left_out: Collection[int] = (),
    expected: Contents | None = None,
    actor: str | None = None,
) -> TransferWritten:
    """Write the file for the bank and record that it was written, both or neither.

    Args:
        database: the open database.
        programme_id: the programme.
        year: calendar year of the work.
        month: month of the work.
        pay_date: day of payment.
        path: the file.
        today: a day before it is refused.
        left_out: appointments that a clerk leaves out.
        expected: what the clerk saw; anything else is refused.
        actor: who writes it.

    Raises:
        RuleError: ``transfer-file.no-consignor``, ``transfer-file.obstacles`` while somebody cannot be paid
            and is not left out, ``transfer.nothing``, or a code of `check_pay_date`.
        ConflictError: ``transfer-file.changed``, the rows are no longer those that were seen.
        StorageError: the file cannot be written, or the act not be recorded.
    """
    check_pay_date(pay_date, today=today)
    with (
        FileSet(path.parent) as files,
        unit_of_work(database, LABEL, actor=actor, kind=EntryKind.ISSUED) as work,
    ):
        view = transfer_view_in(work.session, database, programme_id, year, month)
        made = _file(view, pay_date, left_out)
        now = made.contents
        if expected is not None and now != expected:
            raise ConflictError("transfer-file.changed", count=now.count, total_yen=now.yen)
        files.add(path.name, made.data)
        change = let_out(work, files, **made.told())
    return TransferWritten(change, now, made.others(left_out), made.sha256, path)


def hand_out_transfer(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    pay_date: date,
    today: date,
    left_out: Collection[int] = (),
    actor: str | None = None,
) -> TransferHanded:
    """Record the file for the bank and return its bytes, for an output: it stands in no folder.

    What goes to an output cannot be called back, so it is recorded before.

    Raises:
        RuleError, ConflictError, StorageError: as `write_transfer`.
    """
    check_pay_date(pay_date, today=today)
    with unit_of_work(database, LABEL, actor=actor, kind=EntryKind.ISSUED) as work:
        made = _file(transfer_view_in(work.session, database, programme_id, year, month), pay_date, left_out)
        change = work.commit(**made.told())
    return TransferHanded(change, made.contents, made.others(left_out), made.sha256, made.data)


def numbers_left_out(view: TransferView, numbers: Collection[str]) -> frozenset[int]:
    """Return the appointments that the numbers name.

    Raises:
        NotFoundError: ``transfer-file.unknown-number``.
    """
    known = {row.number: row.appointment_id for row in view.rows}
    unknown = [number for number in numbers if number not in known]
    if unknown:
        raise NotFoundError("transfer-file.unknown-number", numbers=unknown, year=view.year, month=view.month)
    return frozenset(known[number] for number in numbers)


def _file(view: TransferView, pay_date: date, left_out: Collection[int]) -> _File:
    """Return the file, read again to make sure that it says what was meant."""
    if view.consignor is None:
        raise RuleError("transfer-file.no-consignor")
    stopped = view.obstructed(left_out)
    if stopped:
        people = [f"{row.number} {row.name}" for row in stopped]
        raise RuleError("transfer-file.obstacles", people=people, count=len(stopped))
    transfers = [row.transfer for row in view.in_file(left_out) if row.transfer is not None]
    records = transfer_records(view.consignor, transfers, pay_date=pay_date)
    data = zengin_bytes(records.lines, view.consignor.signs_after_record)
    contents = contents_of(data)
    if contents != view.contents(left_out):
        raise ValueError("contents")
    return _File(view, data, contents, pay_date)


def _named_day(register: Register) -> date | None:
    """Return the earliest day that unpaid statements name, moved before days without banks."""
    named = [row.pay_day for row in register.rows if row.pay_day is not None and row.paid is None]
    return previous_bank_day(min(named)) if named else None


def _rows(register: Register, *, allows_wo: bool) -> list[TransferRow]:
    """Return who is not paid yet: the statements, then those who have none."""
    rows: list[TransferRow] = []
    for stated in register.rows:
        obstacles = [Obstacle(doubt.code) for doubt in register.doubts_of(stated.appointment_id)]
        if stated.paid is None:
            is_open = stated.appointment_id in register.hours_open
            rows.append(_row(stated, obstacles, allows_wo=allows_wo, is_open=is_open))
        elif stated.paid.yen != stated.net:
            params = {"paid_yen": stated.paid.yen, "net_yen": stated.net}
            rows.append(_refused(stated, [Obstacle(PAID_DIFFERS, params)]))
    rows += [
        TransferRow(doubt.appointment_id, doubt.number, doubt.name, None, None, (Obstacle(doubt.code),))
        for doubt in register.doubts
        if doubt.code == NOT_STATED
    ]
    return rows


def _row(stated: StatedPay, obstacles: list[Obstacle], *, allows_wo: bool, is_open: bool) -> TransferRow:
    if stated.net == 0 and not obstacles:
        return TransferRow(stated.appointment_id, stated.number, stated.name, stated, None, (), nothing=True)
    account = stated.account
    if account is None:
        return _refused(stated, [*obstacles, Obstacle(NO_ACCOUNT)])
    if not account.confirmed:
        obstacles = [*obstacles, Obstacle(NOT_CONFIRMED)]
    try:
        transfer = Transfer(
            bank_code=account.bank_code,
            bank_kana=account.bank_kana,
            branch_code=account.branch_code,
            branch_kana=account.branch_kana,
            account_kind=account.account_kind,
            account_number=account.account_number,
            holder_kana=account.holder_kana,
            amount=stated.net,
            employee_code=account.employee_code,
            unit_code=account.unit_code,
            allows_wo=allows_wo,
        )
    except ValidationError as error:
        return _refused(stated, [*obstacles, Obstacle(error.code, error.params)])
    if obstacles:
        return _refused(stated, obstacles)
    waiting = (Obstacle(NOT_CLOSED),) if is_open else ()
    return TransferRow(stated.appointment_id, stated.number, stated.name, stated, transfer, waiting)


def _refused(stated: StatedPay, obstacles: list[Obstacle]) -> TransferRow:
    return TransferRow(stated.appointment_id, stated.number, stated.name, stated, None, tuple(obstacles))


def _written(session: Session, programme_id: int, year: int, month: int) -> tuple[WrittenFile, ...]:
    query = select(JournalEntry).where(JournalEntry.label == LABEL).order_by(JournalEntry.seq.desc())
    found = []
    for entry in session.scalars(query):
        told = entry.params
        if (told.get("programme_id"), told.get("year"), told.get("month")) == (programme_id, year, month):
            paid_on = told.get("pay_date")
            found.append(
                WrittenFile(
                    entry.at,
                    entry.actor,
                    int(told["count"]),
                    int(told["total_yen"]),
                    date.fromisoformat(paid_on) if paid_on else None,
                )
            )
    return tuple(found)

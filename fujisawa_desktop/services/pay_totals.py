"""Statements, register, bank file and payments of a month side by side, and whose figures disagree.

Each column is added up from its own source, so that they agree only when they really do: statements
by their stored nets, the register by its columns, the bank file by its amounts, payments by what was
recorded as paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.register import sums
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.transfer_file import (
    TransferRow,
    TransferView,
    transfer_view,
)

BY_TRANSFER: Final = "transfer"
NOT_TRANSFERRED: Final = "totals.not-transferred"
PAID_DIFFERS: Final = "totals.paid-differs"
PAID_OTHERWISE: Final = "totals.paid-otherwise"
NOT_PAID: Final = "totals.not-paid"
ASIDE: Final = frozenset({PAID_OTHERWISE})
"""What explains a difference of totals and is no mistake."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many people, and how many yen."""

    people: int
    yen: int


@dataclass(frozen=True, slots=True)
class PersonTotals:
    """One person whose figures are not the same everywhere; ``None`` where there is no figure.

    Attributes:
        codes: why: doubts of the register, and the codes of this module.
    """

    appointment_id: int
    number: str
    name: str
    stated: int | None
    register: int | None
    transfer: int | None
    paid: int | None
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayTotals:
    """The four totals of a month.

    Attributes:
        transfer: what the file holds or held: transfers to come, and those recorded as paid.
        paid: what was recorded as paid.
        people: those whose figures are not the same everywhere, in the order of the lists.
    """

    year: int
    month: int
    stated: Total
    register: Total
    transfer: Total
    paid: Total
    people: tuple[PersonTotals, ...]

    @property
    def mistaken(self) -> tuple[PersonTotals, ...]:
        """Return those that somebody has to look at."""
        return tuple(one for one in self.people if set(one.codes) - ASIDE)

    @property
    def agree(self) -> bool:
        """Whether nothing has to be looked at."""
        return not self.mistaken


def pay_totals(database: Database, *, programme_id: int, year: int, month: int) -> PayTotals:
    """Return the totals of a month of work; raises as `transfer_view`."""
    return totals_of(transfer_view(database, programme_id=programme_id, year=year, month=month))


def totals_of(view: TransferView) -> PayTotals:
    """Return the totals of what was read for the file."""
    register = view.register
    paid = {row.appointment_id: row.paid for row in view.paid if row.paid is not None}
    transfers = {row.appointment_id: _to_come(row) for row in view.rows if row.appointment_id not in paid}
    transfers |= {key: one.yen for key, one in paid.items() if one.method == BY_TRANSFER}
    in_file = [yen for yen in transfers.values() if yen is not None]
    everybody = sums(register.rows)
    return PayTotals(
        year=view.year,
        month=view.month,
        stated=Total(len(register.rows), sum(row.net for row in register.rows)),
        register=Total(everybody.people, everybody.net),
        transfer=Total(len(in_file), sum(in_file)),
        paid=Total(len(paid), sum(one.yen for one in paid.values())),
        people=tuple(_differing(view, transfers)),
    )


def _to_come(row: TransferRow) -> int | None:
    """Return what the file will hold of somebody; nothing to be paid is 0, an obstacle has no figure."""
    if row.transfer is not None:
        return row.transfer.amount
    return 0 if row.nothing else None


def _differing(view: TransferView, transfers: dict[int, int | None]) -> Iterable[PersonTotals]:
    register = view.register
    stated = {row.appointment_id: row for row in register.rows}
    for row in register.rows:
        codes = [doubt.code for doubt in register.doubts_of(row.appointment_id)]
        codes += _codes(row, transfers.get(row.appointment_id), any_paid=bool(view.paid))
        if codes:
            yield _person(row, transfers.get(row.appointment_id), codes)
    for doubt in register.doubts:
        if doubt.appointment_id not in stated:
            nothing = (None, None, None, None)
            yield PersonTotals(doubt.appointment_id, doubt.number, doubt.name, *nothing, (doubt.code,))


def _codes(row: StatedPay, transfer: int | None, *, any_paid: bool) -> Iterable[str]:
    if row.paid is None:
        if transfer is None:
            yield NOT_TRANSFERRED
        if any_paid and row.net:
            yield NOT_PAID
        return
    if row.paid.yen != row.net:
        yield PAID_DIFFERS
    if row.paid.method != BY_TRANSFER:
        yield PAID_OTHERWISE


def _person(row: StatedPay, transfer: int | None, codes: list[str]) -> PersonTotals:
    paid = row.paid.yen if row.paid is not None else None
    return PersonTotals(
        row.appointment_id, row.number, row.name, row.net, row.summed, transfer, paid, tuple(codes)
    )

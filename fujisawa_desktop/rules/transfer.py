"""Bank transfers of pay: who orders them, who gets them, and the records of 全銀協.

A record has 120 bytes of JIS X 0201: one header, one record for each person, a trailer with the
totals, an end.  Numbers stand right with zeros before them, texts left with spaces after them.
Nothing is ever cut to fit, and nothing is changed that a clerk has not seen.

Sources: 全銀協規定フォーマット 給与振込・賞与振込 and 総合振込 (domain rules 6.1 to 6.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.rules.bank_accounts import (
    YuchoAccount,
    check_account,
    check_code,
    is_bank_day,
    previous_bank_day,
    yucho_account,
)
from fujisawa_desktop.rules.bank_signs import bank_text
from fujisawa_desktop.rules.calendar import add_months

__all__ = [
    "Consignor",
    "LineEnd",
    "Transfer",
    "TransferKind",
    "TransferRecords",
    "YuchoAccount",
    "bank_text",
    "check_account",
    "check_code",
    "check_pay_date",
    "consignor_errors",
    "consignor_of",
    "is_bank_day",
    "previous_bank_day",
    "transfer_records",
    "yucho_account",
    "zengin_lines",
]

RECORD_BYTES: Final = 120
ENCODING: Final = "cp932"
"""Half-width kana are one byte each in it, the same as in JIS X 0201."""
NAME_LENGTH: Final = 30
ORDERER_LENGTH: Final = 40
PLACE_LENGTH: Final = 15
ACCOUNT_KINDS: Final = (1, 2)
"""預金種目: 1 普通, 2 当座."""
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
_LARGEST_AMOUNT: Final = 9_999_999_999
_NEW_CODE: Final = "0"
_EXCHANGE: Final = "0000"  # 手形交換所番号: not used
_BY_WIRE: Final = "7"  # 振込指定区分: テレ振込


_Choice = TypeVar("_Choice", bound=StrEnum)


class TransferKind(StrEnum):
    """種別コード: what is transferred; the bank says which one it takes."""

    SALARY_PUBLIC = "71"  # 給与（公務員）
    BONUS_PUBLIC = "72"  # 賞与（公務員）
    SALARY = "11"  # 給与（民間）
    BONUS = "12"  # 賞与（民間）
    GENERAL = "21"  # 総合振込


class LineEnd(StrEnum):
    """What stands after each record; never LF alone."""

    CRLF = "crlf"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Consignor:
    """Who orders the transfers (委託者): the header of the file, in signs that a bank reads.

    Attributes:
        code: 委託者コード, ten digits given by the bank.
        name_kana: 依頼人名, at most 40 signs.
        bank_code, bank_kana, branch_code, branch_kana: where the money comes from.
        account_kind: 1 普通, 2 当座.
        account_number: seven digits.
        kind: 種別コード.
        line_end: what the bank wants after each record.
        allows_wo: whether the bank reads ｦ.
    """

    code: str
    name_kana: str
    bank_code: str
    bank_kana: str
    branch_code: str
    branch_kana: str
    account_kind: int
    account_number: str
    kind: TransferKind = TransferKind.SALARY_PUBLIC
    line_end: LineEnd = LineEnd.CRLF
    allows_wo: bool = False

    def __post_init__(self) -> None:
        """Refuse what a bank would refuse: the codes of :func:`check_code` and its neighbours."""
        check_code(self.code, 10, "code")
        bank_text(self.name_kana, ORDERER_LENGTH, "name_kana", allows_wo=self.allows_wo)
        _check_place(self)

    @property
    def signs_after_record(self) -> str:
        """The line end itself."""
        return "\r\n" if self.line_end is LineEnd.CRLF else ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one person gets, and where.

    Attributes:
        bank_code, bank_kana, branch_code, branch_kana, account_kind, account_number: the account.
        holder_kana: 受取人名, at most 30 signs.
        amount: yen; nothing is transferred for 0.
        employee_code: 社員番号 (in 総合振込 顧客コード1), at most ten digits, or nothing.
        unit_code: 所属コード (in 総合振込 顧客コード2), at most ten digits, or nothing.
        allows_wo: whether the bank reads ｦ.
    """

    bank_code: str
    bank_kana: str
    branch_code: str
    branch_kana: str
    account_kind: int
    account_number: str
    holder_kana: str
    amount: int
    employee_code: str = ""
    unit_code: str = ""
    allows_wo: bool = False

    def __post_init__(self) -> None:
        """Refuse what a bank would refuse.

        Raises:
            ValidationError: those of :func:`check_code`, :func:`check_account`, :func:`bank_text`;
                ``transfer.account-kind``, ``transfer.amount-negative``, ``transfer.amount-long``.
        """
        _check_place(self)
        bank_text(self.holder_kana, NAME_LENGTH, "holder_kana", allows_wo=self.allows_wo)
        for name, code in (("employee_code", self.employee_code), ("unit_code", self.unit_code)):
            if code:
                _check_free_code(code, name)
        if self.amount < 0:
            raise ValidationError("transfer.amount-negative", field="amount", amount_yen=self.amount)
        if self.amount > _LARGEST_AMOUNT:
            raise ValidationError("transfer.amount-long", field="amount", amount_yen=self.amount)


@dataclass(frozen=True, slots=True)
class TransferRecords:
    """The records of one file and what they come to.

    Attributes:
        lines: the records, each of 120 signs, without line ends.
        paid: the transfers in them, in their order.
        skipped: transfers of 0 yen, which have no record.
        total: yen of all together.
    """

    lines: tuple[str, ...]
    paid: tuple[Transfer, ...]
    skipped: tuple[Transfer, ...]
    total: int


def check_pay_date(pay_date: date, *, today: date) -> None:
    """Refuse a day that a bank could not, or would not rightly, book on.

    A record holds month and day without the year.

    Raises:
        RuleError: ``transfer.date-past``, ``transfer.date-far`` for a day that would be taken
            for the one a year earlier, ``transfer.date-closed`` with ``before``, the last day
            on which banks work.
    """
    if pay_date < today:
        raise RuleError("transfer.date-past", date=pay_date)
    if pay_date >= add_months(today, 12):
        raise RuleError("transfer.date-far", date=pay_date)
    if not is_bank_day(pay_date):
        raise RuleError("transfer.date-closed", date=pay_date, before=previous_bank_day(pay_date))


def consignor_errors(values: Mapping[str, object]) -> list[ValidationError]:
    """Return what is wrong with the fields of a consignor, each judged by itself; nothing if all is well."""
    errors = []
    signs = {"allows_wo": values.get("allows_wo", False)}
    for name in _FILLED:
        try:
            consignor_of({**_FILLED, **signs, name: values.get(name, _USUAL.get(name, ""))})
        except ValidationError as error:
            errors.append(error)
    return errors


def consignor_of(values: Mapping[str, object]) -> Consignor:
    """Return the consignor of a form or of a stored programme, in the signs that go to the bank.

    Raises:
        ValidationError: what the first wrong field breaks; ``transfer.choice`` for a kind of
            transfer or a line end that does not exist.
    """
    text = {name: str(values.get(name, "")) for name in _TEXT_FIELDS}
    wo = bool(values.get("allows_wo", False))
    return Consignor(
        code=check_code(text["code"], 10, "code"),
        name_kana=bank_text(text["name_kana"], ORDERER_LENGTH, "name_kana", allows_wo=wo),
        bank_code=check_code(text["bank_code"], 4, "bank_code"),
        bank_kana=bank_text(text["bank_kana"], PLACE_LENGTH, "bank_kana", allows_wo=wo),
        branch_code=check_code(text["branch_code"], 3, "branch_code"),
        branch_kana=bank_text(text["branch_kana"], PLACE_LENGTH, "branch_kana", allows_wo=wo),
        account_kind=_account_kind(values.get("account_kind")),
        account_number=check_account(text["account_number"]),
        kind=_choice(values, "kind", TransferKind, TransferKind.SALARY_PUBLIC),
        line_end=_choice(values, "line_end", LineEnd, LineEnd.CRLF),
        allows_wo=wo,
    )


def transfer_records(
    consignor: Consignor, transfers: Iterable[Transfer], *, pay_date: date
) -> TransferRecords:
    """Return the records of a file: header, one for each amount above 0, trailer, end.

    The day is to be checked with :func:`check_pay_date`, which knows what day it is.

    Raises:
        RuleError: ``transfer.nothing`` when there is no amount above 0, ``transfer.date-closed``.
    """
    if not is_bank_day(pay_date):
        raise RuleError("transfer.date-closed", date=pay_date, before=previous_bank_day(pay_date))
    listed = list(transfers)
    paid = tuple(transfer for transfer in listed if transfer.amount)
    if not paid:
        raise RuleError("transfer.nothing")
    total = sum(transfer.amount for transfer in paid)
    draw = _general_record if consignor.kind is TransferKind.GENERAL else _salary_record
    lines = (
        _header(consignor, pay_date),
        *(draw(transfer) for transfer in paid),
        _record("8", _number(len(paid), 6), _number(total, 12)),
        _record("9"),
    )
    skipped = tuple(transfer for transfer in listed if not transfer.amount)
    return TransferRecords(lines, paid, skipped, total)


def zengin_lines(consignor: Consignor, transfers: Sequence[Transfer], *, pay_date: date) -> list[str]:
    """Return the records alone; see :func:`transfer_records`."""
    return list(transfer_records(consignor, transfers, pay_date=pay_date).lines)


_TEXT_FIELDS: Final = (
    "code",
    "name_kana",
    "bank_code",
    "bank_kana",
    "branch_code",
    "branch_kana",
    "account_number",
)
_USUAL: Final[Mapping[str, object]] = {"kind": TransferKind.SALARY_PUBLIC, "line_end": LineEnd.CRLF}
_FILLED: Final[Mapping[str, object]] = {
    "code": "0" * 10,
    "name_kana": "ｱ",
    "bank_code": "0" * 4,
    "bank_kana": "ｱ",
    "branch_code": "0" * 3,
    "branch_kana": "ｱ",
    "account_kind": 1,
    "account_number": "0" * 7,
    **_USUAL,
}
"""Nothing is wrong with these: beside them one field is judged alone."""


def _choice(values: Mapping[str, object], part: str, choices: type[_Choice], usual: _Choice) -> _Choice:
    text = str(values.get(part, usual))
    if text not in set(choices):
        raise ValidationError("transfer.choice", field=part, transfer_part=part, text=text)
    return choices(text)


def _account_kind(value: object) -> int:
    if value not in ACCOUNT_KINDS or not isinstance(value, int):
        raise ValidationError("transfer.account-kind", field="account_kind", text=str(value))
    return value


def _check_free_code(code: str, part: str) -> None:
    if len(code) > 10 or not _DIGITS.fullmatch(code):
        raise ValidationError("transfer.code-long", field=part, transfer_part=part, text=code, length=10)


def _check_place(place: Consignor | Transfer) -> None:
    check_code(place.bank_code, 4, "bank_code")
    bank_text(place.bank_kana, PLACE_LENGTH, "bank_kana", allows_wo=place.allows_wo)
    check_code(place.branch_code, 3, "branch_code")
    bank_text(place.branch_kana, PLACE_LENGTH, "branch_kana", allows_wo=place.allows_wo)
    _account_kind(place.account_kind)
    check_account(place.account_number)


def _header(consignor: Consignor, pay_date: date) -> str:
    return _record(
        "1",
        consignor.kind.value,
        "0",  # コード区分: JIS
        check_code(consignor.code, 10, "code"),
        _text(consignor.name_kana, ORDERER_LENGTH, "name_kana", wo=consignor.allows_wo),
        f"{pay_date:%m%d}",
        *_place(consignor),
        str(consignor.account_kind),
        check_account(consignor.account_number),
    )


def _salary_record(transfer: Transfer) -> str:
    return _record(*_to(transfer), _free_code(transfer.employee_code), _free_code(transfer.unit_code))


def _general_record(transfer: Transfer) -> str:
    codes = (_free_code(transfer.employee_code), _free_code(transfer.unit_code))
    return _record(*_to(transfer), *codes, _BY_WIRE)


def _to(transfer: Transfer) -> tuple[str, ...]:
    """Return what both layouts have in common: everything up to 新規コード."""
    return (
        "2",
        *_place(transfer),
        _EXCHANGE,
        str(transfer.account_kind),
        check_account(transfer.account_number),
        _text(transfer.holder_kana, NAME_LENGTH, "holder_kana", wo=transfer.allows_wo),
        _number(transfer.amount, 10),
        _NEW_CODE,
    )


def _place(place: Consignor | Transfer) -> tuple[str, str, str, str]:
    return (
        check_code(place.bank_code, 4, "bank_code"),
        _text(place.bank_kana, PLACE_LENGTH, "bank_kana", wo=place.allows_wo),
        check_code(place.branch_code, 3, "branch_code"),
        _text(place.branch_kana, PLACE_LENGTH, "branch_kana", wo=place.allows_wo),
    )


def _text(kana: str, length: int, part: str, *, wo: bool) -> str:
    return bank_text(kana, length, part, allows_wo=wo).ljust(length)


def _free_code(code: str) -> str:
    return code.zfill(10) if code else " " * 10


def _number(value: int, length: int) -> str:
    digits = str(value).zfill(length)
    if len(digits) > length:
        raise RuleError("transfer.total-long", count=length)
    return digits


def _record(*parts: str) -> str:
    return "".join(parts).ljust(RECORD_BYTES)

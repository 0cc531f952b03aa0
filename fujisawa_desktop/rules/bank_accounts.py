"""Numbers of accounts as banks want them, and the days on which banks work.

Sources: domain rules 6.3 and 6.4; ゆうちょ銀行 for turning 記号・番号 into a branch and a number for
transfers; 銀行法施行令5条 for the days.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import holiday_name

_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
_YUCHO_BANK: Final = "9900"
_YUCHO_KANA: Final = "ﾕｳﾁﾖ"
_YUCHO_SYMBOL: Final = re.compile(r"1(?P<place>[0-9]{2})[0-9]0", re.ASCII)
_YUCHO_NUMBER: Final = re.compile(r"(?P<kept>[0-9]{1,7})1", re.ASCII)
_READ_DIGITS: Final = ("ｾﾞﾛ", "ｲﾁ", "ﾆ", "ｻﾝ", "ﾖﾝ", "ｺﾞ", "ﾛｸ", "ﾅﾅ", "ﾊﾁ", "ｷﾕｳ")


@dataclass(frozen=True, slots=True)
class YuchoAccount:
    """An account of ゆうちょ銀行 in the form for transfers; a person compares it before it is kept."""

    bank_code: str
    bank_kana: str
    branch_code: str
    branch_kana: str
    account_kind: int
    account_number: str


def check_code(text: str, length: int, part: str) -> str:
    """Return a code of exactly ``length`` digits; full-width digits are read as digits.

    Raises:
        ValidationError: ``transfer.code``.
    """
    digits = unicodedata.normalize("NFKC", text).strip()
    if len(digits) != length or not _DIGITS.fullmatch(digits):
        raise ValidationError("transfer.code", field=part, transfer_part=part, text=text, length=length)
    return digits


def check_account(number: str, *, confirmed: bool = False, part: str = "account_number") -> str:
    """Return the seven digits of an account number.

    A shorter number gets zeros before it, but only when a clerk has said so: it may as well be
    one with a digit left out.

    Args:
        number: as it was typed; full-width digits are read as digits.
        confirmed: a clerk compared the padded number with the paper.
        part: the field it was typed into.

    Raises:
        ValidationError: ``transfer.account-missing``, ``transfer.account-digits``,
            ``transfer.account-long``, or ``transfer.account-short`` with ``padded``, the number
            that ``confirmed`` accepts.
    """
    digits = unicodedata.normalize("NFKC", number).strip()
    if not digits:
        raise ValidationError("transfer.account-missing", field=part)
    if not _DIGITS.fullmatch(digits):
        raise ValidationError("transfer.account-digits", field=part, text=number)
    if len(digits) > 7:
        raise ValidationError("transfer.account-long", field=part, count=len(digits))
    if len(digits) < 7 and not confirmed:
        raise ValidationError("transfer.account-short", field=part, count=len(digits), padded=digits.zfill(7))
    return digits.zfill(7)


def yucho_account(symbol: str, number: str) -> YuchoAccount:
    """Return the account for transfers of the 記号 and 番号 in a passbook of ゆうちょ銀行.

    記号 1mnp0 gives the branch mn8; the 番号 loses its last digit, which is always 1.

    Raises:
        ValidationError: ``transfer.yucho-symbol`` for anything but a 記号 of a 通常貯金,
            ``transfer.yucho-number`` for a number that does not end in 1 or is too long.
    """
    place = _YUCHO_SYMBOL.fullmatch(unicodedata.normalize("NFKC", symbol).strip())
    if place is None:
        raise ValidationError("transfer.yucho-symbol", field="symbol", text=symbol)
    digits = _YUCHO_NUMBER.fullmatch(unicodedata.normalize("NFKC", number).strip())
    if digits is None:
        raise ValidationError("transfer.yucho-number", field="number", text=number)
    branch = f"{place['place']}8"
    kana = "".join(_READ_DIGITS[int(digit)] for digit in branch)
    return YuchoAccount(_YUCHO_BANK, _YUCHO_KANA, branch, kana, 1, digits["kept"].zfill(7))


def is_bank_day(day: date) -> bool:
    """Say whether banks work: not on Saturdays, Sundays, holidays and from 12/31 to 1/3."""
    year_end = (day.month, day.day) >= (12, 31) or (day.month, day.day) <= (1, 3)
    return day.weekday() < 5 and not year_end and holiday_name(day) is None


def previous_bank_day(day: date) -> date:
    """Return ``day`` itself when banks work, else the nearest such day before it."""
    while not is_bank_day(day):
        day -= timedelta(days=1)
    return day

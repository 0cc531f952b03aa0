"""提出書類: which papers an appointed person hands in, from whom each is needed, and by when.

The list is that of domain rules 1.6.  What a paper says is never kept, only that it came; of a My
Number not even that it is known: it is handed on to the existing system, and the day of that is kept.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import open_days, previous_open_day
from fujisawa_desktop.rules.tax import TaxColumn

_LONGEST_CLOSURE: Final = timedelta(days=21)
_TWELVE_DIGITS: Final = re.compile(r"(?<!\d)(?:\d[\s‐-―－ー-]*){11}\d(?!\d)", re.ASCII)


class HandInKind(StrEnum):
    """One paper, in the order of the list."""

    ENTRY_SHEET = "entry-sheet"
    """履歴書 or the entry itself."""
    ENROLMENT = "enrolment"
    """在学証明書, or a copy of the student card."""
    ACCEPTANCE = "acceptance"
    """任用承諾書."""
    OATH = "oath"
    """宣誓書 (地方公務員法31条)."""
    PLEDGE = "pledge"
    """誓約書: secrecy, and what is said in social networks."""
    ACCOUNT = "account"
    """口座振込申出書."""
    COMMUTING = "commuting"
    """通勤届: way and fare."""
    TAX_DECLARATION = "tax-declaration"
    """扶養控除等申告書 (所得税法194条): only for 甲欄."""
    MY_NUMBER = "my-number"
    """個人番号: handed on to the existing system; never a number here."""
    EMERGENCY = "emergency"
    """緊急連絡先."""
    PERMIT = "permit"
    """在留カード and 資格外活動許可, copies: only of foreign students."""


class HandInState(StrEnum):
    """How far a paper is."""

    NOT_NEEDED = "not-needed"
    RECEIVED = "received"
    MISSING = "missing"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What of an appointment decides which papers are needed."""

    oath_required: bool
    tax_column: TaxColumn
    needs_permit: bool


def is_needed(kind: HandInKind, case: Circumstances) -> bool:
    """Tell whether a paper is needed from somebody; a clerk may decide otherwise."""
    only_if = {
        HandInKind.OATH: case.oath_required,
        HandInKind.TAX_DECLARATION: case.tax_column is TaxColumn.KOU,
        HandInKind.PERMIT: case.needs_permit,
    }
    return only_if.get(kind, True)


def due_day(kind: HandInKind, term_from: date, asked: date, closed: frozenset[date] = frozenset()) -> date:
    """Return the last day for a paper: the open day before the term, the oath on the first day of work.

    Somebody appointed later than that hands in at once: no day lies before the one of asking.

    Args:
        kind: the paper.
        term_from: first day of the term, which may be a closed day.
        asked: the day of the appointment.
        closed: the city's own closed days.
    """
    if kind is HandInKind.OATH:
        opened = open_days(term_from, term_from + _LONGEST_CLOSURE, closed)
        day = opened[0] if opened else term_from
    else:
        day = previous_open_day(term_from - timedelta(days=1), closed)
    return max(day, asked)


def hand_in_state(*, needed: bool, due: date | None, received: date | None, today: date) -> HandInState:
    """Return how far a paper is on a day; one that came counts, needed or not."""
    if received is not None:
        return HandInState.RECEIVED
    if not needed:
        return HandInState.NOT_NEEDED
    return HandInState.OVERDUE if due is not None and due < today else HandInState.MISSING


def refuse_my_number(text: str, *, field: str) -> None:
    """Refuse twelve digits in a note: they may be somebody's My Number (番号利用法19条, 20条).

    Raises:
        ValidationError: ``hand-in.twelve-digits``; the digits are not among its parameters.
    """
    if _TWELVE_DIGITS.search(unicodedata.normalize("NFKC", text)):
        raise ValidationError("hand-in.twelve-digits", field=field)

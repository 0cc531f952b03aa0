"""Which document numbers a draft bears: the very numbers that issuing it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import fiscal_year
from fujisawa_desktop.rules.numbering import read_number, written_ranges
from fujisawa_desktop.services.document_numbers import Numbering, NumberUse, next_in, use_of
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.paper_letters import document_number

_USED: Final[Mapping[NumberUse | None, str]] = {
    NumberUse.ISSUED: "papers.number-used",
    NumberUse.VOID: "papers.number-void",
    NumberUse.ELSEWHERE: "papers.number-elsewhere",
}


@dataclass(frozen=True, slots=True)
class DraftNumbers:
    """The numbers of a draft.

    Attributes:
        sign: 藤職 of 藤職第123号.
        fiscal_year: of the date of the papers.
        by_sheet: the number of each sheet, ``None`` for one that bears none.
        is_shared: more papers under a number that earlier ones bear; nothing new is taken.
    """

    sign: str
    fiscal_year: int
    by_sheet: tuple[int | None, ...]
    is_shared: bool = False

    @property
    def taken(self) -> tuple[int, ...]:
        """The numbers, each once, in order."""
        return tuple(dict.fromkeys(number for number in self.by_sheet if number is not None))

    @property
    def text(self) -> str:
        """The numbers as a clerk writes them: ``12``, ``12～14``."""
        return written_ranges(self.taken)


def numbered_order(session: Session, order: PaperOrder, numbering: Numbering, *, share: bool) -> PaperOrder:
    """Return the order with the one number that all its papers bear; without one for one each.

    Raises:
        ValidationError: ``numbers.…`` for what is no number, ``papers.number-…`` for one that is used.
    """
    sign, year = order.programme.document_sign, fiscal_year(order.dated)
    if not sign or numbering is Numbering.EACH:
        return replace(order, document_number="")
    if numbering is Numbering.ONE:
        return replace(order, document_number=str(next_in(session, sign, year)))
    if not order.document_number:
        return order
    number = read_number(order.document_number, sign=sign)
    known = use_of(session, sign, year, number)
    if known is not None and not (share and known.use is NumberUse.ISSUED):
        raise ValidationError(
            _USED[known.use],
            field="document_number",
            number=number,
            subject=known.subject or known.reason,
            dated=known.dated or known.taken_at,
        )
    return replace(order, document_number=str(number))


def with_numbers(
    session: Session, order: PaperOrder, sheets: Sequence[Sheet], numbering: Numbering, *, share: bool
) -> tuple[tuple[Sheet, ...], DraftNumbers | None]:
    """Return the sheets with their numbers; only sheets that have a place for one bear one."""
    sign, year = order.programme.document_sign, fiscal_year(order.dated)
    written = document_number(order)
    bears = [bool(written) and getattr(sheet.spec, "number", None) == written for sheet in sheets]
    if not any(bears) or (numbering is not Numbering.EACH and not order.document_number):
        return tuple(sheets), None
    if numbering is not Numbering.EACH:
        number = int(order.document_number)
        by_sheet = tuple(number if own else None for own in bears)
        shared = share and use_of(session, sign, year, number) is not None
        return tuple(sheets), DraftNumbers(sign, year, by_sheet, is_shared=shared)
    following = iter(range(next_in(session, sign, year), 1 << 31))
    each = tuple(next(following) if own else None for own in bears)
    named = tuple(_named(order, sheet, number) for sheet, number in zip(sheets, each, strict=True))
    return named, DraftNumbers(sign, year, each)


def _named(order: PaperOrder, sheet: Sheet, number: int | None) -> Sheet:
    if number is None:
        return sheet
    spec: Any = sheet.spec
    text = document_number(replace(order, document_number=str(number)))
    return replace(sheet, spec=replace(spec, number=text))

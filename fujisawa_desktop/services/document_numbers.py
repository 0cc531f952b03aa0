"""文書番号簿: taking document numbers, recording those used elsewhere, and showing what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import DocumentNumber, Notice, NumberUse, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import fiscal_year as fiscal_year_of
from fujisawa_desktop.rules.numbering import check_number, gaps, written_ranges
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "Ledger",
    "NumberRow",
    "NumberUse",
    "Numbering",
    "known_ledgers",
    "next_number",
    "number_ledger",
    "record_elsewhere",
    "release_numbers",
    "void_number",
]

_MOST_AT_ONCE: Final = 5_000
"""Numbers recorded in one act; more is a slip of the keyboard."""
_NAMED_MOST: Final = 10
"""Numbers that an error names."""


class Numbering(StrEnum):
    """Which document numbers papers bear."""

    TYPED = "typed"
    """The one a clerk typed, on all of them; none when nothing was typed."""
    ONE = "one"
    """The next one of the ledger, on all of them."""
    EACH = "each"
    """The next ones of the ledger, one for each."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The numbers of one sign in one fiscal year."""

    sign: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One line of the ledger: a number, or several in a row that became the same.

    Attributes:
        number: the first number of the line.
        last: its last number; the same where the line is about one.
        use: what became of them; ``None`` for a gap that nobody has explained.
        kind: the kind of paper, a `PaperKind`; empty for documents made elsewhere.
        subject: what the document is about.
        dated: the date of the document.
        taken_at: when it was entered; ``None`` for a gap.
        actor: who entered it.
        reason: why it is void, or what was said about a document made elsewhere.
        papers: how many papers of this program bear the number.
    """

    number: int
    last: int
    use: NumberUse | None
    kind: str = ""
    subject: str = ""
    dated: date | None = None
    taken_at: datetime | None = None
    actor: str = ""
    reason: str = ""
    papers: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether nobody has said what became of these numbers."""
        return self.use is None

    @property
    def count(self) -> int:
        """How many numbers the line is about."""
        return self.last - self.number + 1


def next_number(database: Database, *, sign: str, fiscal_year: int) -> int:
    """Return the number after the highest one in the ledger; 1 in a new fiscal year."""
    with database.read() as session:
        return next_in(session, sign, fiscal_year)


def number_ledger(database: Database, *, sign: str, fiscal_year: int) -> tuple[NumberRow, ...]:
    """Return the ledger in order of number; gaps stand as lines of their own with ``use=None``."""
    with database.read() as session:
        query = select(DocumentNumber).where(
            DocumentNumber.sign == sign, DocumentNumber.fiscal_year == fiscal_year
        )
        stored = session.scalars(query.order_by(DocumentNumber.number)).all()
        papers = _paper_counts(session, sign, fiscal_year)
        rows = [_row(one, papers.get(str(one.number), 0)) for one in stored]
    missing = [NumberRow(first, last, None) for first, last in gaps(row.number for row in rows)]
    return tuple(sorted([*_joined(rows), *missing], key=lambda row: row.number))


def known_ledgers(database: Database, *, programme_id: int) -> tuple[Ledger, ...]:
    """Return the ledgers there are, the latest year first, with that of the programme in any case.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        programme = session.get(Programme, programme_id)
        if programme is None:
            raise NotFoundError("programme.none")
        pairs = select(DocumentNumber.sign, DocumentNumber.fiscal_year).distinct()
        found = {Ledger(sign, year) for sign, year in session.execute(pairs)}
        if programme.document_sign:
            found.add(Ledger(programme.document_sign, programme.fiscal_year))
    return tuple(sorted(found, key=lambda one: (-one.fiscal_year, one.sign)))


def record_elsewhere(
    database: Database,
    *,
    sign: str,
    fiscal_year: int,
    first: int,
    last: int,
    subject: str = "",
    dated: date | None = None,
    reason: str = "",
    actor: str | None = None,
) -> ChangeSet:
    """Record that numbers were used by documents made outside this program.

    Raises:
        ValidationError: ``numbers.…``; no range, too long a range, or a date of another year.
        ConflictError: ``numbers.in-ledger``; some of them are in the ledger already.
    """
    if dated is not None and fiscal_year_of(dated) != fiscal_year:
        raise ValidationError("numbers.other-year", field="dated", dated=dated)
    with unit_of_work(database, "numbers.elsewhere", actor=actor) as work:
        numbers = _range(first, last)
        _refuse_known(work.session, sign, fiscal_year, numbers)
        written = {"subject": subject.strip(), "dated": dated, "reason": reason.strip()}
        _insert(work, sign, fiscal_year, numbers, {"use": NumberUse.ELSEWHERE, **written})
        return work.commit(numbers=written_ranges(numbers), sign=sign, count=len(numbers))


def void_number(
    database: Database,
    *,
    sign: str,
    fiscal_year: int,
    number: int,
    reason: str,
    last: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that a number (or all from ``number`` to ``last``) is not used at all, and why.

    A number that was recorded as used elsewhere becomes void; one that papers bear cannot.

    Raises:
        ValidationError: ``numbers.reason-needed`` or no number.
        RuleError: ``numbers.issued``; papers with this number have left the office.
    """
    if not reason.strip():
        raise ValidationError("numbers.reason-needed", field="reason")
    with unit_of_work(database, "numbers.void", actor=actor) as work:
        numbers = _range(number, number if last is None else last)
        known = _known(work.session, sign, fiscal_year, numbers)
        _refuse_issued(known)
        changed = {"use": NumberUse.VOID, "reason": reason.strip()}
        work.update_many(DocumentNumber, {row.id: changed for row in known})
        held = {row.number for row in known}
        _insert(work, sign, fiscal_year, [one for one in numbers if one not in held], changed)
        return work.commit(numbers=written_ranges(numbers), sign=sign, count=len(numbers))


def release_numbers(
    database: Database,
    *,
    sign: str,
    fiscal_year: int,
    first: int,
    last: int,
    actor: str | None = None,
) -> ChangeSet:
    """Take out of the ledger what was recorded there by mistake; the numbers are free again.

    Raises:
        ValidationError: no range of numbers.
        RuleError: ``numbers.issued``; papers with such a number have left the office.
        NotFoundError: ``numbers.not-in-ledger``; none of them is in the ledger.
    """
    with unit_of_work(database, "numbers.release", actor=actor) as work:
        known = _known(work.session, sign, fiscal_year, _range(first, last))
        _refuse_issued(known)
        if not known:
            raise NotFoundError("numbers.not-in-ledger", numbers=written_ranges(range(first, last + 1)))
        numbers = [row.number for row in known]
        work.delete_many(DocumentNumber, [row.id for row in known])
        return work.commit(numbers=written_ranges(numbers), sign=sign, count=len(numbers))


# --- within another act ------------------------------------------------------


def next_in(session: Session, sign: str, fiscal_year: int) -> int:
    """Return the next number, as an open session sees the ledger."""
    query = select(func.max(DocumentNumber.number)).where(
        DocumentNumber.sign == sign, DocumentNumber.fiscal_year == fiscal_year
    )
    return (session.scalar(query) or 0) + 1


def use_of(session: Session, sign: str, fiscal_year: int, number: int) -> NumberRow | None:
    """Return the ledger's line about one number, if it has any."""
    known = _known(session, sign, fiscal_year, [number])
    return _row(known[0], 0) if known else None


def take_numbers(
    work: UnitOfWork,
    *,
    sign: str,
    fiscal_year: int,
    numbers: Sequence[int],
    programme_id: int,
    kind: str,
    subject: str,
    dated: date,
) -> None:
    """Take numbers for papers that leave the office in this very act.

    Raises:
        ConflictError: ``papers.number-taken``; one of them is in the ledger by now.
    """
    known = _known(work.session, sign, fiscal_year, numbers)
    if known:
        raise _taken(row.number for row in known)
    values = {"use": NumberUse.ISSUED, "programme_id": programme_id, "kind": kind}
    try:
        _insert(work, sign, fiscal_year, numbers, {**values, "subject": subject, "dated": dated})
    except IntegrityError as error:
        # On a server two clerks may get this far; there the database itself has the last word.
        raise _taken(numbers) from error


def _taken(numbers: Iterable[int]) -> ConflictError:
    return ConflictError("papers.number-taken", numbers=written_ranges(list(numbers)[:_NAMED_MOST]))


def _insert(
    work: UnitOfWork, sign: str, fiscal_year: int, numbers: Sequence[int], values: dict[str, Any]
) -> None:
    ledger = {"sign": sign, "fiscal_year": fiscal_year, "taken_at": work.now, "actor": work.actor}
    empty = {"programme_id": None, "dated": None}
    work.insert_many(DocumentNumber, [{**empty, **ledger, **values, "number": number} for number in numbers])


def _range(first: int, last: int) -> list[int]:
    check_number(first, field="first")
    check_number(last, field="last")
    if last < first:
        raise ValidationError("numbers.range-backwards", field="last", first=first, last=last)
    if last - first >= _MOST_AT_ONCE:
        raise ValidationError("numbers.range-long", field="last", count=last - first + 1, most=_MOST_AT_ONCE)
    return list(range(first, last + 1))


def _known(session: Session, sign: str, fiscal_year: int, numbers: Collection[int]) -> list[DocumentNumber]:
    found: list[DocumentNumber] = []
    for chunk in chunks(sorted(numbers)):
        query = select(DocumentNumber).where(
            DocumentNumber.sign == sign,
            DocumentNumber.fiscal_year == fiscal_year,
            DocumentNumber.number.in_(chunk),
        )
        found += session.scalars(query.order_by(DocumentNumber.number))
    return found


def _refuse_known(session: Session, sign: str, fiscal_year: int, numbers: Collection[int]) -> None:
    known = _known(session, sign, fiscal_year, numbers)
    if known:
        named = written_ranges([row.number for row in known][:_NAMED_MOST])
        raise ConflictError("numbers.in-ledger", numbers=named)


def _refuse_issued(known: Sequence[DocumentNumber]) -> None:
    issued = [row.number for row in known if row.use is NumberUse.ISSUED]
    if issued:
        raise RuleError("numbers.issued", numbers=written_ranges(issued[:_NAMED_MOST]))


def _row(stored: DocumentNumber, papers: int) -> NumberRow:
    return NumberRow(
        number=stored.number,
        last=stored.number,
        use=stored.use,
        kind=stored.kind,
        subject=stored.subject,
        dated=stored.dated,
        taken_at=stored.taken_at,
        actor=stored.actor,
        reason=stored.reason,
        papers=papers,
    )


def _joined(rows: Iterable[NumberRow]) -> list[NumberRow]:
    """Return the lines with those recorded together as one; a number that papers bear stands alone."""
    lines: list[NumberRow] = []
    for row in rows:
        before = lines[-1] if lines else None
        if (
            before is not None
            and row.use is not NumberUse.ISSUED
            and before.last == row.number - 1
            and replace(before, number=row.number, last=row.number) == row
        ):
            lines[-1] = replace(before, last=row.last)
        else:
            lines.append(row)
    return lines


def _paper_counts(session: Session, sign: str, fiscal_year: int) -> dict[str, int]:
    """Return how many issued papers bear each number; older versions did not keep under which sign."""
    query = (
        select(Notice.document_number, func.count())
        .join(Programme, Programme.id == Notice.programme_id)
        .where(
            Notice.document_number != "",
            Notice.dated.between(date(fiscal_year, 4, 1), date(fiscal_year + 1, 3, 31)),
            func.coalesce(Notice.snapshot["sign"].as_string(), Programme.document_sign) == sign,
        )
        .group_by(Notice.document_number)
    )
    return {row[0]: row[1] for row in session.execute(query)}

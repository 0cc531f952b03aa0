"""What one erasure takes: whose shares, which rows, and by what the people are known elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Entry, ImportBatch, ImportRow
from fujisawa_desktop.rules.blotting import Traces
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.rules.retention import Category, erasable_from
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.person_tables import (
    APPLICANT,
    BY_TABLE,
    CONTENT,
    SKELETON,
    group_of,
    paper_category,
    rows_of,
    table_of,
)
from fujisawa_desktop.services.retention import Candidate
from fujisawa_desktop.services.retention_dates import people_of
from fujisawa_desktop.services.retention_payloads import OnceRow
from fujisawa_desktop.services.retention_settings import periods_in

Group = tuple[Category, date, date]
"""Records that share a certificate: kind, counted from, kept until."""
_RAW: Final = "import_row"
NOBODY: Final = Traces.of((), (), ())


@dataclass(slots=True)
class Doomed:
    """What goes in one erasure.

    Attributes:
        shares: for each person the shares that go.
        whole: people of whom nothing is left.
        group: everybody who is, or was merged into, one of these people → that person.
        batches: files whose rows that are nobody's go.
        files: all files of the programme.
        traces: by what the people of ``whole`` are known in records that stay.
        lists: for each kind of record, how many years a list of that kind is kept, and by what the
            people are known who go from lists that are older.
        today: the day of the erasure.
        rows: the rows that go, by table.
        counts: how many of which table, by certificate.
    """

    programme_id: int
    shares: dict[int, set[str]]
    whole: set[int]
    group: dict[int, int]
    batches: set[int]
    files: set[int]
    traces: Traces
    lists: Mapping[Category, tuple[int, Traces]]
    today: date
    rows: dict[str, set[int]] = field(default_factory=dict)
    counts: dict[Group, Counter[str]] = field(default_factory=dict)

    def takes(self, person: int, share: str) -> bool:
        """Tell whether a share of somebody goes."""
        root = self.group.get(person)
        if root is None:
            return False
        if root in self.whole or share in self.shares[root]:
            return True
        # Of two people made one, the row that holds no entries goes with what the person applied with.
        return share == SKELETON and person != root and CONTENT in self.shares[root]

    def takes_row(self, node: OnceRow, values: Mapping[str, Any] | None) -> bool:
        """Tell whether a row goes that is, or once was, in the file."""
        held = BY_TABLE[node.table]
        share = held.share or paper_category(node.kind).value
        people = list(node.people())
        if node.table == _RAW and not people:
            return node.loose_in in self.batches or (
                node.loose_in in self.files
                and values is not None
                and self.traces.are_in(list(_texts(values.get("raw"))))
            )
        return any(self.takes(person, share) for person in people)

    def traces_in(self, table: str, values: Mapping[str, Any]) -> Traces:
        """Return whom to blot out of a record that stays.

        Of a list whose own time is over (a pay register: that of pay) it is everybody whose records of
        that kind go, of any other record who goes as a whole.
        """
        if values.get("programme_id", self.programme_id) != self.programme_id or values.get("applicant_id"):
            return NOBODY
        issued = values.get("issued_at")
        if table != "notice" or issued is None:
            return self.traces
        years, traces = self.lists[paper_category(str(values.get("kind")))]
        return traces if erasable_from(issued.date(), years) <= self.today else self.traces

    def blanks(self, table: str, people: Iterable[int]) -> dict[str, Any]:
        """Return which columns of a row that stays are emptied, with what stands there then."""
        people = list(people)
        return {
            column: blank
            for column, (share, blank) in BY_TABLE[table].blanked.items()
            if any(self.takes(person, share) for person in people)
        }


def doomed_by(session: Session, programme_id: int, due: Sequence[Candidate], today: date) -> Doomed:
    """Return what erasing these records on ``today`` takes."""
    shares: dict[int, set[str]] = {}
    taken: dict[int, set[Category]] = {}
    for one in due:
        if one.applicant_id is not None:
            shares.setdefault(one.applicant_id, set()).add(_share(one.category))
            taken.setdefault(one.applicant_id, set()).add(one.category)
    everything = {person.applicant_id: set(person.made) for person in people_of(session, programme_id)}
    whole = {person for person, kinds in taken.items() if kinds >= everything[person]}
    traces, periods = _traces(session, programme_id, whole), periods_in(session, programme_id)
    lists = {}
    for category in Category:
        more = {person for person, kinds in taken.items() if category in kinds} - whole
        own = _traces(session, programme_id, whole | more) if more else traces
        lists[category] = periods[category].years, own
    doomed = Doomed(
        programme_id=programme_id,
        shares=shares,
        whole=whole,
        group=group_of(session, shares),
        batches={one.batch_id for one in due if one.batch_id is not None},
        files=set(session.scalars(select(ImportBatch.id).where(ImportBatch.programme_id == programme_id))),
        traces=traces,
        lists=lists,
        today=today,
    )
    _find_rows(session, doomed, due)
    return doomed


def _share(category: Category) -> str:
    content = category in {Category.APPLICATION, Category.APPOINTMENT}
    return CONTENT if content else category.value


def _shares(category: Category) -> tuple[str, ...]:
    """Return the shares that go with a kind of record; 任用 takes the application along."""
    own = _share(category)
    return (own, category.value) if own != category.value else (own,)


def _find_rows(session: Session, doomed: Doomed, due: Sequence[Candidate]) -> None:
    groups: dict[Group, list[Candidate]] = {}
    for one in due:
        groups.setdefault((one.category, one.kept_from, one.kept_until), []).append(one)
    told: set[int] = set()
    for group, some in groups.items():
        roots = {one.applicant_id for one in some if one.applicant_id is not None}
        members = [person for person, root in doomed.group.items() if root in roots]
        found = rows_of(session, members)
        counts = doomed.counts.setdefault(group, Counter())
        shares = _shares(group[0])
        for table, ids in found.items():
            _take(session, doomed, counts, table, ids, shares)
        whole = sorted((roots & doomed.whole) - told)
        told |= set(whole)
        _take_skeletons(session, doomed, counts, whole, found[APPLICANT] if CONTENT in shares else ())
        loose = _loose_rows(session, [one.batch_id for one in some if one.batch_id is not None])
        _add(doomed, counts, _RAW, loose)
    if doomed.traces:
        named = _named_rows(session, doomed)
        _add(doomed, next(iter(doomed.counts.values())), _RAW, named)


def _take(
    session: Session,
    doomed: Doomed,
    counts: Counter[str],
    table: str,
    ids: Sequence[int],
    shares: tuple[str, ...],
) -> None:
    held = BY_TABLE[table]
    if held.share == SKELETON:
        return
    if held.share:
        _add(doomed, counts, table, ids if held.share in shares else ())
        return
    paper = table_of(table)
    for some in chunks(ids):
        query = select(paper.c.id, paper.c.kind).where(paper.c.id.in_(some))
        _add(
            doomed,
            counts,
            table,
            [key for key, kind in session.execute(query) if paper_category(kind).value in shares],
        )


def _take_skeletons(
    session: Session, doomed: Doomed, counts: Counter[str], whole: Sequence[int], members: Sequence[int]
) -> None:
    """Take people of whom nothing is left, and rows of people who were made one with somebody."""
    everybody = [person for person, root in doomed.group.items() if root in set(whole)]
    for table, ids in rows_of(session, everybody).items():
        if BY_TABLE[table].share == SKELETON:
            _add(doomed, counts, table, ids)
    merged = [person for person in members if doomed.group[person] != person]
    _add(doomed, counts, APPLICANT, merged)


def _add(doomed: Doomed, counts: Counter[str], table: str, ids: Iterable[int]) -> None:
    known = doomed.rows.setdefault(table, set())
    new = set(ids) - known
    known |= new
    if new:
        counts[table] += len(new)


def _loose_rows(session: Session, batches: Sequence[int]) -> list[int]:
    query = select(ImportRow.id).where(ImportRow.batch_id.in_(batches), ImportRow.entry_id.is_(None))
    return list(session.scalars(query)) if batches else []


def _named_rows(session: Session, doomed: Doomed) -> list[int]:
    """Return rows of files that are nobody's but name somebody of whom nothing is to be left."""
    query = select(ImportRow.id, ImportRow.raw).where(
        ImportRow.entry_id.is_(None), ImportRow.batch_id.in_(doomed.files)
    )
    return [key for key, raw in session.execute(query) if doomed.traces.are_in(list(_texts(raw)))]


def _texts(raw: Any) -> Iterable[str]:
    """Yield the cells of a raw row, which is a list of headings with cells."""
    for pair in raw or ():
        for value in pair if isinstance(pair, list | tuple) else (pair,):
            if isinstance(value, str):
                yield value


def _traces(session: Session, programme_id: int, whole: set[int]) -> Traces:
    if not whole:
        return NOBODY
    everybody = group_of(session, whole)
    numbers: list[str] = []
    others: list[str] = []
    query = select(Entry.applicant_id, Entry.number).where(Entry.programme_id == programme_id)
    for person, number in session.execute(query):
        (numbers if person in everybody else others).append(number)
    names: list[str] = []
    for some in chunks(sorted(everybody)):
        for row in session.scalars(select(Applicant).where(Applicant.id.in_(some))):
            names += [row.name_entered, row.name_official or "", row.kana, row.mail]
            names += [row.phone, format_phone(row.phone) if row.phone else "", row.address]
    session.expunge_all()
    return Traces.of(numbers, names, others)

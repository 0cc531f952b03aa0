"""One kind of contradiction in the data: how it is found, and how it is mended, if it can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Entry
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction.

    Attributes:
        kind: its code; ``defect.<kind>`` is the sentence about it.
        table: where it stands.
        row_id: which row.
        applicant_id: whom it concerns, if anybody.
        params: what the sentence names besides: days, amounts, never a person.
        is_repairable: ``check --repair`` mends it; else the sentence says what to do.
        number: the portal's number of the person.
        person: the name, for the window only.
    """

    kind: str
    table: str
    row_id: int
    applicant_id: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    is_repairable: bool = False
    number: str = ""
    person: str = ""

    @property
    def code(self) -> str:
        """Code of the sentence."""
        return f"defect.{self.kind}"

    @property
    def told(self) -> Mapping[str, Any]:
        """What the sentence is filled with."""
        return {**self.params, "row": self.row_id}


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of contradiction.

    Attributes:
        find: yields what is wrong now.
        repair: mends what was found within an open act; without it everything is explained only.
    """

    kind: str
    find: Callable[[Session], Iterable[Finding]]
    repair: Callable[[UnitOfWork, Sequence[Finding]], object] | None = None


def with_people(session: Session, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings with number and name of whom they concern."""
    found = list(findings)
    wanted = sorted({one.applicant_id for one in found if one.applicant_id is not None})
    names: dict[int, str] = {}
    numbers: dict[int, str] = {}
    for chunk in chunks(wanted):
        people = select(Applicant.id, Applicant.name_official, Applicant.name_entered)
        for key, official, entered in session.execute(people.where(Applicant.id.in_(chunk))):
            names[key] = official or entered
        entries = select(Entry.applicant_id, Entry.number).order_by(Entry.id)
        for key, number in session.execute(entries.where(Entry.applicant_id.in_(chunk))):
            numbers.setdefault(key, number)
    return tuple(
        Finding(
            one.kind, one.table, one.row_id, one.applicant_id, one.params, one.is_repairable,
            numbers.get(one.applicant_id or 0, ""), names.get(one.applicant_id or 0, ""),
        )
        for one in found
    )  # fmt: skip


def overlapping(spans: Iterable[tuple[Any, Any, T]]) -> list[tuple[T, T]]:
    """Return pairs of neighbours of which the later begins before the earlier ends."""
    ordered = sorted(spans, key=lambda one: (one[0], one[1]))
    found: list[tuple[T, T]] = []
    last: tuple[Any, Any, T] | None = None
    for one in ordered:
        if last is not None and one[0] < last[1]:
            found.append((last[2], one[2]))
        if last is None or one[1] > last[1]:
            last = one
    return found

"""Figures of the law as the rules take them: what ships, and what clerks of this file entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import DatedFigure, Setting
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.dated_figures import (
    BY_YEAR,
    PREFECTURES,
    FigureEntry,
    FigureKind,
    Figures,
    figures_of,
    value_of,
)
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.figure_files import shipped_entries
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

PREFECTURE: Final = "figures.prefecture"
"""Setting: the prefecture whose minimum wage is followed."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure for the editor.

    Attributes:
        entry: what it says.
        figure_id: of a clerk's own entry; ``None`` for a shipped one.
        version: of a clerk's own entry.
        is_covered: a shipped figure that a clerk's own one stands before.
        recorded_at, actor: when and by whom it was entered.
    """

    entry: FigureEntry
    figure_id: int | None = None
    version: int = 0
    is_covered: bool = False
    recorded_at: datetime | None = None
    actor: str = ""


def figures(session: Session) -> Figures:
    """Return all figures known in this file; a clerk's own entry stands before a shipped one."""
    return figures_of(shipped_entries(), (_entry(row) for row in session.scalars(select(DatedFigure))))


def minimum_wages(session: Session, programme_wages: Iterable[Sequence[Any]]) -> tuple[Rate, ...]:
    """Return the minimum wages to hold rates against, in order of the day from which they hold.

    ``programme_wages`` are the programme's own, as stored; of one day they stand before those of
    the prefecture.
    """
    name = prefecture(session)
    known = figures(session).minimum_wages.get(name, ()) if name else ()
    own = (Rate(date.fromisoformat(str(day)), int(yen)) for day, yen in programme_wages)
    return tuple(sorted({rate.valid_from: rate for rate in (*known, *own)}.values()))


def prefecture(session: Session) -> str:
    """Return the prefecture whose minimum wage is followed; empty while nobody has chosen one."""
    row = session.get(Setting, PREFECTURE)
    return "" if row is None else str(row.value)


def figure_rows(database: Database) -> tuple[FigureRow, ...]:
    """Return the shipped and the own figures, in order of kind and day, own ones first."""
    with database.read() as session:
        own = [
            FigureRow(_entry(row), row.id, row.version, recorded_at=row.recorded_at, actor=row.actor)
            for row in session.scalars(select(DatedFigure))
        ]
    shipped = [FigureRow(entry, is_covered=_covered(entry, own)) for entry in shipped_entries()]
    return tuple(sorted([*own, *shipped], key=_order))


@dataclass(frozen=True, slots=True)
class FigureFormRow:
    """One own figure as its form has it."""

    figure_id: int
    version: int
    kind: FigureKind
    valid_from: date
    figures: Mapping[str, Any]
    source: str

    @property
    def entry(self) -> FigureEntry:
        """What it says."""
        return FigureEntry(self.kind, self.valid_from, self.figures, self.source)


def figure_of(row: FigureRow, entry: FigureEntry | None = None) -> FigureFormRow:
    """Return an own figure as its form has it, or with another entry in its place."""
    said = entry or row.entry
    return FigureFormRow(
        row.figure_id or 0, row.version, said.kind, said.valid_from, said.figures, said.source
    )


def figure_form(database: Database, *, figure_id: int) -> FigureFormRow:
    """Return an own figure as stored now.

    Raises:
        NotFoundError: ``figures.missing``.
    """
    with database.read() as session:
        row = session.get(DatedFigure, figure_id)
        if row is None:
            raise NotFoundError("figures.missing")
        return figure_of(FigureRow(_entry(row), row.id, row.version))


def chosen_prefecture(database: Database) -> str:
    """Return the prefecture whose minimum wage is followed, for the editor."""
    with database.read() as session:
        return prefecture(session)


def save_figure(
    database: Database,
    *,
    entry: FigureEntry,
    figure_id: int | None = None,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Keep a figure that a clerk entered, or change one.

    Args:
        database: the open database.
        entry: what it says, with its source.
        figure_id: the own figure to change; ``None`` adds one.
        version: of the figure, as it was read.
        actor: who does it.

    Raises:
        ValidationError: those of :func:`~fujisawa_desktop.rules.dated_figures.value_of`, or
            ``figures.twice`` when an own figure of this kind begins on that day already or holds
            for one of those years.
        NotFoundError: ``figures.missing``.
        ConflictError: ``conflict.changed-meanwhile``.
    """
    tidy = replace(entry, source=entry.source.strip())
    value_of(tidy)
    with unit_of_work(database, "figures.save", actor=actor, figure_kind=entry.kind) as work:
        if entry.kind is FigureKind.MINIMUM_WAGE and figure_id is None:
            tidy, figure_id = _joined(work, tidy)
        _refuse_twice(work, tidy, figure_id)
        row = DatedFigure() if figure_id is None else _own(work, figure_id, version)
        row.kind, row.valid_from, row.source = tidy.kind.value, tidy.valid_from, tidy.source
        row.figures = dict(tidy.figures)
        row.recorded_at, row.actor = work.now, work.actor
        work.session.add(row)
        return work.commit()


def remove_figure(database: Database, *, figure_id: int, version: int, actor: str | None = None) -> ChangeSet:
    """Take an own figure out again; what ships holds again, if it knows that day.

    Raises:
        NotFoundError: ``figures.missing``.
        ConflictError: ``conflict.changed-meanwhile``.
    """
    with unit_of_work(database, "figures.remove", actor=actor) as work:
        row = _own(work, figure_id, version)
        work.session.delete(row)
        return work.commit(figure_kind=FigureKind(row.kind))


def choose_prefecture(database: Database, *, name: str, actor: str | None = None) -> ChangeSet:
    """Say whose minimum wage is followed; an empty name follows the programme's own figures only.

    Raises:
        ValidationError: ``figures.prefecture``.
    """
    if name and name not in PREFECTURES:
        raise ValidationError("figures.prefecture", field="prefecture", text=name)
    with unit_of_work(database, "figures.prefecture", actor=actor, text=name) as work:
        row = work.session.get(Setting, PREFECTURE)
        if row is None:
            work.session.add(Setting(key=PREFECTURE, value=name))
        else:
            row.value = name
        return work.commit()


def _entry(row: DatedFigure) -> FigureEntry:
    return FigureEntry(FigureKind(row.kind), row.valid_from, row.figures, row.source)


def _own(work: UnitOfWork, figure_id: int, version: int | None) -> DatedFigure:
    row = work.session.get(DatedFigure, figure_id)
    if row is None:
        raise NotFoundError("figures.missing")
    if version is not None and row.version != version:
        raise ConflictError("conflict.changed-meanwhile")
    return row


def _joined(work: UnitOfWork, entry: FigureEntry) -> tuple[FigureEntry, int | None]:
    """Return a minimum wage together with those of other prefectures that hold from the same day."""
    row = work.session.scalars(
        select(DatedFigure).where(
            DatedFigure.kind == entry.kind.value, DatedFigure.valid_from == entry.valid_from
        )
    ).one_or_none()
    if row is None or set(row.figures["wages"]) & set(entry.figures["wages"]):
        return entry, None
    wages = {**row.figures["wages"], **entry.figures["wages"]}
    source = row.source if entry.source in row.source else f"{row.source}\n{entry.source}"
    return replace(entry, figures={"wages": wages}, source=source), row.id


def _refuse_twice(work: UnitOfWork, entry: FigureEntry, figure_id: int | None) -> None:
    others = work.session.scalars(
        select(DatedFigure).where(DatedFigure.kind == entry.kind.value, DatedFigure.id != (figure_id or 0))
    )
    for other in map(_entry, others):
        if _meet(entry, other):
            raise ValidationError("figures.twice", field="valid_from", date=other.valid_from)


def _meet(entry: FigureEntry, other: FigureEntry) -> bool:
    if entry.kind not in BY_YEAR:
        return entry.valid_from == other.valid_from
    return entry.valid_from.year <= _through(other) and other.valid_from.year <= _through(entry)


def _through(entry: FigureEntry) -> int:
    return int(entry.figures.get("through", entry.valid_from.year))


def _covered(entry: FigureEntry, own: Iterable[FigureRow]) -> bool:
    """Say whether nothing of a shipped figure counts any more."""
    alike = [row.entry for row in own if row.entry.kind is entry.kind]
    if entry.kind is FigureKind.MINIMUM_WAGE:
        same_day = [given for given in alike if given.valid_from == entry.valid_from]
        return set(entry.figures["wages"]) <= {name for given in same_day for name in given.figures["wages"]}
    if entry.kind not in BY_YEAR:
        return any(given.valid_from == entry.valid_from for given in alike)
    years = range(entry.valid_from.year, _through(entry) + 1)
    return all(any(given.valid_from.year <= year <= _through(given) for given in alike) for year in years)


def _order(row: FigureRow) -> tuple[int, date, bool]:
    kinds = list(FigureKind)
    return kinds.index(row.entry.kind), row.entry.valid_from, row.figure_id is None

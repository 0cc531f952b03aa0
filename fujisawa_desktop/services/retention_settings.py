"""The periods and times a file keeps records by: what ships, what clerks set, and what is kept for now."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, InputFileError, NotFoundError
from fujisawa_desktop.models import Applicant, Programme, RetentionRule, Setting
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.retention import Category, Limits, check_limits, check_years
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

LIMITS: Final = "retention.limits"
HOLDS: Final = "retention.holds"
WITHHELD: Final = "retention.withholds-names"


class HoldReason(StrEnum):
    """Why a clerk keeps somebody's records; never in free words, which might name people."""

    DISCLOSURE = "disclosure"
    APPEAL = "appeal"
    AUDIT = "audit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """How long records of one kind are kept in one programme.

    Attributes:
        version: of a clerk's own row; 0 while the shipped period holds.
    """

    category: Category
    years: int
    basis: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody's records are kept for now."""

    applicant_id: int
    reason: HoldReason
    since: date


@cache
def shipped_periods() -> dict[Category, Period]:
    """Return the periods that hold until a clerk sets others.

    Raises:
        InputFileError: ``retention.periods-unreadable``; the shipped file is damaged.
    """
    path = resources_dir() / "retention" / "periods.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            category: Period(category, check_years(int(own["years"])), str(own["basis"]))
            for category, own in ((one, told[one.value]) for one in Category)
        }
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputFileError("retention.periods-unreadable", file=path.name) from error


def periods_in(session: Session, programme_id: int) -> dict[Category, Period]:
    """Return every category's period in a programme."""
    known = [one.value for one in Category]  # what else stands there means nothing to this version
    query = select(RetentionRule).where(
        RetentionRule.programme_id == programme_id, RetentionRule.category.in_(known)
    )
    own = {
        Category(row.category): Period(Category(row.category), row.years, row.basis, row.version)
        for row in session.scalars(query)
    }
    return {**shipped_periods(), **own}


def limits_in(session: Session) -> Limits:
    """Return the times that hold for everybody."""
    row = session.get(Setting, LIMITS)
    return Limits(**row.value) if row is not None else Limits()


def withholds_names(session: Session) -> bool:
    """Tell whether reviewers' names are left out of what is disclosed; they are unless a clerk said no."""
    row = session.get(Setting, WITHHELD)
    return True if row is None else bool(row.value)


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """Everything the office sets about keeping records, as its window shows it."""

    periods: tuple[Period, ...]
    limits: Limits
    withholds_names: bool


def retention_settings(database: Database, *, programme_id: int) -> RetentionSettings:
    """Return everything the office sets about keeping records of a programme."""
    with database.read() as session:
        found = periods_in(session, programme_id)
        return RetentionSettings(
            periods=tuple(found[category] for category in Category),
            limits=limits_in(session),
            withholds_names=withholds_names(session),
        )


@dataclass(frozen=True, slots=True)
class PeriodsForm:
    """What the office sets about keeping records, field by field.

    Attributes:
        seen: everything as it was read.
    """

    programme_id: int
    years: Mapping[Category, int]
    basis: Mapping[Category, str]
    disclosure_months: int
    claim_years: int
    withholds: bool
    seen: RetentionSettings


def periods_of(settings: RetentionSettings, programme_id: int) -> PeriodsForm:
    """Return the settings as their form has them."""
    return PeriodsForm(
        programme_id,
        {period.category: period.years for period in settings.periods},
        {period.category: period.basis for period in settings.periods},
        settings.limits.disclosure_months,
        settings.limits.claim_years,
        settings.withholds_names,
        settings,
    )


def periods_form(database: Database, *, programme_id: int) -> PeriodsForm:
    """Return the settings as stored now."""
    return periods_of(retention_settings(database, programme_id=programme_id), programme_id)


def save_periods_form(database: Database, *, form: PeriodsForm, actor: str | None = None) -> ChangeSet:
    """Store the settings; raises as `save_periods`."""
    return save_periods(
        database,
        programme_id=form.programme_id,
        periods={
            period.category: replace(
                period, years=form.years[period.category], basis=form.basis[period.category]
            )
            for period in form.seen.periods
        },
        limits=Limits(form.disclosure_months, form.claim_years),
        withholds=form.withholds,
        seen=form.seen,
        actor=actor,
    )


def save_periods(
    database: Database,
    *,
    programme_id: int,
    periods: Mapping[Category, Period],
    limits: Limits,
    withholds: bool | None = None,
    seen: RetentionSettings | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Set the periods of a programme and the times that hold for all of them, as one act.

    ``seen`` is what was on the screen; None compares the versions of the periods only.

    Raises:
        NotFoundError: ``programme.gone``.
        ValidationError: as :func:`check_years` and :func:`check_limits`.
        ConflictError: somebody else has set one of them meanwhile.
    """
    check_limits(limits)
    with unit_of_work(database, "retention.periods", actor=actor) as work:
        if work.session.get(Programme, programme_id) is None:
            raise NotFoundError("programme.gone")
        known = periods_in(work.session, programme_id)
        if seen is not None and (seen.limits, seen.withholds_names) != (
            limits_in(work.session),
            withholds_names(work.session),
        ):
            raise ConflictError("conflict.changed-meanwhile")
        for category, period in periods.items():
            check_years(period.years)
            if period.version != known[category].version:
                raise ConflictError("conflict.changed-meanwhile")
            if (period.years, period.basis) != (known[category].years, known[category].basis):
                _store(work, programme_id, period)
        if limits != limits_in(work.session):
            keep_setting(work, LIMITS, asdict(limits))
        if withholds is not None and withholds != withholds_names(work.session):
            keep_setting(work, WITHHELD, withholds)
        return work.commit()


def _store(work: UnitOfWork, programme_id: int, period: Period) -> None:
    query = select(RetentionRule).where(
        RetentionRule.programme_id == programme_id, RetentionRule.category == period.category.value
    )
    row = work.session.scalar(query)
    if row is None:
        row = RetentionRule(programme_id=programme_id, category=period.category.value, years=0)
        work.session.add(row)
    row.years, row.basis = period.years, period.basis.strip()


def keep_setting(work: UnitOfWork, key: str, value: Any) -> None:
    """Store one named value."""
    row = work.session.get(Setting, key)
    if row is None:
        work.session.add(Setting(key=key, value=value))
    elif row.value != value:
        row.value = value


# --- kept for now ------------------------------------------------------------


def holds_in(session: Session) -> dict[int, Hold]:
    """Return whose records are kept for now."""
    row = session.get(Setting, HOLDS)
    stored: Mapping[str, Any] = row.value if row is not None else {}
    return {
        int(key): Hold(int(key), HoldReason(one["reason"]), date.fromisoformat(one["since"]))
        for key, one in stored.items()
    }


def holds(database: Database) -> dict[int, Hold]:
    """Return whose records are kept for now, by person."""
    with database.read() as session:
        return holds_in(session)


def hold_person(
    database: Database,
    *,
    applicant_id: int,
    reason: HoldReason | None,
    today: date,
    actor: str | None = None,
) -> ChangeSet:
    """Keep somebody's records until a clerk says otherwise; without a ``reason``, keep them no longer.

    Raises:
        NotFoundError: ``applicant.gone``.
    """
    code = "retention.released" if reason is None else "retention.held"
    with unit_of_work(database, code, actor=actor) as work:
        if work.session.get(Applicant, applicant_id) is None:
            raise NotFoundError("applicant.gone")
        row = work.session.get(Setting, HOLDS)
        stored = dict(row.value) if row is not None else {}
        stored.pop(str(applicant_id), None)
        if reason is not None:
            stored[str(applicant_id)] = {"reason": reason.value, "since": today.isoformat()}
        keep_setting(work, HOLDS, stored)
        work.concerns("applicant", applicant_id)
        return work.commit()

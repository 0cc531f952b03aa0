"""What clerks decide about the flags of entries: the flag stands, or the entry takes part all the same.

A flag says what was noticed (late, taken back, …); it is computed anew with every import and every
change of the deadline.  A ruling is a clerk's word on it, is kept apart, and outlives both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Decision, Entry, FlagRuling, FlagVerdict, Reply
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.selection import REINSTATED, ApplicationStatus
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.stale import NOT_STORED, refuse_stale
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "DISQUALIFIED",
    "FLAG_COLUMNS",
    "FlagVerdict",
    "RulingForm",
    "RulingView",
    "any_standing_condition",
    "not_waived_condition",
    "open_flag_condition",
    "open_flags",
    "reinstate",
    "reopen_flag",
    "rule_flag",
    "ruling_form",
    "ruling_shown",
    "rulings_of",
    "standing_flag_condition",
    "standing_flags",
    "verdicts_of",
    "waived_flags",
]

DISQUALIFIED: Final = "disqualified"
FLAG_COLUMNS: Final[dict[str, InstrumentedAttribute[bool]]] = {
    EntryFlag.LATE.value: Entry.is_late,
    EntryFlag.WITHDRAWN.value: Entry.is_withdrawn,
    EntryFlag.NOT_STUDENT.value: Entry.is_not_student,
    DISQUALIFIED: Entry.is_disqualified,
}
"""Flags a clerk decides about, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class RulingView:
    """A clerk's decision about one flag; ``version`` is that of the decision shown."""

    flag: str
    verdict: FlagVerdict
    reason: str
    ruled_at: datetime
    actor: str
    version: int


@dataclass(frozen=True, slots=True)
class RulingForm:
    """What is decided about one flag of an entry: nothing while ``verdict`` is None."""

    version: int
    verdict: FlagVerdict | None
    reason: str


# --- asked -----------------------------------------------------------------------


def standing_flags(session: Session, entry_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the flags that a clerk said stand, by entry; entries without one are left out.

    Such an entry does not take part: a decision about it must warn.
    """
    return _flags_with(session, entry_ids, FlagVerdict.STANDS)


def open_flags(session: Session, entry_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the flags nobody has decided about yet, by entry; entries without one are left out."""
    return _flags_with(session, entry_ids, None)


def waived_flags(session: Session, entry_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the flags in spite of which a clerk lets the entry take part, by entry."""
    return _flags_with(session, entry_ids, FlagVerdict.WAIVED)


def open_flag_condition(flag: str) -> ColumnElement[bool]:
    """Return the condition under which an entry bears a flag nobody has decided about."""
    return and_(FLAG_COLUMNS[flag].is_(True), ~_ruled(flag))


def standing_flag_condition(flag: str) -> ColumnElement[bool]:
    """Return the condition under which an entry bears a flag that a clerk said stands."""
    return and_(FLAG_COLUMNS[flag].is_(True), _ruled(flag, FlagVerdict.STANDS))


def not_waived_condition(*, beside: str = "") -> ColumnElement[bool]:
    """Return the condition under which an entry bears any flag that no clerk has waived.

    Args:
        beside: a flag that is not looked at.
    """
    return or_(
        *(
            and_(column.is_(True), ~_ruled(flag, FlagVerdict.WAIVED))
            for flag, column in FLAG_COLUMNS.items()
            if flag != beside
        )
    )


def any_standing_condition() -> ColumnElement[bool]:
    """Return the condition under which an entry bears any flag that a clerk said stands."""
    return or_(*map(standing_flag_condition, FLAG_COLUMNS))


def rulings_of(session: Session, entry_id: int) -> dict[str, RulingView]:
    """Return the decisions about the flags of one entry, by flag."""
    query = select(FlagRuling).where(FlagRuling.entry_id == entry_id)
    return {
        row.flag: RulingView(row.flag, row.verdict, row.reason, row.ruled_at, row.actor, row.version)
        for row in session.scalars(query)
    }


def ruling_shown(ruling: RulingView | None) -> RulingForm:
    """Return what was seen of the decision about a flag."""
    if ruling is None:
        return RulingForm(NOT_STORED, None, "")
    return RulingForm(ruling.version, ruling.verdict, ruling.reason)


def ruling_form(database: Database, *, entry_id: int, flag: str) -> RulingForm:
    """Return what is decided about a flag now."""
    with database.read() as session:
        return ruling_shown(rulings_of(session, entry_id).get(flag))


def verdicts_of(connection: Connection, entry_ids: Sequence[int]) -> dict[tuple[int, FlagVerdict], set[str]]:
    """Return the flags that are decided about, by entry and verdict; for a page of a list at once."""
    found: dict[tuple[int, FlagVerdict], set[str]] = {}
    for entry_id, flag, verdict in connection.execute(_VERDICTS, {"ids": entry_ids}):
        found.setdefault((entry_id, verdict), set()).add(flag)
    return found


_VERDICTS: Final = select(FlagRuling.entry_id, FlagRuling.flag, FlagRuling.verdict).where(
    FlagRuling.entry_id.in_(bindparam("ids", expanding=True))
)


def _ruled(flag: str, verdict: FlagVerdict | None = None) -> ColumnElement[bool]:
    ruled = exists().where(FlagRuling.entry_id == Entry.id, FlagRuling.flag == flag)
    return ruled if verdict is None else ruled.where(FlagRuling.verdict == verdict)


def _flags_with(
    session: Session, entry_ids: Iterable[int], wanted: FlagVerdict | None
) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for chunk in chunks(list(dict.fromkeys(entry_ids))):
        rulings = select(FlagRuling.entry_id, FlagRuling.flag, FlagRuling.verdict)
        ruled = {
            (entry_id, flag): verdict
            for entry_id, flag, verdict in session.execute(rulings.where(FlagRuling.entry_id.in_(chunk)))
        }
        borne = select(Entry.id, *FLAG_COLUMNS.values()).where(Entry.id.in_(chunk))
        for entry_id, *set_ in session.execute(borne.where(or_(*FLAG_COLUMNS.values()))):
            flags = tuple(
                flag
                for flag, is_set in zip(FLAG_COLUMNS, set_, strict=True)
                if is_set and ruled.get((entry_id, flag)) is wanted
            )
            if flags:
                found[entry_id] = flags
    return found


# --- done ------------------------------------------------------------------------


def rule_flag(
    database: Database,
    *,
    entry_id: int,
    flag: str,
    verdict: FlagVerdict,
    reason: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Decide about one flag of an entry, or decide otherwise than before.

    ``version`` is that of the decision that was seen, ``NOT_STORED`` where there was none; None does
    not compare.

    An entry that the portal calls taken back, and that takes part all the same, is in the selection
    again; its applications follow in the same act, unless the person withdrew here too.

    Raises:
        ConflictError: somebody else decided about it meanwhile.
        ValidationError: ``ruling.reason-missing``; who takes part in spite of a flag needs a reason.
        RuleError: ``ruling.flag-gone``; the entry does not bear the flag any more.
        NotFoundError: the entry is gone.
    """
    if verdict is FlagVerdict.WAIVED and not reason.strip():
        raise ValidationError("ruling.reason-missing", field="reason")
    code = "ruling.waived" if verdict is FlagVerdict.WAIVED else "ruling.stands"
    with unit_of_work(database, code, actor=actor, flag=flag) as work:
        entry = _entry(work.session, entry_id)
        if not getattr(entry, FLAG_COLUMNS[flag].key):
            raise RuleError("ruling.flag-gone")
        _refuse_other_ruling(work.session, entry_id, flag, version)
        _store(work, entry_id, flag, verdict, reason.strip())
        if flag == EntryFlag.WITHDRAWN:
            _follow(work, entry_id, verdict)
        return work.commit()


def reopen_flag(
    database: Database, *, entry_id: int, flag: str, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Take a decision about a flag away, so that it is undecided again.

    Raises:
        ConflictError: somebody else decided otherwise meanwhile; ``version`` as for `rule_flag`.
        RuleError: ``ruling.none``; nothing was decided.
        NotFoundError: the entry is gone.
    """
    with unit_of_work(database, "ruling.reopen", actor=actor, flag=flag) as work:
        _entry(work.session, entry_id)
        ruling = _ruling(work.session, entry_id, flag)
        if ruling is None:
            raise RuleError("ruling.none")
        refuse_stale(version, ruling.version)
        if flag == EntryFlag.WITHDRAWN:
            _follow(work, entry_id, FlagVerdict.STANDS)
        work.session.delete(ruling)
        return work.commit()


def _entry(session: Session, entry_id: int) -> Entry:
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise NotFoundError("applicant.gone")
    return entry


def _ruling(session: Session, entry_id: int, flag: str) -> FlagRuling | None:
    return session.scalar(select(FlagRuling).where(FlagRuling.entry_id == entry_id, FlagRuling.flag == flag))


def _refuse_other_ruling(session: Session, entry_id: int, flag: str, version: int | None) -> None:
    ruling = _ruling(session, entry_id, flag)
    refuse_stale(version, ruling.version if ruling is not None else None)


def _store(work: UnitOfWork, entry_id: int, flag: str, verdict: FlagVerdict, reason: str) -> None:
    ruling = _ruling(work.session, entry_id, flag)
    if ruling is None:
        ruling = FlagRuling(entry_id=entry_id, flag=flag)
        work.session.add(ruling)
    elif ruling.verdict is verdict and ruling.reason == reason:
        return
    ruling.verdict, ruling.reason = verdict, reason
    ruling.ruled_at, ruling.actor = work.now, work.actor


def _follow(work: UnitOfWork, entry_id: int, verdict: FlagVerdict) -> None:
    """Let the applications of an entry taken back at the portal follow the ruling."""
    if verdict is FlagVerdict.WAIVED:
        reinstate(work, [entry_id])
        return
    withdrawn, received = REINSTATED
    again = _untouched(work.session, [entry_id], received)
    work.update_many(Application, {key: {"status": withdrawn} for key in again})


def reinstate(work: UnitOfWork, entry_ids: Sequence[int]) -> None:
    """Let applications of entries that are not taken back after all be in the selection again.

    Nothing moves that was announced, or to which the person answered: who withdrew here has.
    """
    old, new = REINSTATED
    work.update_many(Application, {key: {"status": new} for key in _untouched(work.session, entry_ids, old)})


def _untouched(session: Session, entry_ids: Sequence[int], status: ApplicationStatus) -> list[int]:
    """Return applications of which nothing was announced and to which the person answered nothing."""
    announced = exists().where(Decision.application_id == Application.id, Decision.announced_at.is_not(None))
    answered = exists().where(Reply.application_id == Application.id)
    query = select(Application.id).where(Application.status == status, ~announced, ~answered)
    found: list[int] = []
    for chunk in chunks(entry_ids):
        found.extend(session.scalars(query.where(Application.entry_id.in_(chunk)).order_by(Application.id)))
    return found

"""Who takes no part (要件不備), and who came to the interview: marks that a clerk sets and takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, FlagRuling, FlagVerdict, Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, check_move
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_links import applications_seen, interviews_about
from fujisawa_desktop.services.interview_writing import stored_interview
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.selection_core import Subject, attendance_refusals, subjects
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

INELIGIBLE_FLAG: Final = "ineligible"
"""The flag under which the reason of 要件不備 is kept (``FlagRuling``)."""


def mark_ineligible(
    database: Database,
    *,
    application_ids: Sequence[int],
    reason: str,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Put applications aside as not eligible, all or none; the reason is kept with the entry.

    Raises:
        ValidationError: ``selection.reason-needed``.
        RuleError: an application is past the first screening, or withdrawn.
        NotFoundError: an application does not exist.
    """
    goal, parts = ApplicationStatus.INELIGIBLE, Parts(4, progress)
    return _move(database, "selection.ineligible", application_ids, goal, reason, actor, parts)


def mark_eligible(
    database: Database,
    *,
    application_ids: Sequence[int],
    reason: str,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Let applications take part again; raises as :func:`mark_ineligible`."""
    goal, parts = ApplicationStatus.RECEIVED, Parts(4, progress)
    return _move(database, "selection.eligible", application_ids, goal, reason, actor, parts)


def record_attendance(
    database: Database,
    *,
    application_ids: Sequence[int],
    attendance: Attendance | None,
    actor: str | None = None,
    progress: Progress | None = None,
) -> ChangeSet:
    """Record whether people came to their interview, all or none; ``None`` takes the record out.

    Raises:
        RuleError: somebody is not between the screenings, has no interview, or is to be absent while
            a pass or a reserve place is noted.
        NotFoundError: an application does not exist.
    """
    code = f"selection.{attendance.value}" if attendance is not None else "selection.attendance-clear"
    parts = Parts(3, progress)
    with unit_of_work(database, code, actor=actor) as work:
        people = _known(work, application_ids, parts)
        for refusal in attendance_refusals(work.session, people, attendance).values():
            if refusal:
                raise RuleError(refusal)
        write_attendance(work, interviews_about(work.session, people), attendance)
        parts.ended()
        return work.commit(count=len({one.entry_id for one in people.values()}))


def record_interview(
    database: Database,
    *,
    interview_id: int,
    attendance: Attendance | None,
    late_minutes: int | None = None,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record whether somebody came to one interview, and how late; ``None`` takes the record out.

    Args:
        database: the open database.
        interview_id: the interview.
        attendance: whether the person came.
        late_minutes: by how much somebody who came was late; None for in time.
        version: of the interview, as the clerk saw it; None does not compare.
        actor: who does it.

    Raises:
        ValidationError: ``interview.late-minutes``.
        RuleError: as `record_attendance`.
        ConflictError: the interview was changed meanwhile.
        NotFoundError: ``interview.missing``.
    """
    if late_minutes is not None and (late_minutes < 1 or attendance is not Attendance.ATTENDED):
        raise ValidationError("interview.late-minutes", field="late_minutes")
    code = f"selection.{attendance.value}" if attendance is not None else "selection.attendance-clear"
    with unit_of_work(database, "interview.late" if late_minutes else code, actor=actor) as work:
        stored_interview(work, interview_id, version)
        people = subjects(work.session, applications_seen(work.session, interview_id))
        due = {key: one for key, one in people.items() if one.status is ApplicationStatus.FIRST_PASSED}
        for refusal in attendance_refusals(work.session, due or people, attendance).values():
            if refusal:
                raise RuleError(refusal)
        write_attendance(work, [interview_id], attendance, late_minutes)
        return work.commit(**({"minutes": late_minutes} if late_minutes else {"count": 1}))


def write_attendance(
    work: UnitOfWork,
    interview_ids: Sequence[int],
    attendance: Attendance | None,
    late_minutes: int | None = None,
) -> None:
    """Write within an open act who came; the one door through which attendance is stored."""
    said = {"attendance": attendance, "late_minutes": late_minutes}
    work.update_many(Interview, dict.fromkeys(interview_ids, said))


def _move(
    database: Database,
    code: str,
    application_ids: Sequence[int],
    goal: ApplicationStatus,
    reason: str,
    actor: str | None,
    parts: Parts,
) -> ChangeSet:
    if not reason.strip():
        raise ValidationError("selection.reason-needed", field="reason")
    with unit_of_work(database, code, actor=actor) as work:
        people = _known(work, application_ids, parts)
        for subject in people.values():
            check_move(subject.status, goal)
        work.update_many(Application, {key: {"status": goal} for key in people})
        parts.ended()
        stands = goal is ApplicationStatus.INELIGIBLE
        _rule(work, people, FlagVerdict.STANDS if stands else FlagVerdict.WAIVED, reason.strip())
        parts.ended()
        return work.commit(count=len(people))


def _rule(work: UnitOfWork, people: dict[int, Subject], verdict: FlagVerdict, reason: str) -> None:
    """Keep the reason with the entry; what was said before stays in the journal."""
    entries = sorted({one.entry_id for one in people.values()})
    known: dict[int, int] = {}
    for chunk in chunks(entries):
        query = select(FlagRuling.entry_id, FlagRuling.id).where(
            FlagRuling.flag == INELIGIBLE_FLAG, FlagRuling.entry_id.in_(chunk)
        )
        known.update((entry_id, key) for entry_id, key in work.session.execute(query))
    said = {"verdict": verdict, "reason": reason, "ruled_at": work.now, "actor": work.actor}
    work.update_many(FlagRuling, dict.fromkeys(known.values(), said))
    work.insert_many(
        FlagRuling,
        [{"entry_id": key, "flag": INELIGIBLE_FLAG, **said} for key in entries if key not in known],
    )


def _known(work: UnitOfWork, application_ids: Sequence[int], parts: Parts) -> dict[int, Subject]:
    people = subjects(work.session, dict.fromkeys(application_ids), parts)
    if not people or len(people) != len(set(application_ids)):
        raise NotFoundError("selection.no-application")
    parts.ended()
    return people

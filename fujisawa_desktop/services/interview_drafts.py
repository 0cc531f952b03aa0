"""計画案: plans kept aside under a name, compared with each other, then applied or forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import InterviewDraft
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_assumptions import (
    Assumptions,
    assumptions_of,
    stored_assumptions,
)
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_figures import (
    Comparison,
    Contender,
    PlanFigures,
    booked_now,
    compared,
    contender_of,
    figures_from,
    figures_of,
    stored_figures,
)
from fujisawa_desktop.services.interview_plan import Place, book_places
from fujisawa_desktop.services.interview_plan_view import PlannedInterview, PlanView, Seat
from fujisawa_desktop.services.interview_problem import basis_of, problem_of
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.unit_of_work import unit_of_work

LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One plan kept aside.

    Attributes:
        is_proven: it was proven to be the best when it was made.
        is_current: nothing it hangs on was changed since.
        is_trial: it takes something for granted that was not so.
    """

    draft_id: int
    version: int
    name: str
    note: str
    made_at: datetime
    actor: str
    is_proven: bool
    is_current: bool
    assumptions: Assumptions
    figures: PlanFigures

    @property
    def is_trial(self) -> bool:
        """Tell whether it takes something for granted that was not so."""
        return bool(self.assumptions)


def drafts(database: Database, *, programme_id: int) -> list[DraftRow]:
    """Return the plans kept aside, the newest first.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        rows = list(session.scalars(_of(programme_id)))
        if not rows:
            return []
        basis = basis_of(problem_of(load_calendar(session, programme_id)))
        return [_row(row, basis) for row in rows]


def count_drafts(database: Database, *, programme_id: int) -> int:
    """Return how many plans are kept aside."""
    query = select(func.count(InterviewDraft.id)).where(InterviewDraft.programme_id == programme_id)
    with database.read() as session:
        return session.scalar(query) or 0


def save_draft(
    database: Database, *, plan: PlanView, name: str, note: str = "", actor: str | None = None
) -> ChangeSet:
    """Keep a plan or a trial under a name; nothing is booked.

    Raises:
        ValidationError: the name is empty, too long or taken.
    """
    tidy = _name(name)
    with unit_of_work(database, "draft.save", actor=actor) as work:
        taken = select(InterviewDraft.id).where(
            InterviewDraft.programme_id == plan.programme_id, InterviewDraft.name == tidy
        )
        if work.session.scalar(taken) is not None:
            raise ValidationError("draft.name-taken", field="name", name=tidy)
        work.session.add(
            InterviewDraft(
                programme_id=plan.programme_id,
                name=tidy,
                note=note.strip(),
                made_at=work.now,
                actor=work.actor,
                basis=plan.basis,
                is_proven=plan.proven_optimal,
                assumptions=stored_assumptions(plan.assumptions),
                figures=stored_figures(figures_of(plan)),
                placements=[_stored_place(one) for one in plan.placed],
            )
        )
        return work.commit()


def delete_drafts(database: Database, *, draft_ids: Iterable[int], actor: str | None = None) -> ChangeSet:
    """Forget plans that were kept aside; no interview is touched.

    Raises:
        NotFoundError: ``draft.gone``.
    """
    with unit_of_work(database, "draft.delete", actor=actor) as work:
        rows = [_draft(work.session, draft_id) for draft_id in draft_ids]
        for row in rows:
            work.session.delete(row)
        return work.commit(count=len(rows))


def apply_draft(database: Database, *, draft_id: int, actor: str | None = None) -> ChangeSet:
    """Book a plan that was kept aside, as one act.

    Raises:
        NotFoundError: ``draft.gone``.
        ConflictError: ``plan.outdated`` when something it hangs on was changed since,
            ``draft.trial`` when it takes something for granted that is not so.
    """
    with database.read() as session:
        row = _draft(session, draft_id)
        if row.assumptions:
            raise ConflictError("draft.trial")
        programme_id, basis = row.programme_id, row.basis
        places = [_place(stored) for stored in row.placements]
    return book_places(database, programme_id=programme_id, places=places, basis=basis, actor=actor)


def compare_plans(
    database: Database,
    *,
    programme_id: int,
    draft_ids: Sequence[int] = (),
    plans: Sequence[PlanView] = (),
    with_calendar: bool = True,
) -> Comparison:
    """Put plans side by side: what is booked now, those kept aside, and those that are looked at.

    Raises:
        NotFoundError: ``programme.none`` or ``draft.gone``.
    """
    with database.read() as session:
        view = load_calendar(session, programme_id)
        basis = basis_of(problem_of(view))
        kept = [_contender(view, _draft(session, draft_id), basis) for draft_id in draft_ids]
    now = [booked_now(view)] if with_calendar and view.interviews else []
    return compared(view, [*now, *kept, *(contender_of(plan) for plan in plans)])


# --- as stored -------------------------------------------------------------------


def _of(programme_id: int) -> Select[InterviewDraft]:
    return (
        select(InterviewDraft)
        .where(InterviewDraft.programme_id == programme_id)
        .order_by(InterviewDraft.made_at.desc(), InterviewDraft.id.desc())
    )


def _draft(session: Session, draft_id: int) -> InterviewDraft:
    row = session.get(InterviewDraft, draft_id)
    if row is None:
        raise NotFoundError("draft.gone")
    return row


def _row(row: InterviewDraft, basis: str) -> DraftRow:
    return DraftRow(
        draft_id=row.id,
        version=row.version,
        name=row.name,
        note=row.note,
        made_at=row.made_at,
        actor=row.actor,
        is_proven=row.is_proven,
        is_current=row.basis == basis,
        assumptions=assumptions_of(row.assumptions),
        figures=figures_from(row.figures),
    )


def _stored_place(one: PlannedInterview) -> list[Any]:
    return [
        one.key,
        list(one.interviewer_ids),
        list(one.interviewers),
        one.start.isoformat(),
        one.end.isoformat(),
    ]


def _place(stored: Sequence[Any]) -> Place:
    key, interviewers, _names, start, end = stored
    return Place(key, tuple(interviewers), datetime.fromisoformat(start), datetime.fromisoformat(end))


def _contender(view: CalendarView, row: InterviewDraft, basis: str) -> Contender:
    seats: dict[int, Seat] = {}
    for key, _interviewers, names, start, end in row.placements:
        if key in view.person_of:
            seats[key] = Seat(datetime.fromisoformat(start), datetime.fromisoformat(end), tuple(names))
    return Contender(
        row.name,
        figures_from(row.figures),
        seats,
        assumptions_of(row.assumptions),
        row.is_proven,
        row.basis == basis,
    )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise ValidationError("draft.name-empty", field="name")
    if len(name) > LONGEST_NAME:
        raise ValidationError("draft.name-long", field="name", most=LONGEST_NAME)
    return name

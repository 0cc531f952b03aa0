"""People at a chosen step of the selection, stored as the services store them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from fujisawa_desktop.models import Applicant, Application, Decision, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOON = datetime(2024, 10, 10, 12, 0)
_numbers = count(1)
_S = ApplicationStatus
_FINAL = {
    _S.FINAL_PASSED: Result.PASS,
    _S.ACCEPTED: Result.PASS,
    _S.APPOINTED: Result.PASS,
    _S.FINAL_RESERVE: Result.RESERVE,
    _S.FINAL_FAILED: Result.FAIL,
}


@dataclass(frozen=True)
class Staged:
    """Ids of what was stored."""

    applicant_id: int
    entry_id: int
    application_id: int


def stage(
    database: Database,
    programme_id: int,
    course_id: int,
    status: ApplicationStatus = ApplicationStatus.RECEIVED,
    *,
    flag: str = "",
) -> Staged:
    """Store one person with one application in ``status`` and the announced decisions before it."""
    with unit_of_work(database, "test.people") as work:
        session = work.session
        person = Applicant(
            programme_id=programme_id, name_entered="見本", kana="ミホン", search_key="", sort_key=""
        )
        session.add(person)
        session.flush()
        entry = Entry(
            programme_id=programme_id,
            applicant_id=person.id,
            source="manual",
            number=str(next(_numbers)),
            received_at=NOON,
            **({flag: True} if flag else {}),
        )
        session.add(entry)
        session.flush()
        application = Application(
            applicant_id=person.id, entry_id=entry.id, course_id=course_id, status=status
        )
        session.add(application)
        session.flush()
        for step, result in _decisions(status):
            session.add(_decision(application.id, step, result, NOON))
        work.commit()
        return Staged(person.id, entry.id, application.id)


def note_decision(database: Database, application_id: int, step: Stage, result: Result) -> None:
    """Store a decision that is not announced yet."""
    with unit_of_work(database, "test.decision") as work:
        work.session.add(_decision(application_id, step, result, None))
        work.commit()


def _decisions(status: ApplicationStatus) -> list[tuple[Stage, Result]]:
    if status in {_S.RECEIVED, _S.INELIGIBLE, _S.WITHDRAWN}:
        return []
    if status is _S.FIRST_FAILED:
        return [(Stage.FIRST, Result.FAIL)]
    final = [(Stage.FINAL, _FINAL[status])] if status in _FINAL else []
    return [(Stage.FIRST, Result.PASS), *final]


def _decision(application_id: int, step: Stage, result: Result, announced_at: datetime | None) -> Decision:
    return Decision(
        application_id=application_id, stage=step, result=result, decided_at=NOON, announced_at=announced_at
    )

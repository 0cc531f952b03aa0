"""People of two courses whose screenings were announced, for tests of what comes after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from staged_people import Staged, stage

from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

TERM_DAY = date(2024, 11, 20)
"""A day on which reserves of the sample programme can move up."""


@dataclass(frozen=True)
class Final:
    """A course with two passes, three reserves and one fail, all announced."""

    passed: tuple[Staged, ...]
    reserves: tuple[Staged, ...]
    failed: Staged


def named(database: Database, person: Staged, name: str, mail: str) -> None:
    """Give somebody a name and an address."""
    with unit_of_work(database, "test.people") as work:
        row = work.session.get_one(Applicant, person.applicant_id)
        row.name_entered, row.mail = name, mail
        work.commit()


def number_of(database: Database, person: Staged) -> str:
    """Return the portal number."""
    with database.read() as session:
        return session.get_one(Entry, person.entry_id).number


def status_of(database: Database, person: Staged) -> ApplicationStatus:
    """Return the state of the application."""
    with database.read() as session:
        return session.get_one(Application, person.application_id).status


def decision_of(database: Database, person: Staged, step: Stage = Stage.FINAL) -> Decision:
    """Return the stored decision."""
    with database.read() as session:
        query = select(Decision).where(
            Decision.application_id == person.application_id, Decision.stage == step
        )
        return session.scalars(query).one()


def decide(database: Database, people: list[Staged], result: Result, step: Stage = Stage.FINAL) -> None:
    """Note a result for people."""
    record_decisions(
        database, application_ids=[one.application_id for one in people], stage=step, result=result
    )


def noted_final(database: Database, programme_id: int) -> Final:
    """Note final results for six people of the first course."""
    people = [stage(database, programme_id, 1, ApplicationStatus.FIRST_PASSED) for _ in range(6)]
    for at, one in enumerate(people):
        named(database, one, f"見本　{'一二三四五六'[at]}", f"p{at}@example.jp")
    decide(database, people[:2], Result.PASS)
    decide(database, people[2:5], Result.RESERVE)
    decide(database, people[5:], Result.FAIL)
    return Final(tuple(people[:2]), tuple(people[2:5]), people[5])


def announced_final(database: Database, programme_id: int) -> Final:
    """Announce them."""
    final = noted_final(database, programme_id)
    release(database, programme_id=programme_id, stage=Stage.FINAL, actor="佐藤")
    return final


def capacity(database: Database, places: int) -> None:
    """Give the first course so many places."""
    with unit_of_work(database, "test.course") as work:
        work.session.get_one(Course, 1).capacity = places
        work.commit()

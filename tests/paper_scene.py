"""People whose results and interviews can be told by letter, for the tests of making and issuing papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from appointed import Person, add_people
from interview_scene import at
from sqlalchemy import select

from fujisawa_desktop.models import Applicant, Application, Entry, Interview, Interviewer, Notice, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.interview_booking import Sitting, write_sittings
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 10, 25, 17, 2)
DAY = date(2024, 10, 25)
PEOPLE = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, Status.RECEIVED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.RECEIVED),
    Person("RN1", "髙﨑　花", "タカサキ ハナ", 0, Status.RECEIVED),
)


def make(database: Database, programme_id: int, kind: str = "first-result", **options: Any) -> PaperDraft:
    """Make papers of the day of the first results."""
    return make_papers(database, programme_id=programme_id, kind=kind, **{"now": NOW, **options})


def decided(database: Database, programme_id: int, people: tuple[Person, ...] = PEOPLE) -> Database:
    """Let everybody pass the first screening but the second of the people."""
    add_people(database, programme_id, people)
    for place, person in enumerate(people):
        result = Result.FAIL if place == 1 else Result.PASS
        ids = applications(database, person.number)
        record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=result, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")
    return database


def applications(database: Database, number: str) -> list[int]:
    with database.read() as session:
        query = select(Application.id).join(Entry, Entry.id == Application.entry_id)
        return list(session.scalars(query.where(Entry.number == number)))


def book(database: Database, programme_id: int, number: str, hour: int) -> None:
    """Give somebody an interview at an hour of the first day, or move the one there is."""
    with unit_of_work(database, "test.book", actor="test") as work:
        session = work.session
        interviewer = session.scalars(select(Interviewer)).first()
        if interviewer is None:
            interviewer = Interviewer(programme_id=programme_id, position=0, name="職員課 佐野")
            session.add(interviewer)
            session.flush()
        entry = session.scalars(select(Entry).where(Entry.number == number)).one()
        known = session.scalars(select(Interview.id).where(Interview.entry_id == entry.id)).first()
        sitting = Sitting(
            entry.id,
            entry.applicant_id,
            (interviewer.id,),
            at(hour),
            at(hour, 30),
            **({} if known is None else {"interview_id": known}),
        )
        write_sittings(work, programme_id, [sitting])
        work.commit()


def without_sign(database: Database, programme_id: int) -> None:
    """Take the office's sign out of the programme: its letters bear no number then."""
    with unit_of_work(database, "test.sign", actor="test") as work:
        work.session.get_one(Programme, programme_id).document_sign = ""
        work.commit()


def notices(database: Database) -> list[Notice]:
    with database.read() as session:
        found = list(session.scalars(select(Notice).order_by(Notice.id)))
        session.expunge_all()
    return found


def person_of(database: Database, number: str) -> Applicant:
    with database.read() as session:
        query = select(Applicant).join(Entry, Entry.applicant_id == Applicant.id)
        person = session.scalars(query.where(Entry.number == number)).one()
        session.expunge_all()
    return person

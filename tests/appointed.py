"""People who passed and people who are appointed, for the tests of hours and pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from fujisawa_desktop.models import Applicant, Application, Course, Entry, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.names import kana_sort_key
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.staff import Member, members
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True)
class Person:
    number: str
    name: str
    kana: str
    course: int = 0
    status: ApplicationStatus = ApplicationStatus.FINAL_PASSED


FOUR = (
    Person("100000245489", "楜澤　涼介", "クルミザワ リョウスケ", 0),
    Person("100000237570", "葛城　さくら", "カツラギ サクラ", 1),
    Person("100000253408", "髙橋　美咲", "タカハシ ミサキ", 0),
    Person("RN26003219", "小鳥遊　結衣", "タカナシ ユイ", 1),
)
TEN_DAYS = tuple(date(2024, 12, day) for day in (2, 4, 6, 9, 11, 13, 16, 18, 20, 23))
DECEMBER = (2024, 12)


def add_people(database: Database, programme_id: int, people: tuple[Person, ...] = FOUR) -> None:
    """Store people with one application each; several with one name and kana are one person."""
    with unit_of_work(database, "test.people", actor="test") as work:
        courses = list(
            work.session.scalars(
                select(Course).where(Course.programme_id == programme_id).order_by(Course.position)
            )
        )
        known: dict[tuple[str, str], Applicant] = {}
        for person in people:
            applicant = known.get((person.name, person.kana)) or Applicant(
                programme_id=programme_id,
                name_entered=person.name,
                kana=person.kana,
                search_key=person.number,
                sort_key=kana_sort_key(person.kana),
            )
            known[person.name, person.kana] = applicant
            work.session.add(applicant)
            work.session.flush()
            entry = Entry(
                programme_id=programme_id,
                applicant_id=applicant.id,
                source="test",
                number=person.number,
                received_at=datetime(2024, 10, 1, 9, 0),
            )
            work.session.add(entry)
            work.session.flush()
            work.session.add(
                Application(
                    applicant_id=applicant.id,
                    entry_id=entry.id,
                    course_id=courses[person.course].id,
                    status=person.status,
                )
            )
        work.commit()


def appoint_four(database: Database, programme_id: int) -> dict[str, Member]:
    """Appoint the four people of the sample; returns them by number."""
    add_people(database, programme_id)
    appoint(database, programme_id=programme_id, accept=True, actor="test")
    return staff(database, programme_id)


def staff(database: Database, programme_id: int) -> dict[str, Member]:
    with database.read() as session:
        return {member.number: member for member in members(session, programme_id)}


def work(
    database: Database,
    programme_id: int,
    member: Member,
    days: tuple[date, ...],
    text: str,
    kind: ShiftKind = ShiftKind.WORKED,
) -> None:
    """Enter the same hours on several days."""
    enter_hours(
        database,
        programme_id=programme_id,
        places=[(member.appointment_id, day) for day in days],
        kind=kind,
        text=text,
        actor="test",
    )


def sample_december(database: Database, programme_id: int) -> dict[str, Member]:
    """Appoint the four and record the worked hours of the sample month."""
    four = appoint_four(database, programme_id)
    ryosuke, sakura, misaki, yui = (four[person.number] for person in FOUR)
    work(database, programme_id, ryosuke, TEN_DAYS[:9], "終")
    work(database, programme_id, ryosuke, TEN_DAYS[9:], "9-15:45")
    work(database, programme_id, sakura, TEN_DAYS, "終")
    work(database, programme_id, misaki, TEN_DAYS[:6], "半")
    work(database, programme_id, yui, TEN_DAYS[:3], "9-11:50")
    return four


def explain(database: Database, member: Member, reason: str = "窓口の繁忙のため") -> None:
    """Say why the worked time of somebody broke a rule, so that the month can be closed."""
    with unit_of_work(database, "test.reason", actor="test") as act:
        for row in act.session.scalars(
            select(Shift).where(Shift.appointment_id == member.appointment_id, Shift.kind == ShiftKind.WORKED)
        ):
            row.reason = reason
        act.commit()


def at(hour: int, minute: int = 0) -> time:
    return time(hour, minute)

"""The table of interviews is written anew by revision 0003; what hangs on its rows stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from fujisawa_desktop.models import (
    Applicant,
    Attendance,
    Entry,
    Interview,
    InterviewAnnouncement,
    Interviewer,
    InterviewSeat,
    InterviewUnit,
    UnitHolder,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.migrate import downgrade, upgrade

START, END = datetime(2024, 10, 30, 9), datetime(2024, 10, 30, 9, 30)


def booked(database: Database, programme_id: int) -> None:
    with database.write() as session:
        person = Applicant(
            programme_id=programme_id,
            name_entered="見本　花子",
            kana="ミホン　ハナコ",
            search_key="",
            sort_key="",
        )
        interviewer = Interviewer(programme_id=programme_id, position=1, name="職員課A")
        session.add_all([person, interviewer])
        session.flush()
        entry = Entry(
            programme_id=programme_id, applicant_id=person.id, source="sample", number="1", received_at=START
        )
        session.add(entry)
        session.flush()
        interview = Interview(
            programme_id=programme_id,
            entry_id=entry.id,
            applicant_id=person.id,
            starts_at=START,
            ends_at=END,
            attendance=Attendance.ATTENDED,
        )
        session.add(interview)
        session.flush()
        session.add(InterviewSeat(interview_id=interview.id, interviewer_id=interviewer.id))
        session.add(
            InterviewUnit(
                interview_id=interview.id,
                holder=UnitHolder.INTERVIEWER,
                holder_id=interviewer.id,
                starts_at=START,
            )
        )
        session.commit()


def stored(connection: Connection) -> list[tuple[object, ...]]:
    rows = connection.exec_driver_sql(
        "SELECT i.id, i.entry_id, i.starts_at, i.attendance, i.version, s.interviewer_id, u.holder_id"
        " FROM interview i JOIN interview_seat s ON s.interview_id = i.id"
        " JOIN interview_unit u ON u.interview_id = i.id"
    )
    return [tuple(row) for row in rows]


def test_interviews_keep_their_seats_and_their_time(database: Database, programme_id: int) -> None:
    booked(database, programme_id)
    with database.engines.writer.begin() as connection:
        before = stored(connection)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        downgrade(connection, "0002")
        older = stored(connection)
        upgrade(connection, "0003")
        again = stored(connection)
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    assert len(before) == 1
    assert before == older == again


def test_times_that_were_told_before_are_what_people_believe(database: Database, programme_id: int) -> None:
    booked(database, programme_id)
    with database.engines.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE interview SET announced_at = '2024-10-25 10:00:00.000000'")
        downgrade(connection, "0002")
        upgrade(connection, "0003")
    with database.read() as session:
        told = session.scalars(select(InterviewAnnouncement)).one()
        assert (told.starts_at, told.ends_at, told.is_cancelled, told.course_id) == (START, END, False, None)
        assert (told.announced_at, told.actor) == (datetime(2024, 10, 25, 10), "")

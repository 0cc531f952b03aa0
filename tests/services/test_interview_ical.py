"""Calendar files from the calendar: what stays, what changes, what falls away; read back by vobject."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import vobject
from interview_scene import at, entry_of, interviewer_named, number, office_and_people
from sqlalchemy import select

from fujisawa_desktop.errors import StorageError, ValidationError
from fujisawa_desktop.models import CalendarEvent, Interviewer, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.interview_booking import book, cancel, move
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_ical import WrittenCalendars, write_calendars
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.unit_of_work import unit_of_work

URL = "https://meet.example.jp/sano"


@pytest.fixture
def office(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    with unit_of_work(database, "interviewer.add-time") as work:
        work.session.get_one(Interviewer, interviewer_named(view, "佐野")).meeting_url = URL
        work.commit()
    for index, start in ((0, at(9)), (1, at(9, 30))):
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, "佐野"),
            start=start,
        )
    return calendar(database, programme_id=programme_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "予定"
    folder.mkdir()
    return folder


def write(database: Database, programme_id: int, target: Path, **more: bool) -> WrittenCalendars:
    return write_calendars(database, programme_id=programme_id, target=target, **more)


def events(path: Path) -> dict[str, vobject.base.Component]:
    """Return the events of a file by the number in their summary (or uid of cancelled ones)."""
    found = vobject.readOne(path.read_text(encoding="utf-8")).contents.get("vevent", [])
    return {event.uid.value: event for event in found}


def states(path: Path) -> dict[str, tuple[int, datetime]]:
    return {
        uid: (int(event.sequence.value), event.dtstart.value.replace(tzinfo=None))
        for uid, event in events(path).items()
    }


def interview_id(database: Database, programme_id: int, index: int) -> int:
    view = calendar(database, programme_id=programme_id)
    entry = entry_of(view, index)
    return next(one.interview_id for one in view.interviews if one.entry_id == entry)


def test_all_and_each_interviewer_get_a_file(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    written = write(database, programme_id, folder)
    assert [path.name for path in written.files] == [
        "面接予定_全員.ics",
        "面接予定_01_職員課 佐野.ics",
        "面接予定_02_デジタル推進室 辻.ics",
        "面接予定_03_子育て企画課 南.ics",
    ]
    assert (written.interviews, written.cancelled) == (2, 0)
    assert [len(events(path)) for path in written.files] == [2, 2, 0, 0]
    [first, second] = sorted(events(written.files[0]).values(), key=lambda one: one.dtstart.value)
    assert first.summary.value == f"面接　{number(0)}"
    assert first.dtstart.value.replace(tzinfo=None) == at(9)
    assert second.dtend.value - second.dtstart.value == timedelta(minutes=30)


def test_names_and_meetings_stand_only_where_they_may(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    written = write(database, programme_id, folder)
    whole = [path.read_text(encoding="utf-8").replace("\r\n ", "") for path in written.files]
    assert URL not in whole[0]
    assert URL in whole[1]
    assert not any("髙橋" in text or "葛城" in text for text in whole)
    named = write(database, programme_id, folder, with_names=True)
    assert "髙橋" in named.files[0].read_text(encoding="utf-8")


def test_nothing_changed_changes_no_sequence(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    before = states(write(database, programme_id, folder).files[0])
    assert {sequence for sequence, _start in before.values()} == {0}
    assert states(write(database, programme_id, folder).files[0]) == before


def test_a_moved_interview_keeps_its_uid_and_raises_the_sequence(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    before = states(write(database, programme_id, folder).files[0])
    move(
        database,
        interview_id=interview_id(database, programme_id, 0),
        interviewer_id=interviewer_named(office, "佐野"),
        start=at(11),
        despite=True,
    )
    after = states(write(database, programme_id, folder).files[0])
    assert before.keys() == after.keys()
    assert sorted(after.values()) == [(0, at(9, 30)), (1, at(11))]
    # Its words changed: that is a change too.
    named = states(write(database, programme_id, folder, with_names=True).files[0])
    assert sorted(named.values()) == [(1, at(9, 30)), (2, at(11))]


def test_what_went_to_another_interviewer_is_cancelled_in_the_first_ones_calendar(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    first = write(database, programme_id, folder)
    own = states(first.files[1])
    move(
        database,
        interview_id=interview_id(database, programme_id, 0),
        interviewer_id=interviewer_named(office, "辻"),
        start=at(9),
    )
    written = write(database, programme_id, folder)
    assert written.cancelled == 0  # it stands in the calendar of all
    names = [path.name for path in written.files]
    gone = folder / "面接予定_01_職員課 佐野_取消.ics"
    assert gone.name in names
    cancelled = vobject.readOne(gone.read_text(encoding="utf-8"))
    assert cancelled.method.value == "CANCEL"
    [event] = cancelled.vevent_list
    assert event.uid.value in own
    assert (event.sequence.value, event.status.value) == ("1", "CANCELLED")
    assert number(0) not in gone.read_text(encoding="utf-8")
    assert len(events(folder / "面接予定_02_デジタル推進室 辻.ics")) == 1


def test_cancelled_and_booked_again_is_the_same_event(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    before = states(write(database, programme_id, folder).files[0])
    cancel(database, interview_id=interview_id(database, programme_id, 0))
    written = write(database, programme_id, folder)
    assert (written.interviews, written.cancelled) == (1, 1)
    [(uid, (sequence, _start))] = states(folder / "面接予定_全員_取消.ics").items()
    assert (uid in before, sequence) == (True, 1)
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(office, 0),
        interviewer_id=interviewer_named(office, "佐野"),
        start=at(9),
    )
    again = write(database, programme_id, folder)
    assert again.cancelled == 0
    assert states(again.files[0])[uid] == (2, at(9))


def test_one_file_holds_all_and_what_fell_away_stands_beside_it(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    target = folder / "mensetsu.ics"
    assert write(database, programme_id, target).files == (target,)
    cancel(database, interview_id=interview_id(database, programme_id, 1))
    assert [path.name for path in write(database, programme_id, target).files] == [
        "mensetsu.ics",
        "mensetsu_取消.ics",
    ]


def test_it_left_the_office_and_is_never_taken_back(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    change = write(database, programme_id, folder).change
    assert change.label.code == "interviews.ical"
    with database.read() as session:
        entry = session.scalars(select(JournalEntry).where(JournalEntry.seq == change.seq)).one()
        assert entry.kind == "issued"
        assert entry.params == {"count": 2, "cancelled": 0}
        remembered = len(session.scalars(select(CalendarEvent)).all())
    undo(database)  # takes back the act before it
    with database.read() as session:
        assert len(session.scalars(select(CalendarEvent)).all()) == remembered


@pytest.mark.parametrize("name", ["plan.txt", "fehlt"])
def test_a_target_that_is_neither_is_refused(
    database: Database, programme_id: int, office: CalendarView, folder: Path, name: str
) -> None:
    with pytest.raises(ValidationError):
        write(database, programme_id, folder / name)


def test_a_file_that_cannot_be_written_changes_nothing(
    database: Database, programme_id: int, office: CalendarView, folder: Path
) -> None:
    (folder / "面接予定_02_デジタル推進室 辻.ics").mkdir()
    with pytest.raises(StorageError):
        write(database, programme_id, folder)
    with database.read() as session:
        assert session.scalars(select(CalendarEvent)).all() == []

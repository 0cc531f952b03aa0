"""Free time as a clerk reads it from a mail or paints it: the act, the refusal, undo."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from appointed import add_people
from interview_scene import (
    availability_file,
    entry_of,
    interviewer_named,
    number,
    office_and_people,
    waiting_people,
)
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import ApplicantAvailability, AvailabilityText, InterviewNeed
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.availability_text import read_availability
from fujisawa_desktop.rules.planning_model import Window
from fujisawa_desktop.services.availability import (
    TimesOfPerson,
    interview_frame,
    people_to_ask,
    save_times_of_interviewer,
    save_times_of_person,
    times_of_interviewer,
    times_of_person,
)
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_imports import import_availability
from fujisawa_desktop.services.interview_needs import Need
from fujisawa_desktop.services.person_merge import merge_people
from fujisawa_desktop.services.person_split import split_person

MAIL = "10/31は終日OK、11/1は15時まで"


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2024, month, day, hour, minute)


def applicant(database: Database, programme_id: int, index: int) -> int:
    view = calendar(database, programme_id=programme_id)
    return view.person_of[entry_of(view, index)].applicant_id


def times(database: Database, programme_id: int, index: int) -> TimesOfPerson:
    return times_of_person(
        database, programme_id=programme_id, applicant_id=applicant(database, programme_id, index)
    )


def save(
    database: Database, programme_id: int, index: int, windows: tuple[Window, ...] = (), **more: object
) -> ChangeSet:
    known = times(database, programme_id, index)
    given: dict[str, object] = {
        "text": MAIL,
        "received_on": date(2024, 10, 26),
        "need": Need(),
        "text_version": known.text_version,
        **more,
    }
    return save_times_of_person(
        database,
        programme_id=programme_id,
        applicant_id=known.applicant_id,
        windows=windows,
        **given,  # type: ignore[arg-type]
    )


@pytest.fixture
def people(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, waiting_people(4))


def test_what_was_read_is_saved_with_the_text_in_one_act(
    database: Database, programme_id: int, people: None
) -> None:
    frame = interview_frame(database, programme_id=programme_id)
    reading = read_availability(MAIL, frame)
    need = Need(date(2024, 11, 1), 45, needs_support=True, note="筆談を希望")
    change = save(database, programme_id, 0, reading.free.windows(), need=need)
    assert change.label.code == "availability.save"
    assert {"availability_text", "applicant_availability", "interview_need"} <= change.kinds
    found = times(database, programme_id, 0)
    assert found.windows == ((at(31, 9, month=10), at(31, 17, month=10)), (at(1, 9), at(1, 15)))
    assert (found.text, found.received_on, found.is_confirmed) == (MAIL, date(2024, 10, 26), True)
    assert (found.need.finish_by, found.need.minutes, found.need.needs_support, found.need.note) == (
        date(2024, 11, 1), 45, True, "筆談を希望"
    )  # fmt: skip
    undo(database)
    found = times(database, programme_id, 0)
    assert (found.windows, found.text, found.need) == ((), "", Need())
    redo(database)
    assert len(times(database, programme_id, 0).windows) == 2


def test_painting_again_replaces_the_hours_and_keeps_what_the_grid_does_not_show(
    database: Database, programme_id: int, people: None, tmp_path: Path
) -> None:
    rows = [
        (number(0), "2024-10-31", "8:00", "10:00"),
        (number(0), "2024-10-31", "16:00", "18:30"),
        (number(0), "2024-11-03", "10:00", "12:00"),
        (number(0), "2024-11-05", "10:00", "12:00"),
    ]
    import_availability(database, programme_id=programme_id, file=availability_file(tmp_path, rows))
    save(database, programme_id, 0, ((at(6, 13), at(6, 14)),), text="")
    assert times(database, programme_id, 0).windows == (
        (at(31, 8, month=10), at(31, 9, month=10)),
        (at(31, 17, month=10), at(31, 18, 30, month=10)),
        (at(3, 10), at(3, 12)),
        (at(6, 13), at(6, 14)),
    )


def test_saving_what_is_there_already_writes_nothing(
    database: Database, programme_id: int, people: None
) -> None:
    windows = ((at(6, 13), at(6, 14)), (at(6, 14), at(6, 15)))
    save(database, programme_id, 0, windows)
    assert times(database, programme_id, 0).windows == ((at(6, 13), at(6, 15)),)
    assert not save(database, programme_id, 0, windows).changed


@pytest.mark.parametrize(
    "window",
    [
        (at(3, 10), at(3, 12)),
        (at(6, 8), at(6, 10)),
        (at(6, 16), at(6, 18)),
        (at(9, 10), at(9, 11)),
        (at(6, 10), at(7, 11)),
    ],
)
def test_times_outside_the_grid_are_refused(
    database: Database, programme_id: int, people: None, window: Window
) -> None:
    with pytest.raises(RuleError) as refused:
        save(database, programme_id, 0, (window,))
    assert refused.value.code == "availability.outside-hours-painted"
    assert times(database, programme_id, 0).text_version is None


@pytest.mark.parametrize("minutes", [0, 7, 245])
def test_a_length_off_the_grid_is_refused_beside_its_field(
    database: Database, programme_id: int, people: None, minutes: int
) -> None:
    with pytest.raises(ValidationError) as refused:
        save(database, programme_id, 0, need=Need(minutes=minutes))
    assert (refused.value.code, refused.value.field) == ("need.minutes", "minutes")


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(
    database: Database, programme_id: int, people: None
) -> None:
    save(database, programme_id, 0)
    with pytest.raises(ConflictError):
        save(database, programme_id, 0, text_version=None)
    save(database, programme_id, 0, need=Need(note="車いす"))
    with pytest.raises(ConflictError):
        save(database, programme_id, 0, need=Need(note="別"))


def test_time_that_was_stored_meanwhile_is_not_overwritten(
    database: Database, programme_id: int, people: None, tmp_path: Path
) -> None:
    save(database, programme_id, 0, ((at(5, 9), at(5, 10)),))
    shown = times(database, programme_id, 0)
    rows = [(number(0), "2024-11-06", "13:00", "15:00")]
    import_availability(database, programme_id=programme_id, file=availability_file(tmp_path, rows))
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save(database, programme_id, 0, ((at(5, 9), at(5, 11)),), seen=shown.windows)
    fresh = times(database, programme_id, 0)
    assert fresh.windows == (*shown.windows, (at(6, 13), at(6, 15)))
    assert save(database, programme_id, 0, ((at(5, 9), at(5, 11)),), seen=fresh.windows).changed


def test_an_interviewers_time_that_was_stored_meanwhile_is_not_overwritten(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    view = office_and_people(database, programme_id, tmp_path, people=1)
    key = interviewer_named(view, "佐野")
    shown = times_of_interviewer(database, interviewer_id=key).windows
    save_times_of_interviewer(database, interviewer_id=key, windows=shown[:1], seen=shown)
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save_times_of_interviewer(database, interviewer_id=key, windows=(), seen=shown)
    assert times_of_interviewer(database, interviewer_id=key).windows == shown[:1]
    undo(database)
    assert times_of_interviewer(database, interviewer_id=key).windows == shown


def test_an_empty_need_takes_the_record_away(database: Database, programme_id: int, people: None) -> None:
    save(database, programme_id, 0, need=Need(note="車いす"))
    save(database, programme_id, 0, need=Need(version=times(database, programme_id, 0).need.version))
    with database.read() as session:
        assert session.scalars(select(InterviewNeed)).all() == []


def test_who_has_not_answered_is_known(database: Database, programme_id: int, people: None) -> None:
    def states() -> list[tuple[bool, bool]]:
        asked = {one.number: one for one in people_to_ask(database, programme_id=programme_id)}
        return [(asked[number(n)].answered, asked[number(n)].unconfirmed) for n in range(4)]

    assert states() == [(False, False)] * 4
    save(database, programme_id, 0, ((at(6, 13), at(6, 14)),))
    save(database, programme_id, 1, confirmed=False)
    save(database, programme_id, 2, text="")  # a clerk confirmed that nothing is possible
    assert states() == [(True, False), (False, True), (True, False), (False, False)]


def test_an_interviewers_times_are_painted_and_taken_back(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    view = office_and_people(database, programme_id, tmp_path)
    interviewer = interviewer_named(view, "佐野")
    before = times_of_interviewer(database, interviewer_id=interviewer)
    assert before.windows == (
        (at(30, 9, month=10), at(30, 12, month=10)),
        (at(31, 13, month=10), at(31, 17, month=10)),
    )
    change = save_times_of_interviewer(
        database, interviewer_id=interviewer, windows=(before.windows[0], (at(8, 9), at(8, 12)))
    )
    assert change.kinds == {"interviewer_availability"}
    after = times_of_interviewer(database, interviewer_id=interviewer)
    assert after.windows == (before.windows[0], (at(8, 9), at(8, 12)))
    undo(database)
    assert times_of_interviewer(database, interviewer_id=interviewer) == before


def test_people_who_are_not_there_are_told(database: Database, programme_id: int) -> None:
    with pytest.raises(NotFoundError):
        times_of_person(database, programme_id=programme_id, applicant_id=99)
    with pytest.raises(NotFoundError):
        times_of_interviewer(database, interviewer_id=99)
    with pytest.raises(NotFoundError):
        save_times_of_interviewer(database, interviewer_id=99, windows=())
    with pytest.raises(NotFoundError):
        interview_frame(database, programme_id=99)


def test_text_and_need_go_over_when_people_turn_out_to_be_one_and_come_back_when_not(
    database: Database, programme_id: int, people: None
) -> None:
    kept, gone = applicant(database, programme_id, 0), applicant(database, programme_id, 2)
    save(database, programme_id, 0, text="一人目")
    save(database, programme_id, 2, text="二人目", need=Need(note="車いす"))

    def owners() -> tuple[dict[str, int], list[int]]:
        with database.read() as session:
            texts = {row.text: row.applicant_id for row in session.scalars(select(AvailabilityText))}
            return texts, [row.applicant_id for row in session.scalars(select(InterviewNeed))]

    merge_people(database, kept_id=kept, gone_id=gone)
    assert owners() == ({"一人目\n二人目": kept, "二人目": gone}, [kept])
    split_person(database, gone_id=gone)
    assert owners() == ({"一人目": kept, "二人目": gone}, [gone])


def test_times_are_rows_of_the_person(database: Database, programme_id: int, people: None) -> None:
    save(database, programme_id, 0, ((at(6, 13), at(6, 14)),))
    with database.read() as session:
        [row] = session.scalars(select(ApplicantAvailability))
        assert row.applicant_id == applicant(database, programme_id, 0)

"""What the list says of flags that are decided about, and of interviews on their way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from staged_people import NOON, Staged, stage

from fujisawa_desktop.models import Interview
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Progress
from fujisawa_desktop.services.applicants import (
    ApplicantRow,
    ListQuery,
    facet_counts,
    list_count,
    list_ids,
    list_page,
)
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.list_export import list_export
from fujisawa_desktop.services.rulings import FlagVerdict, reopen_flag, rule_flag
from fujisawa_desktop.services.saved_views import save_view, saved_views
from fujisawa_desktop.services.unit_of_work import unit_of_work


def rows(database: Database, query: ListQuery) -> dict[int, ApplicantRow]:
    return {row.entry_id: row for row in list_page(database, query)}


@pytest.fixture
def course_id(database: Database, programme_id: int) -> int:
    return courses(database, programme_id=programme_id)[0].id


@pytest.fixture
def late(database: Database, programme_id: int, course_id: int) -> list[int]:
    """Three late entries: one to be decided, one admitted, one kept out."""
    found = [stage(database, programme_id, course_id, flag="is_late").entry_id for _ in range(3)]
    rule_flag(database, entry_id=found[1], flag="late", verdict=FlagVerdict.WAIVED, reason="障害のため")
    rule_flag(database, entry_id=found[2], flag="late", verdict=FlagVerdict.STANDS)
    return found


def booked(
    database: Database, programme_id: int, one: Staged, hour: int, attendance: Attendance | None = None
) -> None:
    with unit_of_work(database, "test.interview") as work:
        start = NOON + timedelta(hours=hour)
        work.session.add(
            Interview(
                programme_id=programme_id,
                entry_id=one.entry_id,
                applicant_id=one.applicant_id,
                starts_at=start,
                ends_at=start + timedelta(minutes=30),
                attendance=attendance,
            )
        )
        work.commit()


def test_a_row_tells_what_was_decided_about_its_flags(
    database: Database, programme_id: int, late: list[int]
) -> None:
    found = rows(database, ListQuery(programme_id))
    assert [found[key].flags for key in late] == [("late",)] * 3
    assert [(found[key].waived, found[key].standing) for key in late] == [
        ((), ()),
        (("late",), ()),
        ((), ("late",)),
    ]


def test_flags_narrow_to_those_nobody_decided_about(
    database: Database, programme_id: int, course_id: int, late: list[int]
) -> None:
    stage(database, programme_id, course_id)
    everybody = ListQuery(programme_id, flags=frozenset({"late"}))
    undecided = ListQuery(programme_id, open_flags=True)
    assert list_count(database, everybody) == 3
    assert list_ids(database, undecided) == [late[0]]
    assert list_ids(database, ListQuery(programme_id, flags=frozenset({"late"}), open_flags=True)) == [
        late[0]
    ]
    assert list_count(database, ListQuery(programme_id, flags=frozenset({"withdrawn"}), open_flags=True)) == 0
    assert facet_counts(database, everybody).flags["late"] == 3
    assert facet_counts(database, undecided).flags["late"] == 1
    reopen_flag(database, entry_id=late[2], flag="late")
    assert set(list_ids(database, undecided)) == {late[0], late[2]}


def test_a_saved_view_keeps_that_only_undecided_flags_are_asked(
    database: Database, programme_id: int, late: list[int]
) -> None:
    save_view(database, query=ListQuery(programme_id, open_flags=True), name="未判断")
    [view] = saved_views(database, programme_id=programme_id)
    assert (view.query.open_flags, view.count) == (True, 1)


def test_the_interview_is_told_between_the_screenings_and_sorted_by(
    database: Database, programme_id: int, course_id: int
) -> None:
    received = stage(database, programme_id, course_id)
    waiting, fixed, came, missed = (
        stage(database, programme_id, course_id, ApplicationStatus.FIRST_PASSED) for _ in range(4)
    )
    over = stage(database, programme_id, course_id, ApplicationStatus.FINAL_PASSED)
    booked(database, programme_id, fixed, 0)
    booked(database, programme_id, came, 1, Attendance.ATTENDED)
    booked(database, programme_id, missed, 2, Attendance.ABSENT)
    booked(database, programme_id, over, 3, Attendance.ATTENDED)
    found = rows(database, ListQuery(programme_id))
    told = {
        one.entry_id: found[one.entry_id].progress for one in (received, waiting, fixed, came, missed, over)
    }
    assert list(told.values()) == [
        (None,),
        (Progress.ARRANGING,),
        (Progress.BOOKED,),
        (Progress.ATTENDED,),
        (Progress.ABSENT,),
        (None,),
    ]
    ordered = list_ids(database, ListQuery(programme_id, sorts=(("progress", "asc"),)))
    assert ordered == [one.entry_id for one in (waiting, fixed, came, missed, received, over)]


def test_a_file_says_how_a_flag_was_decided_and_how_far_the_interview_is(
    database: Database, programme_id: int, course_id: int, late: list[int]
) -> None:
    stage(database, programme_id, course_id, ApplicationStatus.FIRST_PASSED)
    data = list_export(
        database,
        query=ListQuery(programme_id, sorts=(("number", "asc"),)),
        file_format="csv",
        words=lambda family, value: f"{family}:{value}",
        title="",
        columns=("flags", "progress"),
    )
    assert sorted(data.decode("utf-8-sig").replace('"', "").split()[1:]) == [
        ",interview-progress:arranging",
        "flag:late,",
        "flag:late（verdict:stands）,",
        "flag:late（verdict:waived）,",
    ]

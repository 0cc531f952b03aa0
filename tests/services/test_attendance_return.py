"""An attendance sheet that came back, typed in as a whole."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

import pytest
from appointed import FOUR, TEN_DAYS, appoint_four, sample_december, work
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.attendance_return import (
    AttendanceMonth,
    Stretch,
    attendance_month,
    attendance_people,
    look_at,
    stretch_of,
    take_attendance,
)
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours_entry import EntryResult, enter_hours
from fujisawa_desktop.services.month_confirmations import worked_digest
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member, shifts_of

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def day(number: int, start: int, end: int, pause: int = 0, **more: object) -> Stretch:
    return stretch_of(date(2024, 12, number), time(start), time(end), pause, **more)  # type: ignore[arg-type]


def shown(database: Database, programme_id: int, member: Member, month: int = 12) -> AttendanceMonth:
    return attendance_month(
        database,
        programme_id=programme_id,
        appointment_id=member.appointment_id,
        year=2024 if month == 12 else 2025,
        month=month,
    )


def take(
    database: Database, programme_id: int, member: Member, *stretches: Stretch, **options: object
) -> EntryResult:
    return take_attendance(
        database,
        programme_id=programme_id,
        appointment_id=member.appointment_id,
        year=2024,
        month=12,
        stretches=stretches,
        actor="test",
        **options,  # type: ignore[arg-type]
    )


class TestShowing:
    def test_everybody_with_what_is_recorded(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        close = four[YUI].appointment_id
        close_month(database, programme_id=programme_id, year=2024, month=12, appointment_ids=[close])
        people = attendance_people(database, programme_id=programme_id, year=2024, month=12)
        assert {one.number: (one.minutes, one.closed) for one in people} == {
            RYOSUKE: (3585, False),
            SAKURA: (3600, False),
            MISAKI: (1080, False),
            YUI: (510, True),
        }

    def test_each_day_as_on_paper(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], (date(2024, 12, 24),), "終", ShiftKind.PLANNED)
        month = shown(database, programme_id, four[YUI])
        assert len(month.days) == 31
        assert [one.day.day for one in month.days if one.worked] == [2, 4, 6]
        assert month.days[23].planned[0].end == time(16)
        assert month.days[0].closed is not None
        january = shown(database, programme_id, four[YUI], 1)
        assert january.days[12].holiday == "成人の日"

    def test_of_somebody_not_appointed_then(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with pytest.raises(NotFoundError):
            attendance_month(
                database,
                programme_id=programme_id,
                appointment_id=four[YUI].appointment_id,
                year=2025,
                month=3,
            )


class TestTaking:
    def test_the_sheet_takes_the_place_of_what_was_there(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        before = shown(database, programme_id, four[YUI])
        result = take(
            database,
            programme_id,
            four[YUI],
            day(2, 9, 12),
            day(4, 13, 16, is_remote=True),
            day(10, 9, 16, 60, reason="  行事のため　"),
            seen=before.digest,
        )
        assert result.change.label.params["count"] == 3
        after = shown(database, programme_id, four[YUI]).worked
        assert after == (
            day(2, 9, 12),
            day(4, 13, 16, is_remote=True),
            day(10, 9, 16, 60, reason="行事のため"),
        )
        undo(database)
        assert shown(database, programme_id, four[YUI]) == before

    def test_nobody_else_and_no_plan_is_touched(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        work(database, programme_id, four[YUI], TEN_DAYS[5:7], "半", ShiftKind.PLANNED)
        with database.read() as session:
            before = shifts_of(session, programme_id)
        take(database, programme_id, four[YUI])
        with database.read() as session:
            after = shifts_of(session, programme_id)
        mine = four[YUI].appointment_id
        assert {key: value for key, value in after.items() if key != mine} == {
            key: value for key, value in before.items() if key != mine
        }
        assert after[mine] == [one for one in before[mine] if one.kind is ShiftKind.PLANNED]

    def test_the_same_again_is_no_act(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        month = shown(database, programme_id, four[YUI])
        assert not take(database, programme_id, four[YUI], *month.worked).change.changed

    def test_it_stands_in_the_persons_history(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        take(database, programme_id, four[YUI], day(2, 9, 12))
        latest = history_of(database, "applicant", four[YUI].applicant_id)[0]
        assert latest.label.code == "hours.attendance"

    def test_what_breaks_a_rule_is_kept_and_named(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        stretches = (
            day(1, 9, 12),
            day(2, 9, 17),
            *(day(n, 9, 16, 60) for n in (3, 4, 5, 6, 9, 10, 11, 12, 13)),
        )
        result = take(database, programme_id, four[YUI], *stretches)
        codes = [one.code for one in result.findings]
        assert "shift.closed-sunday" in codes
        assert "shift.break-short" in codes
        assert "cap.worked-not-below" in codes
        assert shown(database, programme_id, four[YUI]).worked == tuple(sorted(stretches))

    def test_an_order_stays_with_its_day(self, database: Database, programme_id: int) -> None:
        yui = appoint_four(database, programme_id)[YUI]
        enter_hours(
            database,
            programme_id=programme_id,
            places=[(yui.appointment_id, date(2024, 12, 7))],
            kind=ShiftKind.PLANNED,
            text="半",
            holiday_order="市民まつり",
        )
        result = take(database, programme_id, yui, day(7, 9, 12))
        assert result.findings == ()
        with database.read() as session:
            stored = shifts_of(session, programme_id)[yui.appointment_id]
        assert {one.holiday_order for one in stored} == {"市民まつり"}

    def test_two_stretches_may_touch(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        take(database, programme_id, four[YUI], day(2, 9, 12), day(2, 12, 14))
        assert len(shown(database, programme_id, four[YUI]).worked) == 2


class TestRefusals:
    def test_twice_at_one_time(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        before = shown(database, programme_id, four[YUI])
        with pytest.raises(RuleError) as caught:
            take(database, programme_id, four[YUI], day(2, 9, 12), day(3, 9, 12), day(3, 11, 13))
        assert (caught.value.code, caught.value.params["person"]) == ("shift.overlap", "小鳥遊　結衣")
        assert shown(database, programme_id, four[YUI]) == before

    def test_another_month(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        january = stretch_of(date(2025, 1, 6), time(9), time(12), 0)
        with pytest.raises(ValidationError) as caught:
            take(database, programme_id, four[YUI], january)
        assert caught.value.code == "attendance.other-month"

    def test_a_closed_month(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        close_month(database, programme_id=programme_id, year=2024, month=12)
        with pytest.raises(RuleError) as caught:
            take(database, programme_id, four[YUI], day(2, 9, 12))
        assert caught.value.code == "month.closed"

    def test_time_that_was_changed_meanwhile(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        seen = shown(database, programme_id, four[YUI]).digest
        work(database, programme_id, four[YUI], TEN_DAYS[:1], "半")
        with pytest.raises(RuleError) as caught:
            take(database, programme_id, four[YUI], day(2, 9, 12), seen=seen)
        assert caught.value.code == "attendance.changed-meanwhile"

    def test_a_stretch_of_no_length(self) -> None:
        with pytest.raises(ValidationError) as caught:
            day(2, 12, 9)
        assert caught.value.code == "shift.end-before-start"


class TestLooking:
    def test_the_sum_and_the_marks_before_it_is_taken(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        month = shown(database, programme_id, four[YUI])
        look = look_at(month, [day(2, 9, 12), day(2, 11, 13), day(8, 9, 12)])
        assert (look.minutes, look.days) == (480, 2)
        assert {at.day: [one.code for one in marks] for at, marks in look.findings.items()} == {
            2: ["shift.overlap"],
            8: ["shift.closed-sunday"],
        }


_SHEETS = st.lists(
    st.tuples(st.integers(1, 31), st.sampled_from([9, 11, 13]), st.integers(1, 4), st.booleans()), max_size=12
)


def overlapping(sheet: list[Stretch]) -> bool:
    """Whether two stretches of a day share a minute."""
    times = sorted(one.time for one in sheet)
    return any(one.day == other.day and other.start < one.end for one, other in pairwise(times))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=_SHEETS)
def test_a_sheet_is_either_refused_whole_or_stored_to_the_minute(
    database: Database, programme_id: int, lines: list[tuple[int, int, int, bool]]
) -> None:
    known = attendance_people(database, programme_id=programme_id, year=2024, month=12)
    if not known:
        appoint_four(database, programme_id)
        known = attendance_people(database, programme_id=programme_id, year=2024, month=12)
    sheet = [day(number, start, start + span, is_remote=away) for number, start, span, away in lines]
    options = {"programme_id": programme_id, "appointment_id": known[0].appointment_id}
    before = attendance_month(database, year=2024, month=12, **options)
    if overlapping(sheet):
        with pytest.raises(RuleError, match=r"shift\.overlap"):
            take_attendance(database, year=2024, month=12, stretches=sheet, **options)
        assert attendance_month(database, year=2024, month=12, **options) == before
        return
    result = take_attendance(database, year=2024, month=12, stretches=sheet, **options)
    after = attendance_month(database, year=2024, month=12, **options)
    assert after.worked == tuple(sorted(sheet))
    again = take_attendance(database, year=2024, month=12, stretches=sheet[::-1], **options)
    assert not again.change.changed
    if result.change.changed:
        undo(database)
        assert attendance_month(database, year=2024, month=12, **options) == before


def test_the_confirmation_follows_the_sheet(database: Database, programme_id: int) -> None:
    yui = sample_december(database, programme_id)[YUI]
    month = shown(database, programme_id, yui)
    with database.read() as session:
        before = worked_digest(shifts_of(session, programme_id)[yui.appointment_id])
    take(database, programme_id, yui, *month.worked[:-1])
    take(database, programme_id, yui, *month.worked)
    with database.read() as session:
        assert worked_digest(shifts_of(session, programme_id)[yui.appointment_id]) == before

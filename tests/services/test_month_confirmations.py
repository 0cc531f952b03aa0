"""What host departments confirm, and for which time it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from random import Random

import pytest
from appointed import FOUR, TEN_DAYS, sample_december, work
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind, ShiftTime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.month_confirmations import (
    Confirmation,
    confirm_month,
    confirmed_months,
    withdraw_confirmation,
    worked_digest,
)
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.staff import Member, StoredShift, shifts_of

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
SIGNED = date(2024, 12, 26)


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def confirm(database: Database, programme_id: int, people: Sequence[Member], **options: object) -> ChangeSet:
    stated = {"confirmed_on": SIGNED, "confirmed_by": "室長　藤沢　一郎", "actor": "test", **options}
    return confirm_month(
        database,
        programme_id=programme_id,
        year=2024,
        month=12,
        appointment_ids=[member.appointment_id for member in people],
        **stated,  # type: ignore[arg-type]
    )


def on_record(database: Database, programme_id: int) -> dict[int, Confirmation]:
    with database.read() as session:
        return {key[0]: one for key, one in confirmed_months(session, programme_id).items()}


def december(database: Database, programme_id: int, member: Member) -> list[StoredShift]:
    with database.read() as session:
        return shifts_of(session, programme_id, appointment_ids=[member.appointment_id])[
            member.appointment_id
        ]


class TestConfirming:
    def test_it_is_recorded_with_the_minutes_of_that_day(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        change = confirm(database, programme_id, [four[RYOSUKE], four[MISAKI]])
        assert change.label.params["count"] == 2
        known = on_record(database, programme_id)
        assert set(known) == {four[RYOSUKE].appointment_id, four[MISAKI].appointment_id}
        mine = known[four[RYOSUKE].appointment_id]
        assert (mine.minutes, mine.confirmed_on, mine.confirmed_by) == (3585, SIGNED, "室長　藤沢　一郎")
        assert mine.actor == "test"
        assert mine.holds(december(database, programme_id, four[RYOSUKE]))

    def test_changed_time_is_not_what_was_confirmed(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[RYOSUKE]])
        work(database, programme_id, four[RYOSUKE], TEN_DAYS[9:], "9-15:46")
        mine = on_record(database, programme_id)[four[RYOSUKE].appointment_id]
        assert not mine.holds(december(database, programme_id, four[RYOSUKE]))
        undo(database)
        assert mine.holds(december(database, programme_id, four[RYOSUKE]))

    def test_a_plan_changes_nothing(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[MISAKI]])
        work(database, programme_id, four[MISAKI], TEN_DAYS[7:8], "半", ShiftKind.PLANNED)
        mine = on_record(database, programme_id)[four[MISAKI].appointment_id]
        assert mine.holds(december(database, programme_id, four[MISAKI]))

    def test_undo_takes_it_off_the_record(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[MISAKI]])
        undo(database)
        assert on_record(database, programme_id) == {}

    def test_the_same_twice_is_one_act(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[MISAKI]])
        assert not confirm(database, programme_id, [four[MISAKI]]).changed

    def test_again_after_a_change_replaces_it(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[MISAKI], four[YUI]])
        work(database, programme_id, four[MISAKI], TEN_DAYS[6:7], "半")
        change = confirm(database, programme_id, [four[MISAKI], four[YUI]])
        assert change.label.params["count"] == 1
        mine = on_record(database, programme_id)[four[MISAKI].appointment_id]
        assert mine.minutes == 7 * 180
        assert mine.holds(december(database, programme_id, four[MISAKI]))

    def test_it_stands_in_the_persons_history(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[YUI]])
        entry = history_of(database, "applicant", four[YUI].applicant_id)[0]
        assert entry.label.code == "month.confirm"


class TestRefusals:
    def test_without_a_name(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        with pytest.raises(ValidationError) as caught:
            confirm(database, programme_id, [four[YUI]], confirmed_by="　 ")
        assert (caught.value.code, caught.value.field) == ("confirmation.by-missing", "confirmed_by")

    def test_signed_before_the_work_was_done(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            confirm(database, programme_id, [four[YUI], four[RYOSUKE]], confirmed_on=date(2024, 12, 20))
        assert caught.value.code == "confirmation.before-work"
        assert caught.value.params["last"] == TEN_DAYS[9]
        assert on_record(database, programme_id) == {}

    def test_signed_on_the_last_day_of_work(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        assert confirm(database, programme_id, [four[RYOSUKE]], confirmed_on=TEN_DAYS[9]).changed

    def test_time_that_changed_since_it_was_looked_at(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        seen = {
            four[number].appointment_id: worked_digest(december(database, programme_id, four[number]))
            for number in (MISAKI, YUI)
        }
        work(database, programme_id, four[YUI], TEN_DAYS[:1], "9-11:51")
        with pytest.raises(RuleError) as caught:
            confirm(database, programme_id, [four[MISAKI], four[YUI]], seen=seen)
        assert caught.value.code == "confirmation.changed-meanwhile"
        assert on_record(database, programme_id) == {}

    def test_of_nobody(self, database: Database, programme_id: int, four: dict[str, Member]) -> None:
        assert four
        with pytest.raises(RuleError) as caught:
            confirm(database, programme_id, [])
        assert caught.value.code == "month.nobody"

    def test_of_somebody_not_appointed_then(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with pytest.raises(NotFoundError):
            confirm_month(
                database,
                programme_id=programme_id,
                year=2025,
                month=3,
                appointment_ids=[four[YUI].appointment_id],
                confirmed_on=date(2025, 4, 1),
                confirmed_by="課長",
            )


class TestWithdrawing:
    def withdraw(self, database: Database, programme_id: int, *people: Member) -> ChangeSet:
        return withdraw_confirmation(
            database,
            programme_id=programme_id,
            year=2024,
            month=12,
            appointment_ids=[member.appointment_id for member in people],
        )

    def test_it_is_gone_and_comes_back_by_undo(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, list(four.values()))
        change = self.withdraw(database, programme_id, four[YUI], four[SAKURA])
        assert change.label.params["count"] == 2
        assert set(on_record(database, programme_id)) == {
            four[RYOSUKE].appointment_id,
            four[MISAKI].appointment_id,
        }
        undo(database)
        assert len(on_record(database, programme_id)) == 4

    def test_nothing_to_withdraw(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        with pytest.raises(RuleError) as caught:
            self.withdraw(database, programme_id, four[YUI])
        assert caught.value.code == "confirmation.none"

    def test_not_from_a_closed_month(
        self, database: Database, programme_id: int, four: dict[str, Member]
    ) -> None:
        confirm(database, programme_id, [four[YUI]])
        close_month(database, programme_id=programme_id, year=2024, month=12)
        with pytest.raises(RuleError) as caught:
            self.withdraw(database, programme_id, four[YUI])
        assert caught.value.code == "month.closed"
        assert len(on_record(database, programme_id)) == 1


def test_an_emptied_month_is_not_what_was_confirmed(database: Database, programme_id: int) -> None:
    four = sample_december(database, programme_id)
    confirm(database, programme_id, [four[YUI]])
    enter_hours(
        database,
        programme_id=programme_id,
        places=[(four[YUI].appointment_id, day) for day in TEN_DAYS[:3]],
        kind=ShiftKind.WORKED,
        text="",
    )
    assert not on_record(database, programme_id)[four[YUI].appointment_id].holds([])


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


_SHIFTS = st.lists(
    st.builds(
        StoredShift,
        id=st.integers(1, 9),
        appointment_id=st.just(1),
        kind=st.sampled_from(ShiftKind),
        time=st.builds(
            lambda day, start, length, pause: ShiftTime(
                date(2024, 12, day),
                clock(start),
                clock(start + length),
                pause,
            ),
            st.integers(1, 31),
            st.integers(480, 700),
            st.integers(100, 300),
            st.integers(0, 60),
        ),
        is_remote=st.booleans(),
        holiday_order=st.sampled_from(["", "行事"]),
        reason=st.sampled_from(["", "窓口が混んだため"]),
    ),
    max_size=6,
)


@given(_SHIFTS, st.randoms())
def test_the_digest_knows_no_order_and_no_words(shifts: list[StoredShift], random: Random) -> None:
    turned = [replace(shift, id=0, reason="別の理由", holiday_order="") for shift in shifts]
    random.shuffle(turned)
    assert worked_digest(turned) == worked_digest(shifts)


@given(_SHIFTS, st.data())
def test_the_digest_knows_every_minute_and_place(shifts: list[StoredShift], data: st.DataObject) -> None:
    worked = [shift for shift in shifts if shift.kind is ShiftKind.WORKED]
    if not worked:
        assert worked_digest(shifts) == worked_digest([])
        return
    one = data.draw(st.sampled_from(worked))
    others = list(shifts)
    others.remove(one)
    longer = replace(one.time, break_minutes=one.time.break_minutes + 1)
    for other in (replace(one, time=longer), replace(one, is_remote=not one.is_remote)):
        assert worked_digest([*others, other]) != worked_digest(shifts)
    assert worked_digest(others) != worked_digest(shifts)

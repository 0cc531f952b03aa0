"""Whatever is corrected, in whichever order and month: together the months pay what the hours are worth."""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time

import pytest
from appointed import FOUR, TEN_DAYS, sample_december, work
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import (
    Commuting,
    CommutingMode,
    CommutingRule,
    TaxFreeLimit,
    month_commuting,
)
from fujisawa_desktop.rules.hours import ShiftKind, ShiftTime, minutes_by_day
from fujisawa_desktop.rules.pay import Pay, Rate, Rounding, month_pay, pay_amount
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours import month_view
from fujisawa_desktop.services.hours_corrections import CorrectionForm, correct_day
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import issue_statements, pay_for_month
from fujisawa_desktop.services.pay_corrections import (
    Carried,
    DayCorrection,
    corrected_months,
    corrected_shifts,
)
from fujisawa_desktop.services.staff import Member, StoredShift

MISAKI = FOUR[2].number
RATES = (Rate(date(2024, 12, 1), 1258), Rate(date(2024, 12, 16), 1301))
FARES = CommutingRule(CommutingMode.MIN_OF_BOTH, 840, 5_000, 4_600)
LIMITS = (TaxFreeLimit(date(2016, 1, 1), 150_000),)
MONTHS = ((2025, 1), (2025, 2), (2025, 3), (2025, 4))

minutes = st.integers(0, 480)
days = st.integers(1, 31).map(lambda day: date(2024, 12, day))
worked = st.dictionaries(days, minutes, max_size=12)
changes = st.lists(st.tuples(days, minutes, st.sampled_from(MONTHS)), max_size=10)


def shifts(by_day: dict[date, int]) -> list[StoredShift]:
    return [shift(day, length) for day, length in by_day.items() if length]


def shift(day: date, length: int) -> StoredShift:
    end = time(8 + length // 60, length % 60)
    return StoredShift(0, 1, ShiftKind.WORKED, ShiftTime(day, time(8), end), False, "", "")


def corrections(changes: Sequence[tuple[date, int, tuple[int, int]]]) -> list[DayCorrection]:
    """Each change as a correction; a later one of a day is its next edition and settled no earlier."""
    found: list[DayCorrection] = []
    for day, length, month in changes:
        before = [one for one in found if one.day == day]
        edition = len(before) + 1
        pay_month = max([month, *(one.pay_month for one in before)])
        after = (shift(day, length),) if length else ()
        found.append(
            DayCorrection(0, 1, 1, day, edition, (), after, "誤記", pay_month, datetime(2025, 1, 1), "")
        )
    return found


def worth(rounding: Rounding, hours: Sequence[StoredShift]) -> tuple[Pay, Commuting]:
    by_day = minutes_by_day(one.time for one in hours)
    return month_pay(by_day, RATES, rounding), month_commuting(
        FARES, len(by_day), paid_on=date(2025, 1, 21), limits=LIMITS
    )


@given(worked, changes, st.sampled_from(Rounding))
def test_all_months_together_pay_what_the_hours_as_corrected_are_worth(
    by_day: dict[date, int],
    wanted: list[tuple[date, int, tuple[int, int]]],
    rounding: Rounding,
) -> None:
    closed, made = shifts(by_day), corrections(wanted)
    own_pay, own_fare = worth(rounding, closed)
    paid, refunded, settled = own_pay.yen, own_fare.yen, own_pay.minutes
    for month in MONTHS:
        until = tuple(one for one in made if one.pay_month <= month)
        if not any(one.pay_month == month for one in until):
            continue
        carried = Carried(month, until, {(2024, 12): closed})
        for one in corrected_months(carried, lambda _first, hours: worth(rounding, hours)):
            paid, refunded = paid + one.pay, refunded + one.commuting
            settled += one.minutes
            assert one.minutes == sum(day.after - day.before for day in one.days)
    pay, fare = worth(rounding, corrected_shifts(closed, made))
    assert (paid, refunded, settled) == (pay.yen, fare.yen, pay.minutes)
    last = {day: length for day, length, _month in wanted}
    expected = {**by_day, **last}
    assert settled == sum(expected.values())


@given(worked, changes, st.randoms(use_true_random=False))
def test_the_order_of_corrections_of_different_days_changes_nothing(
    by_day: dict[date, int], wanted: list[tuple[date, int, tuple[int, int]]], chance: random.Random
) -> None:
    single = list({day: (day, length, month) for day, length, month in wanted}.values())
    shuffled = list(single)
    chance.shuffle(shuffled)

    def carried(order: list[tuple[date, int, tuple[int, int]]]) -> list[tuple[int, int, int]]:
        made = corrections(order)
        found = []
        for month in MONTHS:
            until = tuple(one for one in made if one.pay_month <= month)
            if any(one.pay_month == month for one in until):
                load = Carried(month, until, {(2024, 12): shifts(by_day)})
                months = corrected_months(load, lambda _first, hours: worth(Rounding.A, hours))
                found += [(one.minutes, one.pay, one.commuting) for one in months]
        return found

    assert carried(single) == carried(shuffled)


@pytest.mark.parametrize("seed", range(3))
def test_typing_stating_and_correcting_in_any_order_pays_the_same(
    database: Database, programme_id: int, seed: int
) -> None:
    """Hours typed at random, closed, stated, corrected at random over two months, partly taken back."""
    chance = random.Random(seed)
    member: Member = sample_december(database, programme_id)[MISAKI]
    texts = ["", "半", "終", "9-11:50", "13-15:25", "9-12, 13-14:10"]
    for day in chance.sample(TEN_DAYS, 6):
        work(database, programme_id, member, (day,), chance.choice(texts))
    close_month(
        database, programme_id=programme_id, year=2024, month=12, appointment_ids=[member.appointment_id]
    )
    issue_statements(database, programme_id=programme_id, year=2024, month=12, numbers=[MISAKI])
    final = {day: cell.worked for day, cell in _cells(database, programme_id, member).items()}
    for month in ((2025, 1), (2025, 2)):
        for day in chance.sample(TEN_DAYS, 4):
            text = chance.choice(texts)
            form = CorrectionForm(programme_id, member.appointment_id, day, text, "誤記", month)
            with suppress(RuleError):  # the day stands like this already
                assert correct_day(database, form=form).change.changed
                if chance.random() < 0.3:
                    undo(database)
                    continue
                final[day] = _typed(text, day)
    paid = 0
    for month in ((2024, 12), (2025, 1), (2025, 2)):
        rows = pay_for_month(database, programme_id=programme_id, year=month[0], month=month[1])
        row = next((row for row in rows if row.number == MISAKI), None)
        paid += row.pay + row.corrected_pay if row is not None else 0
    total = sum(one.minutes for shifts in final.values() for one in shifts)
    assert paid == pay_amount(1258, total)


def _cells(database: Database, programme_id: int, member: Member):
    view = month_view(database, programme_id=programme_id, year=2024, month=12)
    return next(p for p in view.people if p.member.number == member.number).cells


def _typed(text: str, day: date) -> tuple[ShiftTime, ...]:
    spans = {
        "": (),
        "半": ((time(9), time(12), 0),),
        "終": ((time(9), time(16), 60),),
        "9-11:50": ((time(9), time(11, 50), 0),),
        "13-15:25": ((time(13), time(15, 25), 0),),
        "9-12, 13-14:10": ((time(9), time(12), 0), (time(13), time(14, 10), 0)),
    }[text]
    return tuple(ShiftTime(day, start, end, pause) for start, end, pause in spans)

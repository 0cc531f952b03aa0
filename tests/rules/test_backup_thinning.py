"""T-A5: which copies stay after a thousand days of use, compared with the rule written another way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.rules.backup_thinning import (
    GUARDED,
    GUARDED_REASONS,
    BackupReason,
    DatedCopy,
    gone_by,
    kept_copies,
    let_go,
)

DAYS = 1_000
BEGAN = date(2024, 4, 1)
ORDINARY = (BackupReason.TIMED, BackupReason.IMPORT, BackupReason.OPENED, BackupReason.CLOSED)
MOST_BY_RULE = 12 + 11 + 14 + 1
"""Days, weeks and four weeks that can each keep one copy, and the newest; beside those of two days."""


def copy_at(moment: datetime, reason: BackupReason = BackupReason.TIMED, name: str = "") -> DatedCopy:
    return DatedCopy(name or f"{moment:%Y%m%d-%H%M%S}", moment, reason)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def stretch(day: date, today: date) -> tuple[date, date] | None:
    """First and last day of the stretch of which one copy stays; the day alone for single days."""
    age = (today - day).days
    if age < 14:
        return day, day
    first = monday(day)
    if (monday(today) - first).days <= 12 * 7:
        return first, first + timedelta(days=6)
    # Periods of four weeks are counted from the first Monday there is.
    period = (first.toordinal() - 1) // 28
    begins = date.fromordinal(period * 28 + 1)
    now = (monday(today).toordinal() - 1) // 28
    return (begins, begins + timedelta(days=27)) if now - period <= 13 else None


def wanted(copies: list[DatedCopy], now: datetime) -> set[str]:
    """The rule said of each copy alone: it stays when nothing newer in its stretch takes its place."""
    rivals: dict[tuple[date, date] | None, list[DatedCopy]] = {}
    for copy in copies:
        rivals.setdefault(stretch(copy.made_at.date(), now.date()), []).append(copy)
    last = max(copies, key=lambda one: (one.made_at, one.name), default=None)
    stay = {last.name} if last is not None else set()
    for own, held in rivals.items():
        newest = max(held, key=lambda one: (one.made_at, one.name))
        for copy in held:
            by_hand = copy.reason is BackupReason.BY_HAND
            guarded = copy.reason in GUARDED_REASONS and now - copy.made_at < GUARDED
            fresh = (now.date() - copy.made_at.date()).days < 2
            if (own is not None and copy is newest) or by_hand or guarded or fresh:
                stay.add(copy.name)
    return stay


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 10**9), habit=st.lists(st.integers(0, 9), min_size=1, max_size=7))
def test_after_a_thousand_days_exactly_the_ruled_copies_are_kept(seed: int, habit: list[int]) -> None:
    """Thinned day by day, as the program does, the same stay as if all had been thinned at once.

    ``habit`` is how many copies come on the days of some week; sickness and holidays are drawn.
    """
    draw = Random(seed)
    everything: list[DatedCopy] = []
    held: list[DatedCopy] = []
    for number in range(DAYS):
        day = BEGAN + timedelta(days=number)
        uses = habit[number % len(habit)] if draw.random() > 0.2 else 0
        for _use in range(uses):
            moment = datetime.combine(day, time(8)) + timedelta(seconds=draw.randrange(36_000))
            reason = draw.choices(list(BackupReason), [1, 9, 9, 9, 40, 9, 1, 1, 1])[0]
            copy = copy_at(moment, reason, f"{len(everything):05}")
            everything.append(copy)
            held.append(copy)
        now = datetime.combine(day, time(18))
        gone = set(let_go(held, now=now))
        held = [copy for copy in held if copy.name not in gone]
        of_two_days = sum((day - copy.made_at.date()).days < 2 for copy in held)
        guarded = sum(copy.reason not in ORDINARY for copy in held)
        assert len(held) <= of_two_days + guarded + MOST_BY_RULE
        if number % 97 == 0 or number == DAYS - 1:
            assert {copy.name for copy in held} == wanted(everything, now)


def test_of_a_year_of_daily_copies_about_thirty_stay() -> None:
    now = datetime(2026, 11, 26, 18)
    copies = [copy_at(now - timedelta(days=age, hours=1)) for age in range(500)]
    kept = kept_copies(copies, now=now)
    assert 30 <= len(kept) <= 2 + MOST_BY_RULE
    oldest = min(copy.made_at for copy in copies if copy.name in kept)
    assert 337 <= (now - oldest).days <= 400


def test_every_copy_of_two_days_stays() -> None:
    now = datetime(2026, 11, 26, 18)
    copies = [copy_at(now - timedelta(minutes=20 * number)) for number in range(100)]
    assert not let_go(copies, now=now)


def test_what_was_made_by_hand_stays_for_ever_and_before_a_restore_for_ninety_days() -> None:
    now = datetime(2026, 11, 26, 18)
    newest = copy_at(now, name="newest")
    for reason in BackupReason:
        old = copy_at(now - timedelta(days=2000), reason, "old")
        middle = [copy_at(now - timedelta(days=60), reason, f"m{number}") for number in range(5)]
        gone = set(let_go([newest, old, *middle], now=now))
        assert ("old" in gone) is (reason is not BackupReason.BY_HAND)
        assert (len(gone & {copy.name for copy in middle}) == 0) is (
            reason is BackupReason.BY_HAND or reason in GUARDED_REASONS
        )


def test_the_newest_stays_however_old_and_a_copy_from_the_future_too() -> None:
    now = datetime(2026, 11, 26, 18)
    old = copy_at(now - timedelta(days=3000), name="old")
    assert kept_copies([old], now=now) == {"old"}
    future = copy_at(now + timedelta(days=3), name="future")
    assert kept_copies([old, future], now=now) == {"future"}


@settings(deadline=None)
@given(
    st.datetimes(datetime(2024, 4, 1), datetime(2032, 4, 1)),
    st.sampled_from(sorted(set(BackupReason) - {BackupReason.BY_HAND})),
)
def test_the_day_a_copy_is_gone_by_is_the_first_on_which_nothing_keeps_it(
    made: datetime, reason: BackupReason
) -> None:
    day = gone_by(made, reason)
    assert day is not None
    first = datetime.combine(day, time())
    for now, kept in ((first - timedelta(seconds=1), True), (first, False)):
        copies = [copy_at(made, reason, "old"), copy_at(now, name="newest")]
        assert ("old" in kept_copies(copies, now=now)) is kept
    assert 364 <= (day - made.date()).days <= 392
    assert gone_by(made, BackupReason.BY_HAND) is None

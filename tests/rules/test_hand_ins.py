"""Papers to hand in: from whom, by when, and that no My Number is kept (domain rules 1.3, 1.6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.calendar import is_open
from fujisawa_desktop.rules.hand_ins import (
    Circumstances,
    HandInKind,
    HandInState,
    due_day,
    hand_in_state,
    is_needed,
    refuse_my_number,
)
from fujisawa_desktop.rules.tax import TaxColumn

START = date(2024, 12, 1)  # a Sunday
EARLY = date(2024, 11, 20)
PLAIN = Circumstances(oath_required=True, tax_column=TaxColumn.HEI, needs_permit=False)


def case(**changes: object) -> Circumstances:
    values = {"oath_required": True, "tax_column": TaxColumn.HEI, "needs_permit": False, **changes}
    return Circumstances(**values)  # type: ignore[arg-type]


def needed(which: Circumstances) -> set[HandInKind]:
    return {kind for kind in HandInKind if is_needed(kind, which)}


def test_every_paper_of_the_list_is_there() -> None:
    assert [kind.value for kind in HandInKind] == [
        "entry-sheet",
        "enrolment",
        "acceptance",
        "oath",
        "pledge",
        "account",
        "commuting",
        "tax-declaration",
        "my-number",
        "emergency",
        "permit",
    ]


def test_column_c_needs_no_declaration_and_a_japanese_student_no_permit() -> None:
    assert needed(PLAIN) == set(HandInKind) - {HandInKind.TAX_DECLARATION, HandInKind.PERMIT}


@pytest.mark.parametrize(
    ("changes", "kind", "expected"),
    [
        ({"oath_required": False}, HandInKind.OATH, False),
        ({"tax_column": TaxColumn.KOU}, HandInKind.TAX_DECLARATION, True),
        ({"tax_column": TaxColumn.OTSU}, HandInKind.TAX_DECLARATION, False),
        ({"tax_column": TaxColumn.MANUAL}, HandInKind.TAX_DECLARATION, False),
        ({"needs_permit": True}, HandInKind.PERMIT, True),
    ],
)
def test_what_decides(changes: dict[str, object], kind: HandInKind, expected: bool) -> None:
    which = case(**changes)
    assert is_needed(kind, which) is expected
    assert needed(which) ^ needed(PLAIN) <= {kind}  # and nothing else


@pytest.mark.parametrize("kind", list(HandInKind))
def test_papers_are_due_before_the_term_and_the_oath_on_the_first_day_of_work(kind: HandInKind) -> None:
    # 12/1 is a Sunday: the open day before is Friday 11/29, the first day of work Monday 12/2
    expected = date(2024, 12, 2) if kind is HandInKind.OATH else date(2024, 11, 29)
    assert due_day(kind, START, EARLY) == expected


def test_a_closed_day_of_the_city_is_no_day_to_hand_in() -> None:
    closed = frozenset({date(2024, 11, 29), date(2024, 12, 2)})
    assert due_day(HandInKind.ACCOUNT, START, EARLY, closed) == date(2024, 11, 28)
    assert due_day(HandInKind.OATH, START, EARLY, closed) == date(2024, 12, 3)


def test_who_is_appointed_late_hands_in_at_once() -> None:
    assert due_day(HandInKind.ACCOUNT, START, date(2024, 12, 10)) == date(2024, 12, 10)


@settings(deadline=None)
@given(
    kind=st.sampled_from(HandInKind),
    start=st.dates(date(2024, 4, 1), date(2026, 12, 1)),
    before=st.integers(-40, 90),
)
def test_no_day_lies_before_the_one_of_asking(kind: HandInKind, start: date, before: int) -> None:
    asked = start - timedelta(days=before)
    day = due_day(kind, start, asked)
    assert day >= asked
    assert day == asked or is_open(day)


@pytest.mark.parametrize(
    ("is_wanted", "due", "received", "state"),
    [
        (True, date(2024, 11, 29), None, HandInState.MISSING),
        (True, date(2024, 11, 28), None, HandInState.OVERDUE),
        (True, None, None, HandInState.MISSING),
        (True, date(2024, 11, 28), date(2024, 11, 29), HandInState.RECEIVED),
        (False, date(2024, 11, 1), None, HandInState.NOT_NEEDED),
        (False, None, date(2024, 11, 29), HandInState.RECEIVED),
    ],
)
def test_how_far_a_paper_is(
    is_wanted: bool, due: date | None, received: date | None, state: HandInState
) -> None:
    today = date(2024, 11, 29)
    assert hand_in_state(needed=is_wanted, due=due, received=received, today=today) is state


@pytest.mark.parametrize(
    "text",
    [
        "123456789012",
        "番号は１２３４　５６７８　９０１２です",
        "1234-5678-9012",
        "1234－5678－9012",
        "1234ー5678ー9012",
    ],
)
def test_twelve_digits_are_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        refuse_my_number(text, field="account.note")
    assert (caught.value.code, caught.value.field) == ("hand-in.twelve-digits", "account.note")
    assert caught.value.params == {"field": "account.note"}


@pytest.mark.parametrize(
    "text", ["", "11月29日に受領", "090-1234-5678", "1234567890123", "2024/11/29 10:00 受領", "〒251-8601"]
)
def test_other_notes_are_kept(text: str) -> None:
    refuse_my_number(text, field="note")

from __future__ import annotations

from datetime import date

import pytest
from decided_people import (
    TERM_DAY,
    announced_final,
    decision_of,
    noted_final,
    status_of,
)
from hypothesis import given
from hypothesis import strategies as st
from staged_people import Staged, stage

from fujisawa_desktop.errors import AppError, ConflictError, RuleError, ValidationError
from fujisawa_desktop.models import Entry, FlagVerdict, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Reserve, Stage, check_promotion
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.promotion import (
    CourseReserves,
    order_reserves,
    promote,
    ranks_form,
    ranks_seen,
    reserves,
)
from fujisawa_desktop.services.rulings import rule_flag
from fujisawa_desktop.services.selection import record_reply, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

S = ApplicationStatus


def first_course(database: Database, programme_id: int, day: date = TERM_DAY) -> CourseReserves:
    return reserves(database, programme_id=programme_id, today=day).courses[0]


def withdraw(database: Database, person: Staged) -> None:
    record_reply(database, application_id=person.application_id, kind=ReplyKind.WITHDRAWN)


def refusal(database: Database, person: Staged, *, reason: str = "", day: date = TERM_DAY) -> str:
    try:
        promote(database, application_id=person.application_id, reason=reason, today=day)
    except AppError as error:
        return error.code
    return ""


def test_the_next_reserve_moves_up_after_a_withdrawal_and_can_be_taken_back(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    first, second, _third = final.reserves
    assert refusal(database, first) == "promotion.no-vacancy"
    withdraw(database, final.passed[0])
    course = first_course(database, programme_id)
    assert (course.free, course.passes) == (1, 1)
    assert course.next is not None
    assert course.next.application_id == first.application_id
    assert refusal(database, second) == "promotion.reason-needed"
    assert refusal(database, first) == ""
    assert status_of(database, first) is S.FINAL_PASSED
    assert decision_of(database, first).promoted_at is not None
    assert refusal(database, second) == "promotion.no-vacancy"
    undo(database)
    assert status_of(database, first) is S.FINAL_RESERVE
    assert decision_of(database, first).promoted_at is None


def test_a_promoted_reserve_who_withdraws_leaves_the_place_to_the_next(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    withdraw(database, final.passed[0])
    promote(database, application_id=final.reserves[0].application_id, today=TERM_DAY)
    withdraw(database, final.reserves[0])
    turn = first_course(database, programme_id).next
    assert turn is not None
    assert turn.application_id == final.reserves[1].application_id


def test_a_rank_is_passed_over_with_a_reason_that_is_kept(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    withdraw(database, final.passed[0])
    assert refusal(database, final.reserves[1], reason="1位と連絡がつかない") == ""
    assert decision_of(database, final.reserves[1]).reason == "1位と連絡がつかない"


def test_a_reserve_who_withdrew_is_not_passed_over(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    withdraw(database, final.reserves[0])
    assert refusal(database, final.reserves[1]) == "promotion.no-vacancy"
    withdraw(database, final.passed[1])
    assert refusal(database, final.reserves[1]) == ""


def test_a_reserve_whose_flag_stands_does_not_move_up_and_is_not_passed_over(
    database: Database, programme_id: int
) -> None:
    final = announced_final(database, programme_id)
    first, second, _third = final.reserves
    withdraw(database, final.passed[0])
    with unit_of_work(database, "test.people") as work:
        work.session.get_one(Entry, first.entry_id).is_not_student = True
        work.commit()
    flag = {"entry_id": first.entry_id, "flag": "not-student"}
    rule_flag(database, **flag, verdict=FlagVerdict.STANDS, reason="退学した")
    turn = first_course(database, programme_id).next
    assert turn is not None
    assert (turn.application_id, turn.needs_reason) == (second.application_id, False)
    assert refusal(database, first) == "promotion.flag-stands"
    rule_flag(database, **flag, verdict=FlagVerdict.WAIVED, reason="大学院に進む")
    assert refusal(database, first) == ""


def test_after_its_day_a_reserve_cannot_move_up(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    withdraw(database, final.passed[0])
    last = decision_of(database, final.reserves[0]).valid_until
    assert last == date(2025, 1, 31)
    assert refusal(database, final.reserves[0], day=date(2025, 2, 1)) == "promotion.expired"
    assert refusal(database, final.reserves[0], day=date(2025, 1, 31)) == ""


def test_a_withdrawal_in_another_course_frees_no_place(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    withdraw(database, stage(database, programme_id, 2, S.FINAL_PASSED))
    assert refusal(database, final.reserves[0]) == "promotion.no-vacancy"


def test_a_noted_reserve_is_no_reserve_yet(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    assert refusal(database, final.reserves[0]) == "promotion.not-reserve"
    assert refusal(database, final.passed[0]) == "promotion.not-reserve"


def test_an_order_that_somebody_changed_since_it_was_seen_is_asked_about(
    database: Database, programme_id: int
) -> None:
    noted_final(database, programme_id)
    seen = ranks_seen(first_course(database, programme_id).rows).seen
    order_reserves(database, application_ids=seen.order[::-1], seen=seen)
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        order_reserves(database, application_ids=seen.order, seen=seen)
    assert ranks_form(database, application_ids=seen.order).order == seen.order[::-1]


def test_the_order_of_noted_reserves_can_be_changed_until_it_is_announced(
    database: Database, programme_id: int
) -> None:
    final = noted_final(database, programme_id)
    wanted = [final.reserves[at].application_id for at in (2, 0, 1)]
    order_reserves(database, application_ids=wanted, valid_until=date(2024, 12, 20))
    rows = first_course(database, programme_id).rows
    assert [row.application_id for row in rows] == wanted
    assert [row.rank for row in rows] == [1, 2, 3]
    release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert decision_of(database, final.reserves[0]).valid_until == date(2024, 12, 20)
    with pytest.raises(RuleError, match=r"promotion\.announced"):
        order_reserves(database, application_ids=wanted)


def test_only_reserves_are_put_in_order(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    with pytest.raises(RuleError, match=r"promotion\.not-reserve"):
        order_reserves(database, application_ids=[final.passed[0].application_id])


def test_a_usual_reason_of_a_withdrawal_is_checked(database: Database, programme_id: int) -> None:
    final = announced_final(database, programme_id)
    with pytest.raises(ValidationError, match=r"selection\.reason-unknown"):
        record_reply(
            database,
            application_id=final.passed[0].application_id,
            kind=ReplyKind.WITHDRAWN,
            reason_code="rumour",
        )


DAYS = st.dates(date(2024, 11, 1), date(2025, 3, 1))


@given(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4), DAYS, DAYS, st.lists(DAYS, max_size=3))
def test_nobody_moves_up_without_a_place_or_too_late(
    free: int, passes: int, places: int, day: date, until: date, before: list[date]
) -> None:
    found = check_promotion(
        Reserve(len(before) + 1, until),
        [Reserve(at, one) for at, one in enumerate(before, 1)],
        day=day,
        free=free,
        passes=passes,
        capacity=places,
    )
    assert (found.refusal == "") == (free > 0 and day <= until)
    if not found.refusal:
        assert found.needs_reason == (any(one >= day for one in before) or passes >= places)

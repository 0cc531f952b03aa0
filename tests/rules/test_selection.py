from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.rules.selection import (
    NEXT_STATUSES,
    ApplicationStatus,
    Attendance,
    Progress,
    Result,
    Stage,
    check_attendance,
    check_correction,
    check_decision,
    check_move,
    is_terminal,
    progress_of,
    status_after_release,
)

S = ApplicationStatus


def move_refusal(old: ApplicationStatus, new: ApplicationStatus) -> str:
    try:
        check_move(old, new)
    except RuleError as error:
        return error.code
    return ""


def decision_refusal(status: ApplicationStatus, stage: Stage, result: Result) -> str:
    try:
        check_decision(status, stage, result)
    except RuleError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    "path",
    [
        (S.RECEIVED, S.FIRST_PASSED, S.FINAL_PASSED, S.ACCEPTED, S.APPOINTED),
        (S.RECEIVED, S.FIRST_PASSED, S.FINAL_RESERVE, S.FINAL_PASSED, S.ACCEPTED, S.APPOINTED),
        (S.RECEIVED, S.FIRST_FAILED),
        (S.RECEIVED, S.INELIGIBLE, S.RECEIVED, S.FIRST_PASSED),
        (S.RECEIVED, S.FIRST_PASSED, S.FINAL_FAILED),
    ],
)
def test_domain_rules_8_1_the_ways_through_the_selection(path: tuple[ApplicationStatus, ...]) -> None:
    for old, new in pairwise(path):
        check_move(old, new)


@pytest.mark.parametrize("status", [S.RECEIVED, S.FIRST_PASSED, S.FINAL_PASSED, S.FINAL_RESERVE, S.ACCEPTED])
def test_domain_rules_8_1_withdrawal_is_possible_at_every_step(status: ApplicationStatus) -> None:
    check_move(status, S.WITHDRAWN)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (S.WITHDRAWN, S.FIRST_PASSED, "selection.withdrawn"),
        (S.WITHDRAWN, S.APPOINTED, "selection.withdrawn"),
        (S.APPOINTED, S.WITHDRAWN, "selection.appointed"),
        (S.FIRST_FAILED, S.WITHDRAWN, "selection.closed"),
        (S.FINAL_FAILED, S.FINAL_PASSED, "selection.closed"),
        (S.RECEIVED, S.APPOINTED, "selection.appoint-before-acceptance"),
        (S.FINAL_PASSED, S.APPOINTED, "selection.appoint-before-acceptance"),
        (S.FIRST_PASSED, S.ACCEPTED, "selection.accept-before-pass"),
        (S.FINAL_RESERVE, S.ACCEPTED, "selection.accept-before-pass"),
        (S.RECEIVED, S.FINAL_PASSED, "selection.impossible-move"),
        (S.FINAL_PASSED, S.RECEIVED, "selection.impossible-move"),
        (S.RECEIVED, S.RECEIVED, "selection.already-there"),
        (S.WITHDRAWN, S.WITHDRAWN, "selection.already-there"),
    ],
)
def test_impossible_moves_say_why(old: ApplicationStatus, new: ApplicationStatus, code: str) -> None:
    assert move_refusal(old, new) == code


@given(st.sampled_from(S), st.sampled_from(S))
def test_a_move_is_allowed_or_refused_with_a_code(old: ApplicationStatus, new: ApplicationStatus) -> None:
    assert (move_refusal(old, new) == "") == (new in NEXT_STATUSES[old])


def test_the_states_that_end_the_selection() -> None:
    ends = {status for status in S if is_terminal(status)}
    assert ends == {S.FIRST_FAILED, S.FINAL_FAILED, S.WITHDRAWN, S.APPOINTED}


@pytest.mark.parametrize("result", [Result.PASS, Result.FAIL])
def test_a_first_decision_is_taken_from_received_only(result: Result) -> None:
    allowed = {status for status in S if not decision_refusal(status, Stage.FIRST, result)}
    assert allowed == {S.RECEIVED}


@pytest.mark.parametrize("result", list(Result))
def test_a_final_decision_is_taken_from_first_passed_only(result: Result) -> None:
    allowed = {status for status in S if not decision_refusal(status, Stage.FINAL, result)}
    assert allowed == {S.FIRST_PASSED}


@pytest.mark.parametrize(
    ("status", "stage", "result", "code"),
    [
        (S.RECEIVED, Stage.FIRST, Result.RESERVE, "selection.first-no-reserve"),
        (S.FIRST_PASSED, Stage.FIRST, Result.PASS, "selection.already-announced"),
        (S.WITHDRAWN, Stage.FIRST, Result.PASS, "selection.withdrawn"),
        (S.WITHDRAWN, Stage.FINAL, Result.PASS, "selection.withdrawn"),
        (S.RECEIVED, Stage.FINAL, Result.PASS, "selection.final-before-first"),
        (S.FIRST_FAILED, Stage.FINAL, Result.PASS, "selection.final-after-first-fail"),
        (S.FINAL_PASSED, Stage.FINAL, Result.FAIL, "selection.already-announced"),
        (S.APPOINTED, Stage.FINAL, Result.FAIL, "selection.already-announced"),
    ],
)
def test_impossible_decisions_say_why(
    status: ApplicationStatus, stage: Stage, result: Result, code: str
) -> None:
    assert decision_refusal(status, stage, result) == code


@pytest.mark.parametrize(
    ("stage", "result", "status"),
    [
        (Stage.FIRST, Result.PASS, S.FIRST_PASSED),
        (Stage.FIRST, Result.FAIL, S.FIRST_FAILED),
        (Stage.FINAL, Result.PASS, S.FINAL_PASSED),
        (Stage.FINAL, Result.RESERVE, S.FINAL_RESERVE),
        (Stage.FINAL, Result.FAIL, S.FINAL_FAILED),
    ],
)
def test_release_makes_the_announced_state(stage: Stage, result: Result, status: ApplicationStatus) -> None:
    assert status_after_release(stage, result) is status


def test_the_first_screening_knows_no_reserve() -> None:
    with pytest.raises(RuleError, match=r"selection\.first-no-reserve"):
        status_after_release(Stage.FIRST, Result.RESERVE)


@given(st.sampled_from(S), st.sampled_from(Stage), st.sampled_from(Result))
def test_what_may_be_decided_may_also_be_announced(
    status: ApplicationStatus, stage: Stage, result: Result
) -> None:
    if not decision_refusal(status, stage, result):
        check_move(status, status_after_release(stage, result))


def correction_refusal(status: ApplicationStatus, stage: Stage, **more: bool) -> str:
    try:
        check_correction(status, stage, announced=more.pop("announced", True), **more)
    except RuleError as error:
        return error.code
    return ""


@given(st.sampled_from(S), st.booleans(), st.sampled_from([None, *Attendance]))
def test_domain_rules_8_1_the_interview_says_how_far_somebody_is(
    status: ApplicationStatus, booked: bool, attendance: Attendance | None
) -> None:
    found = progress_of(status, booked=booked, attendance=attendance)
    if status is not S.FIRST_PASSED:
        assert found is None
    elif attendance is None:
        assert found is (Progress.BOOKED if booked else Progress.ARRANGING)
    else:
        assert found is not None
        assert found.value == attendance.value


@pytest.mark.parametrize("result", list(Result))
def test_absence_leaves_only_a_fail(result: Result) -> None:
    if result is Result.FAIL:
        check_decision(S.FIRST_PASSED, Stage.FINAL, result, Attendance.ABSENT)
    else:
        with pytest.raises(RuleError, match=r"selection\.absent"):
            check_decision(S.FIRST_PASSED, Stage.FINAL, result, Attendance.ABSENT)
    check_decision(S.FIRST_PASSED, Stage.FINAL, result, Attendance.ATTENDED)
    check_decision(S.FIRST_PASSED, Stage.FINAL, result)


@given(st.sampled_from(S), st.booleans())
def test_attendance_is_due_between_the_screenings(status: ApplicationStatus, booked: bool) -> None:
    if status is S.FIRST_PASSED and booked:
        check_attendance(status, booked=booked)
    else:
        with pytest.raises(RuleError, match=r"selection\.attendance"):
            check_attendance(status, booked=booked)


@pytest.mark.parametrize(
    ("status", "stage", "more", "code"),
    [
        (S.FIRST_FAILED, Stage.FIRST, {}, ""),
        (S.FIRST_PASSED, Stage.FIRST, {}, ""),
        (S.FINAL_RESERVE, Stage.FINAL, {}, ""),
        (S.FIRST_PASSED, Stage.FIRST, {"booked": True}, "correction.booked"),
        (S.FIRST_FAILED, Stage.FIRST, {"booked": True}, ""),
        (S.FIRST_PASSED, Stage.FIRST, {"decided_later": True}, "correction.decided-later"),
        (S.FINAL_FAILED, Stage.FIRST, {}, "correction.decided-later"),
        (S.FINAL_PASSED, Stage.FINAL, {"promoted": True}, "correction.promoted"),
        (S.ACCEPTED, Stage.FINAL, {}, "correction.accepted"),
        (S.APPOINTED, Stage.FINAL, {}, "correction.appointed"),
        (S.WITHDRAWN, Stage.FINAL, {}, "correction.withdrawn"),
        (S.FIRST_PASSED, Stage.FINAL, {"announced": False}, "correction.not-announced"),
    ],
)
def test_a_correction_is_possible_only_while_nothing_builds_on_the_result(
    status: ApplicationStatus, stage: Stage, more: dict[str, bool], code: str
) -> None:
    assert correction_refusal(status, stage, **more) == code


def test_requirements_are_judged_before_the_first_screening_only() -> None:
    assert NEXT_STATUSES[S.INELIGIBLE] == {S.RECEIVED, S.WITHDRAWN}
    assert {status for status in S if S.INELIGIBLE in NEXT_STATUSES[status]} == {S.RECEIVED}

"""The states of an application and which step may follow which (domain rules 8.1).

A decision is taken first (pending) and becomes a state when results are released to all
together.  A withdrawal is possible at every step before the appointment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import RuleError


class Stage(StrEnum):
    """One of the two screenings."""

    FIRST = "first"
    FINAL = "final"


class Result(StrEnum):
    """What a screening can say of a person."""

    PASS = "pass"  # noqa: S105 - a result, no password
    FAIL = "fail"
    RESERVE = "reserve"


class ApplicationStatus(StrEnum):
    """Where an application stands, as announced."""

    RECEIVED = "received"
    INELIGIBLE = "ineligible"
    """要件不備: does not take part, until a clerk takes that back with a reason."""
    FIRST_PASSED = "first-passed"
    FIRST_FAILED = "first-failed"
    FINAL_PASSED = "final-passed"
    FINAL_RESERVE = "final-reserve"
    FINAL_FAILED = "final-failed"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    APPOINTED = "appointed"


class Attendance(StrEnum):
    """Whether somebody came to the interview."""

    ATTENDED = "attended"
    ABSENT = "absent"


class Progress(StrEnum):
    """Where somebody between the two screenings stands; it follows from the interview."""

    ARRANGING = "arranging"
    """日程調整中"""
    BOOKED = "booked"
    """日程確定"""
    ATTENDED = "attended"
    ABSENT = "absent"


_S = ApplicationStatus
NEXT_STATUSES: Final[dict[ApplicationStatus, frozenset[ApplicationStatus]]] = {
    _S.RECEIVED: frozenset({_S.FIRST_PASSED, _S.FIRST_FAILED, _S.INELIGIBLE, _S.WITHDRAWN}),
    _S.INELIGIBLE: frozenset({_S.RECEIVED, _S.WITHDRAWN}),
    _S.FIRST_PASSED: frozenset({_S.FINAL_PASSED, _S.FINAL_RESERVE, _S.FINAL_FAILED, _S.WITHDRAWN}),
    _S.FIRST_FAILED: frozenset(),
    _S.FINAL_PASSED: frozenset({_S.ACCEPTED, _S.WITHDRAWN}),
    _S.FINAL_RESERVE: frozenset({_S.FINAL_PASSED, _S.WITHDRAWN}),
    _S.FINAL_FAILED: frozenset(),
    _S.ACCEPTED: frozenset({_S.APPOINTED, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
    _S.APPOINTED: frozenset(),
}
"""From each state the states that may follow; the ones that nothing follows are final."""
REINSTATED: Final = (_S.WITHDRAWN, _S.RECEIVED)
"""The one way back, which no answer of a person leads: an entry is not taken back at the portal after all.

Only while nothing of the application was announced and the person answered nothing here.
"""

WITHDRAWAL_REASONS: Final = (
    "studies",
    "other-offer",
    "schedule",
    "health",
    "terms",
    "no-answer",
    "other",
)
"""Why people withdraw, as the office counts it; free text may be added."""
STANDING_PASSES: Final = frozenset({_S.FINAL_PASSED, _S.ACCEPTED, _S.APPOINTED})
"""States that take one of the places of a course."""
LEFT_OUT: Final = frozenset({_S.WITHDRAWN, _S.INELIGIBLE})
"""States in which an application takes no part any more: nothing noted of it is announced."""

_RELEASED: Final = {
    (Stage.FIRST, Result.PASS): _S.FIRST_PASSED,
    (Stage.FIRST, Result.FAIL): _S.FIRST_FAILED,
    (Stage.FINAL, Result.PASS): _S.FINAL_PASSED,
    (Stage.FINAL, Result.RESERVE): _S.FINAL_RESERVE,
    (Stage.FINAL, Result.FAIL): _S.FINAL_FAILED,
}
_ANNOUNCED: Final = {
    stage: frozenset(status for (step, _result), status in _RELEASED.items() if step is stage)
    for stage in Stage
}
_BUILT_UPON: Final = {
    _S.ACCEPTED: "correction.accepted",
    _S.APPOINTED: "correction.appointed",
    _S.WITHDRAWN: "correction.withdrawn",
}
DECIDED_FROM: Final = {Stage.FIRST: _S.RECEIVED, Stage.FINAL: _S.FIRST_PASSED}
"""In which state an application waits for the result of a screening."""


def check_decision(
    status: ApplicationStatus, stage: Stage, result: Result, attendance: Attendance | None = None
) -> None:
    """Make sure that a decision of ``stage`` can be taken for an application in ``status``.

    A final decision needs no recorded attendance, but whoever is recorded absent can only fail.

    Raises:
        RuleError: ``selection.first-no-reserve``, ``selection.withdrawn``, ``selection.ineligible``,
            ``selection.final-before-first``, ``selection.final-after-first-fail``,
            ``selection.already-announced`` or ``selection.absent``.
    """
    if (stage, result) not in _RELEASED:
        raise RuleError("selection.first-no-reserve")
    if status is DECIDED_FROM[stage]:
        if stage is Stage.FINAL and result is not Result.FAIL and attendance is Attendance.ABSENT:
            raise RuleError("selection.absent")
        return
    if status is _S.WITHDRAWN:
        raise RuleError("selection.withdrawn")
    if status is _S.INELIGIBLE:
        raise RuleError("selection.ineligible")
    if stage is Stage.FINAL and status is _S.RECEIVED:
        raise RuleError("selection.final-before-first")
    if stage is Stage.FINAL and status is _S.FIRST_FAILED:
        raise RuleError("selection.final-after-first-fail")
    raise RuleError("selection.already-announced")


def status_after_release(stage: Stage, result: Result) -> ApplicationStatus:
    """Return the state an application has once its decision is announced.

    Raises:
        RuleError: ``selection.first-no-reserve``; the first screening knows no reserve.
    """
    try:
        return _RELEASED[stage, result]
    except KeyError as error:
        raise RuleError("selection.first-no-reserve") from error


def progress_of(status: ApplicationStatus, *, booked: bool, attendance: Attendance | None) -> Progress | None:
    """Return where somebody stands between the screenings; nothing before the first or after the final."""
    if status is not _S.FIRST_PASSED:
        return None
    if attendance is not None:
        return Progress(attendance.value)
    return Progress.BOOKED if booked else Progress.ARRANGING


def check_attendance(status: ApplicationStatus, *, booked: bool) -> None:
    """Make sure that it can be recorded whether somebody came to the interview.

    Raises:
        RuleError: ``selection.attendance-not-due`` unless the person waits for the final result, or
            ``selection.attendance-no-interview``.
    """
    if status is not _S.FIRST_PASSED:
        raise RuleError("selection.attendance-not-due")
    if not booked:
        raise RuleError("selection.attendance-no-interview")


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve's rank in the course, and the last day on which it can move up."""

    rank: int | None
    valid_until: date


@dataclass(frozen=True, slots=True)
class PromotionFinding:
    """Whether a reserve may move up; ``refusal`` is a code, and ``needs_reason`` asks for one."""

    refusal: str
    needs_reason: bool


def check_promotion(
    reserve: Reserve, before: Sequence[Reserve], *, day: date, free: int, passes: int, capacity: int
) -> PromotionFinding:
    """Return whether a reserve may move up (繰上げ, domain rules 8.1).

    Args:
        reserve: who is to move up.
        before: the standing reserves of the course with a better rank.
        day: the day it happens on.
        free: places of the course that a withdrawal left free.
        passes: standing passes of the course.
        capacity: its places; one more than that needs a reason.
    """
    if free <= 0:
        return PromotionFinding("promotion.no-vacancy", needs_reason=False)
    if day > reserve.valid_until:
        return PromotionFinding("promotion.expired", needs_reason=False)
    skipped = any(other.valid_until >= day for other in before)
    return PromotionFinding("", needs_reason=skipped or passes + 1 > capacity)


def check_correction(
    status: ApplicationStatus,
    stage: Stage,
    *,
    announced: bool,
    promoted: bool = False,
    decided_later: bool = False,
    booked: bool = False,
) -> None:
    """Make sure that nothing builds on a decision that is to be corrected.

    Args:
        status: where the application stands now.
        stage: the screening of the decision.
        announced: it is known to the person; a noted one is simply changed.
        promoted: the reserve has moved up since.
        decided_later: a decision of the final screening is noted or announced.
        booked: an interview is booked for the entry.

    Raises:
        RuleError: a ``correction.…`` code that says what builds on it.
    """
    if not announced:
        raise RuleError("correction.not-announced")
    if promoted:
        raise RuleError("correction.promoted")
    if status not in _ANNOUNCED[stage] or decided_later:
        raise RuleError(_BUILT_UPON.get(status, "correction.decided-later"))
    if status is _S.FIRST_PASSED and booked:
        raise RuleError("correction.booked")


def is_terminal(status: ApplicationStatus) -> bool:
    """Return whether no step follows ``status``."""
    return not NEXT_STATUSES[status]


def check_move(old: ApplicationStatus, new: ApplicationStatus) -> None:
    """Make sure that an application may go from ``old`` to ``new``.

    Raises:
        RuleError: a ``selection.…`` code that says why not.
    """
    if new not in NEXT_STATUSES[old]:
        raise RuleError(_refusal(old, new))


def _refusal(old: ApplicationStatus, new: ApplicationStatus) -> str:
    if old is new:
        return "selection.already-there"
    by_state = {
        _S.WITHDRAWN: "selection.withdrawn",
        _S.APPOINTED: "selection.appointed",
        _S.INELIGIBLE: "selection.ineligible",
    }
    by_goal = {
        _S.INELIGIBLE: "selection.ineligible-too-late",
        _S.APPOINTED: "selection.appoint-before-acceptance",
        _S.ACCEPTED: "selection.accept-before-pass",
    }
    otherwise = "selection.closed" if is_terminal(old) else "selection.impossible-move"
    return by_state.get(old) or by_goal.get(new) or otherwise

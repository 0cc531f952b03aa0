"""The states of an application and which step may follow which (domain rules 8.1).

A decision is taken first (pending) and becomes a state when results are released to all
together.  A withdrawal is possible at every step before the appointment.
"""

from __future__ import annotations

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
    FIRST_PASSED = "first-passed"
    FIRST_FAILED = "first-failed"
    FINAL_PASSED = "final-passed"
    FINAL_RESERVE = "final-reserve"
    FINAL_FAILED = "final-failed"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    APPOINTED = "appointed"


_S = ApplicationStatus
NEXT_STATUSES: Final[dict[ApplicationStatus, frozenset[ApplicationStatus]]] = {
    _S.RECEIVED: frozenset({_S.FIRST_PASSED, _S.FIRST_FAILED, _S.WITHDRAWN}),
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

_RELEASED: Final = {
    (Stage.FIRST, Result.PASS): _S.FIRST_PASSED,
    (Stage.FIRST, Result.FAIL): _S.FIRST_FAILED,
    (Stage.FINAL, Result.PASS): _S.FINAL_PASSED,
    (Stage.FINAL, Result.RESERVE): _S.FINAL_RESERVE,
    (Stage.FINAL, Result.FAIL): _S.FINAL_FAILED,
}
_DECIDED_FROM: Final = {Stage.FIRST: _S.RECEIVED, Stage.FINAL: _S.FIRST_PASSED}


def check_decision(status: ApplicationStatus, stage: Stage, result: Result) -> None:
    """Make sure that a decision of ``stage`` can be taken for an application in ``status``.

    Raises:
        RuleError: ``selection.first-no-reserve``, ``selection.withdrawn``,
            ``selection.final-before-first``, ``selection.final-after-first-fail`` or
            ``selection.already-announced``.
    """
    if (stage, result) not in _RELEASED:
        raise RuleError("selection.first-no-reserve")
    if status is _DECIDED_FROM[stage]:
        return
    if status is _S.WITHDRAWN:
        raise RuleError("selection.withdrawn")
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
    by_state = {_S.WITHDRAWN: "selection.withdrawn", _S.APPOINTED: "selection.appointed"}
    by_goal = {
        _S.APPOINTED: "selection.appoint-before-acceptance",
        _S.ACCEPTED: "selection.accept-before-pass",
    }
    otherwise = "selection.closed" if is_terminal(old) else "selection.impossible-move"
    return by_state.get(old) or by_goal.get(new) or otherwise

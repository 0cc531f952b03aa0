"""What can be decided about people, by the names a clerk uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Result, Stage
from fujisawa_desktop.services.selection import clear_decisions, record_decisions, record_replies
from fujisawa_desktop.services.selection_check import (
    Foresight,
    ReplyKind,
    foresee_attendance,
    foresee_clearing,
    foresee_decisions,
    foresee_move,
    foresee_replies,
)
from fujisawa_desktop.services.selection_marks import mark_eligible, mark_ineligible, record_attendance

_S: Final = ApplicationStatus


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to record about people.

    Attributes:
        key: stable name.
        title: message id, as in the menu.
        look: what it would do: a read of ``entry_ids`` and ``course_id``.
        act: does it: a write of ``application_ids``, ``actor`` and the answers to ``asks``.
        group: the menu draws a line where it changes.
        asks: what else the dialog asks for, of ``reserve_rank``, ``channel``, ``reason_code``, ``reason``.
        noted: it becomes known only when the screening is announced.
        result: what is noted then; None takes out what is noted.
    """

    key: str
    title: str
    look: Callable[..., Foresight]
    act: Callable[..., object]
    group: int
    asks: frozenset[str] = frozenset()
    noted: bool = False
    result: Result | None = None


def _result(key: str, title: str, stage: Stage, result: Result, group: int) -> Deed:
    return Deed(
        key,
        title,
        look=partial(foresee_decisions, stage=stage, result=result),
        act=partial(record_decisions, stage=stage, result=result),
        group=group,
        asks=frozenset({"reserve_rank"}) if result is Result.RESERVE else frozenset(),
        noted=True,
        result=result,
    )


def _clearing(key: str, title: str, stage: Stage, group: int) -> Deed:
    return Deed(
        key,
        title,
        look=partial(foresee_clearing, stage=stage),
        act=partial(clear_decisions, stage=stage),
        group=group,
    )


def _reply(key: str, title: str, kind: ReplyKind, *asks: str) -> Deed:
    return Deed(
        key,
        title,
        look=partial(foresee_replies, kind=kind),
        act=partial(record_replies, kind=kind),
        group=2,
        asks=frozenset(asks),
    )


def _attendance(key: str, title: str, attendance: Attendance | None) -> Deed:
    return Deed(
        key,
        title,
        look=partial(foresee_attendance, attendance=attendance),
        act=partial(record_attendance, attendance=attendance),
        group=3,
    )


def _eligibility(key: str, title: str, goal: ApplicationStatus, act: Callable[..., object]) -> Deed:
    return Deed(
        key,
        title,
        look=partial(foresee_move, goal=goal),
        act=act,
        group=4,
        asks=frozenset({"reason"}),
    )


DEEDS: Final[tuple[Deed, ...]] = (
    _result("first-pass", N_("1st screening: pass"), Stage.FIRST, Result.PASS, 0),
    _result("first-fail", N_("1st screening: fail"), Stage.FIRST, Result.FAIL, 0),
    _clearing("first-clear", N_("1st screening: take the noted result out"), Stage.FIRST, 0),
    _result("final-pass", N_("Final screening: pass"), Stage.FINAL, Result.PASS, 1),
    _result("final-reserve", N_("Final screening: reserve"), Stage.FINAL, Result.RESERVE, 1),
    _result("final-fail", N_("Final screening: fail"), Stage.FINAL, Result.FAIL, 1),
    _clearing("final-clear", N_("Final screening: take the noted result out"), Stage.FINAL, 1),
    _reply("accept", N_("Accepted the offer"), ReplyKind.ACCEPTED, "channel"),
    _reply("withdraw", N_("Withdrew"), ReplyKind.WITHDRAWN, "channel", "reason_code", "reason"),
    _attendance("attended", N_("Came to the interview"), Attendance.ATTENDED),
    _attendance("absent", N_("Did not come to the interview"), Attendance.ABSENT),
    _attendance("attendance-clear", N_("Take the attendance out"), None),
    _eligibility("ineligible", N_("Does not meet the requirements"), _S.INELIGIBLE, mark_ineligible),
    _eligibility("eligible", N_("Meets the requirements after all"), _S.RECEIVED, mark_eligible),
)
BY_KEY: Final = {deed.key: deed for deed in DEEDS}

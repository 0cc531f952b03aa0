"""Every state by every deed, through the service, the foresight and the import: one table for all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from staged_people import NOON, Staged, stage

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Application, Decision, Entry, Interview, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Attendance, Result, Stage
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.promotion import promote
from fujisawa_desktop.services.selection import (
    import_decisions,
    record_decisions,
    record_replies,
    release,
)
from fujisawa_desktop.services.selection_check import (
    Foresight,
    foresee_attendance,
    foresee_decisions,
    foresee_move,
    foresee_replies,
)
from fujisawa_desktop.services.selection_marks import mark_eligible, mark_ineligible, record_attendance
from fujisawa_desktop.services.unit_of_work import unit_of_work

S = ApplicationStatus
ALLOWED: dict[ApplicationStatus, set[str]] = {
    S.RECEIVED: {"first-pass", "first-fail", "withdraw", "ineligible"},
    S.INELIGIBLE: {"eligible", "withdraw"},
    S.FIRST_PASSED: {
        "final-pass",
        "final-reserve",
        "final-fail",
        "withdraw",
        "attended",
        "absent",
        "correct",
    },
    S.FIRST_FAILED: {"correct"},
    S.FINAL_PASSED: {"accept", "withdraw", "correct", "appoint-accepting"},
    S.FINAL_RESERVE: {"withdraw", "promote", "correct"},
    S.FINAL_FAILED: {"correct"},
    S.ACCEPTED: {"withdraw", "appoint", "appoint-accepting"},
    S.WITHDRAWN: set(),
    S.APPOINTED: set(),
}
"""What may be done in each state; everything else must be refused, everywhere."""
DECISIONS = {
    "first-pass": (Stage.FIRST, Result.PASS, "1次,合格"),
    "first-fail": (Stage.FIRST, Result.FAIL, "1次,不合格"),
    "final-pass": (Stage.FINAL, Result.PASS, "最終,合格"),
    "final-reserve": (Stage.FINAL, Result.RESERVE, "最終,補欠1"),
    "final-fail": (Stage.FINAL, Result.FAIL, "最終,不合格"),
}
DEEDS = (
    *DECISIONS,
    "accept",
    "withdraw",
    "ineligible",
    "eligible",
    "attended",
    "absent",
    "promote",
    "appoint",
    "appoint-accepting",
    "correct",
)


class Scene:
    """One person in one state, with an interview, and a free place in the course."""

    def __init__(self, database: Database, programme_id: int, status: ApplicationStatus) -> None:
        self.database, self.programme_id = database, programme_id
        with database.read() as session:
            self.course_id = 1
            assert session.get(Application, 1) is None
        gone = stage(database, programme_id, self.course_id, S.FINAL_PASSED)
        record_replies(database, application_ids=[gone.application_id], kind=ReplyKind.WITHDRAWN)
        self.person = stage(database, programme_id, self.course_id, status)
        self._complete(self.person, booked=status is not S.FIRST_PASSED)

    def _complete(self, person: Staged, *, booked: bool) -> None:
        with unit_of_work(self.database, "test.people") as work:
            for decision in work.session.query(Decision).filter_by(application_id=person.application_id):
                if decision.result is Result.RESERVE:
                    decision.reserve_rank = 1
            if booked:
                self._book(work.session, person)
            work.commit()

    def book(self) -> None:
        with unit_of_work(self.database, "test.people") as work:
            self._book(work.session, self.person)
            work.commit()

    def _book(self, session: object, person: Staged) -> None:
        session.add(  # type: ignore[attr-defined]
            Interview(
                programme_id=self.programme_id,
                entry_id=person.entry_id,
                applicant_id=person.applicant_id,
                starts_at=NOON,
                ends_at=NOON.replace(minute=30),
            )
        )

    def number(self) -> str:
        with self.database.read() as session:
            return session.get_one(Entry, self.person.entry_id).number

    def status(self) -> ApplicationStatus:
        with self.database.read() as session:
            return session.get_one(Application, self.person.application_id).status

    def state(self) -> tuple[object, ...]:
        """Return everything a deed could have changed."""
        with self.database.read() as session:
            decisions = session.query(Decision).filter_by(application_id=self.person.application_id)
            interview = session.query(Interview).filter_by(entry_id=self.person.entry_id).first()
            return (
                session.get_one(Application, self.person.application_id).status,
                [(row.stage, row.result, row.announced_at, row.promoted_at) for row in decisions],
                interview.attendance if interview else None,
            )

    def act(self, deed: str) -> object:
        """Do a deed through the services."""
        ids, database = [self.person.application_id], self.database
        if deed in DECISIONS:
            step, result, _words = DECISIONS[deed]
            return record_decisions(database, application_ids=ids, stage=step, result=result)
        acts: dict[str, Callable[[], object]] = {
            "accept": lambda: record_replies(database, application_ids=ids, kind=ReplyKind.ACCEPTED),
            "withdraw": lambda: record_replies(database, application_ids=ids, kind=ReplyKind.WITHDRAWN),
            "ineligible": lambda: mark_ineligible(database, application_ids=ids, reason="在学していない"),
            "eligible": lambda: mark_eligible(database, application_ids=ids, reason="在学証明を確認"),
            "attended": lambda: record_attendance(
                database, application_ids=ids, attendance=Attendance.ATTENDED
            ),
            "absent": lambda: record_attendance(database, application_ids=ids, attendance=Attendance.ABSENT),
            "promote": lambda: promote(database, application_id=ids[0], today=NOON.date()),
            "appoint": lambda: self.appoint(accept=False),
            "appoint-accepting": lambda: self.appoint(accept=True),
            "correct": self.correct,
        }
        return acts[deed]()

    def appoint(self, *, accept: bool) -> None:
        done = appoint(self.database, programme_id=self.programme_id, numbers=[self.number()], accept=accept)
        if not done.appointed:
            raise AppError("test.not-appointed")

    def correct(self) -> None:
        with self.database.read() as session:
            found = (
                session.query(Decision)
                .filter_by(application_id=self.person.application_id)
                .order_by(Decision.id)
                .all()
            )
            last = found[-1] if found else None
            decision_id = last.id if last else 0
            other = Result.FAIL if last is None or last.result is not Result.FAIL else Result.PASS
        correct_decision(self.database, decision_id=decision_id, result=other, reason="転記の誤り")

    def foresee(self, deed: str) -> Foresight | None:
        """Return what the dialog would say, for the deeds it offers."""
        entries = [self.person.entry_id]
        if deed in DECISIONS:
            step, result, _words = DECISIONS[deed]
            return foresee_decisions(self.database, entry_ids=entries, stage=step, result=result)
        looks: dict[str, Callable[[], Foresight]] = {
            "accept": lambda: foresee_replies(self.database, entry_ids=entries, kind=ReplyKind.ACCEPTED),
            "withdraw": lambda: foresee_replies(self.database, entry_ids=entries, kind=ReplyKind.WITHDRAWN),
            "ineligible": lambda: foresee_move(self.database, entry_ids=entries, goal=S.INELIGIBLE),
            "eligible": lambda: foresee_move(self.database, entry_ids=entries, goal=S.RECEIVED),
            "attended": lambda: foresee_attendance(
                self.database, entry_ids=entries, attendance=Attendance.ATTENDED
            ),
            "absent": lambda: foresee_attendance(
                self.database, entry_ids=entries, attendance=Attendance.ABSENT
            ),
        }
        return looks[deed]() if deed in looks else None


def prepared(database: Database, programme_id: int, status: ApplicationStatus, deed: str) -> Scene:
    scene = Scene(database, programme_id, status)
    if deed in {"attended", "absent"} and status is S.FIRST_PASSED:
        scene.book()  # a booked interview would stand in the way of correcting the first result
    return scene


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("status", list(S))
def test_each_deed_in_each_state(
    database: Database, programme_id: int, tmp_path: Path, status: ApplicationStatus, deed: str
) -> None:
    scene = prepared(database, programme_id, status, deed)
    before = scene.state()
    foreseen = scene.foresee(deed)
    allowed = deed in ALLOWED[status]
    if foreseen is not None:
        assert bool(foreseen.application_ids) is allowed
        assert bool(foreseen.refused or foreseen.unchanged) is not allowed
        assert all(person.code for person in foreseen.refused)
    if deed in DECISIONS:
        refused = scene_import(scene, deed, tmp_path)
        assert bool(refused) is not (allowed or bool(foreseen and foreseen.unchanged))
        assert scene.state() == before
    if allowed:
        scene.act(deed)
        assert scene.state() != before
        undo(database)
    elif foreseen is not None and foreseen.unchanged:
        scene.act(deed)  # it was announced just so: saying it again changes nothing
    else:
        with pytest.raises(AppError):
            scene.act(deed)
    assert scene.state() == before


def scene_import(scene: Scene, deed: str, folder: Path) -> list[str]:
    """Try the same by a file, without writing; return the codes of refused rows."""
    path = folder / "decisions.csv"
    words = DECISIONS[deed][2]
    path.write_text(f"申込番号,選考,結果,コース\r\n{scene.number()},{words},\r\n", encoding="utf-8-sig")
    result = import_decisions(scene.database, programme_id=scene.programme_id, file=path, dry_run=True)
    return [row.code for row in result.rejected]


def test_a_release_leaves_those_out_who_are_not_eligible(database: Database, programme_id: int) -> None:
    scene = Scene(database, programme_id, S.RECEIVED)
    other = stage(database, programme_id, 1)
    ids = [scene.person.application_id, other.application_id]
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS)
    mark_ineligible(database, application_ids=ids[:1], reason="期限後")
    done = release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert (done.announced, done.withdrawn) == (1, 1)
    assert scene.status() is S.INELIGIBLE


@pytest.mark.parametrize("result", [Result.PASS, Result.RESERVE])
def test_whoever_was_absent_can_only_fail(database: Database, programme_id: int, result: Result) -> None:
    scene = Scene(database, programme_id, S.FIRST_PASSED)
    scene.book()
    ids = [scene.person.application_id]
    record_attendance(database, application_ids=ids, attendance=Attendance.ABSENT)
    with pytest.raises(AppError, match=r"selection\.absent"):
        record_decisions(database, application_ids=ids, stage=Stage.FINAL, result=result)
    record_decisions(database, application_ids=ids, stage=Stage.FINAL, result=Result.FAIL)
    undo(database)
    record_attendance(database, application_ids=ids, attendance=None)
    record_decisions(database, application_ids=ids, stage=Stage.FINAL, result=result)
    with pytest.raises(AppError, match=r"selection\.absent-but-decided"):
        record_attendance(database, application_ids=ids, attendance=Attendance.ABSENT)


@pytest.mark.parametrize("act", [mark_ineligible, mark_eligible])
def test_requirements_are_judged_with_a_reason_only(
    database: Database, programme_id: int, act: Callable[..., object]
) -> None:
    scene = Scene(database, programme_id, S.RECEIVED)
    with pytest.raises(AppError, match=r"selection\.reason-needed"):
        act(database, application_ids=[scene.person.application_id], reason=" 　")

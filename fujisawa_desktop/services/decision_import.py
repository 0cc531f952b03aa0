"""A file of decisions (選考, 結果) as pending decisions; good rows go in, the others are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.exchange.row_values import Rejection, RowWarning
from fujisawa_desktop.exchange.simple_rows import DecisionRecord, read_decisions
from fujisawa_desktop.models import Application
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.import_files import ImportFile, RowOutcome, store_batch
from fujisawa_desktop.services.imports import ImportResult, Progress
from fujisawa_desktop.services.intake_plan import Steps
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.lookup import CourseMatcher, course_matcher, entries_by_number
from fujisawa_desktop.services.selection_core import (
    DecisionPlan,
    Subject,
    Verdict,
    plan_decisions,
    subjects,
    write_decisions,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work

_ACT: Final = "import.decisions"
_ORDER: Final = ("added", "updated", "unchanged")


@dataclass(slots=True)
class _Plan:
    file: ImportFile
    stages: dict[Stage, DecisionPlan] = field(default_factory=dict)
    outcomes: dict[int, RowOutcome] = field(default_factory=dict)
    warnings: list[RowWarning] = field(default_factory=list)

    def refuse(self, rejection: Rejection) -> None:
        self.outcomes[rejection.line] = RowOutcome("rejected", rejection=rejection)

    def count(self, outcome: str) -> int:
        return sum(row.outcome == outcome for row in self.outcomes.values())

    def result(self, change: ChangeSet) -> ImportResult:
        rejections = (row.rejection for row in self.outcomes.values() if row.rejection is not None)
        return ImportResult(
            change=change,
            rows=len(self.file.table.rows),
            added=self.count("added"),
            updated=self.count("updated"),
            unchanged=self.count("unchanged"),
            rejected=tuple(sorted(rejections, key=lambda rejection: rejection.line)),
            warnings=tuple(self.warnings),
        )


def import_decisions(
    database: Database,
    *,
    programme_id: int,
    file: Path,
    dry_run: bool = False,
    encoding: str | None = None,
    actor: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Record the decisions of a file (申込番号, 選考, 結果, コース) as pending ones; one act.

    A row without course counts for all courses of the entry that are at that stage.  What has
    been announced is not changed; importing again changes nothing.

    Raises:
        InputFileError: the file is no table, or lacks a column.
        Cancelled: the clerk stopped.
    """
    opened = ImportFile.open(file, encoding=encoding)
    steps = Steps(len(opened.table.rows), progress, cancelled)
    if dry_run:
        with database.read() as session:
            plan = _Planner(session, programme_id, opened).plan(steps)
        return plan.result(ChangeSet(None, Label(_ACT, {}), frozenset()))
    with unit_of_work(database, _ACT, actor=actor) as work:
        plan = _Planner(work.session, programme_id, opened).plan(steps)
        for stage_plan in plan.stages.values():
            write_decisions(work, stage_plan)
        recorded = plan.count("added") + plan.count("updated")
        if recorded:
            store_batch(
                work, programme_id=programme_id, kind="decisions", file=opened, outcomes=plan.outcomes
            )
        steps.finish()
        return plan.result(work.commit(count=recorded))


@dataclass(frozen=True, slots=True)
class _Row:
    record: DecisionRecord
    application_ids: tuple[int, ...]


class _Planner:
    """Finds out whom each row means and what it would do."""

    def __init__(self, session: Session, programme_id: int, file: ImportFile) -> None:
        self._session = session
        self._programme_id = programme_id
        self._matcher: CourseMatcher = course_matcher(session, programme_id)
        self._plan = _Plan(file)
        self._people: dict[int, Subject] = {}
        self._by_entry: dict[int, list[int]] = {}

    def plan(self, steps: Steps) -> _Plan:
        read = read_decisions(self._plan.file.table)
        for rejection in read.rejections:
            self._plan.refuse(rejection)
        rows = self._located(read.records)
        steps.at(len(rows))
        for stage in Stage:
            self._plan_stage(stage, [row for row in rows if row.record.stage is stage])
        self._plan.warnings.sort(key=lambda warning: warning.line)
        return self._plan

    def _located(self, records: tuple[DecisionRecord, ...]) -> list[_Row]:
        """Find the applications each row means; rows that mean nobody are refused."""
        entries = entries_by_number(self._session, self._programme_id, [record.number for record in records])
        entry_ids = [entry.id for found in entries.values() for entry in found]
        application_ids: list[int] = []
        for chunk in chunks(entry_ids):
            query = select(Application.id).where(Application.entry_id.in_(chunk)).order_by(Application.id)
            application_ids.extend(self._session.scalars(query))
        self._people = subjects(self._session, application_ids)
        for subject in self._people.values():
            self._by_entry.setdefault(subject.entry_id, []).append(subject.application_id)
        rows: list[_Row] = []
        for record in records:
            found = entries.get(record.number, [])
            if len(found) != 1:
                code = "import.number-unknown" if not found else "import.number-of-two"
                self._plan.refuse(Rejection(record.line, "申込番号", code, {"number": record.number}))
                continue
            ids = self._of_course(record, found[0].id)
            if ids:
                rows.append(_Row(record, ids))
        return rows

    def _of_course(self, record: DecisionRecord, entry_id: int) -> tuple[int, ...]:
        params: dict[str, object]
        ids = tuple(self._by_entry.get(entry_id, ()))
        if not record.course_text:
            if not ids:
                params = {"number": record.number, "course": ""}
                self._plan.refuse(Rejection(record.line, "", "decision.not-applied", params))
            return ids
        course = self._matcher.match(record.course_text)
        if course is None:
            params = {"text": record.course_text[:60]}
            self._plan.refuse(Rejection(record.line, "コース", "import.course-unknown", params))
            return ()
        chosen = tuple(key for key in ids if self._people[key].course_id == course.course_id)
        if not chosen:
            params = {"number": record.number, "course": course.short_name}
            self._plan.refuse(Rejection(record.line, "コース", "decision.not-applied", params))
        return chosen

    def _plan_stage(self, stage: Stage, rows: list[_Row]) -> None:
        wanted: dict[int, Verdict] = {}
        first_line: dict[int, int] = {}
        kept: list[_Row] = []
        for row in rows:
            verdict = Verdict(row.record.result, row.record.reserve_rank)
            clash = next((key for key in row.application_ids if wanted.get(key, verdict) != verdict), None)
            if clash is not None:
                params = {"number": row.record.number, "first": first_line[clash]}
                self._plan.refuse(Rejection(row.record.line, "", "decision.twice", params))
                continue
            for key in row.application_ids:
                wanted.setdefault(key, verdict)
                first_line.setdefault(key, row.record.line)
            kept.append(row)
        if not wanted:
            return
        plan = plan_decisions(self._session, stage, wanted, self._people)
        self._plan.stages[stage] = plan
        for row in kept:
            self._settle(plan, row)

    def _settle(self, plan: DecisionPlan, row: _Row) -> None:
        outcomes = {plan.outcome(key) for key in row.application_ids}
        outcome = next((name for name in _ORDER if name in outcomes), None)
        record = row.record
        subject = self._people[row.application_ids[0]]
        if outcome is None:
            code = plan.refused[row.application_ids[0]].code
            self._plan.refuse(Rejection(record.line, "結果", code, {"number": record.number}))
            return
        self._plan.outcomes[record.line] = RowOutcome(outcome, subject.entry_id)
        if subject.flagged and outcome != "unchanged":
            params = {"number": record.number}
            self._plan.warnings.append(RowWarning(record.line, "decision.flagged", params))

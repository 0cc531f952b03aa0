"""The record of how a screening was decided, for the file (情報公開・開示請求に備える)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import (
    DecisionRecordSpec,
    LabelledText,
    Owner,
    ReportSection,
    ReportTable,
)
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import (
    Announcement,
    Application,
    Course,
    Decision,
    DecisionCorrection,
    Entry,
)
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.interview_criteria import criteria_of_interviews
from fujisawa_desktop.services.interview_ranking import FinalPlace, announced_final_places
from fujisawa_desktop.services.paper_decisions import DASH, columns_of, numbered, points_text, result_words
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.screening_core import criteria_of, rule_of
from fujisawa_desktop.services.selection_counts import CourseCount, stage_counts


@dataclass(frozen=True, slots=True)
class _Row:
    """One announced decision."""

    decision: Decision
    number: str
    course: str
    score: int | None


def decision_records(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one record for each screening that was announced.

    Raises:
        RuleError: ``papers.nothing-announced``.
    """
    stages = [stage for stage in Stage if _rows_of(session, order, stage)]
    if not stages:
        raise RuleError("papers.nothing-announced")
    return [Sheet(_Record(session, order, stage).spec()) for stage in stages]


class _Record:
    """Collects the parts of one screening's record."""

    def __init__(self, session: Session, order: PaperOrder, stage: Stage) -> None:
        self._session = session
        self._order = order
        self._stage = stage
        self._words = order.words
        self._heads = order.words.part("sections")
        self._rows = _rows_of(session, order, stage)
        self._courses = list(
            session.scalars(
                select(Course)
                .where(Course.programme_id == order.programme.id)
                .order_by(Course.position, Course.id)
            )
        )
        self._criteria = criteria_of(session, order.programme.id) if stage is Stage.FIRST else ()
        self._places: dict[int, FinalPlace] = {}
        """Of the interviews, by application; empty for another stage and where no points were given."""
        if stage is Stage.FINAL:
            for course in self._courses:
                self._places |= announced_final_places(session, order.programme.id, course.id)
        query = select(Announcement).where(
            Announcement.programme_id == order.programme.id, Announcement.stage == stage
        )
        self._announcements = list(session.scalars(query.order_by(Announcement.id)))

    def spec(self) -> DecisionRecordSpec:
        words, programme = self._words, self._order.programme
        stage = words.words("stage")[self._stage]
        values = {
            "実施回名": programme.title,
            "実施回略称": programme.short_title,
            "選考": stage,
            "作成日時": words.moment(self._order.now),
        }
        title = words.fill(words.text("title"), values)
        return DecisionRecordSpec(
            owner=Owner(stage, title),
            title=title,
            subtitle=words.fill(words.text("subtitle"), values),
            mark=words.text("mark"),
            printed_at=words.fill(words.text("printed"), values),
            facts=self._facts(stage),
            sections=numbered(
                self._announced(),
                self._method(),
                self._counts(),
                self._corrections(),
                *([self._promotions()] if self._stage is Stage.FINAL else []),
                self._results(),
            ),
            notes=(),
        )

    def _facts(self, stage: str) -> tuple[LabelledText, ...]:
        labels, words = self._words.words("facts"), self._words
        last = max(
            (row.decision.announced_at for row in self._rows if row.decision.announced_at), default=None
        )
        actors = dict.fromkeys(one.actor for one in self._announcements)
        return (
            LabelledText(labels["stage"], stage),
            LabelledText(labels["last"], words.moment(last) if last else words.text("unknown")),
            LabelledText(labels["actor"], "、".join(actors) or words.text("unknown")),
            LabelledText(
                labels["count"], words.fill(words.text("count_format"), {"件数": str(len(self._rows))})
            ),
        )

    def _announced(self) -> ReportSection:
        rows = tuple(
            (
                self._words.moment(one.released_at),
                one.actor,
                *(
                    str(one.counts.get(result.value, 0))
                    for result in (Result.PASS, Result.RESERVE, Result.FAIL)
                ),
                one.over_capacity_reason or DASH,
            )
            for one in self._announcements
        )
        return self._section(
            "announcements", "announcement_columns", (56, 24, 14, 14, 16, 42), rows, range(2, 5)
        )

    def _method(self) -> ReportSection:
        heads, words = self._heads, self._words
        if self._places:
            return self._method_of_interviews()
        if not self._criteria:
            return ReportSection(heads.text("method"), (heads.text("method_none"),))
        method = rule_of(self._session, self._order.programme.id)
        sentences = [
            words.fill(heads.text("method_points"), {"集計": words.text(method.aggregate.value)}),
            *([heads.text("method_blind")] if method.is_blind else []),
            heads.text("tie"),
        ]
        names = {course.id: course.short_name for course in self._courses}
        rows = tuple(
            (
                row.name,
                names.get(row.course_id or 0, heads.text("all_courses")),
                str(row.max_points),
                str(row.weight),
            )
            for row in self._criteria
        )
        return ReportSection(heads.text("method"), tuple(sentences), self._criteria_table(rows))

    def _method_of_interviews(self) -> ReportSection:
        heads = self._heads
        rows = tuple(
            (row.name, heads.text("all_courses"), str(row.max_points), str(row.weight))
            for row in criteria_of_interviews(self._session, self._order.programme.id)
        )
        sentences = (heads.text("method_interviews"), heads.text("tie"))
        return ReportSection(heads.text("method"), sentences, self._criteria_table(rows))

    def _criteria_table(self, rows: tuple[tuple[str, ...], ...]) -> ReportTable:
        columns = columns_of(self._heads.texts("criterion_columns"), (70, 50, 18, 18), range(2, 4))
        return ReportTable(columns, rows)

    def _counts(self) -> ReportSection:
        counts = stage_counts(self._session, self._order.programme.id, self._stage)
        rows = tuple(
            (
                one.course,
                *map(
                    str,
                    (
                        one.capacity,
                        one.total,
                        one.passed,
                        one.reserve,
                        one.failed,
                        one.withdrawn,
                        one.ineligible,
                        one.undecided,
                    ),
                ),
            )
            for one in counts
        )
        section = self._section(
            "counts", "count_columns", (46, 14, 14, 14, 14, 18, 14, 20, 18), rows, range(1, 9)
        )
        sentences = self._capacity(counts) if self._stage is Stage.FINAL else ()
        return ReportSection(section.heading, sentences, section.table)

    def _capacity(self, counts: Sequence[CourseCount]) -> tuple[str, ...]:
        told = [
            self._words.fill(
                self._heads.text("capacity_over"),
                {"コース": one.course, "定員": str(one.capacity), "合格": str(one.passed)},
            )
            for one in counts
            if one.passed > one.capacity
        ]
        return tuple(told) or (self._heads.text("capacity_within"),)

    def _corrections(self) -> ReportSection:
        query = (
            select(DecisionCorrection, Entry.number)
            .join(Decision, Decision.id == DecisionCorrection.decision_id)
            .join(Application, Application.id == DecisionCorrection.application_id)
            .join(Entry, Entry.id == Application.entry_id)
            .where(Entry.programme_id == self._order.programme.id, Decision.stage == self._stage)
            .order_by(DecisionCorrection.id)
        )
        rows = tuple(
            (
                self._words.moment(row.corrected_at),
                number,
                result_words(self._words, row.old_result, row.old_rank),
                result_words(self._words, row.new_result, row.new_rank),
                row.reason,
                row.actor,
            )
            for row, number in self._session.execute(query)
        )
        return self._section("corrections", "correction_columns", (56, 30, 18, 18, 40, 22), rows)

    def _promotions(self) -> ReportSection:
        rows = tuple(
            (
                self._words.moment(row.decision.promoted_at),
                row.number,
                row.course,
                str(row.decision.reserve_rank or ""),
                row.decision.reason or DASH,
            )
            for row in self._rows
            if row.decision.promoted_at is not None
        )
        return self._section("promotions", "promotion_columns", (56, 30, 38, 14, 46), rows, range(3, 4))

    def _results(self) -> ReportSection:
        rows = tuple(
            (
                row.number,
                row.course,
                result_words(self._words, row.decision.result, row.decision.reserve_rank),
                *self._points(row),
                self._words.moment(row.decision.announced_at) if row.decision.announced_at else DASH,
            )
            for row in self._rows
        )
        if self._places:
            shares = (34, 42, 20, 20, 20, 46)
            return self._section("results", "final_result_columns", shares, rows, range(3, 5))
        return self._section("results", "result_columns", (34, 44, 22, 24, 52), rows, range(3, 4))

    def _points(self, row: _Row) -> tuple[str, ...]:
        """Return the figure of the first screening and, where the interviews have points, theirs."""
        figures = [row.score]
        if self._places:
            place = self._places.get(row.decision.application_id)
            figures.append(place.score if place is not None else None)
        return tuple(DASH if figure is None else points_text(self._words, figure) for figure in figures)

    def _section(
        self,
        heading: str,
        columns: str,
        shares: Sequence[int],
        rows: tuple[tuple[str, ...], ...],
        figures: Container[int] = (),
    ) -> ReportSection:
        table = ReportTable(
            columns_of(self._heads.texts(columns), shares, figures=figures), rows, self._words.text("none")
        )
        return ReportSection(self._heads.text(heading), (), table)


def _rows_of(session: Session, order: PaperOrder, stage: Stage) -> list[_Row]:
    query = (
        select(Decision, Entry.number, Course.short_name, Application.score)
        .join(Application, Application.id == Decision.application_id)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Course, Course.id == Application.course_id)
        .where(
            Entry.programme_id == order.programme.id,
            Decision.stage == stage,
            Decision.announced_at.is_not(None),
        )
        .order_by(Course.position, Entry.number, Entry.id)
    )
    return [_Row(*record) for record in session.execute(query)]

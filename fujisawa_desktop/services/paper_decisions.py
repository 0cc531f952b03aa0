"""The disclosure sheet: what is kept about one person's selection, and nothing about anybody else."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import (
    Column,
    DisclosureSpec,
    LabelledText,
    Owner,
    ReportSection,
    ReportTable,
)
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Applicant, Application, Course, Decision, Entry
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.interview_ranking import FinalPlace, announced_final_places
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet, contact_box, unknown_numbers
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.score_view import PointsView, points_of
from fujisawa_desktop.services.screening_core import CriterionRow, RuleRow, criteria_of, rule_of
from fujisawa_desktop.services.selection_counts import stage_counts

DASH: Final = "－"


def disclosure_sheets(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one sheet for each application of the people named that has an announced decision.

    Raises:
        RuleError: ``papers.disclosure-whom`` without numbers, or ``papers.no-decision``.
    """
    if order.numbers is None:
        raise RuleError("papers.disclosure-whom")
    query = (
        select(Application, Entry.number, Applicant, Course)
        .join(Entry, Entry.id == Application.entry_id)
        .join(Applicant, Applicant.id == Application.applicant_id)
        .join(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == order.programme.id, Entry.number.in_(order.numbers))
        .where(Application.id.in_(select(Decision.application_id).where(Decision.announced_at.is_not(None))))
        .order_by(Applicant.sort_key, Entry.id, Course.position)
    )
    found = session.execute(query).all()
    without = unknown_numbers(order.numbers, frozenset(row.number for row in found))
    if without:
        raise RuleError("papers.no-decision", kind=order.kind, numbers=without)
    criteria, method = criteria_of(session, order.programme.id), rule_of(session, order.programme.id)
    return [
        Sheet(
            _disclosure(session, order, application, number, person.name, course, criteria, method),
            person.id,
            (application.id,),
        )
        for application, number, person, course in found
    ]


def _disclosure(
    session: Session,
    order: PaperOrder,
    application: Application,
    number: str,
    name: str,
    course: Course,
    criteria: Sequence[CriterionRow],
    method: RuleRow,
) -> DisclosureSpec:
    words = order.words
    query = select(Decision).where(
        Decision.application_id == application.id, Decision.announced_at.is_not(None)
    )
    decisions = sorted(session.scalars(query), key=lambda row: list(Stage).index(row.stage))
    view = points_of(session, application, criteria)
    final = announced_final_places(session, order.programme.id, course.id).get(application.id)
    values = {"年度": words.fiscal_year(order.programme.fiscal_year), "実施回名": order.programme.title}
    heads = words.part("sections")
    table = ReportTable(
        columns_of(heads.texts("decision_columns"), (40, 60, 60)),
        tuple(
            (
                words.words("stage")[row.stage],
                result_words(words, row.result, row.reserve_rank),
                words.day(row.announced_at.date()) if row.announced_at else DASH,
            )
            for row in decisions
        ),
    )
    return DisclosureSpec(
        owner=Owner(number, name),
        title=words.fill(words.text("title"), values),
        date=words.day(order.dated),
        name=name,
        honorific=words.text("honorific"),
        sender=(order.programme.sender,),
        facts=_disclosure_facts(words, number, course.name, view, final),
        sections=numbered(
            ReportSection(heads.text("decisions"), table=table),
            _points_section(words, view, method),
            ReportSection(heads.text("course"), table=_course_numbers(session, words, course)),
        ),
        notes=_disclosure_notes(words, final),
        contact=contact_box(order.programme, order.common),
    )


def _disclosure_facts(
    words: Wording, number: str, course: str, view: PointsView, final: FinalPlace | None
) -> tuple[LabelledText, ...]:
    labels = words.words("facts")
    total = DASH if view.total is None else points_text(words, view.total)
    rank = DASH if view.rank is None else _rank_text(words, view.rank, view.ranked)
    pairs = [("number", number), ("course", course), ("total", total), ("rank", rank)]
    if final is not None:
        pairs.append(("final_total", points_text(words, final.score)))
        pairs.append(("final_rank", _rank_text(words, final.rank, final.ranked)))
    return tuple(LabelledText(labels[key], text) for key, text in pairs)


def _disclosure_notes(words: Wording, final: FinalPlace | None) -> tuple[str, ...]:
    text = words.part("text")
    explained = () if final is None else (text.text("final_points"),)
    return (*explained, *text.texts("notes"))


def _rank_text(words: Wording, rank: int, ranked: int) -> str:
    return words.fill(words.text("rank_text"), {"人数": str(ranked), "順位": str(rank)})


def _points_section(words: Wording, view: PointsView, method: RuleRow) -> ReportSection:
    heads = words.part("sections")
    if not view.criteria or not view.raters:
        return ReportSection(heads.text("points"), (words.text("no_points"),))
    raters = [words.fill(words.text("rater"), {"記号": sign}) for sign in view.raters]
    names = (*heads.texts("point_columns"), *raters)
    shares = (60, 16, 16, *(24 for _ in raters))
    rows = tuple(
        (
            criterion.name,
            str(criterion.max_points),
            str(criterion.weight),
            *(DASH if figure is None else str(figure) for figure in figures),
        )
        for criterion, figures in zip(view.criteria, view.points, strict=True)
    )
    columns = tuple(
        Column(name, share, "left" if at == 0 else "right")
        for at, (name, share) in enumerate(zip(names, shares, strict=True))
    )
    key = "method" if len(raters) > 1 else "method_single"
    sentence = words.fill(heads.text(key), {"集計": words.text(method.aggregate.value)})
    return ReportSection(heads.text("points"), (sentence or heads.text(key),), ReportTable(columns, rows))


def _course_numbers(session: Session, words: Wording, course: Course) -> ReportTable:
    rows = []
    for stage in Stage:
        counts = stage_counts(session, course.programme_id, stage)
        count = next(one for one in counts if one.course_id == course.id)
        if count.passed + count.reserve + count.failed:
            capacity = str(count.capacity) if stage is Stage.FINAL else DASH
            figures = (count.total, count.passed, count.reserve, count.failed)
            rows.append((words.words("stage")[stage], capacity, *map(str, figures)))
    columns = columns_of(words.part("sections").texts("count_columns"), (44, 20, 22, 22, 20, 24), range(1, 6))
    return ReportTable(columns, tuple(rows))


def columns_of(
    headings: Sequence[str], shares: Sequence[int], figures: Container[int] = ()
) -> tuple[Column, ...]:
    """Return the columns of a table; those whose numbers are in ``figures`` stand at the right."""
    return tuple(
        Column(heading, share, "right" if at in figures else "left")
        for at, (heading, share) in enumerate(zip(headings, shares, strict=True))
    )


def numbered(*sections: ReportSection) -> tuple[ReportSection, ...]:
    """Return the sections with their numbers before the headings."""
    return tuple(
        replace(section, heading=f"{number}　{section.heading}")
        for number, section in enumerate(sections, start=1)
    )


def result_words(words: Wording, result: Result, rank: int | None) -> str:
    """Return 合格, 不合格 or 補欠1."""
    word = words.words("result")[result]
    return word if rank is None else f"{word}{rank}"


def points_text(words: Wording, hundredths: int) -> str:
    """Return a total in points, without needless decimals: 12点, 12.5点, 12.33点."""
    whole, rest = divmod(hundredths, 100)
    figure = f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)
    return words.fill(words.text("points_format"), {"点数": figure})

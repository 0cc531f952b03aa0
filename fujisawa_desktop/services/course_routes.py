"""Routing of entries to courses: a clerk's rules on cell text first, then the courses' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, ValidationError
from fujisawa_desktop.exchange.applicant_rows import ApplicantRecord
from fujisawa_desktop.exchange.columns import ColumnMapping, Field, heading_key
from fujisawa_desktop.models import Course, CourseRule
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.lookup import CourseMatcher, course_matcher
from fujisawa_desktop.services.stale import CHANGED
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class CourseRuleForm:
    """One rule: a cell that holds all the words asks for the course.

    Attributes:
        course_id: the course.
        words: parts of the cell's text; how they are written makes no difference.
        heading: the column to look in; empty for those that name courses.
    """

    course_id: int
    words: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class RulesForm:
    """The rules of a programme; ``seen`` are those that were read, in place of a version."""

    seen: tuple[CourseRuleForm, ...]
    rules: tuple[CourseRuleForm, ...]


class CourseRouter:
    """Says which courses a record asks for, in order of preference."""

    def __init__(self, matcher: CourseMatcher, rules: Sequence[CourseRuleForm]) -> None:
        self.matcher = matcher
        folded = [
            (rule.course_id, heading_key(rule.heading), tuple(filter(None, map(search_key, rule.words))))
            for rule in rules
        ]
        self._anywhere = [(course, words) for course, heading, words in folded if words and not heading]
        self._placed = [(course, heading, words) for course, heading, words in folded if words and heading]
        self._known: dict[str, tuple[int, ...]] = {}

    def can_route(self, mapping: ColumnMapping, headings: Sequence[str]) -> bool:
        """Return whether a file with these columns says for which course its entries are."""
        if Field.COURSES in mapping.fields or len(self.matcher.courses) == 1:
            return True
        present = {heading_key(heading) for heading in headings}
        return any(heading in present for _course, heading, _words in self._placed)

    def route(self, record: ApplicantRecord) -> tuple[int, ...]:
        """Return the courses of a record; of a programme with one course that one, if none is named."""
        found = dict.fromkeys(self._by_column(record))
        for text in record.course_texts:
            found.update(dict.fromkeys(self.courses_of(text)))
        if not found and not record.course_texts and len(self.matcher.courses) == 1:
            return (self.matcher.courses[0].course_id,)
        return tuple(found)

    def knows(self, text: str) -> bool:
        """Return whether a text names a course."""
        return bool(self.courses_of(text))

    def courses_of(self, text: str) -> tuple[int, ...]:
        """Return the courses a text names."""
        if text not in self._known:
            key = search_key(text)
            ruled = tuple(course for course, words in self._anywhere if all(word in key for word in words))
            named = self.matcher.match(text)
            self._known[text] = ruled or (() if named is None else (named.course_id,))
        return self._known[text]

    def _by_column(self, record: ApplicantRecord) -> list[int]:
        if not self._placed:
            return []
        cells = {heading_key(heading): search_key(cell) for heading, cell in record.raw}
        return [
            course
            for course, heading, words in self._placed
            if all(word in cells.get(heading, "") for word in words)
        ]


def course_router(session: Session, programme_id: int) -> CourseRouter:
    """Return the router of a programme.

    Raises:
        NotFoundError: there is no such programme.
    """
    return CourseRouter(course_matcher(session, programme_id), _rules(session, programme_id))


def course_rules(database: Database, *, programme_id: int) -> list[CourseRuleForm]:
    """Return a programme's rules in their order."""
    with database.read() as session:
        return _rules(session, programme_id)


def rules_form(database: Database, *, programme_id: int) -> RulesForm:
    """Return a programme's rules as stored now."""
    rules = tuple(course_rules(database, programme_id=programme_id))
    return RulesForm(rules, rules)


def save_course_rules(
    database: Database,
    *,
    programme_id: int,
    rules: Sequence[CourseRuleForm],
    seen: Sequence[CourseRuleForm] | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Put these rules in the place of the programme's former ones, as one act.

    ``seen`` are the former ones as they were read; None does not compare.

    Raises:
        ConflictError: somebody else saved other rules meanwhile.
        ValidationError: a rule without words, or for a course of another programme.
    """
    with unit_of_work(database, "import.rules-saved", actor=actor) as work:
        session = work.session
        courses = set(session.scalars(select(Course.id).where(Course.programme_id == programme_id)))
        wanted, stored = [_checked(rule, courses) for rule in rules], _rules(session, programme_id)
        if seen is not None and list(seen) != stored:
            raise ConflictError(CHANGED)
        if wanted == stored:
            return work.commit(count=len(wanted))
        old = session.scalars(select(CourseRule.id).where(CourseRule.programme_id == programme_id))
        work.delete_many(CourseRule, list(old))
        work.insert_many(
            CourseRule,
            [
                {
                    "programme_id": programme_id,
                    "course_id": rule.course_id,
                    "position": position,
                    "heading": rule.heading,
                    "words": list(rule.words),
                    "version": 1,
                }
                for position, rule in enumerate(wanted)
            ],
        )
        return work.commit(count=len(wanted))


def _checked(rule: CourseRuleForm, courses: set[int]) -> CourseRuleForm:
    words = tuple(word for word in (word.strip() for word in rule.words) if search_key(word))
    if not words:
        raise ValidationError("import.rule-words", field="words")
    if rule.course_id not in courses:
        raise ValidationError("import.rule-course", field="course")
    return CourseRuleForm(rule.course_id, words, rule.heading.strip())


def _rules(session: Session, programme_id: int) -> list[CourseRuleForm]:
    query = select(CourseRule).where(CourseRule.programme_id == programme_id).order_by(CourseRule.position)
    return [CourseRuleForm(row.course_id, tuple(row.words), row.heading) for row in session.scalars(query)]

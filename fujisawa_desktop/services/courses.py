"""Courses: the list with its counts, the form, and saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Course, Decision, InterviewerCourse, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.kept_counts import COURSES, kept_counts
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import integrity_as_conflict, unit_of_work

SIGN_LIMIT: Final = 3
_REQUIRED: Final = ("name", "short_name", "sign", "host_department")
_FIGURES: Final = ("applications", "first_passed", "final_passed", "reserves")
_HIRED: Final = (ApplicationStatus.FINAL_PASSED, ApplicationStatus.ACCEPTED, ApplicationStatus.APPOINTED)


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course of the list, with what became of its applications.

    Attributes:
        applications: all of them, the withdrawn and the late ones too.
        first_passed: announced passes of the first screening.
        final_passed: people who passed the final screening and have not withdrawn.
        reserves: people on the reserve list now.
    """

    id: int
    position: int
    name: str
    short_name: str
    sign: str
    host_department: str
    capacity: int
    capacity_approximate: bool
    published: bool
    applications: int
    first_passed: int
    final_passed: int
    reserves: int

    @property
    def over_capacity(self) -> bool:
        """Whether more people passed than there are places (allowed with a reason: 程度)."""
        return self.final_passed > self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseForm:
    """Everything the sheet of one course says; ``id`` is None for a course not stored yet."""

    id: int | None
    version: int
    programme_id: int
    name: str = ""
    short_name: str = ""
    sign: str = ""
    host_department: str = ""
    capacity: int = 1
    capacity_approximate: bool = True
    published: bool = True
    tagline: str = ""
    flyer_text: str = ""
    summary: str = ""
    background: str = ""
    initiatives: str = ""
    contents: str = ""
    wanted: str = ""
    duties: str = ""
    match_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseAdded:
    """A course that was just added."""

    change: ChangeSet
    course_id: int


_WRITTEN: Final = tuple(
    field.name for field in fields(CourseForm) if field.name not in {"id", "version", "programme_id"}
)


def courses(database: Database, programme_id: int) -> list[CourseRow]:
    """Return the courses of a programme in their order."""
    with database.read() as session:
        return course_rows(session, programme_id)


def course_rows(session: Session, programme_id: int) -> list[CourseRow]:
    """Return the courses with their counts; for services that hold a session already."""
    query = select(Course).where(Course.programme_id == programme_id).order_by(Course.position, Course.id)
    found = list(session.scalars(query))
    by_status = _counts_by_status(session, [course.id for course in found])
    first_passed = _first_passed(session, [course.id for course in found])
    erased = kept_counts(session, programme_id, COURSES)
    rows = [
        CourseRow(
            id=course.id,
            position=course.position,
            name=course.name,
            short_name=course.short_name,
            sign=course.sign,
            host_department=course.host_department,
            capacity=course.capacity,
            capacity_approximate=course.capacity_approximate,
            published=course.published,
            applications=sum(by_status.get(course.id, {}).values()),
            first_passed=first_passed.get(course.id, 0),
            final_passed=sum(by_status.get(course.id, {}).get(status, 0) for status in _HIRED),
            reserves=by_status.get(course.id, {}).get(ApplicationStatus.FINAL_RESERVE, 0),
        )
        for course in found
    ]
    return [_with_erased(row, erased) for row in rows] if erased else rows


def course_figures(session: Session, programme_id: int) -> dict[str, int]:
    """Return what became of the applications of each course, by ``course.figure``."""
    return {
        f"{row.id}.{name}": getattr(row, name)
        for row in course_rows(session, programme_id)
        for name in _FIGURES
    }


def _with_erased(row: CourseRow, erased: Mapping[str, int]) -> CourseRow:
    more = {name: getattr(row, name) + erased.get(f"{row.id}.{name}", 0) for name in _FIGURES}
    return replace(row, **more)


def _counts_by_status(session: Session, course_ids: list[int]) -> dict[int, dict[ApplicationStatus, int]]:
    query = (
        select(Application.course_id, Application.status, func.count())
        .where(Application.course_id.in_(course_ids))
        .group_by(Application.course_id, Application.status)
    )
    counts: dict[int, dict[ApplicationStatus, int]] = {}
    for course_id, status, count in session.execute(query):
        counts.setdefault(course_id, {})[status] = count
    return counts


def _first_passed(session: Session, course_ids: list[int]) -> dict[int, int]:
    query = (
        select(Application.course_id, func.count())
        .join(Decision, Decision.application_id == Application.id)
        .where(
            Application.course_id.in_(course_ids),
            Decision.stage == Stage.FIRST,
            Decision.result == Result.PASS,
            Decision.announced_at.is_not(None),
        )
        .group_by(Application.course_id)
    )
    return dict(session.execute(query).all())


def course(database: Database, course_id: int) -> CourseForm:
    """Return all that the sheet of one course says.

    Raises:
        NotFoundError: ``course.gone``.
    """
    with database.read() as session:
        return _form_of(_get(session, course_id))


def new_course(programme_id: int) -> CourseForm:
    """Return an empty form for one more course."""
    return CourseForm(id=None, version=0, programme_id=programme_id)


def _form_of(row: Course) -> CourseForm:
    values: dict[str, Any] = {name: getattr(row, name) for name in _WRITTEN}
    values["match_words"] = tuple(row.match_words)
    return CourseForm(id=row.id, version=row.version, programme_id=row.programme_id, **values)


def _get(session: Session, course_id: int | None) -> Course:
    found = session.get(Course, course_id) if course_id is not None else None
    if found is None:
        raise NotFoundError("course.gone")
    return found


# --- change --------------------------------------------------------------------


def save_course(database: Database, *, form: CourseForm, actor: str | None = None) -> ChangeSet:
    """Store a changed course.

    Raises:
        ValidationError: a field is not acceptable; ``field`` is the attribute's name.
        ConflictError: somebody else saved it since the form was read.
        NotFoundError: it was removed meanwhile.
    """
    tidy = _checked(form)
    with unit_of_work(database, "course.edit", actor=actor) as work, integrity_as_conflict():
        stored = _get(work.session, form.id)
        if stored.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        _refuse_twins(work.session, tidy)
        _write(stored, tidy)
        return work.commit()


def add_course(database: Database, *, form: CourseForm, actor: str | None = None) -> CourseAdded:
    """Add a course behind the others; raises as :func:`save_course`."""
    tidy = _checked(form)
    with unit_of_work(database, "course.add", actor=actor) as work, integrity_as_conflict():
        if work.session.get(Programme, form.programme_id) is None:
            raise NotFoundError("programme.gone")
        _refuse_twins(work.session, tidy)
        of_programme = Course.programme_id == form.programme_id
        last = work.session.scalar(select(func.max(Course.position)).where(of_programme)) or 0
        added = Course(programme_id=form.programme_id, position=last + 1)
        _write(added, tidy)
        work.session.add(added)
        work.session.flush()
        return CourseAdded(work.commit(), added.id)


def remove_course(
    database: Database, *, course_id: int, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Remove a course nobody applied for and no interviewer is tied to.

    Raises:
        ConflictError: somebody else changed it since ``version`` was seen; None does not compare.
        RuleError: ``course.has-applications`` or ``course.has-interviewers``.
    """
    with unit_of_work(database, "course.remove", actor=actor) as work, integrity_as_conflict():
        stored = _get(work.session, course_id)
        refuse_stale(version, stored.version)
        for code, model in (
            ("course.has-applications", Application),
            # Without this course such an interviewer would seem to be free for every course.
            ("course.has-interviewers", InterviewerCourse),
        ):
            query = select(func.count()).select_from(model).where(model.course_id == course_id)
            count = work.session.scalar(query) or 0
            if count:
                raise RuleError(code, count=count)
        work.session.delete(stored)
        return work.commit()


def _write(row: Course, form: CourseForm) -> None:
    for name in _WRITTEN:
        value = getattr(form, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)


def _checked(form: CourseForm) -> CourseForm:
    """Return the form with outer space cut; a course without words is known by its short name."""
    texts: dict[str, Any] = {
        name: value.strip() for name in _WRITTEN if isinstance(value := getattr(form, name), str)
    }
    for name in _REQUIRED:
        if not texts[name]:
            raise ValidationError("field.required", field=name)
    if len(texts["sign"]) > SIGN_LIMIT:
        raise ValidationError("course.sign-too-long", field="sign", limit=SIGN_LIMIT)
    if form.capacity < 0:
        raise ValidationError("number.too-small", field="capacity", lowest=0)
    words = tuple(word.strip() for word in form.match_words if word.strip())
    return replace(form, **texts, match_words=words or (texts["short_name"],))


def _refuse_twins(session: Session, form: CourseForm) -> None:
    others = select(Course.name, Course.sign).where(
        Course.programme_id == form.programme_id, Course.id != (form.id if form.id is not None else -1)
    )
    for name, sign in session.execute(others):
        if name == form.name:
            raise ValidationError("course.name-taken", field="name", text=name)
        if sign == form.sign:
            raise ValidationError("course.sign-taken", field="sign", text=sign)

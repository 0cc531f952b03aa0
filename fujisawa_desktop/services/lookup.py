"""Finding what a file names: entries by the portal's number, courses by words in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Course, Entry, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.unit_of_work import CHUNK


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """A course and the folded words by which a cell may name it."""

    course_id: int
    name: str
    short_name: str
    words: tuple[str, ...]


class CourseMatcher:
    """Routes texts of files to the courses of one programme."""

    def __init__(self, courses: Sequence[KnownCourse]) -> None:
        self.courses = courses
        self._by_text: dict[str, KnownCourse | None] = {}

    def match(self, text: str) -> KnownCourse | None:
        """Return the course a text names, or None; the longest word that fits decides."""
        if text not in self._by_text:
            key = search_key(text)
            fitting = [
                (len(word), -index, course)
                for index, course in enumerate(self.courses)
                for word in course.words
                if word in key
            ]
            self._by_text[text] = max(fitting, key=lambda found: found[:2])[2] if fitting else None
        return self._by_text[text]

    @property
    def words(self) -> tuple[str, ...]:
        """All words of all courses, to recognise the column that names courses."""
        return tuple(word for course in self.courses for word in course.words)


def course_matcher(session: Session, programme_id: int) -> CourseMatcher:
    """Return the matcher of a programme's courses.

    Raises:
        NotFoundError: there is no such programme.
    """
    if session.get(Programme, programme_id) is None:
        raise NotFoundError("programme.none")
    query = select(Course).where(Course.programme_id == programme_id).order_by(Course.position)
    return CourseMatcher([_known(course) for course in session.scalars(query)])


def _known(course: Course) -> KnownCourse:
    names = (course.name, course.short_name, *course.match_words)
    words = tuple(dict.fromkeys(key for key in map(search_key, names) if key))
    return KnownCourse(course.id, course.name, course.short_name, words)


def entries_by_number(session: Session, programme_id: int, numbers: Iterable[str]) -> dict[str, list[Entry]]:
    """Return the entries of each portal number; two portals may use one number."""
    wanted = sorted(set(numbers))
    found: dict[str, list[Entry]] = {}
    for start in range(0, len(wanted), CHUNK):
        query = select(Entry).where(
            Entry.programme_id == programme_id, Entry.number.in_(wanted[start : start + CHUNK])
        )
        for entry in session.scalars(query.order_by(Entry.id)):
            found.setdefault(entry.number, []).append(entry)
    return found


def entries_left(database: Database, *, entry_ids: Iterable[int]) -> frozenset[int]:
    """Return those of some entries that are still kept."""
    wanted = sorted(set(entry_ids))
    found: set[int] = set()
    with database.read() as session:
        for start in range(0, len(wanted), CHUNK):
            found.update(session.scalars(select(Entry.id).where(Entry.id.in_(wanted[start : start + CHUNK]))))
    return frozenset(found)

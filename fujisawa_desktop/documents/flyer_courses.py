"""The courses on the flyer: cards beside each other, or a list where there are too many for cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.boxes import beside, boxed
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.drawing import NAVY
from fujisawa_desktop.documents.flyer_head import COLUMN_GAP, WIDTH, FlyerType
from fujisawa_desktop.documents.public_specs import FlyerCourse
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.strips import Setting, Strip, draw_strips, height_of, space
from fujisawa_desktop.documents.stylesheet import MM
from fujisawa_desktop.documents.typesetting import width_of

_COLUMNS: Final = {1: 1, 2: 2, 4: 2}
_COLUMNS_MOST: Final = 3


def course_strips(kind: FlyerType, courses: Sequence[FlyerCourse]) -> list[Strip]:
    """Return the courses in cards, or in a list if the type says so."""
    made = _Courses(kind, courses)
    return made.in_a_list() if kind.as_list else made.in_cards()


class _Courses:
    """The courses in one type."""

    def __init__(self, kind: FlyerType, courses: Sequence[FlyerCourse]) -> None:
        self._type = kind
        self._courses = courses

    def in_cards(self) -> list[Strip]:
        count = len(self._courses)
        columns = _COLUMNS.get(count, _COLUMNS_MOST)
        found: list[Strip] = []
        for start in range(0, count, columns):
            if start:
                found.append(space(2 * MM * self._type.scale))
            found.append(self._row(self._courses[start : start + columns]))
        return found

    def in_a_list(self) -> list[Strip]:
        """The courses as a list, two beside each other; the clerk is told what is not said about them."""
        kind = self._type
        width = (WIDTH - COLUMN_GAP) / 2
        found: list[Strip] = []
        for start in range(0, len(self._courses), 2):
            columns = []
            for course in self._courses[start : start + 2]:
                lines = kind.set(kind.strong, width, NAVY).strips(f"◆{course.name}")
                lines += kind.set(kind.small_strong, width).fitted(f"　{course.capacity}　{course.host}")
                texts = clean_line("".join(course.paragraphs))
                if kind.course_most:
                    text = replace(kind.set(kind.small, width), most=kind.course_most)
                    columns.append((width, [*lines, *text.strips(texts)]))
                else:
                    columns.append((width, [_telling(lines, [texts])]))
            found += [*([space(1.2 * MM * kind.scale)] if found else []), beside(columns, COLUMN_GAP)]
        return found

    def _row(self, row: Sequence[FlyerCourse]) -> Strip:
        gap = 3 * MM
        width = (WIDTH - (len(row) - 1) * gap) / len(row)
        inner = [self._card(course, width - 5.2 * MM) for course in row]
        tallest = max(height_of(top) + height_of(foot) for top, foot in inner)
        cards = []
        for top, foot in inner:
            # The departments stand on one line, at the foot of their cards.
            spare = tallest - height_of(top) - height_of(foot)
            strips = [*top, space(spare), *foot]
            cards.append((width, [boxed(strips, width, padding=2.6 * MM, line=NAVY)]))
        return beside(cards, gap)

    def _card(self, course: FlyerCourse, width: float) -> tuple[list[Strip], list[Strip]]:
        kind = self._type
        top = [*self._name(course, width), space(0.6 * MM * kind.scale)]
        body = replace(kind.set(kind.body, width), most=kind.course_most or kind.most)
        top += body.all(course.paragraphs, 0.8 * MM * kind.scale)
        foot = kind.set(kind.strong, width, NAVY).strips(course.host)
        return top, ([space(1 * MM * kind.scale), *foot] if foot else [])

    def _name(self, course: FlyerCourse, width: float) -> list[Strip]:
        """The name with the places at its right; below it where the name needs the whole line."""
        kind = self._type
        title = kind.heading if len(self._courses) <= 2 else kind.fact_small
        places = replace(kind.strong, leading=title.leading)
        ends = width_of(clean_line(course.capacity), places.family) * places.size + 0.1
        ends = min(ends, width / 3) if course.capacity else 0.0
        room = width - ends - 2 * MM
        if width_of(clean_line(course.name), title.family) * title.size <= room:
            name = kind.set(title, room, NAVY).fitted(course.name)
            return [beside([(room, name), (ends, kind.set(places, ends).fitted(course.capacity))], 2 * MM)]
        name = Setting(title, width, NAVY, most=3).strips(course.name)
        return [*name, *kind.set(kind.strong, width).fitted(course.capacity)]


def _telling(strips: Sequence[Strip], texts: Sequence[str]) -> Strip:
    """Return strips as one; where it is drawn it is noted that ``texts`` are not on the page."""

    def draw(page: Page, x: float, y: float) -> None:
        draw_strips(page, x, y, strips)
        for text in texts:
            page.note(RemarkKind.CUT, clean_line(text))

    return Strip(height_of(strips), draw)

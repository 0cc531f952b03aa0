"""The parts of the flyer, each as one strip as wide as the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.boxes import beside, boxed, medal, moved
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.drawing import NAVY, WATER, WHITE, Colour, area, arrow_right
from fujisawa_desktop.documents.flyer_head import WIDTH, FlyerType
from fujisawa_desktop.documents.public_specs import FlyerCourse, FlyerSpec
from fujisawa_desktop.documents.qr import is_printable
from fujisawa_desktop.documents.specs import Item, RemarkKind
from fujisawa_desktop.documents.strips import Setting, Strip, draw_strips, height_of, marked, space
from fujisawa_desktop.documents.stylesheet import MM, TextStyle
from fujisawa_desktop.documents.typesetting import width_of

_LEADS: Final = (1.25, 1.2, 1.15, 1.1, 1.05, 1.0)
_COLUMN_GAP: Final = 4 * MM
_QR: Final = 36 * MM
_STEPS_BESIDE: Final = 6
"""More steps stand below each other."""
_TAIL: Final = re.compile(r"(?P<text>.+?)(?P<tail>【[^【】]*】)$", re.DOTALL)
_COLUMNS: Final = {1: 1, 2: 2, 4: 2}
_COLUMNS_MOST: Final = 3


class Parts:
    """The parts below the head in one type; each is a strip as wide as the page.

    Attributes:
        dropped: courses left out because there is no room for them.
    """

    def __init__(self, spec: FlyerSpec, kind: FlyerType, courses: int) -> None:
        self._spec = spec
        self._type = kind
        self._courses = spec.courses[:courses]

    def all(self) -> dict[str, Strip]:
        """Return the parts in order, by the heading each would be missed under."""
        spec = self._spec
        return {
            spec.outline.label or "outline": self._about(),
            spec.courses_heading or "courses": self._course_part(),
            spec.entry.label or "entry": self._ways(),
            spec.selection.heading or "selection": self._selection(),
            "contact" if spec.contact is None else spec.contact.heading: self._contact(),
        }

    # --- what, when, how much, where ------------------------------------------

    def _about(self) -> Strip:
        return _balanced(self._about_beside, (0.38, 0.41, 0.44, 0.47))

    def _about_beside(self, left: float, right: float) -> Strip:
        spec, kind = self._spec, self._type
        facts: list[Strip] = []
        for sign, item in (("🕒", spec.term), ("💰", spec.pay), ("📍", spec.place)):
            strip = self._fact(sign, item, right)
            if facts and strip.height:
                facts.append(space(1.6 * MM * kind.scale))
            facts.append(strip)
        about: list[Strip] = []
        for larger in _LEADS:
            # The lead is set as large as it can be without making the part higher.
            style = replace(kind.body, size=kind.body.size * larger, leading=kind.body.leading * larger)
            about = self._headed("✳️", spec.outline.label, left)
            about += kind.set(style, left).all(spec.outline.lines, 1.1 * MM * kind.scale)
            if height_of(about) <= height_of(facts):
                break
        return beside([(left, about), (right, facts)], _COLUMN_GAP)

    def _fact(self, sign: str, item: Item, width: float) -> Strip:
        """One of the three facts: a disc with its icon, its name small, the answer large."""
        if not item.lines:
            return space(0)
        kind, padding = self._type, 1.3 * MM
        side = 9.5 * MM * kind.scale
        room = width - side - 2.5 * MM - 2 * padding
        first, *rest = item.lines
        strips = kind.set(kind.small_strong, room, NAVY).fitted(item.label)
        strips += _fact_line(kind, first, room)
        strips += kind.set(kind.small, room).all(rest)
        inner = Strip(max(height_of(strips), side), _medal_beside(sign, side, strips, kind.small))
        return boxed([inner], width, padding=padding, fill=WATER)

    # --- courses --------------------------------------------------------------

    def _course_part(self) -> Strip:
        spec, kind = self._spec, self._type
        if not self._courses:
            return space(0)
        strips = [*self._headed("📁", spec.courses_heading, WIDTH), space(0.8 * MM)]
        strips += self._course_list() if kind.as_list else self._course_cards()
        note = kind.set(kind.strong, WIDTH, NAVY).strips(spec.courses_note)
        return _column([*strips, *([space(1.4 * MM), *note] if note else [])])

    def _course_cards(self) -> list[Strip]:
        count = len(self._courses)
        columns = _COLUMNS.get(count, _COLUMNS_MOST)
        found: list[Strip] = []
        for start in range(0, count, columns):
            if start:
                found.append(space(2 * MM * self._type.scale))
            found.append(self._course_row(self._courses[start : start + columns]))
        return found

    def _course_list(self) -> list[Strip]:
        """The courses as a list, two beside each other; the clerk is told what is not said about them."""
        kind = self._type
        width = (WIDTH - _COLUMN_GAP) / 2
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
            found += [*([space(1.2 * MM * kind.scale)] if found else []), beside(columns, _COLUMN_GAP)]
        return found

    def _course_row(self, row: Sequence[FlyerCourse]) -> Strip:
        gap = 3 * MM
        width = (WIDTH - (len(row) - 1) * gap) / len(row)
        inner = [self._course(course, width - 5.2 * MM) for course in row]
        tallest = max(height_of(top) + height_of(foot) for top, foot in inner)
        cards = []
        for top, foot in inner:
            # The departments stand on one line, at the foot of their cards.
            spare = tallest - height_of(top) - height_of(foot)
            strips = [*top, space(spare), *foot]
            cards.append((width, [boxed(strips, width, padding=2.6 * MM, line=NAVY)]))
        return beside(cards, gap)

    def _course(self, course: FlyerCourse, width: float) -> tuple[list[Strip], list[Strip]]:
        kind = self._type
        top = [*self._course_name(course, width), space(0.6 * MM * kind.scale)]
        body = replace(kind.set(kind.body, width), most=kind.course_most or kind.most)
        top += body.all(course.paragraphs, 0.8 * MM * kind.scale)
        foot = kind.set(kind.strong, width, NAVY).strips(course.host)
        return top, ([space(1 * MM * kind.scale), *foot] if foot else [])

    def _course_name(self, course: FlyerCourse, width: float) -> list[Strip]:
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

    # --- how one works, how one applies -----------------------------------------

    def _ways(self) -> Strip:
        return _balanced(self._ways_beside, (0.46, 0.49, 0.52, 0.55, 0.58))

    def _ways_beside(self, left: float, right: float) -> Strip:
        kind, spec = self._type, self._spec
        gap = space(2.4 * MM * kind.scale)
        form = [*self._headed("👤", spec.form.label, left), *self._lines(spec.form.lines, left)]
        work = [*self._headed("📅", spec.work.label, left), *self._lines(spec.work.lines, left)]
        entry = self._entry(right)
        strips = [*form, gap, *work] if spec.form.lines and spec.work.lines else [*form, *work]
        height = max(height_of(strips), height_of(entry) + 8 * MM)
        box = boxed(entry, right, padding=4 * MM, fill=WATER, line=NAVY, least=height, centred=True)
        return beside([(left, strips), (right, [box])], _COLUMN_GAP)

    def _lines(self, lines: Sequence[str], width: float) -> list[Strip]:
        """Set lines; what follows from → stands out."""
        kind = self._type
        found: list[Strip] = []
        for line in lines:
            style = kind.strong if line.startswith(("→", "➡")) else kind.body
            found += kind.set(style, width).strips(line)
        return found

    def _entry(self, width: float) -> list[Strip]:
        """How to apply, with the large QR code at the right and its address in clear below."""
        kind, spec = self._type, self._spec
        inner = width - 8 * MM
        url = clean_line(spec.code.url) if spec.code is not None else ""
        strips = self._headed("📝", spec.entry.label, inner)
        if spec.code is None or not is_printable(url):
            return [*strips, *self._entry_lines(inner)]
        room = inner - _QR - 3 * MM
        text = [*strips, *self._entry_lines(room)]
        code = Strip(_QR, lambda page, x, y: _draw_code(page, x, y, url))
        caption = kind.set(kind.small_strong, _QR, NAVY).fitted(spec.code.caption)
        address = Setting(kind.small_strong, inner, most=3).strips(url)
        columns = beside([(room, text), (_QR, [code, space(0.6 * MM), *caption])], 3 * MM)
        return [columns, space(0.8 * MM), *address]

    def _entry_lines(self, width: float) -> list[Strip]:
        """Set lines; of 【label】 what follows, the label stands on a line of its own, strong."""
        kind = self._type
        found: list[Strip] = []
        for line in self._spec.entry.lines:
            label, closing, rest = line.partition("】")
            if line.startswith("【") and closing and rest:
                found.append(space(0.8 * MM * kind.scale))
                found += kind.set(kind.strong, width, NAVY).strips(label + closing)
                found += kind.set(kind.strong, width).strips(rest)
            else:
                found += kind.set(kind.body, width).strips(line)
        return found

    # --- selection, contact -------------------------------------------------------

    def _selection(self) -> Strip:
        kind, selection = self._type, self._spec.selection
        gap = space(1.8 * MM * kind.scale)
        strips = self._headed("🏁", selection.heading, WIDTH, selection.steps_heading)
        if selection.steps:
            strips += [space(0.6 * MM), self._steps(selection.steps), gap]
        if selection.contents:
            strips.append(self._labelled(selection.contents_heading, self._contents, WIDTH, NAVY))
        return _column(strips)

    def _contents(self, width: float) -> list[Strip]:
        """What each screening is, two beside each other."""
        contents = self._spec.selection.contents
        half = (width - _COLUMN_GAP) / 2
        found: list[Strip] = []
        for start in range(0, len(contents), 2):
            columns = [
                (half, [self._labelled(item.label, partial(self._plain, item.lines), half)])
                for item in contents[start : start + 2]
            ]
            found.append(beside(columns, _COLUMN_GAP))
        return found

    def _plain(self, lines: Sequence[str], width: float) -> list[Strip]:
        return self._type.set(self._type.body, width).all(lines)

    def _steps(self, steps: Sequence[str]) -> Strip:
        """The steps beside each other with arrows between, or one below the other if there are many."""
        kind = self._type
        if len(steps) > _STEPS_BESIDE:
            return _column(kind.set(kind.body, WIDTH).all(steps))
        gap, padding = 4.2 * MM, 1.8 * MM
        width = (WIDTH - (len(steps) - 1) * gap) / len(steps)
        inner = [self._step(step, width - 2 * padding) for step in steps]
        tallest = max(map(height_of, inner)) + 2 * padding
        boxes = [
            (width, [boxed(strips, width, padding=padding, fill=WATER, least=tallest)]) for strips in inner
        ]
        row = beside(boxes, gap)

        def draw(page: Page, x: float, y: float) -> None:
            row.draw(page, x, y)
            for number in range(1, len(steps)):
                left = x + number * (width + gap) - gap + 0.9 * MM
                arrow_right(page, left, y + row.height / 2 - 2.2 * MM, gap - 1.8 * MM, 4.4 * MM, NAVY)

        return Strip(row.height, draw)

    def _step(self, step: str, width: float) -> list[Strip]:
        kind = self._type
        mark, rest = marked(step)
        found = _TAIL.match(rest)
        text, tail = (found["text"], found["tail"]) if found else (rest, "")
        strips = kind.set(kind.fact, width, NAVY).fitted(mark)
        strips += replace(kind.set(kind.small, width), hangs=False).strips(text)
        if tail:
            strips.append(space(0.6 * MM))
            strips += kind.set(kind.small_strong, width, NAVY).strips(tail)
        return strips

    def _labelled(
        self, label: str, lines: Callable[[float], list[Strip]], width: float, colour: Colour = (0, 0, 0)
    ) -> Strip:
        """A label with what ``lines`` sets beside it."""
        kind = self._type
        ems = width_of(clean_line(label), kind.strong.family) + 0.8
        room = min(ems * kind.strong.size, width / 2) if label else 0.0
        return beside(
            [(room, kind.set(kind.strong, room, colour).fitted(label)), (width - room, lines(width - room))],
            0.0,
        )

    def _contact(self) -> Strip:
        """Whom to ask: a band at the foot, on one line where there is room for it."""
        contact, kind = self._spec.contact, self._type
        if contact is None:
            return space(0)
        padding = 2.4 * MM
        room = WIDTH - 2 * padding
        style = kind.strong
        texts = [contact.heading, *contact.lines]
        ems = [width_of(clean_line(text), style.family) + 1.4 for text in texts]
        if sum(ems) * style.size <= room:
            columns = [
                (width * style.size, Setting(style, width * style.size, WHITE).strips(text))
                for text, width in zip(texts, ems, strict=True)
            ]
            strips = [beside(columns, (room - sum(ems) * style.size) / max(len(texts) - 1, 1))]
        else:
            strips = [strip for text in texts for strip in kind.set(style, room, WHITE).strips(text)]
        return boxed(strips, WIDTH, padding=padding, fill=NAVY)

    def _headed(self, sign: str, text: str, width: float, more: str = "") -> list[Strip]:
        """A heading with its icon and a rule under it; without a text there is none."""
        kind = self._type
        if not clean_line(text).strip():
            return []
        side, gap, height = kind.heading.size * 1.25, 1.8 * MM, kind.heading.leading
        room = width - side - gap
        ends = min(width_of(clean_line(text), kind.heading.family) * kind.heading.size, room * 0.7)
        line = kind.set(kind.heading, ends + 0.1 if more else room, NAVY).fitted(text)[0]
        small = replace(kind.strong, leading=height)
        after = kind.set(small, room - ends - 4 * MM, NAVY).fitted(more)

        def draw(page: Page, x: float, y: float) -> None:
            medal(page, sign, x, y + (height - side) / 2, side, kind.heading)
            line.draw(page, x + side + gap, y)
            draw_strips(page, x + side + gap + ends + 4 * MM, y, after)
            with page.inked(NAVY):
                page.rule(x, y + height + 0.6 * MM, x + width, y + height + 0.6 * MM, 0.8)

        return [Strip(height + 1.8 * MM * kind.scale, draw)]


def _fact_line(kind: FlyerType, text: str, room: float) -> list[Strip]:
    """Set the answer large on one line; a bracket that does not fit beside it follows below."""
    wide = width_of(clean_line(text), kind.fact.family) * kind.fact.size > room
    head, bracket, rest = text.partition("（")
    if wide and bracket and head:
        return [
            *kind.set(kind.fact, room).fitted(head),
            *kind.set(kind.strong, room).strips(bracket + rest),
        ]
    return kind.set(kind.fact, room).strips(text) if wide else kind.set(kind.fact, room).fitted(text)


def _medal_beside(
    sign: str, side: float, strips: Sequence[Strip], style: TextStyle
) -> Callable[[Page, float, float], None]:
    def draw(page: Page, x: float, y: float) -> None:
        height = max(height_of(strips), side)
        medal(page, sign, x, y + (height - side) / 2, side, style)
        draw_strips(page, x + side + 2.5 * MM, y + (height - height_of(strips)) / 2, strips)

    return draw


def _telling(strips: Sequence[Strip], texts: Sequence[str]) -> Strip:
    """Return strips as one; where it is drawn it is noted that ``texts`` are not on the page."""

    def draw(page: Page, x: float, y: float) -> None:
        draw_strips(page, x, y, strips)
        for text in texts:
            page.note(RemarkKind.CUT, clean_line(text))

    return Strip(height_of(strips), draw)


def _draw_code(page: Page, x: float, y: float, url: str) -> None:
    area(page, x, y, _QR, _QR, fill=WHITE)
    page.qr(x, y, url, _QR, "Q")


def _balanced(make: Callable[[float, float], Strip], shares: Sequence[float]) -> Strip:
    """Return two columns of those widths of the right one with which they are least high."""
    made = []
    for share in shares:
        right = WIDTH * share
        made.append(make(WIDTH - right - _COLUMN_GAP, right))
    return min(made, key=lambda strip: strip.height)


def _column(strips: Sequence[Strip]) -> Strip:
    return moved(strips, 0.0)

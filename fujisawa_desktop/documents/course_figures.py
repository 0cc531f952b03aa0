"""The figures of a course sheet, drawn from its text: cards, processes, boxes beside each other, arrows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fujisawa_desktop.documents.book import Page
from fujisawa_desktop.documents.boxes import RADIUS, beside, boxed, moved
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.course_text import Arrow, Beside, Box, Group, Part, Steps, is_paragraph
from fujisawa_desktop.documents.drawing import (
    NAVY,
    SHORE,
    WATER,
    WHITE,
    Colour,
    area,
    arrow_both,
    arrow_down,
    polygon,
)
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.icons import PERSON, decoration
from fujisawa_desktop.documents.strips import Setting, Strip, draw_strips, height_of, space
from fujisawa_desktop.documents.stylesheet import MM, TextStyle
from fujisawa_desktop.documents.typesetting import width_of

_ARROW: Final = 6.4 * MM
_GAP: Final = 2.6 * MM
_PADDING: Final = 2.3 * MM
_SIDE_BY_SIDE: Final = 6
"""More boxes or steps than these do not stand beside each other."""
_LEAST_WIDTH: Final = 22 * MM
_HIGHEST: Final = 45 * MM
"""A box that would be higher is written as a list instead."""
_PEOPLE: Final = re.compile("職員|市民|住民|学生|区民|町民|担当者")
_PICTURE: Final = 8 * MM
_NOTCH: Final = 3 * MM


@dataclass(frozen=True, slots=True)
class SheetType:
    """The type of a course sheet, all of one scale."""

    scale: float = 1.0

    def _style(self, family: Family, size: float, leading: float) -> TextStyle:
        return TextStyle(family, round(size * self.scale, 2), round(leading * self.scale, 2))

    @property
    def body(self) -> TextStyle:
        """Running text."""
        return self._style(Family.GOTHIC, 10.5, 16)

    @property
    def strong(self) -> TextStyle:
        """Headings of groups, labels."""
        return self._style(Family.GOTHIC_BOLD, 10.5, 16)

    @property
    def band(self) -> TextStyle:
        """What follows from a group."""
        return self._style(Family.GOTHIC_BOLD, 11.5, 18)

    @property
    def small(self) -> TextStyle:
        """In boxes."""
        return self._style(Family.GOTHIC_BOLD, 9.5, 14)


@dataclass(frozen=True, slots=True)
class Block:
    """Strips that stay together where they can, in a frame or without one."""

    strips: tuple[Strip, ...]
    padding: float = 0.0
    fill: Colour | None = None
    line: Colour | None = None
    keep: bool = False
    """Never alone at the foot of a page: a heading, an arrow."""
    is_space: bool = False
    """Left out at the top of a page."""

    @property
    def height(self) -> float:
        """Of the block with its frame."""
        return height_of(self.strips) + 2 * self.padding

    def draw(self, page: Page, x: float, y: float, width: float, strips: Sequence[Strip]) -> float:
        """Draw the block, or as many of its strips as stand on one page; return where it ends."""
        height = height_of(strips) + 2 * self.padding
        if self.fill is not None or self.line is not None:
            area(page, x, y, width, height, radius=RADIUS, fill=self.fill, line=self.line)
        draw_strips(page, x + self.padding, y + self.padding, strips)
        return y + height


def figure_blocks(figure: Sequence[Group | Arrow], kind: SheetType, width: float) -> list[Block]:
    """Return a figure as blocks, one below the other, with the space between them."""
    found: list[Block] = []
    at = 0
    while at < len(figure):
        part = figure[at]
        plain = _plain_run(figure, at)
        if isinstance(part, Arrow):
            found.append(_arrow(part, width))
            at += 1
            continue
        if found and not found[-1].keep:
            found.append(Block((space(_GAP * kind.scale),), is_space=True))
        if len(plain) > 1:
            found += _grid(plain, kind, width)
            at += len(plain)
            continue
        after_arrow = at > 0 and isinstance(figure[at - 1], Arrow)
        found.append(_group(part, kind, width, stands_out=after_arrow))
        at += 1
    return found


def _plain_run(figure: Sequence[Group | Arrow], at: int) -> list[Group]:
    """Return the groups from ``at`` on that are a heading and a paragraph each."""
    run: list[Group] = []
    for part in figure[at:]:
        if not isinstance(part, Group) or not part.is_plain:
            break
        run.append(part)
    return run


def _arrow(arrow: Arrow, width: float) -> Block:
    draw_it = arrow_down if arrow is Arrow.DOWN else arrow_both

    def draw(page: Page, x: float, y: float) -> None:
        draw_it(page, x + width / 2, y + 0.7 * MM, 6 * MM, _ARROW - 1.4 * MM, SHORE)

    return Block((Strip(_ARROW, draw),), keep=True)


def _group(group: Group, kind: SheetType, width: float, *, stands_out: bool) -> Block:
    inner = width - 2 * _PADDING
    if not group.heading and len(group.parts) == 1:
        [part] = group.parts
        if is_paragraph(part) and stands_out:
            strips = Setting(kind.band, inner, WHITE).strips(str(part))
            return Block(_centred(strips, str(part), kind.band, inner), 2.2 * MM, fill=NAVY)
        if isinstance(part, Beside | Box):
            return Block(tuple(_part(part, kind, width)))
    if not group.heading and all(is_paragraph(part) for part in group.parts):
        return Block(tuple(Setting(kind.body, width).all(map(str, group.parts), 1 * MM)))
    label = _label_room(group, kind, inner)
    if label:
        return Block((_labelled(group, kind, inner, label),), _PADDING, fill=WATER)
    strips = Setting(kind.strong, inner, NAVY).strips(group.heading)
    if strips:
        strips.append(space(0.8 * MM * kind.scale))
    for part in group.parts:
        strips += _part(part, kind, inner)
    return Block(tuple(strips), _PADDING, fill=WATER)


def _label_room(group: Group, kind: SheetType, width: float) -> float:
    """Return the width a heading takes at the left of its group; 0 where it stands above."""
    is_figure = len(group.parts) == 1 and isinstance(group.parts[0], Box)
    is_people = bool(_PEOPLE.search(group.heading)) and all(isinstance(part, str) for part in group.parts)
    ems = width_of(clean_line(group.heading), kind.strong.family)
    room = ems * kind.strong.size + 5 * MM + (_PICTURE * kind.scale if is_people else 0.0)
    return room if group.heading and (is_figure or is_people) and room <= width * 0.4 else 0.0


def _labelled(group: Group, kind: SheetType, width: float, label: float) -> Strip:
    """A group with its heading at the left, in the middle; people with their picture."""
    strips = [strip for part in group.parts for strip in _part(part, kind, width - label)]
    heading = Setting(kind.strong, label, NAVY).strips(group.heading)
    side = _PICTURE * kind.scale if _PEOPLE.search(group.heading) else 0.0
    height = max(height_of(strips), height_of(heading), side)

    def draw(page: Page, x: float, y: float) -> None:
        if side:
            decoration(page, PERSON, x, y + (height - side) / 2, side, NAVY)
        left = x + (side + 1.5 * MM if side else 0.0)
        draw_strips(page, left, y + (height - height_of(heading)) / 2, heading)
        draw_strips(page, x + label, y + (height - height_of(strips)) / 2, strips)

    return Strip(height, draw)


def _centred(strips: list[Strip], text: str, style: TextStyle, width: float) -> tuple[Strip, ...]:
    """Centre a text of one line."""
    if len(strips) != 1:
        return tuple(strips)
    spare = max(width - width_of(clean_line(text), style.family) * style.size, 0.0)
    return (moved(strips, spare / 2),)


def _part(part: Part, kind: SheetType, width: float) -> list[Strip]:
    if isinstance(part, Steps):
        return _process(part, kind, width)
    if isinstance(part, Beside):
        return _boxes(part, kind, width)
    if isinstance(part, Box):
        return [_box(part.text, kind, width)]
    setting = Setting(kind.body, width)
    if part.startswith(("→", "➡")):
        setting = replace(setting, style=kind.strong, colour=NAVY)
    return setting.strips(part)


def _box(text: str, kind: SheetType, width: float) -> Strip:
    padding = 2 * MM
    strips = Setting(kind.band, width - 2 * padding, WHITE).strips(text)
    inner = _centred(strips, text, kind.band, width - 2 * padding)
    return boxed(inner, width, padding=padding, fill=NAVY)


def _grid(groups: Sequence[Group], kind: SheetType, width: float) -> list[Block]:
    """Cards of a heading and a paragraph, two beside each other where they are short enough."""
    half = (width - _GAP) / 2
    found: list[Block] = []
    for start in range(0, len(groups), 2):
        pair = groups[start : start + 2]
        room = half if len(pair) > 1 else width
        cards = [_card(group, kind, room - 2 * _PADDING) for group in pair]
        tallest = max(map(height_of, cards)) + 2 * _PADDING
        if start:
            found.append(Block((space(_GAP * kind.scale),), is_space=True))
        if tallest > _HIGHEST * 2:
            for number, group in enumerate(pair):
                if number:
                    found.append(Block((space(_GAP * kind.scale),), is_space=True))
                found.append(_group(group, kind, width, stands_out=False))
            continue
        boxes = [(room, [boxed(card, room, padding=_PADDING, fill=WATER, least=tallest)]) for card in cards]
        found.append(Block((beside(boxes, _GAP),)))
    return found


def _card(group: Group, kind: SheetType, width: float) -> list[Strip]:
    strips = Setting(kind.strong, width, NAVY).strips(group.heading)
    strips.append(space(0.8 * MM * kind.scale))
    return [*strips, *Setting(kind.body, width).all(map(str, group.parts))]


def _process(part: Steps, kind: SheetType, width: float) -> list[Strip]:
    """Steps as arrows beside each other; long or many ones as a list."""
    count = len(part.steps)
    room = width / count - _NOTCH - 3 * MM
    columns = [
        [
            *Setting(kind.small, room, NAVY).strips(mark),
            *replace(Setting(kind.small, room), hangs=False).strips(text),
        ]
        for mark, text in part.steps
    ]
    tallest = max(map(height_of, columns)) + 4 * MM
    if count == 1 or count > _SIDE_BY_SIDE or room < _LEAST_WIDTH - 8 * MM or tallest > _HIGHEST:
        return Setting(kind.body, width).all(f"{mark}{text}" for mark, text in part.steps)
    step = (width - _NOTCH) / count

    def draw(page: Page, x: float, y: float) -> None:
        for number, strips in enumerate(columns):
            left = x + number * step
            _chevron(page, left, y, step - 0.8 * MM, tallest, is_first=not number)
            top = y + (tallest - height_of(strips)) / 2
            draw_strips(page, left + (3 * MM if not number else _NOTCH + 2 * MM), top, strips)

    return [space(1 * MM), Strip(tallest, draw), space(1 * MM)]


def _chevron(page: Page, x: float, y: float, width: float, height: float, *, is_first: bool) -> None:
    centre, right = y + height / 2, x + width
    points = [(x, y), (right, y), (right + _NOTCH, centre), (right, y + height), (x, y + height)]
    polygon(page, points if is_first else [*points, (x + _NOTCH, centre)], fill=WHITE)
    path = points if is_first else [*points, (x + _NOTCH, centre)]
    with page.inked(NAVY):
        for (from_x, from_y), (to_x, to_y) in zip(path, [*path[1:], path[0]], strict=True):
            page.rule(from_x, from_y, to_x, to_y, 0.9)


def _boxes(part: Beside, kind: SheetType, width: float) -> list[Strip]:
    """Boxes beside each other, people with a picture; long or many ones as a list."""
    count, gap, padding = len(part.texts), 4 * MM, 2 * MM
    room = (width - (count - 1) * gap) / count
    people = 7 * MM * kind.scale
    texts = [
        Setting(kind.small, room - 2 * padding - (people if _PEOPLE.search(text) else 0.0), NAVY).strips(text)
        for text in part.texts
    ]
    tallest = max(map(height_of, texts))
    if count > _SIDE_BY_SIDE or room < _LEAST_WIDTH or tallest > _HIGHEST:
        return Setting(kind.body, width).all(f"・{text}" for text in part.texts)
    side = 6 * MM * kind.scale if any(_PEOPLE.search(text) for text in part.texts) else 0.0
    height = max(tallest, side) + 2 * padding

    def draw(page: Page, x: float, y: float) -> None:
        for number, (text, strips) in enumerate(zip(part.texts, texts, strict=True)):
            left = x + number * (room + gap)
            area(page, left, y, room, height, radius=RADIUS, fill=WHITE, line=NAVY)
            top = y + (height - height_of(strips)) / 2
            picture = people if _PEOPLE.search(text) else 0.0
            ends = width_of(clean_line(text), kind.small.family) * kind.small.size
            left += max((room - picture - ends) / 2, padding)
            if picture:
                decoration(page, PERSON, left, y + (height - side) / 2, side, NAVY)
            draw_strips(page, left + picture, top, strips)

    return [Strip(height, draw)]

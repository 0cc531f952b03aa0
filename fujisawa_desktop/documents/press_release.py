"""記者発表資料: the city's name, what happens, an outline to copy from, whom to ask; A4 portrait.

The order follows the city's own releases: office, 記者発表資料, date, addressee, headline, lead, outline,
contact (domain rules 3.10).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.boxes import moved
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family
from fujisawa_desktop.documents.furniture import middle, number_pages
from fujisawa_desktop.documents.public_specs import PressReleaseSpec
from fujisawa_desktop.documents.qr import is_printable
from fujisawa_desktop.documents.specs import Item, RemarkKind
from fujisawa_desktop.documents.strips import Setting, Strip, draw_strips, height_of, space
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, HAIRLINE, LIGHT_FILL, MM, TextStyle
from fujisawa_desktop.documents.typesetting import paragraph, width_of

_LEFT: Final = 25.5 * MM
_RIGHT: Final = 20.5 * MM
_TOP: Final = 18 * MM
_BOTTOM: Final = A4_PORTRAIT[1] - 17 * MM
_WIDTH: Final = A4_PORTRAIT[0] - _LEFT - _RIGHT
_LABEL: Final = 37 * MM
_QR: Final = 27 * MM
_BOX: Final = 4 * MM
_OFFICE: Final = TextStyle(Family.GOTHIC_BOLD, 13, 18)
_DATE: Final = TextStyle(Family.MINCHO, 11, 18)
_HEADING: Final = TextStyle(Family.GOTHIC_BOLD, 27, 40)
_HEADLINE: Final = TextStyle(Family.GOTHIC_BOLD, 16, 25)
_OUTLINE: Final = TextStyle(Family.GOTHIC_BOLD, 12.5, 20)
_CONTACT: Final = TextStyle(Family.MINCHO, 10.5, 16)
_CONTACT_HEADING: Final = TextStyle(Family.GOTHIC_BOLD, 10.5, 17)
_SMALL: Final = TextStyle(Family.GOTHIC, 8, 11)
_DENSITIES: Final = (1.0, 0.96, 0.92, 0.88, 0.84)
"""A release that just does not fit on one page is set a little smaller; one of two pages is not."""


class _Type(NamedTuple):
    """The type of the running text, all of one scale."""

    body: TextStyle
    label: TextStyle
    text: TextStyle


def _type(scale: float) -> _Type:
    return _Type(
        TextStyle(Family.MINCHO, 11 * scale, 18.5 * scale),
        TextStyle(Family.GOTHIC_BOLD, 10.5 * scale, 17 * scale),
        TextStyle(Family.MINCHO, 10.5 * scale, 16.5 * scale),
    )


def press_release_pages(book: Book, spec: PressReleaseSpec) -> list[Page]:
    """Return the release; nearly always one page."""
    loosest: list[Page] = []
    for part in _DENSITIES:
        pages = _Release(book, spec, _type(part), part).pages
        if len(pages) == 1:
            loosest = pages
            break
        loosest = loosest or pages
    number_pages(loosest, always=False)
    for text in spec.absent:
        loosest[0].note(RemarkKind.ABSENT, text)
    return loosest


class _Release:
    """One release set in one type, running down its pages."""

    def __init__(self, book: Book, spec: PressReleaseSpec, kind: _Type, part: float) -> None:
        self._book = book
        self._spec = spec
        self._type = kind
        self._part = part
        self.pages = [book.page(A4_PORTRAIT)]
        self._y = _TOP
        self._head()
        self._headline()
        self._lead()
        self._outline()
        self._foot()

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    def _need(self, height: float) -> None:
        if self._y + height > _BOTTOM + 0.01 and self._y > _TOP:
            self.pages.append(self._book.page(A4_PORTRAIT))
            self._y = _TOP

    def _run(self, strips: list[Strip], x: float = _LEFT) -> None:
        for strip in strips:
            self._need(strip.height)
            strip.draw(self._page, x, self._y)
            self._y += strip.height

    def _head(self) -> None:
        spec, kind, page = self._spec, self._type, self._page
        right, base = _LEFT + _WIDTH, middle(self._y, _OFFICE.leading, _OFFICE)
        page.fitted(_LEFT, base, spec.city_hall, _OFFICE, _WIDTH / 2)
        page.fitted(right - _WIDTH / 2.2, base, spec.date, _DATE, _WIDTH / 2.2, "right")
        self._y += _OFFICE.leading + 2 * MM
        page.fill(_LEFT, self._y, _WIDTH, 1.1 * MM, 0.0)
        self._y += 3 * MM
        room = min(118 * MM, _WIDTH)
        x = _LEFT + (_WIDTH - room) / 2
        base = middle(self._y, _HEADING.leading, _HEADING)
        if width_of(clean_line(spec.heading), _HEADING.family) * _HEADING.size < room:
            page.spread(x, base, spec.heading, _HEADING, room)
        else:
            page.fitted(_LEFT, base, spec.heading, _HEADING, _WIDTH, "center")
        self._y += _HEADING.leading + 1.5 * MM
        page.rule(_LEFT, self._y, right, self._y, HAIRLINE * 2)
        self._y += 4 * MM
        base = middle(self._y, kind.body.leading, kind.body)
        page.fitted(_LEFT + kind.body.size, base, spec.addressee, kind.body, _WIDTH - kind.body.size)
        self._y += kind.body.leading + 4.5 * MM * self._part

    def _headline(self) -> None:
        """What happens: centred in a gray band, on as many lines as it needs."""
        style = _HEADLINE
        text = clean_line(self._spec.headline)
        if not text.strip():
            return
        if width_of(text, style.family) * style.size * 0.85 <= _WIDTH - 6 * MM:
            lines = None
            height = style.leading
        else:
            lines = paragraph(text, style.family, (_WIDTH - 8 * MM) / style.size)
            height = len(lines) * style.leading
        padding = 2.2 * MM
        if lines is None or height < 60 * MM:
            self._need(height + 2 * padding)
            page = self._page
            page.fill(_LEFT, self._y, _WIDTH, height + 2 * padding, LIGHT_FILL)
            page.fill(_LEFT, self._y, 1.6 * MM, height + 2 * padding, 0.0)
            base = middle(self._y + padding, style.leading, style)
            if lines is None:
                page.fitted(_LEFT + 4 * MM, base, text, style, _WIDTH - 6 * MM, "center")
            else:
                page.lines(_LEFT + 5 * MM, base, lines, style)
            self._y += height + 2 * padding
        else:
            self._run(Setting(style, _WIDTH).strips(text))
        self._y += 4.5 * MM * self._part

    def _lead(self) -> None:
        body = self._type.body
        self._run(Setting(body, _WIDTH, first_indent=1.0).all(self._spec.lead, 1.2 * MM))
        self._y += 4 * MM * self._part

    def _outline(self) -> None:
        if self._spec.outline_heading and self._spec.items:
            self._need(_OUTLINE.leading + 12 * MM)
            base = middle(self._y, _OUTLINE.leading, _OUTLINE)
            self._page.fitted(_LEFT, base, self._spec.outline_heading, _OUTLINE, _WIDTH)
            self._y += _OUTLINE.leading + 1 * MM
        for item in self._spec.items:
            self._item(item)
        if self._spec.items:
            self._page.rule(_LEFT, self._y, _LEFT + _WIDTH, self._y, HAIRLINE)
        self._y += 4.5 * MM * self._part

    def _item(self, item: Item) -> None:
        """A heading at the left, its lines at the right, a thin rule above."""
        kind, padding = self._type, 1.6 * MM * self._part
        label = Setting(kind.label, _LABEL - 2 * MM, most=3).strips(item.label)
        strips = self._item_lines(item)
        height = max(height_of(label), height_of(strips))
        self._need(min(height, 40 * MM) + 2 * padding)
        self._page.rule(_LEFT, self._y, _LEFT + _WIDTH, self._y, HAIRLINE)
        self._y += padding
        start, first = self._y, self._page
        draw_strips(self._page, _LEFT, self._y, label)
        self._run(strips, _LEFT + _LABEL)
        if self._page is first:
            self._y = max(self._y, start + height_of(label))
        self._y += padding

    def _item_lines(self, item: Item) -> list[Strip]:
        kind, width = self._type, _WIDTH - _LABEL
        titles, text = Setting(kind.label, width), Setting(kind.text, width)
        strips: list[Strip] = []
        heads: list[Strip] = []
        below = 0.0
        for line in item.lines:
            if _is_numbered(line):
                below = kind.label.size
                heads += [*([space(1.2 * MM)] if strips else []), *titles.strips(line)]
                continue
            lines = [moved([one], below) for one in replace(text, width=width - below).strips(line)]
            # The name of a course stays with the first line about it.
            strips += [moved([*heads, *lines[:1]], 0.0), *lines[1:]]
            heads = []
        return [*strips, *heads]

    def _foot(self) -> None:
        """QR code at the left, contact at the right, at the foot of the last page."""
        spec, contact = self._spec, self._spec.contact
        url = clean_line(spec.code.url) if spec.code is not None else ""
        has_code = is_printable(url)
        lines = len(contact.lines) if contact is not None else 0
        text_height = _CONTACT_HEADING.leading + lines * _CONTACT.leading + 2 * _BOX
        height = max(_QR + 8 * MM if has_code else 0.0, text_height if contact is not None else 0.0)
        if not height:
            return
        self._need(height)
        top = max(self._y, _BOTTOM - height) if self._y + height + 25 * MM > _BOTTOM else self._y
        if has_code and spec.code is not None:
            self._code(top, url, spec.code.caption)
        elif url:
            self._page.note(RemarkKind.CUT, url)
        if contact is not None:
            left = _LEFT + (78 * MM if has_code else 0.0)
            self._contact(left, top, _LEFT + _WIDTH - left, max(height, text_height))

    def _code(self, top: float, url: str, caption: str) -> None:
        page = self._page
        page.box(_LEFT, top, _QR, _QR, HAIRLINE)
        page.qr(_LEFT, top, url, _QR, "Q")
        x, room = _LEFT + _QR + 3 * MM, 78 * MM - _QR - 7 * MM
        text = Setting(_CONTACT_HEADING, room, most=3).strips(caption)
        address = Setting(_SMALL, room, most=6).strips(url)
        strips = [*text, space(1 * MM), *address]
        draw_strips(page, x, top + max((_QR - height_of(strips)) / 2, 0.0), strips)

    def _contact(self, left: float, top: float, width: float, height: float) -> None:
        contact, page = self._spec.contact, self._page
        if contact is None:
            return
        heading = Setting(_CONTACT_HEADING, width - 2 * _BOX).fitted(contact.heading)
        text = Setting(_CONTACT, width - 2 * _BOX - _CONTACT.size)
        lines = [moved([strip], _CONTACT.size) for line in contact.lines for strip in text.fitted(line)]
        strips = [*heading, *lines]
        page.box(left, top, width, height, HAIRLINE * 2)
        draw_strips(page, left + _BOX, top + max((height - height_of(strips)) / 2, 0.0), strips)


def _is_numbered(line: str) -> bool:
    return "①" <= line[:1] <= "⑳"

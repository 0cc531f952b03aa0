"""One PDF being written: pages with a few ways of drawing, and the file they become.

The spec of a paper decides every byte: no clock, no random names, objects in the order of use.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Final, Literal, NamedTuple

from reportlab.pdfbase import pdfdoc

from fujisawa_desktop.documents import qr
from fujisawa_desktop.documents.binding import Bound, bind, code_forms, describe, list_owners
from fujisawa_desktop.documents.characters import clean_line, clusters
from fujisawa_desktop.documents.fonts import Family, Fault, glyphs
from fujisawa_desktop.documents.metadata import LANGUAGE
from fujisawa_desktop.documents.pdffont import GAP_STEP, CodeTable, DocumentFonts
from fujisawa_desktop.documents.specs import Job, Owner, Paper, Remark, RemarkKind
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import Line, single_line, spread_line, tight_line

Align = Literal["left", "center", "right"]
ALIGN_FACTOR: Final = {"left": 0.0, "center": 0.5, "right": 1.0}
_NARROWEST: Final = 0.6
"""長体: a text that does not fit its place is narrowed down to this part, then cut."""
_MOST_MOVED: Final = 0.06
"""From about a tenth of an em on, programs that copy text out of a PDF take a move of the pen for a space."""
_TINY: Final = 0.0005
VISIBLY_NARROW: Final = 0.85
"""Narrower than this is worth a remark."""
_REMARK_OF_FAULT: Final = {
    Fault.PRIVATE_USE: RemarkKind.PRIVATE_USE,
    Fault.MISSING: RemarkKind.MISSING,
    Fault.BASE_FORM: RemarkKind.BASE_FORM,
}


class _Note(NamedTuple):
    """Something on a page that a clerk should look at."""

    kind: RemarkKind
    text: str
    context: str


class _Shown(NamedTuple):
    """A line as text operators, ready to be placed."""

    operators: str
    width: float
    """In ems."""
    shift: float
    """Ems by which it begins right of (below 0: left of) its place."""
    notes: tuple[_Note, ...]


class Ink:
    """What all pages of one PDF share: fonts, drawings, and lines that were drawn before."""

    def __init__(self) -> None:
        """Begin without any font; each comes with the first character that needs it."""
        self.fonts = DocumentFonts()
        self.forms: dict[tuple[str, float, qr.Level], str] = {}
        self._tables = {family: CodeTable(family, self.fonts) for family in Family}
        self._shown: dict[tuple[str, Family, float], _Shown] = {}
        self._spread: dict[tuple[str, Family, float, float], _Shown] = {}
        self._tight: dict[tuple[str, Family, float, float], _Shown] = {}
        self._lines: dict[tuple[int, Family, float], tuple[Line, _Shown]] = {}

    def text(self, text: str, style: TextStyle) -> _Shown:
        """Return the operators of a one-line text; the same text is set only once."""
        key = (text, style.family, style.size)
        shown = self._shown.get(key)
        if shown is None:
            line = single_line(clean_line(text), style.family)
            shown = self._shown[key] = self._show(line, style)
        return shown

    def tight(self, text: str, style: TextStyle, room: float) -> _Shown:
        """Return the operators of a one-line text whose spaces are taken in for ``room`` ems."""
        key = (text, style.family, style.size, room)
        shown = self._tight.get(key)
        if shown is None:
            line = tight_line(clean_line(text), style.family, room)
            shown = self._tight[key] = self._show(line, style)
        return shown

    def spread(self, text: str, style: TextStyle, room: float) -> _Shown:
        """Return the operators of a line spread over ``room`` ems; labels repeat from letter to letter."""
        key = (text, style.family, style.size, room)
        shown = self._spread.get(key)
        if shown is None:
            line = spread_line(clean_line(text), style.family, room)
            shown = self._spread[key] = self._show_spread(line, style)
        return shown

    def _show_spread(self, line: Line, style: TextStyle) -> _Shown:
        """Widen by character spacing: programs that copy text see it as part of the word."""
        table = self._tables[style.family]
        gaps = line.gaps or (0.0,) * len(line.clusters)
        runs = groupby(
            zip(line.clusters, gaps, strict=True), lambda pair: (table[pair[0]][0], round(pair[1], 4))
        )
        parts = [
            f"{gap * style.size:.3f} Tc {_piece(font, [table[cluster][1] for cluster, _ in run], style.size)}"
            for (font, gap), run in runs
        ]
        operators = " ".join((*parts, "0 Tc")) if parts else ""
        return _Shown(operators, line.width, line.shift, _notes(line.clusters, style.family))

    def line(self, line: Line, style: TextStyle) -> _Shown:
        """Return the operators of a line of a paragraph; paragraphs repeat from letter to letter."""
        key = (id(line), style.family, style.size)
        known = self._lines.get(key)
        if known is None:
            # The line is kept with its operators: while it lives, nothing else has its id.
            known = self._lines[key] = (line, self._show(line, style))
        return known[1]

    def _show(self, line: Line, style: TextStyle) -> _Shown:
        table = self._tables[style.family]
        parts: list[str] = []
        codes: list[str] = []
        font = ""
        gaps = line.gaps or (0.0,) * len(line.clusters)
        for cluster, gap in zip(line.clusters, gaps, strict=True):
            steps = int(gap / GAP_STEP + _TINY) if gap > _MOST_MOVED else 0
            name, code = table.wider(cluster, steps) if steps else table[cluster]
            if name != font:
                parts.append(_piece(font, codes, style.size))
                font, codes = name, []
            codes.append(code)
            moved = gap - steps * GAP_STEP
            if abs(moved) > _TINY:
                codes.append(f">{-moved * 1000:.0f}<")
        parts.append(_piece(font, codes, style.size))
        notes = _notes(line.clusters, style.family)
        return _Shown(" ".join(filter(None, parts)), line.width, line.shift, notes)

    def qr(self, text: str, side: float, level: qr.Level) -> str:
        """Return the name of a QR code that pages of this PDF can show."""
        return self.forms.setdefault((text, side, level), f"Q{len(self.forms) + 1}")


def _piece(font: str, codes: list[str], size: float) -> str:
    """Return the operators of one run in one font; ``>-500<`` among the codes moves the pen."""
    if not codes:
        return ""
    run = f"<{''.join(codes)}>"
    # PDFium passes over a move before an empty string: one at the end of a run stands without.
    shown = f"[{run.removesuffix('<>')}] TJ" if run.count(">") > 1 else f"{run} Tj"
    return f"/{font} {size:g} Tf {shown}"


def _notes(units: Sequence[str], family: Family) -> tuple[_Note, ...]:
    table = glyphs(family)
    faults = {unit: fault for unit in units if (fault := table[unit].fault) is not None}
    if not faults:
        return ()
    context = "".join(units)
    return tuple(_Note(_REMARK_OF_FAULT[fault], unit, context) for unit, fault in faults.items())


class Page:
    """A page being drawn: x from the left, y from the top, in points; a text stands on its ``y``."""

    def __init__(self, size: tuple[float, float], ink: Ink) -> None:
        """Begin an empty page of the given width and height."""
        self.width, self.height = size
        self.notes: dict[_Note, None] = {}
        self._ink = ink
        self._operators: list[str] = []

    def text(self, x: float, y: float, text: str, style: TextStyle, align: Align = "left") -> float:
        """Draw one line of text; return its width."""
        shown = self._ink.text(text, style)
        width = shown.width * style.size
        self._place(shown, x - ALIGN_FACTOR[align] * width, y, style)
        return width

    def line(self, x: float, y: float, line: Line, style: TextStyle, scale: float = 1.0) -> None:
        """Draw a line that was set before, such as one of a paragraph."""
        self._place(self._ink.line(line, style), x, y, style, scale)

    def lines(self, x: float, y: float, lines: Iterable[Line], style: TextStyle) -> float:
        """Draw lines below each other, the first on ``y``; return the base line after the last."""
        for line in lines:
            self.line(x, y, line, style)
            y += style.leading
        return y

    def fitted(
        self, x: float, y: float, text: str, style: TextStyle, room: float, align: Align = "left"
    ) -> None:
        """Draw one line within ``room``: narrowed when it is too long, cut with … when that is not enough.

        ``x`` is the left edge of the room whatever the alignment.
        """
        shown = self._ink.text(text, style)
        width = shown.width * style.size
        scale = 1.0
        if width > room:
            shown = self._ink.tight(text, style, room / style.size)
            width = shown.width * style.size
        if width > room + 0.01:
            scale = max(room / width, _NARROWEST)
            if scale < VISIBLY_NARROW:
                self.note(RemarkKind.NARROWED, text)
            if width * scale > room + 0.01:
                shown = self._ink.text(self._cut(text, style, room / scale), style)
                self.note(RemarkKind.CUT, text)
            width = shown.width * style.size * scale
        self._place(shown, x + ALIGN_FACTOR[align] * (room - width), y, style, scale=scale)

    def _cut(self, text: str, style: TextStyle, room: float) -> str:
        """Return the longest beginning of ``text`` that fits with … behind it."""
        table = glyphs(style.family)
        left = room / style.size - table["…"].width
        kept: list[str] = []
        for unit in clusters(clean_line(text)):
            left -= max(table[unit].width, 0.0)
            if left < 0:
                break
            kept.append(unit)
        return "".join(kept) + "…"

    def spread(self, x: float, y: float, text: str, style: TextStyle, room: float, tail: str = "") -> None:
        """Draw one line with its characters spread over ``room`` (均等割付).

        Copied out of the PDF it is still one word, followed by ``tail``.
        """
        shown = self._ink.spread(text, style, room / style.size)
        if shown.width * style.size > room + 0.01:
            self.fitted(x, y, text, style, room)
            return
        content = ("\ufeff" + clean_line(text) + tail).encode("utf-16-be").hex()
        self._operators.append(f"/Span <</ActualText <{content}>>> BDC")
        self._place(shown, x, y, style)
        self._operators.append("EMC")

    def _place(self, shown: _Shown, x: float, y: float, style: TextStyle, scale: float = 1.0) -> None:
        if not shown.operators:
            return
        self.notes.update(dict.fromkeys(shown.notes))
        x += shown.shift * style.size * scale
        operators = f"BT 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm {shown.operators} ET"
        if scale != 1.0:
            operators = f"{scale * 100:.2f} Tz {operators} 100 Tz"
        if style.gray:
            operators = f"{style.gray:g} g {operators} 0 g"
        self._operators.append(operators)

    def note(self, kind: RemarkKind, text: str) -> None:
        """Remember something a clerk should look at."""
        self.notes[_Note(kind, text, text)] = None

    def rule(self, x: float, y: float, to_x: float, to_y: float, width: float) -> None:
        """Draw a straight line."""
        self._operators.append(
            f"{width:g} w {x:.2f} {self.height - y:.2f} m {to_x:.2f} {self.height - to_y:.2f} l S"
        )

    def box(self, x: float, y: float, width: float, height: float, line: float) -> None:
        """Draw a frame; (x, y) is its upper left corner."""
        self._operators.append(
            f"{line:g} w {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re S"
        )

    def fill(self, x: float, y: float, width: float, height: float, gray: float) -> None:
        """Fill a rectangle with a gray (0 black, 1 white)."""
        self._operators.append(
            f"{gray:g} g {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f 0 g"
        )

    def draw(self, operators: str) -> None:
        """Add a drawing; its coordinates are the file's own, from the lower left corner."""
        self._operators.append(operators)

    @contextmanager
    def inked(self, colour: tuple[float, float, float]) -> Iterator[None]:
        """Draw texts and lines in a colour (red, green, blue, each from 0 to 1)."""
        shown = " ".join(f"{part:g}" for part in colour)
        self._operators.append(f"q {shown} rg {shown} RG")
        yield
        self._operators.append("Q")

    def unseen(self, x: float, y: float, text: str, style: TextStyle) -> None:
        """Let ``text`` be copied out of the PDF where a picture stands for it: a box that is not painted.

        Programs that copy text skip blanks, and the text of a picture; they look for characters.
        """
        font, code = self._ink.fonts.code(glyphs(style.family)["□"]._replace(text=text))
        shown = _piece(font, [code], style.size)
        self._operators.append(f"BT 3 Tr 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm {shown} 0 Tr ET")

    def qr(self, x: float, y: float, text: str, side: float, level: qr.Level = "M") -> None:
        """Draw a QR code, quiet zone included, with its upper left corner at (x, y).

        ``level`` is how much of it may be lost: L 7 %, M 15 %, Q 25 %, H 30 %.
        """
        name = self._ink.qr(text, side, level)
        self._operators.append(f"q 1 0 0 1 {x:.2f} {self.height - y - side:.2f} cm /{name} Do Q")

    def content(self) -> bytes:
        """Return the compressed page description."""
        return zlib.compress("\n".join(self._operators).encode("ascii"))


class Book:
    """The pages of all people of one print job."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.ink = Ink()
        self._pages: list[Bound] = []
        self._owners: list[Owner] = []
        self._page_counts: list[int] = []
        self._remarks: list[Remark] = []

    def page(self, size: tuple[float, float]) -> Page:
        """Return a new page to draw on; it belongs to the book once it is added."""
        return Page(size, self.ink)

    def add(self, owner: Owner, pages: Sequence[Page]) -> None:
        """Bind the finished pages of one person (or list) into the book."""
        notes = dict.fromkeys(note for page in pages for note in page.notes)
        self._remarks.extend(Remark(owner, *note) for note in notes)
        self._page_counts.append(len(pages))
        for page in pages:
            self._pages.append(Bound(page.width, page.height, page.content()))
            self._owners.append(owner)

    def paper(self, job: Job) -> Paper:
        """Return the finished file."""
        document = pdfdoc.PDFDocument(compression=1, invariant=1, pdfVersion=(1, 7), lang=LANGUAGE)
        describe(document, job, self._pages)
        resources = document.Reference(pdfdoc.PDFDictionary({}), "SharedResources")
        references = [bind(document, page, resources) for page in self._pages]
        shared = document.idToObject["SharedResources"]
        shared["Font"] = self.ink.fonts.dictionary(document)
        if self.ink.forms:
            shared["XObject"] = code_forms(document, self.ink.forms)
        list_owners(document, self._owners, self._pages, references)
        data: bytes = document.GetPDFData(None)
        return Paper(data, tuple(self._owners), tuple(self._remarks), tuple(self._page_counts))

"""Lines of text as the operators of a PDF, and what all pages of one file share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from fujisawa_desktop.documents import qr
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.fonts import Family, Fault, glyphs
from fujisawa_desktop.documents.pdffont import GAP_STEP, CodeTable, DocumentFonts
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.stylesheet import TextStyle
from fujisawa_desktop.documents.typesetting import Line, single_line, spread_line, tight_line

_MOST_MOVED: Final = 0.06
"""From about a tenth of an em on, programs that copy text out of a PDF take a move of the pen for a space."""
_TINY: Final = 0.0005
_REMARK_OF_FAULT: Final = {
    Fault.PRIVATE_USE: RemarkKind.PRIVATE_USE,
    Fault.MISSING: RemarkKind.MISSING,
    Fault.BASE_FORM: RemarkKind.BASE_FORM,
}


class Note(NamedTuple):
    """Something on a page that a clerk should look at."""

    kind: RemarkKind
    text: str
    context: str


class Shown(NamedTuple):
    """A line as text operators, ready to be placed."""

    operators: str
    width: float
    """In ems."""
    shift: float
    """Ems by which it begins right of (below 0: left of) its place."""
    notes: tuple[Note, ...]


class Ink:
    """What all pages of one PDF share: fonts, drawings, and lines that were drawn before."""

    def __init__(self) -> None:
        """Begin without any font; each comes with the first character that needs it."""
        self.fonts = DocumentFonts()
        self.forms: dict[tuple[str, float, qr.Level], str] = {}
        self._tables = {family: CodeTable(family, self.fonts) for family in Family}
        self._shown: dict[tuple[str, Family, float], Shown] = {}
        self._spread: dict[tuple[str, Family, float, float], Shown] = {}
        self._tight: dict[tuple[str, Family, float, float], Shown] = {}
        self._lines: dict[tuple[int, Family, float], tuple[Line, Shown]] = {}

    def text(self, text: str, style: TextStyle) -> Shown:
        """Return the operators of a one-line text; the same text is set only once."""
        key = (text, style.family, style.size)
        shown = self._shown.get(key)
        if shown is None:
            line = single_line(clean_line(text), style.family)
            shown = self._shown[key] = self._show(line, style)
        return shown

    def tight(self, text: str, style: TextStyle, room: float) -> Shown:
        """Return the operators of a one-line text whose spaces are taken in for ``room`` ems."""
        key = (text, style.family, style.size, room)
        shown = self._tight.get(key)
        if shown is None:
            line = tight_line(clean_line(text), style.family, room)
            shown = self._tight[key] = self._show(line, style)
        return shown

    def spread(self, text: str, style: TextStyle, room: float) -> Shown:
        """Return the operators of a line spread over ``room`` ems; labels repeat from letter to letter."""
        key = (text, style.family, style.size, room)
        shown = self._spread.get(key)
        if shown is None:
            line = spread_line(clean_line(text), style.family, room)
            shown = self._spread[key] = self._show_spread(line, style)
        return shown

    def _show_spread(self, line: Line, style: TextStyle) -> Shown:
        """Widen by character spacing: programs that copy text see it as part of the word."""
        table = self._tables[style.family]
        gaps = line.gaps or (0.0,) * len(line.clusters)
        runs = groupby(
            zip(line.clusters, gaps, strict=True), lambda pair: (table[pair[0]][0], round(pair[1], 4))
        )
        parts = [
            f"{gap * style.size:.3f} Tc {piece(font, [table[cluster][1] for cluster, _ in run], style.size)}"
            for (font, gap), run in runs
        ]
        operators = " ".join((*parts, "0 Tc")) if parts else ""
        return Shown(operators, line.width, line.shift, _notes(line.clusters, style.family))

    def line(self, line: Line, style: TextStyle) -> Shown:
        """Return the operators of a line of a paragraph; paragraphs repeat from letter to letter."""
        key = (id(line), style.family, style.size)
        known = self._lines.get(key)
        if known is None:
            # The line is kept with its operators: while it lives, nothing else has its id.
            known = self._lines[key] = (line, self._show(line, style))
        return known[1]

    def _show(self, line: Line, style: TextStyle) -> Shown:
        table = self._tables[style.family]
        parts: list[str] = []
        codes: list[str] = []
        font = move = ""
        gaps = line.gaps or (0.0,) * len(line.clusters)
        for cluster, gap in zip(line.clusters, gaps, strict=True):
            steps = int(gap / GAP_STEP + _TINY) if gap > _MOST_MOVED else 0
            name, code = table.wider(cluster, steps) if steps else table[cluster]
            if name != font:
                parts.append(piece(font, codes, style.size))
                font, codes = name, []
            # A move stands before what it moves: pdfium forgets one at the end of a run.
            codes += (move, code)
            moved = gap - steps * GAP_STEP
            move = f">{-moved * 1000:.0f}<" if abs(moved) > _TINY else ""
        parts.append(piece(font, codes, style.size))
        notes = _notes(line.clusters, style.family)
        return Shown(" ".join(filter(None, parts)), line.width, line.shift, notes)

    def qr(self, text: str, side: float, level: qr.Level) -> str:
        """Return the name of a QR code that pages of this PDF can show."""
        return self.forms.setdefault((text, side, level), f"Q{len(self.forms) + 1}")


def piece(font: str, codes: list[str], size: float) -> str:
    """Return the operators of one run in one font; ``>-500<`` among the codes moves the pen."""
    if not codes:
        return ""
    run = f"<{''.join(codes)}>"
    # PDFium passes over a move before an empty string: one at the end of a run stands without.
    shown = f"[{run.removesuffix('<>')}] TJ" if run.count(">") > 1 else f"{run} Tj"
    return f"/{font} {size:g} Tf {shown}"


def _notes(units: Sequence[str], family: Family) -> tuple[Note, ...]:
    table = glyphs(family)
    faults = {unit: fault for unit in units if (fault := table[unit].fault) is not None}
    if not faults:
        return ()
    context = "".join(units)
    return tuple(Note(_REMARK_OF_FAULT[fault], unit, context) for unit, fault in faults.items())

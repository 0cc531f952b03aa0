"""Faces inside one PDF: only the glyphs that were used, addressed by number, copied out as text.

ReportLab's own TrueType support knows one glyph for one character and splits Japanese into many
256-character fonts; variation sequences cannot be said in it.  A composite font (Type0 with
Identity-H) holds them all, and its ToUnicode map gives the whole sequence back to who copies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from fujisawa_desktop.documents.fonts import POSTSCRIPT_NAMES, Face, Family, Glyph, font_file, glyphs

_SYMBOLIC: Final = 4
_STEM_WIDTH: Final = 80
_ROWS_PER_BLOCK: Final = 100
_GLYPHS_PER_FONT: Final = 60_000
"""Glyph numbers of a font file end at 65,535; what composite glyphs are made of needs room too."""
GAP_STEP: Final = 0.05
"""Ems by which a character can be set wider than its glyph."""


class _Part:
    """One font object: the glyphs of a face used so far; number i of the font is ``glyphs[i]``."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.glyphs = [Glyph(face, 0, 1.0, "", None)]

    def add(self, glyph: Glyph) -> int:
        self.glyphs.append(glyph)
        return len(self.glyphs) - 1


class DocumentFonts:
    """All faces of one document; fonts come into being with the first character that needs them."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._open: dict[Face, _Part] = {}
        self._codes: dict[tuple[Face, int, str, float], tuple[str, str]] = {}

    def code(self, glyph: Glyph) -> tuple[str, str]:
        """Return the name of the font object and the hexadecimal code that draw ``glyph``."""
        key = (glyph.face, glyph.number, glyph.text, glyph.width)
        found = self._codes.get(key)
        if found is None:
            part = self._part(glyph.face)
            found = self._codes[key] = (part.name, f"{part.add(glyph):04x}")
        return found

    def _part(self, face: Face) -> _Part:
        part = self._open.get(face)
        if part is None or len(part.glyphs) >= _GLYPHS_PER_FONT:
            part = self._open[face] = _Part(face, f"F{len(self._parts) + 1}")
            self._parts.append(part)
        return part

    def dictionary(self, document: Any) -> Any:
        """Return the font resources of all pages, with the subsets embedded in ``document``."""
        return pdfdoc.PDFDictionary(
            {
                part.name: document.Reference(_font_object(part, number, document))
                for number, part in enumerate(self._parts)
            }
        )


class CodeTable(dict[str, tuple[str, str]]):
    """For one family in one document: cluster → (font name, code)."""

    def __init__(self, family: Family, fonts: DocumentFonts) -> None:
        """Begin empty; a cluster is looked up when it is first printed."""
        super().__init__()
        self._glyphs = glyphs(family)
        self._fonts = fonts
        self._wider: dict[tuple[str, int], tuple[str, str]] = {}

    def wider(self, cluster: str, steps: int) -> tuple[str, str]:
        """Return what draws a cluster with white at its right: so many ``GAP_STEP`` of an em.

        The white is part of the character's width.  Were the pen moved instead, programs that copy text
        out of a PDF would see a space between the two characters.
        """
        code = self._wider.get((cluster, steps))
        if code is None:
            glyph = self._glyphs[cluster]
            wide = glyph._replace(width=round(glyph.width + steps * GAP_STEP, 4))
            code = self._wider[cluster, steps] = self._fonts.code(wide)
        return code

    def __missing__(self, cluster: str) -> tuple[str, str]:
        """Find the glyph of a cluster and give it a place in the document's fonts."""
        code = self[cluster] = self._fonts.code(self._glyphs[cluster])
        return code


def _stream(document: Any, content: bytes, **entries: object) -> Any:
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), content=content, filters=[pdfdoc.PDFZCompress])
    return document.Reference(stream)


def _font_object(part: _Part, number: int, document: Any) -> Any:
    file = font_file(part.face)
    name = pdfdoc.PDFName(f"{_tag(number)}+{POSTSCRIPT_NAMES[part.face]}")
    subset = file.subset([glyph.number for glyph in part.glyphs])
    metrics = file.metrics()
    descriptor = pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": _SYMBOLIC,
            "FontBBox": pdfdoc.PDFArray(metrics.bbox),
            "ItalicAngle": 0,
            "Ascent": metrics.ascent,
            "Descent": metrics.descent,
            "CapHeight": metrics.ascent,
            "StemV": _STEM_WIDTH,
            "FontFile2": _stream(document, subset, Length1=len(subset)),
        }
    )
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
            "CIDToGIDMap": "/Identity",
            "FontDescriptor": document.Reference(descriptor),
            "DW": 1000,
            "W": _widths(part),
        }
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": _stream(document, _to_unicode(part)),
        }
    )


def _tag(number: int) -> str:
    """Return the six letters that mark a subset of a font."""
    return "".join(chr(ord("A") + number // 26**place % 26) for place in reversed(range(6)))


def _widths(part: _Part) -> str:
    others = (
        f"{number} [{glyph.width * 1000:.0f}]"
        for number, glyph in enumerate(part.glyphs)
        if round(glyph.width * 1000) != 1000
    )
    return f"[{' '.join(others)}]"


def _to_unicode(part: _Part) -> bytes:
    """Return the map from codes to the text that is copied out of the PDF."""
    rows = [
        f"<{number:04x}> <{glyph.text.encode('utf-16-be').hex()}>"
        for number, glyph in enumerate(part.glyphs)
        if glyph.text
    ]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *_blocks(rows),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    ).encode("ascii")


def _blocks(rows: list[str]) -> Iterator[str]:
    for start in range(0, len(rows), _ROWS_PER_BLOCK):
        block = rows[start : start + _ROWS_PER_BLOCK]
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"

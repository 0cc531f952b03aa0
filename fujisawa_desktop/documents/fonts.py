"""The bundled faces, which of them draws a character, and which characters none can draw.

Text is set in BIZ UD明朝; a character it lacks comes from IPAmj明朝.  A variation sequence
(葛 + U+E0100) is drawn as that very form when one of the fonts has it: BIZ UD knows the
Adobe-Japan1 sequences, IPAmj the Moji_Joho ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from fujisawa_desktop.documents.characters import clean, clusters, code_label, is_private, split
from fujisawa_desktop.documents.truetype import TrueTypeFile
from fujisawa_desktop.paths import resources_dir

GETA: Final = "〓"
"""The printers' sign for a character that is not there."""
_REPLACEMENT: Final = 0xFFFD


class Face(Enum):
    """A bundled font file; the value is its path below ``resources/fonts``."""

    __hash__ = object.__hash__  # Enum's own is written in Python, and every text set asks for it

    MINCHO = "bizud/BIZUDMincho-Regular.ttf"
    PROPORTIONAL_MINCHO = "bizud/BIZUDPMincho-Regular.ttf"
    GOTHIC = "bizud/BIZUDPGothic-Regular.ttf"
    GOTHIC_BOLD = "bizud/BIZUDPGothic-Bold.ttf"
    RARE_MINCHO = "ipamj/ipamjm.ttf"


POSTSCRIPT_NAMES: Final[Mapping[Face, str]] = {
    Face.MINCHO: "BIZUDMincho-Regular",
    Face.PROPORTIONAL_MINCHO: "BIZUDPMincho-Regular",
    Face.GOTHIC: "BIZUDPGothic-Regular",
    Face.GOTHIC_BOLD: "BIZUDPGothic-Bold",
    Face.RARE_MINCHO: "IPAmjMincho",
}


class Family(Enum):
    """How a text is set; the value lists the faces in the order in which they are asked."""

    __hash__ = object.__hash__

    MINCHO = (Face.MINCHO, Face.RARE_MINCHO)
    GOTHIC = (Face.GOTHIC, Face.RARE_MINCHO)
    GOTHIC_BOLD = (Face.GOTHIC_BOLD, Face.RARE_MINCHO)


class Fault(StrEnum):
    """Why a character does not stand on paper as it was typed."""

    PRIVATE_USE = "private-use"
    MISSING = "missing"
    BASE_FORM = "base-form"


class Glyph(NamedTuple):
    """What is drawn for one cluster."""

    face: Face
    number: int
    width: float
    """In ems."""
    text: str
    """What is copied out of the PDF."""
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that is printed as 〓, or (``BASE_FORM``) without its special form."""

    text: str
    fault: Fault

    @property
    def code(self) -> str:
        """The code points, as ``U+845B U+E0100``."""
        return code_label(self.text)


@lru_cache(maxsize=len(Face))
def font_file(face: Face) -> TrueTypeFile:
    """Return the font of a face; it is opened when a character needs it for the first time."""
    return TrueTypeFile(resources_dir() / "fonts" / face.value)


class _Glyphs(dict[str, Glyph]):
    """The glyphs of a family that were needed so far, looked up once each."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._family = family

    def __missing__(self, cluster: str) -> Glyph:
        glyph = self[cluster] = _find_glyph(self._family, cluster)
        return glyph


@lru_cache(maxsize=len(Family))
def glyphs(family: Family) -> Mapping[str, Glyph]:
    """Return the mapping from cluster to glyph of a family; every cluster has one."""
    return _Glyphs(family)


def _find_glyph(family: Family, cluster: str) -> Glyph:
    codepoint, selector = split(cluster)
    if is_private(codepoint):
        return glyphs(family)[GETA]._replace(fault=Fault.PRIVATE_USE)
    if codepoint != _REPLACEMENT:
        if selector:
            for face in family.value:
                number = font_file(face).variation(codepoint, selector)
                if number:
                    return _glyph(face, number, cluster, None)
        for face in _faces(family, codepoint):
            number = font_file(face).glyph(codepoint)
            if number:
                fault = Fault.BASE_FORM if selector else None
                return _glyph(face, number, cluster[0] if selector else cluster, fault)
    return glyphs(family)[GETA]._replace(fault=Fault.MISSING)


def _faces(family: Family, codepoint: int) -> tuple[Face, ...]:
    is_letter = codepoint < 0x250 and chr(codepoint).isalpha()
    if family is Family.MINCHO and is_letter:
        # BIZ UD明朝 sets letters on half an em like digits; words read better in their own widths.
        return (Face.PROPORTIONAL_MINCHO, *family.value)
    return family.value


def _glyph(face: Face, number: int, text: str, fault: Fault | None) -> Glyph:
    return Glyph(face, number, font_file(face).advance(number), text, fault)


def missing_characters(texts: Iterable[str]) -> list[MissingCharacter]:
    """Return every character of ``texts`` that no bundled font draws as typed, each once, in order."""
    found: dict[str, Fault] = {}
    table = glyphs(Family.MINCHO)
    for text in texts:
        if text.isascii():
            continue
        for cluster in clusters(clean(text)):
            fault = table[cluster].fault if cluster != "\n" else None
            if fault is not None:
                found.setdefault(cluster, fault)
    return [MissingCharacter(text, fault) for text, fault in found.items()]

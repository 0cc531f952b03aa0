"""Letters the window's typeface lacks, as 𠮷: the typeface of the papers is taken in when one is met.

IPAmj明朝 is 46 MB.  Few offices ever meet a name that needs it on the screen, so nobody pays for it at
the start: widgets show their texts to `meet`, which looks only at letters it has not seen yet.
"""

from __future__ import annotations

import logging
import unicodedata
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.views.theme import FAMILIES

FAMILY: Final = "IPAmjMincho"
_FIRST_KANJI: Final = "\u3400"
_LETTERS: Final = frozenset({"Lo", "Co"})
_log: Final = logging.getLogger(__name__)


class _Letters:
    """What was looked at so far."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.asked = False
        self.taken_in = False


_letters: Final = _Letters()


def meet(text: str) -> None:
    """Look at a text that is about to be shown; a letter nobody can show brings the typeface in."""
    if _letters.asked or text.isascii():
        return
    new = set(text).difference(_letters.seen)
    if not new:
        return
    _letters.seen.update(new)
    if lacking("".join(new)):
        _letters.asked = True
        # Not within the painting from which this may be called.
        QTimer.singleShot(0, take_in)


def meet_before_painting(text: str) -> None:
    """Look at all that is about to go on paper: unlike a widget, it is not painted a second time."""
    if not _letters.taken_in and lacking(text):
        _letters.asked = True
        take_in()


def are_taken_in() -> bool:
    """Tell whether rare letters can be shown by now; pictures kept from before may lack one."""
    return _letters.taken_in


def lacking(text: str) -> str:
    """Return the kanji of a text that none of the window's typefaces can show."""
    try:
        # BIZ UDPGothic holds all of CP932: of most texts nothing else need be asked.
        text.encode("cp932")
    except UnicodeEncodeError:
        kanji = (one for one in text if one >= _FIRST_KANJI and unicodedata.category(one) in _LETTERS)
        return "".join(one for one in kanji if not _is_shown(one))
    return ""


def _is_shown(letter: str) -> bool:
    there = set(QFontDatabase.families())
    faces = (QRawFont.fromFont(QFont(family)) for family in FAMILIES if family in there)
    return any(face.supportsCharacter(ord(letter)) for face in faces)


def take_in() -> None:
    """Let Qt look into IPAmj明朝 for letters the window's typeface lacks, and show everything anew."""
    if _letters.taken_in:
        return
    path = resources_dir() / "fonts" / "ipamj" / "ipamjm.ttf"
    # Qt asks the substitutes of a family letter by letter, after the family itself.
    QFont.insertSubstitution(FAMILIES[0], FAMILY)
    if not path.is_file() or QFontDatabase.addApplicationFont(str(path)) < 0:
        _log.info("no typeface for rare letters")
        return
    _letters.taken_in = True
    for widget in QApplication.allWidgets():
        if isinstance(widget, QTextEdit):
            document = widget.document()
            document.markContentsDirty(0, document.characterCount())
        elif isinstance(widget, QLineEdit):
            # A line keeps the shapes of its letters until it is given a font.
            QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))
        widget.update()

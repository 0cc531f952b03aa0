"""A length typed in millimetres, kept in tenths of them; the arrow keys change it by a tenth."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.views.widgets import ValueEdit

_LENGTH: Final = re.compile(r"[+-]?[0-9]{1,4}(?:\.[0-9]0*)?")
_MINUS: Final = str.maketrans("−‐–—ー", "-----")


def read_tenths(text: str) -> int:
    """Return tenths of a millimetre of ``1.2``, ``－０．３`` or ``+2 mm``.

    Raises:
        ValidationError: ``papers.shift-unreadable``.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS).strip().lower()
    plain = plain.removesuffix("ミリ").removesuffix("mm").strip().replace(" ", "")
    if not _LENGTH.fullmatch(plain):
        raise ValidationError("papers.shift-unreadable", field="shift", text=text)
    return int(Decimal(plain) * 10)


def show_tenths(tenths: int) -> str:
    """Return ``1.2`` or ``-0.3``."""
    return f"{Decimal(tenths) / 10:.1f}"


class MillimetreEdit(ValueEdit[int]):
    """A correction in millimetres."""

    def __init__(self) -> None:
        super().__init__(read_tenths, show_tenths, width=90)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_value(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows up and down add and take away a tenth of a millimetre."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not step or self.composing() or event.modifiers():
            super().keyPressEvent(event)
            return
        try:
            value = self.value() or 0
        except ValidationError:
            return
        self.set_value(value + step)
        self.value_changed.emit()

"""Flags of an entry as pills, the same wherever they are seen."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.rulings import FlagVerdict
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.widgets import PillText


def flag_pill(flag: str, verdict: FlagVerdict | None = None) -> PillText:
    """Return a flag that asks for a look; one that a clerk decided about says how, and asks no more."""
    word = _("Duplicate?") if flag == "duplicate" else term("flag", flag)
    if verdict is FlagVerdict.STANDS:
        return _("{flag}: out").format(flag=word), "wrong"
    return (word, "caution") if verdict is None else (_("{flag}: admitted").format(flag=word), "neutral")


def flag_pills(flags: Sequence[str], standing: Sequence[str]) -> list[PillText]:
    """Return flags of which none was waived; ``standing`` are those that a clerk said stand."""
    return [flag_pill(flag, FlagVerdict.STANDS if flag in standing else None) for flag in flags]

"""How a flag is decided about beside what others decided meanwhile: both decisions are shown, one stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.flag_views import FlagView
from fujisawa_desktop.services.rulings import FlagVerdict, RulingForm, ruling_form, ruling_shown
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving


def ruling_saving(
    save: Callable[..., Any], owner: QWidget, entry_id: int, view: FlagView, **more: object
) -> Saving[RulingForm]:
    """Return how a flag is decided about.

    Args:
        save: the use-case; takes entry, flag and the version of what was seen.
        owner: where the question stands.
        entry_id: whose flag.
        view: the flag with what was seen of its decision.
        more: further arguments of the use-case.
    """
    return Saving(
        save,
        base=ruling_shown(view.ruling),
        read=partial(ruling_form, entry_id=entry_id, flag=view.flag),
        row=RowOf("flag_ruling", where=(("entry_id", entry_id), ("flag", view.flag))),
        words=FormWords(
            owner,
            labels={"verdict": term("history", "flag_ruling.verdict"), "reason": _("Reason")},
            values={"verdict": _verdict_word},
        ),
        owner=owner,
        given=lambda form: {"version": form.version},
        more={"entry_id": entry_id, "flag": view.flag, **more},
        whole=True,
    )


def _verdict_word(verdict: object) -> str:
    return term("verdict", verdict) if isinstance(verdict, FlagVerdict) else _("not decided yet")

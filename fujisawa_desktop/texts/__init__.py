"""Every sentence the program says: one family of codes a module, one function to look them up.

Services raise codes and write codes into the journal; the window and the command line ask
here for the sentence.  Each module of this package may hold

``MESSAGES``  code of an error or warning → sentence,
``LABELS``    code of an act → what the act is called (a noun phrase),
``TERMS``     family → value → word, for states, kinds and fields.

All texts are message ids marked with ``N_`` and are translated here.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Final

from fujisawa_desktop.errors import AppError, Cancelled, fault_code, safe_trace
from fujisawa_desktop.i18n import (
    N_,
    _,
    format_date,
    format_datetime,
    format_minutes,
    format_time,
    format_yen,
    japanese,
)

_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?")
"""How the journal writes a date or a moment."""
_EARLIER: Final = N_("Earlier act")
_log = logging.getLogger(__name__)
GENERAL: Final = N_(
    "This could not be done, and nothing was changed. Try again; "
    "if it happens again, tell the person in charge of the program the code {code}."
)


class TextBook:
    """All texts of the modules of this package, merged.

    Attributes:
        messages, labels: code → message id.
        terms: family → value → message id.
    """

    def __init__(self) -> None:
        self.messages: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.terms: dict[str, dict[str, str]] = {}
        for module in pkgutil.iter_modules(__path__, f"{__name__}."):
            self._take(importlib.import_module(module.name))

    def _take(self, module: object) -> None:
        _merge(self.messages, getattr(module, "MESSAGES", {}))
        _merge(self.labels, getattr(module, "LABELS", {}))
        for family, words in getattr(module, "TERMS", {}).items():
            _merge(self.terms.setdefault(family, {}), words)


def _merge(into: dict[str, str], more: Mapping[str, str]) -> None:
    twice = sorted(set(into) & set(more))
    if twice:
        raise ValueError(twice)
    into.update(more)


@cache
def text_book() -> TextBook:
    """Return all texts, read at the first question: start-up does not wait for them."""
    return TextBook()


def message(error: BaseException) -> str:
    """Return the sentence for an error: what happened, why, what to do.

    What has no sentence of its own gets the general one.  Anything that is not an :class:`AppError` is a
    fault of the program: it is logged, without any value, under the code that the sentence names.
    """
    if isinstance(error, AppError):
        return message_for(error.code, error.params)
    if isinstance(error, Cancelled):
        return _("Stopped. Nothing was changed.")
    code = fault_code(error)
    _log.error("fault %s\n%s", code, safe_trace(error))
    return _(GENERAL).format(code=code)


def message_for(code: str, params: Mapping[str, Any]) -> str:
    """Return the sentence for a code; also for warnings and rejected rows of an import."""
    template = text_book().messages.get(code)
    if template is not None:
        try:
            return _(template).format(**_shown(params))
        except (KeyError, IndexError):
            pass  # a missing parameter must not hide that something happened
    return _(GENERAL).format(code=code)


def label(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return what an act of the journal is called; a taken-back act is named by the act itself."""
    params = params or {}
    template = text_book().labels.get(code)
    if template is None:
        return _("Earlier act")
    try:
        return _(template).format(**_shown({name: _read(value) for name, value in params.items()}))
    except (KeyError, IndexError):
        return _("Earlier act")


def labels_with(words: str) -> frozenset[str]:
    """Return the codes of acts whose names hold some words, in the person's language."""
    wanted = words.casefold()
    return frozenset(code for code, text in text_book().labels.items() if wanted in _(text).casefold())


def paper_label(code: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the Japanese name of an act: paper is Japanese, whatever the window speaks."""
    template = text_book().labels.get(code)
    if template is None:
        return japanese()(_EARLIER)
    try:
        shown = _shown({name: _read(value) for name, value in (params or {}).items()})
        return japanese()(template).format(**shown)
    except (KeyError, IndexError):
        return japanese()(_EARLIER)


def term(family: str, value: object) -> str:
    """Return the word for a state, kind or field; an unknown one is shown as it is."""
    key = str(value.value if isinstance(value, Enum) else value)
    found = text_book().terms.get(family, {}).get(key)
    return _(found) if found is not None else key


def paper_term(family: str, value: object) -> str:
    """Return the Japanese word for a value: paper is Japanese, whatever the window speaks."""
    key = str(value.value if isinstance(value, Enum) else value)
    found = text_book().terms.get(family, {}).get(key)
    return japanese()(found) if found is not None else key


def _read(value: object) -> object:
    """Return the date or the moment which the journal wrote as text; anything else as it is."""
    if isinstance(value, str) and (found := _WRITTEN.fullmatch(value)):
        return datetime.fromisoformat(value) if found[1] else date.fromisoformat(value)
    return value


_AMOUNTS: Final = frozenset(
    {
        "added",
        "cells",
        "changed",
        "count",
        "entries",
        "files",
        "found",
        "least",
        "letters",
        "limit",
        "most",
        "people",
        "places",
        "rows",
        "total",
    }
)
"""Parameters that say how many: years, numbers of rows and of acts are names, and have no sign between."""


def _shown(params: Mapping[str, Any]) -> dict[str, str]:
    shown = {name: _shown_one(name, value) for name, value in params.items()}
    # An undo names the act it takes back, an error the act that stands in the way.
    for code, inner in (("code", "params"), ("act_code", "act_params")):
        if isinstance(params.get(code), str):
            shown["act"] = label(params[code], params.get(inner))
    return shown


def _shown_one(name: str, value: object) -> str:  # noqa: PLR0911 - one line for each kind of value
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        if name.endswith("_hm"):
            return format_minutes(value)
        if name.endswith("_yen"):
            return format_yen(value)
        return f"{value:,}" if name in _AMOUNTS else str(value)
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _(", ").join(_shown_one(name, item) for item in value)
    return term(name, value)

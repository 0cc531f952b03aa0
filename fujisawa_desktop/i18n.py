"""Texts in the language of the person, and the forms of dates, hours and yen on screen.

Message ids are English; the Japanese and English catalogues live in ``i18n/``.  Papers do
not use this module: their wording is data, always Japanese.
"""

from __future__ import annotations

import gettext as _stdlib
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from typing import Final

from fujisawa_desktop.paths import locale_dir

LANGUAGES: Final = ("ja", "en")
DOMAIN: Final = "fujisawa_desktop"
_DATE_PATTERNS: Final = {
    ("ja", True): "y年M月d日（EEE）",
    ("ja", False): "M月d日（EEE）",
    ("en", True): "EEE, d MMM y",
    ("en", False): "EEE, d MMM",
}


class _Catalogue:
    """The catalogue in use; one process speaks one language at a time."""

    def __init__(self) -> None:
        self.language = "ja"
        self.translations: _stdlib.NullTranslations | None = None

    def get(self) -> _stdlib.NullTranslations:
        if self.translations is None:
            self.translations = _stdlib.translation(
                DOMAIN, str(locale_dir()), languages=[self.language], fallback=True
            )
        return self.translations


_catalogue = _Catalogue()


def set_language(language: str) -> None:
    """Choose ``ja`` or ``en`` for all texts from now on."""
    if language not in LANGUAGES:
        raise ValueError(language)
    _catalogue.language = language
    _catalogue.translations = None


def language() -> str:
    """Return the language in use."""
    return _catalogue.language


def _(message: str) -> str:
    """Translate a message id."""
    return _catalogue.get().gettext(message)


@cache
def japanese() -> Callable[[str], str]:
    """Return what translates a message id into Japanese, whatever the window speaks: for paper."""
    return _stdlib.translation(DOMAIN, str(locale_dir()), languages=["ja"], fallback=True).gettext


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a message id that depends on a count."""
    return _catalogue.get().ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """Translate a message id whose meaning depends on its place."""
    return _catalogue.get().pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the customary marker name
    """Mark a message id for the catalogue; it is translated where it is shown."""
    return message


def weekday(day: date) -> str:
    """Return the one-kanji weekday (月) or its English short form (Mon)."""
    return _weekdays(_catalogue.language)[day.weekday()]


@cache
def _weekdays(language: str) -> dict[int, str]:
    from babel.dates import get_day_names  # noqa: PLC0415 - no window needs it before its first date

    return {number: str(name) for number, name in get_day_names("abbreviated", locale=language).items()}


def format_date(day: date, *, year: bool = True) -> str:
    """Return ``2024年10月1日（火）`` or ``Tue, 1 Oct 2024``; without the year, ``10月1日（火）``."""
    from babel.dates import format_date as formatted  # noqa: PLC0415 - see above

    pattern = _DATE_PATTERNS[_catalogue.language, year]
    return str(formatted(day, pattern, locale=_catalogue.language))


def read_dates() -> None:
    """Read what dates are written with, on a worker: the first date would stop the window for 0.1 s."""
    weekday(date.min)
    format_date(date.min)


def format_short_date(day: date) -> str:
    """Return ``10/1``."""
    return f"{day.month}/{day.day}"


def format_time(moment: time | datetime) -> str:
    """Return ``9:00``."""
    return f"{moment.hour}:{moment.minute:02d}"


def format_datetime(moment: datetime) -> str:
    """Return ``10/25 17:02`` with the year when it is needed by the reader: ``2024/10/25 17:02``."""
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour:02d}:{moment.minute:02d}"


def format_minutes(minutes: int) -> str:
    """Return whole minutes as ``59:45``; less than nothing as ``-2:50``."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{hours}:{rest:02d}"


def format_yen(amount: int) -> str:
    """Return ``75,166`` (the unit stands in the heading or the sentence)."""
    return f"{amount:,}"

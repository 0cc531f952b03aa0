"""The wording of papers: text files with Japanese placeholders, and how figures are written in them.

Papers are Japanese whatever language the window speaks; so their words are data in
``resources/notices`` and never go through the catalogues.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any, Final

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.calendar import era_date, era_fiscal_year, weekday_kanji, western_era_date
from fujisawa_desktop.rules.figures import DIGIT_STYLES, DigitStyle
from fujisawa_desktop.services.wording_template import TemplateError, template

_DATE_STYLES: Final = {"era": era_date, "western-era": western_era_date}
_NOON: Final = time(12)
MINUS: Final = "△"
"""How papers of public finance write less than nothing."""


class Wording:
    """The texts of one kind of paper; a key that is missing is named, with its file."""

    def __init__(self, file: str, data: Mapping[str, Any]) -> None:
        self.file = file
        self.data = data

    def _value(self, key: str, kind: type) -> Any:
        value = self.data.get(key)
        if not isinstance(value, kind):
            raise InputFileError("papers.wording-key", file=self.file, key=key)
        return value

    def text(self, key: str) -> str:
        """Return one text."""
        value: str = self._value(key, str)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(str(part) for part in self._value(key, list))

    def flag(self, key: str) -> bool:
        """Return a choice of yes or no."""
        value: bool = self._value(key, bool)
        return value

    def part(self, key: str) -> Wording:
        """Return the texts below a heading."""
        return Wording(self.file, self._value(key, dict))

    def parts(self, key: str) -> list[Wording]:
        """Return a list of tables."""
        return [Wording(self.file, table) for table in self._value(key, list)]

    def words(self, key: str) -> Mapping[str, str]:
        """Return a table of words."""
        return {name: str(word) for name, word in self._value(key, dict).items()}

    def fill(self, text: str, values: Mapping[str, str]) -> str:
        """Return ``text`` with its placeholders filled; empty when all that it prints are empty.

        Raises:
            InputFileError: ``papers.placeholder-unknown`` or ``papers.placeholder-broken``.
        """
        try:
            return template(text).fill(values)
        except TemplateError as error:
            fault = error.fault
            raise InputFileError(fault.code, file=self.file, word=fault.word, line=fault.line) from error

    def said(self, key: str, **values: object) -> str:
        """Return the text at ``key`` filled with these values; raises as :meth:`fill`."""
        return self.fill(self.text(key), {name: str(value) for name, value in values.items()})

    def fill_all(self, texts: Sequence[str], values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the texts filled, without those that come out empty."""
        return tuple(filter(None, (self.fill(text, values) for text in texts)))

    @property
    def digit_style(self) -> DigitStyle:
        """How this paper writes its figures; half width where it does not say.

        Raises:
            InputFileError: ``papers.wording-key``, a style that does not exist.
        """
        name = self.data.get("digit_style", "half")
        found = next((style for style in DIGIT_STYLES if style == name), None)
        if found is None:
            raise InputFileError("papers.wording-key", file=self.file, key="digit_style")
        return found

    def day(self, day: date) -> str:
        """Return a date in this paper's style: 令和6年10月1日, or 2024年（令和6年）10月1日."""
        style = _DATE_STYLES.get(self.text("date_style"))
        if style is None:
            raise InputFileError("papers.wording-key", file=self.file, key="date_style")
        return style(day)

    def day_and_weekday(self, day: date) -> str:
        """Return 令和6年10月1日（火）."""
        return f"{self.day(day)}（{weekday_kanji(day)}）"

    def month(self, year: int, month: int) -> str:
        """Return 令和6年12月, in this paper's style of dates."""
        return self.day(date(year, month, 1)).removesuffix("1日")

    def fiscal_year(self, year: int) -> str:
        """Return 令和6年度, or 2024年度（令和6年度）; ``year`` is that of its April."""
        era = era_fiscal_year(year)
        return era if self.text("date_style") == "era" else f"{year}年度（{era}）"

    def moment(self, moment: datetime) -> str:
        """Return 令和6年10月25日 17:02, as when a list was printed."""
        return f"{self.day(moment.date())} {clock_short(moment.time())}"

    def period_and_weekdays(self, first: date, last: date) -> str:
        """Return 令和6年10月30日（水）から11月8日（金）まで: the year is named once."""
        same_year = first.year == last.year
        end = (
            f"{last.month}月{last.day}日（{weekday_kanji(last)}）"
            if same_year
            else self.day_and_weekday(last)
        )
        return f"{self.day_and_weekday(first)}から{end}まで"

    def span(self, first: date, last: date) -> str:
        """Return 令和6年12月1日～令和7年1月31日, for forms."""
        return f"{self.day(first)}～{self.day(last)}"

    def period(self, first: date, last: date) -> str:
        """Return 令和6年12月1日から令和7年1月31日まで."""
        return f"{self.day(first)}から{self.day(last)}まで"


@lru_cache(maxsize=32)
def wording(name: str, folder: str = "notices") -> Wording:
    """Return the texts of one paper, or of another ``folder`` of ``resources``, as they ship.

    Raises:
        InputFileError: the file is missing or is not TOML in UTF-8.
    """
    path = resources_dir() / folder / f"{name}.toml"
    try:
        return Wording(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputFileError("papers.wording-missing", file=path.name) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputFileError("papers.wording-broken", file=path.name) from error


def clock(moment: time) -> str:
    """Return a time in a letter: 午前10時00分, 正午, 午後1時30分."""
    if moment == _NOON:
        return "正午"
    if moment < _NOON:
        return f"午前{moment.hour}時{moment.minute:02d}分"
    return f"午後{moment.hour - _NOON.hour}時{moment.minute:02d}分"


def hours(minutes: int) -> str:
    """Return a span in a letter or a form: 60時間, 54時間20分; less than nothing: △2時間50分."""
    whole, rest = divmod(abs(minutes), 60)
    sign = MINUS if minutes < 0 else ""
    return f"{sign}{whole}時間{rest}分" if rest else f"{sign}{whole}時間"


def clock_short(moment: time) -> str:
    """Return a time in a table: 9:00."""
    return f"{moment.hour}:{moment.minute:02d}"


def span_short(minutes: int) -> str:
    """Return a span in a table: 5:45; less than nothing: △2:50."""
    whole, rest = divmod(abs(minutes), 60)
    return f"{MINUS if minutes < 0 else ''}{whole}:{rest:02d}"

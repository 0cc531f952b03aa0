"""Days of a city hall: eras, fiscal years, closed days, and every written form of a date.

Sources: domain rules 1.9 (closed days), 3.1 (eras and fiscal years), 3.2 (serial numbers of
spreadsheets) and 5.5 (what export files hold).  Dates are local and without zone.
"""

from __future__ import annotations

import calendar as _months
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from fujisawa_desktop.errors import ValidationError

WEEKDAYS: Final = "月火水木金土日"
HOLIDAYS_PUBLISHED_THROUGH: Final = 2026
"""Last year whose equinox days the government has published; later ones are a forecast."""
_FIRST_YEAR: Final = 1868
_LAST_YEAR: Final = 2199
_SERIAL_EPOCH: Final = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Era:
    """One era: its name, letter, first day, and the first fiscal year that bears its name."""

    name: str
    letter: str
    first_day: date
    first_fiscal_year: int


ERAS: Final = (
    Era("令和", "R", date(2019, 5, 1), 2019),
    Era("平成", "H", date(1989, 1, 8), 1989),
    Era("昭和", "S", date(1926, 12, 25), 1927),
    Era("大正", "T", date(1912, 7, 30), 1912),
    Era("明治", "M", date(1868, 1, 25), 1868),
)
"""All eras, newest first; a new era is one more line.  The fiscal year of a change of era takes
the new name as a whole when the change fell into its first months (令和元年度)."""


class ClosedReason(StrEnum):
    """Why the city hall is closed on a day."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    YEAR_END = "year-end"
    CITY = "city"


# --- writing -----------------------------------------------------------------


def _era_year(number: int) -> str:
    return "元" if number == 1 else str(number)


def _era_of(day: date) -> Era | None:
    return next((era for era in ERAS if day >= era.first_day), None)


def fiscal_year(day: date) -> int:
    """Return the western year in which the fiscal year (April to March) of ``day`` began."""
    return day.year if day.month >= 4 else day.year - 1


def era_date(day: date) -> str:
    """Return ``令和6年12月1日``; the first year of an era is 元年, days before 明治 stay western."""
    era = _era_of(day)
    year = str(day.year) if era is None else f"{era.name}{_era_year(day.year - era.first_day.year + 1)}"
    return f"{year}年{day.month}月{day.day}日"


def era_fiscal_year(year: int) -> str:
    """Return ``令和6年度`` for the fiscal year that begins in April of ``year``.

    A fiscal year has one name: 2019 is 令和元年度 as a whole, 1988 is 昭和63年度 as a whole.
    """
    era = next((era for era in ERAS if year >= era.first_fiscal_year), None)
    if era is None:
        return f"{year}年度"
    return f"{era.name}{_era_year(year - era.first_day.year + 1)}年度"


def western_era_date(day: date) -> str:
    """Return ``2024年（令和6年）10月1日``, the order of the city's own releases."""
    era = _era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    year = _era_year(day.year - era.first_day.year + 1)
    return f"{day.year}年（{era.name}{year}年）{day.month}月{day.day}日"


def weekday_kanji(day: date) -> str:
    """Return the weekday as one character, ``月`` to ``日``."""
    return WEEKDAYS[day.weekday()]


# --- reading -----------------------------------------------------------------

_ERA_BY_MARK: Final = {mark: era for era in ERAS for mark in (era.name, era.letter)}
_ERA: Final = "(?P<era>" + "|".join(_ERA_BY_MARK) + ")"
_WEEKDAY: Final = re.compile(r"\s*(?:\(\s*[月火水木金土日]\s*(?:曜日?)?\s*\)|[月火水木金土日]曜日?)\s*")
_SEPARATOR: Final = r"\s*[-/.年‐−]\s*"
_MONTH_AND_DAY: Final = r"(?P<month>\d{1,2})\s*[-/.月‐−]\s*(?P<day>\d{1,2})\s*日?"
_DAY_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}}){_SEPARATOR}{_MONTH_AND_DAY}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"{_ERA}\s*(?P<year>\d{{1,3}}|元){_SEPARATOR}{_MONTH_AND_DAY}",
        rf"{_ERA}(?P<year>\d{{2}})(?P<month>\d{{2}})(?P<day>\d{{2}})",
    )
)
_ENGLISH_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_ENGLISH_DAY: Final = re.compile(
    r"(?:[A-Z]{3},?\s+)?(?P<day>\d{1,2})\s+(?P<month>[A-Z]{3})[A-Z]*\.?,?\s+(?P<year>\d{4})"
)
"""As the window writes a day in English: Tue, 1 Oct 2024."""
_MONTH_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}}){_SEPARATOR}(?P<month>\d{{1,2}})\s*月?",
        r"(?P<year>\d{4})(?P<month>\d{2})",
        rf"{_ERA}\s*(?P<year>\d{{1,3}}|元){_SEPARATOR}(?P<month>\d{{1,2}})\s*月?",
    )
)
_SERIAL: Final = re.compile(r"(?P<days>\d{5})(?P<fraction>\.\d+)?")
_TIME: Final = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s*"
    r"(?:(?P<hour>\d{1,2})(?:\s*[:時]\s*(?:(?P<minute>\d{1,2})(?:\s*[:分]\s*(?P<second>\d{1,2})(?:\.\d+)?\s*秒?)?\s*分?"
    r"|(?P<half_past>半))?)?|(?P<digits>\d{3,4}))"
    r"\s*(?P<suffix>AM|PM)?"
)
_DAY_FRACTION: Final = re.compile(r"0\.\d+")
_DATE_AND_TIME: Final = re.compile(
    r"(?P<date>.*?\d\s*日|\S*?\d)(?:T|\s+|(?<=日))(?P<time>\S.*?)(?:\+09:?00)?"
)
_USUAL_MOMENT: Final = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII
)
"""As nearly every portal writes it; whatever is no real moment goes the long way, which says why."""
_DIGITS_ONLY_MOMENT: Final = re.compile(r"(?P<date>\d{8})(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?")
_GRADUATION: Final = re.compile(r"\s*(?:卒業|修了)?(?:見込み?|予定)?$")


def _plain(text: str) -> str:
    if text.isascii():
        return text.strip().upper()
    # The weekday repeats what the date says: it is not read.
    return _WEEKDAY.sub(" ", unicodedata.normalize("NFKC", text)).strip().upper()


def _year_of(match: re.Match[str]) -> int:
    written = match["year"]
    mark = match.groupdict().get("era")
    number = 1 if written == "元" else int(written)
    if mark is None:
        return number
    if number == 0:
        return 0
    return _ERA_BY_MARK[mark].first_day.year + number - 1


def _real_day(year: int, month: int, day: int, text: str) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValidationError("date.no-such-day", field="date", text=text.strip())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError("date.no-such-day", field="date", text=text.strip()) from error


def _match_day(plain: str, text: str) -> date | None:
    for pattern in _DAY_PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _real_day(_year_of(match), int(match["month"]), int(match["day"]), text)
    match = _ENGLISH_DAY.fullmatch(plain)
    if match and match["month"] in _ENGLISH_MONTHS:
        month = _ENGLISH_MONTHS.index(match["month"]) + 1
        return _real_day(int(match["year"]), month, int(match["day"]), text)
    match = _SERIAL.fullmatch(plain)
    if match and int(match["days"]) >= 10_000:
        return _SERIAL_EPOCH + timedelta(days=int(match["days"]))
    return None


def parse_date(text: str) -> date:
    """Read a day in any form a portal, a spreadsheet or a clerk writes.

    Western and era years, ``R6.10.1``, ``20241001``, full-width digits, a weekday in brackets,
    ``Tue, 1 Oct 2024``, a trailing time of day (dropped) and the serial number of a spreadsheet (45566).

    Raises:
        ValidationError: ``date.unreadable``, or ``date.no-such-day`` for a day like 2/30;
            ``time.…`` when what follows the day is no time.
    """
    plain = _plain(text)
    day = _match_day(plain, text)
    return day if day is not None else _split_moment(plain, text)[0]


def _split_moment(plain: str, text: str) -> tuple[date, time]:
    match = _DATE_AND_TIME.fullmatch(plain)
    day = _match_day(match["date"], text) if match else None
    if match is None or day is None:
        raise ValidationError("date.unreadable", field="date", text=text.strip())
    return day, parse_time(match["time"])


def parse_datetime(text: str) -> datetime:
    """Read a day with a time; a day alone means its first minute, ``45570.5`` means noon.

    Raises:
        ValidationError: ``date.unreadable``, ``date.no-such-day`` or a code of `parse_time`.
    """
    if usual := _USUAL_MOMENT.fullmatch(text):
        moment = _moment_of(*map(int, usual.groups("0")))
        if moment is not None:
            return moment
    plain = _plain(text)
    serial = _SERIAL.fullmatch(plain)
    if serial and int(serial["days"]) >= 10_000:
        seconds = round(float(serial["fraction"] or 0) * 86_400)
        return datetime.combine(_SERIAL_EPOCH, time()) + timedelta(days=int(serial["days"]), seconds=seconds)
    packed = _DIGITS_ONLY_MOMENT.fullmatch(plain)
    if packed:
        clock = _real_time(int(packed["hour"]), int(packed["minute"]), int(packed["second"] or 0), text)
        return datetime.combine(parse_date(packed["date"]), clock)
    day = _match_day(plain, text)
    if day is not None:
        return datetime.combine(day, time())
    return datetime.combine(*_split_moment(plain, text))


def _moment_of(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _real_time(hour: int, minute: int, second: int, text: str) -> time:
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise ValidationError("time.no-such-time", field="time", text=text.strip()) from error


def _hour_of(match: re.Match[str], text: str) -> int:
    if match["digits"]:
        return int(match["digits"][:-2])
    hour = int(match["hour"])
    half = match["half"] or match["suffix"]
    if half is None:
        return hour
    if hour > 12:
        raise ValidationError("time.no-such-time", field="time", text=text.strip())
    # 午後0時 and 12 PM are both noon; 午前12時 and 12 AM are both midnight.
    return hour % 12 + (12 if half in {"午後", "PM"} else 0)


def parse_time(text: str) -> time:
    """Read a time of day: ``9:00``, ``９：００``, ``9時30分``, ``9時半``, ``0900``, ``午後1時``, ``1:30 PM``.

    A number between 0 and 1 is the part of a day that a spreadsheet stores (0.375 = 9:00).

    Raises:
        ValidationError: ``time.unreadable`` or ``time.no-such-time``.
    """
    plain = _plain(text)
    if _DAY_FRACTION.fullmatch(plain):
        minutes = round(float(plain) * 1440)
        return _real_time(minutes // 60, minutes % 60, 0, text)
    match = _TIME.fullmatch(plain)
    if match is None or (match["half"] and match["suffix"]):
        raise ValidationError("time.unreadable", field="time", text=text.strip())
    if match["digits"] and (match["half"] or match["suffix"]):
        raise ValidationError("time.unreadable", field="time", text=text.strip())
    if match["half_past"]:
        minute = 30
    elif match["digits"]:
        minute = int(match["digits"][-2:])
    else:
        minute = int(match["minute"] or 0)
    return _real_time(_hour_of(match, text), minute, int(match["second"] or 0), text)


def parse_year_month(text: str) -> tuple[int, int]:
    """Read a month such as ``2026年3月``, ``2027/3``, ``202603``, ``令和8年3月卒業見込`` or a day of it.

    Raises:
        ValidationError: ``month.unreadable`` or ``month.no-such-month``.
    """
    plain = _GRADUATION.sub("", _plain(text)).strip()
    for pattern in _MONTH_PATTERNS:
        match = pattern.fullmatch(plain)
        if match:
            return _real_month(_year_of(match), int(match["month"]), text)
    try:
        day = parse_date(plain)
    except ValidationError as error:
        raise ValidationError("month.unreadable", field="month", text=text.strip()) from error
    return day.year, day.month


def parse_month(text: str) -> tuple[int, int]:
    """Read the strict ``2024-12`` of the command line.

    Raises:
        ValidationError: ``month.unreadable`` or ``month.no-such-month``.
    """
    match = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d{2})", text, re.ASCII)
    if match is None:
        raise ValidationError("month.unreadable", field="month", text=text.strip())
    return _real_month(int(match["year"]), int(match["month"]), text)


def _real_month(year: int, month: int, text: str) -> tuple[int, int]:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        raise ValidationError("month.no-such-month", field="month", text=text.strip())
    return year, month


# --- closed days -------------------------------------------------------------


@lru_cache(maxsize=256)
def _holidays(year: int) -> dict[date, str]:
    import jpholiday  # noqa: PLC0415 - 30 ms that no window needs before its first calendar

    return dict(jpholiday.year_holidays(year))


def holiday_name(day: date) -> str | None:
    """Return the name of the national holiday on ``day`` (振替休日 and 国民の休日 included), or None.

    Beyond `HOLIDAYS_PUBLISHED_THROUGH` the two equinox days are computed, not yet law.
    """
    return _holidays(day.year).get(day)


def closed_reason(day: date, extra: frozenset[date] = frozenset()) -> ClosedReason | None:
    """Return why the city hall is closed on ``day``, or None on an open day (domain rules 1.9).

    Closed are Saturdays, Sundays, national holidays, 12/29 to 1/3 and the city's own days
    ``extra``.  Of several reasons the most telling one is given.
    """
    if holiday_name(day) is not None:
        return ClosedReason.HOLIDAY
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return ClosedReason.YEAR_END
    if day in extra:
        return ClosedReason.CITY
    return {5: ClosedReason.SATURDAY, 6: ClosedReason.SUNDAY}.get(day.weekday())


def is_open(day: date, extra: frozenset[date] = frozenset()) -> bool:
    """Return whether people work at the city hall on ``day``."""
    return closed_reason(day, extra) is None


def open_days(first: date, last: date, extra: frozenset[date] = frozenset()) -> list[date]:
    """Return the open days from ``first`` to ``last``, both included."""
    span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in span if is_open(day, extra)]


def previous_open_day(day: date, extra: frozenset[date] = frozenset()) -> date:
    """Return ``day`` itself when it is open, else the nearest open day before it (pay days, 1.15)."""
    while not is_open(day, extra):
        day -= timedelta(days=1)
    return day


def month_days(year: int, month: int) -> list[date]:
    """Return every day of a month."""
    return [date(year, month, number) for number in range(1, _months.monthrange(year, month)[1] + 1)]


def add_months(day: date, count: int) -> date:
    """Return the same day ``count`` months later; a day that month lacks becomes its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, _months.monthrange(year, month + 1)[1]))

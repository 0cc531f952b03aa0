"""Days as a mail about free time names them: 11/5(火), 7日以降, 5日・6日, 月〜木, 平日, 10月中."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from fujisawa_desktop.rules.availability_grid import Frame
from fujisawa_desktop.rules.availability_tokens import Cursor, Doubt, Term, Token
from fujisawa_desktop.rules.availability_vocabulary import Kind
from fujisawa_desktop.rules.calendar import ERAS, WEEKDAYS, holiday_name

_SINGLE: Final = frozenset({Kind.DATE, Kind.DAY})
_CLOCK: Final = frozenset({Kind.TIME, Kind.PART})


class DayReader:
    """Reads days where the cursor stands."""

    def __init__(self, cursor: Cursor, frame: Frame) -> None:
        self._cursor = cursor
        self._frame = frame
        self._month: int | None = None

    def read(self) -> Term:
        """Return the days of the period that are named, with what is unclear about them."""
        word = self._cursor.take()
        term = Term(Kind.DATE, word.start, word.end)
        if word.kind is Kind.WEEKDAYS:
            term.days = self._weekdays(word)
        elif word.kind is Kind.DAY_GROUP:
            term.days = self._group(word.parts["group"] or "")
        elif word.kind is Kind.MONTH:
            term.days = self._month_part(word)
            self._month = int(word.parts["month"] or 0)
        else:
            self._named_days(term, word)
        return term

    def _weekdays(self, word: Token) -> frozenset[date]:
        first, last = word.parts.get("first"), word.parts.get("last")
        if first and last:
            low, high = WEEKDAYS.index(first), WEEKDAYS.index(last)
            wanted = {(low + n) % 7 for n in range((high - low) % 7 + 1)}
        else:
            wanted = {WEEKDAYS.index(sign) for sign in (word.parts["days"] or "") if sign in WEEKDAYS}
            if "曜日" in (word.parts["days"] or ""):
                names = (word.parts["days"] or "").replace("曜日", "")
                wanted = {WEEKDAYS.index(sign) for sign in names if sign in WEEKDAYS}
        return self._where(lambda day: day.weekday() in wanted)

    def _group(self, name: str) -> frozenset[date]:
        tests: dict[str, Callable[[date], bool]] = {
            "平日": lambda day: day.weekday() < 5 and holiday_name(day) is None,
            "祝日": lambda day: holiday_name(day) is not None,
            "休日": lambda day: day.weekday() >= 5 or holiday_name(day) is not None,
            "初日": lambda day: day == min(self._frame.open_days, default=None),
            "最終日": lambda day: day == max(self._frame.open_days, default=None),
        }
        if "祝" in name and name.startswith("土"):
            return self._where(tests["休日"])
        if name in ("土日", "土・日", "週末"):
            return self._where(lambda day: day.weekday() >= 5)
        return self._where(tests.get(name, lambda _day: True))

    def _month_part(self, word: Token) -> frozenset[date]:
        month, third = int(word.parts["month"] or 0), word.parts["third"]
        low, high = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}.get(third or "", (1, 31))
        return self._where(lambda day: day.month == month and low <= day.day <= high)

    def _where(self, test: Callable[[date], bool]) -> frozenset[date]:
        return frozenset(day for day in self._frame.days if test(day))

    def _named_days(self, term: Term, word: Token) -> None:
        """Read single days: lists (5日・6日), stretches (5日〜8日) and what has an open end (7日以降)."""
        parts = word.parts
        if parts.get("first") and parts.get("last"):
            low, high = self._numbered(term, int(parts["first"] or 0)), None
            high = self._numbered(term, int(parts["last"] or 0))
            self._check_weekday(term, word, high)
            if low is not None and high is not None:
                term.days = self.span(low, high)
            return
        named = self._days_of(term, word)
        if not named:
            term.doubts.append(Doubt("availability.no-such-day", word.start, word.end))
            return
        term.days = frozenset(named)
        self._check_weekday(term, word, named[-1])
        self._open_ended(term, named[-1])
        outside = [day for day in named if not self._frame.first <= day <= self._frame.last]
        if outside and term.days == frozenset(named):
            term.doubts.append(Doubt("availability.text-outside", word.start, word.end, {"day": outside[0]}))

    def _days_of(self, term: Term, word: Token) -> list[date]:
        parts = word.parts
        if word.kind is Kind.DAY:
            return self._all_numbered(term, parts["day"])
        if parts.get("month"):
            self._month = int(parts["month"] or 0)
            day = self._nearest(
                _real(year, self._month, int(parts["day"] or 0))
                for year in range(self._frame.first.year - 1, self._frame.last.year + 2)
            )
            return [*([] if day is None else [day]), *self._all_numbered(term, parts["more"])]
        self._month = int(parts["y_month"] or 0)
        day = _real(_year(parts), self._month, int(parts["y_day"] or 0))
        return [] if day is None else [day]

    def _all_numbered(self, term: Term, text: str | None) -> list[date]:
        numbers = [int(one) for one in _numbers(text or "")]
        return [day for one in numbers if (day := self._numbered(term, one)) is not None]

    def _numbered(self, term: Term, number: int) -> date | None:
        """Return the day that 7日 means: in the month just named, else in the period, else next to it."""
        first, last = self._frame.first, self._frame.last
        start = (first.year * 12 + first.month) - 2
        end = (last.year * 12 + last.month) + 1
        months = [(at // 12, at % 12 + 1) for at in range(start, end)]
        days = [day for year, month in months if (day := _real(year, month, number)) is not None]
        inside = [day for day in days if first <= day <= last]
        if self._month is not None:
            hinted = [day for day in days if day.month == self._month]
            inside = [day for day in inside if day.month == self._month] or hinted or inside
        if len(inside) > 1 and self._month is None:
            term.doubts.append(Doubt("availability.day-ambiguous", term.start, term.end, {"day": inside[0]}))
        return inside[0] if inside else self._nearest(days)

    def _nearest(self, days: Iterable[date | None]) -> date | None:
        """Return the day in the period, else the one that is least far from it."""

        def distance(day: date) -> int:
            return max((self._frame.first - day).days, (day - self._frame.last).days, 0)

        return min((day for day in days if day is not None), key=distance, default=None)

    def _check_weekday(self, term: Term, word: Token, day: date | None) -> None:
        written = word.parts.get("weekday") or word.parts.get("weekday_word")
        if written is not None and day is not None and WEEKDAYS[day.weekday()] != written:
            params = {"day": day, "written": written, "weekday": WEEKDAYS[day.weekday()]}
            term.doubts.append(Doubt("availability.weekday-contradicts", word.start, word.end, params))

    def _open_ended(self, term: Term, day: date) -> None:
        """Read what follows a day: から, まで, 以降, 以前, 〜 another day."""
        follows, after = self._cursor.kind(), self._cursor.kind(1)
        if follows in (Kind.RANGE, Kind.FROM) and after in _SINGLE:
            self._cursor.take()
            other = self.read()
            term.doubts += [one for one in other.doubts if one.code != "availability.text-outside"]
            last = max(other.days, default=None)
            term.days = frozenset(term.days | self.span(day, last)) if last else term.days
            if self._cursor.kind() is Kind.UNTIL:
                self._cursor.take()
        elif follows is Kind.FROM or (follows is Kind.RANGE and after not in _CLOCK):
            self._cursor.take()
            term.days = self.span(day, None)
        elif follows is Kind.UNTIL:
            self._cursor.take()
            term.days = self.span(None, day)
        elif follows is Kind.BEFORE:
            self._cursor.take()
            term.days = self.span(None, day - timedelta(days=1))
        elif follows is Kind.AFTER:
            self._cursor.take()
            term.days = self.span(day + timedelta(days=1), None)
        elif follows is Kind.AROUND:
            self._cursor.take()
            near = {day + timedelta(days=n) for n in (-1, 0, 1)}
            term.days = self._where(near.__contains__)
            term.doubts.append(Doubt("availability.around-day", term.start, self._cursor.end, {"day": day}))
        term.end = max(term.end, self._cursor.end)

    def span(self, low: date | None, high: date | None) -> frozenset[date]:
        """Return the days of the period from one to another, both included; None is its own edge."""
        return self._where(lambda day: (low is None or low <= day) and (high is None or day <= high))


def _numbers(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(parts: dict[str, str | None]) -> int:
    if parts.get("year"):
        return int(parts["year"] or 0)
    number = 1 if parts["era_year"] == "元" else int(parts["era_year"] or 0)
    mark = (parts["era"] or "").upper()
    era = next(era for era in ERAS if mark in (era.name, era.letter))
    return era.first_day.year + number - 1

"""What the words of a mail about free time say: days, times of day, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from fujisawa_desktop.rules.availability_days import DayReader
from fujisawa_desktop.rules.availability_grid import Frame
from fujisawa_desktop.rules.availability_times import TimeReader
from fujisawa_desktop.rules.availability_tokens import Cursor, Doubt, Term, Token
from fujisawa_desktop.rules.availability_vocabulary import Kind

_DAY_KINDS: Final = frozenset({Kind.DATE, Kind.DAY, Kind.MONTH, Kind.WEEKDAYS, Kind.DAY_GROUP})
_SINGLE: Final = frozenset({Kind.DATE, Kind.DAY})
_CLOCK: Final = frozenset({Kind.TIME, Kind.PART})


class TermReader:
    """Reads the words of one text from the first to the last."""

    def __init__(self, words: Sequence[Token], frame: Frame) -> None:
        self._cursor = Cursor(words)
        self._days = DayReader(self._cursor, frame)
        self._times = TimeReader(self._cursor, frame)

    def terms(self) -> list[Term]:
        """Return all terms in order."""
        found: list[Term] = []
        while (word := self._cursor.peek()) is not None:
            found.append(self._term(word, found[-1] if found else None))
        _read_over_nights(found)
        return found

    def _term(self, word: Token, before: Term | None) -> Term:
        if word.kind in _DAY_KINDS:
            return self._days.read()
        if word.kind in _CLOCK:
            return self._times.read()
        if word.kind is Kind.RANGE and self._leads(before):
            return self._until_here()
        self._cursor.take()
        if word.kind is Kind.PERIOD:
            return self._period(word)
        kind = Kind.UNKNOWN if word.kind is Kind.DURATION else word.kind
        return Term(
            kind,
            word.start,
            word.end,
            about_days=kind is Kind.REST and "日" in word.text,
            is_proviso=word.text in ("ただし", "但し"),
        )

    def _leads(self, before: Term | None) -> bool:
        """Tell whether 〜 stands before a day or time without another one before it: 〜15時."""
        follows = self._cursor.kind(1)
        if before is None or not (before.names_times or before.names_days):
            return follows in _CLOCK | _SINGLE
        return follows in _CLOCK and before.names_days

    def _period(self, word: Token) -> Term:
        """Leave 3限 to the hours in brackets behind it; without them only the university knows."""
        if self._cursor.kind() is Kind.OPEN and self._cursor.kind(1) in _CLOCK:
            return Term(Kind.FILLER, word.start, word.end)
        doubt = Doubt("availability.period-unknown", word.start, word.end, {"word": word.text})
        return Term(Kind.TIME, word.start, word.end, doubts=[doubt], is_unknown=True)

    def _until_here(self) -> Term:
        start = self._cursor.take().start
        if self._cursor.kind() in _DAY_KINDS:
            term = self._days.read()
            term.days = self._days.span(None, max(term.days, default=None))
        else:
            term = self._times.read()
            term.spans = ((0, min((first for first, _last in term.spans), default=0)),)
            term.doubts = [one for one in term.doubts if one.code != "availability.single-time"]
        term.start = start
        return term


def _read_over_nights(terms: Sequence[Term]) -> None:
    """See where a stretch leads from an hour of one day to another day: 11/5の13時から11/6の12時まで.

    With an hour at its end it may also be two statements; those are what is read, with a doubt.
    """
    said = [term for term in terms if term.kind not in (Kind.FILLER, Kind.LINK)]
    for (first, begins, last), ends in zip_longest(zip(said, said[1:], said[2:], strict=False), said[3:]):
        if not (first.names_days and begins.is_open and last.names_days and first.days and last.days):
            continue
        if first.days & last.days:
            last.days = frozenset(day for day in last.days if day > max(first.days))
        elif ends is not None and _is_end(ends):
            params = {"day": max(first.days), "until": min(last.days)}
            ends.doubts.append(Doubt("availability.over-night", first.start, ends.end, params))


def _is_end(term: Term) -> bool:
    """Tell whether an hour could be the end of a stretch: 12時まで, 午前, 12時."""
    if term.is_whole or term.is_open or not term.names_times:
        return False
    single = any(doubt.code == "availability.single-time" for doubt in term.doubts)
    return single or any(start == 0 for start, _end in term.spans)

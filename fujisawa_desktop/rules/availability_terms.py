"""What the words of a mail about free time say: days, times of day, and what joins them."""

from __future__ import annotations

from collections.abc import Sequence
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
        return Term(Kind.UNKNOWN if word.kind is Kind.DURATION else word.kind, word.start, word.end)

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

"""The statements of a mail about free time: on these days, at these hours, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fujisawa_desktop.rules.availability_tokens import Doubt, Term
from fujisawa_desktop.rules.availability_vocabulary import Kind

_HARD: Final = frozenset({Kind.STOP, Kind.LINE, Kind.BLANK})
_QUIET: Final = frozenset({Kind.FILLER, Kind.LINK, Kind.TOPIC, Kind.CLOSE})
"""Words that neither end a statement nor say anything by themselves."""
_JUDGES: Final = frozenset({Kind.YES, Kind.SOFT_YES, Kind.NO, Kind.MAYBE, Kind.BUSY})


class Verdict(StrEnum):
    """What a statement says of its times."""

    YES = "yes"
    NO = "no"
    MAYBE = "maybe"


@dataclass(slots=True)
class Clause:
    """One statement while it is read."""

    start: int = -1
    end: int = -1
    days: list[Term] = field(default_factory=list)
    times: list[Term] = field(default_factory=list)
    days_but: bool = False
    times_but: bool = False
    is_rest: bool = False
    is_topic: bool = False
    times_first: bool = False
    is_odd: bool = False
    says_any: bool = False
    nothing_but: bool = False
    inherited: bool = False
    verdict: Verdict | None = None
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def has_content(self) -> bool:
        """Whether it names days, hours, or the rest."""
        return bool(self.days and not self.inherited) or bool(self.times) or self.is_rest

    def reach(self, term: Term) -> None:
        """Let the statement cover a term."""
        self.start = term.start if self.start < 0 else self.start
        self.end = term.end


class Sentences:
    """Cuts terms into statements."""

    def __init__(self) -> None:
        self._done: list[Clause] = []
        self._waiting: list[Clause] = []
        self._now = Clause()
        self._header: Verdict | None = None
        self._header_line = False
        self._header_is_of_line = False
        self._carried_by_comma = False
        self._last: str = ""

    def clauses(self, terms: Sequence[Term]) -> list[Clause]:
        """Return all statements in order."""
        for at, term in enumerate(terms):
            follows = next((one for one in terms[at + 1 :] if one.kind not in _QUIET), None)
            self._take(term, follows)
        self._close(keep_days=False)
        self._settle(None)
        return self._done

    def _take(self, term: Term, follows: Term | None) -> None:
        if term.names_days or term.names_times:
            self._header_is_of_line = self._header_is_of_line or self._header_line
        if term.names_days:
            self._take_days(term)
        elif term.names_times:
            self._take_times(term)
        elif term.kind in _JUDGES:
            self._judge(term)
        elif term.kind in _HARD:
            self._hard(term, follows)
        elif term.kind in (Kind.COMMA, Kind.BUT):
            self._pause(term.kind)
        else:
            self._qualify(term)
        if term.kind not in _QUIET:
            self._last = term.kind

    def _qualify(self, term: Term) -> None:
        """Take a word that says how the days and hours are meant."""
        now = self._now
        if term.kind is Kind.REST:
            self._close(keep_days=False)
            self._now.is_rest = True
            self._now.reach(term)
        elif term.kind is Kind.EXCEPT:
            self._except(term)
        elif term.kind is Kind.NOTHING_BUT:
            now.nothing_but = True
        elif term.kind is Kind.ONLY and now.has_content:
            now.reach(term)
        elif term.kind is Kind.UNKNOWN:
            now.is_odd = now.is_odd or now.has_content
        elif term.kind is Kind.TOPIC:
            now.is_topic = now.is_topic or (bool(now.days) and not now.times)

    def _take_days(self, term: Term) -> None:
        now = self._now
        both = bool(now.days and now.times) and not now.times_first
        if now.verdict is not None or both or now.times_but or now.inherited:
            self._carried_by_comma = self._last == Kind.COMMA
            self._close(keep_days=False)
        self._now.times_first = self._now.times_first or bool(self._now.times)
        self._now.days.append(term)
        self._now.reach(term)

    def _take_times(self, term: Term) -> None:
        now = self._now
        if now.verdict is not None:
            self._close(keep_days=True)
        elif now.times_first and now.days:
            self._close(keep_days=False)
        now = self._now
        if now.times and now.times[-1].is_part and self._last == Kind.OPEN:
            now.times[-1] = term
        else:
            now.times.append(term)
        now.says_any = now.says_any or term.is_any
        now.reach(term)

    def _except(self, term: Term) -> None:
        now = self._now
        if not now.has_content:
            return
        if now.times:
            now.times_but = True
        else:
            now.days_but = True
        now.reach(term)

    def _judge(self, term: Term) -> None:
        now = self._now
        said = {Kind.NO: Verdict.NO, Kind.BUSY: Verdict.NO, Kind.MAYBE: Verdict.MAYBE}.get(
            term.kind, Verdict.YES
        )
        if not now.has_content:
            if term.kind not in (Kind.SOFT_YES, Kind.BUSY):
                self._header, self._header_line, self._header_is_of_line = said, True, False
            return
        if now.nothing_but and said is Verdict.NO:
            said = Verdict.YES
        if now.verdict is None:
            now.verdict = said
        elif now.verdict is not said and term.kind is not Kind.SOFT_YES:
            now.doubts.append(doubt_of("availability.verdict-mixed", now, said=said))
            now.verdict = Verdict.MAYBE
        now.reach(term)
        self._settle(now.verdict)

    def _pause(self, kind: Kind) -> None:
        now = self._now
        if kind is Kind.BUT:
            self._close(keep_days=True)
            self._settle(None)
        elif now.verdict is not None or (now.is_topic and now.times):
            self._close(keep_days=True)

    def _hard(self, term: Term, follows: Term | None) -> None:
        now = self._now
        heads = bool(now.days) and not now.times and now.verdict is None and not now.days_but
        if term.kind is not Kind.BLANK and heads and follows is not None and follows.names_times:
            return
        goes_on = (
            term.kind is Kind.LINE
            and follows is not None
            and follows.names_times
            and bool(now.days or self._done)
        )
        self._close(keep_days=goes_on)
        self._settle(None)
        self._header_line = False
        if term.kind is Kind.BLANK or (term.kind is Kind.LINE and self._header_is_of_line):
            self._header, self._header_is_of_line = None, False

    def _close(self, *, keep_days: bool) -> None:
        """End the statement; the next one may speak of the same days."""
        before = self._now
        self._now = Clause()
        if before.has_content:
            if before.verdict is None:
                self._waiting.append(before)
            self._done.append(before)
        if keep_days and before.days and not before.days_but:
            self._now.days, self._now.inherited = before.days, True

    def _settle(self, verdict: Verdict | None) -> None:
        """Give statements without a word of their own the one that follows, else a yes."""
        for clause in self._waiting:
            complete = clause.is_topic and clause.times
            same_shape = bool(clause.times) == bool(self._now.times)
            if verdict in (Verdict.NO, Verdict.MAYBE) and not complete and same_shape:
                clause.verdict = verdict
                if self._carried_by_comma:
                    clause.doubts.append(doubt_of("availability.verdict-carried", clause, said=verdict))
            else:
                clause.verdict = self._header or Verdict.YES
                if verdict in (Verdict.NO, Verdict.MAYBE) and self._header is None:
                    clause.doubts.append(doubt_of("availability.verdict-unclear", clause))
            if clause.is_odd and not clause.says_any and self._header is None:
                clause.verdict = Verdict.MAYBE
        self._waiting = []
        self._carried_by_comma = False


def doubt_of(code: str, clause: Clause, **params: object) -> Doubt:
    """Return a doubt about a whole statement."""
    return Doubt(code, clause.start, clause.end, dict(params))

"""When somebody can come, read from what the person wrote in a mail.

A mail is read as statements: on these days, at these hours, yes or no.  Times of a yes are free, those
of a no are not; a no wins over a yes unless the yes lies wholly within it (平日は不可、ただし11/5の夕方は可).
Of a text that only says when it is impossible, all the rest is free.  Nothing is guessed in silence: what
can be read in two ways is a doubt that names the reading taken, what was not understood is marked, and a
clerk confirms it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fujisawa_desktop.rules.availability_clauses import Clause, Sentences, Verdict, doubt_of
from fujisawa_desktop.rules.availability_grid import DAY_MINUTES, Frame, Grid
from fujisawa_desktop.rules.availability_terms import TermReader
from fujisawa_desktop.rules.availability_tokens import Doubt, Span, Term, tokens
from fujisawa_desktop.rules.availability_vocabulary import Kind

__all__ = ["Doubt", "Gap", "Phrase", "Reading", "Verdict", "read_availability"]

_WHOLE_DAY: Final[tuple[Span, ...]] = ((0, DAY_MINUTES),)
_NEEDS_A_YES: Final = frozenset({"availability.text-outside", "availability.outside-hours"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of the text that was understood, and what it gave.

    Attributes:
        start: where it begins in the text as it was written.
        end: behind its last character.
        verdict: whether these are times to come or not to come.
        times: what it speaks of, as far as the period reaches.
    """

    start: int
    end: int
    verdict: Verdict
    times: Grid


@dataclass(frozen=True, slots=True)
class Gap:
    """A piece of the text that was not understood."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text gives; to be looked at by a clerk.

    Attributes:
        free: when the person can come, as far as it was understood.
        maybe: times the person was not sure of; they are not part of ``free``.
        phrases: what was understood, in the order of the text.
        gaps: what was not.
        doubts: what can be read in two ways.
    """

    free: Grid
    maybe: Grid
    phrases: tuple[Phrase, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Doubt, ...]


def read_availability(text: str, frame: Frame) -> Reading:
    """Read a mail; every text gives a reading, if need be an empty one with gaps only."""
    terms = TermReader(list(tokens(text)), frame).terms()
    clauses = Sentences().clauses(terms)
    return _Result(frame, clauses).reading(_gaps(terms))


class _Result:
    """Puts statements together."""

    def __init__(self, frame: Frame, clauses: Sequence[Clause]) -> None:
        self._frame = frame
        self._clauses = clauses
        self._all = frame.everything()
        self._yes: list[Grid] = []
        self._no: list[Grid] = []
        self._maybe: list[Grid] = []
        self._partly: list[tuple[Clause, Grid]] = []
        self._phrases: list[Phrase] = []
        self._doubts: list[Doubt] = []

    def reading(self, gaps: tuple[Gap, ...]) -> Reading:
        """Return what all statements give together."""
        mentioned = self._frame.nothing()
        for clause in self._clauses:
            said = self._state(clause, mentioned)
            mentioned |= said
        free = self._free()
        return Reading(
            free=free,
            maybe=self._union(self._maybe) - free,
            phrases=tuple(self._phrases),
            gaps=gaps,
            doubts=tuple(sorted(self._doubts, key=lambda one: (one.start, one.end, one.code))),
        )

    def _union(self, grids: Iterable[Grid]) -> Grid:
        whole = self._frame.nothing()
        for grid in grids:
            whole |= grid
        return whole

    def _free(self) -> Grid:
        refused = [*self._no, *self._maybe]
        if not self._yes:
            return self._all - self._union(refused) if self._no else self._frame.nothing()
        free = self._rest_of_days()
        for grid in self._yes:
            stands = grid
            for no in refused:
                if not grid.lies_in(no) or grid == no:
                    stands -= no
            free |= stands
        return free

    def _rest_of_days(self) -> Grid:
        """Return what is left of days of which only a part was refused; a reading to be confirmed."""
        spoken = {day for grid in self._yes for day in grid.touched_days()}
        free = self._frame.nothing()
        for clause, said in self._partly:
            days = [day for day in said.touched_days() if day not in spoken]
            rest = self._frame.grid(days, _WHOLE_DAY) - self._union([*self._no, *self._maybe])
            if rest:
                self._doubts.append(doubt_of("availability.rest-of-day", clause, days=days))
                free |= rest
        return free

    def _state(self, clause: Clause, mentioned: Grid) -> Grid:
        verdict = clause.verdict or Verdict.YES
        days = self._days(clause)
        spans = self._spans(clause, verdict)
        named = self._frame.grid(days, spans)
        counter = self._frame.nothing()
        if clause.is_rest:
            times = self._frame.grid(self._frame.days, spans)
            if clause.times_but:
                times = self._all - times
            said = times - mentioned
        elif clause.times_but:
            said, counter = self._frame.grid(days, _WHOLE_DAY) - named, named
        elif clause.days_but:
            said = self._frame.grid(set(self._frame.days) - days, spans)
            counter = named
        else:
            said = named
        self._note(verdict, said, counter, clause)
        self._phrases.append(Phrase(clause.start, clause.end, verdict, said))
        self._take_doubts(clause, verdict)
        return said | counter

    @staticmethod
    def _spans(clause: Clause, verdict: Verdict) -> tuple[Span, ...]:
        """Return the hours; those nobody here knows are never free, and not to be come to all day."""
        unknown = any(term.is_unknown for term in clause.times)
        if not clause.times or (unknown and (verdict is not Verdict.YES or clause.times_but)):
            return _WHOLE_DAY
        return tuple(span for term in clause.times for span in term.spans)

    def _days(self, clause: Clause) -> set[date]:
        if not clause.days:
            return set(self._frame.days)
        return {day for term in clause.days for day in term.days}

    def _note(self, verdict: Verdict, said: Grid, counter: Grid, clause: Clause) -> None:
        yes, no = (said, counter) if verdict is Verdict.YES else (counter, said)
        if verdict is Verdict.MAYBE:
            self._maybe.append(said)
            return
        if verdict is Verdict.YES or counter:
            self._yes.append(yes)
        if verdict is Verdict.NO or counter:
            self._no.append(no)
        if verdict is Verdict.NO and clause.times and clause.days and not counter:
            self._partly.append((clause, said))

    def _take_doubts(self, clause: Clause, verdict: Verdict) -> None:
        own = [*clause.doubts]
        for term in (*([] if clause.inherited else clause.days), *clause.times):
            own += term.doubts
        if verdict is Verdict.NO:
            own = [one for one in own if one.code not in _NEEDS_A_YES]
        elif not clause.days_but and clause.days and not clause.inherited:
            own += self._closed(clause)
        if verdict is Verdict.MAYBE and not clause.doubts:
            own.append(
                doubt_of("availability.verdict-unclear" if clause.is_odd else "availability.maybe", clause)
            )
        self._doubts += [one for one in own if one not in self._doubts]

    def _closed(self, clause: Clause) -> list[Doubt]:
        """Say of days named one by one that nobody is interviewed on them."""
        return [
            Doubt("availability.text-closed", term.start, term.end, {"day": min(term.days)})
            for term in clause.days
            if term.days and term.days <= self._frame.closed
        ]


def _gaps(terms: Sequence[Term]) -> tuple[Gap, ...]:
    """Return what was not understood; a particle between two such words belongs to them."""
    gaps: list[Gap] = []
    bridge = False
    for term in terms:
        if term.kind is Kind.UNKNOWN:
            if bridge and gaps:
                gaps[-1] = Gap(gaps[-1].start, term.end)
            else:
                gaps.append(Gap(term.start, term.end))
            bridge = True
        elif term.kind not in (Kind.FILLER, Kind.LINK, Kind.RANGE, Kind.OPEN, Kind.CLOSE):
            bridge = False
    return tuple(gaps)

"""What a file says of each interviewer beside the time, against what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from fujisawa_desktop.exchange.interviewer_facts import LIMIT, ROLE, SUPPORT, URL, FactsSaid
from fujisawa_desktop.exchange.row_values import Rejection
from fujisawa_desktop.models import Interviewer
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_HEADINGS: Final = {"role": ROLE, "daily_limit": LIMIT, "gives_support": SUPPORT, "meeting_url": URL}


class SaidOfInterviewers:
    """The facts of a file, by folded name: an empty cell says nothing, two rows may not contradict."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, tuple[Any, int]]] = {}

    def take(self, line: int, key: str, facts: FactsSaid) -> Rejection | None:
        """Note what a row says; return why the row cannot be taken in, if it contradicts another."""
        said = {name: value for name, value in asdict(facts).items() if value is not None}
        known = self._said.setdefault(key, {})
        for name, value in said.items():
            before = known.get(name)
            if before is not None and before[0] != value:
                return Rejection(line, _HEADINGS[name], "interviewers.said-twice", {"line": before[1]})
        for name, value in said.items():
            known.setdefault(name, (value, line))
        return None

    def changed(self, known: Mapping[str, Interviewer]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what changes of known interviewers, by their folded names."""
        for key, said in self._said.items():
            row = known.get(key)
            if row is not None:
                new = {name: one[0] for name, one in said.items() if getattr(row, name) != one[0]}
                if new:
                    yield key, new

    def of_new(self, key: str) -> dict[str, Any]:
        """Return what is said of an interviewer who is not known yet."""
        return {name: value for name, (value, _line) in self._said.get(key, {}).items()}

    def write(self, work: UnitOfWork, known: Mapping[str, Interviewer]) -> None:
        """Store what changes of known interviewers."""
        for key, new in list(self.changed(known)):
            work.update_many(Interviewer, {known[key].id: new})

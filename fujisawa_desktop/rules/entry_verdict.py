"""What would become of a text if it were put into a cell: told while it is typed, before anything is stored.

The same functions decide when it is stored, so the two never say different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.hours import (
    Finding,
    PersonShifts,
    ShiftKind,
    ShiftRules,
    ShiftTime,
    check_day,
    refused,
)
from fujisawa_desktop.rules.shift_entry import WorkPattern, parse_entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text means and what it breaks.

    Attributes:
        shifts: the stretches understood; empty for an empty text or one that cannot be read.
        findings: what they break, the first refusal first.
        error: why the text cannot be read, if it cannot.
    """

    shifts: tuple[ShiftTime, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: ValidationError | None = None

    @property
    def minutes(self) -> int:
        """Minutes understood, breaks taken off."""
        return sum(shift.minutes for shift in self.shifts)

    @property
    def refused(self) -> bool:
        """Whether the text will not be taken."""
        return self.error is not None or refused(self.findings)


def judge_entry(
    text: str,
    day: date,
    *,
    kind: ShiftKind,
    rules: ShiftRules,
    others: PersonShifts,
    patterns: Sequence[WorkPattern],
    ordered: bool = False,
) -> Verdict:
    """Return what would become of ``text`` in the cell of ``day``.

    Args:
        text: as typed so far.
        day: the day of the cell.
        kind: plan or work.
        rules: the terms of the appointment on that day.
        others: the person's shifts, without what stands in the cell of that kind.
        patterns: the usual days of the programme.
        ordered: work on that closed day has been ordered.
    """
    try:
        typed = parse_entry(text, patterns)
    except ValidationError as error:
        return Verdict(error=error)
    shifts = tuple(one.on(day) for one in typed)
    findings = check_day(shifts, kind=kind, rules=rules, others=others, ordered=ordered)
    return Verdict(shifts, tuple(sorted(findings, key=lambda one: not refused([one]))))

"""What one interview is about, who sits on its panel, and where an online interview takes place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from fujisawa_desktop.errors import ValidationError

LONGEST_URL: Final = 2000
"""Characters; longer addresses are cut by common mail programs."""
_ADDRESS: Final = re.compile(
    r"https://[^\s/?#@:<>\"\\.]+(\.[^\s/?#@:<>\"\\.]+)+(:\d{1,5})?([/?#][^\s<>\"\\]*)?", re.IGNORECASE
)
"""A host of at least two parts, perhaps a port, then whatever has no blank; never a name before the host."""


class InterviewScope(StrEnum):
    """What one interview is about."""

    ENTRY = "entry"
    """One entry: all courses that one portal number asks for."""
    PERSON = "person"
    """One person: all entries the clerks have merged."""
    APPLICATION = "application"
    """One application: a person asking for two courses is seen twice."""


def seats_of(panel: Sequence[str]) -> tuple[str, ...]:
    """Return the roles an interview asks for; without a panel one interviewer of any role is enough."""
    return tuple(panel) or ("",)


def missing_roles(panel: Sequence[str], roles: Sequence[str]) -> tuple[str, ...]:
    """Return the seats of a panel that nobody takes, in the order of the panel.

    Args:
        panel: the role each seat asks for, ``""`` for any.
        roles: the roles of those who interview; each takes one seat, a named one if it can.
    """
    left = Counter(roles)
    missing: list[str] = []
    for seat in sorted(seats_of(panel), key=lambda role: not role):
        if seat and left[seat]:
            left[seat] -= 1
        elif not seat and left.total():
            left.subtract([next(iter(left.elements()))])
        else:
            missing.append(seat)
    return tuple(missing)


def takes_a_seat(panel: Sequence[str], role: str) -> bool:
    """Tell whether somebody of this role has a seat on the panel."""
    seats = seats_of(panel)
    return "" in seats or role in seats


def tidy_url(text: str, *, field: str) -> str:
    """Return the address of an online meeting without surrounding blanks; empty for none.

    Raises:
        ValidationError: ``interview.url``; it is not one whole address that begins with https.
    """
    address = text.strip()
    if not address:
        return ""
    if not address.isprintable() or len(address) > LONGEST_URL or not _ADDRESS.fullmatch(address):
        raise ValidationError("interview.url", field=field)
    return address

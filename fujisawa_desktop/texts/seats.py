"""Sentences about seats on a server, and the words of their roles."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "seat.needs-server": N_(
        "This database is a file, and whoever may open the file works with all of it: there are no seats. "
        "Move it to a server first."
    ),
    "seat.not-administrator": N_(
        "This login may not give out seats, so nothing was changed. "
        "Open the database with the administrator's login."
    ),
    "seat.above-rights": N_(
        "The login {login} owns the database or the server, so no role would bind it, and nothing "
        "was changed. Use another login for this person."
    ),
    "seat.course": N_(
        "A host department needs its course, and nobody else has one, so nothing was changed. "
        "Give the course with the role of a host department only."
    ),
    "seat.unknown": N_("There is no seat for {login}, so nothing was changed. Look at the list of seats."),
}

LABELS: Final[dict[str, str]] = {
    "seat.add": N_("Seat given out or changed"),
    "seat.remove": N_("Seat taken back"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "seat_role": {
        "clerk": N_("Clerk"),
        "reader": N_("Reader"),
        "host": N_("Host department"),
    }
}

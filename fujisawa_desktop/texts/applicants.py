"""Sentences of the list of applicants that no rule says."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "selection.nothing-noted": N_(
        "No result of this screening is noted for this person, so there is nothing to take out."
    ),
}

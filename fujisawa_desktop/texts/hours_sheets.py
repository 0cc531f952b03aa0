"""Sentences about attendance sheets, files of hours, and what host departments confirm."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "confirmation.by-missing": N_(
        "A confirmation counts only with the name of who signed it. Write the name that stands on the sheet."
    ),
    "confirmation.before-work": N_(
        "The sheet is dated {date}, but {person} worked on {last}, after that day, so nothing was recorded. "
        "Check the date on the sheet, or let the department confirm again."
    ),
    "confirmation.changed-meanwhile": N_(
        "The hours of {person} were changed while this window was open, so nothing was recorded. "
        "Compare the sheet with the hours as they are now."
    ),
    "confirmation.none": N_(
        "No confirmation of {month}/{year} is on record for these people. Nothing was changed."
    ),
}

LABELS: Final[dict[str, str]] = {
    "month.confirm": N_("Confirmation of {month}/{year} by the host department ({count} people)"),
    "month.withdraw-confirmation": N_("Withdrawal of the confirmation of {month}/{year} ({count} people)"),
}

"""Sentences about document numbers and their ledger."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "numbers.unreadable": N_(
        "“{text}” cannot be read as a document number, so it was not used. "
        "Write the number alone, for example 123."
    ),
    "numbers.out-of-range": N_(
        "{number} is not a document number, because the ledger runs from 1 to {most}. "
        "Check it and type it again."
    ),
    "numbers.other-year": N_(
        "{dated} lies in another fiscal year than this ledger, so nothing was entered. "
        "Correct the date, or choose the ledger of that year."
    ),
    "numbers.range-backwards": N_(
        "The last number ({last}) comes before the first ({first}), so nothing was entered. Exchange the two."
    ),
    "numbers.range-long": N_(
        "These are {count} numbers, more than the {most} that can be entered at once, "
        "so nothing was entered. Check the two numbers."
    ),
    "numbers.reason-needed": N_(
        "A void number needs a reason, because others must be able to understand the gap. Write why."
    ),
    "numbers.in-ledger": N_(
        "These numbers are in the ledger already, so nothing was entered: {numbers}. Leave them out."
    ),
    "numbers.issued": N_(
        "Papers with these numbers have left the office, so nothing was changed: {numbers}. "
        "Issue a correction instead."
    ),
    "numbers.not-in-ledger": N_(
        "None of these numbers is in the ledger, so nothing was changed: {numbers}. Reload the ledger."
    ),
}

LABELS: Final[dict[str, str]] = {
    "numbers.elsewhere": N_("Numbers used elsewhere: {sign} {numbers}"),
    "numbers.void": N_("Void numbers: {sign} {numbers}"),
    "numbers.release": N_("Numbers taken out of the ledger: {sign} {numbers}"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "number-use": {
        "issued": N_("Issued"),
        "void": N_("Void"),
        "elsewhere": N_("Used elsewhere"),
        "gap": N_("Not explained"),
    },
    "numbering": {
        "typed": N_("Number typed"),
        "one": N_("Next number for all"),
        "each": N_("A number for each"),
    },
}

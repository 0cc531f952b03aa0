"""Sentences and words about keeping and erasing records, and about what is held about one person."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "retention.years": N_(
        "A period is a whole number of years from 0 to {most}, so nothing was changed. Type such a number."
    ),
    "retention.months": N_(
        "This time is a whole number of months from 0 to {most}, so nothing was changed. Type such a number."
    ),
    "retention.periods-unreadable": N_(
        "The periods that ship with the program ({file}) cannot be read, so nothing can be listed. "
        "Install the program again."
    ),
    "retention.administrator": N_(
        "On a server only the administrator’s login erases, because only the owner of the database may take "
        "people out of the journal. Agree on the list here; then the administrator opens it and erases, with "
        "your name as the second person."
    ),
    "retention.nothing-due": N_(
        "No records of this kind may be erased today, so nothing was erased. Look at the list for the days."
    ),
    "retention.count-differs": N_(
        "{confirmed} lines were confirmed, but {found} are due now, so nothing was erased. "
        "Read the list again; then confirm the number it shows."
    ),
    "retention.witness-missing": N_(
        "The second person's name is missing, and nobody erases alone. "
        "Type the name of whoever looked at the list with you."
    ),
    "retention.witness-same": N_(
        "The second person is the one who erases, so nothing was erased. Type the name of somebody else."
    ),
    "retention.copy-stays": N_(
        "The copy {file} cannot be deleted, so nothing was erased. "
        "See whether another program holds it, or leave it out."
    ),
    "cli.erase-unconfirmed": N_(
        "Nothing was erased: two people have to agree. Read the list (retention due); then give its number "
        "of lines with --confirm and the second person's name with --witness."
    ),
    "cli.folder-needed": N_(
        "{folder} is not a folder, so nothing was written. Make it first, or name another one."
    ),
    "person.number-unknown": N_(
        "Nobody has the number {number} in this programme, so nothing was written. Look it up in the list."
    ),
}

LABELS: Final[dict[str, str]] = {
    "retention.erased": N_("Records erased when their time was over ({count} lines, {people} people whole)"),
    "retention.swept": N_("Free pages of the file cleared after an erasure"),
    "retention.periods": N_("Periods of retention changed"),
    "retention.held": N_("Records kept for now"),
    "retention.released": N_("Records not kept any longer than their period"),
    "person.exported": N_("Everything held about one person written to a file"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "retention-category": {
        "application": N_("Applications of people not appointed"),
        "selection": N_("Selection records"),
        "appointment": N_("Appointments"),
        "pay": N_("Hours and pay"),
        "sent": N_("Copies of mails and papers"),
        "raw": N_("Rows of imported files"),
    },
    "retention-hindrance": {
        "held": N_("Kept by a clerk"),
        "employed": N_("Still employed"),
        "pay-open": N_("Pay may still be corrected"),
        "disclosure": N_("Result may still be asked for"),
    },
    "hold-reason": {
        "disclosure": N_("Request for disclosure"),
        "appeal": N_("Appeal or lawsuit"),
        "audit": N_("Audit or inspection"),
        "other": N_("Other reason"),
    },
    "list": {"retention": N_("Records due for erasure")},
    "list-column": {
        "category": N_("Records"),
        "made_on": N_("Made on"),
        "kept_until": N_("Kept until"),
        "hindrances": N_("Kept for"),
    },
}

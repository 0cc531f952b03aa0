"""Sentences about labels, envelopes, rosters and ledgers."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "cli.not-for-kind": N_(
        "{given} does not belong to the paper “{kind}”, so nothing was printed. Leave it out."
    ),
    "papers.nobody-concerned": N_(
        "There is nobody in this state, so nothing was addressed. Choose other people."
    ),
    "papers.no-addresses": N_(
        "There is nothing to address, because no address is known of anybody concerned. "
        "Enter the addresses of these people, or choose other people."
    ),
    "papers.layout-unknown": N_("There is no sheet of labels called “{name}”. Choose one of: {known}."),
    "papers.layout-broken": N_(
        "The sheet of labels {file} is not described as it should be, so no labels were made. "
        "Compare the file with the others beside it, or install the program again."
    ),
    "papers.start-outside": N_(
        "This sheet has {most} faces, so no label was made. Choose a first face from 1 to {most}."
    ),
    "papers.shift-too-far": N_(
        "A correction of more than {most} mm is not made, because the printer or the paper is set up wrong "
        "then. Check the size of the paper and print at actual size."
    ),
    "papers.shift-unreadable": N_(
        "“{text}” is not a length in millimetres. Type it with at most one decimal, for example 0.5 or -1.2."
    ),
    "papers.printer-name": N_(
        "The name of the printer is longer than {most} characters and cannot be kept. Shorten it."
    ),
    "papers.printer-unknown": N_(
        "No correction is kept for a printer called “{name}”, so nothing was printed. Choose one of: {known}."
    ),
    "papers.no-printers": N_(
        "No correction is kept for “{name}” or any other printer, so nothing was printed. "
        "Set it in the window first, with a test print."
    ),
    "papers.column-unknown": N_("The roster has no column called “{name}”. Choose from: {known}."),
    "papers.order-unknown": N_("A roster cannot be ordered by “{name}”. Choose one of: {known}."),
    "papers.roster-empty": N_(
        "None of the chosen people is of this course and state, so there is no roster. "
        "Choose other people, another course or another state."
    ),
    "papers.nothing-sent": N_(
        "The dispatch ledger is empty, because no letter was issued and no mail was written. "
        "Issue the letters or write the mails first."
    ),
    "papers.nothing-erased": N_(
        "There is nothing to certify, because no personal data of this programme was erased yet. "
        "Make the certificate after the data were erased at the end of their period."
    ),
}

LABELS: Final[dict[str, str]] = {
    "papers.remember": N_("Settings for printing: {kind}"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "kind": {
        "labels": N_("Address labels"),
        "envelope": N_("Envelopes"),
        "window-address": N_("Address sheets for window envelopes"),
        "dispatch-ledger": N_("Dispatch ledger"),
        "purge-certificate": N_("Certificate of erasure"),
    },
    "roster-column": {
        "row": N_("Running number"),
        "number": N_("Entry number"),
        "name": N_("Name"),
        "kana": N_("Reading"),
        "school": N_("University, faculty, department, year"),
        "university": N_("University"),
        "faculty": N_("Faculty and department"),
        "grade": N_("Year"),
        "course": N_("Course"),
        "state": N_("State"),
        "flags": N_("Flags"),
        "score": N_("Points of the 1st screening"),
        "weekdays": N_("Weekdays"),
        "received": N_("Received at"),
        "phone": N_("Telephone"),
        "mail": N_("Mail address"),
        "postcode": N_("Postcode"),
        "address": N_("Address"),
        "blank": N_("Remarks (empty, to write in)"),
    },
}

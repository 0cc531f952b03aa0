"""Sentences of the command line, and the words of its lists."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "cli.incomplete": N_("The command is not complete: {names} is missing. Nothing was done."),
    "cli.unknown-choice": N_("“{given}” is not known here, so nothing was done. Write one of: {known}."),
    "cli.bad-value": N_("“{given}” cannot be used for {name}, so nothing was done. Check how it is written."),
    "cli.bad-argument": N_("{name} is not written as it should be, so nothing was done."),
    "cli.unknown-argument": N_(
        "“{given}” does not belong here, so nothing was done. "
        "--database and --lang are written before the command."
    ),
    "cli.bad-month": N_("“{given}” is no month, so nothing was done. Write year and month as 2024-12."),
    "cli.bad-day": N_("“{given}” is no date, so nothing was done. Write it as 2024-10-25."),
    "cli.number-needs-writing": N_(
        "{file} may only be read, so no number can be taken from its ledger and nothing was done. "
        "Open a file you may write to, or leave the number out."
    ),
    "cli.password-file": N_(
        "No password was found in {file}, so nothing was done. "
        "Write it into the first line of a text file in UTF-8."
    ),
    "cli.ics-interviews-only": N_(
        "Only interviews can be written for calendars, so nothing was written. "
        "Write “interviews” before --format, or choose another format."
    ),
    "cli.out-needed": N_("Such a file cannot be shown on the screen. Name a file with --out."),
    "cli.format-needed": N_(
        "The name {file} does not say which kind of file is wanted, so nothing was written. "
        "Name one with --format: {known}."
    ),
    "cli.profile-for-applicants": N_(
        "Only applicants' files have profiles, so nothing was done. Leave --profile out."
    ),
    "cli.backup-is-directory": N_("{file} is a folder, so no copy was made. Name the file for the copy."),
    "cli.zengin-needs-writing": N_(
        "{file} may only be read, so the file for the bank cannot be recorded and was not written. "
        "Use the file itself."
    ),
    "cli.pay-date-needed": N_(
        "The statements name no day of payment, so no file was written. Give it with --pay-date."
    ),
    "cli.layout-sheets-only": N_(
        "The register in a layout is csv or xlsx, not {format}. For paper use “print register”."
    ),
    "storage.exists": N_(
        "{file} exists already, so no new file was made. Choose another name, or open that file."
    ),
    "restore.same-file": N_("{file} is the file in use itself, so nothing was done. Choose a copy of it."),
    "demo.not-empty": N_(
        "The folder {file} holds other files, so no demonstration was put there. "
        "Choose an empty folder or a new name."
    ),
    "demo.bad-count": N_(
        "{given} people are too few or too many for the demonstration. Write {fewest} to {most}."
    ),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "list": {
        "applicants": N_("List of applicants"),
        "interviews": N_("List of interviews"),
        "appointments": N_("List of appointments"),
        "hours": N_("List of hours"),
        "pay": N_("List of pay"),
        "empty": N_("There is nothing to list."),
        "rows": N_("Lines: {count}"),
        "people": N_("People: {count}"),
        "made": N_("Made at {at}"),
        "mark": N_("Handle with care"),
    },
    "list-column": {
        "number": N_("Number"),
        "source": N_("Portal"),
        "name": N_("Name"),
        "kana": N_("Reading"),
        "university": N_("School"),
        "courses": N_("Courses applied for"),
        "course": N_("Course"),
        "status": N_("State"),
        "flags": N_("Flags"),
        "start": N_("Start"),
        "end": N_("End"),
        "interviewers": N_("Interviewers"),
        "told": N_("Start that was told"),
        "attendance": N_("Came or not"),
        "late_minutes": N_("Minutes late"),
        "meeting_url": N_("Meeting address"),
        "host_department": N_("Host department"),
        "term_from": N_("Term from"),
        "term_until": N_("Term until"),
        "rate_yen": N_("Yen an hour"),
        "cap_minutes": N_("Cap (minutes)"),
        "day": N_("Work day"),
        "break_minutes": N_("Break (minutes)"),
        "minutes": N_("Minutes"),
        "shift": N_("Planned or worked"),
        "pay": N_("Pay (yen)"),
        "commuting": N_("Commuting (yen)"),
        "tax": N_("Tax (yen)"),
        "insurance": N_("Insurance (yen)"),
        "net": N_("Transferred (yen)"),
    },
    "shift": {"planned": N_("Planned"), "worked": N_("Worked")},
}

"""Sentences about attendance sheets, files of hours, and what host departments confirm."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "shift.past-midnight": N_(
        "“{text}” is no time of that day: a row holds the work of one day, from 0:00 to 23:59. "
        "Write work over midnight as two rows, the second one on the next day."
    ),
    "shift.kind-unknown": N_("“{text}” is neither a plan nor work done. Write 予定 or 実績."),
    "shift.remote-unknown": N_(
        "“{text}” does not say whether the work was done at home. Write ○, or leave the cell empty."
    ),
    "cli.shift-for-hours": N_("Only hours are planned or worked, so nothing was done. Leave --shift out."),
    "cli.month-for-hours": N_(
        "Only the list of hours is written by month or kind, so nothing was written. "
        "Leave --month and --shift out, or write “hours” instead of “{kind}”."
    ),
    "hours.holidays-unknown": N_(
        "The national holidays of {year} are not published yet; the closed days of that year are a forecast. "
        "Check the days once they are published."
    ),
    "attendance.changed-meanwhile": N_(
        "The hours of {person} were changed while this window was open, so nothing was saved. "
        "Read them again and compare with the sheet."
    ),
    "attendance.other-month": N_(
        "{date} does not lie in {month}/{year}, the month of the sheet, so nothing was saved. Check the date."
    ),
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
    "hours.attendance": N_("Attendance sheet of {month}/{year} ({count} days worked)"),
    "month.confirm": N_("Confirmation of {month}/{year} by the host department ({count} people)"),
    "month.withdraw-confirmation": N_("Withdrawal of the confirmation of {month}/{year} ({count} people)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "remote-mark": {"remote": N_("At home")},
}

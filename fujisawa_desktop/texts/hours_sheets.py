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
    "attendance.not-a-book": N_(
        "{file} is no attendance workbook of this program, so nothing was taken in. "
        "Choose the workbook that was sent to the department."
    ),
    "attendance.sheet-gone": N_(
        "The sheet of this person is gone or its columns were changed, so nothing of it was taken in. "
        "Type it in by hand."
    ),
    "attendance.not-appointed": N_(
        "The person of this sheet is not appointed in that month under this name and number, so nothing of "
        "it was taken in. Check who is meant, and type the hours in by hand."
    ),
    "attendance.heading-changed": N_(
        "The name or the number at the top of this sheet was changed, so nothing of it was taken in. "
        "Check whose hours these are, and type them in by hand."
    ),
    "attendance.changed-since-sheet": N_(
        "The hours of this person were changed here after the sheet was made, so nothing of it was taken in. "
        "Compare the two, and type in what is right."
    ),
    "attendance.row-unknown": N_(
        "This row is not one that was sent, so it was not taken in. Type it in by hand if it is right."
    ),
    "attendance.row-gone": N_(
        "The row of {date} is gone from the sheet, so that day stays as it is on record. "
        "Check it with the department."
    ),
    "attendance.day-changed": N_(
        "The row of {date} bears another day now, so it was not taken in. Type it in by hand."
    ),
    "attendance.day-unreadable": N_(
        "“{text}” is no day of this month, so the row was not taken in. Write the day, such as 12."
    ),
    "attendance.incomplete": N_(
        "Start, end and break belong together: write all three, a break of 0 too, or clear the line."
    ),
    "attendance.no-times": N_(
        "There is a remark but no working time on this day. Write start and end, or clear the line."
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
    "hours.attendance-book": N_("Attendance workbook of {month}/{year} ({count} people)"),
    "hours.attendance": N_("Attendance sheet of {month}/{year} ({count} days worked)"),
    "month.confirm": N_("Confirmation of {month}/{year} by the host department ({count} people)"),
    "month.withdraw-confirmation": N_("Withdrawal of the confirmation of {month}/{year} ({count} people)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "list": {"attendance": N_("Attendance sheets")},
    "remote-mark": {"remote": N_("At home")},
}

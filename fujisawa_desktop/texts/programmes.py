"""Sentences about programmes, courses and what to do next."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "programme.unknown": N_("There is no programme called “{name}”. Choose one of: {known}."),
    "programme.gone": N_("This programme is not in the file any more. Press F5 to see what is there."),
    "programme.exists": N_(
        "The programme “{name}” is in this file already, so nothing was added. Open it, or make a new file."
    ),
    "programme.file-not-read": N_(
        "The programme file {file} could not be read. Check that it is there and that you may read it."
    ),
    "programme.file-not-utf8": N_(
        "The programme file {file} is not written in UTF-8. Save it again in UTF-8 and try again."
    ),
    "programme.file-syntax": N_(
        "The programme file {file} breaks the rules of TOML ({detail}). Correct that place and try again."
    ),
    "programme.file-key-missing": N_(
        "The programme file {file} lacks the item {key}. "
        "Add it, as in the programme that ships, and try again."
    ),
    "programme.file-key-unknown": N_(
        "The programme file {file} has the item {key}, which this program does not know. "
        "Correct its spelling or take it out."
    ),
    "programme.file-key-type": N_(
        "The item {key} of the programme file {file} has the wrong kind of value. "
        "Write it as in the programme that ships."
    ),
    "programme.file-condition": N_(
        "The item {key} of the programme file {file} uses a placeholder that is not known or not closed. "
        "Write it as in the programme that ships."
    ),
    "programme.days-reversed": N_(
        "{second} lies before {first}, but it has to follow. Correct one of the two days."
    ),
    "programme.deadline-day": N_(
        "The deadline has to lie on the last day of the entry period, {day}. "
        "Correct the deadline or the period."
    ),
    "programme.hours-reversed": N_("The end lies before the beginning. Correct one of the two times."),
    "programme.slot-step": N_(
        "Interviews are placed in steps of {step} minutes. Write a multiple of {step}."
    ),
    "programme.week-days": N_("The days a week have to lie between {lowest} and 7. Correct the number."),
    "programme.premium-day": N_(
        "Beyond 8 hours a day a premium is due by law (Labour Standards Act, articles 32 and 37), "
        "so it cannot begin later. Enter 8:00 or less."
    ),
    "programme.premium-week": N_(
        "Beyond 40 hours a week a premium is due by law (Labour Standards Act, articles 32 and 37), "
        "so it cannot begin later. Enter 40:00 or less."
    ),
    "programme.premium-percent": N_(
        "The law asks for a premium of {lowest} % at least (Labour Standards Act, article 37), "
        "so it cannot be lower. Enter {lowest} or more."
    ),
    "programme.wage-line": N_(
        "“{text}” is not read as a day and an amount. Write a line such as 2025/10/4 1225."
    ),
    "programme.pay-day": N_("The pay day is a day of the month from 1 to 31. Correct the number."),
    "programme.unknown-choice": N_(
        "“{text}” is none of the choices of this field. Choose one from the list."
    ),
    "programme.rate-missing": N_(
        "There is no hourly rate for the first day of the term, {day}. "
        "Add a rate that is valid from that day or before."
    ),
    "programme.listed-twice": N_("“{text}” is in the list twice. Take one of the two out."),
    "course.gone": N_("This course is not in the file any more. Press F5 to see what is there."),
    "course.name-taken": N_(
        "Another course of this programme is called “{text}” already. Choose another name."
    ),
    "course.sign-too-long": N_("The sign stands in narrow places. Write at most {limit} characters."),
    "course.sign-taken": N_("Another course has the sign “{text}” already. Choose another one."),
    "course.has-applications": N_(
        "{count} applications are for this course, so it cannot be removed. Take it off publication instead."
    ),
    "course.has-interviewers": N_(
        "{count} interviewers see this course only, so it cannot be removed. Give them other courses first."
    ),
    "todo.check-courses": N_("Entries open soon. Check the courses, the days and the contacts."),
    "todo.import": N_("No entries have been imported yet."),
    "todo.import-rest": N_(
        "Entries may have come after the last import. Import the file again after the deadline."
    ),
    "todo.suspicions": N_("Entries that may be from one person: {count} pairs."),
    "todo.erase-again": N_(
        "An older copy brought back people who were erased ({days}). Erasures to repeat: {count}."
    ),
    "todo.score": N_("First screening: {count} applications have no points yet."),
    "todo.first-decisions": N_("Decisions of the first screening: {open} still open, {noted} noted."),
    "todo.release-first": N_("All decisions of the first screening are noted ({count}). Announce them."),
    "todo.first-letters": N_("Letters with the first result: {count} people have none yet."),
    "todo.plan": N_("Interviews to arrange: {count} people."),
    "todo.invitations": N_("Interview invitations: {count} people have none yet."),
    "todo.interviews-today": N_("Interviews today: {count}."),
    "todo.final-decisions": N_("Decisions of the final screening: {open} still open, {noted} noted."),
    "todo.release-final": N_("All decisions of the final screening are noted ({count}). Announce them."),
    "todo.final-letters": N_("Letters with the final result: {count} people have none yet."),
    "todo.replies": N_("People who passed and have not answered: {count}."),
    "todo.hand-ins": N_("Appointed people who owe papers that were due: {count}."),
    "todo.appoint": N_("People who accepted and are not appointed yet: {count}."),
    "todo.hours": N_("Appointed people without any hours: {count}. Enter what was agreed with them."),
    "todo.close-month": N_("Hours of month {month} to close: {count} people."),
    "todo.statements": N_("Pay statements of month {month}: {count} people have none yet."),
    "todo.year-end": N_(
        "The work of {count} people ended on {day}: list their payments for the certificates of tax withheld "
        "(源泉徴収票)."
    ),
    "todo.holidays-unpublished": N_(
        "The equinox days from {year} on are a forecast. Check the calendar once they are published."
    ),
}

LABELS: Final[dict[str, str]] = {
    "programme.create": N_("New programme {year}"),
    "programme.edit": N_("Edit of the programme"),
    "programme.work-settings": N_("Settings of work and pay"),
    "programme.choose": N_("Choice of the programme"),
    "course.add": N_("Addition of a course"),
    "course.edit": N_("Edit of a course"),
    "course.remove": N_("Removal of a course"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "point": {
        "entry-from": N_("Entries open from"),
        "entry-until": N_("Deadline"),
        "first-result": N_("1st result"),
        "interviews": N_("Interview days"),
        "final-result": N_("Final result out"),
        "term-from": N_("Appointment"),
        "term-until": N_("End of the term"),
    },
    "progress": {
        "entries": N_("Entries"),
        "applications": N_("Applications"),
        "eligible": N_("Eligible"),
        "first-passed": N_("Passed 1st"),
        "interviewed": N_("Interviewed"),
        "final-passed": N_("Passed final"),
        "accepted": N_("Accepted"),
    },
    "todo": {
        "todo.check-courses": N_("Open the courses"),
        "todo.import": N_("Import"),
        "todo.import-rest": N_("Import"),
        "todo.suspicions": N_("Check them"),
        "todo.erase-again": N_("Erase again"),
        "todo.score": N_("Read and score"),
        "todo.first-decisions": N_("Decide"),
        "todo.release-first": N_("Announce"),
        "todo.first-letters": N_("Make the letters"),
        "todo.plan": N_("Make the plan"),
        "todo.invitations": N_("Make the letters"),
        "todo.interviews-today": N_("Show the calendar"),
        "todo.final-decisions": N_("Decide"),
        "todo.release-final": N_("Announce"),
        "todo.final-letters": N_("Make the letters"),
        "todo.replies": N_("Show them"),
        "todo.appoint": N_("Appoint"),
        "todo.hand-ins": N_("Look at the papers"),
        "todo.hours": N_("Enter hours"),
        "todo.close-month": N_("Close the month"),
        "todo.statements": N_("Make the statements"),
        "todo.year-end": N_("List the payments"),
    },
    "urgency": {
        "overdue": N_("Overdue"),
        "today": N_("Today"),
        "tomorrow": N_("By tomorrow"),
        "now": N_("When there is time"),
    },
}
"""Words of the home tab: points of the year, steps, buttons, marks."""

"""Sentences about interviews: what refuses a booking, why somebody has no place, what would help."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "interview.not-waiting": N_(
        "{person} has no announced pass of the first screening, so no interview was booked. "
        "Announce the first screening, or choose somebody else."
    ),
    "interview.has-one": N_(
        "{person} has an interview already, so no second one was booked. "
        "Move the one in the calendar instead."
    ),
    "interview.locked": N_(
        "The interview of {person} is fixed, so it stays where it is. Release it first, then change it."
    ),
    "interview.missing": N_(
        "This interview is not in the calendar any more, so nothing was changed. "
        "Reload the calendar and look again."
    ),
    "interview.unknown-person": N_(
        "This person does not wait for an interview any more, so nothing was changed. "
        "Reload the calendar and look again."
    ),
    "interview.unknown-interviewer": N_(
        "This interviewer is not known any more, so nothing was changed. Reload the calendar and look again."
    ),
    "interview.not-on-the-grid": N_(
        "An interview starts at a multiple of {minutes} minutes, so nothing was booked. Choose such a time."
    ),
    "interview.wrong-course": N_(
        "{interviewer} does not see people for {courses}, so nothing was booked. Choose another interviewer."
    ),
    "interview.interviewer-taken": N_(
        "{interviewer} sees {person} from {start} to {end}, so nothing was changed. Choose another time."
    ),
    "interview.applicant-taken": N_(
        "{person} has another interview at {start}, so nothing was changed. Choose another time."
    ),
    "interview.taken": N_(
        "Somebody else took this time a moment ago, so nothing was changed. "
        "Look at the calendar again and choose another time."
    ),
    "interview.lunch": N_(
        "From {start} to {end} is lunch, so nothing was booked. Choose another time, or book it all the same."
    ),
    "interview.interviewer-away": N_(
        "{interviewer} has no time at {at}, so nothing was booked. "
        "Choose another time, or book it all the same."
    ),
    "interview.applicant-away": N_(
        "{person} did not name {at} as a possible time, so nothing was booked. "
        "Choose another time, or book it all the same if it was agreed."
    ),
    "interviewer.name-missing": N_("The name of the interviewer is missing. Write a name or a room."),
    "interviewer.field-missing": N_("This field is empty. Fill it in."),
    "interviewer.closed-day": N_("The office is closed on {day}. Choose a day on which it is open."),
    "interviewer.time-overlaps": N_(
        "{name} has the time from {start} to {end} on this day already. "
        "Choose a time that does not overlap it."
    ),
    "interviewer.time-missing": N_(
        "This time is not there any more, so nothing was changed. Reload the list and look again."
    ),
    "availability.unknown-number": N_(
        "There is no entry with the number {number}, so this row was not taken in. Check the number."
    ),
    "availability.ambiguous-number": N_(
        "Both portals have an entry with the number {number}, so it is not clear whom this row means. "
        "Enter this person's times by hand."
    ),
    "availability.twice-in-file": N_(
        "Line {line} already names this start with another end ({start} to {end}), so this row was not taken "
        "in. Leave only one of them in the file."
    ),
    "availability.replaced": N_(
        "The file no longer names {day} from {start} to {end}, so this time was taken away. "
        "If it still holds, add it to the file and take the file in again."
    ),
    "availability.not-passed": N_(
        "This person has no announced pass of the first screening; the times are kept for later."
    ),
    "availability.closed-day": N_("The office is closed on {day}. Check the date."),
    "availability.outside-period": N_("{day} is outside the interview period. Check the date."),
    "interviewers.course-unknown": N_(
        "“{text}” names no course of this programme, so this row was not taken in. "
        "Write the name of a course, or leave the cell empty for all courses."
    ),
    "interviewers.courses-changed": N_(
        "The file names other courses for this interviewer than before; those of the file hold now."
    ),
    "plan.bad-length": N_(
        "An interview of {slot_minutes} minutes with a gap of {gap_minutes} minutes cannot be planned. "
        "Correct the length in the programme."
    ),
    "plan.bad-estimate": N_(
        "Nothing can be estimated from these figures. Write at least one day, one interviewer a seat and one "
        "interview a day, and between 0 and 100 percent of second places."
    ),
    "plan.day-too-short": N_(
        "No interview of {slot_minutes} minutes fits into the day. Choose a longer day or shorter interviews."
    ),
    "plan.outdated": N_(
        "Something the plan hangs on was changed since it was made, so nothing was booked. "
        "Make the plan again and book that one."
    ),
    "plan.trial": N_(
        "This plan was tried with interviewers who are not there yet, so nothing was booked. "
        "Add their time first, then make the plan again."
    ),
    "plan.no-availability": N_("This person has not named any time yet."),
    "plan.window-too-short": N_(
        "None of the times this person named is long enough for an interview of {slot_minutes} minutes "
        "(lunch does not count)."
    ),
    "plan.no-interviewer": N_("No interviewer may see people for this course."),
    "plan.no-overlap": N_(
        "This person can only come at {windows}, when no interviewer for the course has time."
    ),
    "plan.no-panel": N_(
        "This person can only come at {windows}, when nobody has time for one of the seats of the panel."
    ),
    "plan.only-locked": N_(
        "This person can only come at {windows}, and fixed interviews take all that time."
    ),
    "plan.crowded": N_(
        "{people} people can only be interviewed within {windows}, and there are {places} places."
    ),
    "plan.crowded-many": N_(
        "{people} people can only be interviewed at these times, and there are {places} places: {windows}."
    ),
    "plan.time-ran-out": N_("The time for planning ran out before this could be settled."),
    "plan.fix-ask-times": N_("Ask this person for (more) possible times."),
    "plan.fix-ask-longer": N_("Ask this person for a longer stretch of time."),
    "plan.fix-plan-again": N_("Make the plan again."),
    "plan.fix-add-interviewers": N_(
        "Add time of an interviewer: {additions}. Then all {people} get a place."
    ),
    "plan.fix-ask-others": N_(
        "Ask {people} people of this group for other times: {slots} places are free there ({windows})."
    ),
    "plan.fix-raise-limit": N_(
        "Allow every interviewer {limit} interviews a day. Then all {people} get a place."
    ),
    "plan.fix-raise-own-limits": N_(
        "Allow the interviewers with a limit of their own {more} more interviews a day. "
        "Then all {people} get a place."
    ),
    "plan.fix-shorter": N_(
        "Shorten the interviews to {slot_minutes} minutes. Then all {people} get a place."
    ),
}

LABELS: Final[dict[str, str]] = {
    "interview.book": N_("Booking of an interview ({start})"),
    "interview.move": N_("Move of an interview to {start}"),
    "interview.cancel": N_("Cancellation of an interview ({start})"),
    "interview.lock": N_("Fixing of an interview"),
    "interview.unlock": N_("Release of a fixed interview"),
    "plan.apply": N_("Booking of the interview plan ({count} changes)"),
    "import.availability": N_("Import of applicants' times ({count} rows)"),
    "import.interviewers": N_("Import of interviewers' times ({count} rows)"),
    "interviewer.add-time": N_("Adding of an interviewer's time ({day})"),
    "interviewer.remove-time": N_("Removal of an interviewer's time ({day})"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "plan-stage": {
        "times": N_("Gathering times…"),
        "placed": N_("Finding as many places as there can be…"),
        "kept": N_("Keeping announced times…"),
        "needs": N_("Looking after early days and support…"),
        "days": N_("Opening as few days of interviewers as possible…"),
        "load": N_("Sharing the interviews out fairly…"),
        "compact": N_("Closing gaps in the days…"),
        "reasons": N_("Looking for the reasons…"),
        "fixes": N_("Trying what would help…"),
    },
}

PROBLEMS: Final[dict[str, str]] = {
    "no-interview-needed": N_("The selection of this person has ended; the interview can be cancelled."),
    "interviewer-away": N_("The interviewer has no time then."),
    "wrong-course": N_("The interviewer does not see people for this course."),
    "applicant-away": N_("The person did not name this time as possible."),
}
"""What does not fit about a booked interview, by the code of the calendar."""

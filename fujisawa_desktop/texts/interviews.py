"""Sentences about interviews: what refuses a booking, why somebody has no place, what would help."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "interview.not-waiting": N_(
        "{person} has no announced pass of the first screening, or a flag of the entry stands, so no "
        "interview was booked. Announce the first screening, look at the flag in the details, or choose "
        "somebody else."
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
    "interview.gap": N_(
        "{interviewer} sees {person} from {start} to {end}, and {minutes} minutes are kept free between "
        "interviews, so nothing was booked. Choose another time, or book it all the same."
    ),
    "interview.bad-length": N_(
        "An interview lasts at least {minutes} minutes and ends on the day it begins, so nothing was "
        "changed. Choose such an end."
    ),
    "interview.nobody": N_(
        "An interview needs somebody who holds it, so nothing was changed. Choose an interviewer."
    ),
    "interview.interviewer-twice": N_(
        "The same interviewer was named twice for one interview, so nothing was changed. Name somebody else."
    ),
    "interview.outside-period": N_(
        "{day} is outside the interview period ({first} to {last}), so nothing was booked. "
        "Choose another day, or change the period in the settings of the interviews."
    ),
    "interview.outside-hours": N_(
        "Interviews are held from {start} to {end}, so nothing was booked. "
        "Choose another time, or book it all the same."
    ),
    "interview.closed-day": N_(
        "The office is closed on {day}, so nothing was booked. Choose another day, or book it all the same."
    ),
    "interview.no-seat": N_(
        "{interviewer} has none of the roles of the panel ({roles}), so nothing was booked. "
        "Choose somebody else, or book it all the same."
    ),
    "interview.panel-incomplete": N_(
        "The panel is not complete at {at}: {count} missing (role: {roles}), so nothing was booked. "
        "Add an interviewer, or book it all the same."
    ),
    "interview.daily-limit": N_(
        "{interviewer} holds {held} interviews on {day} already, and {limit} is the most, so nothing was "
        "booked. Choose another day or interviewer, or book it all the same."
    ),
    "interview.attended": N_(
        "It is recorded whether {person} came to this interview, so it stays as it is. "
        "Take that record out first, then change it."
    ),
    "interview.reviewed": N_(
        "Interviewers have given {person} points in this interview, so it stays as it is. "
        "Take the points out first, then change it."
    ),
    "interview.url": N_(
        "This is not the address of an online meeting: it must begin with https:// and hold no blank. "
        "Copy the whole address from the meeting program."
    ),
    "interview.points-given": N_(
        "Interviewers have given points in one of the interviews that would be taken out, so nothing was "
        "changed. Make the plan again."
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
    "interview.nobody-to-tell": N_(
        "Everybody knows the times that hold, so nothing was recorded. "
        "Book or move interviews first, or choose others."
    ),
    "interview.late-minutes": N_(
        "Only somebody who came can be late, by at least one minute. Correct the minutes, or leave them out."
    ),
    "interview.settings-unfit": N_(
        "{count} booked interviews would not fit any more (for example of {people}), so nothing was changed. "
        "Look at them first, or change the settings all the same; they stay and are marked then."
    ),
    "interview.scope-booked": N_(
        "{count} interviews are booked already, so what one interview is about stays as it is. "
        "Cancel the interviews first, then change it."
    ),
    "interview.period-booked": N_(
        "{count} booked interviews lie outside this period (between {first} and {last}), so it was not "
        "changed. Move or cancel them first, or choose a longer period."
    ),
    "interview.panel-size": N_(
        "A panel has at most {most} seats, so nothing was changed. Take some seats out."
    ),
    "interviewer.name-taken": N_(
        "Another interviewer is called {name} already, so nothing was changed. Choose another name."
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
    "availability.outside-hours-painted": N_(
        "{start} to {end} is not within the interview hours of an open day, so nothing was saved. "
        "Choose times of the grid."
    ),
    "interview.not-of-panel": N_(
        "This interviewer does not take part in this interview, so nothing was saved. "
        "Reload the list and look again."
    ),
    "interview.recommendation": N_("The recommendation is not one of the choices. Choose one of them."),
    "interview.result-announced": N_(
        "The final result of this person has been announced, so the points stay as they are. "
        "Correct the decision if it was wrong."
    ),
    "ical.target": N_(
        "“{name}” is neither a folder nor a file that ends in .ics, so nothing was written. "
        "Name an existing folder, or a file ending in .ics."
    ),
    "need.minutes": N_(
        "The length of an interview is a multiple of {step} minutes, at most {most}. Write such a length."
    ),
    "interviewers.course-unknown": N_(
        "“{text}” names no course of this programme, so this row was not taken in. "
        "Write the name of a course, or leave the cell empty for all courses."
    ),
    "interviewers.limit-unreadable": N_(
        "“{text}” is no number of interviews a day, so this row was not taken in. "
        "Write a number from 1 to 99, or leave the cell empty."
    ),
    "interviewers.support-unreadable": N_(
        "“{text}” does not say whether this interviewer is prepared to give support, so this row was not "
        "taken in. Write ○ or ×, or leave the cell empty."
    ),
    "interviewers.said-twice": N_(
        "Line {line} says something else of this interviewer here, so this row was not taken in. "
        "Let all rows of an interviewer say the same, or fill in one of them only."
    ),
    "interviewers.facts-changed": N_(
        "The file names another role, limit, support or address for this interviewer than before; "
        "those of the file hold now."
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
    "draft.name-empty": N_("The name is missing, so the plan was not kept. Write a name for it."),
    "draft.name-long": N_(
        "The name is longer than {most} characters, so the plan was not kept. Write a shorter one."
    ),
    "draft.name-taken": N_(
        "A plan named “{name}” is kept already, so this one was not. Write another name, or delete that one."
    ),
    "draft.gone": N_(
        "This plan is not kept any more, so nothing was done. Open the list again and choose another one."
    ),
    "draft.trial": N_(
        "This plan was tried with something that is not so yet, so nothing was booked. "
        "Try it again, make what it supposes real, and book the plan that comes of it."
    ),
    "plan.no-availability": N_("No time has been named yet."),
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
    "interview.stretch": N_("Change of an interview's end to {end}"),
    "interview.swap": N_("Exchange of two interviews"),
    "interview.change-interviewers": N_("Change of who holds an interview"),
    "interview.cancel": N_("Cancellation of an interview ({start})"),
    "interview.settings": N_("Change of the settings of the interviews"),
    "interview.interviewer": N_("Change of an interviewer's settings"),
    "interview.need": N_("Change of what somebody needs for the interview"),
    "interview.announce": N_("Times of interviews were told ({count})"),
    "interview.late": N_("Somebody came late to the interview ({minutes} minutes)"),
    "interview.postpone": N_("Postponing of an interview ({start})"),
    "interview.details": N_("Address and note of an interview"),
    "interview.lock": N_("Fixing of an interview"),
    "interview.unlock": N_("Release of a fixed interview"),
    "plan.apply": N_("Booking of the interview plan ({count} changes)"),
    "plan.make-real": N_("Making real what a plan was tried with"),
    "draft.save": N_("Keeping of an interview plan"),
    "draft.delete": N_("Deletion of kept interview plans ({count})"),
    "import.availability": N_("Import of applicants' times ({count} rows)"),
    "import.interviewers": N_("Import of interviewers' times ({count} rows)"),
    "interviewer.add-time": N_("Adding of an interviewer's time ({day})"),
    "interviewer.remove-time": N_("Removal of an interviewer's time ({day})"),
    "interviewer.remove-times": N_("Removal of interviewers' times ({count})"),
    "interviewer.paint-times": N_("Change of an interviewer's times"),
    "interview.criterion-add": N_("Adding of a criterion of the interviews"),
    "interview.criterion-edit": N_("Change of a criterion of the interviews"),
    "interview.criterion-move": N_("New order of the criteria of the interviews"),
    "interview.criterion-remove": N_("Removal of a criterion of the interviews"),
    "interview.review": N_("Points of an interview"),
    "interviews.ical": N_("Calendar files written ({count} interviews, {cancelled} cancelled)"),
    "availability.save": N_("Recording of when a person can be interviewed"),
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
    "flag-stands": N_(
        "A flag of the entry stands, so this person does not take part. Look at the flag in the details: "
        "let the person take part with a reason, or cancel the interview."
    ),
    "interviewer-away": N_("The interviewer has no time then."),
    "wrong-course": N_("The interviewer does not see people for this course."),
    "applicant-away": N_("The person did not name this time as possible."),
    "outside-period": N_("The day is outside the interview period."),
    "outside-hours": N_("The time is outside the hours in which interviews are held."),
    "closed-day": N_("The office is closed on this day."),
    "lunch": N_("It takes time of the lunch break."),
    "gap": N_("The time that is kept free before or after the next interview is too short."),
    "not-on-the-grid": N_("It does not begin and end at a multiple of five minutes."),
    "bad-length": N_("It does not end on the day on which it begins."),
    "nobody": N_("Nobody holds it."),
    "no-seat": N_("An interviewer has none of the roles of the panel."),
    "panel-incomplete": N_("A role of the panel is missing."),
    "daily-limit": N_("An interviewer holds more interviews on this day than the limit."),
    "after-finish-by": N_("The person asked to be seen earlier."),
    "no-support": N_("No interviewer is prepared for the support this person needs."),
    "second-interview": N_("The person has another interview already; this one can be cancelled."),
}
"""What does not fit about a booked interview, by the code of the calendar."""

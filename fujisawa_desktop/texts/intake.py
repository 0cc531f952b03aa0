"""Sentences and words about intake, the list of applicants, and selection."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "import.no-course-column": N_(
        "{file} has no column that names the courses applied for, so the entries could not be routed. "
        "Check the headings in the first line."
    ),
    "import.back-needed": N_(
        "Later work hangs on this import ({dependent}), so it was not taken back. "
        "Take that back first, or correct the entries one by one."
    ),
    "import.back-changed": N_(
        "Something this import brought was changed since ({act}, {at}), so it was not taken back. "
        "Take that back first, or correct the entries one by one."
    ),
    "import.back-gone": N_("This import is no longer there. Reload the list."),
    "import.nothing-refused": N_("No row was refused, so there is nothing to save."),
    "import.no-such-layout": N_(
        "The layout {name} is no longer there, so nothing was changed. Reload the list."
    ),
    "import.layout-name": N_("Give the layout a name by which you will find it again."),
    "import.layout-name-taken": N_(
        "The name {name} belongs to a layout that comes with the program. Choose another name."
    ),
    "import.layout-source": N_("Say which portal the file comes from."),
    "import.rule-words": N_("A rule needs at least one word. Fill it in, or remove the rule."),
    "import.rule-course": N_("The course of a rule is not one of this programme. Choose another course."),
    "import.course-missing": N_(
        "The course is empty. Ask the applicant, fill it in, and import the row again."
    ),
    "import.course-unknown": N_(
        "{text} is none of this programme's courses. Correct it, or add the word to the course, "
        "and import the row again."
    ),
    "import.course-part-unknown": N_(
        "{text} is none of this programme's courses; the other courses of the row were taken in."
    ),
    "import.course-dropped": N_(
        "The portal no longer names {course} for {number}. "
        "The application stays; withdraw it if that is meant."
    ),
    "import.kept-edit": N_(
        "{field} of {number} was changed at the portal, but had been edited here. "
        "The value entered here was kept; compare the two."
    ),
    "import.number-twice": N_(
        "The number {number} is already in line {first} with other contents, so this row was not taken in. "
        "Keep the right one of the two rows."
    ),
    "import.withdrawn-too-late": N_(
        "{number} has taken the entry back at the portal, but is appointed or no longer in the selection. "
        "Nothing was changed; ask the person."
    ),
    "import.own-list": N_(
        "{file} is a list written by this program, not a portal's file, so it was not taken in: everybody "
        "would be entered a second time. To change many people at once, copy the columns in the "
        "spreadsheet and paste them into the list of applicants. To take entries in, choose the portal's "
        "file."
    ),
    "import.known-elsewhere": N_(
        "An entry {number} of this name is already there from {source}, so the row was not taken in: the "
        "person would be entered a second time. If the file comes from that portal, choose it for the file; "
        "to change many people at once, paste columns into the list of applicants."
    ),
    "import.number-unknown": N_(
        "There is no entry with the number {number}. Import the applicants first, or correct the number."
    ),
    "import.number-of-two": N_(
        "Two portals use the number {number}, so it is not clear who is meant. Record this one in the list."
    ),
    "decision.twice": N_(
        "Line {first} already says another result for {number}, so this row was not taken in. "
        "Keep the right one of the two rows."
    ),
    "decision.not-applied": N_(
        "{number} has not applied for {course}, so no result can be recorded. Correct the course."
    ),
    "decision.flagged": N_(
        "The entry {number} came late, is not from a student, or states a ground of disqualification. "
        "The result was recorded; check that it is meant."
    ),
    "selection.no-application": N_(
        "One of the chosen applications is no longer there, so nothing was recorded. "
        "Reload the list and choose again."
    ),
    "selection.nothing-pending": N_(
        "There are no results to announce, so nothing was changed. Record the results first."
    ),
    "selection.rank-twice": N_(
        "Two reserves of {course} share the rank {rank}, so nothing was announced. "
        "Give each a rank of its own."
    ),
    "selection.over-capacity": N_(
        "{course}: {passed} passes for a capacity of {capacity}. Check that this is meant."
    ),
    "sample.programme-incomplete": N_(
        "The programme has no course or no hourly rate yet, so no sample files can be made for it."
    ),
    "applicant.gone": N_("This entry is no longer there. Reload the list."),
    "applicant.suspicion-gone": N_("This pair is no longer in doubt. Reload the list."),
    "applicant.postcode": N_("A postcode has seven digits. Correct it, or leave it empty."),
    "applicant.mail": N_("This cannot be a mail address. Enter one address, or leave it empty."),
}

LABELS: Final[dict[str, str]] = {
    "import.applicants": N_("Import of applicants ({added} added, {updated} changed)"),
    "import.decisions": N_("Import of results ({count})"),
    "import.layout-saved": N_("Import layout saved"),
    "import.layout-deleted": N_("Import layout deleted"),
    "import.rules-saved": N_("Rules for courses saved ({count})"),
    "selection.decide": N_("{stage}: {result} for {count}"),
    "selection.clear": N_("{stage}: {count} results taken out"),
    "selection.release": N_("Announcement of {stage} ({count})"),
    "selection.accepted": N_("Acceptance ({count})"),
    "selection.withdrawn": N_("Withdrawal ({count})"),
    "applicant.edit": N_("Edit of an applicant"),
    "applicant.different": N_("Two people kept apart"),
    "applicant.doubt-again": N_("Two people in doubt again"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "column": {
        "number": N_("Number"),
        "source": N_("Portal"),
        "name": N_("Name"),
        "kana": N_("Reading"),
        "school": N_("School"),
        "faculty": N_("Faculty"),
        "department": N_("Department"),
        "grade": N_("Grade"),
        "courses": N_("Courses applied for"),
        "status": N_("State"),
        "flags": N_("Flags"),
        "received_at": N_("Received at"),
    },
    "field": {
        "name_entered": N_("Name as entered"),
        "name_official": N_("Official name"),
        "character_note": N_("Note on characters"),
        "kana": N_("Reading"),
        "birth_date": N_("Birth date"),
        "postcode": N_("Postcode"),
        "address": N_("Address"),
        "phone": N_("Telephone"),
        "mail": N_("Mail address"),
        "school": N_("School"),
        "school_category": N_("Kind of school"),
        "faculty": N_("Faculty"),
        "department": N_("Department"),
        "grade": N_("Grade"),
        "graduation": N_("Expected graduation"),
        "note": N_("Note"),
        "received_at": N_("Received at"),
        "state_text": N_("State at the portal"),
        "is_late": N_("After the deadline"),
        "is_withdrawn": N_("Entry taken back"),
        "is_not_student": N_("Not a student"),
        "is_disqualified": N_("Ground of disqualification stated"),
        "weekdays": N_("Weekdays"),
        "number": N_("Number"),
        "family_name": N_("Family name"),
        "given_name": N_("Given name"),
        "family_kana": N_("Family name (reading)"),
        "given_kana": N_("Given name (reading)"),
        "state": N_("State at the portal"),
        "courses": N_("Courses applied for"),
        "statement": N_("Statement on disqualification"),
        "answer": N_("Answer"),
        "ignored": N_("Kept, not shown"),
    },
    "weekday": {
        "月": N_("Mark for Monday"),
        "火": N_("Mark for Tuesday"),
        "水": N_("Mark for Wednesday"),
        "木": N_("Mark for Thursday"),
        "金": N_("Mark for Friday"),
        "土": N_("Mark for Saturday"),
        "日": N_("Mark for Sunday"),
    },
    "dependent": {
        "applicant_availability": N_("times for interviews"),
        "applicant_note": N_("notes"),
        "application": N_("applications"),
        "appointment": N_("appointments"),
        "decision": N_("results of screenings"),
        "decision_correction": N_("corrections of results"),
        "dispatch": N_("sent papers and mails"),
        "entry": N_("entries"),
        "entry_answer": N_("answers"),
        "flag_ruling": N_("rulings on marks"),
        "import_row": N_("later imports"),
        "availability_text": N_("times for interviews as written"),
        "interview": N_("interviews"),
        "interview_announcement": N_("times of interviews that were told"),
        "interview_need": N_("needs for interviews"),
        "interview_review": N_("points of interviews"),
        "interview_seat": N_("interviews"),
        "interviewer_availability": N_("interviewers' times"),
        "interviewer_course": N_("interviewers' courses"),
        "notice": N_("letters"),
        "person_merge": N_("merged people"),
        "reply": N_("replies"),
        "review": N_("reviews"),
        "suspected_duplicate": N_("possible duplicates with later imports"),
    },
    "reason": {
        "kana": N_("Reading"),
        "name": N_("Name"),
        "birth-date": N_("Birth date"),
        "phone": N_("Telephone"),
        "mail": N_("Mail address"),
        "school": N_("School"),
    },
}

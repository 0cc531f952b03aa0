"""Sentences about data that contradicts itself: what is wrong, and what mends it or what to do."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "defect.unreadable": N_(
        "{table}, row {row}: the value of {column} cannot be read. It cannot be guessed. "
        "Return to a backup from before it was damaged."
    ),
    "defect.orphan": N_(
        "{table}, row {row} belongs to {parent} that is no longer there. The repair lets the link go, "
        "or the row where it is nothing alone."
    ),
    "defect.orphan-kept": N_(
        "{table}, row {row} belongs to {parent} that is no longer there, but other records hang on it. "
        "Return to a backup in which it is still there."
    ),
    "defect.hidden": N_(
        "{table}, row {row}: a text holds characters that cannot be seen or printed. The repair takes "
        "them out and leaves every other letter."
    ),
    "defect.version": N_(
        "{table}, row {row}: the count of changes is not possible, so two people’s changes could not be "
        "told apart. The repair counts from 1 again."
    ),
    "defect.search-key": N_(
        "The person is not found under the present name or number. The repair makes the search key anew."
    ),
    "defect.sort-key": N_(
        "The person stands at the wrong place of the list. The repair makes the sort key anew."
    ),
    "defect.application-person": N_(
        "An application is kept under another person than its entry. The repair gives it to the person "
        "of the entry."
    ),
    "defect.course-of-other-year": N_(
        "An application asks for a course of another year. Remove it and enter the right course."
    ),
    "defect.person-of-other-year": N_(
        "An entry belongs to a person of another year. Return to a backup, or import the entry again."
    ),
    "defect.status": N_(
        "The state contradicts what was announced and answered. The repair sets it to “{status}”."
    ),
    "defect.announced-unrecorded": N_(
        "A result of {stage} counts as announced, but no announcement of it is recorded. "
        "Look at the letters that were issued, and correct the result if it was not told."
    ),
    "defect.final-without-first": N_(
        "A final result is announced without a pass of the first screening. "
        "Look at the letters that were issued, and correct the result."
    ),
    "defect.rank-without-reserve": N_(
        "A result that is no reserve has a rank among the reserves. The repair takes the rank away."
    ),
    "defect.rank-twice": N_(
        "{course_name}: several reserves have the rank {rank}. Put the reserves of the course in order."
    ),
    "defect.score": N_(
        "The stored points are not those of the reviews. The repair works them out from the reviews."
    ),
    "defect.points-over": N_(
        "{points} points were given where at most {most} are possible. Ask the one who judged, "
        "and enter the points again."
    ),
    "defect.merge-entries": N_(
        "The person was merged into another and has entries all the same. Split the two and merge again."
    ),
    "defect.interview-person": N_(
        "An interview is kept under another person than its entry. The repair gives it to the person "
        "of the entry."
    ),
    "defect.told-person": N_(
        "A time that was told is kept under another person than its entry. The repair gives it to the "
        "person of the entry."
    ),
    "defect.interview-units": N_(
        "The interview of {starts_at} does not hold the time it takes, so another could be booked over it. "
        "The repair takes that time."
    ),
    "defect.interview-units-taken": N_(
        "The interview of {starts_at} does not hold the time it takes, and another holds it. "
        "Move one of the two."
    ),
    "defect.interview-overlap-applicant": N_(
        "The interview of {starts_at} begins before the person’s interview of {other} ends. Move one of them."
    ),
    "defect.interview-overlap-interviewer": N_(
        "The interview of {starts_at} begins before one of {other} with the same interviewer ends. "
        "Move one of them, or give it to another interviewer."
    ),
    "defect.appointment-person": N_(
        "The appointment is kept under another person than the application. The repair gives it to the "
        "person of the application."
    ),
    "defect.appointment-course": N_(
        "The appointment names another course than the application. Compare both with the notice of "
        "working conditions."
    ),
    "defect.appointment-rate": N_(
        "The appointment has no hourly rate, so no pay can be worked out. Enter a change of terms."
    ),
    "defect.shift-minutes": N_(
        "{day}: the length of the hours is not that of their times. The repair works it out from the times."
    ),
    "defect.shift-minutes-closed": N_(
        "{day}: the length of the hours is not that of their times, and the month is closed. "
        "Open the month, repair, and close it again."
    ),
    "defect.shift-outside": N_(
        "{day}: there are hours outside the term of the appointment. Move them, or correct the term."
    ),
    "defect.shift-overlap": N_("{day}: hours begin before others of the same day end. Enter the day again."),
    "defect.closing-outside": N_(
        "{year}-{month} is closed although the appointment does not reach into it. Open the month."
    ),
    "defect.statement-sum": N_(
        "The amounts of the statement of {year}-{month} do not add up. Compare it with the paper, "
        "and state the month again."
    ),
    "defect.statement-paper": N_(
        "The amounts of the statement of {year}-{month} are not those that its paper shows. "
        "Compare it with the paper, and state the month again."
    ),
    "defect.statement-missing": N_(
        "An earlier edition of the statement of {year}-{month} is missing. "
        "Return to a backup in which it is still there."
    ),
    "defect.payment-differs": N_(
        "For {year}-{month} {paid_yen} yen were recorded as paid, but {stated_yen} yen were stated. "
        "Compare both with the list of transfers."
    ),
    "defect.number-unlisted": N_(
        "A paper bears {sign} no. {number} of the fiscal year {fiscal_year}, which is not in the ledger. "
        "The repair enters it there."
    ),
    "defect.number-not-issued": N_(
        "A paper bears {sign} no. {number} of the fiscal year {fiscal_year}, which the ledger knows as void "
        "or as used elsewhere. Look into the ledger, and issue the paper again under another number."
    ),
    "defect.date-outside": N_(
        "{table}, row {row}: {day} lies far away from the programme. Correct the year."
    ),
    "defect.journal-subject": N_(
        "Act {seq} of the journal names a person who was never in this file. The journal is not changed. "
        "Tell the person in charge of the program."
    ),
    "defect.erasure-undone": N_(
        "A return to an older copy undid erasures: {count} ({days}). The people erased then are in the file "
        "again. Erase them again with “Retention and erasure” in the Tools menu."
    ),
}

LABELS: Final[dict[str, str]] = {
    "check.repaired": N_("Repair after a check ({count})"),
    "check.orphans-removed": N_("Removal of records that belong to nothing ({count})"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "table": {
        "announcement": N_("Announcement"),
        "applicant": N_("Person"),
        "applicant_availability": N_("Times of a person"),
        "applicant_note": N_("Note"),
        "application": N_("Application"),
        "appointment": N_("Appointment"),
        "appointment_rate": N_("Hourly rate of an appointment"),
        "availability_text": N_("Times as written"),
        "calendar_event": N_("Calendar event"),
        "closed_day": N_("Closed day"),
        "contact": N_("Contact"),
        "course": N_("Course"),
        "course_rule": N_("Rule of courses"),
        "criterion": N_("Criterion"),
        "dated_figure": N_("Figure of the law"),
        "decision": N_("Decision"),
        "decision_correction": N_("Correction of a decision"),
        "dispatch": N_("Dispatch"),
        "document_number": N_("Document number"),
        "entry": N_("Entry"),
        "entry_answer": N_("Answer of an entry"),
        "erasure": N_("Erasure"),
        "flag_ruling": N_("Ruling on a flag"),
        "hand_in": N_("Paper handed in"),
        "hourly_rate": N_("Hourly rate"),
        "hours_correction": N_("Correction of hours"),
        "import_batch": N_("Import"),
        "import_profile": N_("Layout of an import"),
        "import_row": N_("Row of an import"),
        "interview": N_("Interview"),
        "interview_announcement": N_("Told interview time"),
        "interview_criterion": N_("Criterion of interviews"),
        "interview_draft": N_("Interview plan kept aside"),
        "interview_need": N_("Need for the interview"),
        "interview_review": N_("Points of an interview"),
        "interview_score": N_("Points of a criterion of interviews"),
        "interview_seat": N_("Seat in an interview"),
        "interview_unit": N_("Time taken by an interview"),
        "interviewer": N_("Interviewer"),
        "interviewer_availability": N_("Times of an interviewer"),
        "interviewer_course": N_("Course of an interviewer"),
        "journal_entry": N_("Journal"),
        "journal_payload": N_("Contents of the journal"),
        "journal_subject": N_("Person of an act"),
        "month_closing": N_("Closed month"),
        "month_confirmation": N_("Confirmed month"),
        "notice": N_("Issued paper"),
        "outgoing_set": N_("Files on their way"),
        "paper_template": N_("Wording"),
        "pay_statement": N_("Pay statement"),
        "payment": N_("Payment"),
        "person_merge": N_("Merged person"),
        "programme": N_("Programme"),
        "register_layout": N_("Layout of a register"),
        "reply": N_("Answer of a person"),
        "retention_rule": N_("Period of retention"),
        "review": N_("Review"),
        "reviewer": N_("Reviewer"),
        "reviewer_course": N_("Course of a reviewer"),
        "saved_view": N_("Saved view"),
        "score": N_("Points of a criterion"),
        "screening_rule": N_("Rule of the screening"),
        "seat": N_("Seat"),
        "setting": N_("Setting"),
        "shift": N_("Hours"),
        "suspected_duplicate": N_("Suspected duplicate"),
        "terms_change": N_("Change of terms"),
        "transfer_account": N_("Account for transfers"),
        "work_pattern": N_("Usual day"),
    },
}
"""What the rows of each table are called."""
TERMS["parent"] = TERMS["table"]

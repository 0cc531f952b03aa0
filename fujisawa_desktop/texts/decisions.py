"""Sentences and words about the way through the selection: marks, rehearsal, reserves, mails, corrections."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "selection.ineligible": N_(
        "This application does not meet the requirements, so this step is not possible. "
        "Take that back with a reason first, if it was wrong."
    ),
    "selection.ineligible-too-late": N_(
        "Requirements are judged before the first screening, and this application is past it. "
        "Correct the result, or record a withdrawal."
    ),
    "selection.absent": N_(
        "This person is recorded as absent from the interview, so neither a pass nor a reserve place can be "
        "noted. Correct the attendance first, if it was wrong."
    ),
    "selection.absent-but-decided": N_(
        "A pass or a reserve place is noted for this person, so the person cannot be recorded as absent. "
        "Take the noted result out first."
    ),
    "selection.attendance-not-due": N_(
        "Attendance is recorded between the first and the final result, and this application is not there. "
        "Look at its state."
    ),
    "selection.attendance-no-interview": N_(
        "No interview is booked for this person, so no attendance can be recorded. Book the interview first."
    ),
    "selection.attendance-none": N_(
        "No attendance is recorded for this person, so there is nothing to take out."
    ),
    "selection.reason-needed": N_("The reason is missing. Write it; it is kept with the entry."),
    "selection.reason-unknown": N_("This is none of the usual reasons. Choose one of the list."),
    "selection.over-capacity-reason": N_(
        "{course}: {passed} passes for {capacity} places, so nothing was announced. "
        "Give the reason for it, or take passes out."
    ),
    "promotion.no-vacancy": N_(
        "No place of this course became free by a withdrawal, so nobody can move up. "
        "Record the withdrawal first."
    ),
    "promotion.expired": N_(
        "The day until which this reserve could move up is over. Choose the next one of the list."
    ),
    "promotion.flag-stands": N_(
        "A flag of this entry stands, so the person does not take part and cannot move up. Look at the flag "
        "in the details: let the person take part with a reason, or choose the next one of the list."
    ),
    "promotion.not-reserve": N_(
        "This person is no announced reserve, so nothing was changed. Reload the list and choose again."
    ),
    "promotion.announced": N_(
        "These ranks are announced already, so they were not changed. Use a correction with a reason."
    ),
    "promotion.reason-needed": N_(
        "This passes over a better rank, or exceeds the capacity, so a reason is needed. Write it."
    ),
    "correction.reason-needed": N_("An announced result changes only with a reason. Write it."),
    "correction.rank-needed": N_("A reserve needs a rank. Enter it."),
    "correction.rank-taken": N_(
        "Another reserve of {course} has the rank {rank}, so nothing was corrected. Enter another rank."
    ),
    "correction.same": N_("The result says so already, so nothing was changed."),
    "correction.gone": N_("This result is no longer there. Reload the list."),
    "correction.not-announced": N_(
        "This result is not announced yet, so it needs no correction. Note another result instead."
    ),
    "correction.promoted": N_(
        "This reserve has moved up since, so the result is not corrected. Take the promotion back first."
    ),
    "correction.accepted": N_(
        "The person has accepted since, so the result is not corrected. "
        "Take the acceptance back first, or record a withdrawal."
    ),
    "correction.appointed": N_(
        "The person is appointed, so the result is not corrected. The appointment has to be ended instead."
    ),
    "correction.withdrawn": N_(
        "The person has withdrawn since, so the result is not corrected. Take the withdrawal back first."
    ),
    "correction.decided-later": N_(
        "The final screening builds on this result, so it is not corrected. "
        "Take the final result out, or correct that one first."
    ),
    "correction.booked": N_(
        "An interview is booked on this result, so it is not corrected. Cancel the interview first."
    ),
    "papers.disclosure-whom": N_(
        "A disclosure sheet is for one person, and nobody was chosen. Choose the person in the list first."
    ),
    "papers.nothing-announced": N_(
        "Nothing has been announced yet, so there is no decision to record. Announce a screening first."
    ),
    "mail.nobody": N_(
        "There is nobody to write “{mail}” to, because nothing of the kind has been announced or booked. "
        "Announce the results or book the interviews first."
    ),
    "mail.not-announced": N_(
        "For these numbers nothing of the kind has been announced, so no message was made: {numbers}. "
        "Leave them out, or announce the results first."
    ),
    "mail.address-impossible": N_(
        "This cannot be one mail address, so no message was made. Correct the address of the person."
    ),
    "mail.address-impossible-for": N_(
        "These people have no mail address that a message could go to, so nothing was written: {numbers}. "
        "Correct the addresses, or write letters."
    ),
    "mail.subject-line": N_(
        "The subject has a line end or a control sign in it, so no message was made. Correct the wording."
    ),
    "mail.second-clerk": N_(
        "Nobody else has looked at the addresses yet. Let a second person check them and enter the name."
    ),
    "mail.second-clerk-same": N_(
        "The second look must be that of another person than the one who writes. Enter the other name."
    ),
    "mail.changed-since": N_(
        "A result or an address was changed after it was checked, so nothing was written. "
        "Look at the messages again."
    ),
    "mail.no-folder": N_("The folder {file} is not there, so nothing was written. Choose another folder."),
    "mail.gone": N_("One of these messages is no longer in the ledger. Reload it."),
    "mail.missing": N_("There is no mail address."),
    "mail.impossible": N_("This cannot be a mail address."),
    "mail.mistyped": N_("The address looks mistyped."),
    "mail.shared": N_("Two people have this address."),
    "mail.several": N_("Two of these messages go to this address."),
    "mail.differs": N_("The portal has another address."),
    "mail.written-before": N_("Written before."),
    "mail.sent-before": N_("Sent before."),
    "rehearsal.decided.ok": N_("Everybody has a result."),
    "rehearsal.decided.caution": N_("{count} people have no result and get no letter."),
    "rehearsal.decided.stop": N_("No results are noted yet."),
    "rehearsal.counts.ok": N_(
        "{total} = {passed} pass + {reserve} reserve + {failed} fail + {withdrawn} withdrawn "
        "+ {ineligible} not eligible + {undecided} undecided."
    ),
    "rehearsal.counts.stop": N_("The figures do not add up in: {courses}."),
    "rehearsal.possible.ok": N_("Every result fits the state of its application."),
    "rehearsal.possible.stop": N_("{count} results do not fit the state of the application."),
    "rehearsal.letters.ok": N_("All {letters} letters can be made as they are."),
    "rehearsal.letters.caution": N_("{count} letters cannot show a text as it was typed."),
    "rehearsal.addresses.ok": N_("Every address can be one, and each belongs to one person."),
    "rehearsal.addresses.caution": N_("{count} people have an address to look at."),
    "rehearsal.capacity.ok": N_("No course has more passes than places."),
    "rehearsal.capacity.reason": N_("More passes than places: {courses}. A reason is needed."),
    "rehearsal.reserves.ok": N_("The reserves ({reserves}) have their ranks without a gap."),
    "rehearsal.reserves.caution": N_("A rank is missing before {count} reserves."),
    "rehearsal.reserves.stop": N_("{count} reserves share a rank or have none."),
    "rehearsal.flags.ok": N_("Nobody passes with a mark that was not waived."),
    "rehearsal.flags.caution": N_("{count} people pass with a mark that was not waived."),
    "rehearsal.duplicates.ok": N_("Nobody has different results for one course."),
    "rehearsal.duplicates.caution": N_(
        "{count} entries of people who entered twice, or may have, have different results for one course."
    ),
    "rehearsal.lost": N_("A text on the letter cannot be printed as typed."),
    "rehearsal.no-name": N_("The name is empty."),
    "rehearsal.postcode": N_("The postcode has not seven digits."),
    "rehearsal.rank-twice": N_("The rank is given twice, or is missing."),
    "rehearsal.rank-gap": N_("The rank before it is missing."),
    "rehearsal.late": N_("Came after the deadline."),
    "rehearsal.withdrawn": N_("Taken back at the portal."),
    "rehearsal.not-student": N_("Not from a student."),
    "rehearsal.disqualified": N_("States a ground of disqualification."),
    "rehearsal.doubt": N_("May be a double entry."),
    "rehearsal.one-person": N_("The person's two entries for the course have different results."),
}

LABELS: Final[dict[str, str]] = {
    "selection.ineligible": N_("Requirements not met ({count})"),
    "selection.eligible": N_("Requirements met after all ({count})"),
    "selection.attended": N_("Attendance at the interview ({count})"),
    "selection.absent": N_("Absence from the interview ({count})"),
    "selection.attendance-clear": N_("Attendance taken out ({count})"),
    "selection.reserve-order": N_("Order of the reserves ({count})"),
    "selection.promote": N_("Promotion of a reserve"),
    "selection.correct": N_("Correction of an announced result ({stage})"),
    "mails.write": N_("Mails written: {mail} ({count})"),
    "mails.sent": N_("Mails marked as sent ({count})"),
    "mails.not-sent": N_("Mails marked as not sent ({count})"),
}

_MAILS: Final = {
    "first-pass": N_("1st screening: pass"),
    "first-fail": N_("1st screening: fail"),
    "interview-invitation": N_("Interview invitation"),
    "final-pass": N_("Final screening: pass"),
    "final-reserve": N_("Final screening: reserve"),
    "final-fail": N_("Final screening: fail"),
    "promotion": N_("Promotion from reserve"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "interview-progress": {
        "arranging": N_("Arranging the interview"),
        "booked": N_("Interview booked"),
        "attended": N_("Attended"),
        "absent": N_("Absent"),
    },
    "withdrawal": {
        "studies": N_("Studies"),
        "other-offer": N_("Other work or offer"),
        "schedule": N_("Days do not fit"),
        "health": N_("Health or family"),
        "terms": N_("Terms of work"),
        "no-answer": N_("No answer"),
        "other": N_("Other reason"),
    },
    "mail": _MAILS,
    "mail_kind": _MAILS,
    "rehearsal": {
        "ok": N_("Good"),
        "caution": N_("Look"),
        "reason": N_("Reason"),
        "stop": N_("Stop"),
    },
    "rehearsal-check": {
        "decided": N_("Results"),
        "counts": N_("Figures"),
        "possible": N_("States"),
        "letters": N_("Letters"),
        "addresses": N_("Addresses"),
        "capacity": N_("Capacity"),
        "reserves": N_("Reserves"),
        "flags": N_("Marks"),
        "duplicates": N_("Double entries"),
    },
    "dispatch": {"again": N_("again")},
    "list": {"dispatch": N_("Dispatch ledger")},
    "list-column": {
        "mail_kind": N_("Message"),
        "address": N_("Goes to"),
        "subject": N_("Subject"),
        "written_at": N_("Written"),
        "sent_at": N_("Sent"),
        "actor": N_("Written by"),
        "checked_by": N_("Second check"),
        "repeat": N_("Note"),
    },
}

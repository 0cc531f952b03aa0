"""Sentences and words about one person: merged or kept apart, flags decided, notes."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "flag.late": N_("Received {received}; the deadline was {deadline}."),
    "flag.withdrawn": N_("The portal gives the state “{state}”."),
    "flag.no-school": N_("No school is given."),
    "flag.refused-school": N_("The school “{school}” holds “{word}”, which the programme does not accept."),
    "flag.unknown-school": N_(
        "The school “{school}” holds none of the words the programme accepts: {words}."
    ),
    "flag.disqualified": N_("The person's own statement names a ground of disqualification."),
    "flag.disqualified-stated": N_("Under “{heading}” the person answered “{text}”."),
    "ruling.reason-missing": N_(
        "A reason is missing: somebody who takes part in spite of a flag needs one. Write it down."
    ),
    "ruling.flag-gone": N_(
        "The entry does not bear this flag any more, so there is nothing to decide. Reload the list."
    ),
    "ruling.none": N_("Nothing was decided about this flag, so there is nothing to open. Reload the list."),
    "note.empty": N_("A note without words cannot be kept. Write something, or close it."),
    "merge.no-entries": N_(
        "One of the two is no longer in the list: deleted, or made one person with somebody already. "
        "Nothing was changed; reload the list."
    ),
    "merge.decisions-contradict": N_(
        "Different results were announced for the same course ({courses}), so the two stay two people. "
        "Correct one of the results first, with its reason; then make them one."
    ),
    "merge.interviews-clash": N_(
        "The two have interviews at the same time, which one person cannot attend. "
        "Move or cancel one of the interviews first; then make them one."
    ),
    "merge.both-appointed": N_(
        "Both are appointed for the same time, so the two stay two people. "
        "Check the two appointments with the section in charge first."
    ),
    "merge.not-merged": N_("This person is not joined with anybody, so nothing was split. Reload the list."),
    "merge.split-other-first": N_(
        "The person this one was joined with has been joined with somebody else since. "
        "Split those two first; then split these."
    ),
    "note.gone": N_("This note is no longer there. Reload the list."),
}

LABELS: Final[dict[str, str]] = {
    "ruling.waived": N_("Takes part all the same ({flag})"),
    "ruling.stands": N_("Does not take part ({flag})"),
    "ruling.reopen": N_("Decision taken away ({flag})"),
    "applicant.look-again": N_("Search for people who entered twice"),
    "person.merge": N_("Two people made one"),
    "person.split": N_("One person split into two"),
    "note.add": N_("Note written"),
    "note.edit": N_("Note changed"),
    "note.delete": N_("Note deleted"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "note-kind": {"shared": N_("Shared"), "office": N_("Office only")},
    "verdict": {"stands": N_("Does not take part"), "waived": N_("Takes part all the same")},
    "history": {
        "application.status": N_("State"),
        "application.score": N_("Points"),
        "decision.result": N_("Result"),
        "decision.reserve_rank": N_("Rank of the reserve"),
        "decision.announced_at": N_("Announced"),
        "decision.reason": N_("Reason"),
        "decision.valid_until": N_("Valid until"),
        "decision.promoted_at": N_("Moved up"),
        "flag_ruling.verdict": N_("Decision about the flag"),
        "flag_ruling.reason": N_("Reason"),
        "interview.starts_at": N_("Start of the interview"),
        "interview.ends_at": N_("End of the interview"),
        "notice.document_number": N_("Document number"),
        "applicant_note.text": N_("Note"),
        "applicant_note.kind": N_("Who may read the note"),
    },
}

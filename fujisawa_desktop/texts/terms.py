"""The words of the field: states, stages, results, flags, kinds of papers, fields of forms."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

TERMS: Final[dict[str, dict[str, str]]] = {
    "status": {
        "received": N_("Received"),
        "ineligible": N_("Not eligible"),
        "first-passed": N_("Passed 1st"),
        "first-failed": N_("Failed 1st"),
        "final-passed": N_("Passed final"),
        "final-reserve": N_("Reserve"),
        "final-failed": N_("Failed final"),
        "accepted": N_("Accepted"),
        "withdrawn": N_("Withdrawn"),
        "appointed": N_("Appointed"),
    },
    "stage": {"first": N_("1st screening"), "final": N_("final screening")},
    "result": {"pass": N_("Pass"), "fail": N_("Fail"), "reserve": N_("Reserve")},
    "flag": {
        "late": N_("Late"),
        "withdrawn": N_("Taken back"),
        "not-student": N_("Non-student"),
        "disqualified": N_("Disqualification stated"),
        "duplicate": N_("Double entry?"),
    },
    "source": {
        "rikunabi": N_("Rikunabi"),
        "e-application": N_("E-application"),
        "manual": N_("Entered here"),
    },
    "kind": {
        "press-release": N_("Press release"),
        "flyer": N_("Flyer"),
        "course-sheet": N_("Course sheet"),
        "first-result": N_("First-screening result"),
        "interview-invitation": N_("Interview invitation"),
        "final-result": N_("Final result"),
        "promotion": N_("Promotion letter"),
        "disclosure": N_("Disclosure sheet"),
        "decision-record": N_("Decision record"),
        "acceptance": N_("Forms to accept or decline"),
        "appointment": N_("Appointment letter"),
        "conditions": N_("Conditions notice"),
        "change-consent": N_("Form to consent to a change"),
        "change-notice": N_("Notice of changed conditions"),
        "roster": N_("Roster"),
        "interview-timetable": N_("Interview timetable"),
        "interviewer-timetable": N_("Interviewer's timetable"),
        "door-list": N_("Door list"),
        "score-sheet": N_("Score sheet"),
        "attendance": N_("Attendance sheet"),
        "confirmation": N_("Confirmation by the host department"),
        "pay-statement": N_("Pay statement"),
    },
    "phase": {
        "before": N_("Before the entry period"),
        "entry": N_("Entries open"),
        "first": N_("First screening"),
        "interviews": N_("Interviews"),
        "final": N_("Final decision"),
        "preparing": N_("Preparing the appointments"),
        "term": N_("Internship running"),
        "closed": N_("Finished"),
    },
    "field": {
        "name": N_("Course name"),
        "short_name": N_("Short name for lists"),
        "sign": N_("Sign"),
        "host_department": N_("Host department"),
        "capacity": N_("Capacity"),
        "summary": N_("Summary"),
        "background": N_("Background"),
        "initiatives": N_("What the city has done"),
        "contents": N_("Contents"),
        "wanted": N_("Who we are looking for"),
        "duties": N_("Main duties"),
        "tagline": N_("Sentence for the press release"),
        "flyer_text": N_("Text for the flyer"),
        "match_words": N_("Words that name this course"),
    },
}
"""Words by family; ``texts.term(family, value)`` looks them up."""

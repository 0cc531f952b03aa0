"""Sentences about one appointment: papers handed in, the usual week, leaving, and what rules say of it."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

_HAND_INS: Final[dict[str, str]] = {
    "hand-in.twelve-digits": N_(
        "This text holds twelve digits in a row, which may be a My Number, and this program must not keep "
        "one. Take the digits out; the number itself goes to the existing system on paper only."
    ),
    "hand-in.received-ahead": N_("{date} is still to come. Write the day on which the paper came."),
    "hand-in.due-before-asked": N_(
        "The paper is due on {due}, before it is asked for on {asked}. Correct one of the two days."
    ),
    "hand-in.nothing": N_(
        "Nothing was recorded, because none of the chosen papers is still to come. Choose papers that are."
    ),
}

_LEAVING: Final[dict[str, str]] = {
    "leaving.outside-term": N_(
        "Somebody who leaves before the end has a last day from {first} on and before {last}, the end of the "
        "term. Correct the day; the end of the term itself is no leaving."
    ),
    "leaving.reason-long": N_("The reason is longer than {most} characters. Shorten it."),
    "leaving.worked-after": N_(
        "Work is recorded on {date}, after the last day {last}, so nothing was changed. "
        "Check the worked time, or choose a later last day."
    ),
    "leaving.month-closed": N_(
        "{month}/{year} is closed and holds days after {last}, so nothing was changed. "
        "Open the month again first, or choose a later last day."
    ),
    "leaving.none": N_(
        "Nobody left here, so there is nothing to take back. Press F5 to see the present state."
    ),
    "terms.left-after": N_(
        "The person left on {left}, after the new end of the term, {last}, so nothing was changed. "
        "Choose a later end, or take the leaving back first."
    ),
}

_PERSON: Final[dict[str, str]] = {
    "appointment.other-week": N_(
        "A week has {most_hm} hours, and less than nothing nobody works. Correct the hours of other work."
    ),
    "appointment.permit-not-needed": N_(
        "A permit has a last day, but it is said that none is needed. "
        "Tick that a permit is needed, or take the day out."
    ),
    "usual-week.closed": N_(
        "The office is closed on this weekday, so nobody works then usually. "
        "Leave the field empty; work on a closed day is ordered each time."
    ),
    "usual-week.overlap": N_(
        "The work from {start} begins before the one before ends at {end}, and nobody works twice at one "
        "time. Correct one of the two."
    ),
    "usual-week.many-days": N_(
        "The usual week has {days} days of work; the programme speaks of about {most} at most. "
        "Check with the host department."
    ),
    "account.none": N_(
        "No account is stored, so there is nothing to remove. Press F5 to see the present state."
    ),
}

_RULES: Final[dict[str, str]] = {
    "appointing.week-long": N_(
        "In the week from {monday} {week_hm} are planned or worked, 20 hours or more. Check the employment "
        "insurance, and consult the section in charge of personnel before it stays so."
    ),
    "appointing.usual-week-long": N_(
        "The usual week has {week_hm}, 20 hours or more. Check the employment insurance, and consult the "
        "section in charge of personnel before it stays so."
    ),
    "appointing.week-with-others": N_(
        "With {other_hm} a week at other employers the busiest week comes to {total_hm}, more than 40 hours; "
        "hours at all employers are added up. Check with the person, and whether extra pay is due."
    ),
    "appointing.student-unasked": N_(
        "It is not recorded how the person studies (day, evening, correspondence, on leave). "
        "Ask, because the employment insurance depends on it."
    ),
    "appointing.insured-day-student": N_(
        "Employment insurance is kept back from a student of a day course, whom the law does not insure. "
        "Check whether it is meant so."
    ),
    "appointing.insured-short-term": N_(
        "Employment insurance is kept back, but the term has {days} days, fewer than the 31 from which the "
        "law insures. Check whether it is meant so."
    ),
    "appointing.insured-few-hours": N_(
        "Employment insurance is kept back, but a week comes to {week_hm} at most, less than the 20 hours "
        "from which the law insures. Check whether it is meant so."
    ),
    "appointing.may-be-insured": N_(
        "The person studies this way: {student_type}. With {week_hm} in a week and 31 days or more the law "
        "may insure. Check the employment insurance with the section in charge."
    ),
    "appointing.permit-unknown": N_(
        "Work needs a permit beside the residence status, but its last day is not recorded. "
        "Look at the residence card before the first day of work."
    ),
    "appointing.permit-ends": N_(
        "The permit to work ends on {permit_until}, before the term does on {last}. "
        "Ask for the renewal, or do not plan work after that day."
    ),
    "appointing.permit-week": N_(
        "The busiest week comes to {total_hm} ({week_hm} here, {other_hm} elsewhere), more than the 28 hours "
        "that the permit allows with all other work. Plan less, or check the permit."
    ),
    "appointing.other-work-unasked": N_(
        "It is not recorded how many hours a week the person works elsewhere. "
        "Ask, because the 28 hours of the permit hold for all work together."
    ),
    "appointing.column-c-ends": N_(
        "Column C of the tax table applies until {last}, two months from the first day, but the term is "
        "longer. Choose the column under “Terms”."
    ),
    "appointing.column-open": N_(
        "No column of the tax table is chosen, so the tax of each month has to be typed. "
        "Choose the column under “Terms” once it is known."
    ),
    "appointing.bonus-not-due": N_(
        "Term-end and diligence allowances are not due, because the term is shorter than six months or a "
        "week comes to less than 15 hours 30 minutes."
    ),
    "appointing.bonus-may-be-due": N_(
        "The term is six months or longer and a week can come to 15 hours 30 minutes, so term-end and "
        "diligence allowances may be due. Check with the section in charge of pay."
    ),
}

_PAPERS: Final[dict[str, str]] = {
    "papers.nobody-swears": N_(
        "There is nobody to make the form of the oath for, because no oath is still to come. "
        "Choose people by name to make it again."
    ),
    "papers.not-leaving": N_(
        "For the numbers {numbers} no leaving is recorded, so no notice was made. "
        "Record it first under Tools, “Appointed people”."
    ),
    "papers.nobody-leaves": N_(
        "There is nobody to make the notice of leaving for, because nobody left or everybody had the notice. "
        "Record the leaving first, or choose people by name to make it again."
    ),
    "papers.nothing-owed": N_(
        "The people with the numbers {numbers} have handed in everything, so no letter was made. "
        "Choose people who still owe a paper."
    ),
    "papers.nobody-owes": N_(
        "There is nobody to write to, because every paper that is needed has come. Nothing was made."
    ),
}

MESSAGES: Final[dict[str, str]] = {**_HAND_INS, **_LEAVING, **_PERSON, **_RULES, **_PAPERS}

LABELS: Final[dict[str, str]] = {
    "hand-in.save": N_("Papers handed in by one person"),
    "hand-in.receive": N_("Receipt of papers ({count})"),
    "hand-in.unreceive": N_("Receipt of papers taken out ({count})"),
    "leaving.record": N_("Leaving before the end of the term ({count} plans taken out)"),
    "leaving.take-back": N_("Leaving taken back"),
    "appointment.usual-week": N_("Usual week of one person"),
    "account.save": N_("Account of one person"),
    "account.remove": N_("Removal of one person's account"),
}

_WEEK: Final = N_(
    "Employment Insurance Act, article 6, item 1; rules of cities on consulting (Inabe City, art. 5)"
)
_INSURANCE: Final = N_("Employment Insurance Act, article 6")
_PERMIT: Final = N_("Immigration Control Act, article 19; its Enforcement Rules, article 19, paragraph 5")
_BONUS: Final = N_("Rules of cities on allowances: six months and 15 hours 30 minutes a week")
_COLUMN: Final = N_("National Tax Agency, Tax Answer No. 2514")

TERMS: Final[dict[str, dict[str, str]]] = {
    "hand-in": {
        "entry-sheet": N_("CV or entry sheet"),
        "enrolment": N_("Proof of enrolment"),
        "acceptance": N_("Form of acceptance"),
        "oath": N_("Written oath"),
        "pledge": N_("Pledge of secrecy and on social networks"),
        "account": N_("Account for the pay"),
        "commuting": N_("Notice of commuting"),
        "tax-declaration": N_("Declaration of dependants"),
        "my-number": N_("My Number, handed on to the existing system"),
        "emergency": N_("Emergency contact"),
        "permit": N_("Copies of residence card and permit"),
    },
    "hand-in-state": {
        "not-needed": N_("Not needed"),
        "received": N_("Received"),
        "missing": N_("Still to come"),
        "overdue": N_("Overdue"),
    },
    "student_type": {
        "day": N_("Day course"),
        "evening": N_("Evening course"),
        "correspondence": N_("Correspondence course"),
        "on-leave": N_("On leave from studies"),
        "unasked": N_("Not asked yet"),
    },
    "rule-source": {
        "term.end-before-start": N_("Local Public Service Act, article 22-2"),
        "term.beyond-fiscal-year": N_("Local Public Service Act, article 22-2, paragraph 2"),
        "pay.below-minimum-wage": N_(
            "Minimum Wages Act, article 4 (followed, though article 58 of the Local Public Service Act "
            "leaves it out)"
        ),
        "appointing.week-long": _WEEK,
        "appointing.usual-week-long": _WEEK,
        "appointing.week-with-others": N_("Labour Standards Act, articles 32 and 38"),
        "appointing.student-unasked": _INSURANCE,
        "appointing.insured-day-student": _INSURANCE,
        "appointing.insured-short-term": _INSURANCE,
        "appointing.insured-few-hours": _INSURANCE,
        "appointing.may-be-insured": _INSURANCE,
        "appointing.permit-unknown": _PERMIT,
        "appointing.permit-ends": _PERMIT,
        "appointing.permit-week": _PERMIT,
        "appointing.other-work-unasked": _PERMIT,
        "appointing.column-c-ends": _COLUMN,
        "appointing.column-open": _COLUMN,
        "appointing.bonus-not-due": _BONUS,
        "appointing.bonus-may-be-due": _BONUS,
    },
    "list": {"hand-ins": N_("Papers still to come")},
    "list-column": {
        "hand_in": N_("Paper to hand in"),
        "asked_on": N_("Asked for"),
        "due_on": N_("Due"),
        "hand_in_state": N_("How far"),
        "note": N_("Notes"),
    },
}

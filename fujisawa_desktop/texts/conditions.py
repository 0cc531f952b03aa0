"""Sentences about the conditions of work: the items of the notice, their changes, their papers."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "conditions.empty": N_(
        "These items of the conditions notice are empty, so nothing was made, because the law asks for them "
        "in writing: {condition}. Fill them in under Tools, “Conditions of work”; what people do and where "
        "is written under Courses."
    ),
    "conditions.empty-for": N_(
        "For the numbers {numbers} these items of the conditions notice are empty, so nothing was made, "
        "because the law asks for them in writing: {condition}. Fill them in under Tools, “Conditions of "
        "work”, or for the person alone under “Change the conditions”."
    ),
    "conditions.item-unknown": N_(
        "The conditions notice has no item called “{name}”. Take it out, or correct its name."
    ),
    "conditions.not-text": N_("An item of the conditions notice has to be a text. Write it between quotes."),
    "conditions.word-unknown": N_(
        "This text uses the word “{word}” in braces, which the program does not know. "
        "Choose one of the words listed at the top, or take the braces out."
    ),
    "conditions.word-broken": N_(
        "The braces in line {line} of this text are not closed as they should be, so it could not be "
        "printed. Close each placeholder with two braces."
    ),
    "terms.nothing-changed": N_(
        "Nothing would be printed otherwise than before, so no change was recorded. "
        "Change at least one item, or cancel."
    ),
    "terms.day-outside": N_(
        "A change begins on a day of the term, {first} to {last}. Correct the day, or the end of the term."
    ),
    "terms.shifts-after": N_(
        "{count} stretches of work stand after the new end of the term, {last}, the first on {first}, "
        "so nothing was changed. Take them out under Hours and pay first, or choose a later end."
    ),
    "terms.month-closed": N_(
        "{month}/{year} is closed, so its rate stays as it is and nothing was changed. "
        "Open the month again first, or let the new rate begin in a later month."
    ),
    "terms.column-ends": N_(
        "With the end on {last} the term is longer than two months, so column C of the tax table does not "
        "apply any more. Choose the column under “Terms”."
    ),
    "terms.consent-ahead": N_("{date} is still to come. Write the day on which the person consented."),
    "terms.change-missing": N_("This change no longer exists. Press F5 to see the present state."),
    "papers.nobody-appointed": N_(
        "There is nobody to make “{kind}” for, because nobody is appointed yet. "
        "Appoint those who accepted, then try again."
    ),
    "papers.without-appointment": N_(
        "These numbers have no appointment, so nothing was made: {numbers}. "
        "Check the numbers, or appoint these people first."
    ),
    "papers.no-change": N_(
        "No change of the conditions is recorded for these numbers, so nothing was made: {numbers}. "
        "Record the change first."
    ),
    "papers.nobody-changed": N_(
        "There is nobody to make “{kind}” for, because no change of the conditions waits for it. "
        "Record a change first, or open the paper from that change."
    ),
    "papers.not-passed": N_(
        "These numbers have no announced pass of the final screening, so no form was made: {numbers}. "
        "Check the numbers, or announce the results first."
    ),
    "papers.nobody-waits": N_(
        "There is nobody to make the forms for, because nobody who passed still has to answer. "
        "Announce the final results, or choose people in the list."
    ),
}

LABELS: Final[dict[str, str]] = {
    "conditions.edit": N_("Edit of the conditions of work"),
    "terms.change": N_("Change {edition} of the conditions"),
    "terms.consent": N_("Consent to change {edition} of the conditions"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "condition": {
        "post": N_("Post"),
        "term": N_("Term of appointment"),
        "probation": N_("Conditional period"),
        "renewal": N_("Renewal and further appointment: whether, and by what standard"),
        "renewal_limit": N_("Limit of renewals: whether, and which"),
        "department": N_("Department of the post"),
        "workplace": N_("Workplace at the beginning"),
        "workplace_range": N_("Range in which the workplace may change"),
        "duties": N_("Work at the beginning"),
        "duties_range": N_("Range in which the work may change"),
        "hours": N_("Beginning and end of work"),
        "break": N_("Breaks"),
        "days": N_("Days of work and limit of hours"),
        "overtime": N_("Overtime"),
        "closed_days": N_("Days off"),
        "leave": N_("Leave"),
        "rate": N_("Rate of pay"),
        "calculation": N_("How the pay is computed"),
        "cutoff": N_("Day up to which work is counted"),
        "pay_day": N_("Pay day"),
        "pay_method": N_("How the pay is handed over"),
        "deductions": N_("What is kept back from the pay"),
        "commuting": N_("Refund of the cost of commuting"),
        "bonus": N_("Term-end and diligence allowances"),
        "retirement_pay": N_("Retirement allowance"),
        "raise": N_("Raise of pay"),
        "social_insurance": N_("Health insurance and pension"),
        "employment_insurance": N_("Employment insurance"),
        "accident": N_("Compensation for accidents in service"),
        "leaving": N_("Leaving and dismissal"),
        "discipline": N_("Duties of a public servant"),
        "oath": N_("Oath of service"),
        "other": N_("Other matters"),
    },
    "condition-group": {
        "term": N_("The appointment"),
        "work": N_("Place and work"),
        "hours": N_("Working hours"),
        "pay": N_("Pay and allowances"),
        "other": N_("Insurance and duties"),
    },
    "condition-help": {
        "probation": N_("The first month is conditional (Local Public Service Act, article 22)."),
        "renewal": N_("The law asks whether the term can be renewed and what decides it."),
        "renewal_limit": N_("Asked for since April 2024: whether renewals have a limit, and which."),
        "workplace_range": N_(
            "Asked for since April 2024: where the person may be sent to later, besides the first workplace."
        ),
        "duties_range": N_("Asked for since April 2024: which other work the person may be given later."),
        "duties": N_("From the contents and duties of the course."),
        "hours": N_("From the usual days of work of the programme."),
        "break": N_("Over six hours of work at least 45 minutes, over eight at least 60."),
        "days": N_("The limit of hours is printed in the reading that the programme counts by."),
        "overtime": N_("Whether there is work beyond the usual hours."),
        "leave": N_("Annual leave in days, and other leave; “none” has to be written too."),
        "calculation": N_("From the programme's way of rounding."),
        "pay_day": N_("From the pay day set above. While it is not decided, no notice can be made."),
        "commuting": N_("A refund, not pay."),
        "bonus": N_("Not for terms under six months or under 15 hours 30 minutes a week."),
        "employment_insurance": N_(
            "Not under 20 hours a week, and not for students of day courses; the terms of the person decide."
        ),
        "accident": N_("For office work the ordinance of the city, not the workers' accident insurance."),
        "leaving": N_("How a person leaves, and the grounds of dismissal."),
        "oath": N_("May stay empty where no oath is sworn."),
        "other": N_("May stay empty."),
    },
}

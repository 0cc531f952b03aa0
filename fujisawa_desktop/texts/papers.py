"""Sentences about papers."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "papers.interview-changed": N_(
        "{count} interviews were moved or cancelled since these letters were made, so nothing was recorded. "
        "Make the letters again, and do not send the old ones."
    ),
    "papers.kind-unknown": N_("There is no paper called “{name}”. Choose one of: {known}."),
    "papers.unknown-number": N_(
        "These numbers are not in this programme, so nothing was printed: {numbers}. "
        "Check them and try again."
    ),
    "papers.no-decision": N_(
        "For these numbers no result has been announced, so no letter was made: {numbers}. "
        "Announce the results first, or leave these numbers out."
    ),
    "papers.no-interview": N_(
        "For these numbers no interview has been booked, so no invitation was made: {numbers}. "
        "Book the interviews first, or leave these numbers out."
    ),
    "papers.nobody": N_(
        "There is nobody to send “{kind}” to, because nothing has been announced or booked yet. "
        "Announce the results or book the interviews, then try again."
    ),
    "papers.no-interviews": N_(
        "There is no timetable to print, because no interview has been booked. "
        "Make the interview plan or book an interview, then try again."
    ),
    "papers.not-appointed": N_(
        "These numbers have no appointment in {year}-{month}, so nothing was printed: {numbers}. "
        "Check the numbers and the month."
    ),
    "papers.pay-open": N_(
        "The tax of {year}-{month} still has to be entered for these numbers, so nothing was printed: "
        "{numbers}. Enter it under Hours and pay, then try again."
    ),
    "papers.number-used": N_(
        "Number {number} was issued on {dated} ({subject}), so it cannot be given again. "
        "Choose another number, or say that these papers go out under the same number."
    ),
    "papers.number-void": N_(
        "Number {number} was made void on {dated} ({subject}), so it cannot be given. Choose another number."
    ),
    "papers.number-elsewhere": N_(
        "Number {number} is entered as used by another document on {dated} ({subject}), "
        "so it cannot be given. Choose another number."
    ),
    "papers.number-taken": N_(
        "Somebody took these numbers after the papers were made, so nothing was issued: {numbers}. "
        "Make the papers again; they will bear the next free numbers."
    ),
    "papers.page-failed": N_(
        "The page of {number} {name} could not be made, so nothing was made or saved. "
        "Look through this person's data for an unusual sign or a very long text, "
        "or make the papers without this number."
    ),
    "papers.nothing-to-correct": N_(
        "These people were not sent “{kind}” before, so there is nothing to correct and "
        "no letter was made: {numbers}. Leave them out, or make an ordinary letter."
    ),
    "papers.reissue-mixed": N_(
        "Papers of different kinds or dates cannot be issued again together, so nothing was made. "
        "Choose papers of one kind and one date."
    ),
    "papers.issued-missing": N_(
        "These issued papers are not in the file any more, so nothing was printed. Reload the list."
    ),
    "papers.not-reprintable": N_(
        "This version cannot print “{kind}” of {dated} again, because it does not know the form in which "
        "it was kept. Print it with the version it was issued with."
    ),
    "papers.password-unusable": N_(
        "The file was not protected, because the password is empty, has a sign that cannot be typed, or is "
        "longer than the {most} bytes a PDF takes. Choose another password."
    ),
    "papers.no-course": N_(
        "“{kind}” cannot be made, because no course is public. "
        "Tick “Public” for a course on the tab Courses and save it, then try again."
    ),
    "papers.of-no-person": N_(
        "“{kind}” is for everybody and about no single person, so no numbers can be given for it. "
        "Leave the numbers out."
    ),
    "papers.printer-refused": N_(
        "The printer did not take the job, so nothing was printed. "
        "Check that it is on and ready, then print again."
    ),
    "papers.wording-missing": N_(
        "The wording file {file} cannot be read, so the paper could not be made. "
        "Put it back, or install the program again."
    ),
    "papers.wording-broken": N_(
        "The wording file {file} breaks the rules of TOML or is not UTF-8, so the paper could not be made. "
        "Correct the file."
    ),
    "papers.wording-key": N_(
        "The wording file {file} lacks the item “{key}”, or it is written in another form, "
        "so the paper could not be made. Write it as in the file that ships."
    ),
    "papers.placeholder-unknown": N_(
        "The wording {file} uses the word “{word}” in line {line}, which this paper does not know. "
        "Choose a word from placeholders.toml."
    ),
    "papers.placeholder-broken": N_(
        "The wording {file} is not written correctly in line {line}: “{word}”, "
        "so the paper could not be made. "
        "Close the braces of placeholders there, and end each “if” with “endif”."
    ),
}

LABELS: Final[dict[str, str]] = {
    "papers.issue": N_("Issue: {kind} ({count})"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "remark": {
        "private-use": N_("gaiji: prints as 〓"),
        "missing": N_("no font has it: prints as 〓"),
        "base-form": N_("prints in its usual form"),
        "narrowed": N_("narrowed to fit"),
        "cut": N_("cut, does not fit"),
        "no-address": N_("no address is known: left out"),
        "absent": N_("not entered for this programme: not on the paper as it should be"),
    },
}

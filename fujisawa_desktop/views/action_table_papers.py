"""The papers: letters in the menu itself, the rest in menus by occasion."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec

_TIP: Final = N_("Makes this paper, shows it as it will be printed, and lets you print or save it.")


def _letter(kind: str, text: str) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers", _TIP, tab="applicants")


def _day(kind: str, text: str) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers-day", _TIP, tab="interviews", group=1)


def _work(kind: str, text: str, group: int) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers-work", _TIP, tab="payroll", group=group)


def _public(kind: str, text: str) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers-public", _TIP, tab="courses", group=1)


def _office(kind: str, text: str, tip: str, group: int) -> ActionSpec:
    return ActionSpec(f"papers.{kind}", text, "papers-office", tip, tab="applicants", group=group)


PAPER_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _letter("first-result", N_("&First-screening results")),
    _letter("interview-invitation", N_("&Interview invitations")),
    _letter("final-result", N_("Fina&l results")),
    _letter("promotion", N_("Pro&motion letters")),
    _letter("acceptance", N_("Forms to acc&ept or decline")),
    ActionSpec("papers.roster", N_("&Roster…"), "papers", _TIP, tab="applicants", group=1),
    _day("interview-timetable", N_("Interview &timetable")),
    _day("interviewer-timetable", N_("Timetable of each inter&viewer")),
    _day("score-sheet", N_("Score s&heets of the interviews")),
    _day("door-list", N_("&Door lists")),
    _work("appointment", N_("Appoi&ntment letters"), 1),
    _work("conditions", N_("&Conditions notices"), 1),
    _work("change-consent", N_("Forms to consent to a chan&ge"), 1),
    _work("change-notice", N_("N&otices of changed conditions"), 1),
    _work("hand-in-guide", N_("Letters about papers to &hand in"), 1),
    _work("oath", N_("&Forms of the oath"), 1),
    _work("leaving-notice", N_("Notices of &leaving"), 1),
    _work("attendance", N_("&Attendance sheets"), 2),
    _work("confirmation", N_("Confirmations by the host &departments"), 2),
    _work("pay-statement", N_("&Pay statements"), 2),
    _work("register", N_("Pay regi&ster"), 3),
    _work("transfer-list", N_("List of &transfers"), 3),
    _work("year-end", N_("Payments of a &year"), 3),
    _public("press-release", N_("Press r&elease")),
    _public("flyer", N_("Fl&yer")),
    _public("course-sheet", N_("Course &sheet")),
    _office(
        "labels",
        N_("Address la&bels…"),
        N_("Prints addresses on a sheet of labels; a sheet that was begun can be used up."),
        1,
    ),
    _office(
        "envelope",
        N_("&Envelopes…"),
        N_("Prints addresses on envelopes (長形3号), the postcode in its boxes."),
        1,
    ),
    _office(
        "window-address",
        N_("Address sheets for &window envelopes…"),
        N_("Prints sheets whose address shows through the window of the envelope."),
        1,
    ),
    _office(
        "dispatch-ledger",
        N_("Dispat&ch ledger on paper"),
        N_("Lists the letters that were issued and the mails that were written, for the file."),
        2,
    ),
    _office(
        "purge-certificate",
        N_("Certificate of era&sure"),
        N_("Certifies, in counts, which personal data were erased at the end of their period."),
        2,
    ),
    ActionSpec(
        "papers.issued",
        N_("Iss&ued papers…"),
        "papers",
        N_("Finds again what left the office, shows it as it was sent, prints it again or corrects it."),
        "Ctrl+Shift+H",
        group=8,
    ),
    ActionSpec(
        "papers.numbers",
        N_("Ledger of document &numbers…"),
        "papers",
        N_("Shows what became of every document number, and explains the gaps."),
        "Ctrl+Shift+L",
        group=8,
    ),
    ActionSpec(
        "papers.wording",
        N_("&Wordings of papers and mails…"),
        "papers",
        N_("Changes the texts of papers and mails, with the page beside them."),
        group=9,
    ),
)

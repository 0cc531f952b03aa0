"""The actions of the menu 選考: from double entries to the appointment."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When


def _about_decisions(key: str, text: str, tip: str, group: int, when: When = When.WRITABLE) -> ActionSpec:
    return ActionSpec(f"selection.{key}", text, "selection", tip, when=when, tab="applicants", group=group)


W = When
SELECTION_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "selection.doubles",
        N_("One person or &two?"),
        "selection",
        N_("Goes through the people who may have entered twice, pair after pair."),
        "Ctrl+Shift+U",
        tab="applicants",
        group=-1,
    ),
    ActionSpec(
        "selection.deadline",
        N_("Deadline for &entries…"),
        "selection",
        N_("Sets the hour at which entries close, after showing whose flag changes."),
        "",
        W.WRITABLE,
        tab="applicants",
        group=-1,
    ),
    ActionSpec(
        "selection.screening",
        N_("Score the 1st screenin&g…"),
        "selection",
        N_("Opens the applications for reading and scoring, the ranking and the score sheets."),
        "Ctrl+Shift+S",
        tab="applicants",
    ),
    ActionSpec(
        "selection.pass",
        N_("&Pass"),
        "selection",
        N_("Notes “pass” for the chosen people; it is announced later, to all together."),
        "Ctrl+Shift+P",
        W.WRITABLE,
        tab="applicants",
    ),
    ActionSpec(
        "selection.fail",
        N_("&Fail"),
        "selection",
        N_("Notes “fail” for the chosen people; it is announced later, to all together."),
        "Ctrl+Shift+F",
        W.WRITABLE,
        tab="applicants",
    ),
    ActionSpec(
        "selection.reserve",
        N_("&Reserve"),
        "selection",
        N_("Puts the chosen people on the reserve list of the final screening."),
        "Ctrl+Shift+R",
        W.WRITABLE,
        tab="applicants",
    ),
    ActionSpec(
        "selection.accept",
        N_("&Accepted the offer"),
        "selection",
        N_("Notes that the chosen people accept."),
        "",
        W.WRITABLE,
        tab="applicants",
        group=1,
    ),
    ActionSpec(
        "selection.withdraw",
        N_("&Withdrew"),
        "selection",
        N_("Notes that the chosen people withdraw."),
        "",
        W.WRITABLE,
        tab="applicants",
        group=1,
    ),
    _about_decisions(
        "rehearse",
        N_("&Check before announcing"),
        N_("Goes through results, figures, letters, addresses, places and reserves before the announcement."),
        2,
        W.OPEN,
    ),
    ActionSpec(
        "selection.release-first",
        N_("Announce the &1st screening"),
        "selection",
        N_("Turns all noted decisions of the 1st screening into announced ones, all together or none."),
        "",
        W.WRITABLE,
        tab="applicants",
        group=2,
    ),
    ActionSpec(
        "selection.release-final",
        N_("Announce the fina&l screening"),
        "selection",
        N_("Turns all noted decisions of the final screening into announced ones, all together or none."),
        "",
        W.WRITABLE,
        tab="applicants",
        group=2,
    ),
    _about_decisions(
        "mails", N_("Result mail&s"), N_("Shows each message with its address before one is written."), 3
    ),
    _about_decisions(
        "ledger", N_("&Dispatch ledger"), N_("Shows what was written to whom, and what was sent."), 3, W.OPEN
    ),
    _about_decisions(
        "reserves",
        N_("Reser&ves and promotion"),
        N_("Orders the reserves, and lets the next one move up after a withdrawal."),
        3,
        W.OPEN,
    ),
    _about_decisions(
        "correct",
        N_("F&ix an announced result"),
        N_("Changes an announced result with a reason; what it was is kept."),
        3,
    ),
    _about_decisions(
        "disclosure",
        N_("Disclos&ure sheet"),
        N_("Makes the sheet with one person's own points and rank; reviewers stay hidden."),
        3,
        W.OPEN,
    ),
    _about_decisions(
        "record", N_("Decisio&n record"), N_("Makes the record of how a screening was decided."), 3, W.OPEN
    ),
    ActionSpec(
        "plan.make",
        N_("&Make the interview plan"),
        "selection",
        N_("Computes who can be interviewed when; nothing is booked yet."),
        "Ctrl+Shift+M",
        W.WRITABLE,
        tab="interviews",
        group=4,
    ),
    ActionSpec(
        "plan.apply",
        N_("&Book the plan"),
        "selection",
        N_("Books the interviews of the plan."),
        "",
        W.WRITABLE,
        tab="interviews",
        group=4,
    ),
    ActionSpec(
        "plan.assume",
        N_("Tr&y what would be…"),
        "selection",
        N_("Plans on a copy with more time, somebody away or another length; the calendar is not touched."),
        "",
        tab="interviews",
        group=4,
    ),
    ActionSpec(
        "plan.drafts",
        N_("&Kept plans…"),
        "selection",
        N_("Lists the plans that are kept, compares them, books or deletes one."),
        "",
        tab="interviews",
        group=4,
    ),
    ActionSpec(
        "work.appoint",
        N_("App&oint those who accepted"),
        "selection",
        N_("Makes appointments of announced passes who accepted, on the terms of the programme."),
        "",
        W.WRITABLE,
        tab="payroll",
        group=5,
    ),
)

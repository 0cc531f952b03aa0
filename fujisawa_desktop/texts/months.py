"""Months of work after they were typed: closed, corrected, stated again, paid."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

_CORRECTIONS: Final[dict[str, str]] = {
    "correction.reason-missing": N_(
        "A closed month is corrected only with a reason, because it is printed on the pay statement. "
        "Write why the day is otherwise."
    ),
    "correction.month-open": N_(
        "{month}/{year} is not closed for {person}, so there is nothing to correct afterwards. "
        "Type the hours into the month itself."
    ),
    "correction.nothing-changed": N_(
        "{date} already stands like this for {person}, so nothing was recorded. Type what was really worked."
    ),
    "correction.pay-month-early": N_(
        "{month}/{year} cannot settle this correction: the first month that can is "
        "{first_month}/{first_year}. Choose that month or a later one."
    ),
    "correction.pay-month-stated": N_(
        "The pay of {month}/{year} was already stated for {person}, so it cannot settle this correction. "
        "Choose a later month."
    ),
    "correction.stated": N_(
        "The pay of {month}/{year}, which settles this correction for {person}, was already stated, "
        "so it is not taken back. Correct the day once more instead."
    ),
    "correction.not-newest": N_(
        "{date} was corrected once more for {person} since then, so this correction stays. "
        "Take the later one back first."
    ),
    "correction.missing": N_("This correction no longer exists. Press F5 to see the present state."),
}

_STATING: Final[dict[str, str]] = {
    "pay.cause-missing": N_(
        "Amounts that were stated for {person} would be replaced, and that is done only with a cause. "
        "Write why they change."
    ),
    "pay.already-paid": N_(
        "The pay of {month}/{year} was already paid to {person}, so its amounts stay as they were stated. "
        "Correct the hours with the pay of a later month, or take the payment back if nothing was paid."
    ),
    "pay.below-nothing": N_(
        "With its corrections the pay of {month}/{year} comes to {net_yen} yen for {person}, so it was not "
        "stated. Take a correction back and let a later month carry it, or ask for the money back."
    ),
    "pay.negative-net": N_(
        "The amount to be paid comes to {net_yen} yen, less than nothing, so it is never paid. "
        "Let a later month carry a correction, or ask for the money back."
    ),
}

_EXPLAIN: Final[dict[str, str]] = {
    "explain.corrected-day": N_("{date}: {before_hm} → {after_hm} ({reason})"),
    "explain.corrected-hours": N_("{month}/{year}: {before_hm} → {after_hm}, difference {change_hm}"),
    "explain.corrected-pay": N_(
        "Pay of {month}/{year}: {before_yen} yen → {after_yen} yen, difference {change_yen} yen"
    ),
    "explain.corrected-commuting": N_(
        "Commuting of {month}/{year}: {before_yen} yen → {after_yen} yen, difference {change_yen} yen"
    ),
}

MESSAGES: Final[dict[str, str]] = {**_CORRECTIONS, **_STATING, **_EXPLAIN}

LABELS: Final[dict[str, str]] = {
    "hours.correct": N_("Correction of {date} after closing"),
    "hours.correction-withdrawn": N_("Taking back of the correction of {date}"),
}

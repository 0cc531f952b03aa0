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

_CLOSING: Final[dict[str, str]] = {
    "close.reason-missing": N_(
        "{date}: worked time breaks a rule and nobody has written why. Write the reason beside the hours, "
        "or correct the time."
    ),
    "close.unconfirmed": N_(
        "The host department has not confirmed the worked time as it is now. Let it confirm, or close "
        "without."
    ),
    "close.planned-not-worked": N_(
        "{days} days were planned and have passed without worked time, {date} the first. "
        "Enter what was worked, or leave them empty if nobody came."
    ),
    "close.tax-open": N_("The tax is not known to the program. It is typed when the pay is computed."),
    "close.holidays-unknown": N_(
        "The government has not published the holidays of {year} to this program. Check the closed days."
    ),
    "month.not-closable": N_(
        "{month}/{year} stays open for {person}, because something stands against closing it. "
        "Look at the list, correct it, and close the month then."
    ),
    "month.nobody-closable": N_(
        "{month}/{year} could not be closed: something stands against it for {persons}. "
        "Look at the list of what is missing, and close the month then."
    ),
    "month.paid": N_(
        "The pay of {month}/{year} was already paid to {person}, so the month is not opened again. "
        "Correct the day; the difference comes with the pay of a later month."
    ),
    "month.corrected": N_(
        "{month}/{year} was corrected for {person} after it was closed, so it is not opened again. "
        "Take the corrections back first, or correct the day once more."
    ),
}

_PAYMENTS: Final[dict[str, str]] = {
    "payment.no-day": N_(
        "The programme names no pay day, so the day of payment is not known. "
        "Type the day on which it was paid."
    ),
    "payment.before-month": N_(
        "{date} is before {month}/{year}, and work is not paid before it is done. Check the day of payment."
    ),
    "payment.nobody": N_(
        "Nobody's pay of {month}/{year} can be marked as paid. Look at the list for the reasons."
    ),
    "payment.already": N_(
        "The pay of {month}/{year} is already marked as paid for {person}. Nothing was changed."
    ),
    "payment.not-stated": N_(
        "No pay of {month}/{year} was stated for {person}, so there is nothing to pay. Compute the pay first."
    ),
    "payment.not-closed": N_(
        "{month}/{year} is not closed for {person}, so its hours could still change. Close the month first."
    ),
    "payment.differs": N_(
        "The amounts of {month}/{year} stated for {person} no longer hold. Compute the pay again first."
    ),
    "payment.tax-open": N_(
        "The tax of {person} for {month}/{year} has to be typed again. Type it, and compute the pay first."
    ),
    "payment.below-nothing": N_(
        "The amount of {month}/{year} for {person} is less than nothing, so it is never paid. "
        "Let a later month carry a correction, or ask for the money back."
    ),
    "payment.reason-missing": N_(
        "A payment is taken off the record only with a reason. Write why it was not paid."
    ),
    "payment.none": N_(
        "Nothing of {month}/{year} is marked as paid, so there is nothing to take back. Nothing was changed."
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

MESSAGES: Final[dict[str, str]] = {**_CLOSING, **_CORRECTIONS, **_STATING, **_PAYMENTS, **_EXPLAIN}

LABELS: Final[dict[str, str]] = {
    "hours.correct": N_("Correction of {date} after closing"),
    "hours.correction-withdrawn": N_("Taking back of the correction of {date}"),
    "pay.paid": N_("Payment of {month}/{year} on {date} ({count} people)"),
    "pay.unpaid": N_("Taking back of the payment of {month}/{year} ({count} people)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "month-state": {
        "open": N_("Being entered"),
        "confirmed": N_("Confirmed"),
        "closed": N_("Month closed"),
        "paid": N_("Paid"),
    },
    "pay-amount": {
        "minutes": N_("Hours"),
        "pay": N_("Pay"),
        "premium": N_("Premium in it"),
        "commuting": N_("Commuting"),
        "corrected_pay": N_("Pay of earlier months"),
        "corrected_commuting": N_("Commuting of earlier months"),
        "tax": N_("Income tax"),
        "insurance": N_("Insurance"),
        "net": N_("To be paid"),
    },
    "pay-changed": {
        "hours": N_("the hours"),
        "rate": N_("the rate an hour"),
        "rounding": N_("the rounding"),
        "commuting": N_("the refund of commuting"),
        "tax_column": N_("the column of the tax table"),
        "tax_typed": N_("the tax that was typed"),
        "insurance": N_("the employment insurance"),
        "corrections": N_("corrections of earlier months"),
        "figures": N_("figures of the law, or a setting of the programme"),
    },
    "pay-method": {"transfer": N_("By bank transfer"), "other": N_("Otherwise")},
}

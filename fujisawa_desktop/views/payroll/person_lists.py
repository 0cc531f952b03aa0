"""The short lists of one person: statements, corrections after closing, papers to hand in."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_minutes, format_short_date, format_yen
from fujisawa_desktop.services.hand_ins import HandInRow
from fujisawa_desktop.services.pay_corrections import DayCorrection
from fujisawa_desktop.services.pay_details import StatedMonth
from fujisawa_desktop.views.payroll.amounts import OPEN
from fujisawa_desktop.views.payroll.words import month_name

Rows = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[int], str]
"""Headings, lines, columns of figures, and what stands there while there is no line."""


def statement_rows(statements: Sequence[StatedMonth]) -> Rows:
    """Return the statements, the latest first."""
    headings = (_("Month"), _("Edition"), _("To be paid"), _("Stated"), _("Paid"))
    rows = [
        (
            month_name(one.told.year, one.told.month),
            str(one.edition),
            OPEN if one.told.net is None else format_yen(one.told.net),
            format_short_date(one.made_at.date()),
            OPEN if one.paid_on is None else format_short_date(one.paid_on),
        )
        for one in statements
    ]
    return headings, rows, (1, 2), _("Nothing was stated yet. “Compute pay” states the amounts of a month.")


def correction_rows(corrections: Sequence[DayCorrection]) -> Rows:
    """Return the corrected days of closed months."""
    headings = (_("Day"), _("Before"), _("After"), _("Paid with"), _("Reason"))
    rows = [
        (
            format_short_date(one.day),
            format_minutes(sum(shift.time.minutes for shift in one.before)),
            format_minutes(sum(shift.time.minutes for shift in one.after)),
            month_name(*one.pay_month),
            one.reason,
        )
        for one in corrections
    ]
    return headings, rows, (1, 2), _("No day of a closed month was corrected.")


def hand_in_rows(hand_ins: Sequence[HandInRow]) -> Rows:
    """Return the papers that are needed: those that have not come first."""
    headings = (_("Paper to hand in"), _("Due"), _("Received"))
    needed = sorted((one for one in hand_ins if one.needed), key=lambda one: one.received_on is not None)
    rows = [
        (
            texts.term("hand-in", one.kind),
            OPEN if one.due_on is None else format_short_date(one.due_on),
            _("Still to come") if one.received_on is None else format_short_date(one.received_on),
        )
        for one in needed
    ]
    return headings, rows, (), _("No paper is needed of this person.")

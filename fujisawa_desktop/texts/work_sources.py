"""On what the rules about hours and pay rest: law, notice, or a setting of the programme."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

TERMS: Final[dict[str, dict[str, str]]] = {
    "source": {
        "explain.worked": N_(
            "Counted by the minute over the calendar month and rounded once, never by day "
            "(notice Kihatsu 150 of 14 March 1988)"
        ),
        "explain.hours-rounded": N_("Setting of the programme: rounding C, where the city's rules allow it"),
        "explain.rate": N_("As told in the conditions of work (Labour Standards Act, article 15)"),
        "explain.premium": N_("Labour Standards Act, article 37"),
        "explain.rounding-a": N_(
            "Act on Currency Units and Issuance of Coins, article 3, and notice Kihatsu 150; "
            "setting of the programme: rounding A"
        ),
        "explain.rounding-b": N_("Setting of the programme: rounding B, by the city's rules"),
        "explain.rounding-c": N_("Setting of the programme: rounding C, by the city's rules"),
        "explain.tax-hei": N_(
            "National Tax Agency, daily table, column C, by the year of payment; answer No. 2514"
        ),
        "explain.tax-kou": N_("National Tax Agency, monthly table, column A, by the year of payment"),
        "explain.tax-otsu": N_("National Tax Agency, monthly table, column B, by the year of payment"),
        "explain.tax-typed": N_("Looked up in the table of the National Tax Agency and typed by a clerk"),
        "explain.commuting-none": N_("Setting of the person: commuting"),
        "explain.commuting-per-day": N_(
            "Setting of the person: fare for each day of attendance; half a day counts as one, a day at home "
            "as none"
        ),
        "explain.commuting-monthly-pass": N_("Setting of the person: monthly pass"),
        "explain.commuting-min-of-both": N_("Setting of the person: the cheaper of fares and pass"),
        "explain.commuting-tax-free": N_(
            "Order for the Income Tax Act, article 20-2, judged on the month's total"
        ),
        "explain.commuting-taxed": N_(
            "Order for the Income Tax Act, article 20-2, judged on the month's total"
        ),
        "explain.insurance": N_(
            "Employee's share of the rate in force on the day of payment, general business; half a yen and "
            "less is dropped"
        ),
        "shift.outside-term": N_("Term of appointment, as in the notice of appointment"),
        "shift.closed": N_("Closed days of the city; work on them needs an order"),
        "shift.overlap": N_("Nobody works in two places at one time"),
        "shift.break-short": N_("Labour Standards Act, article 34"),
        "shift.over-eight-hours": N_("Labour Standards Act, articles 32 and 37"),
        "shift.many-days": N_("Programme: about so many days a week (a guide, not a limit)"),
        "pay.premium-to-check": N_("Labour Standards Act, article 37"),
        "pay.below-minimum-wage": N_(
            "Minimum Wage Act; it does not bind a city for its own staff, but cities follow it"
        ),
        "tax": N_("National Tax Agency, tables of withholding, by the year of payment"),
    },
}
"""Beginning of the code of a step or finding → its source; the longest that fits holds."""

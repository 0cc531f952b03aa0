"""Sentences about the figures of the law that clerks enter."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "figures.source": N_(
        "A figure is kept only with the place where it was read. Write the law, notice or page and its date."
    ),
    "figures.new-year": N_(
        "Tax tables hold for calendar years of payment, but {date} is no 1 January. "
        "Choose the year's first day."
    ),
    "figures.day-missing": N_(
        "It is not said from when the figure holds, so it was not kept. Write the day or the year."
    ),
    "figures.thousandths": N_(
        "“{text}” cannot be read as a rate. Write thousandths with at most one decimal, such as 5.5."
    ),
    "figures.distance-line": N_(
        "“{text}” cannot be read as a distance with its amount. Write kilometres and yen, such as “10 7,300”."
    ),
    "figures.through": N_(
        "The last year must be {first} or one of the nineteen years after it. Correct the year."
    ),
    "figures.number": N_(
        "A figure is missing or no whole number from 0 on, so nothing was kept. Fill in every field."
    ),
    "figures.rate": N_(
        "This rate would take a tenth of the pay or more, so it was not kept. "
        "Write the employee's share in thousandths, such as 5.5."
    ),
    "figures.distances": N_(
        "The distances must grow from line to line and the amounts must not fall, so nothing was kept. "
        "Correct the lines."
    ),
    "figures.wages": N_("A minimum wage needs its prefecture. Choose one and write the yen an hour."),
    "figures.prefecture": N_("“{text}” is no prefecture. Choose one of the list."),
    "figures.twice": N_(
        "An own figure of this kind holds from {date} already, so a second one was not kept. "
        "Change that one, or remove it first."
    ),
    "figures.missing": N_("This figure no longer exists. Press F5 to see the present state."),
    "figures.broken": N_(
        "The figures in {file}, which come with the program, cannot be read. Install the program again."
    ),
    "figures.table-empty": N_(
        "The file holds no line that begins with two amounts (from, below), so there is no table in it. "
        "Choose the file with the tax table."
    ),
    "figures.table-columns": N_(
        "Line {line} of the table has another number of amounts than the table needs. Correct the line."
    ),
    "figures.table-number": N_(
        "Line {line} of the table lacks an amount or holds one that is no whole number, so nothing was kept. "
        "Correct the line in the file."
    ),
    "figures.table-negative": N_("Line {line} of the table holds an amount below 0. Correct the line."),
    "figures.table-bracket": N_(
        "Line {line} of the table ends before it begins. Compare “from” and “below” with the original."
    ),
    "figures.table-gap": N_(
        "Line {line} of the table must begin at {needed_yen} yen, where the line before ends. "
        "A line is missing or misread; compare with the original."
    ),
    "figures.table-falls": N_(
        "In line {line} of the table an amount is lower than in the line before, which no tax table has. "
        "Compare the line with the original."
    ),
    "figures.table-dependants": N_(
        "In line {line} of the table the tax rises with a further dependant, which no tax table has. "
        "Compare the line with the original."
    ),
}

LABELS: Final[dict[str, str]] = {
    "figures.save": N_("Entry of a figure: {figure_kind}"),
    "figures.remove": N_("Removal of a figure: {figure_kind}"),
    "figures.prefecture": N_("Choice of the prefecture for the minimum wage"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "figure_kind": {
        "tax-years": N_("Income tax: limits by year"),
        "tax-monthly": N_("Income tax: monthly table"),
        "tax-daily": N_("Income tax: daily table (column C)"),
        "insurance": N_("Employment insurance: employee's share"),
        "commuting": N_("Commuting by public transport: tax-free limit"),
        "commuting-car": N_("Commuting by car: tax-free limits"),
        "minimum-wage": N_("Minimum wage"),
    },
}

"""Sentences about appointments, hours, months, pay, tax and commuting, and how amounts came about."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

_SHIFTS: Final[dict[str, str]] = {
    "shift.unreadable": N_(
        "“{text}” cannot be read as working time. "
        "Write it as 9-12 or 9:00-15:45, or with the sign of a usual day."
    ),
    "shift.time-negative": N_(
        "“{text}” begins with a minus, but there is no time below 0:00. Write it as 9-12 or 9:00-15:45."
    ),
    "shift.midnight": N_(
        "“{text}” cannot be the end of work: what reaches midnight belongs to two days, and a day is "
        "entered from 0:00 to 23:59. Write an end up to 23:59, and the rest on the next day."
    ),
    "shift.next-day": N_(
        "“{text}” lies on the next day, and work over midnight is entered on two days. "
        "Write the part up to 23:59 here, and the rest on the next day from 0:00 on."
    ),
    "shift.no-time": N_(
        "The work starts and ends at {start}, so there is nothing of it. Correct one of the two times."
    ),
    "shift.end-before-start": N_(
        "The work ends at {end}, not after it starts at {start}. "
        "Correct the times; work over midnight is entered on two days."
    ),
    "shift.seconds": N_(
        "The times {start} and {end} hold seconds, but work is counted in minutes. "
        "Write hours and minutes only."
    ),
    "shift.break-negative": N_("The break is {minutes} minutes, less than none. Write 0 or more minutes."),
    "shift.break-too-long": N_(
        "The break of {minutes} minutes leaves nothing of the {span_hm} between start and end. "
        "Correct the break or the times."
    ),
    "shift.outside-term": N_(
        "{date} lies outside the term of appointment ({first} to {last}). Check the date, or change the term."
    ),
    "shift.closed-saturday": N_(
        "{date} is a Saturday and the office is closed. "
        "Work on a closed day needs an order; check the date or the order."
    ),
    "shift.closed-sunday": N_(
        "{date} is a Sunday and the office is closed. "
        "Work on a closed day needs an order; check the date or the order."
    ),
    "shift.closed-holiday": N_(
        "{date} is a national holiday and the office is closed. "
        "Work on a closed day needs an order; check the date or the order."
    ),
    "shift.closed-year-end": N_(
        "{date} lies in the year-end closure (29 December to 3 January). "
        "Work on a closed day needs an order; check the date or the order."
    ),
    "shift.closed-city": N_(
        "{date} is a day on which the city has closed the office. "
        "Work on a closed day needs an order; check the date or the order."
    ),
    "shift.overlap": N_(
        "On {date} there is already work from {start} to {end}, and nobody works twice at one time. "
        "Correct one of the two."
    ),
    "shift.break-short": N_(
        "On {date} {worked_hm} are worked with a break of {given} minutes; the law (Labour Standards Act, "
        "article 34) asks for {needed}. Make the break longer, or the work shorter."
    ),
    "shift.over-eight-hours": N_(
        "On {date} {worked_hm} are worked, more than eight hours a day (Labour Standards Act, articles 32 "
        "and 37). Check the times, and whether extra pay is due."
    ),
    "shift.many-days": N_(
        "{date} is day {days} of work in that week; the programme speaks of about {most} at most. "
        "Check with the host department."
    ),
    "cap.planned-not-below": N_(
        "With {date} the month comes to {total_hm}, but it has to stay below {cap_hm}. "
        "Make a plan shorter, or take one out."
    ),
    "cap.planned-not-within": N_(
        "With {date} the month comes to {total_hm}, more than the {cap_hm} allowed. "
        "Make a plan shorter, or take one out."
    ),
    "cap.worked-not-below": N_(
        "By {date} {total_hm} were worked in the month, but it has to stay below {cap_hm}. "
        "Check the times, and tell the host department."
    ),
    "cap.worked-not-within": N_(
        "By {date} {total_hm} were worked in the month, more than the {cap_hm} allowed. "
        "Check the times, and tell the host department."
    ),
}

_HOURS: Final[dict[str, str]] = {
    "hours.nothing-planned": N_(
        "None of the chosen days has a plan that is still without worked time, so nothing was recorded. "
        "Choose days with a plan."
    ),
    "hours.nothing-to-move": N_(
        "There are no hours of this kind in the cell, so nothing was moved. Take hold of a filled cell."
    ),
    "hours.target-taken": N_(
        "{person} has hours on {date} already, so nothing was moved there. "
        "Clear that day first, or choose a free one."
    ),
    "hours.week-empty": N_(
        "There are no hours of this kind in the week from {date}, so there is nothing to copy. "
        "Put the mark into the week that is to be copied."
    ),
    "hours.usual-none": N_(
        "No usual week is agreed with {person}, so nothing was planned. "
        "Enter the usual week in the terms of appointment."
    ),
    "hours.usual-outside": N_(
        "The term of appointment runs from {first} to {last}, outside this month. "
        "Nothing was planned; choose a month of the term."
    ),
    "hours.nothing-worked": N_(
        "None of the chosen days has worked time, so there is nothing to explain. "
        "Choose days that were worked."
    ),
    "hours.reason-missing": N_(
        "The reason is empty, and worked time that breaks a rule needs one before its month is closed. "
        "Write why it was worked so."
    ),
    "hours.paste-nothing": N_(
        "There is nothing on the clipboard that could stand in the grid, so nothing was changed. "
        "Copy cells here or in a spreadsheet first."
    ),
    "hours.paste-too-big": N_(
        "The copied block of {rows} rows and {columns} columns reaches beyond the grid from here, "
        "so nothing was changed. Put the mark further up or to the left."
    ),
    "hours.not-appointed": N_(
        "The person with the number {number} is not appointed, so the hours were not recorded. "
        "Check the number, or appoint the person first."
    ),
    "hours.unknown-number": N_(
        "There is no entry with the number {number}, so the hours were not recorded. Check the number."
    ),
    "hours.ambiguous-number": N_(
        "The number {number} belongs to more than one appointed person, so the hours were not recorded. "
        "Enter them in the grid of the month."
    ),
    "hours.twice-in-file": N_(
        "The same start already stands in line {line} of the file, so this row was left out. "
        "Keep the row that is right."
    ),
    "month.closed": N_(
        "{month}/{year} is closed for {person}, so its hours stay as they are. "
        "Open the month again to correct them."
    ),
    "month.nobody": N_(
        "Nobody is appointed in {month}/{year}, so there is nothing to do. Choose a month of the term."
    ),
    "month.already-closed": N_("{month}/{year} is already closed for everybody. Nothing was changed."),
    "month.not-closed": N_("{month}/{year} is not closed, so it need not be opened. Nothing was changed."),
    "month.reason-missing": N_(
        "A closed month is opened only with a reason. Write why it has to be corrected."
    ),
}

_APPOINTMENTS: Final[dict[str, str]] = {
    "appoint.unknown-number": N_(
        "There is no entry with the number {numbers}, so nobody was appointed. Check the number."
    ),
    "appoint.two-courses": N_(
        "The person with the number {number} is already appointed for a course, and one person holds one "
        "appointment. Let the person choose."
    ),
    "appoint.not-accepted": N_(
        "The person with the number {number} has not accepted yet. Record the acceptance first."
    ),
    "appoint.flag-stands": N_(
        "A flag of the entry with the number {number} stands, so the person does not take part and is not "
        "appointed. Look at the flag in the details: let the person take part with a reason, or correct "
        "the result."
    ),
    "appoint.not-passed": N_(
        "The person with the number {number} has no announced pass of the final screening, "
        "so an appointment is not possible. Announce the decision first."
    ),
    "appointment.missing": N_("This appointment no longer exists. Press F5 to see the present state."),
    "term.end-before-start": N_(
        "The term ends on {end}, before it starts on {start}. Correct the dates of the programme."
    ),
    "term.beyond-fiscal-year": N_(
        "The term ends on {end}, but an appointment ends with the fiscal year, on {last}, at the latest. "
        "Correct the dates of the programme."
    ),
}

_PAY: Final[dict[str, str]] = {
    "pay.rate-negative": N_("The hourly rate of {rate_yen} yen is less than nothing. Correct the rate."),
    "pay.minutes-negative": N_("{minutes} minutes of work are less than none. Correct the time."),
    "pay.no-rate": N_(
        "No hourly rate has begun by {date}, so the pay cannot be computed. "
        "Give the programme a rate that begins on that day or before."
    ),
    "pay.premium-to-check": N_(
        "On {date} {over_hm} were worked beyond the hours of a day or a week, and this amount holds them "
        "at {premium_yen} yen an hour. Check that the work was ordered, and write the reason beside the day."
    ),
    "pay.below-minimum-wage": N_(
        "The rate of {rate_yen} yen is below the minimum wage of {minimum_yen} yen that holds "
        "from {valid_from}. Check the rate."
    ),
    "pay.tax-open": N_(
        "The program does not know the tax of {person}, so nothing was stated. "
        "Look the amount up in the tax table and type it."
    ),
    "pay.unknown-number": N_(
        "The number {numbers} belongs to nobody appointed in {month}/{year}, so nothing was stated. "
        "Check the number."
    ),
    "commuting.negative": N_("An amount of commuting is less than nothing. Write 0 or more yen."),
    "commuting.fare-missing": N_(
        "This way of refunding needs the fare of a round trip. Write it, or choose another way."
    ),
    "commuting.pass-missing": N_(
        "This way of refunding needs the price of a monthly pass. Write it, or choose another way."
    ),
    "insurance.negative": N_("The amount to be insured is less than nothing. Check the pay."),
    "insurance.no-rate": N_(
        "The rate of employment insurance on {date} is not known, so it cannot be computed. "
        "Turn the insurance off, or compute it by hand."
    ),
}

_TAX: Final[dict[str, str]] = {
    "tax.negative": N_("An amount for the tax is less than nothing. Write 0 or more yen."),
    "tax.column-open": N_(
        "No column of the tax table is chosen for this person, so the tax is not known. "
        "Choose the column, or type the tax."
    ),
    "tax.year-unknown": N_(
        "The tax table of {year} is not known to the program. Look the tax up and type it."
    ),
    "tax.kou-above": N_(
        "{taxable_yen} yen reach the limit of {limit_yen} yen below which column A takes no tax. "
        "Look the tax up in the monthly table and type it."
    ),
    "tax.otsu-above": N_(
        "{taxable_yen} yen reach the limit of {limit_yen} yen below which column B takes 3.063 %. "
        "Look the tax up in the monthly table and type it."
    ),
    "tax.hei-unknown": N_(
        "The daily limit of column C for {year} is not known to the program. Look the tax up and type it."
    ),
    "tax.hei-ended": N_(
        "Column C applies until {last}, but work was done on {date}. "
        "Choose another column, or look the tax up and type it."
    ),
    "tax.hei-above": N_(
        "The {day_yen} yen of {date} reach the limit of {limit_yen} yen below which column C takes no tax. "
        "Look the tax up in the daily table and type it."
    ),
    "tax.hei-not-in-table": N_(
        "The {day_yen} yen of {date} do not stand in the daily table that was entered for this year. "
        "Look the tax up and type it, or complete the table."
    ),
    "tax.kou-dependants": N_(
        "{taxable_yen} yen stand in the line from {from_yen} to below {below_yen} yen of the monthly table, "
        "but the number of dependants is not known here. Column A by dependants: {amounts}. "
        "Type the tax for the number declared."
    ),
    "tax.hei-commuting": N_(
        "{commuting_yen} yen of commuting are taxed, and column C does not say on which day. "
        "Look the tax up and type it."
    ),
}

_EXPLAIN: Final[dict[str, str]] = {
    "explain.worked": N_("{sum} on {days} days = {total_hm} ({minutes} minutes)"),
    "explain.no-work": N_("No worked time is recorded in this month."),
    "explain.hours-rounded": N_(
        "The month's {total_hm} become {paid_hm}: under 30 minutes are dropped, "
        "from 30 minutes on they go up."
    ),
    "explain.rate": N_("{rate_yen} yen an hour (from {since})"),
    "explain.premium": N_(
        "{minutes} minutes beyond {day_hm} a day or {week_hm} a week × {rate_yen} yen "
        "({base_yen} yen and {percent} %) ÷ 60 = {exact} yen"
    ),
    "explain.premium-part": N_("{result_yen} yen of it are the premium itself"),
    "explain.product": N_("{minutes} minutes × {rate_yen} yen ÷ 60 = {exact} yen"),
    "explain.rounding-a": N_(
        "Once, on the month's total: less than half a yen is dropped, half a yen and more goes up "
        "→ {result_yen} yen"
    ),
    "explain.rounding-b": N_(
        "Once, on the month's total: what is below one yen is dropped → {result_yen} yen"
    ),
    "explain.rounding-c": N_("The month's hours are rounded, then multiplied → {result_yen} yen"),
    "explain.tax-hei": N_("Column C (day {day_yen} yen, below {limit_yen} yen) → 0 yen"),
    "explain.tax-kou": N_("Column A ({taxable_yen} yen, below {limit_yen} yen) → 0 yen"),
    "explain.tax-otsu": N_("Column B: {taxable_yen} yen × 3.063 %, below one yen dropped → {result_yen} yen"),
    "explain.tax-kou-table": N_(
        "Column A for {dependants} dependants ({taxable_yen} yen: from {from_yen} to below {below_yen} yen) "
        "→ {result_yen} yen"
    ),
    "explain.tax-otsu-table": N_(
        "Column B ({taxable_yen} yen: from {from_yen} to below {below_yen} yen) → {result_yen} yen"
    ),
    "explain.tax-hei-table": N_("Column C, by the daily table on {days} days → {result_yen} yen"),
    "explain.tax-typed": N_("Typed by hand for {taxable_yen} yen → {result_yen} yen"),
    "explain.commuting-none": N_("Nothing is refunded. The fare is set under “Terms”."),
    "explain.commuting-per-day": N_("Round trip {fare_yen} yen × {days} days = {result_yen} yen"),
    "explain.commuting-per-day-capped": N_(
        "Round trip {fare_yen} yen × {days} days = {by_days_yen} yen, at most {cap_yen} yen a month "
        "→ {result_yen} yen"
    ),
    "explain.commuting-monthly-pass": N_("Monthly pass → {result_yen} yen"),
    "explain.commuting-monthly-pass-capped": N_(
        "Monthly pass {pass_yen} yen, at most {cap_yen} yen a month → {result_yen} yen"
    ),
    "explain.commuting-min-of-both": N_(
        "Round trip {fare_yen} yen × {days} days = {by_days_yen} yen, monthly pass {pass_yen} yen: "
        "the lower one → {result_yen} yen"
    ),
    "explain.commuting-min-of-both-capped": N_(
        "Round trip {fare_yen} yen × {days} days = {by_days_yen} yen, monthly pass {pass_yen} yen, at most "
        "{cap_yen} yen a month: the lowest → {result_yen} yen"
    ),
    "explain.commuting-tax-free": N_("Not taxed, up to {limit_yen} yen a month"),
    "explain.commuting-taxed": N_("{taxable_yen} yen above {limit_yen} yen a month are taxed"),
    "explain.insurance": N_("Employee's share of {base_yen} yen → {result_yen} yen"),
}

MESSAGES: Final[dict[str, str]] = {**_SHIFTS, **_HOURS, **_APPOINTMENTS, **_PAY, **_TAX, **_EXPLAIN}

LABELS: Final[dict[str, str]] = {
    "appoint": N_("Appointment of {count} people"),
    "appointment.terms": N_("Change of one person's terms"),
    "hours.planned": N_("Planned hours ({count} days)"),
    "hours.worked": N_("Worked hours ({count} days)"),
    "hours.planned-cleared": N_("Clearing of planned hours ({count} days)"),
    "hours.worked-cleared": N_("Clearing of worked hours ({count} days)"),
    "hours.as-planned": N_("Worked as planned ({count} days)"),
    "hours.filled-down": N_("Filling down of hours ({count} days)"),
    "hours.filled-right": N_("Filling of hours to the right ({count} days)"),
    "hours.pasted": N_("Pasting of hours ({count} days)"),
    "hours.moved": N_("Moving of hours ({count} days)"),
    "hours.copied": N_("Copying of hours ({count} days)"),
    "hours.week-copied": N_("Copying of a week of hours ({count} days)"),
    "hours.usual-week": N_("Usual week into {month}/{year} ({count} days)"),
    "hours.reason": N_("Reason of worked hours ({count} days)"),
    "import.hours": N_("Import of hours ({count} rows)"),
    "month.close": N_("Closing of {month}/{year}"),
    "month.reopen": N_("Opening of {month}/{year} again"),
    "pay.state": N_("Pay of {month}/{year} ({count} people)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "commuting_mode": {
        "per_day": N_("Fare for each day"),
        "monthly_pass": N_("Monthly pass"),
        "min_of_both": N_("The cheaper of both"),
        "none": N_("No refund"),
    },
    "pay_rounding": {
        "A": N_("A: to the minute, half a yen up"),
        "B": N_("B: to the minute, below one yen dropped"),
        "C": N_("C: by the month's whole hours"),
    },
    "pay_rounding_help": {
        "A": N_(
            "The month's minutes are paid as they are, rounded once: below 50 sen dropped, from 50 sen up "
            "(Act on Currency Units and Issuance of Coins, article 3; notice Kihatsu 150 of 14 March 1988)."
        ),
        "B": N_(
            "The month's minutes are paid as they are, what is below one yen is dropped. "
            "Only if the city's rules say so."
        ),
        "C": N_(
            "The month's hours: under 30 minutes dropped, from 30 minutes up, then multiplied. "
            "Only if the city's rules say so: notice Kihatsu 150 allows it for overtime alone."
        ),
    },
    "tax_column": {
        "hei": N_("Column C (daily, two months at most)"),
        "kou": N_("Column A (declaration handed in here)"),
        "otsu": N_("Column B (no declaration here)"),
        "manual": N_("Type the tax by hand"),
    },
}

"""Sentences about what leaves the office about pay: register, file for the bank, list of a year."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "register.nobody": N_(
        "No pay of {month}/{year} has been computed and kept, so there is nothing to put into the register. "
        "Compute the pay of the month first."
    ),
    "register.not-final": N_(
        "The register of {month}/{year} is not final, because of these people: {people}. Compute the pay of "
        "the month again, or write the file for reference only (参考)."
    ),
    "register.not-stated": N_("The pay was not computed yet. Compute the pay of the month."),
    "register.differs": N_(
        "The amounts computed are no longer those of the hours. Compute the pay of the month again."
    ),
    "register.gone": N_(
        "There is a pay statement of a month in which the person is not appointed. Look into the term."
    ),
    "register.sum-wrong": N_(
        "The parts of the pay statement do not come to its amount. Check the file (Tools) and compute the "
        "pay again."
    ),
    "register.layout-broken": N_(
        "The layout file {file} cannot be read, so there is no register. Install the program again."
    ),
    "register.layout-unknown": N_(
        "There is no layout of the register called “{name}”. Choose one of: {known}."
    ),
    "register.layout-name-empty": N_("The layout has no name, so it was not saved. Write a name."),
    "register.layout-name-long": N_(
        "The name is longer than {most} characters, so the layout was not saved. Choose a shorter one."
    ),
    "register.layout-name-shipped": N_(
        "“{name}” comes with the program and stays as it is, so nothing was saved. Choose another name."
    ),
    "register.no-columns": N_("No column is chosen, so the file would be empty. Tick at least one column."),
    "register.heading-empty": N_("A column has no heading. Write one, so that the other program knows it."),
    "register.heading-long": N_("The heading is longer than {most} characters. Choose a shorter one."),
    "register.heading-twice": N_(
        "Two columns are called “{heading}”, and the other program could not tell them apart. Rename one."
    ),
    "register.too-wide": N_(
        "The {count} columns of “{name}” do not fit on a sheet in a type that can be read. Print fewer "
        "columns, or write the file as Excel or CSV."
    ),
    "transfer-file.nobody": N_(
        "Nobody can be paid by transfer for {month}/{year}, so there is nothing to print. "
        "Compute the pay and enter the accounts first."
    ),
    "transfer-file.no-account": N_("No account is entered. Enter the account of the person."),
    "transfer-file.not-confirmed": N_(
        "The account was not compared with the paper. Compare it and confirm it under the appointment."
    ),
    "transfer-file.not-closed": N_(
        "The hours of the month are not closed, so the pay could still change after it was paid. "
        "Close the month first."
    ),
    "transfer-file.nothing": N_("There is nothing to be paid, so the file has no record of the person."),
    "transfer-file.paid-differs": N_(
        "{paid_yen} yen were paid, but the statement says {net_yen} yen. Settle the difference with a "
        "correction; the file does not pay the person again."
    ),
    "transfer-file.no-consignor": N_(
        "It is not entered who orders the transfers, and the bank needs it. Enter the consignor first."
    ),
    "transfer-file.obstacles": N_(
        "The file was not written, because {count} people cannot be paid by it: {people}. "
        "Settle what is said beside each, or leave them out."
    ),
    "transfer-file.changed": N_(
        "Something was changed meanwhile: the file would hold {count} people and {total_yen} yen now, so it "
        "was not written. Look at the rows and write it again."
    ),
    "transfer-file.unknown-number": N_(
        "Nobody with the number {numbers} is to be paid for {month}/{year}, so nothing was written. "
        "Check the number."
    ),
    "totals.not-transferred": N_("The file for the bank cannot pay the person."),
    "totals.paid-differs": N_("What was paid is not what the statement says."),
    "totals.paid-otherwise": N_("Paid in another way than by transfer."),
    "totals.not-paid": N_("Others of the month were paid, this person was not."),
    "year-end.nobody": N_(
        "Nothing was recorded as paid in {year}, so there is nothing to list. Record the payments first."
    ),
}

LABELS: Final[dict[str, str]] = {
    "register.layout-save": N_("Layout of the register saved: {name}"),
    "register.layout-delete": N_("Layout of the register deleted: {name}"),
    "register.written": N_("Register of {month}/{year} written ({count} people)"),
    "transfer.consignor": N_("Consignor of the transfers"),
    "transfer-file.written": N_("Bank file of {month}/{year} written ({count} people, {total_yen} yen)"),
    "year-end.written": N_("Payments of {year} written ({count} people)"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "kind": {
        "register": N_("Pay register"),
        "transfer-list": N_("List of transfers"),
        "year-end": N_("Payments of a year"),
    },
    "register-doubt": {
        "register.not-stated": N_("not computed"),
        "register.differs": N_("hours changed since"),
        "register.gone": N_("not appointed in the month"),
        "register.sum-wrong": N_("parts do not add up"),
        "transfer-file.no-account": N_("no account"),
        "transfer-file.not-confirmed": N_("account not confirmed"),
        "transfer-file.not-closed": N_("month not closed"),
        "transfer-file.nothing": N_("nothing to pay"),
        "transfer-file.paid-differs": N_("paid otherwise"),
        "transfer.amount-negative": N_("below 0 yen"),
        "totals.not-transferred": N_("cannot be transferred"),
        "totals.paid-differs": N_("paid ≠ stated"),
        "totals.paid-otherwise": N_("paid another way"),
        "totals.not-paid": N_("not paid"),
    },
    "register-field": {
        "number": N_("Entry number"),
        "name": N_("Name"),
        "kana": N_("Reading"),
        "course": N_("Course"),
        "department": N_("Host department"),
        "work_month": N_("Month of work"),
        "pay_day": N_("Pay day"),
        "days": N_("Days worked"),
        "minutes": N_("Time worked"),
        "rate": N_("Hourly rate"),
        "pay": N_("Pay of the month"),
        "premium": N_("Premium in it"),
        "corrected_pay": N_("Pay of earlier months"),
        "all_pay": N_("Pay in all"),
        "commuting": N_("Commuting of the month"),
        "corrected_commuting": N_("Commuting of earlier months"),
        "all_commuting": N_("Commuting in all"),
        "free_commuting": N_("Commuting, not taxed"),
        "taxed_commuting": N_("Commuting, taxed"),
        "gross": N_("Before deductions"),
        "taxable": N_("Taxable amount"),
        "tax_column": N_("Column of the tax table"),
        "tax": N_("Income tax"),
        "insurance": N_("Employment insurance"),
        "deductions": N_("Deductions in all"),
        "net": N_("To be paid"),
        "bank_code": N_("Bank number"),
        "bank": N_("Bank"),
        "branch_code": N_("Branch number"),
        "branch": N_("Branch"),
        "account_kind": N_("Kind of account"),
        "account_number": N_("Account number"),
        "holder": N_("Account holder"),
        "employee_code": N_("Employee number"),
        "unit_code": N_("Department number"),
        "paid_on": N_("Paid on"),
        "edition": N_("Edition of the statement"),
        "stated_on": N_("Statement made on"),
        "note": N_("Remarks"),
    },
    "register-encoding": {"utf-8-sig": N_("UTF-8 (Excel)"), "cp932": N_("Shift_JIS (old programs)")},
    "register-separator": {"comma": N_("Comma"), "tab": N_("Tab"), "semicolon": N_("Semicolon")},
    "register-time": {
        "clock": N_("59:45"),
        "minutes": N_("3585 (minutes)"),
        "hours": N_("59.75 (hours)"),
    },
    "register-dates": {
        "slash": N_("2024/12/20"),
        "iso": N_("2024-12-20"),
        "compact": N_("20241220"),
        "era": N_("令和6年12月20日"),
    },
    "wording": {
        "register": N_("Pay register"),
        "transfer-list": N_("List of transfers"),
        "year-end": N_("Payments of a year"),
    },
    "wording-section": {
        "doubts": N_("Words for what is not final"),
        "people": N_("Sentences about people"),
        "kinds": N_("Kinds of accounts"),
    },
    "wording-field": {
        "reference": N_("Second mark"),
        "doubtful": N_("When it is not final"),
        "course_total": N_("Sum of a course"),
        "total": N_("Sum of all"),
        "number": N_("Running number"),
        "left_out": N_("People left out"),
        "more": N_("More people"),
        "unpaid": N_("What was not paid"),
        "differing": N_("What was paid otherwise"),
        "month_yen": N_("A month of a person"),
    },
}

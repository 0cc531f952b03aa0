"""Sentences about accounts, bank signs and the file for the bank."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "transfer.text-missing": N_(
        "“{transfer_part}” is empty, and the bank needs it. Write the reading in kana."
    ),
    "transfer.kanji": N_(
        "“{transfer_part}” holds {signs}, but a bank reads kana, letters and digits only. "
        "Write the reading as it stands in the passbook."
    ),
    "transfer.middle-dot": N_(
        "“{transfer_part}” holds the middle dot {signs}, which a bank does not read. "
        "Write a space instead, as in the passbook."
    ),
    "transfer.wo": N_(
        "“{transfer_part}” holds {signs}, which many banks do not read. "
        "Write ｵ if the passbook has it, or allow the sign in the settings of the bank file."
    ),
    "transfer.sign": N_(
        "“{transfer_part}” holds {signs}, which a bank does not read. "
        "Use kana, letters, digits, space, brackets, hyphen, full stop and stroke only."
    ),
    "transfer.mark": N_(
        "In “{transfer_part}” the voicing mark {signs} stands after a sign that does not take it, "
        "so the bank would refuse the name. Write the reading again."
    ),
    "transfer.text-long": N_(
        "“{transfer_part}” takes {count} signs, voicing marks counted, but the bank has room for {most}. "
        "Nothing was cut; write the short form that is registered with the bank."
    ),
    "transfer.code": N_(
        "“{text}” cannot be “{transfer_part}”, which is a number of {length} digits. "
        "Write all digits, zeros at the front too."
    ),
    "transfer.code-long": N_(
        "“{text}” cannot be “{transfer_part}”, which holds digits only, {length} at most. "
        "Correct it, or leave it empty."
    ),
    "transfer.choice": N_("“{text}” is no choice for “{transfer_part}”. Choose one that the bank has named."),
    "transfer.account-kind": N_(
        "The kind of account must be 1 (ordinary) or 2 (current), but it is “{text}”. Choose one of the two."
    ),
    "transfer.account-missing": N_(
        "The account number is empty, so nothing can be transferred. Write its seven digits."
    ),
    "transfer.account-digits": N_(
        "The account number “{text}” holds something other than digits. "
        "Write the seven digits alone, without hyphens or spaces."
    ),
    "transfer.account-long": N_(
        "The account number has {count} digits, but an account has seven. "
        "For Japan Post Bank enter symbol and number, so that the number for transfers is worked out."
    ),
    "transfer.account-short": N_(
        "The account number has {count} digits instead of seven, and nothing was changed. "
        "Compare it with the passbook; if no digit is missing, confirm that it becomes {padded}."
    ),
    "transfer.yucho-symbol": N_(
        "“{text}” is no symbol of an ordinary account of Japan Post Bank, which is 1, three digits and 0. "
        "Write the five digits of the passbook, or ask for the account number for transfers."
    ),
    "transfer.yucho-number": N_(
        "“{text}” is no number of an ordinary account of Japan Post Bank, which has at most eight digits "
        "and ends in 1. Compare it with the passbook."
    ),
    "transfer.amount-negative": N_(
        "{amount_yen} yen are less than nothing and cannot be transferred. Look into the person's pay first."
    ),
    "transfer.amount-long": N_(
        "{amount_yen} yen have more than the ten digits that a record has room for. Check the amount."
    ),
    "transfer.total-long": N_(
        "The totals need more than the {count} digits there is room for, so no file was made. Make two files."
    ),
    "transfer.nothing": N_(
        "Nobody is paid more than 0 yen, so there is nothing to transfer. "
        "Check the month and the people chosen."
    ),
    "transfer.date-past": N_(
        "{date} has gone by, and the bank would book a year later. Choose a day to come."
    ),
    "transfer.date-far": N_(
        "{date} is a year or more away, and the file holds month and day only. Choose a nearer day."
    ),
    "transfer.date-closed": N_(
        "Banks are closed on {date}, so the transfer would be refused. Choose {before}, or another bank day."
    ),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "transfer_part": {
        "code": N_("Orderer's code"),
        "name_kana": N_("Orderer's name in kana"),
        "bank_code": N_("Bank code"),
        "bank_kana": N_("Bank name in kana"),
        "branch_code": N_("Branch code"),
        "branch_kana": N_("Branch name in kana"),
        "account_kind": N_("Kind of account"),
        "account_number": N_("Account number"),
        "holder_kana": N_("Account holder in kana"),
        "employee_code": N_("Employee number"),
        "unit_code": N_("Unit number"),
        "kind": N_("Kind of transfer"),
        "line_end": N_("End of each line"),
    },
    "account_kind": {"1": N_("Ordinary account"), "2": N_("Current account")},
    "transfer_kind": {
        "71": N_("71 Salary (public service)"),
        "72": N_("72 Bonus (public service)"),
        "11": N_("11 Salary (private)"),
        "12": N_("12 Bonus (private)"),
        "21": N_("21 General transfer"),
    },
    "transfer_line_end": {"crlf": N_("CR and LF after each record"), "none": N_("Nothing between records")},
}

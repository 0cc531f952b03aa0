"""The actions on hours, months and pay: data only.

The menu 勤務・報酬 and the button その他 of the tab show them in this order.  Groups: 0 hours and
the month, 1 what leaves the office, 2 terms and people, 3 settings.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When


def _work(act: str, text: str, tip: str, group: int = 0, when: When = When.OPEN) -> ActionSpec:
    return ActionSpec(f"work.{act}", text, "work", tip, "", when, tab="payroll", group=group)


def _sheets(act: str, text: str, tip: str, group: int = 0, when: When = When.OPEN) -> ActionSpec:
    return ActionSpec(f"work.{act}", text, "work-sheets", tip, "", when, tab="payroll", group=group)


W = When.WRITABLE
PAY_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _work("close-month", N_("Close the &month…"), N_("Lists what stands against closing the month shown, and fixes its hours."), 0, W),  # noqa: E501
    _work("reopen-month", N_("Open the month a&gain…"), N_("Opens a closed month again with a reason, for some or all people."), 0, W),  # noqa: E501
    _work("pay", N_("Compute the &pay of the month"), N_("Computes the pay of the month shown and how each amount comes about.")),  # noqa: E501
    _work("correct-day", N_("Correct a &day after closing…"), N_("Corrects a day of a closed month; the difference comes with the pay of a later month."), 0, W),  # noqa: E501
    _work("corrections", N_("Corrections after c&losing…"), N_("Lists the days that were corrected after closing, and takes one back.")),  # noqa: E501
    _work("paid", N_("Mar&k the pay as paid…"), N_("Records that the pay of the month shown was paid; the month is then not opened again.")),  # noqa: E501
    _sheets("attendance-typed", N_("Type in &attendance sheets…"), N_("Shows a form like the sheet, for one person after the other, to be typed in from paper.")),  # noqa: E501
    _sheets("attendance-books", N_("Write attendance workbooks for the &departments…"), N_("Writes an Excel workbook for each host department, to be filled in and signed there."), 1, W),  # noqa: E501
    _sheets("attendance-taken", N_("Take in an attendance wor&kbook…"), N_("Shows what a workbook that came back would change, then takes it in."), 0, W),  # noqa: E501
    _sheets("hours-export", N_("&Export hours…"), N_("Writes planned or worked hours to Excel or csv, as the import reads them."), 1),  # noqa: E501
    _sheets("confirm", N_("Con&firmation by the host departments…"), N_("Records which hours the departments confirmed, and shows what was changed since.")),  # noqa: E501
    _work("register", N_("Pay &register…"), N_("Shows the month's register and writes it."), 1),
    _work("transfer", N_("&Transfers…"), N_("Writes the file for the bank from what was computed."), 1),
    _work("year-end", N_("Payments of a &year…"), N_("Lists what was paid in a calendar year."), 1),
    _work("figures", N_("&Figures of the law…"), N_("Shows tax limits and tables, rates and minimum wages by date, and takes your own."), 3),  # noqa: E501
    _work("settings", N_("S&ettings of work and pay…"), N_("Sets the cap, rounding, premium, tax column, commuting, minimum wages and the oath."), 3),  # noqa: E501
)  # fmt: skip
"""One line each, so that several people can add theirs."""

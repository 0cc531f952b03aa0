"""What the pay command takes besides the month: the register's layout, and the day of the transfers."""

from __future__ import annotations

from typing import Any

from fujisawa_desktop.i18n import _


def add_pay_options(parser: Any) -> None:
    """Add the options of the register and of the file for the bank."""
    add = parser.add_argument
    add(
        "--layout",
        metavar="NAME",
        help=_(
            "of csv and xlsx: the register of what was stated, in this layout (full, finance, or your own)"
        ),
    )
    add(
        "--reference",
        action="store_true",
        help=_("with --layout: write a register that is not final, marked as reference"),
    )
    add("--pay-date", metavar="DATE", help=_("of zengin: the day of payment; else the one of the statements"))
    add(
        "--leave-out",
        nargs="+",
        action="extend",
        metavar="NO",
        help=_("of zengin: portal numbers of people who are not in the file"),
    )

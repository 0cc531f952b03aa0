"""What may be typed after ``print`` for labels, envelopes and rosters."""

from __future__ import annotations

from typing import Any

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import ApplicationStatus


def add_office_options(shown: Any) -> None:
    """Add what may be typed for labels, envelopes and rosters."""
    shown.add_argument("--layout", metavar="NAME", help=_("of labels: the sheet, such as 12-86.4x42.3"))
    shown.add_argument("--start", type=int, metavar="N", help=_("of labels: the first face to print on"))
    shown.add_argument(
        "--with-number", action="store_true", default=None, help=_("of labels: the entry number too, small")
    )
    shown.add_argument(
        "--printer", metavar="NAME", help=_("of labels and envelopes: correct for this printer")
    )
    shown.add_argument(
        "--test",
        action="store_true",
        default=None,
        help=_("of labels and envelopes: the test page instead, recorded nowhere"),
    )
    shown.add_argument(
        "--columns", metavar="A,B,…", help=_("of a roster: its columns, such as row,number,name,kana")
    )
    shown.add_argument(
        "--order", choices=("kana", "number"), metavar="ORDER", help=_("of a roster: kana or number")
    )
    shown.add_argument(
        "--one-list",
        action="store_true",
        default=None,
        help=_("of a roster: one list instead of one for each course"),
    )
    shown.add_argument(
        "--state",
        nargs="+",
        choices=[status.value for status in ApplicationStatus],
        metavar="STATE",
        help=_("of labels, envelopes and rosters: only people in these states"),
    )
    shown.add_argument(
        "--blank",
        action="store_true",
        default=None,
        help=_("of attendance sheets: to be filled in and signed by hand, without the recorded time"),
    )

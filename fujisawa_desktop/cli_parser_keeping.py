"""What may be typed to keep, erase and disclose records."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.retention import Category

ACTS: Final = ("due", "erase")
FORMATS: Final = ("json", "csv", "xlsx", "pdf")


def add_keeping(commands: Any) -> None:
    """Add the commands ``retention`` and ``person``."""
    kept = commands.add_parser("retention", help=_("list what may be erased, and erase it"))
    kept.add_argument(
        "act", choices=ACTS, metavar="ACT", help=_("one of: {known}").format(known=", ".join(ACTS))
    )
    kept.shown.add_argument(
        "--format", choices=FORMATS, metavar="FORMAT", help=_("of due: the form of the list")
    )
    kept.shown.add_argument("--out", type=Path, metavar="FILE", help=_("of due: where the list goes"))
    kept.shown.add_argument(
        "--all", action="store_true", help=_("of due: also what is not due yet, with its days")
    )
    kept.shown.add_argument(
        "--records",
        nargs="+",
        choices=[one.value for one in Category],
        metavar="KIND",
        help=_("only records of these kinds: {known}").format(known=", ".join(Category)),
    )
    kept.shown.add_argument(
        "--confirm", type=int, metavar="COUNT", help=_("of erase: how many lines the list has; needed")
    )
    kept.shown.add_argument(
        "--witness", metavar="NAME", help=_("of erase: who else looked at the list; needed")
    )
    kept.shown.add_argument(
        "--with-copies", action="store_true", help=_("of erase: delete copies of the file that hold them")
    )
    person = commands.add_parser("person", help=_("write everything held about one person to a file"))
    person.add_argument("number", metavar="NO", help=_("the portal's number of the person"))
    person.shown.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help=_("the folder for the file; else this one")
    )

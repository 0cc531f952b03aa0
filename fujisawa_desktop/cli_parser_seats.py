"""What may be typed to give out seats on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.i18n import _

ACTS: Final = ("list", "add", "remove", "renew")
ROLES: Final = ("clerk", "reader", "host")


def add_seats(commands: Any) -> None:
    """Add the command ``seats``."""
    seats = commands.add_parser("seats", help=_("say who may work with a database on a server"))
    seats.add_argument(
        "act", choices=ACTS, metavar="ACT", help=_("one of: {known}").format(known=", ".join(ACTS))
    )
    seats.add_argument("login", nargs="?", metavar="LOGIN", help=_("of add and remove: the server's login"))
    seats.shown.add_argument(
        "--role",
        choices=ROLES,
        default="clerk",
        metavar="ROLE",
        help=_("of add: one of: {known}").format(known=", ".join(ROLES)),
    )
    seats.shown.add_argument(
        "--course", metavar="CODE", help=_("of add: sign or short name of a host department's course")
    )
    seats.shown.add_argument("--name", default="", metavar="NAME", help=_("of add: whose seat it is"))
    seats.shown.add_argument(
        "--login-password",
        type=Path,
        metavar="FILE",
        help=_("of add: the login's password stands in the first line of this file"),
    )
    seats.shown.add_argument("--json", action="store_true", help=_("of list: write the result as JSON"))

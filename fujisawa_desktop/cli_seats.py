"""The command that gives out seats on a server."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, print_json, print_text, say, where
from fujisawa_desktop.cli_values import password_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.seats import SeatRole, add_seat, remove_seat, renew_rights, seats

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


def seat(arguments: argparse.Namespace) -> int:
    """List the seats, give one out, take one back, or give all their rights anew."""
    if (arguments.act in {"add", "remove"}) and not arguments.login:
        raise AppError("cli.incomplete", names="LOGIN")
    with opened(where(arguments)) as database:
        _do(arguments, database)
    return DONE


def _do(arguments: argparse.Namespace, database: Database) -> None:
    match arguments.act:
        case "add":
            password = password_of(arguments.login_password) if arguments.login_password else None
            add_seat(
                database,
                login=arguments.login,
                role=SeatRole(arguments.role),
                course=arguments.course,
                name=arguments.name,
                password=password,
            )
            role = texts.term("seat_role", arguments.role)
            say(_("{login} has a seat now: {role}.").format(login=arguments.login, role=role))
        case "remove":
            remove_seat(database, login=arguments.login)
            say(_("{login} has no seat any more.").format(login=arguments.login))
        case "renew":
            renew_rights(database)
            say(_("All seats have their rights anew."))
        case _:
            _list(arguments, database)


def _list(arguments: argparse.Namespace, database: Database) -> None:
    found = seats(database)
    if arguments.json:
        print_json(
            [
                {"login": one.login, "role": one.role.value, "name": one.name, "course": one.course}
                for one in found
            ]
        )
        return
    for one in found:
        role = texts.term("seat_role", one.role)
        print_text(f"{one.login}\t{role}\t{one.course}\t{one.name}\n")

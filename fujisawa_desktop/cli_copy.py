"""The command that moves an office from a file to a server, and back."""

from __future__ import annotations

import argparse

from fujisawa_desktop.cli_output import DONE, print_json, say
from fujisawa_desktop.i18n import ngettext
from fujisawa_desktop.services.copying import copy_database


def copy(arguments: argparse.Namespace) -> int:
    """Copy everything from one database into an empty one, and compare."""
    done = copy_database(arguments.source, arguments.target)
    say(
        ngettext(
            "{count} row was copied to {place}, and the copy is equal.",
            "{count} rows were copied to {place}, and the copy is equal.",
            done.rows,
        ).format(count=f"{done.rows:,}", place=done.place)
    )
    if arguments.json:
        print_json({"place": done.place, "rows": done.rows, "counts": done.counts, "digest": done.digest})
    return DONE

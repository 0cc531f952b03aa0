"""The command line: a second door to the same services, for nights, batches and tests.

Messages go to the error output in the person's language; the output holds results only.
Exit codes: 0 done, 1 done in part or refused by a rule, 2 wrong use or a file that cannot be used.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import say
from fujisawa_desktop.cli_parser import UsageError, language_of, parse
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, set_language
from fujisawa_desktop.log import start_log

WRONG_USE: Final = 2
STOPPED: Final = 130
"""What a shell reports for a program stopped with Ctrl+C."""

Door = Callable[[argparse.Namespace], int]


def _door(module: str, name: str) -> Door:
    """Return a command whose module, and SQLAlchemy with it, is loaded when the command is given."""

    def run(arguments: argparse.Namespace) -> int:
        door: Door = getattr(import_module(f"fujisawa_desktop.{module}"), name)
        return door(arguments)

    return run


COMMANDS: Final[Mapping[str, Door]] = {
    "init": _door("cli_files", "init"),
    "import": _door("cli_imports", "take_in"),
    "list": _door("cli_lists", "write_list"),
    "plan": _door("cli_acts", "plan"),
    "release": _door("cli_acts", "release_stage"),
    "appoint": _door("cli_acts", "appoint_people"),
    "print": _door("cli_papers", "print_papers"),
    "pay": _door("cli_pay", "pay"),
    "backup": _door("cli_files", "back_up"),
    "backups": _door("cli_restore", "backups"),
    "restore": _door("cli_restore", "restore"),
    "check": _door("cli_files", "check"),
    "copy": _door("cli_copy", "copy"),
    "retention": _door("cli_keeping", "keep"),
    "person": _door("cli_keeping", "disclose"),
    "seats": _door("cli_seats", "seat"),
}


def main(arguments: Sequence[str], *, window: Door, demo: Door) -> int:
    """Do what was typed and return the exit code.

    Args:
        arguments: without the program's name.
        window: opens the window; the command line itself knows no Qt.
        demo: walks the demonstration, which needs the window too.
    """
    set_language(language_of(arguments))
    try:
        typed = parse(arguments)
        door = window if typed.command is None else {"demo": demo, **COMMANDS}[typed.command]
        return door(typed)
    except UsageError as error:
        say(texts.message(error))
        say(_("Usage: ") + error.usage.removeprefix(_("Usage: ")))
        return error.exit_code
    except AppError as error:
        say(texts.message(error))
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()  # the reader of the output has gone; there is nobody to tell
        return WRONG_USE
    except KeyboardInterrupt:
        say(_("Stopped. Nothing of the act in progress was kept."))
        return STOPPED
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a sentence, never a traceback
        _tell_fault(error)
        return WRONG_USE


def _tell_fault(error: Exception) -> None:
    """Say the code of a fault; where in the code it was goes into the log, where there can be one."""
    try:
        handler = start_log()
    except OSError:
        handler = logging.NullHandler()
        logging.getLogger("fujisawa_desktop").addHandler(handler)
    say(texts.message(error))
    logging.getLogger("fujisawa_desktop").removeHandler(handler)
    handler.close()

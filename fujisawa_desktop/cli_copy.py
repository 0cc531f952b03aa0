"""The command that moves an office from a file to a server, and back."""

from __future__ import annotations

import argparse
from pathlib import Path

from fujisawa_desktop.cli_output import DONE, print_json, say
from fujisawa_desktop.cli_secrets import hand_out_key, key_for, passphrase_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.copying import copy_database
from fujisawa_desktop.services.unlocking import FileKey, new_key


def copy(arguments: argparse.Namespace) -> int:
    """Copy everything from one database into an empty one, and compare."""
    target: str = arguments.target
    to_file = "://" not in target or target.startswith("sqlite:")
    source_key = key_for(arguments, arguments.source)
    key, passphrase = _new_key(arguments, to_file=to_file, from_encrypted=source_key is not None)
    name = Path(target).name
    if key is not None and arguments.recovery_paper is not None:
        hand_out_key(key, name, arguments.recovery_paper, tell=say)
    done = copy_database(
        arguments.source, target, source_key=source_key, target_key=key, passphrase=passphrase
    )
    say(
        ngettext(
            "{count} row was copied to {place}, and the copy is equal.",
            "{count} rows were copied to {place}, and the copy is equal.",
            done.rows,
        ).format(count=f"{done.rows:,}", place=done.place)
    )
    if key is not None and arguments.recovery_paper is None:
        hand_out_key(key, name, None, tell=say)
    elif key is None and to_file:
        say(_("{file} is not encrypted: whoever gets at it can read it.").format(file=name))
    if arguments.json:
        print_json({"place": done.place, "rows": done.rows, "counts": done.counts, "digest": done.digest})
    return DONE


def _new_key(
    arguments: argparse.Namespace, *, to_file: bool, from_encrypted: bool
) -> tuple[FileKey | None, str | None]:
    """Return key and passphrase of the new file; from an encrypted file only somebody who says so bares it.

    Raises:
        AppError: ``cli.encrypt-a-server`` or ``cli.copy-bares``.
    """
    if arguments.encrypt is None:
        if to_file and from_encrypted and not arguments.plain:
            raise AppError("cli.copy-bares", file=str(arguments.source))
        return None, None
    if not to_file:
        raise AppError("cli.encrypt-a-server")
    return new_key(), passphrase_of(arguments.encrypt)

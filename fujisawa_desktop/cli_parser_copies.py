"""What may be typed to list copies of the file, go back to one, and move to a server and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fujisawa_desktop.i18n import _


def add_copies(commands: Any) -> None:
    """Add the commands ``backups``, ``restore`` and ``copy``."""
    backups = commands.add_parser("backups", help=_("list the copies of the file, each checked"))
    _json(backups)
    restore = commands.add_parser("restore", help=_("go back to a copy; the present state is kept beside it"))
    restore.add_argument("file", type=Path, metavar="FILE", help=_("the copy"))
    restore.shown.add_argument(
        "--preview", action="store_true", help=_("say what the copy holds and what would be lost; do nothing")
    )
    restore.shown.add_argument(
        "--bring-back-erased",
        action="store_true",
        help=_("go back although people who were erased since come back with the copy"),
    )
    which = restore.shown.add_mutually_exclusive_group()
    which.add_argument(
        "--encrypt",
        action="store_true",
        help=_("of a copy without encryption: encrypt the file, with the passphrase of --passphrase-file"),
    )
    which.add_argument(
        "--plain", action="store_true", help=_("of a copy without encryption: leave the file without it")
    )
    _paper(restore)
    _json(restore)
    copy = commands.add_parser(
        "copy", help=_("copy everything from a file to a database on a server, or back")
    )
    copy.add_argument("source", metavar="FROM", help=_("a file, or postgresql+psycopg://…"))
    copy.add_argument("target", metavar="TO", help=_("a new file, or the address of an empty database"))
    which = copy.shown.add_mutually_exclusive_group()
    which.add_argument(
        "--encrypt",
        type=Path,
        metavar="FILE",
        help=_("encrypt the new file; its passphrase stands in the first line of this file"),
    )
    which.add_argument("--plain", action="store_true", help=_("write the new file without encryption"))
    _paper(copy)
    _json(copy)


def _paper(parser: Any) -> None:
    parser.shown.add_argument(
        "--recovery-paper",
        type=Path,
        metavar="FILE",
        help=_("where the recovery key of an encrypted file is put as a PDF to be printed"),
    )


def _json(parser: Any) -> None:
    parser.shown.add_argument("--json", action="store_true", help=_("write the result to the output as JSON"))

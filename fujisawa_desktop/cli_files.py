"""The commands about the database file itself: make, back up, check."""

from __future__ import annotations

import argparse
from pathlib import Path

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, IN_PART, Json, print_json, say, where
from fujisawa_desktop.cli_secrets import hand_out_key, key_for, new_passphrase
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import (
    CheckReport,
    check_database,
    create_database,
    opened,
)
from fujisawa_desktop.services.integrity import Finding, Repaired, repair_findings
from fujisawa_desktop.services.journal_findings import Finding as JournalFinding
from fujisawa_desktop.services.unlocking import create_encrypted, new_key
from fujisawa_desktop.texts.journal_findings import finding_text


def init(arguments: argparse.Namespace) -> int:
    """Make a new database that holds a programme."""
    named: str = arguments.programme
    programme = Path(named) if named.endswith(".toml") else named
    place = where(arguments)
    passphrase = new_passphrase(arguments)
    if passphrase is None:
        create_database(place, programme=programme)
    else:
        _init_encrypted(Path(place), programme, passphrase, arguments.recovery_paper)
    say(_("A new file was made: {file}").format(file=place))
    return DONE


def _init_encrypted(path: Path, programme: Path | str, passphrase: str, paper: Path | None) -> None:
    """Make an encrypted file; its recovery key is on paper or on the screen before the file is there."""
    key = new_key()
    if paper is not None:
        hand_out_key(key, path.name, paper, tell=say)
    create_encrypted(path, programme=programme, key=key, passphrase=passphrase)
    if paper is None:
        hand_out_key(key, path.name, None, tell=say)


def back_up(arguments: argparse.Namespace) -> int:
    """Copy the database and check the copy."""
    target: Path = arguments.file
    if target.is_dir():
        raise AppError("cli.backup-is-directory", file=str(target))
    place = where(arguments)
    with opened(place, key=key_for(arguments, place)) as database:
        copy = make_backup(database, target=target.absolute())
    say(_("A checked copy was made: {file}").format(file=copy.path))
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Check the file, its rows and its journal; with ``--repair``, mend what can be mended."""
    place = where(arguments)
    with opened(place, key=key_for(arguments, place)) as database:
        report = check_database(database)
        repaired: Repaired | None = None
        if arguments.repair and any(one.is_repairable for one in report.findings):
            repaired = repair_findings(database)
            report = check_database(database)
    _tell(report)
    if repaired is not None:
        _tell_repaired(repaired)
    if arguments.json:
        print_json(
            {
                "whole": report.is_whole,
                "faults": list(report.faults),
                "journal": {
                    "entries": report.journal.entries,
                    "broken_at": report.journal.broken_at,
                    "findings": [_of_journal_as_json(one) for one in report.journal.findings],
                },
                "findings": [_as_json(one) for one in report.findings],
                "repaired": repaired.count if repaired is not None else 0,
            }
        )
    return DONE if report.is_whole else IN_PART


def _as_json(one: Finding) -> Json:
    return {
        "kind": one.kind,
        "number": one.number,
        "table": one.table,
        "row": one.row_id,
        "text": texts.message_for(one.code, one.told),
        "repairable": one.is_repairable,
    }


def _of_journal_as_json(one: JournalFinding) -> Json:
    return {
        "part": one.part.value,
        "kind": one.kind.value,
        "seq": one.seq,
        "through": one.through,
        "other": one.other,
        "source": one.source,
        "text": finding_text(one),
    }


def _tell(report: CheckReport) -> None:
    if report.is_whole:
        text = ngettext(
            "The file is whole. {count} act in the journal was checked.",
            "The file is whole. {count} acts in the journal were checked.",
            report.journal.entries,
        )
        say(text.format(count=report.journal.entries))
    for fault in report.faults:
        say(_("The database reports a fault: {fault}").format(fault=fault))
    for one in report.findings:
        text = texts.message_for(one.code, one.told)
        say(_("{number}: {text}").format(number=one.number, text=text) if one.number else text)
    if any(one.is_repairable for one in report.findings):
        say(_("“check --repair” mends what can be mended; a copy of the file is made first."))
    if report.journal.broken_at is not None:
        say(
            _(
                "Act {number} of the journal is not as it was written; somebody or something "
                "changed the file "
                "from outside. Keep a copy of the file and open the latest backup."
            ).format(number=report.journal.broken_at)
        )
        for told in report.journal.findings:
            say(_("Journal: {finding}").format(finding=finding_text(told)))


def _tell_repaired(done: Repaired) -> None:
    text = ngettext("{count} point was mended.", "{count} points were mended.", done.count)
    say(text.format(count=done.count))
    if done.backup is not None:
        say(_("The state before is kept: {file}").format(file=done.backup.path))

"""The commands about copies of the file: which there are, and going back to one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, IN_PART, Json, print_json, say, where
from fujisawa_desktop.cli_secrets import hand_out_key, key_for_copy, keys_at_hand, new_passphrase
from fujisawa_desktop.errors import AppError, RuleError
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.rules.journal_marks import mark_of
from fujisawa_desktop.services.restoring import (
    ACTS,
    APPOINTMENTS,
    COURSES,
    PEOPLE,
    BackupCopy,
    CopyState,
    Loss,
    chosen_copy,
    copies_of,
    examine,
    file_named,
    loss_of,
    was_encrypted,
)
from fujisawa_desktop.services.returning import Protection, Restored, restore_backup
from fujisawa_desktop.services.unlocking import FileKey, new_key

_FIGURES = (PEOPLE, COURSES, APPOINTMENTS, ACTS)


def backups(arguments: argparse.Namespace) -> int:
    """List the copies of the file in both places, each read as a whole."""
    file = file_named(where(arguments))
    found = [_seen(arguments, one) for one in copies_of(file)]
    if not found:
        say(_("There is no copy of {file}.").format(file=file.name))
    for one in found:
        say(_line(one))
    if arguments.json:
        print_json([_as_json(one) for one in found])
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    """Go back to a copy, after saying what it holds and what would be lost."""
    file, copy = file_named(where(arguments)), arguments.file
    key, by_passphrase = key_for_copy(arguments, copy)
    seen = examine(chosen_copy(copy), keys=[key] if key is not None else ())
    keys = keys_at_hand(arguments, file)
    loss = loss_of(file, copy, key=key, keys=keys) if seen.is_usable else None
    if arguments.preview:
        return _preview(arguments, seen, loss)
    if loss is not None and loss.erased and not arguments.bring_back_erased:
        raise RuleError("cli.restore-erased", **_erased(loss))
    under = _protection(arguments, file, keys) if key is None else None
    made = under is not None and under.passphrase is not None
    if under is not None and under.key is not None and made and arguments.recovery_paper is not None:
        hand_out_key(under.key, file.name, arguments.recovery_paper, tell=say)
    done = restore_backup(
        file, source=copy, key=key, keys=keys, under=under, asked=copy if by_passphrase else None
    )
    _tell(done)
    if done.key is not None and made and arguments.recovery_paper is None:
        hand_out_key(done.key, file.name, None, tell=say)
    if arguments.json:
        kept = str(done.kept) if done.kept is not None else None
        print_json({"file": str(done.path), "kept": kept, "encrypted": done.key is not None})
    return DONE


def _seen(arguments: argparse.Namespace, copy: BackupCopy) -> BackupCopy:
    """Return a copy with its state; the passphrase that was named opens it, or it stays locked."""
    return examine(copy, keys=keys_at_hand(arguments, copy.path))


def _preview(arguments: argparse.Namespace, seen: BackupCopy, loss: Loss | None) -> int:
    say(_line(seen))
    if seen.head:
        say(
            _("Form {schema}; the journal ends with the check code {mark}.").format(
                schema=seen.schema, mark=mark_of(seen.head)
            )
        )
    days: list[Json] = []
    if loss is not None:
        say(_lost(loss))
        if loss.erased:
            say(texts.message_for("restore.erased-return", _erased(loss)))
        days += [one.day.isoformat() for one in loss.erased]
    if arguments.json:
        print_json({**_as_json(seen), "lost": loss.acts if loss is not None else None, "erased": days})
    return DONE if seen.is_usable else IN_PART


def _protection(arguments: argparse.Namespace, file: Path, keys: Sequence[FileKey]) -> Protection | None:
    """Return what a file restored from a plain copy is to be under; None where nobody has to say."""
    if arguments.plain:
        return Protection(None)
    if not arguments.encrypt:
        return None
    if keys:
        return Protection(keys[0])  # the file's own: its passphrase and its recovery paper stay
    passphrase = new_passphrase(arguments)
    if passphrase is None:
        raise AppError("cli.passphrase-needed")
    if was_encrypted(file):
        say(_("The passphrase does not open the present file, so the file gets a new key."))
    return Protection(new_key(), passphrase)


def _erased(loss: Loss) -> dict[str, object]:
    return {"count": len(loss.erased), "days": list(loss.erased_on)}


def _tell(done: Restored) -> None:
    say(_("{file} holds the state of the copy again.").format(file=done.path))
    if done.kept is not None:
        say(_("What it held before was kept: {file}").format(file=done.kept))
        say(_("To take this back, restore that file."))
    if done.key is not None and done.has_passphrase:
        say(_("The file is encrypted. What opened the copy opens it."))
    elif done.key is not None:
        say(_("The file is encrypted. Only its recovery key opens it; set a passphrase in the window."))
    if done.loss.erased:
        say(_("Erase again what was erased since: “retention due” lists it."))


def _lost(loss: Loss) -> str:
    if loss.acts is None:
        return _("The file itself cannot be read, so what would be lost is not known.")
    text = ngettext("{count} act would be lost.", "{count} acts would be lost.", loss.acts)
    return text.format(count=f"{loss.acts:,}")


def _line(one: BackupCopy) -> str:
    counts = one.counts or {}
    people, courses, appointments, acts = (
        f"{counts[name]:,}" if name in counts else "–" for name in _FIGURES
    )
    return _(
        "{when}  {file}: {state}; {people} persons, {courses} courses, {appointments} appointments, "
        "{acts} acts"
    ).format(
        when=format_datetime(one.made_at),
        file=one.path,
        state=texts.term("backup-state", one.state),
        people=people,
        courses=courses,
        appointments=appointments,
        acts=acts,
    )


def _as_json(one: BackupCopy) -> dict[str, Json]:
    return {
        "file": str(one.path),
        "made_at": one.made_at.isoformat(timespec="seconds"),
        "reason": one.reason.value if one.reason is not None else None,
        "place": one.place.value,
        "size": one.size,
        "state": one.state.value,
        "usable": one.is_usable and one.state is not CopyState.UNREAD,
        "encrypted": one.encrypted,
        "schema": one.schema,
        "counts": dict(one.counts or {}),
        "journal_head": one.head,
    }

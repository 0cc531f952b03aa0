"""Sentences about copies of the file, and about going back to one."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "backup.minutes": N_(
        "So many minutes are not possible, so nothing was saved. Enter a number from {least} to {most}."
    ),
    "backup.second-missing": N_(
        "{place} is not a folder that can be reached now, so it was not saved. "
        "Connect the drive, or choose another folder."
    ),
    "backup.second-same": N_(
        "This folder lies beside the file itself, so it would be lost together with it. "
        "Choose a folder on another drive."
    ),
    "backup.second-unwritable": N_(
        "{place} may not be written with your account, so it was not saved. Choose another folder."
    ),
    "backup.second-gone": N_(
        "The second place for backups cannot be reached, so the copy lies beside the file only. "
        "Connect the drive; the copy is brought there the next time."
    ),
    "backup.second-failed": N_(
        "The last copy is not in the second place for backups, because it could not be written there. "
        "Look whether the drive is full or write-protected."
    ),
    "restore.wrong-passphrase": N_(
        "This passphrase does not open {file}, so nothing was changed. A copy is opened by the passphrase of "
        "the day on which it was made: enter that one, or the recovery key."
    ),
    "restore.no-slots": N_(
        "The page beside {file} ({file}.json) is missing, so no passphrase can open this copy. "
        "Enter the recovery key of the day on which it was made."
    ),
    "restore.plain-copy": N_(
        "{copy} is not encrypted, but {file} is, so nothing was changed: the file would be readable for "
        "everybody afterwards. Say whether it is to be encrypted (--encrypt) or not (--plain)."
    ),
    "restore.erased-return": N_(
        "Erasures done since this copy was made: {count} ({days}). The copy still holds these people, so "
        "they are in the file again afterwards. Erase them again then; the list of what is due names them."
    ),
    "cli.restore-erased": N_(
        "Erasures done since this copy was made: {count} ({days}). These people would be in the file again, "
        "so nothing was changed. Add --bring-back-erased to go back all the same, and erase them again then."
    ),
    "cli.copy-bares": N_(
        "{file} is encrypted, and the new file would not be, so nothing was copied. Add --encrypt with a "
        "file that holds a passphrase, or --plain to copy it without encryption."
    ),
    "cli.encrypt-a-server": N_(
        "A database on a server cannot be encrypted from here, so nothing was copied. "
        "Leave --encrypt out; the person in charge of the server encrypts its disk."
    ),
    "cli.passphrase-needed": N_(
        "Nobody knows which passphrase the file is to have, so nothing was changed. "
        "Name a file that holds it with --passphrase-file."
    ),
    "restore.differs": N_(
        "{file} is no longer what it was when it was made, so it was not used and nothing was changed. "
        "Choose another copy."
    ),
}

LABELS: Final[dict[str, str]] = {
    "file.restored": N_("Return to the copy of {made_at}"),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "backup-reason": {
        "by-hand": N_("made by hand"),
        "opened": N_("after opening"),
        "import": N_("before an import"),
        "bulk": N_("before an act about many"),
        "timed": N_("while working"),
        "closed": N_("at closing"),
        "migration": N_("before a new version's form"),
        "restore": N_("before returning to a copy"),
        "repair": N_("before a repair"),
    },
    "backup-place": {
        "beside": N_("beside the file"),
        "second": N_("second place"),
        "chosen": N_("chosen file"),
    },
    "backup-state": {
        "unread": N_("being checked"),
        "whole": N_("whole"),
        "readable": N_("readable"),
        "damaged": N_("damaged"),
        "locked": N_("passphrase needed"),
    },
}

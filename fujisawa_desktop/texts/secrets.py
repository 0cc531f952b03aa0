"""Sentences about passphrase, recovery key and the places a file should not lie in."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "storage.encrypted": N_(
        "{file} is encrypted, so nothing was opened. Enter its passphrase or its recovery key; on the "
        "command line, name a file that holds the passphrase with --passphrase-file."
    ),
    "storage.not-encrypted": N_(
        "{file} is not encrypted, so the key does not belong to it and nothing was opened. "
        "Open it without a passphrase."
    ),
    "storage.wrong-key": N_(
        "The key does not belong to {file}, so nothing was opened. It may be the key of another file or one "
        "that was replaced since: look for the recovery key with a later date."
    ),
    "storage.no-slots": N_(
        "The file with the key slots ({file}.keys) is missing, so no passphrase can open this file. "
        "Open it with the recovery key; you can then set a new passphrase."
    ),
    "storage.key-changed": N_(
        "{file} was encrypted anew or damaged while it was open here, so nothing was saved. "
        "Close the window and open the file again."
    ),
    "storage.recrypt-differs": N_(
        "What was written anew is not the same as {file}, so the old file was kept. Check the file with "
        "“Check the file” in the Tools menu, then try again."
    ),
    "storage.cannot-erase": N_(
        "These copies could not be erased: {files}. Check that no other program has them open and that you "
        "may write to the folder, then try again."
    ),
    "passphrase.wrong": N_(
        "This is not the passphrase of this file, so it stays closed. "
        "Check capitals and the input method, or use the recovery key."
    ),
    "passphrase.short": N_(
        "The passphrase is too short to protect the file. Use {least} characters or more; "
        "a few words that only you put together are good."
    ),
    "passphrase.long": N_(
        "The passphrase has more than {most} characters, which nobody can type. Use a shorter one."
    ),
    "passphrase.differs": N_("The two passphrases are not the same. Enter the same one in both fields."),
    "passphrase.file-unreadable": N_(
        "The passphrase could not be read from {file}, so nothing was opened. "
        "Check the name, and that the file holds the passphrase in its first line (UTF-8)."
    ),
    "recovery.sign": N_(
        "“{sign}” never stands in a recovery key. Check this sign on the paper: "
        "there are only digits and letters without I, L, O and U."
    ),
    "recovery.length": N_(
        "A recovery key has {wanted} signs, here are {count}. Enter all four rows as they stand on the paper."
    ),
    "recovery.row": N_("Row {row} is not as it stands on the paper. Compare it sign by sign."),
    "recovery.other-file": N_(
        "This is a recovery key (number {key}), but not of this file. It may be of another file or one that "
        "was replaced since: look for the paper with a later date."
    ),
    "recovery.not-the-row": N_(
        "This is not row {row} of the key shown. Read it from the paper you printed and type it again."
    ),
    "place.network": N_(
        "{file} lies in a network folder. Two computers that write there can damage it without a sign, "
        "because the network does not keep the locks of a database. Move it to a disk of this computer, and "
        "keep only backups on the network; for several seats, use a database server."
    ),
    "place.synchronised": N_(
        "{file} lies in a folder that {service} synchronises. It may exchange the file while it is open "
        "here, and it sends personal data out of this computer. Move it to a folder that is not synchronised."
    ),
    "place.temporary": N_(
        "{file} lies in a folder for temporary files, which the system empties now and then. "
        "Move it to a folder of your own documents."
    ),
    "place.removable": N_(
        "{file} lies on a removable disk. Pulled out while something is being saved, it can be damaged, and "
        "it is easily lost. Work on a disk of this computer and keep backups on the removable one."
    ),
    "place.compressed": N_(
        "{file} lies in a compressed folder, where a database can be damaged. "
        "Switch the compression off in the properties of the folder, or move the file."
    ),
    "place.read-only-folder": N_(
        "The folder {folder} may not be written with your account, so no work can be saved in it. "
        "Choose a folder of your own, or ask for the right to write."
    ),
    "place.read-only-file": N_(
        "{file} is write-protected, so it can only be read here. "
        "Take the write protection away in its properties, or work on a copy."
    ),
}

TERMS: Final[dict[str, dict[str, str]]] = {
    "strength": {
        "too-short": N_("Too short: use 8 characters or more"),
        "weak": N_("Easy to guess: a longer one of several words protects better"),
        "fair": N_("Fair: harder to guess with one more word"),
        "good": N_("Good: hard to guess"),
    },
}

"""Sentences about the database file, about two people at once, and about taking things back."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "storage.missing": N_(
        "The file {file} was not found, so nothing was opened. Choose another file, or create a new one."
    ),
    "storage.taken-away": N_(
        "The file {file} is no longer where it was opened, so nothing was saved. What you typed is kept. "
        "Put the file back, or connect its drive again, and try once more."
    ),
    "storage.replaced": N_(
        "Another file was put in the place of {file} while it was open, so nothing was saved. "
        "What you typed is kept. Note it down, then open the file again to work on the new one."
    ),
    "storage.is-directory": N_(
        "{file} is a folder, so it cannot be opened as a database. Choose a file in it."
    ),
    "storage.not-ours": N_(
        "{file} was not made by this program, so it was left as it is. Choose a file that ends in .fjdb."
    ),
    "storage.damaged": N_(
        "{file} is damaged and cannot be read. It was left as it is. "
        "Open the latest copy in the folder “backups” beside it."
    ),
    "storage.cannot-read": N_(
        "{file} may not be read with your account. "
        "Ask the person who looks after the folder for the right to read it."
    ),
    "storage.newer": N_(
        "{file} was made by a newer version of this program "
        "(its form is {found}, this version knows {known}). "
        "It was left as it is. Open it with the newer version."
    ),
    "storage.old-and-read-only": N_(
        "{file} has to be brought up to date before it can be opened, but it may not be written. "
        "Copy it to a folder you may write to and open the copy."
    ),
    "storage.read-only": N_(
        "{file} is open for reading only, so nothing was saved. "
        "Close the other window that has it open, or open a copy you may write to."
    ),
    "storage.cannot-write": N_(
        "{file} could not be written, so the old state remains. "
        "Check that it is not open in another program and that you may write to the folder."
    ),
    "storage.disk-full": N_(
        "The disk of {file} is full, so nothing was saved. "
        "Make room on it and try again; what you typed is kept."
    ),
    "storage.cannot-use": N_(
        "The database {file} could not be used, and nothing was changed. "
        "Check that the disk or the network drive is connected, then try again."
    ),
    "storage.busy": N_(
        "Another window is saving to this file just now, so nothing was saved here. "
        "Wait a moment and try again."
    ),
    "storage.backup-damaged": N_(
        "The backup {file} did not pass its check and was thrown away. "
        "Choose another folder and make it again."
    ),
    "storage.backup-needs-file": N_(
        "A database on a server is backed up on the server. Ask the person who looks after it."
    ),
    "storage.server-gone": N_(
        "The server of {file} does not answer, so nothing was saved. What you typed is kept. "
        "Check the network and try again in a moment; if it lasts, tell whoever looks after the server."
    ),
    "storage.server-password": N_(
        "The server did not accept the login or the password for {file}, so it was not opened. "
        "Enter the password again under Tools, “Database on a server”."
    ),
    "storage.server-login": N_(
        "The server does not let this login in ({file}), so nothing was opened. "
        "Ask the person who looks after the server to allow it."
    ),
    "storage.server-no-database": N_(
        "There is no such database on the server ({file}), so nothing was opened. "
        "Check its name, or ask the person who looks after the server."
    ),
    "storage.server-full": N_(
        "The server takes no more connections just now ({file}), so nothing was saved. "
        "Wait a moment and try again; if it lasts, tell the person who looks after the server."
    ),
    "storage.server-may-not": N_(
        "Your login may not do this on the server ({file}), so nothing was saved. "
        "Ask the person who gives out the seats."
    ),
    "storage.server-may-not-migrate": N_(
        "The database {file} has to be brought up to date, and your login may not do that. "
        "Ask the person who looks after the server to open it once with this version."
    ),
    "storage.server-read-only": N_(
        "The server keeps {file} for reading only just now, so nothing was saved. "
        "Ask the person who looks after the server when it can be written again."
    ),
    "storage.server-text": N_(
        "The text holds a character that cannot be stored (NUL), so nothing was saved. "
        "Type the text anew instead of pasting it."
    ),
    "storage.server-empty": N_(
        "The database {file} holds nothing of this program yet, so nothing was opened. "
        "Copy a file to it, or begin a new one in it under Tools, “Database on a server”."
    ),
    "storage.server-not-ours": N_(
        "The database {file} holds tables of something else, so it was left as it is. "
        "Check its name, or ask the person who looks after the server for an empty one."
    ),
    "storage.server-collation": N_(
        "The database {file} sorts text in a way of its own ({found}), so lists would be in another order "
        "than in a file. It was left as it is. Ask the person who looks after the server to make it anew "
        "with the encoding UTF8 and the collation C, as the guide says."
    ),
    "storage.server-number": N_(
        "A number is larger than the database can keep, so nothing was saved. Check the figures."
    ),
    "server.host": N_(
        "This is not the name of a server, so nothing was tried. "
        "Enter its name or its IP address only, for example db.city.example.jp."
    ),
    "server.port": N_(
        "The port is a number from 1 to {highest}, so nothing was tried. "
        "Enter 5432 unless you were told another one."
    ),
    "copy.target-not-empty": N_(
        "There is data in {file} already, so nothing was copied. "
        "Choose a database without any data of this program."
    ),
    "copy.differs": N_(
        "The copy {file} did not hold the same as what it was made from, and was thrown away. "
        "Try again; if it happens again, tell the person who looks after the server."
    ),
    "storage.bad-address": N_(
        "The address of the database cannot be read, so nothing was opened. Check how it is written."
    ),
    "conflict.changed-meanwhile": N_(
        "Somebody else saved the same item after you opened it, so yours was not saved. "
        "Press F5 to see the new state, then make your change again."
    ),
    "conflict.taken": N_(
        "The same name or place is already in use, so this was not saved. Choose another one."
    ),
    "undo.nothing": N_(
        "There is nothing to take back. Acts are listed from the first one after the file was made."
    ),
    "undo.others": N_(
        "The latest act was done by {by} and none of yours is left, so nothing was taken back. "
        "Ask {by} to take it back, or choose it from the list of acts in the Edit menu."
    ),
    "undo.beneath-others": N_(
        "After your act {by} did “{act}”, which may rest on yours, so yours was not taken back. "
        "Ask {by} to take that back first, or correct the item by hand."
    ),
    "redo.others": N_(
        "The latest act was taken back by {by}, so it was not done again. Ask {by} to do it again."
    ),
    "redo.nothing": N_("There is nothing to do again. A new act ends the list of things taken back."),
    "undo.issued": N_(
        "A paper about the same person was issued on {at}, so this cannot be taken back. "
        "Correct the data and issue the paper again."
    ),
    "undo.not-in-force": N_("This act is taken back already, so nothing was changed. Reload the list."),
    "undo.erased": N_(
        "The data of this act has been erased for privacy, so it cannot be taken back. Enter it again."
    ),
    "undo.changed-since": N_(
        "Something this act had written was changed since, so it was not taken back. "
        "Correct the item by hand."
    ),
    "number.unreadable": N_("“{text}” cannot be read as a number. Write it in digits, for example 2."),
    "number.too-small": N_("The number is too small. Enter {lowest} or more."),
    "number.too-large": N_("The number is too large. Enter {highest} or less."),
    "field.required": N_("This field is empty, but it is needed. Fill it in and save again."),
    "text.unstorable": N_(
        "This text holds a sign that cannot be saved: half of a letter, or an empty character, as copying "
        "from another program sometimes leaves it. Delete what looks like an empty box and save again."
    ),
    "programme.none": N_("There is no programme in this file yet. Create one from the File menu."),
}

LABELS: Final[dict[str, str]] = {
    "journal.undo": N_("Undo of: {act}"),
    "journal.redo": N_("Redo of: {act}"),
}

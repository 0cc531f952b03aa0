"""The actions that keep the file safe: data only.

Groups within their menus: 0 what is looked at, 1 what is done, 2 settings.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When

_RETENTION: Final = N_(
    "Shows which records are due for erasure, and erases them once two people have agreed."
)
_HOLD: Final = N_("Lets nothing of the person looked at be erased, for instance while a request is open.")
_HELD: Final = N_("Writes everything held about the person looked at to a file, for who asks to see it.")

_SEATS: Final = N_("Shows who may work with this database on a server, and gives out seats.")


def _tool(
    act: str, text: str, tip: str, menu: str, group: int = 0, when: When = When.OPEN, tab: str = ""
) -> ActionSpec:
    return ActionSpec(f"tools.{act}", text, menu, tip, "", when, tab=tab, group=group)


TRUST_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    # One line each, so that several people can add theirs.
    ActionSpec(
        "file.lock",
        N_("&Lock now"),
        "file",
        N_("Hides everything until somebody who may go on unlocks the window."),
        "Ctrl+Alt+L",
        group=3,
    ),
    _tool(
        "secrets",
        N_("&Passphrase and encryption…"),
        N_("Says how this file is protected, changes passphrase and key, and sets when the window locks."),
        "tools",
        2,
    ),
    _tool(
        "restore",
        N_("&Return to a backup…"),
        N_("Shows the copies of the file, what each holds and what would be lost, and brings one back."),
        "tools-backups",
        when=When.ALWAYS,
    ),
    _tool(
        "backup-settings",
        N_("&Where and how often…"),
        N_("Sets the second place for copies, and how often one is made while you work."),
        "tools-backups",
    ),
    _tool(
        "journal",
        N_("&Journal of acts…"),
        N_("Shows who did what and when, what each act changed, and whether the journal is whole."),
        "tools",
    ),
    ActionSpec(
        "edit.undo-list",
        N_("Acts that can be taken &back…"),
        "edit",
        N_("Lists the acts, newest first, and takes back everything down to the one you choose."),
        when=When.WRITABLE,
    ),
    _tool("retention", N_("&Retention and erasure…"), _RETENTION, "tools"),
    _tool("hold", N_("&Keep this person's records for now…"), _HOLD, "tools", 1, When.WRITABLE, "applicants"),
    _tool("person-export", N_("Everyt&hing held about this person…"), _HELD, "tools", 1, tab="applicants"),
    _tool(
        "server",
        N_("&Database on a server…"),
        N_("Opens a database that several people use at once."),
        "tools",
        3,
        When.ALWAYS,
    ),
    _tool(
        "server-copy",
        N_("Copy e&verything to a server or a file…"),
        N_("Moves the office from a file to a server, or back."),
        "tools",
        3,
    ),
    _tool("seats", N_("&Who may work here…"), _SEATS, "tools", 2),
)

"""The actions that keep the file safe: data only.

Groups within their menus: 0 what is looked at, 1 what is done, 2 settings.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When


def _tool(act: str, text: str, tip: str, menu: str, group: int = 0, when: When = When.OPEN) -> ActionSpec:
    return ActionSpec(f"tools.{act}", text, menu, tip, "", when, group=group)


TRUST_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    # One line each, so that several people can add theirs.
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
)

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
    ActionSpec(
        "file.lock",
        N_("&Lock now"),
        "file",
        N_("Hides everything until somebody who may go on unlocks the window."),
        "Ctrl+L",
        group=3,
    ),
    _tool(
        "secrets",
        N_("&Passphrase and encryption…"),
        N_("Says how this file is protected, changes passphrase and key, and sets when the window locks."),
        "tools",
        2,
    ),
)

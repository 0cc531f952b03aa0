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
)

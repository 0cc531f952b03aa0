"""The actions about what leaves the office about pay: data only."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec

_MENU: Final = "tools"


def _ledger(act: str, text: str, tip: str) -> ActionSpec:
    return ActionSpec(f"work.{act}", text, _MENU, tip, tab="payroll", group=1)


LEDGER_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _ledger("register", N_("Pay &register…"), N_("Shows the month's register and writes it.")),
    _ledger("transfer", N_("&Transfers…"), N_("Writes the file for the bank from what was computed.")),
    _ledger("year-end", N_("Payments of a &year…"), N_("Lists what was paid in a calendar year.")),
)

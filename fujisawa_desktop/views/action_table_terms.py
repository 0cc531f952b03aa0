"""The actions about what was agreed with appointed people: data only."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec

TERMS_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "work.appointments",
        N_("&Appointed people…"),
        "work",
        N_("Shows everybody appointed: terms, papers handed in, account, usual week, what to look into."),
        "",
        tab="payroll",
        group=2,
    ),
    ActionSpec(
        "work.hand-ins",
        N_("Papers still to &come…"),
        "work",
        N_("Lists who still has to hand in what; several papers are received at once."),
        "",
        tab="payroll",
        group=2,
    ),
    ActionSpec(
        "work.conditions",
        N_("Conditions of &work…"),
        "work",
        N_("Writes the items of the conditions notice, and says which are still empty."),
        "",
        tab="payroll",
        group=2,
    ),
    ActionSpec(
        "work.change-terms",
        N_("C&hange the conditions of a person…"),
        "work",
        N_("Records what is otherwise for the person chosen, and prints the papers for it."),
        "",
        tab="payroll",
        group=2,
    ),
)

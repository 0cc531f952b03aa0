"""The actions about hours that are done with chosen cells of the grid: data only."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec, When

HOURS_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "work.usual-week",
        N_("Plan the &usual week"),
        "work-hours",
        N_("Plans the agreed usual week into the open days of the month shown, for the people chosen."),
        "",
        When.WRITABLE,
        tab="payroll",
    ),
    ActionSpec(
        "work.copy-week",
        N_("Copy a week &onto the next"),
        "work-hours",
        N_("Makes the next week like that of the mark, for the people chosen."),
        "",
        When.WRITABLE,
        tab="payroll",
    ),
    ActionSpec(
        "work.reason",
        N_("&Reason of worked time…"),
        "work-hours",
        N_("Keeps with the chosen hours why they were worked so."),
        "",
        When.WRITABLE,
        tab="payroll",
    ),
)

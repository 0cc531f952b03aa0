"""The actions around the interviews: when people can come, files for calendars, the day itself."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.views.action_spec import ActionSpec

INTERVIEW_DAY_ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "interviews.availability",
        N_("When people can c&ome…"),
        "interviews",
        N_("Reads what people wrote about their free time into a grid, for you to confirm."),
        "Ctrl+Shift+A",
        tab="interviews",
        group=1,
    ),
    ActionSpec(
        "interviews.interviewer-grid",
        N_("Interviewers' times on the &grid…"),
        "interviews",
        N_("Shows the times of each interviewer on a grid, to be painted."),
        tab="interviews",
        group=1,
    ),
    ActionSpec(
        "interviews.calendar-files",
        N_("Write &calendar files…"),
        "interviews",
        N_("Writes the interviews as files that Outlook and other calendars take in."),
        tab="interviews",
        group=2,
    ),
)

"""What the interview tab serves around the calendar: free time, files for calendars, papers, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.availability_dialog import AvailabilityDialog
from fujisawa_desktop.views.interviews.ical_dialog import IcalDialog
from fujisawa_desktop.views.interviews.interviewer_grid_dialog import InterviewerGridDialog
from fujisawa_desktop.views.papers import open_papers

PAPERS: Final = ("interviewer-timetable", "score-sheet", "door-list")


def day_actions(
    desk: Desk, parent: QWidget, chosen: Callable[[], int | None]
) -> Mapping[str, Callable[[], object]]:
    """Return the acts by the id of their action; ``chosen`` tells which applicant is chosen."""
    return {
        "interviews.availability": lambda: AvailabilityDialog(desk, parent, chosen()).open(),
        "interviews.calendar-files": lambda: IcalDialog(desk, parent).open(),
        "interviews.interviewer-grid": lambda: InterviewerGridDialog(desk, parent).open(),
        **{f"papers.{kind}": partial(open_papers, desk, kind, parent) for kind in PAPERS},
    }

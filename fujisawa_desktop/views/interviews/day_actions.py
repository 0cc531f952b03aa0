"""What the interview tab serves around the calendar: free time, files for calendars, papers, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.availability_dialog import AvailabilityDialog
from fujisawa_desktop.views.interviews.ical_dialog import IcalDialog
from fujisawa_desktop.views.interviews.interviewer_grid_dialog import InterviewerGridDialog


def day_actions(
    desk: Desk, parent: QWidget, chosen: Callable[[], int | None]
) -> Mapping[str, Callable[[], object]]:
    """Return the acts by the id of their action; ``chosen`` tells which applicant is chosen."""
    return {
        "interviews.availability": lambda: AvailabilityDialog(desk, parent, chosen()).open(),
        "interviews.calendar-files": lambda: IcalDialog(desk, parent).open(),
        "interviews.interviewer-grid": lambda: InterviewerGridDialog(desk, parent).open(),
    }

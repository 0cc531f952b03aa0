"""Where each tab lives; its modules, and the use-cases behind them, are read when it is first shown."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from fujisawa_desktop.models.database import Database
    from fujisawa_desktop.views.desk import Desk
    from fujisawa_desktop.views.tab_page import TabPage

PLACES: Final[Mapping[str, tuple[str, str]]] = {
    "home": ("fujisawa_desktop.views.home", "HomeTab"),
    "courses": ("fujisawa_desktop.views.courses", "CoursesTab"),
    "applicants": ("fujisawa_desktop.views.applicants", "ApplicantsTab"),
    "interviews": ("fujisawa_desktop.views.interviews", "InterviewsTab"),
    "payroll": ("fujisawa_desktop.views.payroll", "PayrollTab"),
}
DOORS: Final[Mapping[str, tuple[str, str]]] = {
    "records": ("fujisawa_desktop.views.papers", "open_records"),
    "wording": ("fujisawa_desktop.views.papers", "open_wording"),
    "retention": ("fujisawa_desktop.views.trust.retention_window", "open_retention"),
}
"""Windows beside the tabs that the window itself opens: the function that opens each."""


def open_door(door: str, desk: Desk, parent: QWidget, **options: str) -> None:
    """Open a window beside the tabs; its modules are read when it is first opened."""
    module, name = DOORS[door]
    getattr(import_module(module), name)(desk, parent, **options)


def warm_papers(database: Database, *, programme_id: int) -> None:
    """Load what the first paper needs, its windows included; for a worker, while nobody waits."""
    import_module("fujisawa_desktop.views.papers.warming").warm_up(database, programme_id=programme_id)


def warm_months(database: Database, *, programme_id: int, today: date) -> int:
    """Load the tab of hours and pay and what it shows first; for a worker, as above.

    Returns:
        how many people it shows.
    """
    import_module(PLACES["payroll"][0])
    ready: int = import_module("fujisawa_desktop.services.month_warmth").get_month_ready(
        database, programme_id=programme_id, today=today
    )
    return ready


class Pages:
    """Reads tabs and builds their pages."""

    def is_read(self, tab: str) -> bool:
        """Return whether the tab's modules are in memory."""
        return PLACES[tab][0] in sys.modules

    def read(self, tab: str) -> None:
        """Read the tab's modules; nothing is built, so any thread may do it."""
        import_module(PLACES[tab][0])

    def build(self, tab: str, desk: Desk) -> TabPage:
        """Build the tab's page, on the GUI thread."""
        module, name = PLACES[tab]
        page: TabPage = getattr(import_module(module), name)(desk)
        return page

"""Opens the windows about plans that the panel and the menu ask for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.interview_drafts import count_drafts
from fujisawa_desktop.services.interview_load import load_of
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.assume_dialog import AssumeDialog
from fujisawa_desktop.views.interviews.compare_plans_dialog import ComparePlansDialog
from fujisawa_desktop.views.interviews.drafts_dialog import DraftsDialog, KeepDialog
from fujisawa_desktop.views.interviews.estimate_dialog import EstimateDialog
from fujisawa_desktop.views.interviews.interview_settings_dialog import InterviewSettingsDialog
from fujisawa_desktop.views.interviews.plan_tables import ChangesDialog, LoadDialog
from fujisawa_desktop.views.interviews.planner import Planner
from fujisawa_desktop.views.interviews.real_dialog import RealDialog


class PlanDialogs(QObject):
    """Knows which window belongs to which wish.

    Attributes:
        kept: how many plans are kept.

    Signals:
        counted(): that number has changed.
    """

    counted = Signal()

    def __init__(self, desk: Desk, planner: Planner, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._planner = planner
        self._over = over
        self.kept = 0

    def count(self) -> None:
        """Query how many plans are kept."""
        self._desk.query(
            count_drafts,
            self._counted,
            owner=self,
            latest="interviews.drafts",
            programme_id=self._desk.programme_id,
        )

    def open(self, name: str) -> None:
        """Open the window of that name, if there is something to show in it."""
        view = self._planner.view
        if view is not None:
            openers: dict[str, Callable[[CalendarView], object]] = {
                "assume": self._assume,
                "make-real": self._make_real,
                "keep": self._keep,
                "drafts": self._drafts,
                "compare": self._compare,
                "changes": self._changes,
                "load": self._load,
                "estimate": self._estimate,
                "settings": self._settings,
            }
            openers[name](view)

    def _assume(self, view: CalendarView) -> None:
        planner, looked_at = self._planner, self._planner.looked_at
        unplaced = [one.key for one in looked_at.unplaced] if looked_at is not None else []
        AssumeDialog(view, planner.supposed, unplaced, planner.suppose, self._over).open()

    def _make_real(self, view: CalendarView) -> None:
        if self._planner.trial is not None:
            RealDialog(self._desk, self._planner, view, self._planner.trial.assumptions, self._over).open()

    def _keep(self, _view: CalendarView) -> None:
        if self._planner.looked_at is not None:
            KeepDialog(self._desk, self._planner.looked_at, self._over).open()

    def _drafts(self, view: CalendarView) -> None:
        DraftsDialog(self._desk, self._planner, view, self._over).open()

    def _compare(self, view: CalendarView) -> None:
        ComparePlansDialog(self._desk, view, self._planner, self._over).open()

    def _changes(self, _view: CalendarView) -> None:
        if self._planner.plan is not None:
            ChangesDialog(self._planner.plan, self._over).open()

    def _load(self, view: CalendarView) -> None:
        LoadDialog(load_of(view, self._planner.looked_at), self._over).open()

    def _estimate(self, _view: CalendarView) -> None:
        EstimateDialog(self._desk, self._over).open()

    def _settings(self, _view: CalendarView) -> None:
        InterviewSettingsDialog(self._desk, self._over).open()

    def _counted(self, count: int) -> None:
        if count != self.kept:
            self.kept = count
            self.counted.emit()

"""The tab 勤務時間・報酬 of many people: opened by a click, stepped through, scrolled, typed into."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.app import Program
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.views.payroll.grid_model import FIRST_DAY
from tests.benchmarks.keys import run_for
from tests.benchmarks.peak import peak_kilobytes
from tests.benchmarks.window import open_window, settle, wait

PLACE = 4
"""Of the tab in the bar."""
LETTERS = 12
STEPS = 6
CALM = 4.0
"""Seconds after which the program has loaded what nobody waited for."""


class Clock(QObject):
    """Notes when something has been painted that shows what is waited for."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._ready: Callable[[QObject], bool] = lambda _painted: False
        self.painted: float | None = None
        self.busy = 0.0
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it so
        if event.type() == QEvent.Type.Paint and self.painted is None and self._ready(watched):
            self._app.postEvent(self, QEvent(QEvent.Type.User), -100)
            self._ready = lambda _painted: False
        return False

    def customEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt calls it so
        self.painted, self.busy = time.perf_counter(), time.process_time()

    def time(self, act: Callable[[], object], ready: Callable[[QObject], bool]) -> tuple[float, float]:
        """Return the seconds from an act to the end of the paint that shows what came of it.

        The second figure is the processor's share of it, which says more while others use the machine.
        """
        self.painted, self._ready = None, ready
        started, worked = time.perf_counter(), time.process_time()
        act()
        wait(self._app, lambda: self.painted is not None, seconds=60)
        assert self.painted is not None
        return self.painted - started, self.busy - worked


def page_of(program: Program) -> Any:
    """Return the tab, as soon as it is the one in front."""
    page: Any = program.window.current_page()
    return page if page is not None and hasattr(page, "grid") else None


def shows_month(program: Program, month: tuple[int, int]) -> Callable[[QObject], bool]:
    """Return whether a paint shows the days of a month with somebody in it."""

    def ready(painted: QObject) -> bool:
        page = page_of(program)
        if page is None or painted is not page.grid.days.viewport():
            return False
        view = page.model.view
        return view is not None and (view.year, view.month) == month and bool(view.people)

    return ready


def shows_entry(page: Any, row: int, column: int) -> Callable[[QObject], bool]:
    """Return whether both halves of the grid were painted with what is stored: the day, and the sums."""
    halves = {page.grid.days.viewport(), page.grid.names.viewport()}

    def ready(painted: QObject) -> bool:
        if page.model.cell(row, column).worked:
            halves.discard(painted)
        return not halves

    return ready


def main() -> None:
    """Take all figures of the tab."""
    app, program, _list = open_window(Path(sys.argv[1]))
    clock, bar = Clock(app), program.window.tabs
    run_for(app, CALM)
    settle(app, program)
    before = peak_kilobytes()
    middle = bar.tabRect(PLACE).center()
    found: dict[str, Any] = {"before": before}
    found["open"] = clock.time(
        lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle),
        shows_month(program, (2025, 2)),
    )
    settle(app, program)
    page = page_of(program)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    settle(app, program)
    found["again"] = clock.time(
        lambda: QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle),
        shows_month(program, (2025, 2)),
    )
    settle(app, program)
    found["steps"] = []
    for key, month in ((Qt.Key.Key_PageUp, (2025, 1)), (Qt.Key.Key_PageUp, (2024, 12))):
        days = page.grid.days
        found["steps"].append(
            clock.time(
                lambda key=key, days=days: QTest.keyClick(days, key),  # type: ignore[misc]
                shows_month(program, month),
            )
        )
        settle(app, program)
    found |= _typing(app, program, clock, page)
    found["scroll"] = _scrolling(clock, page)
    found["peak"] = peak_kilobytes()
    sys.stdout.write(json.dumps(found) + "\n")
    program.window.close()


def _typing(app: QApplication, program: Program, clock: Clock, page: Any) -> dict[str, Any]:
    """Type a day for one person after the other: the letter, then Return with all that follows from it."""
    days, letters, entries = page.grid.days, [], []
    page.entry.choose_kind(ShiftKind.WORKED)
    settle(app, program)
    days.setFocus()
    for row in range(LETTERS):
        column = next(
            at
            for at in range(FIRST_DAY, page.model.columnCount())
            if page.model.heads[at - FIRST_DAY].closed is None and not page.model.cell(row, at).worked
        )
        days.go(row, column)
        settle(app, program)
        letters.append(
            clock.time(lambda: QTest.keyClick(days, "9"), lambda painted: painted is days.days.editor)
        )
        QTest.keyClicks(days.days.editor, "-12")
        settle(app, program)
        entries.append(
            clock.time(
                lambda: QTest.keyClick(days.days.editor, Qt.Key.Key_Return),
                shows_entry(page, row, column),
            )
        )
        settle(app, program)
    return {"letters": letters, "entries": entries}


def _scrolling(clock: Clock, page: Any) -> list[tuple[float, float]]:
    """Scroll by a screen, down to the end."""
    days = page.grid.days
    bar, seconds = days.verticalScrollBar(), []
    for _step in range(STEPS):
        at = bar.value() + bar.pageStep()
        seconds.append(clock.time(lambda at=at: bar.setValue(at), lambda painted: painted is days.viewport()))  # type: ignore[misc]
    bar.setValue(bar.maximum())
    return seconds


main()

"""Stepping through the list by key: seconds from the pane's question to the painted person."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fujisawa_desktop.services.applicants import ApplicantDetails
from fujisawa_desktop.views.applicants.person_pane import PersonPane
from tests.benchmarks.keys import PaintClock, run_for
from tests.benchmarks.window import open_window, wait

STEPS = 40

clocks: list[PaintClock] = []
read, show = PersonPane._read, PersonPane._show


def timed_read(pane: PersonPane) -> None:
    """Note the moment of the question; the pause before it is there on purpose and not counted."""
    if clocks:
        clocks[0].waiting.append(time.perf_counter())
    read(pane)


def timed_show(pane: PersonPane, person: ApplicantDetails) -> None:
    """Wait for the paint that follows."""
    show(pane, person)
    if clocks:
        clocks[0].note()


PersonPane._read, PersonPane._show = timed_read, timed_show  # type: ignore[method-assign]
app, program, page = open_window(Path(sys.argv[1]))
clocks.append(PaintClock(app, page.pane.view.area.viewport()))
page.table.setFocus()
for _step in range(STEPS):
    known = len(clocks[0].seconds)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    wait(app, lambda known=known: len(clocks[0].seconds) > known)  # type: ignore[misc]
    run_for(app, 0.15)
sys.stdout.write(json.dumps({"seconds": clocks[0].seconds}) + "\n")
program.window.close()

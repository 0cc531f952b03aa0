"""Sorting by each heading in the program: seconds from the click to the painted rows."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from fujisawa_desktop.views.applicants.columns import COLUMNS
from tests.benchmarks.keys import PaintClock, run_for
from tests.benchmarks.window import open_window, settle, wait

CLICKS = 4

app, program, page = open_window(Path(sys.argv[1]))
clock = PaintClock(app, page.table.viewport())
page.model.modelReset.connect(clock.note)
header = page.table.horizontalHeader()
seconds: dict[str, list[float]] = {}
for at in range(page.model.columnCount()):
    key = str(page.model.headerData(at, Qt.Orientation.Horizontal))
    column = COLUMNS[at].key
    was_hidden = page.table.isColumnHidden(at)
    if was_hidden:
        page.table.show_column(column, shown=True)  # a narrow window shows but a few
        run_for(app, 0.3)
    for _click in range(CLICKS):
        page.table.horizontalScrollBar().setValue(header.sectionPosition(at))
        run_for(app, 0.2)
        place = QPoint(header.sectionViewportPosition(at) + 10, header.height() // 2)
        clock.waiting.append(time.perf_counter())
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        wait(app, lambda: not clock.waiting, seconds=10)
        seconds.setdefault(key, []).append(clock.seconds[-1])
    settle(app, program)
    if was_hidden:
        page.table.show_column(column, shown=False)
sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")
program.window.close()

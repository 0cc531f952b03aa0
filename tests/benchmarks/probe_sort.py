"""Sorting by each heading in the program: seconds from the click to the painted rows."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.benchmarks.keys import PaintClock, run_for
from tests.benchmarks.window import open_window, settle, wait

CLICKS = 6

app, program, page = open_window(Path(sys.argv[1]))
clock = PaintClock(app, page.table.viewport())
page.model.modelReset.connect(clock.note)
header = page.table.horizontalHeader()
seconds: dict[str, list[float]] = {}
for at in range(page.model.columnCount()):
    key = str(page.model.headerData(at, Qt.Orientation.Horizontal))
    header.showSection(at)  # a narrow window hides some
    page.table.horizontalScrollBar().setValue(header.sectionPosition(at))
    run_for(app, 0.3)
    place = QPoint(header.sectionViewportPosition(at) + 10, header.height() // 2)
    for _click in range(CLICKS):
        clock.waiting.append(time.perf_counter())
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        wait(app, lambda: not clock.waiting)
        seconds.setdefault(key, []).append(clock.seconds[-1])
        run_for(app, 0.3)
    settle(app, program)
sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")
program.window.close()

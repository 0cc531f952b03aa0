"""The journal's window over a long journal: seconds from each gesture to the rows on the screen."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer

from fujisawa_desktop.services.journal_view import JournalPage
from fujisawa_desktop.views.trust.journal_window import JournalWindow
from tests.benchmarks.scene import nearly_worst
from tests.benchmarks.window import open_window, settle, wait

PAGES = 20
WORDS = ("山", "山田", "佐藤", "12", "00012")
ACTS = ("備考", "保存", "取り込", "変更")
BEAT_MS = 5

arrived: list[int] = []
first, following = JournalWindow._show_first, JournalWindow._show_next


def seen_first(window: JournalWindow, page: JournalPage) -> None:
    """Note that the rows of a question are there and painted."""
    first(window, page)
    window.table.viewport().repaint()
    arrived.append(len(page.rows))


def seen_next(window: JournalWindow, page: JournalPage) -> None:
    """Note that more rows are there and painted."""
    following(window, page)
    window.table.viewport().repaint()
    arrived.append(len(page.rows))


JournalWindow._show_first, JournalWindow._show_next = seen_first, seen_next  # type: ignore[method-assign]
app, program, _page = open_window(Path(sys.argv[1]))
assert program.desk is not None
beats: list[float] = []
pulse = QTimer()
pulse.setInterval(BEAT_MS)
pulse.timeout.connect(lambda: beats.append(time.perf_counter()))
pulse.start()


def timed(act: Callable[[], object]) -> float:
    """Return the seconds from a gesture to what it shows."""
    known, began = len(arrived), time.perf_counter()
    act()
    wait(app, lambda: len(arrived) > known)
    return time.perf_counter() - began


began = time.perf_counter()
dialog = JournalWindow(program.desk, program.window)
dialog.open()
wait(app, lambda: bool(arrived))
opened = time.perf_counter() - began
settle(app, program)
acts = dialog.rows[0].seq
bar = dialog.table.verticalScrollBar()
scrolled = [timed(lambda: bar.setValue(bar.maximum())) for _page_ in range(PAGES)]
settle(app, program)
gestures: list[Callable[[], object]] = [
    partial(box.setCurrentIndex, place)
    for box in (dialog.period, dialog.actor, dialog.kind)
    for place in [*range(1, min(box.count(), 6)), 0]
]
for field, words in ((dialog.subject, WORDS), (dialog.text, ACTS)):
    gestures += [partial(field.setText, word) for word in (*words, "")]
filtered = [timed(gesture) for gesture in gestures]
settle(app, program)
gaps = [after - before for before, after in pairwise(beats)]
answer = {
    "acts": acts,
    "opened": opened,
    "scrolled": nearly_worst(scrolled),
    "filtered": nearly_worst(filtered),
    "filters": len(filtered),
    "stalled": max(gaps),
}
sys.stdout.write(json.dumps(answer) + "\n")
program.window.close()

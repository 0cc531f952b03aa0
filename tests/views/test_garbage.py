"""What is left of windows is freed by the thread that made them, never by a worker."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views import garbage as garbage_module
from fujisawa_desktop.views.garbage import Garbage
from fujisawa_desktop.views.tasks import Tasks

ROWS = 20_000


@pytest.fixture
def garbage(tasks: Tasks) -> Iterator[Garbage]:
    """Python searches, as it does when the program starts; tests otherwise run without."""
    gc.collect()
    gc.enable()
    garbage = Garbage(tasks)
    yield garbage
    garbage.stop()
    gc.disable()


def leave_a_cycle(freed: list[int]) -> None:
    """Leave a model that nobody but itself holds, as a closed page does."""

    class Model(QObject):
        pass

    model = Model()
    model.itself = model  # type: ignore[attr-defined]
    weakref.finalize(model, lambda: freed.append(threading.get_ident()))


def test_a_worker_that_makes_rows_frees_no_model(qtbot: QtBot, tasks: Tasks, garbage: Garbage) -> None:
    freed: list[int] = []
    leave_a_cycle(freed)
    with qtbot.waitSignal(tasks.idle):
        tasks.run_read(lambda: [[number] for number in range(ROWS)], lambda _rows: garbage.look())
    assert freed == [threading.get_ident()]


def test_nothing_is_walked_while_work_is_under_way(qtbot: QtBot, tasks: Tasks, garbage: Garbage) -> None:
    freed: list[int] = []
    gate = threading.Event()
    leave_a_cycle(freed)
    rows = [[number] for number in range(ROWS)]
    with qtbot.waitSignal(tasks.idle):
        tasks.run_read(lambda: gate.wait(10), lambda _opened: None)
        garbage.look()
        assert freed == []
        gate.set()
    garbage.look()
    assert freed == [threading.get_ident()]
    assert len(rows) == ROWS


def test_the_window_looks_by_itself(
    qtbot: QtBot, tasks: Tasks, garbage: Garbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage.stop()
    monkeypatch.setattr(garbage_module, "PAUSE_MILLISECONDS", 10)
    quick = Garbage(tasks)
    freed: list[int] = []
    leave_a_cycle(freed)
    rows = [[number] for number in range(ROWS)]
    qtbot.waitUntil(lambda: bool(freed))
    assert freed == [threading.get_ident()]
    assert len(rows) == ROWS
    quick.stop()


def test_what_is_kept_for_long_is_walked_again_only_when_there_is_more(
    garbage: Garbage, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    walked: list[int] = []
    monkeypatch.setattr(gc, "get_count", lambda: (701, 11, 11))
    real = gc.collect
    monkeypatch.setattr(gc, "collect", lambda generation=2: (walked.append(generation), real(generation)))
    for _time in range(3):
        garbage.look()
    assert walked == [2, 1, 1]
    more = [[number] for number in range(len(gc.get_objects()))]
    gc.collect(1)
    garbage.look()
    assert walked[3:] == [1, 2]
    assert more


def test_at_the_end_python_searches_again(tasks: Tasks, garbage: Garbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
    gc.disable()
    Garbage(tasks).stop()
    assert not gc.isenabled(), "who held the search back before holds it on"

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from fujisawa_desktop.errors import Cancelled, RuleError
from fujisawa_desktop.views.tasks import Progress, Tasks


def test_work_runs_elsewhere_and_its_result_comes_back_to_the_gui_thread(
    qtbot: QtBot, tasks: Tasks, qapp: QApplication
) -> None:
    seen: list[object] = []
    with qtbot.waitSignal(tasks.idle):
        tasks.run_read(
            threading.get_ident,
            lambda ident: seen.extend([ident, QThread.currentThread() is qapp.thread()]),
        )
        assert seen == []
    assert seen[0] != threading.get_ident()
    assert seen[1] is True


def test_writes_run_one_after_the_other_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    begun: list[int] = []
    done: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        gate.wait(10)
        return number

    with qtbot.waitSignal(tasks.idle):
        for number in range(4):
            tasks.run_write(lambda number=number: work(number), done.append)
        assert tasks.pending == 4
        qtbot.waitUntil(lambda: begun == [0])
        gate.set()
    assert begun == done == [0, 1, 2, 3]


def test_reads_do_not_wait_for_a_write(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    done: list[str] = []
    tasks.run_write(lambda: gate.wait(10), lambda _result: done.append("write"))
    tasks.run_read(lambda: "read", done.append)
    qtbot.waitUntil(lambda: done == ["read"])
    with qtbot.waitSignal(tasks.idle):
        gate.set()
    assert done == ["read", "write"]


def test_of_several_questions_of_one_name_only_the_newest_answers(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    asked: list[str] = []
    answers: list[str] = []

    def ask(text: str) -> str:
        asked.append(text)
        gate.wait(10)
        return text

    with qtbot.waitSignal(tasks.idle):
        for text in ("た", "たか", "たかは"):
            tasks.run_read(lambda text=text: ask(text), answers.append, latest="search")
            if text == "た":
                qtbot.waitUntil(lambda: asked == ["た"])
        tasks.run_read(lambda: "other", answers.append)
        gate.set()
    assert answers == ["たかは", "other"]
    assert asked == ["た", "たかは"], "a question nobody waits for is not asked"


def test_an_error_goes_to_its_handler(qtbot: QtBot, tasks: Tasks) -> None:
    errors: list[Exception] = []

    def refuse() -> None:
        raise RuleError("cap.over")

    with qtbot.waitSignal(tasks.idle):
        tasks.run_write(refuse, lambda _result: pytest.fail("no result"), errors.append)
    assert [str(error) for error in errors] == ["cap.over"]


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    widget = QWidget()
    with qtbot.waitSignal(tasks.idle):
        tasks.run_read(lambda: gate.wait(10), lambda _r: pytest.fail("delivered"), owner=widget)
        delete(widget)
        gate.set()


def long_work(reached: threading.Event) -> Callable[[Progress], str]:
    def work(progress: Progress) -> str:
        progress(0, 10)
        reached.set()
        waiting = threading.Event()
        for done in range(1, 1000):
            waiting.wait(0.01)
            progress(done, 1000)
        return "finished"

    return work


def test_long_work_reports_and_can_be_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    reached = threading.Event()
    outcome: list[object] = []
    reports: list[tuple[int, int]] = []
    titles: list[str] = []
    tasks.long_progress.connect(lambda done, total: reports.append((done, total)))
    tasks.long_started.connect(titles.append)
    with qtbot.waitSignal(tasks.long_ended):
        tasks.run_long("取り込み", long_work(reached), outcome.append, outcome.append, writes=True)
        qtbot.waitUntil(lambda: bool(reports))
        tasks.cancel_long()
    qtbot.waitUntil(lambda: bool(outcome))
    assert titles == ["取り込み"]
    assert reports[0] == (0, 10)
    assert isinstance(outcome[0], Cancelled)


def test_progress_is_told_at_most_twenty_times_a_second(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(100_000))
    monkeypatch.setattr("fujisawa_desktop.views.tasks.time.monotonic", lambda: next(clock) / 1000 + 1)
    reports: list[int] = []
    tasks.long_progress.connect(lambda done, _total: reports.append(done))

    def work(progress: Progress) -> None:
        for done in range(1000):
            progress(done, 1000)

    with qtbot.waitSignal(tasks.idle):
        tasks.run_long("長い", work, lambda _r: None, writes=False)
    assert len(reports) == 20


def test_shutdown_waits_and_delivers_nothing_more(qtbot: QtBot, qapp: QApplication) -> None:
    tasks = Tasks()
    reached = threading.Event()
    outcome: list[object] = []
    tasks.run_long("長い", long_work(reached), outcome.append, outcome.append, writes=True)
    tasks.run_write(lambda: pytest.fail("a waiting act must not begin"), outcome.append)
    assert reached.wait(10)
    tasks.shutdown()
    qapp.processEvents()
    assert outcome == []
    assert tasks.pending == 0


def test_a_fault_without_a_handler_reaches_the_last_door(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: faults.append(kind))

    def fail() -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(tasks.idle):
        tasks.run_read(fail, lambda _r: None)
    assert faults == [ZeroDivisionError]


def test_tasks_belong_to_their_parent(qapp: QApplication) -> None:
    parent = QObject()
    tasks = Tasks(parent)
    assert tasks.parent() is parent
    tasks.shutdown()


def test_what_can_wait_does_not_hold_up_other_queries(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    done: list[str] = []
    tasks.run_read(lambda: gate.wait(10), lambda _result: done.append("aside"), aside=True)
    tasks.run_read(lambda: None, lambda _result: done.append("read"))
    qtbot.waitUntil(lambda: done == ["read"])
    gate.set()
    qtbot.waitUntil(lambda: done == ["read", "aside"])


def test_after_the_end_nothing_is_begun_any_more(tasks: Tasks, qapp: QApplication) -> None:
    begun: list[str] = []
    started: list[str] = []
    tasks.long_started.connect(started.append)
    tasks.shutdown()
    for job in (
        tasks.run_read(lambda: begun.append("read"), lambda _result: None),
        tasks.run_write(lambda: begun.append("write"), lambda _result: None),
        tasks.run_long("長い処理", lambda _progress: begun.append("long"), lambda _r: None, writes=False),
    ):
        assert job.stop.is_set()
    qapp.processEvents()
    assert begun == []
    assert started == []
    assert tasks.pending == 0


class SlowBridge:
    """Tells of an outcome, and lets the worker go on only when the window is done with the job."""

    def __init__(self, bridge: QObject) -> None:
        self._bridge = bridge
        self.gate = threading.Event()

    def emit(self, *told: object) -> None:
        self._bridge.finished.emit(*told)  # type: ignore[attr-defined]
        self.gate.wait(10)


@pytest.mark.parametrize("long", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_what_a_job_kept_is_freed_in_the_thread_of_the_window(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch, long: bool, fails: bool
) -> None:
    class Kept:
        """Stands for a widget that the callbacks hold."""

        def take(self, _answer: object) -> None:
            told.append(True)

        def work(self, *_progress: object) -> None:
            if fails:
                raise RuleError("cap.over")

    told: list[bool] = []
    freed: list[int] = []
    slow = SlowBridge(tasks._bridge)
    monkeypatch.setattr(tasks, "_bridge", SimpleNamespace(finished=slow))
    kept = Kept()
    weakref.finalize(kept, lambda: freed.append(threading.get_ident()))
    with qtbot.waitSignal(tasks.idle):
        if long:
            tasks.run_long("長い", kept.work, kept.take, kept.take, writes=False)
        else:
            tasks.run_read(kept.work, kept.take, kept.take)
        del kept
    slow.gate.set()
    tasks.shutdown()
    assert told == [True]
    assert freed == [threading.get_ident()]

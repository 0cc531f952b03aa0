"""The only place with threads: one serial worker for writes, one for reads, one for what can wait.

Work is a function without arguments that touches no widget.  What it returns or raises comes
back on the GUI thread through a queued signal.  Long work reports progress and can be stopped:
the progress function raises :class:`~fujisawa_desktop.errors.Cancelled` inside the work, so
that its unit of work is left without a commit and nothing of it is kept.

A worker keeps nothing of a job after it has told of it: what hangs on a job (callbacks, and through
them widgets) would else now and then be freed on the worker, where Qt must not destroy a widget.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from fujisawa_desktop.errors import Cancelled

T = TypeVar("T")
OnError = Callable[[Exception], object]
Outcome = tuple[object, BaseException | None]
Progress = Callable[[int, int], None]
"""``progress(done, total)``: called by long work now and then; a total of 0 means unknown."""

THROTTLE_SECONDS: Final = 0.05
SWITCH_SECONDS: Final = 0.001
"""How long a worker may keep the interpreter while the window waits for it; Python's own 0.005 comes
again with every little step of the window and adds up to what a person feels."""


@dataclass(eq=False)
class Job:
    """One piece of work on its way; keep it only to be able to cancel it.

    Attributes:
        title: what the person sees while it runs; empty for short work.
        latest: of several waiting jobs of this name only the newest matters.
    """

    work: Callable[[], Any]
    on_done: Callable[[Any], object]
    on_error: OnError | None
    owner: QObject | None = None
    title: str = ""
    latest: str = ""
    stop: Event = field(default_factory=Event)

    def cancel(self) -> None:
        """Ask the work to stop; its result, if it still comes, is dropped."""
        self.stop.set()


class _Bridge(QObject):
    """Carries results from a worker to the GUI thread."""

    finished = Signal(int)
    progressed = Signal(int, int)


class Tasks(QObject):
    """Runs work off the GUI thread.

    Signals:
        long_started(str): work with a title begins; the person may stop it.
        long_progress(int, int): done and total of that work.
        long_ended(): no work with a title is left.
        idle(): nothing is running or waiting any more.
    """

    long_started = Signal(str)
    long_progress = Signal(int, int)
    long_ended = Signal()
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._readers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        self._writers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="write")
        self._numbers = count()
        self._jobs: dict[int, Job] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._open = True
        self._bridge = _Bridge()
        self._bridge.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._bridge.progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def pending(self) -> int:
        """Return how many jobs are running or waiting."""
        return len(self._jobs)

    def run_read(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
        latest: str = "",
        aside: bool = False,
    ) -> Job:
        """Run a query; with ``latest``, earlier jobs of that name no longer report anything.

        With ``aside`` it runs beside the other queries, which then need not wait for it: for counts
        and the like, which nobody looks at while typing.
        """
        if latest:
            for job in self._jobs.values():
                if job.latest == latest:
                    job.cancel()
        pool = self._aside if aside else self._readers
        return self._start(pool, Job(work, on_done, on_error, owner, latest=latest))

    def run_write(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        owner: QObject | None = None,
    ) -> Job:
        """Run an act; acts run one after the other in the order they were asked for."""
        return self._start(self._writers, Job(work, on_done, on_error, owner))

    def run_long(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_done: Callable[[T], object],
        on_error: OnError | None = None,
        *,
        writes: bool,
        owner: QObject | None = None,
    ) -> Job:
        """Run work that shows progress under ``title`` and can be stopped with 中止."""
        stop = Event()
        job = Job(lambda: work(self._progress(stop)), on_done, on_error, owner, title, stop=stop)
        self._start(self._writers if writes else self._readers, job)
        if not job.stop.is_set():
            self.long_started.emit(title)
        return job

    def cancel_long(self) -> None:
        """Stop all work that has a title."""
        for job in self._jobs.values():
            if job.title:
                job.cancel()

    def shutdown(self) -> None:
        """Stop what can be stopped, let the rest end, deliver nothing more."""
        self._open = False
        for job in self._jobs.values():
            job.cancel()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._aside.shutdown(wait=True, cancel_futures=True)
        self._writers.shutdown(wait=True, cancel_futures=True)
        self._jobs.clear()
        self._outcomes.clear()

    def _start(self, pool: ThreadPoolExecutor, job: Job) -> Job:
        if not self._open:
            job.cancel()  # a timer of a closing window asked once more; nobody waits for the answer
            return job
        number = next(self._numbers)
        self._jobs[number] = job
        pool.submit(self._run, number)
        return job

    def _run(self, number: int) -> None:
        """Do the work on the worker thread; every outcome waits for the GUI thread, told by a signal."""
        self._outcomes[number] = self._outcome(number)
        if self._open:
            self._bridge.finished.emit(number)

    def _outcome(self, number: int) -> Outcome:
        job = self._jobs[number]
        if job.stop.is_set():
            return None, Cancelled()
        try:
            return job.work(), None
        except BaseException as error:  # noqa: BLE001 - whatever happens is told on the GUI thread
            return None, error

    def _progress(self, stop: Event) -> Progress:
        last = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal last
            if stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - last >= THROTTLE_SECONDS:
                last = now
                self._bridge.progressed.emit(done, total)

        return progress

    def _show_progress(self, done: int, total: int) -> None:
        if self._is_long():
            self.long_progress.emit(done, total)

    def _is_long(self) -> bool:
        return any(job.title for job in self._jobs.values())

    def _deliver(self, number: int) -> None:
        if not self._open:
            return
        job = self._jobs.pop(number)
        result, failure = self._outcomes.pop(number)
        if job.title and not self._is_long():
            self.long_ended.emit()
        try:
            self._report(job, result, failure)
        finally:
            if not self._jobs:
                self.idle.emit()

    @staticmethod
    def _report(job: Job, result: object, failure: BaseException | None) -> None:
        if job.owner is not None and not isValid(job.owner):
            return
        superseded = job.stop.is_set() and not job.title
        if failure is None:
            if not superseded:
                job.on_done(result)
        elif isinstance(failure, Cancelled):
            if job.title and job.on_error is not None:
                job.on_error(failure)
        elif not isinstance(failure, Exception):
            raise failure
        elif superseded:
            return
        elif job.on_error is None:
            raise failure
        else:
            job.on_error(failure)

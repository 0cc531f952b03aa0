# ruff: noqa: E402 - import_lightly() has to run before the imports it makes light
"""The real window inside a probe, on the applicants' tab, with nothing left to load."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.app_imports import import_lightly

import_lightly()  # as the program does it: before anything else of the window

from fujisawa_desktop.app import Program, make_application
from fujisawa_desktop.views.applicants import ApplicantsTab

_SLEEPING = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents


def open_window(database: Path) -> tuple[QApplication, Program, ApplicantsTab]:
    """Open a database and wait until its list has been painted and counted."""
    app = make_application("ja")
    program = Program(app)
    program.window.resize(1280, 800)
    program.window.show()
    program.open(database)
    wait(app, lambda: program.desk is not None)
    page = program.window.go_to("applicants")
    assert isinstance(page, ApplicantsTab)
    settle(app, program)
    return app, program, page


def settle(app: QApplication, program: Program) -> None:
    """Let everything that is under way come to its end, pauses of a timer included."""
    quiet_since = time.monotonic()

    def is_quiet() -> bool:
        nonlocal quiet_since
        if program.tasks.pending:
            quiet_since = time.monotonic()
        return time.monotonic() - quiet_since > 0.5

    wait(app, is_quiet)


def wait(app: QApplication, is_reached: Callable[[], bool], *, seconds: float = 120) -> None:
    """Run the event loop until something is so; between events it sleeps, as in the program."""
    until = time.monotonic() + seconds
    pulse = QTimer()
    pulse.start(20)
    while not is_reached():
        if time.monotonic() > until:
            raise TimeoutError
        app.processEvents(_SLEEPING)

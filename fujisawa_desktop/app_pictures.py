"""Pictures of the window, tab by tab: for the demonstration and the README."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.app import Program, make_application
from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.views.action_table import TABS

SIZE: Final = QSize(1280, 800)
LONGEST_SECONDS: Final = 60.0
QUIET_ROUNDS: Final = 15
"""So many looks in a row that find nothing loading; a pane is written a moment after its list was."""


def take_pictures(
    database: Path,
    folder: Path,
    *,
    language: str,
    tell: Callable[[Sequence[Path]], object],
) -> None:
    """Open a database in the window, save a picture of every tab, and leave the window to the person.

    Without a screen the window is closed when the pictures are taken.

    Args:
        database: what the window shows.
        folder: where the pictures go; it must exist.
        language: of the window.
        tell: is given the pictures as soon as all are there.

    Raises:
        StorageError: the database cannot be shown, or a picture cannot be written.
    """
    app = make_application(language)
    program = Program(app)
    program.warns_of_places = False
    program.window.resize(SIZE)
    program.window.show()
    program.open(database)
    _wait(app, lambda: program.desk is not None, what=str(database))
    tell([_picture(app, program, tab, folder / f"{place}-{tab}.png") for place, tab in enumerate(TABS, 1)])
    program.window.go_to(next(iter(TABS)))
    if app.platformName() != "offscreen":
        app.exec()
    program.window.close()


def _picture(app: QApplication, program: Program, tab: str, file: Path) -> Path:
    program.window.go_to(tab)
    quiet, before, now = 0, QImage(), QImage()

    def stands_still() -> bool:
        """Whether nothing loads and the window looks as it did: what was just written is laid out later."""
        nonlocal quiet, before, now
        quiet = quiet + 1 if program.tasks.pending == 0 else 0
        if quiet < QUIET_ROUNDS:
            return False
        quiet, before, now = 0, now, program.window.grab().toImage()
        return now == before

    _wait(app, stands_still, what=tab)
    if not now.save(str(file)):
        raise StorageError("storage.cannot-write", file=str(file))
    return file


def _wait(app: QApplication, is_reached: Callable[[], bool], *, what: str) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while not is_reached():
        if time.monotonic() > until:
            raise StorageError("storage.cannot-use", file=what)
        app.processEvents()
        time.sleep(0.02)

"""The tab on the shipped samples: 400 people from two portals in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Tasks

SAMPLES = resources_dir() / "samples"
Quiet = Callable[[], None]


@pytest.fixture(scope="session")
def _people_file(_programme_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The R6 programme with the entries of both portals."""
    path = tmp_path_factory.mktemp("template") / "people.fjdb"
    path.write_bytes(_programme_file.read_bytes())
    database = open_database(path)
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(
            database, programme_id=current_programme_id(database), file=SAMPLES / name, actor="test"
        )
    database.dispose()
    return path


@pytest.fixture
def people(_people_file: Path, database: Database, tmp_path: Path) -> Database:
    """The open database filled with them."""
    database.dispose()
    (tmp_path / "r6.fjdb").write_bytes(_people_file.read_bytes())
    return database


@pytest.fixture
def show(qtbot: QtBot, desk: Desk, tasks: Tasks) -> Iterator[Callable[[], ApplicantsTab]]:
    """Return a function that opens the tab and waits until it has come to rest."""
    opened: list[ApplicantsTab] = []

    def open_tab() -> ApplicantsTab:
        tab = ApplicantsTab(desk)
        qtbot.addWidget(tab)
        tab.resize(1240, 700)
        tab.show()
        tab.activateWindow()
        opened.append(tab)
        rest(qtbot, tasks, tab)
        return tab

    yield open_tab
    for tab in opened:
        for dialog in tab.findChildren(QDialog):
            dialog.reject()


@pytest.fixture
def tab(people: Database, show: Callable[[], ApplicantsTab]) -> ApplicantsTab:
    """The tab with 400 people."""
    return show()


@pytest.fixture
def quiet(qtbot: QtBot, tasks: Tasks, tab: ApplicantsTab) -> Quiet:
    """Return a function that waits until the tab has come to rest."""
    return lambda: rest(qtbot, tasks, tab)


def rest(qtbot: QtBot, tasks: Tasks, tab: QWidget) -> None:
    """Wait until no work is under way and no pause of the tab is running out."""

    def at_rest() -> bool:
        waiting = any(timer.isActive() and timer.isSingleShot() for timer in tab.findChildren(QTimer))
        return tasks.pending == 0 and not waiting

    qtbot.waitUntil(at_rest, timeout=20_000)
    QApplication.processEvents()
    qtbot.waitUntil(at_rest, timeout=20_000)


def drop(widget: QWidget, *paths: Path) -> bool:
    """Drop files on a widget as a hand would; return whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(widget.rect().center(), actions, data, button, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(widget, QDropEvent(QPointF(widget.rect().center()), actions, data, button, keys))
    return True


def names(tab: ApplicantsTab, count: int = 5) -> list[str]:
    """Return the first names of the list as shown, with one space."""
    column = next(
        at for at in range(tab.model.columnCount()) if tab.model.headerData(at, Qt.Orientation.Horizontal) == "氏名"
    )
    shown = min(count, tab.model.rowCount())
    return [str(tab.model.index(row, column).data()).replace("\u3000", " ") for row in range(shown)]


def dialog_of(tab: ApplicantsTab, kind: type[QDialog]) -> QDialog:
    """Return the open dialog of a kind."""
    [found] = [dialog for dialog in tab.findChildren(kind) if dialog.isVisible()]
    return found

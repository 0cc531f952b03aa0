"""The tab on the shipped samples: 400 people from two portals in a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from applicants_driver import SAMPLES, Quiet, rest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.selection import import_decisions, release
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Tasks


@pytest.fixture(autouse=True)
def _english() -> None:
    """The texts asked for here are message ids; the Japanese ones are the catalogue's matter."""
    set_language("en")


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


@pytest.fixture
def first_announced(people: Database, programme_id: int) -> None:
    """The first screening is over: 60 passed."""
    import_decisions(people, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    release(people, programme_id=programme_id, stage=Stage.FIRST)


@pytest.fixture
def gate(tasks: Tasks) -> Iterator[Event]:
    """Until it is opened, nothing that was asked for is written."""
    gate = Event()
    tasks.run_write(gate.wait, lambda _opened: None)
    yield gate
    gate.set()

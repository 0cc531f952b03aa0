"""The window starts without SQLAlchemy."""

from __future__ import annotations

import subprocess
import sys

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.later import later
from fujisawa_desktop.services.programmes import current_programme_id


def test_a_use_case_is_loaded_when_it_is_called(database: Database) -> None:
    assert later("programmes", "current_programme_id")(database) == current_programme_id(database)


def test_naming_it_loads_nothing() -> None:
    later("no_such_module", "anything")


def test_the_modules_of_the_window_come_without_sqlalchemy() -> None:
    """Otherwise the window and its first rows wait for it: see views/first_look.py."""
    check = "import sys, fujisawa_desktop.app; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]

"""Where files live: in the source tree, in an installed wheel, in a frozen program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [_PACKAGE / "_shipped" / name, _PACKAGE.parent / name]
    if frozen is not None:
        candidates.insert(0, Path(frozen) / name)
    return next((place for place in candidates if place.is_dir()), candidates[-1])


def resources_dir() -> Path:
    """Return the folder of fonts, icons, notice texts and the sample programme."""
    return _shipped("resources")


def locale_dir() -> Path:
    """Return the folder of the compiled gettext catalogues."""
    return _shipped("i18n")


def data_dir() -> Path:
    """Return the folder for the clerk's own files (databases, backups, logs); it may not exist yet.

    ``FUJISAWA_DATA_DIR`` moves it, for tests and for offices that prescribe a place.
    """
    chosen = os.environ.get("FUJISAWA_DATA_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed when a place is prescribed

    return user_data_path("FujisawaDesktop", appauthor=False)


def default_database() -> Path:
    """Return the database that opens when none is named."""
    return data_dir() / "internship.fjdb"


def backup_dir(database: Path) -> Path:
    """Return the folder beside ``database`` that keeps its copies."""
    return database.parent / "backups"


def log_file() -> Path:
    """Return the file the program writes its log to (no personal data)."""
    return data_dir() / "logs" / "fujisawa-desktop.log"

"""Where the copies of a file lie: beside it, and in a second place if the office names one.

The second place and how often copies are made belong to the place of the file, not to its contents:
they stand in the folder of the copies, are there when the file itself cannot be read, and do not go
back in time with it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.files import atomic_write
from fujisawa_desktop.models.sqlite_files import make_folder
from fujisawa_desktop.paths import backup_dir

EVERY_MINUTES: Final = 30
LEAST_MINUTES: Final = 5
MOST_MINUTES: Final = 240
_SETTINGS: Final = "{stem}.settings.json"


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where copies go besides the folder beside the file, and how often one is made.

    Attributes:
        second: a folder, written as the system writes it; empty for none.
        every_minutes: while something changes.
    """

    second: str = ""
    every_minutes: int = EVERY_MINUTES

    @property
    def second_place(self) -> Path | None:
        """The second folder, if there is one."""
        return Path(self.second) if self.second else None


def backup_settings(file: Path) -> BackupSettings:
    """Return what is set for the copies of a file; whatever cannot be read is as it is without settings."""
    try:
        found = json.loads(_settings_file(file).read_text(encoding="utf-8"))
        settings = BackupSettings(str(found["second"]), int(found["every_minutes"]))
        _check_minutes(settings.every_minutes)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, ValidationError):
        return BackupSettings()
    return settings


def save_backup_settings(file: Path, settings: BackupSettings) -> None:
    """Keep where copies go and how often.

    Raises:
        ValidationError: ``backup.minutes``, ``backup.second-missing``, ``backup.second-same`` or
            ``backup.second-unwritable``.
        StorageError: the folder beside the file cannot be written.
    """
    _check_minutes(settings.every_minutes)
    if settings.second_place is not None:
        _check_place(file, settings.second_place)
    target = _settings_file(file)
    make_folder(target.parent)
    atomic_write(target, json.dumps(asdict(settings), ensure_ascii=False).encode())


def copies_in(folder: Path, stem: str) -> Iterator[Path]:
    """Yield the copies of a file called ``stem`` in a folder, those of others with a like name left out."""
    own = re.compile(re.escape(stem) + r"-(\d{8}-\d{6}|before-).*\.fjdb")
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return
    yield from (path for path in found if own.fullmatch(path.name))


def _settings_file(file: Path) -> Path:
    return backup_dir(file) / _SETTINGS.format(stem=file.stem)


def _check_minutes(minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise ValidationError("backup.minutes", field="every_minutes", least=LEAST_MINUTES, most=MOST_MINUTES)


def _check_place(file: Path, place: Path) -> None:
    if not place.is_absolute() or not place.is_dir():
        raise ValidationError("backup.second-missing", field="second", place=str(place))
    if place.resolve() in {backup_dir(file).resolve(), file.parent.resolve()}:
        raise ValidationError("backup.second-same", field="second")
    if not os.access(place, os.W_OK):
        raise ValidationError("backup.second-unwritable", field="second", place=str(place))

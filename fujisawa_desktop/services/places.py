"""Asking the system about the place of a database file, and what to tell a clerk of it.

Nothing here reaches a network: mounts and drives are looked up in tables the system keeps.
"""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.rules.places import REFUSED_FOR_NEW, Drive, PlaceFacts, concerns

_DRIVES: Final = {2: Drive.REMOVABLE, 3: Drive.FIXED, 4: Drive.NETWORK, 5: Drive.CD, 6: Drive.RAM}
"""Return values of GetDriveTypeW."""
_COMPRESSED: Final = 0x800
"""FILE_ATTRIBUTE_COMPRESSED."""
_MOST_ENTRIES: Final = 2_000
"""Of a folder that is searched for the marks of sync programs."""
_ESCAPED: Final = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


@dataclass(frozen=True, slots=True)
class PlaceFinding:
    """One reason against a place.

    Attributes:
        code: of its sentence.
        params: its values.
        refused: a new file is not made there.
    """

    code: str
    params: dict[str, object]
    refused: bool


def opening_findings(path: Path) -> tuple[PlaceFinding, ...]:
    """Return what speaks against the place of a file that is being opened."""
    return _findings(path.absolute())


def creation_findings(path: Path) -> tuple[PlaceFinding, ...]:
    """Return what speaks against making a file at a place; a file that is there is never written over."""
    path = path.absolute()
    if path.exists():
        return (PlaceFinding("storage.exists", {"file": str(path)}, refused=True),)
    return _findings(path)


def place_facts(path: Path) -> PlaceFacts:
    """Ask the system about the place of a file; what it does not tell counts as harmless."""
    folder = _nearest_folder(path)
    windows = sys.platform == "win32"
    return PlaceFacts(
        path=str(path),
        windows=windows,
        drive=_drive(path) if windows else Drive.OTHER,
        file_system=file_system_of(_real(folder), _mounts()) if not windows else "",
        environment={name.upper(): value for name, value in os.environ.items()},
        marks=_marks(folder),
        temporary=_temporary(),
        compressed=_is_compressed(folder) or _is_compressed(path),
        folder_writable=os.access(folder, os.W_OK | os.X_OK),
        file_writable=not path.exists() or os.access(path, os.W_OK),
    )


def file_system_of(path: str, mounts: str) -> str:
    """Return the file system a path lies on, from the text of ``/proc/mounts``."""
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        place = parts[1]
        for escaped, sign in _ESCAPED.items():
            place = place.replace(escaped, sign)
        holds = path == place or path.startswith(f"{place.rstrip('/')}/")
        if holds and len(place) >= len(best):
            best, kind = place, parts[2]
    return kind


def _findings(path: Path) -> tuple[PlaceFinding, ...]:
    return tuple(
        PlaceFinding(
            f"place.{found.concern.value}",
            {"file": path.name, "folder": str(path.parent), "service": found.service},
            refused=found.concern in REFUSED_FOR_NEW,
        )
        for found in concerns(place_facts(path))
    )


def _nearest_folder(path: Path) -> Path:
    """Return the folder of a path, or the nearest one above that is there."""
    return next((folder for folder in path.parents if folder.is_dir()), path.parent)


def _real(path: Path) -> str:
    with suppress(OSError):
        return str(path.resolve())
    return str(path)


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    return ""


def _temporary() -> tuple[str, ...]:
    """Return the folders for temporary files: those the system names, else the usual one."""
    named = [value for name in ("TMPDIR", "TEMP", "TMP") if (value := os.environ.get(name, ""))]
    return tuple(dict.fromkeys(named or [tempfile.gettempdir()]))


def _marks(folder: Path) -> frozenset[str]:
    """Return the names of hidden files in the folder and those above it."""
    found = set()
    for place in (folder, *folder.parents):
        with suppress(OSError), os.scandir(place) as entries:
            for _number, entry in zip(range(_MOST_ENTRIES), entries, strict=False):
                if entry.name.startswith("."):
                    found.add(entry.name.casefold())
    return frozenset(found)


def _kernel() -> Any:
    return getattr(ctypes, "windll").kernel32 if sys.platform == "win32" else None  # noqa: B009 - Windows only


def _drive(path: Path) -> Drive:
    kernel = _kernel()
    if kernel is None:
        return Drive.OTHER
    return _DRIVES.get(int(kernel.GetDriveTypeW(f"{path.drive}\\")), Drive.OTHER)


def _is_compressed(path: Path) -> bool:
    """Return whether NTFS compresses what lies here; other systems say nothing of it."""
    try:
        attributes = getattr(path.stat(), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & _COMPRESSED)

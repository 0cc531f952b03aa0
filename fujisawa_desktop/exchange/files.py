"""Writing a file so that there is either the old one or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import stat
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Final

from fujisawa_desktop.errors import StorageError

_WAITS: Final = (0.01, 0.025, 0.05, 0.1, 0.2)
"""Seconds between tries: virus scanners and indexers hold a new file for milliseconds."""
_LONGEST_STEM: Final = 30


def atomic_write(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` through a file beside it; on failure the old file stays.

    Raises:
        StorageError: the folder is missing or read-only, the disk is full, or another program
            (Excel, mostly) holds the file open.
    """
    if path.is_dir():
        raise StorageError("write.is-directory", file=path.name)
    # Beside the target, so that the last step is a rename; the name is cut for long target names.
    temporary = path.with_name(f".{path.name[:_LONGEST_STEM]}.{uuid.uuid4().hex}.tmp")
    try:
        write_new(temporary, data, path)
        rename(temporary, path)
    except OSError as error:
        raise error_for(error, path) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0o666


def write_new(path: Path, data: bytes, place: Path, *, settled: bool = True) -> None:
    """Write a new file, with the rights of the file it is to replace; ``settled`` down to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, _mode_of(place)), "wb") as stream:
        stream.write(data)
        stream.flush()
        if settled:
            os.fsync(stream.fileno())


def settle(path: Path) -> None:
    """Write a file down to the disk."""
    # Windows needs the right to write for this; elsewhere a file with the rights of a read-only one has none.
    with path.open("r+b" if os.access(path, os.W_OK) else "rb") as stream:
        os.fsync(stream.fileno())


def rename(temporary: Path, path: Path) -> None:
    """Give a file another name, waiting a little for scanners that hold it."""
    for wait in _WAITS:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    temporary.replace(path)


def error_for(error: OSError, path: Path) -> StorageError:
    """Return what to tell a clerk about a file that could not be written."""
    return StorageError(_code_of(error, path), file=path.name, folder=path.parent.name)


def _code_of(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError) and not path.parent.is_dir():
        return "write.no-folder"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return "write.disk-full"
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        return "write.in-use"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "write.read-only"
    return "write.failed"


def sync_folder(folder: Path) -> None:
    """Write down to the disk which files a folder holds."""
    # The rename itself must survive a power cut; Windows cannot open a folder and needs no such step.
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

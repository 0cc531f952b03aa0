"""A broken file kept under another name while another takes its place: it is never away for nothing."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.integrity import kept_aside
from fujisawa_desktop.models.sqlite_driver import journal_of
from fujisawa_desktop.models.sqlite_files import put_in_place

BROKEN, JOURNAL, WHOLE = b"broken", b"its journal", b"another file"
LINKS = pytest.mark.parametrize("links", [True, False])


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "office.fjdb"
    path.write_bytes(BROKEN)
    journal_of(path).write_bytes(JOURNAL)
    return path


def refuse(*_rest: object, **_more: object) -> None:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.fixture
def allow(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Say whether files may have a second name here."""
    return lambda links: None if links else monkeypatch.setattr(os, "link", refuse)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@LINKS
def test_another_takes_its_place(broken: Path, allow: Callable[[bool], None], *, links: bool) -> None:
    allow(links)
    state, kept = broken.with_name("state"), broken.parent / "backups" / "kept.fjdb"
    state.write_bytes(WHOLE)
    with kept_aside(broken, kept):
        put_in_place(state, broken)
    assert files(broken.parent) == {broken.name: WHOLE, kept.name: BROKEN, journal_of(kept).name: JOURNAL}


@LINKS
def test_a_failure_leaves_all_as_it_was(broken: Path, allow: Callable[[bool], None], *, links: bool) -> None:
    allow(links)
    before = files(broken.parent)
    with (
        pytest.raises(StorageError, match="disk-full"),
        kept_aside(broken, broken.parent / "backups" / "kept.fjdb"),
    ):
        raise StorageError("storage.disk-full")
    assert files(broken.parent) == before


@LINKS
def test_a_failure_after_the_other_file_is_there_brings_the_first_back(
    broken: Path, allow: Callable[[bool], None], *, links: bool
) -> None:
    allow(links)
    before = files(broken.parent)
    state = broken.with_name("state")
    state.write_bytes(WHOLE)
    with (
        pytest.raises(StorageError, match="disk-full"),
        kept_aside(broken, broken.parent / "backups" / "kept.fjdb"),
    ):
        put_in_place(state, broken)
        raise StorageError("storage.disk-full")
    assert files(broken.parent) == before


def test_where_nothing_can_be_renamed_any_more_the_file_has_not_gone(
    broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(broken.parent)
    with (
        pytest.raises(StorageError, match="cannot-write"),
        kept_aside(broken, broken.parent / "backups" / "kept.fjdb"),
    ):
        monkeypatch.setattr(os, "rename", refuse)
        monkeypatch.setattr(os, "replace", refuse)
        raise StorageError("storage.cannot-write")
    assert files(broken.parent) == before

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange import files
from fujisawa_desktop.exchange.files import atomic_write


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)


def failing_replace(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[int]:
    calls: list[int] = []
    real = Path.replace

    def replace(self: Path, target: Any) -> Path:
        calls.append(1)
        if len(calls) <= times:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return calls


def test_a_file_is_written_and_replaced_keeping_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "名簿.csv"
    atomic_write(target, b"one")
    target.chmod(0o640)
    atomic_write(target, b"two")
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["名簿.csv"]


def test_a_scanner_that_holds_the_file_for_moments_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = failing_replace(monkeypatch, times=4)
    atomic_write(tmp_path / "a.xlsx", b"new")
    assert ((tmp_path / "a.xlsx").read_bytes(), len(calls)) == (b"new", 5)


def test_a_file_open_in_excel_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    failing_replace(monkeypatch, times=100)
    with pytest.raises(StorageError) as caught:
        atomic_write(target, b"new")
    assert (caught.value.code, caught.value.params["file"]) == ("write.in-use", "a.xlsx")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "write.disk-full"), (errno.EROFS, "write.read-only"), (errno.EIO, "write.failed")],
)
def test_other_failures_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(StorageError) as caught:
        atomic_write(tmp_path / "a.csv", b"new")
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_hold_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path, code in (
        (tmp_path, "write.is-directory"),
        (tmp_path / "none" / "a.csv", "write.no-folder"),
        (tmp_path / "file" / "a.csv", "write.no-folder"),
    ):
        with pytest.raises(StorageError) as caught:
            atomic_write(path, b"x")
        assert caught.value.code == code


def test_long_names_are_no_trouble(tmp_path: Path) -> None:
    target = tmp_path / ("あ" * 80 + ".csv")
    atomic_write(target, b"x")
    assert target.read_bytes() == b"x"

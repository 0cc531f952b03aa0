"""Files that belong together: all of them, or everything as it was."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.exchange import file_sets, files
from fujisawa_desktop.exchange.file_names import safe_stem
from fujisawa_desktop.exchange.file_sets import FileSet


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.time, "sleep", lambda _seconds: None)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def hold(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let another program hold a file open, as Windows does: it can be read, but not replaced."""
    real = Path.replace

    def replace(self: Path, target: Any) -> Path:
        if Path(target).name == name and not self.suffix == ".old":
            raise PermissionError(errno.EACCES, "sharing violation")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


def write(folder: Path, **data: bytes) -> None:
    with FileSet(folder) as new:
        for name, content in data.items():
            new.add(f"{name}.pdf", content)
        new.replace_all()
        new.keep()


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    with FileSet(tmp_path) as new:
        new.add("甲.pdf", b"1")
        new.add("乙.pdf", b"2")
        assert not list(tmp_path.glob("*.pdf")), "nothing stands in its place yet"
        new.replace_all()
        assert new.keep() == (tmp_path / "甲.pdf", tmp_path / "乙.pdf")
    assert contents(tmp_path) == {"甲.pdf": b"1", "乙.pdf": b"2"}


def test_older_files_are_replaced(tmp_path: Path) -> None:
    write(tmp_path, a=b"old", b=b"old")
    (tmp_path / "a.pdf").chmod(0o640)
    write(tmp_path, a=b"new", b=b"new")
    assert contents(tmp_path) == {"a.pdf": b"new", "b.pdf": b"new"}
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


def test_without_keeping_everything_is_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, a=b"old")
    with FileSet(tmp_path) as new:
        new.add("a.pdf", b"new")
        new.add("b.pdf", b"new")
        new.replace_all()
        assert contents(tmp_path)["a.pdf"] == b"new"
    assert contents(tmp_path) == {"a.pdf": b"old"}


def test_whatever_goes_wrong_between_leaves_the_old_files(tmp_path: Path) -> None:
    write(tmp_path, a=b"old")
    with pytest.raises(KeyError), FileSet(tmp_path) as new:
        new.add("a.pdf", b"new")
        raise KeyError
    assert contents(tmp_path) == {"a.pdf": b"old"}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_held_by_another_program_keeps_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    write(tmp_path, a=b"old", c=b"old")
    if not links:

        def refuse(_self: Path, _target: Path) -> None:
            raise OSError(errno.EPERM, "no links here")

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    hold(monkeypatch, "c.pdf")
    with pytest.raises(StorageError) as caught, FileSet(tmp_path) as new:
        for name in "abc":
            new.add(f"{name}.pdf", b"new")
        new.replace_all()
    assert (caught.value.code, caught.value.params["file"]) == ("write.in-use", "c.pdf")
    assert contents(tmp_path) == {"a.pdf": b"old", "c.pdf": b"old"}


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "write.disk-full"), (errno.EDQUOT, "write.disk-full"), (errno.EIO, "write.failed")],
)
def test_no_room_for_the_second_file_leaves_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    write(tmp_path, b=b"old")
    real, calls = files.os.fsync, []

    def fsync(descriptor: int) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(number, "no")
        real(descriptor)

    monkeypatch.setattr(files.os, "fsync", fsync)
    with pytest.raises(StorageError) as caught, FileSet(tmp_path) as new:
        new.add("a.pdf", b"new")
        new.add("b.pdf", b"new")
        new.replace_all()
    assert caught.value.code == code
    assert contents(tmp_path) == {"b.pdf": b"old"}


def test_a_folder_that_vanished_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(StorageError) as caught, FileSet(folder) as new:
        folder.rmdir()
        new.add("a.pdf", b"new")
    assert (caught.value.code, caught.value.params["folder"]) == ("write.no-folder", "stick")


def test_a_folder_that_vanished_after_writing_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with pytest.raises(StorageError) as caught, FileSet(folder) as new:
        new.add("a.pdf", b"new")
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
        new.replace_all()
    assert caught.value.code == "write.no-folder"


def test_a_folder_of_the_same_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(StorageError) as caught, FileSet(tmp_path) as new:
        new.add("a.pdf", b"new")
    assert caught.value.code == "write.is-directory"
    assert file_sets.StorageError is StorageError


def test_writing_down_to_the_disk_tells_each_file_and_can_be_stopped(tmp_path: Path) -> None:
    heard: list[int] = []

    def stop(done: int) -> None:
        heard.append(done)
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), FileSet(tmp_path) as new:
        for name in "abc":
            new.add(f"{name}.pdf", b"new")
        new.settle(stop)
    assert heard == [0, 1]
    assert contents(tmp_path) == {}


# --- names ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1次選考結果通知_20241025_101", "1次選考結果通知_20241025_101"),
        ("通知_楜澤　涼介", "通知_楜澤 涼介"),
        ("葛\U000e0100城", "葛城"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("..\\..\\etc\\passwd", "_.._etc_passwd"),
        ("名前. . ", "名前"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("com1", "_com1"),
        ("LPT¹", "_LPT¹"),
        ("CONIN$", "_CONIN$"),
        ("console", "console"),
        ("偽装\u202efdp.exe", "偽装fdp.exe"),
        ("外字\ue000", "外字"),
        ("改行\r\nタブ\t", "改行 タブ"),
        ("\x00\x1f", "_"),
        ("", "_"),
    ],
)
def test_names_that_every_disk_takes(text: str, name: str) -> None:
    assert safe_stem(text) == name


@given(st.text(max_size=300))
def test_any_text_becomes_a_name_that_windows_takes(text: str) -> None:
    name = safe_stem(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert all(ord(sign) >= 0x20 for sign in name)
    assert name[-1] not in " ."
    assert len(f"{name}(999).pdf".encode()) <= 255
    assert len(f"{name}(999).pdf".encode("utf-16-le")) // 2 <= 255
    assert name.split(".")[0].strip().casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe_stem(name) == name

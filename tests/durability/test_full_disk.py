"""A disk without room, a file without rights, a file that is gone: what is told, and what is kept."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fujisawa_desktop.errors import AppError, StorageError
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.programmes import choose_programme, current_programme_id
from fujisawa_desktop.texts import message_for
from tests.logical_dump import dump

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = resources_dir() / "samples" / "e-application.csv"
LEVELS = 20
ROOM = 12 << 20
pytestmark = pytest.mark.file_only("a file on a full disk")


def is_told_in_words(text: str) -> bool:
    """Whether there is a sentence in Japanese that says what, why and what to do."""
    return text.count("。") >= 2 and text.rstrip().endswith("。") and "ください" in text


@pytest.fixture
def file(_programme_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "office" / "work.fjdb"
    path.parent.mkdir()
    shutil.copyfile(_programme_file, path)
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)]
    if sys.platform != "linux" or shutil.which("mount") is None:
        pytest.skip("a small disk is made by Linux only")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator may make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def in_child(path: Path, what: str, how: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.full_disk_child", str(path), what, how]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told: str = json.loads(done.stdout)
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit for the size of files")
@pytest.mark.parametrize(("what", "more"), [("import", 0), ("import", 400_000), ("backup", -100_000)])
def test_an_act_that_finds_no_room_changes_nothing_and_says_so(file: Path, what: str, more: int) -> None:
    before, size = dump(file), file.stat().st_size
    told = in_child(file, what, str(size + more))
    assert is_told_in_words(told), told
    assert sqlite_faults(file) == ()
    assert dump(file) == before
    assert [path.name for path in file.parent.rglob("*.part")] == []
    with opened(file) as database:  # with room again, the same act is done
        key = current_programme_id(database)
        assert import_applicants(database, programme_id=key, file=SAMPLE, actor="test").added


def test_a_full_disk_at_twenty_levels(small_disk: Path, _programme_file: Path) -> None:  # noqa: PT019
    """From no room at all to enough; the file is as before or the act is done, and never anything else."""
    path, filler = small_disk / "work.fjdb", small_disk / "filler"
    shutil.copyfile(_programme_file, path)
    before, done = dump(path), 0
    told: list[str] = []
    for level in range(LEVELS):
        shutil.copyfile(_programme_file, path)
        room = shutil.disk_usage(small_disk).free - level * (2 << 20) // (LEVELS - 1)
        filler.write_bytes(b"\0" * room)
        with opened(path) as database:
            key = current_programme_id(database)
            try:
                import_applicants(database, programme_id=key, file=SAMPLE, actor="test")
                done += 1
            except AppError as error:
                told.append(message_for(error.code, error.params))
                assert dump(path) == before
        assert sqlite_faults(path) == ()
        filler.unlink()
    assert len(told) + done == LEVELS
    assert told
    assert all(is_told_in_words(text) for text in told)
    assert done


@pytest.mark.skipif(sys.platform == "win32", reason="rights of this kind are POSIX")
def test_a_file_that_became_read_only_while_open_says_so(file: Path) -> None:
    before = dump(file)
    with tempfile.TemporaryDirectory() as name:  # where everybody may look in: the child is nobody
        place = Path(name) / "office" / file.name
        place.parent.mkdir()
        Path(name).chmod(0o755)
        shutil.copyfile(file, place)
        told = in_child(place, "import", "read-only")
        place.parent.chmod(0o755)
        assert is_told_in_words(told), told
        assert dump(place) == before


def removed(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.fjdb"))


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def replaced(path: Path) -> None:
    other = path.with_name("other.fjdb")
    shutil.copyfile(path, other)
    other.replace(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take away an open file")
@pytest.mark.parametrize(
    ("take_away", "code"),
    [
        (removed, "storage.taken-away"),
        (moved, "storage.taken-away"),
        (folder_moved, "storage.taken-away"),
        (replaced, "storage.replaced"),
    ],
)
def test_a_file_taken_away_while_open_is_noticed_before_anything_is_written(
    file: Path, take_away: Callable[[Path], None], code: str
) -> None:
    with opened(file) as database:
        key = current_programme_id(database)
        take_away(file)
        there = {path: dump(path) for path in file.parent.parent.rglob("*.fjdb")}
        for _again in range(2):
            with pytest.raises(StorageError) as caught:
                import_applicants(database, programme_id=key, file=SAMPLE, actor="test")
            assert caught.value.code == code
            assert is_told_in_words(message_for(code, caught.value.params))
            with pytest.raises(StorageError):
                courses(database, key)
            database.dispose()  # new connections must make no empty file in its place
        assert {path: dump(path) for path in file.parent.parent.rglob("*.fjdb")} == there


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take away an open file")
def test_a_file_that_was_put_back_is_worked_on_as_before(file: Path) -> None:
    aside = file.with_name("aside.fjdb")
    with opened(file) as database:
        key = current_programme_id(database)
        file.rename(aside)
        with pytest.raises(StorageError):
            choose_programme(database, programme_id=key, actor="test")
        aside.rename(file)
        assert import_applicants(database, programme_id=key, file=SAMPLE, actor="test").added
    assert sqlite_faults(file) == ()

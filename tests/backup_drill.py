"""Files that change, are copied and brought back: what T-A6 and T-A7 do, few times or many."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fujisawa_desktop.errors import StorageError
from fujisawa_desktop.models.backup_files import read_sidecar
from fujisawa_desktop.models.integrity import sqlite_faults
from fujisawa_desktop.models.sqlite_driver import FileKey, connect
from fujisawa_desktop.services.backups import Backup, make_backup
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.restoring import CopyState, chosen_copy, examine
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.unlocking import unlock

Dump = dict[str, list[tuple[Any, ...]]]
ROOT = Path(__file__).resolve().parent.parent


def new_file(folder: Path, key: FileKey | None = None) -> Path:
    """A file with the R6 programme."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "drill.fjdb"
    create_database(file, programme="r6", actor="drill", key=key)
    return file


def change(file: Path, number: int, key: FileKey | None = None) -> None:
    """One act: a course gets another number of places and another text."""
    with opened(file, key=key) as database:
        rows = courses(database, current_programme_id(database))
        form = course(database, rows[number % len(rows)].id)
        save_course(
            database, form=replace(form, capacity=number % 90 + 1, summary=f"第{number}版"), actor="d"
        )


def dump(file: Path, *, without_last_act: bool = False, key: FileKey | None = None) -> Dump:
    """Everything a file holds, by table; without what the latest entry of its journal added there."""
    with closing(connect(file, key=key, read_only=True)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        found = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}  # noqa: S608
        last = connection.execute("SELECT max(seq) FROM journal_entry").fetchone()[0]
    if without_last_act:
        found["journal_entry"] = [row for row in found["journal_entry"] if row[0] != last]
        found["journal_payload"] = [row for row in found["journal_payload"] if row[0] != last]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def copies_with_dumps(file: Path, count: int, key: FileKey | None = None) -> list[tuple[Path, Dump]]:
    """That many states of a file, each with its copy; the copies are minutes apart."""
    made: list[tuple[Path, Dump]] = []
    began = datetime.now() - timedelta(minutes=count)
    for number in range(count):
        change(file, number, key)
        with opened(file, key=key) as database:
            copy = make_backup(database, now=began + timedelta(minutes=number))
        made.append((copy.path, dump(file, key=key)))
    return made


def restore_each(file: Path, made: list[tuple[Path, Dump]], seed: int, key: FileKey | None = None) -> int:
    """Bring the file back to each copy, in any order, and compare; return how many are equal."""
    equal = 0
    for copy, then in random.Random(seed).sample(made, len(made)):
        done = restore_backup(file, source=copy, key=key, actor="drill")
        assert dump(file, without_last_act=True, key=key) == then, copy.name
        with opened(file, key=key) as database:
            assert check_journal(database).is_whole
        assert done.kept is not None
        assert read_sidecar(done.kept) is not None
        equal += 1
    return equal


def open_alone(made: list[tuple[Path, Dump]], folder: Path, passphrase: str, key: FileKey) -> int:
    """Take copies of an encrypted file to a place without any other file; return how many open there.

    The passphrase opens each of them by its own page, and what it holds is what was copied.
    """
    there = folder / "alone"
    for copy, then in made:
        there.mkdir(parents=True)
        alone = Path(shutil.copy(copy, there))
        shutil.copy(copy.with_name(copy.name + ".json"), there)
        assert unlock(alone, passphrase) == key, copy.name
        back = there / "back.fjdb"
        restore_backup(back, source=alone, key=key, asked=alone, actor="drill")
        assert unlock(back, passphrase) == key
        assert dump(back, without_last_act=True, key=key) == then, copy.name
        shutil.rmtree(there)
    return len(made)


def flip_each(file: Path, copy: Path, folder: Path, count: int, seed: int, key: FileKey | None = None) -> int:
    """Turn one bit of a copy, anywhere, and try to use it; return how many were noticed and refused."""
    draw = random.Random(seed)
    before, held = file.read_bytes(), [key] if key is not None else []
    broken = folder / copy.name
    folder.mkdir(exist_ok=True)
    shutil.copy(copy, broken)
    shutil.copy(copy.with_name(copy.name + ".json"), folder)
    noticed = 0
    for _time in range(count):
        at, bit = draw.randrange(broken.stat().st_size), 1 << draw.randrange(8)
        _turn(broken, at, bit)
        assert examine(chosen_copy(broken), keys=held).state is CopyState.DAMAGED, at
        try:
            restore_backup(file, source=broken, key=key)
        except StorageError:
            noticed += 1
        _turn(broken, at, bit)
    assert examine(chosen_copy(broken), keys=held).state is CopyState.WHOLE
    assert file.read_bytes() == before, "what was refused changed nothing"
    return noticed


def _turn(file: Path, at: int, bit: int) -> None:
    with file.open("rb+") as stream:
        stream.seek(at)
        old = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([old ^ bit]))


def back_up_beside_a_writer(file: Path, count: int) -> list[Backup]:
    """Copy a file again and again while another program commits to it; each copy is one whole state."""
    with closing(connect(file)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS drill_row (number INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("CREATE TABLE IF NOT EXISTS drill_sum (total INTEGER)")
        connection.execute("INSERT INTO drill_sum VALUES (0)")
        connection.commit()
    command = [sys.executable, "-m", "tests.backup_writer_child", str(file)]
    made: list[Backup] = []
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdin is not None
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "writing"
        try:
            with opened(file) as database:
                began = datetime.now()
                for number in range(count):
                    made.append(make_backup(database, now=began + timedelta(seconds=number)))  # noqa: PERF401
        finally:
            writer.stdin.close()
        answer = writer.stdout.read()
    assert writer.returncode == 0
    committed = int(answer.split()[-1])
    states = [_state_of(copy.path) for copy in made]
    assert states == sorted(states)
    assert states[-1] <= committed
    assert committed > 0
    return made


def _state_of(copy: Path) -> int:
    """How many transactions a copy holds; each wrote two rows and the total, all or none."""
    assert not sqlite_faults(copy)
    with closing(connect(copy, read_only=True)) as connection:
        rows = connection.execute("SELECT count(*) FROM drill_row").fetchone()[0]
        total = connection.execute("SELECT total FROM drill_sum").fetchone()[0]
    assert rows == 2 * total
    return int(total)

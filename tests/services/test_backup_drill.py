"""T-A6 and T-A7 in short; ``python -m tests.endurance restores`` and ``backup_races`` do them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models.sqlite_driver import FileKey
from tests import backup_drill as drill

pytestmark = pytest.mark.file_only("copies of files are made and brought back")

KEYS = {"plain": None, "encrypted": FileKey(bytes(range(32)))}


@pytest.mark.parametrize("kind", KEYS)
def test_every_copy_restored_is_what_the_file_was_then(tmp_path: Path, kind: str) -> None:
    key = KEYS[kind]
    file = drill.new_file(tmp_path / "work", key)
    made = drill.copies_with_dumps(file, 4, key)
    assert drill.restore_each(file, made, 1, key) == 4


@pytest.mark.parametrize("kind", KEYS)
def test_one_flipped_bit_is_noticed_and_refused(tmp_path: Path, kind: str) -> None:
    key = KEYS[kind]
    file = drill.new_file(tmp_path / "work", key)
    ((copy, _dump),) = drill.copies_with_dumps(file, 1, key)
    assert drill.flip_each(file, copy, tmp_path / "broken", 12, 1, key) == 12


def test_copies_beside_a_writer_are_each_one_whole_state(tmp_path: Path) -> None:
    file = drill.new_file(tmp_path / "work")
    assert len(drill.back_up_beside_a_writer(file, 8)) == 8

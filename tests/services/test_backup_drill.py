"""T-A6 and T-A7 in short; ``python -m tests.endurance restores`` and ``backup_races`` do them in full."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models import key_slots
from fujisawa_desktop.models.sqlite_driver import FileKey
from fujisawa_desktop.services.unlocking import prepare_slots
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


def test_encrypted_copies_open_alone_by_their_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)
    key = FileKey(bytes(range(32)))
    file = drill.new_file(tmp_path / "work", key)
    prepare_slots(file, key, "horse under 9 lamps")
    made = drill.copies_with_dumps(file, 2, key)
    assert drill.open_alone(made, tmp_path, "horse under 9 lamps", key) == 2

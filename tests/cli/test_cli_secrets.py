"""An encrypted file on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models import key_slots
from fujisawa_desktop.services.unlocking import is_encrypted, recovery_rows, unlock_with_passphrase
from tests.cli_driver import run_command
from tests.pdf_reading import pypdf_text

PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_slots, "_WORK", 2**10)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file whose first line is the passphrase."""
    path = tmp_path / "secret.txt"
    path.write_text(f"{PASSPHRASE}\nnot read\n", encoding="utf-8")
    return path


def test_an_encrypted_file_is_made_listed_backed_up_and_restored(tmp_path: Path, secret: Path) -> None:
    file, copy, paper = tmp_path / "a.fjdb", tmp_path / "copy" / "a.fjdb", tmp_path / "paper.pdf"
    door = ("--database", file, "--passphrase-file", secret)
    assert run_command(*door, "init", "--recovery-paper", paper).code == 0
    key = unlock_with_passphrase(file, PASSPHRASE)
    assert recovery_rows(key)[0].split()[0] in pypdf_text(paper.read_bytes())
    assert run_command(*door, "check").code == 0
    assert run_command(*door, "list", "applicants", "--format", "json").json == []
    copy.parent.mkdir()
    assert run_command(*door, "backup", copy).code == 0
    assert is_encrypted(copy)
    file.unlink()
    key_slots.slots_path(file).unlink()
    assert run_command(*door, "restore", copy).code == 0
    assert unlock_with_passphrase(file, PASSPHRASE) == key
    assert run_command(*door, "check").code == 0


def test_without_a_paper_the_recovery_key_is_told_once(tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "a.fjdb"
    answer = run_command("--database", file, "--passphrase-file", secret, "init")
    for row in recovery_rows(unlock_with_passphrase(file, PASSPHRASE)):
        assert row in answer.err
    assert answer.out == b""
    secret.write_text("\n".join(recovery_rows(unlock_with_passphrase(file, PASSPHRASE))).replace("\n", " "))
    assert run_command("--database", file, "--passphrase-file", secret, "check").code == 0


def test_nobody_is_asked_where_nobody_sits(tmp_path: Path, secret: Path) -> None:
    file = tmp_path / "a.fjdb"
    assert run_command("--database", file, "--passphrase-file", secret, "init").code == 0
    before = file.read_bytes()
    answer = run_command("--database", file, "check")
    assert answer.code == 2
    assert "--passphrase-file" in answer.err
    secret.write_text("another one entirely")
    assert run_command("--database", file, "--passphrase-file", secret, "check").code == 1
    assert run_command("--database", file, "--passphrase-file", tmp_path / "gone", "check").code == 2
    assert file.read_bytes() == before


def test_a_short_passphrase_makes_no_file(tmp_path: Path, secret: Path) -> None:
    secret.write_text("short")
    answer = run_command("--database", tmp_path / "a.fjdb", "--passphrase-file", secret, "init")
    assert answer.code == 1
    assert not (tmp_path / "a.fjdb").exists()

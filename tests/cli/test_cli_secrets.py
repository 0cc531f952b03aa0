"""An encrypted file on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models import key_slots
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.unlocking import (
    change_key,
    encrypt_file,
    is_encrypted,
    new_key,
    recovery_rows,
    unlock,
    unlock_with_passphrase,
)
from tests.cli_driver import run_command
from tests.pdf_reading import pypdf_text

pytestmark = pytest.mark.usefixtures("quick_guesses")

PASSPHRASE = "horse under 9 lamps"  # noqa: S105 - of files that live for a test


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


def named(tmp_path: Path, name: str, text: str) -> Path:
    """A file whose first line is a passphrase."""
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def copied(tmp_path: Path, secret: Path) -> tuple[Path, Path]:
    """An encrypted file, with a copy of it in its own folder of copies."""
    file = tmp_path / "a.fjdb"
    door = ("--database", file, "--passphrase-file", secret)
    assert run_command(*door, "init").code == 0
    copy = backup_dir(file) / "a-20261126-090000.fjdb"
    assert run_command(*door, "backup", copy).code == 0
    return file, copy


def test_the_copies_are_listed_and_opened_by_the_passphrase_of_their_day(
    tmp_path: Path, secret: Path
) -> None:
    file, copy = copied(tmp_path, secret)
    change_key(file, unlock(file, PASSPHRASE), new_key(), "boat beside 7 trees")
    answer = run_command("--database", file, "--passphrase-file", secret, "backups", "--json")
    assert answer.code == 0
    [one] = answer.json
    assert (one["file"], one["state"], one["encrypted"], one["usable"]) == (str(copy), "whole", True, True)
    assert one["counts"]["course"] == 2
    assert len(one["journal_head"]) == 64
    assert str(copy) in answer.err
    other = named(tmp_path, "other", "boat beside 7 trees")
    [one] = run_command("--database", file, "--passphrase-file", other, "backups", "--json").json
    assert (one["state"], one["usable"]) == ("locked", False)
    [one] = run_command("--database", file, "backups", "--json").json
    assert one["state"] == "locked"


def test_a_copy_is_looked_at_before_it_is_restored(tmp_path: Path, secret: Path) -> None:
    file, copy = copied(tmp_path, secret)
    before = file.read_bytes()
    door = ("--database", file, "--passphrase-file", secret)
    answer = run_command(*door, "restore", copy, "--preview", "--json")
    assert answer.code == 0
    assert (answer.json["lost"], answer.json["erased"], answer.json["state"]) == (0, [], "whole")
    other = named(tmp_path, "other", "boat beside 7 trees")
    answer = run_command("--database", file, "--passphrase-file", other, "--lang", "en", "restore", copy)
    assert answer.code == 1
    assert "the passphrase of the day on which it was made" in " ".join(answer.err.split())
    assert run_command("--database", file, "restore", copy).code == 2, "nobody is asked where nobody sits"
    assert file.read_bytes() == before


def test_a_copy_from_before_a_new_key_is_restored(tmp_path: Path, secret: Path) -> None:
    file, copy = copied(tmp_path, secret)
    old = unlock(file, PASSPHRASE)
    change_key(file, old, new_key(), "boat beside 7 trees")
    assert run_command("--database", file, "--passphrase-file", secret, "restore", copy).code == 0
    assert unlock(file, PASSPHRASE) == old
    assert run_command("--database", file, "--passphrase-file", secret, "check").code == 0
    [kept] = backup_dir(file).glob("*before-restore*.fjdb")
    assert unlock(kept, "boat beside 7 trees") != old


def test_a_plain_copy_bares_nothing_unless_that_is_said(tmp_path: Path, secret: Path) -> None:
    file, copy = tmp_path / "a.fjdb", tmp_path / "copy.fjdb"
    assert run_command("--database", file, "init").code == 0
    assert run_command("--database", file, "backup", copy).code == 0
    key = new_key()
    encrypt_file(file, key, PASSPHRASE)
    door = ("--database", file, "--passphrase-file", secret)
    answer = run_command(*door, "--lang", "en", "restore", copy)
    assert answer.code == 2
    assert "--encrypt" in answer.err
    assert unlock(file, PASSPHRASE) == key
    assert run_command("--database", file, "restore", copy, "--encrypt").code == 2, "which passphrase?"
    assert run_command(*door, "restore", copy, "--encrypt").code == 0
    assert unlock(file, PASSPHRASE) == key, "its own key, so its paper stays good"
    other = named(tmp_path, "other", "boat beside 7 trees")
    answer = run_command("--database", file, "--passphrase-file", other, "restore", copy, "--encrypt")
    new = unlock(file, "boat beside 7 trees")
    assert new != key
    assert all(row in answer.err for row in recovery_rows(new))
    answer = run_command("--database", file, "restore", copy, "--plain", "--json")
    assert answer.json["encrypted"] is False
    assert not is_encrypted(file)


def test_a_file_is_copied_with_its_encryption_or_openly_when_that_is_said(
    tmp_path: Path, secret: Path
) -> None:
    file, _copy = copied(tmp_path, secret)
    door = ("--passphrase-file", secret, "copy", file)
    assert run_command("copy", file, tmp_path / "b.fjdb").code == 2, "its passphrase is asked for"
    assert run_command(*door, tmp_path / "b.fjdb").code == 2
    assert not (tmp_path / "b.fjdb").exists()
    other, paper = named(tmp_path, "other", "boat beside 7 trees"), tmp_path / "paper.pdf"
    answer = run_command(*door, tmp_path / "b.fjdb", "--encrypt", other, "--recovery-paper", paper, "--json")
    assert answer.code == 0
    assert answer.json["counts"]["course"] == 2
    key = unlock(tmp_path / "b.fjdb", "boat beside 7 trees")
    assert recovery_rows(key)[0].split()[0] in pypdf_text(paper.read_bytes())
    assert run_command("--database", tmp_path / "b.fjdb", "--passphrase-file", other, "check").code == 0
    assert run_command(*door, tmp_path / "c.fjdb", "--plain").code == 0
    assert not is_encrypted(tmp_path / "c.fjdb")
    assert run_command(*door, tmp_path / "b.fjdb", "--encrypt", other).code in {1, 2}, (
        "there is a file already"
    )
    assert unlock(tmp_path / "b.fjdb", "boat beside 7 trees") == key
    assert run_command(*door, "postgresql+psycopg://office/internship", "--encrypt", other).code == 2

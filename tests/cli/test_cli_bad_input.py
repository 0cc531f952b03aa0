"""Files and databases that cannot be used: said clearly, with nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop.models.schema import APPLICATION_ID
from fujisawa_desktop.services.sample_data import SampleSet
from tests.cli_driver import Answer, is_japanese, on, run_command
from tests.tampering import tamper

HEADINGS = "整理番号,申込日時,氏名（漢字）,氏名（フリガナ）,生年月日,希望コース\n"
BAD_FILES: dict[str, bytes] = {
    "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    "empty.csv": b"",
    "blank.csv": b"\r\n\r\n",
    "headings-missing.csv": "氏名,住所\n山田　花子,藤沢市\n".encode(),
    "euc.csv": (HEADINGS + "100000000001,2024/10/02 10:00,見本　花子,ミホン　ハナコ,2004/01/02,DX\n").encode(
        "euc-jp"
    ),
    "half.csv": (HEADINGS + '100000000001,2024/10/02,"見本　花子,ミホン').encode(),
    "not-a-book.xlsx": b"PK\x03\x04 this is no workbook",
    "utf16.csv": (HEADINGS * 3).encode("utf-32"),
}


def is_clear(answer: Answer, code: int) -> None:
    assert (answer.code, answer.out) == (code, b""), answer.err
    assert is_japanese(answer.err)
    assert "Traceback" not in answer.err
    assert "プログラムの担当者" not in answer.err


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("kind", ["applicants", "decisions", "availability", "interviewers", "hours"])
def test_a_file_that_is_no_such_table(fresh: Path, tmp_path: Path, kind: str, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(BAD_FILES[name])
    before = fresh.read_bytes()
    is_clear(on(fresh)("import", kind, file, "--json"), 2)
    assert fresh.read_bytes() == before


@pytest.mark.parametrize("kind", ["applicants", "hours"])
def test_a_folder_and_a_missing_file(fresh: Path, tmp_path: Path, kind: str) -> None:
    is_clear(on(fresh)("import", kind, tmp_path), 2)
    is_clear(on(fresh)("import", kind, tmp_path / "missing.csv"), 2)


def test_a_file_of_another_kind(fresh: Path, samples: SampleSet) -> None:
    is_clear(on(fresh)("import", "hours", samples.rikunabi), 2)


def test_an_unknown_profile(fresh: Path, samples: SampleSet) -> None:
    answer = on(fresh)("import", "applicants", samples.rikunabi, "--profile", "another")
    is_clear(answer, 2)
    assert "rikunabi" in answer.err


def test_an_unknown_programme_makes_no_file(tmp_path: Path) -> None:
    for name in ("r99", str(tmp_path / "none.toml")):
        is_clear(on(tmp_path / "new.fjdb")("init", "--programme", name), 2)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_not_made_anew(worked: Path) -> None:
    before = worked.read_bytes()
    is_clear(on(worked)("init"), 2)
    assert worked.read_bytes() == before


@pytest.mark.parametrize("command", [("check",), ("list", "applicants"), ("plan",), ("pay", "2024-12")])
def test_a_database_that_is_missing(tmp_path: Path, command: tuple[str, ...]) -> None:
    is_clear(on(tmp_path / "missing.fjdb")(*command), 2)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_a_folder_or_something_else(tmp_path: Path) -> None:
    is_clear(on(tmp_path)("check"), 2)
    other = tmp_path / "other.fjdb"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE thing (x)")
    connection.close()
    text = tmp_path / "text.fjdb"
    text.write_text("名簿ではありません" * 200, encoding="utf-8")
    for file in (other, text):
        before = file.read_bytes()
        is_clear(on(file)("list", "applicants"), 2)
        assert file.read_bytes() == before


def test_a_newer_database_is_left_untouched(worked: Path) -> None:
    with sqlite3.connect(worked) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = worked.read_bytes()
    is_clear(on(worked)("list", "applicants"), 2)
    assert worked.read_bytes() == before


def test_a_damaged_page_is_found_by_the_check(worked: Path) -> None:
    with sqlite3.connect(worked) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_applicant_list'"
        (page,) = connection.execute(query).fetchone()
    connection.close()
    data = bytearray(worked.read_bytes())
    data[(page - 1) * 4096 : (page - 1) * 4096 + 64] = b"\xff" * 64
    worked.write_bytes(data)
    answer = on(worked)("check", "--json")
    assert answer.code == 1
    assert answer.json["whole"] is False
    assert answer.json["faults"]
    assert is_japanese(answer.err)


def test_a_journal_written_from_outside_is_found_by_the_check(worked: Path) -> None:
    tamper(worked, "UPDATE journal_entry SET actor = 'somebody else' WHERE seq = 3")
    tamper(worked, "UPDATE journal_payload SET data = x'00' WHERE seq = 2")
    answer = on(worked)("check", "--json")
    assert answer.code == 1
    assert answer.json["journal"]["broken_at"] == 2
    found = [(one["part"], one["kind"], one["seq"]) for one in answer.json["journal"]["findings"]]
    assert found == [("payload", "changed", 2), ("entry", "changed", 3)]
    assert all(one["text"] in answer.err for one in answer.json["journal"]["findings"])


def test_a_read_only_disk(worked: Path, samples: SampleSet, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    monkeypatch.setattr(
        "fujisawa_desktop.models.database.os.access",
        lambda path, mode: False if mode == os.W_OK else real(path, mode),
    )
    before = worked.read_bytes()
    is_clear(on(worked)("import", "hours", samples.hours), 2)
    assert on(worked)("list", "applicants", "--format", "json").code == 0
    assert worked.read_bytes() == before


def test_a_database_that_somebody_else_is_writing_to(
    worked: Path, samples: SampleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fujisawa_desktop.models.schema.BUSY_SECONDS", 0.05)
    holder = sqlite3.connect(worked, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        is_clear(on(worked)("import", "hours", samples.hours), 1)
        answer = on(worked)("list", "applicants", "--format", "json")
        is_clear(answer, 1)
        assert answer.out == b"", "no personal data leaves without a record of it"
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_output_that_cannot_be_written(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    is_clear(run("list", "applicants", "--format", "csv", "--out", tmp_path), 2)
    is_clear(run("list", "applicants", "--out", tmp_path / "no folder" / "list.xlsx"), 2)
    is_clear(run("backup", tmp_path), 2)
    is_clear(run("backup", worked / "inside a file.fjdb"), 2)


def test_an_address_that_is_none() -> None:
    is_clear(run_command("--database", "nonsense://", "check"), 2)


def test_people_who_are_not_there(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    is_clear(run("print", "roster", "--applicant", "nobody", "--out", tmp_path / "x.pdf"), 2)
    is_clear(run("appoint", "--applicant", "nobody"), 2)
    assert not (tmp_path / "x.pdf").exists()


def test_a_database_without_a_programme(empty_database: object, tmp_path: Path) -> None:
    is_clear(on(tmp_path / "test.fjdb")("list", "applicants"), 2)


def test_the_header_is_ours(worked: Path) -> None:
    assert int.from_bytes(worked.read_bytes()[68:72]) == APPLICATION_ID

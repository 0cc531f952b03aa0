"""Printing from the command line: numbers of the ledger, one file each, passwords, corrections."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.document_numbers import number_ledger
from fujisawa_desktop.services.issued_papers import IssuedRow, issued_papers
from fujisawa_desktop.services.programmes import current_programme_id
from tests.cli_driver import is_japanese, on

DAY = ("--dated", "2024-10-25")


def issued(database: Path) -> tuple[IssuedRow, ...]:
    with opened(database) as file:
        return issued_papers(file, programme_id=current_programme_id(file), kind="first-result")


def numbers(database: Path) -> list[tuple[int, int]]:
    with opened(database) as file:
        return [(row.number, row.papers) for row in number_ledger(file, sign="藤職", fiscal_year=2024)]


def some(database: Path, count: int) -> list[str]:
    """Return the portal numbers of people with a first result."""
    answer = on(database)("list", "applicants", "--format", "json")
    wanted = {"first-failed"}
    return [row["number"] for row in answer.json if row["status"] in wanted][:count]


def test_a_folder_gets_a_file_for_each_letter_with_a_number_each(worked: Path, tmp_path: Path) -> None:
    people = some(worked, 3)
    folder = tmp_path / "letters"
    folder.mkdir()
    run = on(worked)
    answer = run("print", "first-result", "--out", folder, "--applicant", *people, "--number", "each", *DAY)
    assert answer.code == 0, answer.err
    assert answer.out == b""
    assert "1～3" in answer.err
    assert sorted(path.stem.rpartition("_")[2] for path in folder.iterdir()) == sorted(people)
    assert numbers(worked) == [(1, 1), (2, 1), (3, 1)]
    assert {row.document_number for row in issued(worked)} == {f"藤職第{n}号" for n in (1, 2, 3)}
    for path in folder.iterdir():
        assert len(PdfReader(path).pages) == 1


def test_names_stand_in_file_names_only_when_asked_for(worked: Path, tmp_path: Path) -> None:
    (number,) = some(worked, 1)
    run = on(worked)
    for name, more in (("plain", ()), ("named", ("--names",))):
        folder = tmp_path / name
        folder.mkdir()
        assert run("print", "first-result", "--out", folder, "--applicant", number, *more).code == 0
    (plain,) = (tmp_path / "plain").iterdir()
    (named,) = (tmp_path / "named").iterdir()
    assert plain.stem.endswith(f"_{number}")
    assert named.stem.startswith(f"{plain.stem}_")


def test_one_number_typed_or_next(worked: Path, tmp_path: Path) -> None:
    first, second, third = some(worked, 3)
    run = on(worked)
    out = ("--out", tmp_path / "a.pdf")
    assert run("print", "first-result", *out, "--applicant", first, "--number", "３４１", *DAY).code == 0
    assert run("print", "first-result", *out, "--applicant", second, "--number", "next", *DAY).code == 0
    assert numbers(worked) == [(1, 0), (341, 1), (342, 1)], "the gap is shown"
    again = run("print", "first-result", *out, "--applicant", third, "--number", "341", *DAY)
    assert again.code == 1
    assert is_japanese(again.err)
    assert "341" in again.err
    assert len(issued(worked)) == 2
    more = ("--number", "341", "--same-number")
    assert run("print", "first-result", *out, "--applicant", third, *more, *DAY).code == 0
    assert numbers(worked) == [(1, 0), (341, 2), (342, 1)]


def test_a_correction_cites_what_was_sent(worked: Path, tmp_path: Path) -> None:
    (number,) = some(worked, 1)
    run = on(worked)
    out = ("--out", tmp_path / "a.pdf", "--applicant", number)
    refused = run("print", "first-result", *out, "--correct")
    assert refused.code == 1
    assert number in refused.err
    assert run("print", "first-result", *out, "--number", "next", *DAY).code == 0
    assert run("print", "first-result", *out, "--correct", "--dated", "令和6年10月28日").code == 0
    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text().replace("\n", "")
    assert "令和6年10月25日付け藤職第1号で通知しました内容に誤りがありました" in text
    assert [row.corrects_id is not None for row in issued(worked)].count(True) == 1


def test_the_day_to_accept_by_stands_on_the_final_result(worked: Path, tmp_path: Path) -> None:
    passed = [row["number"] for row in on(worked)("list", "appointments", "--format", "json").json][:1]
    answer = on(worked)(
        "print", "final-result", "--out", tmp_path / "a.pdf", "--applicant", *passed, "--reply-by", "R6.11.22"
    )
    assert answer.code == 0, answer.err
    assert "令和6年11月22日（金）" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()


def test_a_password_comes_from_a_file(worked: Path, tmp_path: Path) -> None:
    word = tmp_path / "password.txt"
    word.write_bytes("\ufeff合言葉 7\r\nこの行は読まない\r\n".encode())
    target = tmp_path / "a.pdf"
    run = on(worked)
    answer = run("print", "roster", "--out", target, "--password-file", word)
    assert answer.code == 0, answer.err
    assert "合言葉" not in answer.err
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(target)
    opened_again = pypdfium2.PdfDocument(target, password="合言葉 7")  # noqa: S106 - the one written above
    assert len(opened_again) > 0
    opened_again.close()


@pytest.mark.parametrize("content", [None, b"", b"\r\nsecond", b"\xff\xfe\xff"])
def test_a_file_without_a_password_is_refused(worked: Path, tmp_path: Path, content: bytes | None) -> None:
    word = tmp_path / "password.txt"
    if content is not None:
        word.write_bytes(content)
    before = worked.read_bytes()
    answer = on(worked)("print", "roster", "--out", tmp_path / "a.pdf", "--password-file", word)
    assert answer.code == 2
    assert is_japanese(answer.err)
    assert not (tmp_path / "a.pdf").exists()
    assert worked.read_bytes() == before


@pytest.mark.parametrize("option", ["--dated", "--reply-by"])
def test_a_date_that_is_none_is_wrong_use(worked: Path, tmp_path: Path, option: str) -> None:
    answer = on(worked)("print", "first-result", "--out", tmp_path / "a.pdf", option, "2024-02-30")
    assert (answer.code, answer.out) == (2, b"")
    assert "2024-02-30" in answer.err


def test_what_is_no_number_is_refused(worked: Path, tmp_path: Path) -> None:
    answer = on(worked)("print", "first-result", "--out", tmp_path / "a.pdf", "--number", "twelve")
    assert answer.code == 1
    assert "twelve" in answer.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_file_that_may_only_be_read_gives_no_numbers(
    worked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, people = on(worked), some(worked, 1)
    wanted = ("print", "first-result", "--applicant", *people)
    real = os.access
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
        refused = run(*wanted, "--out", tmp_path / "a.pdf", "--number", "next")
        plain = run(*wanted, "--out", tmp_path / "b.pdf")
    assert refused.code == 2
    assert is_japanese(refused.err)
    assert not (tmp_path / "a.pdf").exists()
    assert plain.code == 0, plain.err
    assert (tmp_path / "b.pdf").exists()
    assert issued(worked) == ()

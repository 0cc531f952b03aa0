"""What leaves the office about pay by commands: the bank file, the register in a layout, ledgers on paper."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from register_scene import (
    MISAKI,
    NET,
    RYOSUKE,
    SAKURA,
    TOTAL,
    YUI,
    Month,
    add_account,
    pay,
    state,
    stated_month,
    worked_month,
)

from fujisawa_desktop import cli_pay
from fujisawa_desktop.exchange.zengin import Contents, contents_of
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.bank_accounts import is_bank_day
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.recent import recent_acts
from tests.cli_driver import Run, is_japanese, on


def _coming_bank_day() -> date:
    """Return a day on which the bank takes a file of today, and of tomorrow."""
    day = date.today() + timedelta(days=7)
    while not is_bank_day(day):
        day += timedelta(days=1)
    return day


PAID_ON = _coming_bank_day()
DAY = PAID_ON.isoformat()


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


@pytest.fixture
def run(database: Database, tmp_path: Path) -> Run:
    """Commands on the file that the fixture holds open."""
    assert database.name
    return on(tmp_path / "r6.fjdb")


def test_the_bank_file_is_written_and_recorded(month: Month, run: Run, tmp_path: Path) -> None:
    target = tmp_path / "zengin.txt"
    answer = run("pay", "2024-12", "--format", "zengin", "--pay-date", DAY, "--out", target)
    assert (answer.code, answer.out) == (0, b""), answer.err
    data = target.read_bytes()
    assert contents_of(data) == Contents(4, TOTAL)
    assert data[54:58].decode() == f"{PAID_ON:%m%d}"
    assert "183,983" in answer.err
    piped = run("pay", "2024-12", "--format", "zengin", "--pay-date", DAY)
    assert piped.out == data
    assert "二重" in piped.err
    assert check_journal(month.database).broken_at is None


def test_what_goes_to_the_output_is_recorded_before_and_stands_in_no_folder(
    month: Month, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill at the moment of the output leaves no accounts outside the database."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[tuple[bytes, list[Path], str]] = []

    def deliver(data: bytes, *, binary: bool) -> None:
        assert not binary
        files = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".fjdb"]
        places = [path for path in files if data[120:160] in path.read_bytes()]
        seen.append((data, places, recent_acts(month.database, limit=1)[0].label.code))

    monkeypatch.setattr(cli_pay, "deliver", deliver)
    assert run("pay", "2024-12", "--format", "zengin", "--pay-date", DAY).code == 0
    ((data, places, label),) = seen
    assert contents_of(data) == Contents(4, TOTAL)
    assert places == []
    assert label == "transfer-file.written"


def test_who_cannot_be_paid_is_named_and_left_out_only_by_number(
    month: Month, run: Run, tmp_path: Path
) -> None:
    add_account(month, YUI, confirmed_at=None)
    target = tmp_path / "zengin.txt"
    words = ("pay", "2024-12", "--format", "zengin", "--pay-date", DAY, "--out", target)
    answer = run(*words)
    assert answer.code == 1
    assert YUI in answer.err
    assert "照合" in answer.err
    assert not target.exists()
    answer = run(*words, "--leave-out", YUI)
    assert answer.code == 1
    assert contents_of(target.read_bytes()) == Contents(3, TOTAL - NET[YUI])
    assert f"{YUI} 小鳥遊　結衣：振込データに入っていません" in answer.err
    assert run(*words, "--leave-out", "12345").code == 2


@pytest.mark.parametrize("day", ["2024-12-20", "2025-1-1"])
def test_days_without_banks_are_refused(month: Month, run: Run, tmp_path: Path, day: str) -> None:
    target = tmp_path / "zengin.txt"
    answer = run("pay", "2024-12", "--format", "zengin", "--pay-date", day, "--out", target)
    assert answer.code == 1
    assert not target.exists()
    answer = run("pay", "2024-12", "--format", "zengin", "--out", target)
    assert answer.code == 2
    assert "--pay-date" in answer.err


def test_nothing_stated_is_no_file(database: Database, programme_id: int, run: Run, tmp_path: Path) -> None:
    worked_month(database, programme_id)
    answer = run("pay", "2024-12", "--format", "zengin", "--pay-date", DAY, "--out", tmp_path / "z.txt")
    assert answer.code == 1
    assert is_japanese(answer.err)
    assert all(number in answer.err for number in NET)


def test_the_register_in_a_layout(month: Month, run: Run, tmp_path: Path) -> None:
    book = tmp_path / "register.xlsx"
    assert run("pay", "2024-12", "--layout", "full", "--out", book).code == 0
    sheet = openpyxl.load_workbook(book).active
    assert sheet is not None
    assert sheet.max_row == 6
    answer = run("pay", "2024-12", "--layout", "財務会計", "--format", "csv")
    rows = list(csv.reader(io.StringIO(answer.out.decode("cp932"), newline="")))
    assert {row[0]: int(row[-1]) for row in rows[1:]} == NET
    assert run("pay", "2024-12", "--layout", "ない様式", "--format", "csv").code == 2
    assert run("pay", "2024-12", "--layout", "full", "--format", "pdf").code == 2


def test_a_register_that_is_not_final(
    database: Database, programme_id: int, run: Run, tmp_path: Path
) -> None:
    month = worked_month(database, programme_id)
    state(month, numbers=[RYOSUKE, SAKURA])
    target = tmp_path / "register.csv"
    answer = run("pay", "2024-12", "--layout", "full", "--out", target)
    assert answer.code == 1
    assert MISAKI in answer.err
    assert YUI in answer.err
    assert not target.exists()
    answer = run("pay", "2024-12", "--layout", "full", "--reference", "--out", target)
    assert answer.code == 1
    assert target.read_bytes().decode("utf-8-sig").count("\r\n") == 1 + 2 + 1


def test_ledgers_on_paper(month: Month, run: Run, tmp_path: Path) -> None:
    for number in NET:
        pay(month, number)
    for kind in ("register", "transfer-list", "year-end"):
        target = tmp_path / f"{kind}.pdf"
        words = ("--month", "2024-12") if kind != "year-end" else ()
        answer = run("print", kind, "--out", target, *words)
        assert answer.code == 0, answer.err
        text = "".join(page.extract_text() for page in PdfReader(target).pages)
        assert "183,983" in text
        assert "楜澤" in text


def test_the_fixed_form_of_the_month(month: Month, run: Run) -> None:
    rows = run("pay", "2024-12", "--format", "json").json
    assert {row["number"]: row["net"] for row in rows} == NET
    assert set(rows[0]) == {"number", "minutes", "pay", "commuting", "tax", "insurance", "net"}

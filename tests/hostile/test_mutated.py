"""A few damaged files of every kind in each run; two thousand: ``python -m tests.endurance mutated``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, InputFileError
from fujisawa_desktop.models.backup_files import read_sidecar
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.figure_files import read_tax_table
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.programme_files import read_programme
from tests.hostile.mutants import FigureKind
from tests.hostile.mutated_runs import MOST_MEGABYTES, run_mutants

COUNT = 72


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted otherwise elsewhere")
def test_damaged_files_are_taken_or_refused_and_nothing_else(stages: dict[str, Path], tmp_path: Path) -> None:
    found = run_mutants(stages, tmp_path, COUNT, seed=7)
    assert found["faults"] == []
    assert found["tried"] == COUNT
    assert found["refused"] > COUNT // 4
    assert found["peak"] < MOST_MEGABYTES
    assert set(found["codes"]) <= set(texts.text_book().messages)


def test_a_programme_that_is_no_programme_is_refused_before_it_costs_memory(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    for data, code in (
        (b"a = " + b"[" * 100_000, "programme.file-syntax"),
        (b"x" * 3_000_000, "file.too-large"),
        (b"a = {b = " * 5_000, "programme.file-syntax"),
        (b"title = 'a'\n" * 3, "programme.file-syntax"),
    ):
        path.write_bytes(data)
        with pytest.raises(InputFileError) as caught:
            read_programme(path)
        assert caught.value.code == code


def test_the_page_beside_a_backup_may_hold_anything(tmp_path: Path) -> None:
    copy = tmp_path / "a.fjdb"
    page = tmp_path / "a.fjdb.json"
    for data in (
        b"",
        b"[" * 100_000,
        b"[]",
        b"1",
        b"null",
        b"{}",
        b'{"made_at": 1}',
        b"\xff\xfe",
        b'"' * 1_000,
    ):
        page.write_bytes(data)
        assert read_sidecar(copy) is None


@pytest.mark.parametrize("data", [b"=1+1,2\r\n3,4", b"1," * 2_000, b"\x00" * 100, b"PK\x03\x04" + b"x" * 100])
def test_a_tax_table_that_is_none_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(AppError):
        read_tax_table(path, FigureKind.TAX_MONTHLY)


def test_hours_of_a_file_that_grows_are_cut_at_the_limit(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes("申込番号,勤務日,開始,終了,休憩分\r\n".encode() + b"x" * 100_000_000)
    with pytest.raises(InputFileError) as caught:
        import_hours(database, programme_id=programme_id, file=path)
    assert caught.value.code == "file.too-large"

"""Files that were damaged on the way: refused in our words or read, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.exchange.applicant_rows import read_applicants
from fujisawa_desktop.exchange.hours_rows import read_hours
from fujisawa_desktop.exchange.profiles import map_table
from fujisawa_desktop.exchange.simple_rows import (
    read_availability,
    read_decisions,
    read_interviewers,
)
from fujisawa_desktop.exchange.tables_out import Sheet, xlsx_bytes
from fujisawa_desktop.exchange.tabular import parse_table
from fujisawa_desktop.paths import resources_dir
from tests.exchange.tables import OLD_XLS

SAMPLES = resources_dir() / "samples"
E_APPLICATION = b"\r\n".join((SAMPLES / "e-application.csv").read_bytes().split(b"\r\n")[:30])
RIKUNABI = b"\r\n".join((SAMPLES / "rikunabi.csv").read_bytes().split(b"\r\n")[:20])
HOURS = (SAMPLES / "hours.csv").read_bytes()


def as_sheet(data: bytes) -> bytes:
    table = parse_table(data, name="x")
    return xlsx_bytes(Sheet("a", table.headings, [row.cells for row in table.rows]))


SEEDS = (E_APPLICATION, RIKUNABI, HOURS, as_sheet(RIKUNABI), as_sheet(HOURS), OLD_XLS)


def take_in(data: bytes) -> int:
    """Read by every reader; returns how many applicants were read, -1 when it is no table."""
    try:
        table = parse_table(data, name="x")
    except InputFileError:
        return -1
    for reader in (read_decisions, read_availability, read_interviewers, read_hours):
        try:
            read = reader(table)
        except InputFileError:
            continue
        assert len(read.records) + len(read.rejections) == len(table.rows)
    try:
        found = read_applicants(table, map_table(table))
    except InputFileError:
        return 0
    assert len(found.records) + len(found.rejections) == len(table.rows)
    return len(found.records)


def flip(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def splice(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data))
    piece = dice.choice([b'"', b",", b"\r\n", b"\x00", b"\xff\xfe", b"\t" * 50, b"PK\x03\x04", data[:200]])
    return data[:place] + piece + data[place + dice.randrange(3) :]


@pytest.mark.parametrize("change", [flip, cut, splice])
@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_mutated_files_never_crash(change: Callable[[bytes, random.Random], bytes], seed: int) -> None:
    dice = random.Random(f"{change.__name__} {seed}")
    for _ in range(40):
        take_in(change(SEEDS[seed], dice))


def test_the_unmutated_files_are_read() -> None:
    assert [take_in(data) for data in SEEDS] == [29, 19, 0, 19, 0, 2]


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    take_in(data)


@settings(max_examples=200)
@given(st.text(alphabet="整理番号氏名,\"\t\r\n'=1あ�\ufeff\u2028 x", max_size=80))
def test_any_text_is_a_table_or_refused(text: str) -> None:
    take_in(("整理番号,氏名\r\n" + text).encode())

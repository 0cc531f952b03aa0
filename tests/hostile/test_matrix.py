"""Each text field with another hostile string, through every output; all: ``tests.endurance hostile``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.exchange.tables_out import Sheet, xlsx_bytes
from tests.hostile import judging
from tests.hostile.corpus import CORPUS, FAMILIES, STORED
from tests.hostile.doors import doors
from tests.hostile.fields import CODES, fields, text_columns
from tests.hostile.matrix import ROUNDS, Tally, compare_strangers, play
from tests.hostile.outputs import PaperKind, outputs
from tests.hostile.scene import at_stage

Stages = dict[str, Path]
HALF = "半\ud800"


def test_the_corpus_is_large_and_each_of_its_families_is_one() -> None:
    assert len(set(CORPUS)) == len(CORPUS) >= 100
    assert len(FAMILIES) >= 12
    assert all(FAMILIES.values())


def test_every_column_of_text_is_filled_or_is_a_choice() -> None:
    """A new column is attacked by itself; what is left out must exist and say why."""
    assert set(CODES) <= set(text_columns())
    assert {field.name for field in fields()} == set(text_columns()) - set(CODES)
    assert len(fields()) >= 150


def test_every_kind_of_paper_is_among_the_outputs() -> None:
    assert {f"paper {kind.value}" for kind in PaperKind} <= set(outputs())


@pytest.mark.parametrize("shift", [5, len(STORED) + 1])
def test_every_field_through_every_output(shift: int, stages: Stages, tmp_path: Path) -> None:
    tally = Tally()
    play(stages, tmp_path, shift, tally)
    assert tally.faults == []
    assert tally.cells > 1_500
    assert set(tally.strings) == {field.name for field in fields()}
    assert sum(tally.refused.values()) < 20
    assert len(tally.made) > 80


def test_other_peoples_rows_and_pages_stay_as_they_were(stages: Stages, tmp_path: Path) -> None:
    tally = Tally()
    compare_strangers(stages, tmp_path, 23, tally)
    assert tally.faults == []
    assert tally.strangers > 200


def test_each_output_is_made_in_one_of_the_rounds() -> None:
    assert len(STORED) < ROUNDS


def test_every_door_takes_a_text_or_says_why_not(stages: Stages, tmp_path: Path) -> None:
    """The forms' services, with each string in another of their fields, and a half letter in each."""
    path = tmp_path / "doors.fjdb"
    path.write_bytes(stages["whole"].read_bytes())
    taken = refused = 0
    with at_stage(path, tmp_path) as scene:
        known = doors(scene.database, scene.programme_id)
        for at, (name, door) in enumerate(known.items()):
            for text in (CORPUS[at % len(CORPUS)], CORPUS[(at + len(known)) % len(CORPUS)], HALF):
                try:
                    door(text)
                    taken += 1
                    assert text != HALF, name
                except AppError:
                    refused += 1
    assert len(known) > 70
    assert taken > 40
    assert refused > len(known)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("csv", '"氏名"\r\n"=1+1"\r\n'.encode("utf-8-sig")),
        ("csv", '"氏名"x\r\n"見本"\r\n'.encode("utf-8-sig")),
        ("tsv", "氏名\t番号\n見本\t=1+1".encode()),
        ("html", b"<table><tr><td><img src='x'></td></tr></table>"),
        ("eml", b"To: a@example.jp\r\nBcc: b@example.jp\r\nSubject: x\r\n\r\nx"),
        ("zengin", b"1" * 119 + b"\r\n"),
        ("json", b"\xff"),
    ],
)
def test_a_bad_file_is_noticed(kind: str, data: bytes) -> None:
    try:
        assert judging.judge(judging.Artifact(kind, "x", data))
    except ValueError:
        assert kind == "json"


def test_a_formula_in_a_sheet_is_noticed() -> None:
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Sheet("x", ("a",), [["b"]]))))
    book.active["A2"] = "=cmd|' /C calc'!A0"
    book.active["A3"].hyperlink = "http://example.jp"
    stream = io.BytesIO()
    book.save(stream)
    faults = judging.judge(judging.Artifact("xlsx", "x", stream.getvalue()))
    assert any("formula" in fault for fault in faults)
    assert any("link" in fault for fault in faults)

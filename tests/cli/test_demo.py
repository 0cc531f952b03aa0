"""The demonstration: everything it lists is there, it can be repeated, and it overwrites nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from fujisawa_desktop.services.databases import check_database, opened
from tests.cli_driver import is_japanese, on, run_command


@pytest.fixture
def made(tmp_path: Path, qapp: object) -> Path:
    before = dict(os.environ)
    answer = run_command("demo", "--out", tmp_path / "made", "--applicants", 60)
    assert answer.code == 0, answer.err
    listed = [Path(line.split("  ")[0]) for line in answer.out.decode().splitlines()]
    there = {path for path in (tmp_path / "made").rglob("*") if path.is_file()}
    assert set(listed) == there - {tmp_path / "made" / "README.txt"}
    assert dict(os.environ) == before
    return tmp_path / "made"


def test_the_demonstration_walks_the_whole_job(made: Path) -> None:
    with opened(made / "demo.fjdb") as database:
        assert check_database(database).is_whole
    run = on(made / "demo.fjdb")
    assert len(run("list", "applicants", "--format", "json").json) == 60
    assert run("list", "appointments", "--format", "json").json
    assert all(row["net"] > 0 for row in run("pay", "2024-12", "--format", "json").json)
    kinds = {paper.stem for paper in (made / "papers").iterdir()}
    assert {"acceptance", "appointment", "conditions", "change-consent", "change-notice"} <= kinds
    for paper in (made / "papers").iterdir():
        assert len(PdfReader(paper).pages) > 0
    for number, tab in enumerate(("home", "courses", "applicants", "interviews", "payroll"), 1):
        picture = QImage(str(made / "pictures" / f"{number}-{tab}.png"))
        assert (picture.width(), picture.height()) == (1280, 800)
        colours = {picture.pixelColor(x, y).rgb() for x in range(0, 1280, 8) for y in range(0, 800, 8)}
        assert len(colours) > 10


def test_it_can_be_repeated_in_its_own_folder(made: Path) -> None:
    (made / "papers" / "old.pdf").write_bytes(b"from before")
    assert run_command("demo", "--out", made, "--applicants", 40).code == 0
    assert not (made / "papers" / "old.pdf").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("大事な文書", encoding="utf-8")
    answer = run_command("demo", "--out", tmp_path)
    assert (answer.code, answer.out) == (2, b"")
    assert is_japanese(answer.err)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("x", encoding="utf-8")
    assert run_command("demo", "--out", tmp_path / "made").code == 2
    assert run_command("demo", "--out", tmp_path / "made" / "deeper").code == 2

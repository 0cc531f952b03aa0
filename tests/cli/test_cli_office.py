"""Labels, envelopes, rosters and the ledger by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.paper_options import (
    AddressOptions,
    RosterOptions,
    Tenths,
    remember_addresses,
    remember_roster,
)
from fujisawa_desktop.services.recent import recent_acts
from tests.cli_driver import is_japanese, on


def text_of(file: Path, page: int = 0) -> str:
    return PdfReader(file).pages[page].extract_text()


def test_labels_begin_at_the_face_and_sheet_that_were_typed(worked: Path, tmp_path: Path) -> None:
    run, file = on(worked), tmp_path / "labels.pdf"
    assert run("print", "labels", "--layout", "24-66x33.9", "--start", "20", "--out", file).code == 0
    assert text_of(file).count("様") == 5
    assert run("print", "labels", "--layout", "24-66x33.9", "--with-number", "--out", file).code == 0
    number = run("list", "applicants", "--format", "json").json[0]["number"]
    assert number in "".join(page.extract_text() for page in PdfReader(file).pages)


def test_only_people_in_a_state(worked: Path, tmp_path: Path) -> None:
    run, file = on(worked), tmp_path / "envelopes.pdf"
    assert run("print", "envelope", "--state", "appointed", "--out", file).code == 0
    assert len(PdfReader(file).pages) == 4
    answer = run("print", "envelope", "--state", "final-reserve", "accepted", "--out", tmp_path / "none.pdf")
    assert answer.code in {0, 1}
    assert run("print", "envelope", "--state", "hopeful", "--out", file).code == 2


def test_a_roster_with_its_columns(worked: Path, tmp_path: Path) -> None:
    run, file = on(worked), tmp_path / "roster.pdf"
    typed = ("--columns", "row, number,blank", "--order", "number", "--one-list", "--state", "appointed")
    assert run("print", "roster", *typed, "--out", file).code == 0
    (page,) = PdfReader(file).pages
    assert page.mediabox.height > page.mediabox.width, "three columns fit upright"
    text = page.extract_text()
    assert "備考" in text
    assert "フリガナ" not in text
    assert "受付番号順" in text


def test_without_options_it_is_as_remembered(worked: Path, tmp_path: Path) -> None:
    with opened(worked) as database:
        remember_roster(database, options=RosterOptions(columns=("name",), by_course=False))
        near = AddressOptions(layout="65-38.1x21.2", printer="窓口", tenths=Tenths(5, 5))
        remember_addresses(database, kind="labels", options=near)
    run = on(worked)
    assert run("print", "roster", "--out", tmp_path / "roster.pdf").code == 0
    assert "受付番号" not in text_of(tmp_path / "roster.pdf").replace("受付番号順", "")
    assert run("print", "labels", "--out", tmp_path / "labels.pdf").code == 0
    assert text_of(tmp_path / "labels.pdf").count("様") == 65
    assert run("print", "labels", "--printer", "窓口", "--out", tmp_path / "labels.pdf").code == 0
    answer = run("print", "labels", "--printer", "3階", "--out", tmp_path / "labels.pdf")
    assert answer.code == 2
    assert "窓口" in answer.err


@pytest.mark.parametrize("kind", ["labels", "envelope", "window-address"])
def test_a_test_page_is_written_and_recorded_nowhere(worked: Path, kind: str, tmp_path: Path) -> None:
    with opened(worked) as database:
        before = recent_acts(database, limit=1)
    answer = on(worked)("print", kind, "--test", "--out", tmp_path)
    assert answer.code == 0
    assert "試し刷り" in text_of(tmp_path / f"{kind}-test.pdf")
    with opened(worked) as database:
        assert recent_acts(database, limit=1) == before


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("labels", "--layout", "7"), 2),
        (("labels", "--start", "0"), 1),
        (("labels", "--start", "x"), 2),
        (("labels", "--columns", "name"), 2),
        (("envelope", "--start", "3"), 2),
        (("roster", "--columns", "name,salary"), 2),
        (("roster", "--order", "points"), 2),
        (("roster", "--test"), 2),
        (("first-result", "--one-list"), 2),
        (("dispatch-ledger",), 1),
        (("purge-certificate",), 1),
    ],
)
def test_what_does_not_fit_is_said_in_words(
    worked: Path, typed: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    answer = on(worked)("print", *typed, "--out", tmp_path / "x.pdf")
    assert answer.code == code
    assert is_japanese(answer.err)
    assert "Traceback" not in answer.err
    assert not (tmp_path / "x.pdf").exists()


def test_the_ledger_lists_the_letters_that_were_printed(worked: Path, tmp_path: Path) -> None:
    run = on(worked)
    assert run("print", "final-result", "--out", tmp_path / "letters.pdf").code == 0
    assert run("print", "dispatch-ledger", "--out", tmp_path / "ledger.pdf").code == 0
    text = text_of(tmp_path / "ledger.pdf")
    assert text.count("様") == len(PdfReader(tmp_path / "letters.pdf").pages)
    assert "発送簿" in text

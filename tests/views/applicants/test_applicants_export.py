from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from applicants_driver import Quiet, cells
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.applicants import ApplicantsTab, errands, exporting
from fujisawa_desktop.views.applicants.centre import PAPERS
from fujisawa_desktop.views.notify import Message

SaveAs = Callable[[Path | str, str], None]


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> SaveAs:
    def answer(path: Path | str, kind: str) -> None:
        monkeypatch.setattr(exporting.QFileDialog, "getSaveFileName", lambda *_args: (str(path), kind))

    return answer


def test_the_filtered_list_is_written_for_excel(
    tab: ApplicantsTab,
    quiet: Quiet,
    tmp_path: Path,
    save_as: SaveAs,
    messages: list[Message],
) -> None:
    tab.search.setText("新井")
    quiet()
    save_as(tmp_path / "list.xlsx", "Excel (*.xlsx)")
    tab.actions_served()["file.export"]()
    quiet()
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    rows = list(sheet.values)
    assert len(rows) == tab.model.rowCount() + 1
    assert [str(row[0]) for row in rows[1:6]] == cells(tab, "number", 5)
    assert messages[-1].text == "The list was written to list.xlsx."


def test_a_name_without_ending_gets_that_of_the_chosen_kind(
    tab: ApplicantsTab, quiet: Quiet, tmp_path: Path, save_as: SaveAs
) -> None:
    save_as(tmp_path / "list", "CSV for Excel (*.csv)")
    tab.acts.export()
    quiet()
    data = (tmp_path / "list.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))) == 401


def test_a_place_that_cannot_be_written_is_said(
    tab: ApplicantsTab,
    quiet: Quiet,
    tmp_path: Path,
    save_as: SaveAs,
    messages: list[Message],
) -> None:
    save_as(tmp_path / "nowhere" / "list.csv", "CSV for Excel (*.csv)")
    tab.acts.export()
    quiet()
    assert messages[-1].tone == "wrong"
    assert "list.csv was not written" in messages[-1].text


def test_deciding_against_it_writes_nothing(
    tab: ApplicantsTab, quiet: Quiet, save_as: SaveAs, messages: list[Message]
) -> None:
    save_as("", "")
    before = len(messages)
    tab.acts.export()
    quiet()
    assert len(messages) == before


def test_papers_are_opened_for_everybody_or_for_the_chosen(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    monkeypatch.setattr(
        errands, "begin_papers", lambda _desk, kind, _parent, numbers=None: asked.append((kind, numbers))
    )
    tab.actions_served()["papers.roster"]()
    tab.table.select_ranges([(1, 2)], 1)
    menu = tab.centre.papers_button.menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions() if action.text()]
    assert len(texts) == 2 * len(PAPERS)
    assert texts[-1].endswith("the 2 chosen")
    next(action for action in menu.actions() if action.text() == texts[-1]).trigger()
    next(action for action in menu.actions() if action.text() == texts[0]).trigger()
    quiet()
    assert asked == [
        ("roster", None),
        ("first-result", None),
        ("window-address", cells(tab, "number", 3)[1:]),
    ]

"""𠮷 is shown, and nobody who never meets it pays for the typeface it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, office_and_people
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.rare_letters import lacking

# A process of its own: a typeface once known to Qt stays known to the other tests.
SCRIPT = """
import sys
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QFontDatabase, QTextLayout
from PySide6.QtWidgets import QApplication
from fujisawa_desktop.views.theme import Scheme, apply_theme, body_font, load_fonts
from fujisawa_desktop.views.widgets import DataTable, LineEdit, PillRow, RunningText, TextArea, TextLabel
from fujisawa_desktop.views.widgets.text_cells import shortened
from fujisawa_desktop.views.widgets.text_table import TextTableModel

app = QApplication([])
load_fonts()
apply_theme(app, Scheme.LIGHT)

def faces():
    layout = QTextLayout("\\U00020bb7", body_font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [run.rawFont().familyName() for run in layout.glyphRuns()]

def table(text):
    shown = DataTable("")
    model = TextTableModel(shown)
    model.show_rows(("",), [(text,)])
    shown.setModel(model)
    return shown

def area(text):
    shown = TextArea()
    shown.set_text(text)
    return shown

WAYS = {
    "label": TextLabel, "running": RunningText, "line": LineEdit, "area": area, "table": table,
    "pill": lambda text: PillRow([(text, "key")]),
    "cell": lambda text: shortened(text, 200) and TextLabel(),
}

def show(text):
    widget = WAYS[sys.argv[1]](text)
    widget.show()
    widget.grab()
    app.processEvents()
    app.processEvents()
    return "IPAmjMincho" in QFontDatabase.families(), faces()

print(*show("髙橋　﨑　Yoshida ①☃😀"), sep="|")
print(*show("\\U00020bb7田"), sep="|")
"""


@pytest.mark.parametrize("way", ["label", "running", "line", "area", "table", "pill", "cell"])
def test_the_typeface_comes_with_the_first_letter_that_needs_it(way: str, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, way],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "FUJISAWA_DATA_DIR": str(tmp_path)},
    )
    before, after = found.stdout.splitlines()
    assert before.startswith("False|")
    assert after == "True|['IPAmjMincho']"


CALENDAR = """
import sys
from datetime import datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication
from fujisawa_desktop.services import databases
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.print_board import calendar_pdf
from fujisawa_desktop.views.theme import Scheme, apply_theme, load_fonts

app = QApplication([])
load_fonts()
apply_theme(app, Scheme.LIGHT)
file, out = map(Path, sys.argv[1:])
with databases.opened(file) as database:
    view = calendar(database, programme_id=current_programme_id(database))
    out.write_bytes(calendar_pdf(Board(view, view.days), datetime(2024, 10, 29, 9)))
"""


def test_a_calendar_is_printed_with_it_though_the_name_was_never_on_the_screen(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    view = office_and_people(database, programme_id, tmp_path, people=1)
    with unit_of_work(database, "test") as work:
        work.session.scalars(select(Applicant)).one().name_official = "𠮷田　蓮"
        work.commit()
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(view, 0),
        interviewer_id=interviewer_named(view, "佐野"),
        start=at(9),
        despite=True,
    )
    out = tmp_path / "calendar.pdf"
    subprocess.run(
        [sys.executable, "-c", CALENDAR, str(database.path), str(out)],
        check=True,
        env={**os.environ, "FUJISAWA_DATA_DIR": str(tmp_path)},
    )
    fonts = [font for page in PdfReader(out).pages for font in page["/Resources"]["/Font"].values()]
    assert any("IPAmj" in font["/BaseFont"] for font in fonts)


def test_only_kanji_that_cannot_be_shown_are_lacking(qapp: QApplication) -> None:
    assert lacking("𠮷田") == "𠮷"
    assert lacking("髙﨑鷗葛󠄀 ①☃😀 Ünal ｱ") == ""

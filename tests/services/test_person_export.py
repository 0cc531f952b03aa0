"""Everything held about one person: each stored field is in the file, nobody else is, judges by letter."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pdf_reading import pages_text
from retention_scene import sentinels, walked
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import (
    Applicant,
    Appointment,
    EntryKind,
    Interviewer,
    JournalEntry,
    JournalSubject,
    Reviewer,
    Setting,
)
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.person_export import (
    _lines,
    disclosure_words,
    export_person,
    person_by_number,
    person_data,
)
from fujisawa_desktop.services.person_tables import HELD, rows_of, table_of
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.retention_settings import WITHHELD
from fujisawa_desktop.services.unit_of_work import unit_of_work

_NAMED = {"reviewer_id", "interviewer_id", "holder_id", "first_id", "second_id"}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Database]:
    database = open_database(walked(tmp_path))
    yield database
    database.dispose()


@pytest.fixture
def person(file: Database) -> int:
    """Somebody with every kind of record: appointed, with hours and pay."""
    with file.read() as session:
        return session.scalars(select(Appointment.applicant_id)).first() or 0


def _exported(file: Database, person: int, folder: Path) -> zipfile.ZipFile:
    done = export_person(file, applicant_id=person, folder=folder, label=texts.paper_label, actor="職員")
    return zipfile.ZipFile(done.file)


def _as_json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def test_read_back_it_shows_every_stored_field(file: Database, person: int, tmp_path: Path) -> None:
    told = json.loads(_exported(file, person, tmp_path).read("data.json"))
    with file.read() as session:
        ids = rows_of(session, [person])
        assert sum(bool(some) for some in ids.values()) > 20
        for held in HELD:
            table = table_of(held.table)
            rows = session.execute(select(table).where(table.c.id.in_(ids[held.table])).order_by(table.c.id))
            found = told["tables"].get(held.table, [])
            stored = [{name: _as_json(value) for name, value in row.items()} for row in rows.mappings()]
            assert len(found) == len(stored), held.table
            for one, other in zip(found, stored, strict=True):
                assert set(one) == set(other)
                assert {n: v for n, v in one.items() if n not in _NAMED} == {
                    n: v for n, v in other.items() if n not in _NAMED
                }


def test_nobody_else_is_in_it(file: Database, person: int, tmp_path: Path) -> None:
    archive = _exported(file, person, tmp_path)
    text = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    text += "".join(pages_text(archive.read("保有個人情報.pdf")))
    others = [one for one in sentinels(file) if one.applicant_id != person]
    assert len(others) > 50
    assert [one.name for one in others if one.name in text and len(one.name) > 3] == []
    with file.read() as session:
        judges = [*session.scalars(select(Reviewer.name)), *session.scalars(select(Interviewer.name))]
    data = archive.read("data.json").decode()
    assert "採点者A" in data
    assert judges
    told = json.loads(data)
    for table in ("review", "interview_review", "interview_seat"):
        column = "reviewer_id" if table == "review" else "interviewer_id"
        assert all(str(row[column]).startswith("採点者") for row in told["tables"].get(table, []))


def test_a_clerk_may_have_judges_named(file: Database, person: int, tmp_path: Path) -> None:
    with unit_of_work(file, "retention.periods", actor="test") as work:
        work.session.add(Setting(key=WITHHELD, value=False))
        work.commit()
    told = json.loads(_exported(file, person, tmp_path).read("data.json"))
    with file.read() as session:
        names = set(session.scalars(select(Reviewer.name)))
    assert {row["reviewer_id"] for row in told["tables"]["review"]} <= names


def test_the_csv_files_and_the_pages_say_the_same(file: Database, person: int, tmp_path: Path) -> None:
    archive = _exported(file, person, tmp_path)
    told = json.loads(archive.read("data.json"))
    lines = list(csv.reader(io.StringIO(archive.read("csv/勤務.csv").decode("utf-8-sig"))))
    assert len(lines) == 1 + len(told["tables"]["shift"])
    pages = "".join(pages_text(archive.read("保有個人情報.pdf")))
    with file.read() as session:
        one = session.get_one(Applicant, person)
        for text in (one.name, one.mail):
            assert text.replace("　", "") in pages.replace("　", "").replace(" ", "").replace("\n", "")
    assert [name for name in archive.namelist() if name.startswith("papers/")]


def test_codes_of_the_program_are_words(file: Database, person: int, tmp_path: Path) -> None:
    words = disclosure_words()["values"]
    assert [code.value for code in (*TaxColumn, *CommutingMode) if code.value not in words] == []
    with unit_of_work(file, "test.act", actor="test") as work:
        mine = work.session.scalars(select(Appointment).where(Appointment.applicant_id == person)).one()
        mine.usual_week = {"0": "終", "2": "半"}
        work.commit()
        column = mine.tax_column
    archive = _exported(file, person, tmp_path)
    (line,) = csv.DictReader(io.StringIO(archive.read("csv/任用.csv").decode("utf-8-sig")))
    assert line["ふだんの勤務"] == "月：終　水：半"
    assert line["税額表の欄"] == words[column]
    assert words[column] in "".join(pages_text(archive.read("保有個人情報.pdf")))


def test_a_text_of_any_length_stands_whole_on_the_pages(file: Database, person: int, tmp_path: Path) -> None:
    """A list cuts a cell after four lines; who asks what is held about them is shown all of it."""
    long = "".join(f"第{number}回の電話の内容、" for number in range(100))
    note = f"𠮷{long}https://example.jp/{'a' * 300}葛\U000e0100終"
    with unit_of_work(file, "test.act") as work:
        work.session.get_one(Applicant, person).note = note
        work.commit()
    archive = _exported(file, person, tmp_path)
    pages = "".join("".join(pages_text(archive.read("保有個人情報.pdf"))).split())
    assert "…" not in pages
    assert all(f"第{number}" in pages for number in range(100))
    data = person_data(file, applicant_id=person, label=texts.paper_label)
    rows = [row for row in _lines(data) if row[2].startswith("メモ")]
    assert [row[2] for row in rows] == ["メモ", *["メモ（続き）"] * (len(rows) - 1)]
    assert "".join(row[3] for row in rows) == note
    assert not any(row[3].startswith("\U000e0100") for row in rows)


def test_the_journal_tells_what_was_done_and_that_it_was_exported(
    file: Database, person: int, tmp_path: Path
) -> None:
    before = undo_state(file)
    told = json.loads(_exported(file, person, tmp_path).read("data.json"))
    with file.read() as session:
        about = session.scalars(
            select(JournalSubject.seq).where(JournalSubject.subject_id == person).order_by(JournalSubject.seq)
        ).all()
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert last is not None
        assert (last.kind, last.label) == (EntryKind.EXPORTED, "person.exported")
        assert set(last.params) == {"rows", "papers"}
    assert [entry["seq"] for entry in told["journal"]] == sorted(set(about) - {last.seq})
    assert undo_state(file) == before, "what was written to a file hinders no undo"


def test_a_person_is_found_by_number(file: Database) -> None:
    programme = current_programme_id(file)
    with pytest.raises(NotFoundError) as missing:
        person_by_number(file, programme_id=programme, number="なし")
    assert missing.value.code == "person.number-unknown"
    with pytest.raises(NotFoundError):
        export_person(file, applicant_id=10**6, folder=Path(), label=texts.paper_label)

"""保有個人情報の写し: everything the file holds about one person, for who asks to see it (開示請求)."""

from __future__ import annotations

import io
import json
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.exchange.file_names import safe_stem
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.tables_out import Sheet, csv_bytes
from fujisawa_desktop.models import (
    Applicant,
    Course,
    Criterion,
    Entry,
    InterviewCriterion,
    Interviewer,
    JournalEntry,
    JournalSubject,
    Reviewer,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.calendar import WEEKDAYS
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.issued_papers import reprint
from fujisawa_desktop.services.outgoing import export_files
from fujisawa_desktop.services.person_tables import APPLICANT, HELD, group_of, rows_of, table_of
from fujisawa_desktop.services.retention_settings import withholds_names
from fujisawa_desktop.services.table_files import ListWords, list_pdf

_RATERS: Final = {
    ("review", "reviewer_id"): "reviewer",
    ("interview_review", "interviewer_id"): "interviewer",
    ("interview_seat", "interviewer_id"): "interviewer",
}
"""Columns that lead to who judged; the name is given, or a letter in its place."""
_UNITS: Final = ("interview_unit", "holder_id")
_TECHNICAL: Final = frozenset({"search_key", "sort_key", "version", "digest", "sha256", "snapshot", "moved"})
"""Columns left out of what is read on paper; they are in the data."""
_CODED: Final = frozenset(
    {
        *("recommendation", "reason_code", "channel", "outcome", "method", "flag", "kind", "source"),
        *("tax_column", "commuting_mode"),
    }
)
"""Texts that are codes of the program."""
_PIECE: Final = 120
"""Signs (half widths) that a cell holds on its four lines even if all are wide and a line breaks early."""
OTHERS: Final[dict[tuple[str, str], str]] = {
    ("suspected_duplicate", "first_id"): "the other of the two is another person",
    ("suspected_duplicate", "second_id"): "the other of the two is another person",
}
"""Columns whose value may be another person's; that person's number is withheld."""
OTHER_PERSON: Final = "withheld"
LabelOf = Callable[[str, Mapping[str, Any]], str]
"""``texts.label``: what an act is called."""


@dataclass(frozen=True, slots=True)
class PersonExport:
    """A finished file.

    Attributes:
        rows: how many rows of the file it holds.
        papers: how many issued papers it holds as PDF.
    """

    file: Path
    rows: int
    papers: int
    change: ChangeSet | None


@dataclass(frozen=True, slots=True)
class PersonData:
    """Everything held about one person.

    Attributes:
        tables: rows by table, each with every column; judges by letter where names are withheld.
        journal: (number, moment, what was done) of each act about the person.
        called: for columns that lead to courses and to what is judged, their names by number.
    """

    number: str
    name: str
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    journal: Sequence[tuple[int, datetime, str]]
    called: Mapping[tuple[str, str], Mapping[int, str]] = field(default_factory=lambda: MappingProxyType({}))


@cache
def disclosure_words() -> Mapping[str, Any]:
    """Return the Japanese words for tables and columns; the paper is for the person who asked."""
    path = resources_dir() / "disclosure" / "words.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def person_data(database: Database, *, applicant_id: int, label: LabelOf) -> PersonData:
    """Return everything held about one person, those who turned out to be the same person with it.

    Raises:
        NotFoundError: ``applicant.gone``.
    """
    with database.read() as session:
        person = session.get(Applicant, applicant_id)
        if person is None:
            raise NotFoundError("applicant.gone")
        group = set(group_of(session, [applicant_id]))
        tables = _tables(session, group)
        numbers = [str(row["number"]) for row in tables["entry"]]
        return PersonData(
            number=numbers[0] if numbers else "",
            name=person.name,
            tables={name: rows for name, rows in tables.items() if rows},
            journal=_journal(session, group, label),
            called=_called(session),
        )


def _called(session: Session) -> dict[tuple[str, str], dict[int, str]]:
    courses: dict[int, str] = dict(session.execute(select(Course.id, Course.name)).all())
    first: dict[int, str] = dict(session.execute(select(Criterion.id, Criterion.name)).all())
    final: dict[int, str] = dict(
        session.execute(select(InterviewCriterion.id, InterviewCriterion.name)).all()
    )
    leading = [held.table for held in HELD if "course_id" in table_of(held.table).c]
    return {
        **{(name, "course_id"): courses for name in leading},
        ("score", "criterion_id"): first,
        ("interview_score", "criterion_id"): final,
    }


def _tables(session: Session, group: set[int]) -> dict[str, list[dict[str, Any]]]:
    judges = _Judges(session)
    found: dict[str, list[dict[str, Any]]] = {}
    ids = rows_of(session, group)
    for held in HELD:
        table = table_of(held.table)
        rows: list[dict[str, Any]] = []
        for start in range(0, len(ids[held.table]), 500):
            some = ids[held.table][start : start + 500]
            query = select(table).where(table.c.id.in_(some)).order_by(table.c.id)
            rows += [dict(row) for row in session.execute(query).mappings()]
        for row in rows:
            judges.withhold(held.table, row)
            for name, column in OTHERS:
                if held.table == name and row[column] not in group:
                    row[column] = OTHER_PERSON
        found[held.table] = rows
    return found


class _Judges:
    """Who judged: by name, or by a letter that is the same all through."""

    def __init__(self, session: Session) -> None:
        self._letters: dict[tuple[str, int], str] = {}
        self._names: dict[tuple[str, int], str] = {}
        if not withholds_names(session):
            for model in (Reviewer, Interviewer):
                query = select(model.id, model.name)
                self._names.update({(model.__tablename__, key): name for key, name in session.execute(query)})

    def withhold(self, table: str, row: dict[str, Any]) -> None:
        for (name, column), kind in _RATERS.items():
            if name == table:
                row[column] = self._called(kind, row[column])
        if table == _UNITS[0] and row["holder"] == "interviewer":
            row[_UNITS[1]] = self._called("interviewer", row[_UNITS[1]])

    def _called(self, kind: str, key: int) -> str:
        if (kind, key) in self._names:
            return self._names[kind, key]
        letters = self._letters
        if (kind, key) not in letters:
            letter = chr(ord("A") + len(letters) % 26) * (1 + len(letters) // 26)
            letters[kind, key] = str(disclosure_words()["rater"]).format(letter=letter)
        return letters[kind, key]


def _journal(session: Session, group: set[int], label: LabelOf) -> list[tuple[int, datetime, str]]:
    # Not DISTINCT: a server cannot compare the JSON of two entries.
    concerning = select(JournalSubject.seq).where(
        JournalSubject.kind == APPLICANT, JournalSubject.subject_id.in_(group)
    )
    query = (
        select(JournalEntry.seq, JournalEntry.at, JournalEntry.label, JournalEntry.params)
        .where(JournalEntry.seq.in_(concerning))
        .order_by(JournalEntry.seq)
    )
    return [(seq, at, label(code, params)) for seq, at, code, params in session.execute(query)]


# --- the file ----------------------------------------------------------------


def export_person(
    database: Database,
    *,
    applicant_id: int,
    folder: Path,
    label: LabelOf,
    with_papers: bool = True,
    actor: str | None = None,
    made_at: datetime | None = None,
) -> PersonExport:
    """Write everything held about one person into one zip file, and record that it was written.

    The file holds ``data.json`` (every stored column), a csv file for each kind of record, a PDF to
    read, and each paper as it was issued.

    Raises:
        NotFoundError: ``applicant.gone``.
        StorageError: the file cannot be written.
    """
    made_at = made_at or datetime.now().replace(microsecond=0)
    data = person_data(database, applicant_id=applicant_id, label=label)
    papers = dict(_papers(database, data)) if with_papers else {}
    words = disclosure_words()
    stem = f"{words['file_name']}_{data.number}_{made_at:%Y%m%d-%H%M%S}"
    file = folder / f"{safe_stem(stem)}.zip"
    rows = sum(len(some) for some in data.tables.values())
    with FileSet(folder) as files:
        files.add(file.name, zip_bytes(data, papers, made_at))
        change = export_files(
            database,
            "person.exported",
            files,
            actor=actor,
            subjects=[(APPLICANT, applicant_id)],
            rows=rows,
            papers=len(papers),
        )
    return PersonExport(file, rows, len(papers), change)


def zip_bytes(data: PersonData, papers: Mapping[str, bytes], made_at: datetime) -> bytes:
    """Return the zip file of what is held about a person."""
    words = disclosure_words()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{words['file_name']}.pdf", person_pdf(data, made_at))
        archive.writestr("data.json", json_of_person(data, made_at))
        for name, rows in data.tables.items():
            archive.writestr(f"csv/{words['tables'][name]}.csv", _csv(name, rows))
        journal = Sheet(words["journal"], tuple(words["columns_of_journal"]), list(data.journal))
        archive.writestr(f"csv/{words['journal']}.csv", csv_bytes(journal))
        for name, pdf in papers.items():
            archive.writestr(f"papers/{name}", pdf)
    return packed.getvalue()


def json_of_person(data: PersonData, made_at: datetime) -> bytes:
    """Return every stored column of every row about a person, by the names of tables and columns."""
    whole = {
        "made_at": made_at,
        "number": data.number,
        "name": data.name,
        "tables": data.tables,
        "journal": [{"seq": seq, "at": at, "act": act} for seq, at, act in data.journal],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode() + b"\n"


def _plain(value: object) -> object:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)


def person_pdf(data: PersonData, made_at: datetime) -> bytes:
    """Return what is held about a person as pages to read, one line for each field that says something."""
    words = disclosure_words()
    rows = list(_lines(data))
    rows += [(words["journal"], str(seq), f"{at:%Y-%m-%d %H:%M}", act) for seq, at, act in data.journal]
    title = f"{words['title']}　{data.number}　{data.name}"
    around = ListWords(words["counted"], words["made"])
    return list_pdf(title, tuple(words["columns_of_paper"]), rows, around, made_at=made_at)


def _lines(data: PersonData) -> Iterator[tuple[str, str, str, str]]:
    words = disclosure_words()
    for name, rows in data.tables.items():
        for place, row in enumerate(rows, start=1):
            for column, value in row.items():
                known = data.called.get((name, column), {})
                shown = known.get(value, value) if isinstance(value, int) else value
                if column in _TECHNICAL or _is_link(column, shown):
                    continue
                said = words["columns"][column]
                for piece in _pieces(_text(shown, column)):
                    yield words["tables"][name], str(place), said, piece
                    said = words["continued"].format(column=words["columns"][column])


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of which each cell holds one whole: a list would cut what is longer."""
    piece, width = "", 0
    for sign in text:
        if width >= _PIECE and unicodedata.category(sign) != "Mn":  # a mark stays with its letter
            yield piece
            piece, width = "", 0
        piece += sign
        width += 1 if sign.isascii() else 2
    if piece:
        yield piece


def _is_link(column: str, value: object) -> bool:
    return isinstance(value, int) and (column == "id" or column.endswith("_id"))


def _text(value: object, column: str = "") -> str:
    """Return a stored value as somebody reads it; nothing for what is empty."""
    if value is None or value in ("", [], {}):
        return ""
    words = disclosure_words()
    if isinstance(value, bool):
        return str(words["yes"] if value else words["no"])
    if isinstance(value, list | dict):
        return _listed(value, column)
    if isinstance(value, Enum) or (isinstance(value, str) and column in _CODED):
        code = value.value if isinstance(value, Enum) else value
        return str(words["values"].get(code, code))
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def _listed(value: list[Any] | dict[str, Any], column: str) -> str:
    if column == "raw" and isinstance(value, list):
        return "　".join(f"{heading}：{cell}" for heading, cell in value if cell)
    if column == "usual_week" and isinstance(value, dict):
        return "　".join(f"{WEEKDAYS[int(day)]}：{typed}" for day, typed in sorted(value.items()))
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _csv(name: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    words = disclosure_words()
    columns = list(rows[0])
    return csv_bytes(
        Sheet(
            words["tables"][name],
            tuple(words["columns"][column] for column in columns),
            [tuple(_cell(row[column], column) for column in columns) for row in rows],
        )
    )


def _cell(value: object, column: str) -> str | int | float | date | datetime | time | None:
    if isinstance(value, bool | list | dict | Enum) or column in _CODED:
        return _text(value, column)
    if value is None or isinstance(value, str | int | float | date | datetime | time):
        return value
    return str(value)


def _papers(database: Database, data: PersonData) -> Iterator[tuple[str, bytes]]:
    """Yield the papers as they were issued; one whose form is not known any more is in the data only."""
    for row in data.tables.get("notice", ()):
        try:
            made = reprint(database, notice_ids=[int(row["id"])])
        except RuleError:
            continue
        yield f"{int(row['id']):05}_{made.file_name}", made.pdf


def person_by_number(database: Database, *, programme_id: int, number: str) -> int:
    """Return whose portal number this is.

    Raises:
        NotFoundError: ``person.number-unknown``.
    """
    query = select(Entry.applicant_id).where(Entry.programme_id == programme_id, Entry.number == number)
    with database.read() as session:
        found = session.scalars(query.order_by(Entry.id)).first()
    if found is None:
        raise NotFoundError("person.number-unknown", number=number)
    return found

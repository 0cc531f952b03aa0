# ruff: noqa: S608 - the names in the statements are those of our own tables
"""Every text column of the models, found by itself, and what fills it with the corpus."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import JSON, String, Table
from sqlalchemy import Enum as EnumType
from sqlcipher3 import dbapi2 as sqlite3

import fujisawa_desktop.models.registry  # noqa: F401 - all tables
from fujisawa_desktop.models import Base
from tests.hostile.corpus import STORED, WRITABLE

CODES: Final[Mapping[str, str]] = {
    "appointment.commuting_mode": "a choice of rules.commuting",
    "appointment.pay_rounding": "a choice of rules.pay",
    "appointment.student_type": "a choice of rules.insurance",
    "appointment.tax_column": "a choice of rules.withholding",
    "appointment.usual_week": "days as the grid reads them back; what it cannot read is refused at the door",
    "announcement.counts": "figures only",
    "calendar_event.digest": "made by the program",
    "calendar_event.uid": "made by the program",
    "contact.use": "what papers look a contact up by",
    "dated_figure.figures": "figures only",
    "dated_figure.kind": "a choice of rules.figures",
    "dispatch.channel": "a choice of the ledger",
    "dispatch.kind": "a choice of the mails",
    "dispatch.sha256": "made by the program",
    "document_number.kind": "a choice of the papers",
    "entry.source": "a choice of the portals",
    "erasure.counts": "figures only",
    "erasure.category": "a choice of rules.retention",
    "flag_ruling.flag": "a choice of the flags",
    "hours_correction.after": "clocks only",
    "hours_correction.before": "clocks only",
    "hand_in.kind": "a choice of rules.hand_ins",
    "import_batch.columns": "headings and fields; what a field is called is a choice",
    "import_batch.counts": "figures only",
    "import_batch.encoding": "a choice of the readers",
    "import_profile.encoding": "a choice of the readers",
    "import_profile.source": "a choice of the portals",
    "import_batch.kind": "a choice of the imports",
    "import_batch.sha256": "made by the program",
    "import_profile.columns": "as of batches",
    "import_profile.fingerprint": "made by the program",
    "import_row.outcome": "a choice of the imports",
    "import_row.reason": "a code of texts and what it names",
    "interview_draft.assumptions": "keys and moments only",
    "interview_draft.figures": "figures only",
    "interview_draft.basis": "made by the program",
    "interview_review.recommendation": "a choice of the sheet",
    "journal_entry.actor": "filled by an act: triggers keep the journal as it is",
    "journal_entry.hash": "made by the program",
    "journal_entry.label": "a code of texts",
    "journal_entry.params": "filled by acts, as above",
    "journal_entry.payload_digest": "made by the program",
    "journal_entry.previous_hash": "made by the program",
    "journal_subject.kind": "the name of a table",
    "month_confirmation.digest": "made by the program",
    "notice.kind": "a choice of the papers",
    "notice.sha256": "made by the program",
    "outgoing_set.files": "names the program made safe, for moments only",
    "outgoing_set.folder": "a folder of this machine",
    "outgoing_set.machine": "the name of this machine",
    "paper_template.kind": "a choice of the papers",
    "person_merge.moved": "keys only",
    "saved_view.columns": "names of columns",
    "suspected_duplicate.reasons": "choices of rules.duplicates",
    "programme.minimum_wages": "days and figures only",
    "pay_statement.cause": "a choice of the pay",
    "payment.method": "a choice of the payments",
    "programme.commuting_mode": "a choice of rules.commuting",
    "programme.pay_rounding": "a choice of rules.pay",
    "programme.tax_column": "a choice of rules.withholding",
    "reply.channel": "a choice of the replies",
    "reply.reason_code": "a choice of the replies",
    "retention_rule.category": "a choice of rules.retention",
    "setting.key": "a name the program gives",
}
"""Columns of text in which no person's text can stand, and why; every other one is filled."""

WORDINGS: Final = frozenset(
    {"appointment.conditions", "programme.texts", "programme.conditions", "paper_template.body"}
)
"""Templates: what Jinja would read there is refused when it is typed and never gets that far."""
_BRACES: Final = str.maketrans("", "", "{}%")
SEALED: Final = frozenset(
    {
        "applicant.mail",
        "programme.transfer",
        "register_layout.body",
        "transfer_account.account_number",
        "transfer_account.bank_code",
        "transfer_account.bank_kana",
        "transfer_account.branch_code",
        "transfer_account.branch_kana",
        "transfer_account.employee_code",
        "transfer_account.holder_kana",
        "transfer_account.unit_code",
    }
)
"""What an output refuses in words as long as it is hostile: every third row is left as it is,
so that the rest of that output is tried too."""
EXTRA: Final[Mapping[str, Mapping[str, Any]]] = {
    "applicant_note": {
        "kind": "shared",
        "text": "見本",
        "written_at": "2024-10-20 09:00:00",
        "actor": "見本",
    },
    "availability_text": {"text": "見本", "received_on": "2024-10-20", "is_confirmed": 0},
    "closed_day": {"day": "2024-12-27", "name": "見本"},
    "course_rule": {"position": 1, "heading": "見本", "words": '["見本"]'},
    "decision_correction": {
        "old_result": "fail",
        "new_result": "pass",
        "reason": "見本",
        "corrected_at": "2024-11-20 09:00:00",
        "actor": "見本",
    },
    "dispatch": {
        "kind": "first-pass",
        "channel": "mail",
        "address": "mihon@example.jp",
        "subject": "見本",
        "body": "見本",
        "sha256": "0" * 64,
        "written_at": "2024-10-25 09:00:00",
        "actor": "見本",
        "note": "見本",
    },
    "erasure": {
        "category": "rejected",
        "kept_from": "2024-04-01",
        "kept_until": "2025-03-31",
        "counts": '{"applicant":1}',
        "method": "見本",
        "basis": "見本",
        "erased_at": "2026-04-02 09:00:00",
        "actor": "見本",
        "witness": "見本",
    },
    "flag_ruling": {
        "flag": "late",
        "verdict": "waived",
        "reason": "見本",
        "ruled_at": "2024-10-20 09:00:00",
        "actor": "見本",
    },
    "import_profile": {
        "name": "見本",
        "source": "e-application",
        "fingerprint": "0" * 64,
        "columns": '{"columns":[["氏名","name"]]}',
        "encoding": "",
    },
    "interview_criterion": {"position": 1, "name": "見本", "guidance": "見本", "max_points": 5, "weight": 1},
    "interview_need": {"minutes": 30, "needs_support": 0, "note": "見本"},
    "interview_review": {"recommendation": "", "comment": "見本", "saved_at": "2024-11-10 09:00:00"},
    "paper_template": {
        "kind": "labels",
        "edition": 1,
        "body": '{"title":"見本"}',
        "made_at": "2024-10-20 09:00:00",
        "actor": "見本",
        "note": "見本",
    },
    "register_layout": {
        "name": "見本",
        "body": '{"columns":[{"field":"number","heading":"見本"},{"field":"name","heading":"見本名"}]}',
    },
    "retention_rule": {"category": "rejected", "years": 3, "basis": "見本"},
    "saved_view": {"position": 1, "name": "見本", "query": '{"text":"見本"}', "columns": '["name","number"]'},
    "seat": {"login": "見本", "role": "clerk", "name": "見本"},
}
"""One row for each table that the demonstration leaves empty."""
SHAPES: Final = {
    "appointment.conditions": '{"renewal":"見本"}',
    "person_merge.kept_before": '{"name_entered":"見本　花"}',
    "programme.interview_panel": '["見本"]',
}
"""What JSON holds when it holds texts, where the demonstration leaves it empty."""

Draw = Callable[[int, int, int, str], str]
"""``draw(field, row, part, old)`` → the text that is put there; ``part`` counts within JSON."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is filled; ``at`` is its place among all of them."""

    at: int
    table: str
    column: str
    is_json: bool
    nullable: bool

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


def tables() -> list[Table]:
    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def text_columns() -> list[str]:
    """Return every column that can hold a text, choices included."""
    return [
        f"{table.name}.{column.name}"
        for table in tables()
        for column in table.columns
        if isinstance(column.type, String | JSON) and not isinstance(column.type, EnumType)
    ]


def fields() -> tuple[Field, ...]:
    """Return the columns that are filled, in order of their names."""
    names = [name for name in text_columns() if name not in CODES]
    found = []
    for at, name in enumerate(names):
        table, _dot, column = name.partition(".")
        known = Base.metadata.tables[table].columns[column]
        found.append(Field(at, table, column, isinstance(known.type, JSON), bool(known.nullable)))
    return tuple(found)


def rotating(shift: int) -> Draw:
    """Return what gives each field and row another string; in as many rounds as strings each field has all.

    Halves of letters stand in no row: neither the driver nor the JSON that is stored takes them.  Rounds
    beyond the number of strings take only those that CP932 can write.
    """
    known = STORED if shift < len(STORED) else WRITABLE
    sealed = {field.at for field in fields() if field.name in SEALED}

    def draw(field: int, row: int, part: int, old: str) -> str:
        if field in sealed and (row + shift) % 3 == 0:
            return old
        return known[(field + (row + part) * 11 + shift) % len(known)]

    return draw


class Filler:
    """Writes texts past all doors, straight into the rows, as an older version or a tool might have."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(str(path))
        self.cells = 0
        self.strings: dict[str, set[str]] = {}

    def enrich(self) -> None:
        """Give every table that has no row one of its own."""
        for name, values in EXTRA.items():
            if self._rows(f'SELECT count(*) FROM "{name}"')[0][0] == 0:
                self._insert(Base.metadata.tables[name], dict(values))
        for name, value in SHAPES.items():
            table, _dot, column = name.partition(".")
            self._connection.execute(f'UPDATE "{table}" SET "{column}" = ?', (value,))
        self._connection.commit()

    def clear(self, table: str) -> None:
        """Take all rows out of a table."""
        self._connection.execute(f'DELETE FROM "{table}"')
        self._connection.commit()

    def empty(self) -> list[str]:
        """Return the tables of filled columns that have no row."""
        names = sorted({field.table for field in fields()})
        return [name for name in names if not self._rows(f'SELECT 1 FROM "{name}" LIMIT 1')]

    def fill(
        self, draw: Draw, *, chosen: Sequence[Field] | None = None, only: frozenset[int] | None = None
    ) -> None:
        """Put a text into every cell of every field; ``only``: of these applicants, nothing they share."""
        for field in fields() if chosen is None else chosen:
            key = next(iter(Base.metadata.tables[field.table].primary_key.columns)).name
            rows = self._rows(f'SELECT "{key}", "{field.column}" FROM "{field.table}" ORDER BY 1')
            for at, (row, old) in enumerate(rows):
                if only is None or self._owner(field.table, row) in only:
                    self._put(field, key, row, at, old, draw)
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()

    def _put(self, field: Field, key: str, row: object, at: int, old: Any, draw: Draw) -> None:
        if field.is_json:
            new = self._json(field, at, old, draw)
        else:
            new = drawn(field, draw(field.at, at, 0, str(old or "")))
            self.strings.setdefault(field.name, set()).add(new)
        statement = f'UPDATE "{field.table}" SET "{field.column}" = ? WHERE "{key}" = ?'
        try:
            self._connection.execute(statement, (new, row))
        except sqlite3.IntegrityError:
            self._connection.execute(statement, (f"{new}{row}", row))  # each must be another one
        self.cells += 1

    def _json(self, field: Field, at: int, old: Any, draw: Draw) -> str:
        count = iter(range(100_000))

        def another(text: str) -> str:
            new = drawn(field, draw(field.at, at, next(count), text))
            self.strings.setdefault(field.name, set()).add(new)
            return new

        return json.dumps(_changed(json.loads(old or "null"), another))

    def _owner(self, table: str, row: object, depth: int = 0) -> int | None:
        """Return the applicant a row is about, by the keys it holds."""
        if table == "applicant":
            return int(str(row))
        found = Base.metadata.tables[table]
        key = next(iter(found.primary_key.columns)).name
        for column in found.columns:
            for foreign in column.foreign_keys:
                target = foreign.column.table.name
                if depth > 4 or target in {table, "programme", "course", "import_batch"}:
                    continue
                value = self._rows(f'SELECT "{column.name}" FROM "{table}" WHERE "{key}" = ?', row)[0][0]
                owner = None if value is None else self._owner(target, value, depth + 1)
                if owner is not None:
                    return owner
        return None

    def _insert(self, table: Table, values: dict[str, Any]) -> None:
        for column in table.columns:
            if column.foreign_keys and column.name not in values and not column.nullable:
                target = next(iter(column.foreign_keys)).column
                place = f'SELECT "{target.name}" FROM "{target.table.name}" ORDER BY 1 LIMIT 1'
                found = self._rows(place)
                if not found:
                    return  # the job has not come so far
                values[column.name] = found[0][0]
        if "version" in table.columns:
            values["version"] = 1
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self._connection.execute(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(values.values())
        )

    def _rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self._connection.execute(statement, values))


def drawn(field: Field, text: str) -> str:
    """Return a text that the field may hold: no wording has what its door refuses, or is blank."""
    if field.name not in WORDINGS:
        return text
    plain = text.translate(_BRACES)
    return plain if plain.strip() else "見本"


def _changed(value: Any, another: Callable[[str], str]) -> Any:
    """Return JSON with every text a person wrote changed: codes, days and clocks hold no Japanese."""
    if isinstance(value, str):
        return value if value.isascii() else another(value)
    if isinstance(value, list):
        return [_changed(part, another) for part in value]
    if isinstance(value, dict):
        return {key: _changed(part, another) for key, part in value.items()}
    return value

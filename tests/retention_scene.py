"""A programme walked through the whole job, years later: who is in the file, and what is left of whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select

from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.models import Applicant, Base, Entry, JournalPayload
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal import unpack
from fujisawa_desktop.services.retention import candidates
from fujisawa_desktop.services.retention_erasing import ErasureResult, erase

LATER = date(2060, 4, 1)
"""Every period of everybody is over."""
WITNESS = "立会　花子"


@dataclass(frozen=True)
class Sentinels:
    """What a person is known by: found anywhere, something of the person is left."""

    applicant_id: int
    name: str
    texts: tuple[str, ...]
    contacts: tuple[str, ...] = ()
    """Those that nothing but the application holds."""


@cache
def walked_bytes(applicants: int) -> bytes:
    """Return a file with a programme from the press release to the pay of two months; made once a run."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for name in FOLDERS:
            (place / name).mkdir()
        walk(place / "demo.fjdb", applicants=applicants, tell=lambda _step: None)
        return (place / "demo.fjdb").read_bytes()


def walked(folder: Path, applicants: int = 60) -> Path:
    """Return a fresh copy of such a file in a folder."""
    path = folder / "walked.fjdb"
    path.write_bytes(walked_bytes(applicants))
    return path


def sentinels(database: Database) -> list[Sentinels]:
    """Return by what everybody in the file is known: name, reading, address, telephone, mail, number."""
    with database.read() as session:
        numbers: dict[int, list[str]] = {}
        for person, number in session.execute(select(Entry.applicant_id, Entry.number)):
            numbers.setdefault(person, []).append(number)
        found = [
            Sentinels(
                one.id,
                one.name,
                tuple(
                    text
                    for text in (
                        one.name_entered,
                        one.name_official,
                        one.kana,
                        one.address,
                        one.phone,
                        one.mail,
                        *numbers.get(one.id, ()),
                    )
                    if text and len(text) > 3
                ),
                (one.address, one.phone, one.mail),
            )
            for one in session.scalars(select(Applicant).order_by(Applicant.id))
        ]
    shared = [text for one in found for text in one.texts]
    return [
        Sentinels(one.applicant_id, one.name, own, tuple(text for text in own if text in one.contacts))
        for one in found
        for own in (tuple(text for text in one.texts if shared.count(text) == 1),)
    ]


def everything_in(database: Database) -> str:
    """Return all that the file holds as one text: its raw bytes, and what its journal says unpacked."""
    assert database.path is not None
    with database.read() as session:
        acts = [unpack(data)[0] for data in session.scalars(select(JournalPayload.data))]
        rows: list[Any] = [
            list(row)
            for table in Base.metadata.sorted_tables
            if table.name != "journal_payload"
            for row in session.execute(select(table))
        ]
    written = json.dumps([acts, rows], ensure_ascii=False, default=str)
    return database.path.read_bytes().decode("utf-8", errors="replace") + written


def found_in(text: str, people: list[Sentinels]) -> list[str]:
    """Return which texts of these people are found."""
    return [one for person in people for one in person.texts if one in text]


def erase_due(database: Database, programme_id: int, today: date = LATER, **options: Any) -> ErasureResult:
    """Erase what is due, confirmed by two people."""
    chosen = {"categories": options["categories"]} if "categories" in options else {}
    due = candidates(database, programme_id=programme_id, today=today, **chosen)
    return erase(
        database,
        programme_id=programme_id,
        confirmed=len(due),
        witness=WITNESS,
        today=today,
        actor="職員",
        **options,
    )

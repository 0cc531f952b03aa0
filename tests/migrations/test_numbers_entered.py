"""Letters that were issued before there was a ledger have their numbers in it after the migration."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import text

from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.migrate import downgrade, upgrade
from fujisawa_desktop.services.document_numbers import next_number, number_ledger


def notice(programme_id: int, number: str, dated: date) -> Notice:
    return Notice(
        programme_id=programme_id,
        kind="first-result",
        document_number=number,
        dated=dated,
        issued_at=datetime(2024, 10, 25, 17),
        snapshot={"form": "LetterSpec", "spec": {}},
        sha256="",
    )


def test_numbers_of_older_letters_are_not_free(database: Database, programme_id: int) -> None:
    october, april = date(2024, 10, 25), date(2025, 4, 1)
    typed = [
        ("12", october),
        ("12", october),
        ("１５", october),
        ("12の2", october),
        ("", october),
        ("3", april),
    ]
    with database.write() as session:
        session.add_all([notice(programme_id, number, dated) for number, dated in typed])
        session.commit()
    with database.engines.writer.begin() as connection:
        downgrade(connection, "0003")
        upgrade(connection)
        assert connection.execute(text("SELECT count(*) FROM notice")).scalar() == len(typed)
    rows = number_ledger(database, sign="藤職", fiscal_year=2024)
    assert [(row.number, row.last, row.use, row.papers) for row in rows] == [
        (1, 11, None, 0),
        (12, 12, "issued", 2),
        (13, 14, None, 0),
        (15, 15, "issued", 0),
    ]
    assert (rows[1].dated, rows[1].taken_at) == (october, datetime(2024, 10, 25, 17))
    assert next_number(database, sign="藤職", fiscal_year=2025) == 4

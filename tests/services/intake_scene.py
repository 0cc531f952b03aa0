"""Portal files in miniature, for tests of intake and selection."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import text

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants

DX, CHILD = "「DX・スマートシティ」コース", "「子ども・子育て政策」コース"
PERSON = {
    "整理番号": "1001",
    "申込日時": "2024/10/01 09:15:03",
    "処理状況": "処理待ち",
    "氏名（漢字）": "楜澤　涼介",
    "氏名（フリガナ）": "クルミザワ　リョウスケ",
    "生年月日": "2004/02/29",
    "電話番号": "09000000001",
    "メールアドレス": "a@example.ac.jp",
    "大学・大学院名": "見本大学",
    "希望コース": DX,
    "勤務可能曜日": "月曜日;水曜日",
    "志望理由": "学びたいです。",
}
OTHER = {
    "整理番号": "1002",
    "氏名（漢字）": "髙橋　葵",
    "氏名（フリガナ）": "タカハシ　アオイ",
    "生年月日": "2003/05/05",
    "電話番号": "09000000002",
    "メールアドレス": "b@example.ac.jp",
    "希望コース": CHILD,
}
TABLES = (
    "applicant",
    "entry",
    "application",
    "entry_answer",
    "import_batch",
    "import_row",
    "suspected_duplicate",
)


def portal_file(path: Path, *people: Mapping[str, str]) -> Path:
    """Write rows that differ from PERSON in the given cells."""
    headings = list(dict.fromkeys([*PERSON, *(name for person in people for name in person)]))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        writer.writerows([{**PERSON, **person}.get(name, "") for name in headings] for person in people)
    return path


def take_in(database: Database, programme_id: int, folder: Path, *people: Mapping[str, str]) -> ImportResult:
    """Import such rows."""
    path = portal_file(folder / "portal.csv", *people)
    return import_applicants(database, programme_id=programme_id, file=path, actor="test")


def counts(database: Database) -> dict[str, int]:
    """Count the rows of every table an import writes."""
    with database.read() as session:
        return {name: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}  # noqa: S608


def row_of(database: Database, programme_id: int, number: str) -> ApplicantRow:
    """Return the list's row of one portal number."""
    rows = list_page(database, ListQuery(programme_id), 0, 10_000)
    return next(row for row in rows if row.number == number)

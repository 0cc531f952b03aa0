"""Small tables for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fujisawa_desktop.exchange.applicant_rows import ApplicantsRead, read_applicants
from fujisawa_desktop.exchange.profiles import map_table
from fujisawa_desktop.exchange.table import Kind, Row, Table

COURSES = ("DX", "スマートシティ", "子ども", "子育て")
GOOD: Mapping[str, str] = {
    "整理番号": "123456789012",
    "申込日時": "2024/10/01 09:15:03",
    "処理状況": "処理待ち",
    "氏名（漢字）": "楜澤　涼介",
    "氏名（フリガナ）": "クルミザワ　リョウスケ",
    "生年月日": "2004/02/29",
    "大学・大学院名": "見本大学",
    "希望コース": "「DX・スマートシティ」コース",
    "勤務可能曜日": "月曜日;水曜日",
    "志望理由": "一行目",
}


def table(headings: Sequence[str], *rows: Sequence[str]) -> Table:
    return Table(
        tuple(headings), tuple(Row(n, tuple(row)) for n, row in enumerate(rows, start=2)), "utf-8", Kind.CSV
    )


def read(headings: Sequence[str], *rows: Sequence[str]) -> ApplicantsRead:
    made = table(headings, *rows)
    return read_applicants(made, map_table(made, course_words=COURSES))


def read_with(*changes: Mapping[str, str]) -> ApplicantsRead:
    """Read good rows with some cells changed; new headings are added at the end."""
    headings = list(dict.fromkeys([*GOOD, *(name for change in changes for name in change)]))
    return read(headings, *[[{**GOOD, **change}.get(name, "") for name in headings] for change in changes])

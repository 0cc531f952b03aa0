"""The samples' people in other clothes: other headings, orders, codes and formats."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from xml.sax.saxutils import escape

from fujisawa_desktop.exchange.tables_out import Sheet, xlsx_bytes
from fujisawa_desktop.exchange.tabular import read_table
from fujisawa_desktop.paths import resources_dir

SAMPLES = resources_dir() / "samples"
Rows = list[list[str]]

OTHER_HEADINGS: Mapping[str, str] = {
    "整理番号": "受付番号（必須）",
    "申込日時": "受付日時",
    "処理状況": "状況",
    "氏名（漢字）": "お名前【必須】",
    "氏名（フリガナ）": "ふりがな",
    "生年月日": "誕生日",
    "郵便番号": "〒",
    "住所": "ご住所",
    "電話番号": "日中連絡がとれる電話番号",
    "メールアドレス": "Ｅメール",
    "大学・大学院名": "在籍大学名",
    "学部・研究科": "学部等",
    "学科・専攻": "専攻名",
    "卒業予定年月": "修了予定年月",
    "希望コース": "応募コース",
    "勤務可能曜日": "参加可能曜日",
}


def e_application() -> Rows:
    """Return the sample of 電子申請, headings first."""
    table = read_table(SAMPLES / "e-application.csv")
    return [list(table.headings), *(list(row.cells) for row in table.rows)]


def renamed(rows: Rows) -> Rows:
    return [[OTHER_HEADINGS.get(heading, heading) for heading in rows[0]], *rows[1:]]


def shuffled(rows: Rows) -> Rows:
    order = list(range(len(rows[0])))
    random.Random(3).shuffle(order)
    return [[row[n] for n in order] for row in rows]


def one_hot(rows: Rows) -> Rows:
    at = rows[0].index("勤務可能曜日")
    days = "月火水木金"
    made = [[*rows[0][:at], *days, *rows[0][at + 1 :]]]
    for row in rows[1:]:
        marks = ("○" if day in row[at] else "" for day in days)
        made.append([*row[:at], *marks, *row[at + 1 :]])
    return made


def split_names(rows: Rows) -> Rows:
    name, kana = rows[0].index("氏名（漢字）"), rows[0].index("氏名（フリガナ）")
    made = [["姓", "名", "セイ", "メイ", *(cell for n, cell in enumerate(rows[0]) if n not in {name, kana})]]
    for row in rows[1:]:
        parts = [*row[name].partition("\u3000")[::2], *row[kana].partition("\u3000")[::2]]
        made.append([*parts, *(cell for n, cell in enumerate(row) if n not in {name, kana})])
    return made


def serial_dates(rows: Rows) -> Rows:
    """Write days as a spreadsheet stores them, and some in era years or full width."""
    at = rows[0].index("生年月日")
    made = [rows[0]]
    for number, row in enumerate(rows[1:]):
        try:
            day = date(*map(int, row[at].split("/")))
        except ValueError:
            made.append(row)
            continue
        forms = (
            str((day - date(1899, 12, 30)).days),
            f"平成{day.year - 1988}年{day.month}月{day.day}日",
            f"H{day.year - 1988}.{day.month}.{day.day}",
            f"{day:%Y%m%d}",
            f"{day:%Y／%m／%d}".translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        )
        made.append([*row[:at], forms[number % len(forms)], *row[at + 1 :]])
    return made


def both_courses(rows: Rows) -> Rows:
    """Let every third person ask for both courses in one cell."""
    at = rows[0].index("希望コース")
    both = "「DX・スマートシティ」コース；「子ども・子育て政策」コース"
    return [[*row[:at], both, *row[at + 1 :]] if n and n % 3 == 0 else row for n, row in enumerate(rows)]


def text(rows: Rows, encoding: str, *, separator: str = ",", mark: str = "") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return (mark + stream.getvalue()).encode(encoding)


def xlsx(rows: Rows) -> bytes:
    return xlsx_bytes(Sheet("応募者", rows[0], rows[1:]))


def ods(rows: Rows) -> bytes:
    spaces = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0"'
    head = "".join(f" {spaces.format(name)}" for name in ("office", "table", "text"))
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    body = f'<table:table table:name="a">{lines}</table:table>'
    content = (
        f'<?xml version="1.0"?><office:document-content{head}><office:body><office:spreadsheet>'
        f"{body}</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def _cell(cell: str) -> str:
    if not cell:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


def each(*steps: Callable[[Rows], Rows]) -> Rows:
    """Return the sample after several changes."""
    rows = e_application()
    for step in steps:
        rows = step(rows)
    return rows

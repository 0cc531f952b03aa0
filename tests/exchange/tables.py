"""Small tables for tests."""

from __future__ import annotations

import base64
import zlib
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


OLD_XLS = zlib.decompress(
    base64.b64decode(
        # Excel 97 form, zlib and base64: headings in row 2, rows 3 and 5.
        "eNrtWE1IVFEU/u77mRlFZ0YbAxVMhKxUcKYWtUinBstFKGZBGqFpDpKJxjAuclGWugyKVkobwRYRWBFkUkTtWkRGLfqh"
        "UIsgaBUUtVBf55x5U2oFDpRkvO9xz733O/eee+7vu+89nsyaHrmeN4MlqISOeSsNrgWcopCWzPhBesviZDL2ULAcrCqk"
        "eWgiXSZuZz508xzyfM9AwzXjPkngDYVDOI7a7q5o4QoiIj60KPahgqTCRWK8yBWvskUeEblG5FUpeUfkDmHOiqygstPq"
        "ICbDtSXb7FXcoBWJzgu2Oy51XgoTQg4e8Co+dU4lyprYGTva0rnKFAVGBkZBE1od7YrGOO/DJaQDjYTympryqqppBGiy"
        "R/HZKgQ+JXf1vUKHX1legfivi3n3b3gPTeJS/oJmAH2wDssmGaRFHTFYo6tXzVP1Zt8sGuXQ5mBAxaOueEfPl31U2NeZ"
        "uZ+YdT3xJk/7u6gJldGU334jOBucCBL/YnhPB4I9A7QvqhrIZDAY2qxDRZ6PTz06T/mKUGkonQ3LCeJfdIJkys7KINkG"
        "n6SzZH/5qQuzlz8+qWmtCzcL0ydvjcS7ZT13BRZOcw2q7BXWFD1rSqRGqcgzYjVf0nkiA1SS4uK6HDuxu1/KDIi2mNrZ"
        "Inga3rAgvZHSgx/23ioYfBveROmx6pnewNiz8AiKaMjaqD4//ShTZWp4iDERTsbKPodei8z96UzyaH7pgQHLfoH6MEe7"
        "kLksIRI5Hh31PafZY5XI6ZTTbVvaElu65hWObQXyhu5uj3CdxGjzeJ3UOKeRl731GhI6tmfa9oxf+GaIPZfdviG23LYt"
        "Q3y7svW9rWNbPHuVWjZusiN08v5AOhw4cODAgQMHDhz8e+B7J1/ddPuObdo3eLf9X2eOwrzzm+S/RT266YnTR+UudFEc"
        "w4mU1s9amCppSy2zTvJ/IeMAtR7DMbSKH8dSXr/0BaYW9mfZFf1/bgul2v58Kn7+5fa/AXht6vw="
    )
)

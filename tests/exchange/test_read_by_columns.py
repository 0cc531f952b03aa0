"""A file is read column by column; every row must come out as if it had been read alone, cell by cell."""

from __future__ import annotations

from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fujisawa_desktop.exchange.applicant_rows import ApplicantsRead, read_applicants
from fujisawa_desktop.exchange.column_uses import mapping_of
from fujisawa_desktop.exchange.columns import ColumnMapping
from fujisawa_desktop.exchange.table import Kind, Row, Table

TYPED = {
    # No bare numbers: how long the others are is the one thing that a row cannot tell alone.
    "number": ["A1", "A２", '="A3"', "", "1.2E+11", "#N/A", " A4 "],
    "name": ["見本 一", "", "\ue000田", "\ufffd田", "縺ゅ→縺", "髙橋　千尋", '="名"'],
    "family_name": ["", "見本", "𠮷野"],
    "given_name": ["", "一", "葛󠄀"],
    "kana": ["", "ﾐﾎﾝ ﾊｼﾞﾒ", "みほん　はじめ", "ミホン ハジメ", "見本", "か゛", "Smith"],
    "family_kana": ["", "ミホン"],
    "given_kana": ["", "ハジメ"],
    "birth_date": ["", "2004/02/29", "2004/02/30", "H16.2.29", "ひみつ", "38046"],
    "received_at": ["", "2024/10/01 09:15:03", "2024-10-1 9:15", "2024/13/01 9:00", "45570.5", "昨日"],
    "postcode": ["", "2518601", "〒251-8601", "2.5E+6", "51860", "010000"],
    "phone": ["", "09012345678", "090-1234-5678", "9012345678", "466503583", "9.0E+9", "なし"],
    "mail": ["", "a@example.ac.jp", "ａ@b", "a b@c", "no"],
    "school": ["", "見本大学", " 見本大学 ", "\ue001大学"],
    "grade": ["", "３年", "3年"],
    "graduation": ["", "2027-03", "令和9年3月卒業見込", "未定", "2025/13"],
    "weekdays": ["", "月曜日;水曜日", "月水", "できれば"],
    "courses": ["", "甲;乙", "「甲、乙」コース", "乙"],
    "statement": ["", "該当しません", "該当します\ue000"],
    "answer": ["", "  ", "一行目\n二行目", "縺ゅ→縺", "\ue000さん", "\x85"],
}
ONE_HOT = {"day:月": ["", "1", "0", "○"], "day:火": ["", "×", "1"]}


def mapped(columns: list[str]) -> ColumnMapping:
    return mapping_of(columns, profile="", source="x")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table, ColumnMapping]:
    """Return a table of odd cells under columns in any order, some fields spread over two columns."""
    known = {**TYPED, **(ONE_HOT if draw(st.booleans()) else {})}
    twice = draw(st.lists(st.sampled_from(["phone", "courses", "name", "answer"]), unique=True))
    uses = draw(st.permutations([*known, *twice]))
    row = st.tuples(*(st.sampled_from(known[use]) for use in uses))
    extra = st.sampled_from([(), (), (), ("more",)])
    rows = draw(st.lists(st.tuples(row, extra), min_size=1, max_size=12))
    made = tuple(Row(line, (*cells, *more)) for line, (cells, more) in enumerate(rows, start=2))
    headings = tuple(f"{use} {at}" for at, use in enumerate(uses))
    return Table(headings, made, "utf-8", Kind.CSV), mapped(list(uses))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_a_row_among_others_is_read_as_it_is_alone(case: tuple[Table, ColumnMapping]) -> None:
    table, mapping = case
    together = read_applicants(table, mapping)
    alone = [
        read_applicants(Table(table.headings, (row,), table.encoding, table.kind), mapping)
        for row in table.rows
    ]
    assert together == ApplicantsRead(
        tuple(chain.from_iterable(one.records for one in alone)),
        tuple(chain.from_iterable(one.rejections for one in alone)),
        tuple(chain.from_iterable(one.warnings for one in alone)),
    )
    assert len(together.records) + len(together.rejections) == len(table.rows)


def test_of_a_refused_row_nothing_more_is_told() -> None:
    columns = ["number", "name", "birth_date", "received_at", "kana", "postcode", "graduation"]
    rows = [
        ("A1", "名", "ひみつ", "", "", "", "未定"),
        ("A2", "名", "", "", "", "2.5E+6", "未定"),
        ("A3", "名", "", "", "", "", "未定"),
    ]
    table = Table(tuple(columns), tuple(Row(n, row) for n, row in enumerate(rows, 2)), "utf-8", Kind.CSV)
    read = read_applicants(table, mapped(columns))
    assert [(one.line, one.column, one.code) for one in read.rejections] == [
        (2, "birth_date", "date.unreadable"),
        (3, "postcode", "postcode.damaged"),
    ]
    # What came before the reason is told, in the order in which a row is read.
    assert [(one.line, one.code) for one in read.warnings] == [
        (3, "received-at.missing"),
        (3, "kana.missing"),
        (4, "received-at.missing"),
        (4, "kana.missing"),
        (4, "month.unreadable"),
    ]


def test_a_table_without_rows_gives_nothing() -> None:
    empty = Table(("number", "name"), (), "utf-8", Kind.CSV)
    assert read_applicants(empty, mapped(["number", "name"])) == ApplicantsRead((), (), ())

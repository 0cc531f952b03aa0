"""欠格条項の確認: which answers deny, by the words that are shipped as data."""

from __future__ import annotations

import pytest

from fujisawa_desktop.exchange.columns import Field
from fujisawa_desktop.exchange.profiles import denials, map_table
from fujisawa_desktop.rules.eligibility import is_disqualified
from tests.exchange.tables import read_with, table


@pytest.mark.parametrize(
    "text",
    [
        "該当しません",
        "該当しない",
        "該当なし",
        "該当無し。",
        "いいえ",
        "なし",
        "無",
        "特にありません",
        "いずれにも該当しません。",
        "いずれの項目にも該当しません",
        "上記のいずれにも該当しない",
        "欠格条項に該当しません",
        "地方公務員法第１６条の欠格条項に該当しないことを誓約します",
        "該当する事項はありません",
        "当てはまりません",
        "Ｎｏ",
        "×",
        "-",
        "",
        "　",
    ],
)
def test_denials_set_no_flag(text: str) -> None:
    assert not is_disqualified(text, denials())


@pytest.mark.parametrize(
    "text",
    [
        "該当します",
        "はい",
        "あり",
        "該当あり",
        "○",
        "1",
        "一部に該当しません",
        "第1号には該当しませんが、第2号に該当します",
        "該当しないとは言えません",
        "わかりません",
        "確認しました",
        "該当しません" * 20,
    ],
)
def test_anything_but_a_denial_is_shown_to_a_clerk(text: str) -> None:
    assert is_disqualified(text, denials())


def test_the_longest_answer_is_judged_at_once() -> None:
    assert is_disqualified("いずれの欠格条項" * 20_000, denials())
    assert is_disqualified("いずれ欠格条項" * 8 + "x", denials())


def test_the_statement_is_read_and_shown_among_the_answers() -> None:
    result = read_with({"欠格条項の確認": "該当します", "最寄駅": "藤沢"})
    assert result.records[0].statement == "該当します"
    assert ("欠格条項の確認", "該当します") in result.records[0].answers
    mapping = map_table(table(["整理番号", "氏名", "地公法の欠格について"], ["1", "n", "なし"]))
    assert mapping.fields[Field.STATEMENT] == (2,)

"""Where a line may be broken, and how badly (行頭禁則, 行末禁則, 分離禁止)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from fujisawa_desktop.documents.spacing import BLANKS, NO_LINE_END, NO_LINE_START


class Break(IntEnum):
    """How bad it is to break a line at a place; the better places are tried first."""

    FREE = 0
    NUMBER_AND_UNIT = 1
    """Between a number and what it counts or what belongs before it: 60｜時間, 第｜1次."""
    INSIDE_TOKEN = 2
    """Inside a word, a number, a double dash or a leader."""
    FORBIDDEN = 3
    """Before a mark that may not begin a line, or behind one that may not end it."""


# What is never broken inside: words and addresses, full-width numbers, double dashes and leaders.
_TOKEN: Final = re.compile(r"[!-~]+|[０-９]+(?:[．，：][０-９]+)*|―{2,}|—{2,}|…+|‥+", re.DOTALL)
_UNITS: Final = (
    "年|月|日|時間|時|分|秒|円|人|名|件|回|次|位|点|号|条|項|頁|ページ|課|階|歳|才|個|枚|通|部|種|週|泊|番|級|倍|割"
    "|か月|カ月|ヶ月|か所|カ所|ヶ所|コース|社|校|組|台|本|冊|km|kg|cm|mm|㎞|㎏|㎝|㎜|㎡|℃|％|%|㎥"
)
_NUMBER_AND_UNIT: Final = re.compile(rf"[0-9０-９](?:{_UNITS})")
_BEFORE_NUMBER: Final = re.compile("(?:第|令和|平成|昭和|午前|午後|約)(?=[0-9０-９元])")
_STROKES: Final = frozenset("/-_.?&=@")
_LONG_WORD: Final = 20
"""A longer one (an address of the web) is broken behind its strokes, even where it would fit whole."""


def break_places(units: Sequence[str]) -> list[Break]:
    """Tell for each place between clusters (and both ends) how bad a break there is."""
    text = "".join(unit[0] for unit in units)
    places = [Break.FREE] * (len(units) + 1)
    for found in _NUMBER_AND_UNIT.finditer(text):
        for place in range(found.start() + 1, found.end()):
            places[place] = Break.NUMBER_AND_UNIT
    for found in _BEFORE_NUMBER.finditer(text):
        places[found.end()] = Break.NUMBER_AND_UNIT
    for token in _TOKEN.finditer(text):
        _close_token(text, token.start(), token.end(), places)
    solid = text[0] if units else ""
    for place in range(1, len(units)):
        after = text[place]
        if text[place - 1] not in BLANKS:
            solid = text[place - 1]  # blanks at the end of a line are not there: the mark before counts
        if after in BLANKS or (
            places[place] is not Break.INSIDE_TOKEN and (after in NO_LINE_START or solid in NO_LINE_END)
        ):
            places[place] = Break.FORBIDDEN
    return places


def _close_token(text: str, start: int, end: int, places: list[Break]) -> None:
    """Forbid breaks inside a token; a long word may be broken behind its strokes."""
    for place in range(start + 1, end):
        before, after = text[place - 1], text[place]
        is_stroke = before in _STROKES and after.isalnum() and end - start > _LONG_WORD
        is_bad = after in NO_LINE_START or before in NO_LINE_END
        places[place] = Break.FREE if is_stroke else Break.FORBIDDEN if is_bad else Break.INSIDE_TOKEN

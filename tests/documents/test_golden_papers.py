"""What stands on the papers, and where, in millimetres; new kinds are looked at by themselves."""

from __future__ import annotations

import re
from dataclasses import is_dataclass, replace
from typing import Any

import pytest
from paper_samples import (
    LONGEST_NAME,
    attendance,
    decision_record,
    disclosure,
    door_list,
    letter,
    pay_statement,
    printed,
    roster,
    text_fields,
)
from pdf_reading import MM, ink, opened, pages_text, start_of
from sample_registry import MARGINLESS, PUBLIC, SAMPLES

from fujisawa_desktop.documents.characters import clean_line

BODY = 11 / MM
"""One character of the body in millimetres."""
LEFT, RIGHT = 28.0, 28.0 + 40 * BODY
LETTER_TEXT = """\
藤職第123号
令和6年10月25日
楜澤　涼介　様
見本市長
（公印省略）
令和6年度見本市長期インターンシップ（有償型）
1次選考の結果について（通知）
このたびは、見本市長期インターンシップ（有償型）にご応募いただき、誠にありがとうございました。
慎重に選考しました結果、あなたは1次選考に合格されましたので、下記のとおり通知します。
記
1
受付番号
123456789012
2
コース
「DX・スマートシティ」コース（受入部署：デジタル推進室）
3
日時
令和6年10月30日（水）午前10時00分から午前10時30分まで
以上
問い合わせ先
見本市 総務部 職員課
担当　楜澤（くるみざわ）・西山
電話　000-000-0000　内線2257
メール　saiyo@example.lg.jp
ホームページ
"""
_NOT_WRITTEN = frozenset({"owner", "url", "empty_text", "continued"})
"""Shown as a code, shown only where nothing else is, or not shown."""

_DRAWN = re.compile("[｜↓]")
"""What a course sheet draws as arrows and boxes side by side."""


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts_on_paper(spec: Any) -> list[str]:
    """Return every text of a spec that has to be read on its pages."""
    if type(spec) is str:
        return [spec]
    if isinstance(spec, tuple):
        return [text for part in spec for text in texts_on_paper(part)]
    if is_dataclass(spec) and not isinstance(spec, type):
        shown = [name for name in text_fields(type(spec)) if name not in _NOT_WRITTEN]
        return [text for name in shown for text in texts_on_paper(getattr(spec, name))]
    return []


def place_alone(pdf: bytes, text: str) -> tuple[float, float]:
    """Return left and right of a text that stands on a line of its own, in millimetres."""
    with opened(pdf) as document:
        sheet = document[0]
        layer = sheet.get_textpage()
        first = layer.get_text_range().index(f"\r\n{text}\r\n") + 2
        boxes = [layer.get_charbox(place, loose=True) for place in range(first, first + len(text))]
        layer.close()
        sheet.close()
        return boxes[0][0] / MM, boxes[-1][2] / MM


def test_a_letter_says_this_and_nothing_else_in_this_order() -> None:
    assert unspaced(pages_text(printed(letter()).pdf)[0]) == unspaced(LETTER_TEXT)


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_text_of_a_paper_can_be_read_on_it(kind: str) -> None:
    spec = SAMPLES[kind]()
    paper = printed(spec)
    read = unspaced("".join(pages_text(paper.pdf)))
    parts = [part for text in texts_on_paper(spec) for part in _DRAWN.split(text)]
    missing = [part for part in parts if unspaced(clean_line(part)) not in read]
    assert missing == []
    assert paper.remarks == (), "a sample is ordinary: nothing is narrowed or lost"


@pytest.mark.parametrize("kind", sorted(SAMPLES.keys() - MARGINLESS - PUBLIC))
def test_every_paper_leaves_room_for_binding_and_at_its_edges(kind: str) -> None:
    pdf = printed(SAMPLES[kind]()).pdf
    with opened(pdf) as document:
        sizes = [document.get_page_size(page) for page in range(len(document))]
    for page, (width, height) in enumerate(sizes):
        box = ink(pdf, page=page)
        assert box.left >= 25
        assert box.top >= 19.8
        assert box.right <= width / MM - 20
        # Only the number of the page stands below the margin.
        assert box.bottom <= height / MM - (20 if kind == "letter" else 10)


def test_the_letter_block_in_millimetres() -> None:
    pdf = printed(letter()).pdf
    em, line = BODY, 19 / MM
    date, name = start_of(pdf, "令和6年10月25日"), start_of(pdf, "楜澤　涼介")
    title, body = start_of(pdf, "令和6年度見本市"), start_of(pdf, "このたびは")
    assert name[0] == pytest.approx(LEFT + em, abs=0.3)
    assert title[0] == pytest.approx(LEFT + 3 * em, abs=0.3)
    assert body[0] == pytest.approx(LEFT + em, abs=0.3)
    assert date[1] == pytest.approx(25 + 2 * line - 4 / MM, abs=0.8), "the second line of the page"
    assert name[1] - date[1] == pytest.approx(2 * line, abs=0.3)
    assert title[1] - name[1] == pytest.approx(5 * line, abs=1.0)
    assert body[1] > title[1] + line


def test_the_word_for_what_follows_is_centred_and_the_end_stands_right() -> None:
    pdf = printed(letter()).pdf
    left, right = place_alone(pdf, "記")
    assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.3)
    left, right = place_alone(pdf, "以上")
    assert right == pytest.approx(RIGHT - BODY, abs=0.3)
    assert right - left == pytest.approx(2 * BODY, abs=0.3)


@pytest.mark.parametrize("count", [1, 350])
def test_as_many_letters_as_people(count: int) -> None:
    paper = printed(*(letter(f"応募者{number:03d}", str(number)) for number in range(count)))
    assert [owner.key for owner in paper.owners] == [str(number) for number in range(count)]
    texts = pages_text(paper.pdf)
    assert len(texts) == count
    assert all(f"応募者{number:03d}　様" in text for number, text in enumerate(texts))


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (350, 18)])
def test_a_roster_of_so_many_people_has_so_many_pages(count: int, pages: int) -> None:
    texts = pages_text(printed(roster(count)).pdf)
    assert len(texts) == pages
    joined = "".join(texts)
    assert all(joined.count(f"1000{number:08d}") == 1 for number in range(1, count + 1))
    assert all(f"{number}／{pages}頁" in text for number, text in enumerate(texts, start=1))
    assert all("取扱注意" in text and "フリガナ" in text for text in texts), "the head on every page"


@pytest.mark.parametrize("make", [attendance, pay_statement, disclosure, door_list])
def test_a_sheet_for_one_person_is_one_page(make: Any) -> None:
    assert len(printed(make()).owners) == 1


@pytest.mark.parametrize(("rows", "pages"), [(1, 1), (350, 12)])
def test_a_record_of_so_many_decisions_has_so_many_pages(rows: int, pages: int) -> None:
    texts = pages_text(printed(decision_record(rows)).pdf)
    assert len(texts) == pages
    assert all("".join(texts).count(f"1000{number:08d}") == 1 for number in range(rows))


def test_a_door_list_that_needs_two_pages_fills_them_evenly() -> None:
    texts = pages_text(printed(door_list(20)).pdf)
    assert [sum(f"1000{number:08d}" in text for number in range(20)) for text in texts] == [10, 10]


def test_a_name_too_long_for_half_a_row_has_a_row_of_its_own() -> None:
    spec = attendance()
    name, number = spec.facts[0].label, spec.facts[1].label
    usual = printed(spec)
    long = printed(replace(spec, facts=(replace(spec.facts[0], text=LONGEST_NAME), *spec.facts[1:])))
    assert long.remarks == (), "nothing had to be narrowed"
    assert len(long.owners) == len(usual.owners) == 1
    heights = [start_of(usual.pdf, text)[1] for text in (name, number)]
    assert heights[0] == pytest.approx(heights[1], abs=0.3), "both in one row"
    assert start_of(long.pdf, number)[1] > start_of(long.pdf, name)[1] + 5

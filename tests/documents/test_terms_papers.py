"""Ruled notices and forms to return: where things stand, how they run over pages, what they withstand."""

from __future__ import annotations

import re

import pytest
from paper_samples import printed, with_every_text
from pdf_reading import Box, ink, opened, pages_text, picture, start_of
from terms_samples import NAME, TERMS_SPECS, changes, forms, notice
from test_hostile_papers import HOSTILE

from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.documents.terms_specs import RuledGroup, RuledRow, RuledTable

LONG_NAME = "葛\U000e0100城　𠮷之助勅使河原長い名前左衛門尉之丞"


def test_the_blocks_of_a_notice_stand_where_a_letter_has_them() -> None:
    pdf = printed(notice()).pdf
    body = ink(pdf)
    assert body.left >= 25
    assert body.right <= 210 - 20
    assert body.top >= 20
    assert body.bottom <= 297 - 20
    number, name = start_of(pdf, "見職第123号"), start_of(pdf, "楜澤　涼介　様")
    sender, title = start_of(pdf, "見本市長\n"), start_of(pdf, "勤務条件通知書")
    assert number[0] > 130
    assert 28 <= name[0] <= 36
    assert number[1] < name[1] < sender[1] < title[1]
    line = ink(pdf, Box(20, title[1] - 6, 200, title[1] + 2))
    assert abs((line.left + line.right) / 2 - (28 + 440 / 72 * 25.4 / 2)) < 1  # in the middle of the text


def test_few_items_stand_loosely_on_one_page_and_many_as_closely_as_saves_one() -> None:
    loose, close = printed(notice(rows=8)).pdf, printed(notice(rows=18)).pdf
    assert len(pages_text(loose)) == len(pages_text(close)) == 1

    def step(pdf: bytes) -> float:
        return start_of(pdf, "事項その2")[1] - start_of(pdf, "事項その1")[1]

    assert step(loose) > step(close)


def test_every_further_page_begins_with_its_head_and_none_ends_with_a_heading() -> None:
    paper = printed(notice(rows=90))
    pages = pages_text(paper.pdf)
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        lines = text.strip().split("\n")
        assert lines[-1] == f"{number}／{len(pages)}頁"
        assert number == 1 or lines[0] == f"勤務条件通知書（続き）　{NAME}　様"
        assert not lines[-2].startswith("２　報酬等")
    said = re.findall(r"\d+番目の事項の内容です。", "".join(pages))
    assert said == [f"{number}番目の事項の内容です。" for number in range(90)]


@pytest.mark.parametrize("count", range(30, 60))
def test_a_heading_stays_with_its_first_item(count: int) -> None:
    items = tuple(RuledRow(f"い{number}", ("内容",)) for number in range(count))
    table = RuledTable((RuledGroup("１　前", items), RuledGroup("２　後", (RuledRow("後の事項", ("x",)),))))
    pages = pages_text(printed(notice(tables=(table,))).pdf)
    at = next(number for number, text in enumerate(pages) if "２　後" in text)
    assert "後の事項" in pages[at]


def test_the_head_of_a_comparison_is_repeated() -> None:
    pages = pages_text(printed(changes(after="長い文。" * 900)).pdf)
    assert len(pages) > 1
    assert all("事項 変更前 変更後" in text for text in pages[:-1])
    assert "".join(pages).replace("\n", "").count("長い文。") == 900


def test_a_text_longer_than_a_page_goes_on_and_nothing_is_lost() -> None:
    words = [f"第{number}文。" for number in range(900)]
    table = RuledTable((RuledGroup("１　任用", (RuledRow("業務", ("\n".join(words),)),)),))
    paper = printed(notice(tables=(table,)))
    text = "".join(pages_text(paper.pdf)).replace("\n", "")
    assert re.findall(r"第\d+文。", text) == words
    assert paper.remarks == ()


def test_a_stop_does_not_hang_over_the_rule() -> None:
    table = RuledTable((RuledGroup("", (RuledRow("業務", ("あ" * 33 + "。" + "い" * 33 + "。" * 3,)),)),))
    pdf = printed(notice(tables=(table,), contact=None, notes=())).pdf
    pixels, scale = picture(pdf), 144 / 25.4
    top = start_of(pdf, "業務")[1]
    edge = ink(pdf, Box(20, top - 6, 205, top + 8)).right
    beside = pixels[int((top - 6) * scale) : int((top + 8) * scale), : int((edge - 0.6) * scale)]
    gap = beside[:, -int(0.6 * scale) :]
    assert (gap < 200).sum(axis=0).max() <= 4  # only the rules above and below cross there


def test_a_long_name_of_an_item_parts_where_one_would_breathe() -> None:
    names = ("健康保険及び厚生年金保険料", "更新及び再度の任用の有無と基準", "あ" * 80)
    table = RuledTable((RuledGroup("", tuple(RuledRow(name, ("x",)) for name in names)),))
    paper = printed(notice(tables=(table,)))
    (text,) = pages_text(paper.pdf)
    assert "健康保険及び\n厚生年金保険料" in text
    assert "更新及び再度の\n任用の有無と基準" in text
    assert [(remark.kind, remark.text) for remark in paper.remarks] == [(RemarkKind.CUT, "あ" * 80)]


def test_forms_have_a_sheet_each_and_lines_to_write_on() -> None:
    paper = printed(forms())
    accept, decline = pages_text(paper.pdf)
    assert accept.startswith("任用承諾書\n")
    assert decline.startswith("辞退届\n")
    assert [owner.label for owner in paper.owners] == [NAME, NAME]
    assert "（宛先）見本市長" in accept
    assert "様" not in accept
    left, base = start_of(paper.pdf, "氏名")
    line = ink(paper.pdf, Box(left + 30, base - 4, 195, base + 4))
    assert line.right - line.left > 60  # a rule to write on
    assert ink(paper.pdf, page=1).left >= 25


def test_room_to_write_in_is_as_high_as_it_says() -> None:
    pdf = printed(forms()).pdf
    top, reason = start_of(pdf, "楜澤　涼介", 1)[1], start_of(pdf, "辞退の理由", 1)[1]
    assert reason - top > 12


@pytest.mark.parametrize("make", [notice, forms])
def test_a_long_name_with_rare_letters_is_whole(make: object) -> None:
    paper = printed(make(LONG_NAME))  # type: ignore[operator]
    assert LONG_NAME in "".join(pages_text(paper.pdf)).replace("\n", "")
    assert paper.remarks == ()


def test_empty_fields_leave_no_gap_of_their_own() -> None:
    bare = notice(number="", seal_note="", notes=(), contact=None, body=(), tables=())
    (text,) = pages_text(printed(bare).pdf)
    assert text.split("\n")[:4] == ["令和6年11月25日", "楜澤　涼介　様", "見本市長", "勤務条件通知書"]


@pytest.mark.parametrize("make", TERMS_SPECS.values())
def test_the_same_spec_gives_the_same_bytes(make: object) -> None:
    assert printed(make()).pdf == printed(make()).pdf  # type: ignore[operator]


@pytest.mark.parametrize("kind", TERMS_SPECS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=[f"{number}" for number in range(len(HOSTILE))])
def test_every_field_takes_hostile_text(kind: str, hostile: str) -> None:
    paper = printed(with_every_text(TERMS_SPECS[kind](), lambda _text: hostile))
    with opened(paper.pdf) as document:
        count = len(document)
    assert 1 <= count == len(paper.owners)
    for page in {0, count - 1}:
        try:
            box = ink(paper.pdf, page=page, dots=36)
        except AssertionError:
            continue  # only spaces: nothing is drawn
        assert box.left >= 20
        assert box.top >= 15
        assert box.right <= 210 - 15
        assert box.bottom <= 297 - 5


@pytest.mark.parametrize("kind", TERMS_SPECS)
def test_ordinary_and_hostile_mixed(kind: str) -> None:
    paper = printed(with_every_text(TERMS_SPECS[kind](), lambda text: f"前{text}\x00\u202e<i>{text}\ue000後"))
    joined = "".join(pages_text(paper.pdf))
    assert "<i>" in joined
    assert "〓後" in joined
    assert "\u202e" not in joined

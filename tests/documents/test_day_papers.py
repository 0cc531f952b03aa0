"""Score sheets and door lists: nothing leaves the page, boxes stay free, long lists go on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_samples import LONGEST_NAME, door_list, printed, roster, score_sheet
from pdf_reading import MM, Box, ink, pages_text, start_of

from fujisawa_desktop.documents.specs import LabelledText, RemarkKind
from fujisawa_desktop.documents.stylesheet import A4_PORTRAIT, LIST


@pytest.mark.parametrize("criteria", [1, 4, 9, 11, 13, 15, 17, 40])
def test_every_criterion_stands_on_the_sheet_once_and_the_rest_follows(criteria: int) -> None:
    paper = printed(score_sheet(criteria))
    texts = pages_text(paper.pdf)
    whole = "".join(texts)
    assert [whole.count(f"項目{n}") >= 1 for n in range(1, criteria + 1)] == [True] * criteria
    assert "合格" in texts[-1]
    assert "所見" in texts[-1]
    assert all("取扱注意" in text for text in texts)
    assert whole.count("配慮事項") == 1
    assert all("100000000001" in text and "楜澤" in text for text in texts)
    foot = [
        start_of(paper.pdf, word, page=len(texts) - 1)[1] for word in ("合計", "総合判断", "出欠", "所見")
    ]
    assert foot == sorted(foot)
    assert foot[-1] <= 297 - 20 - 35  # room for words
    for page in range(len(texts)):
        edge = ink(paper.pdf, page=page)
        assert edge.left >= LIST.left / MM - 1
        assert edge.right <= (A4_PORTRAIT[0] - LIST.right) / MM + 1
        assert edge.bottom <= 297 - 9


@pytest.mark.parametrize("grade", ["", "2年"])
def test_an_ordinary_entry_needs_no_narrowing(grade: str) -> None:
    spec = score_sheet()
    facts = (
        LabelledText("受付番号", "100000000001"),
        LabelledText("面接時間", "10:00～10:30"),
        LabelledText("氏名", LONGEST_NAME, is_wide=True),
        LabelledText("フリガナ", "ジュゲムジュゲムゴコウノスリキレカイジャリスイギョノスケ", is_wide=True),
        LabelledText("コース", "DX・スマートシティ・子ども・子育て政策", is_wide=True),
        LabelledText("大学", f"横浜見本大学　政策学研究科　地域見本学科　{grade}", is_wide=True),
    )
    assert printed(replace(spec, facts=facts)).remarks == ()


def test_a_wide_fact_grows_with_its_text() -> None:
    school = "見本県立中央国際教養産業技術情報文化大学院大学　総合政策・情報環境デザイン学部　" * 2
    facts = (LabelledText("大学", school, is_wide=True), LabelledText("面接時間", "10:00～10:30"))
    paper = printed(replace(score_sheet(), facts=facts))
    assert paper.remarks == ()
    text = "".join("".join(pages_text(paper.pdf)).split())
    assert "".join(school.split()) in text
    above = start_of(paper.pdf, "見本県立")[1]
    assert start_of(paper.pdf, "面接時間")[1] > above + 8


def test_what_would_be_narrowed_visibly_is_broken_instead() -> None:
    spec = roster(1)
    columns = tuple(replace(column, share=30) for column in spec.columns)
    for count in range(1, 40):
        row = ("あ" * count,) * len(columns)
        paper = printed(replace(spec, columns=columns, rows=(row,)))
        assert [one for one in paper.remarks if one.kind is RemarkKind.NARROWED] == [], count


def test_the_box_for_points_is_free_but_for_its_maximum() -> None:
    paper = printed(score_sheet(1))
    left, top = start_of(paper.pdf, "／5")
    with pytest.raises(AssertionError, match="nothing is drawn"):
        ink(paper.pdf, Box(left - 6, top - 9, left + 4, top - 4))


def test_without_criteria_there_are_lines_to_write_on() -> None:
    paper = printed(score_sheet(0, blank_lines=5))
    assert len(pages_text(paper.pdf)) == 1
    assert not [remark for remark in paper.remarks if remark.kind is RemarkKind.CUT]


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (3, 1), (16, 1), (40, 3)])
def test_a_door_list_goes_on_over_pages(lines: int, pages: int) -> None:
    paper = printed(door_list(lines))
    texts = pages_text(paper.pdf)
    assert len(texts) == pages
    assert "".join(texts).count("1000") == lines
    assert all("職員課" in text for text in texts)

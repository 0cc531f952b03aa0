"""Score sheets and door lists: nothing leaves the page, boxes stay free, long lists go on."""

from __future__ import annotations

import pytest
from paper_samples import door_list, printed, score_sheet
from pdf_reading import MM, Box, ink, pages_text, start_of

from fujisawa_desktop.documents.specs import RemarkKind
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

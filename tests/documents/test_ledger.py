"""Ledgers of money on paper: groups with sums, the head on every page, nothing lost."""

from __future__ import annotations

import pytest
from ledger_samples import ledger
from paper_samples import IVS_NAME, LONGEST_NAME, printed
from pdf_reading import opened, pages_text, pypdf_text

from fujisawa_desktop.documents.ledger import fits_on_sheet
from fujisawa_desktop.documents.specs import Column, RemarkKind


@pytest.mark.parametrize("rows", [4, 40, 350])
def test_every_row_stands_once_below_the_head_of_its_page(rows: int) -> None:
    paper = printed(ledger(rows))
    texts = pages_text(paper.pdf)
    for number, text in enumerate(texts, start=1):
        for part in ("報酬支給台帳", "取扱注意", "参考", f"{rows}名", f"{number}／{len(texts)}頁"):
            assert part in text
    joined = "".join(texts)
    assert all(joined.count(f"1000{number:08d}") == 1 for number in range(1, rows + 1))
    assert joined.count("小計") == 2
    assert joined.count("合計（") == 1
    assert joined.count("課長") == 1
    assert "この台帳は" in texts[-1]
    assert paper.remarks == ()


def test_it_lies_across_and_names_the_group_on_every_page() -> None:
    paper = printed(ledger(60))
    with opened(paper.pdf) as document:
        width, height = document.get_page_size(0)
    assert width > height
    texts = pages_text(paper.pdf)
    assert all("コース" in text for text in texts)
    assert "「子ども・子育て政策」コース" in texts[-1]


def test_nobody_and_one_person() -> None:
    empty = pages_text(printed(ledger(0)).pdf)
    assert len(empty) == 1
    assert "支給額計算書を作成した者はいません。" in empty[0]
    assert "楜澤　涼介" in pages_text(printed(ledger(1)).pdf)[0]


def test_long_and_rare_names() -> None:
    paper = printed(ledger(3, LONGEST_NAME))
    assert LONGEST_NAME in pages_text(paper.pdf)[0].replace("\n", "")
    assert paper.remarks == ()
    assert IVS_NAME in pages_text(printed(ledger(2, IVS_NAME)).pdf)[0]
    cut = printed(ledger(1, "あ" * 120))
    assert RemarkKind.CUT in [remark.kind for remark in cut.remarks]


def test_figures_stay_on_their_line_and_long_headings_take_two() -> None:
    wide = ledger(2)
    columns = (*wide.columns[:4], Column("通勤に係る費用弁償の額", 9, "right"), *wide.columns[5:])
    text = pypdf_text(printed(ledger(2, columns=columns)).pdf)
    assert "75,166" in text
    assert "費用弁償" in text
    assert printed(ledger(2, columns=columns)).remarks == ()


def test_more_columns_than_a_sheet_can_show_are_noticed() -> None:
    assert fits_on_sheet(ledger())
    many = tuple(Column(f"列{number}", 14) for number in range(39))
    assert not fits_on_sheet(ledger(columns=many))


def test_many_notes_go_on_another_page() -> None:
    notes = tuple(f"注{number}：" + "あ" * 90 for number in range(60))
    texts = pages_text(printed(ledger(30, notes=notes)).pdf)
    joined = "".join(texts).replace("\n", "")
    assert all(f"注{number}：" in joined for number in range(60))
    assert all("報酬支給台帳" in text for text in texts)

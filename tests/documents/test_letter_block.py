"""The head of what goes to one person is the same block on every paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from paper_samples import letter, pay_statement, printed
from pdf_reading import pages_text, start_of

from fujisawa_desktop.documents.specs import (
    DisclosureSpec,
    LabelledText,
    Owner,
    PayLine,
    PaySection,
    RemarkKind,
    Spec,
)

MM_EM = 11 * 25.4 / 72
NAME, DATE, SENDER = "楜澤　涼介", "令和7年1月10日", "見本市長"


def disclosure() -> DisclosureSpec:
    return DisclosureSpec(
        owner=Owner("1", NAME),
        title="選考結果に関する情報提供",
        date=DATE,
        name=NAME,
        honorific="様",
        sender=(SENDER,),
        facts=(LabelledText("受付番号", "1"),),
        sections=(),
        notes=(),
        contact=None,
    )


PAPERS: dict[str, Spec] = {
    "letter": letter(number="", seal_note="", date=DATE, sender=(SENDER,)),
    "pay statement": replace(pay_statement(), date=DATE, sender=(SENDER,)),
    "disclosure": disclosure(),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_date_addressee_and_sender_stand_in_the_same_places(paper: str) -> None:
    pdf = printed(PAPERS[paper]).pdf
    left = 28.0 if paper == "letter" else 25.5
    right = 28.0 + 40 * MM_EM if paper == "letter" else 210 - 20.5
    (date_x, date_y), (name_x, name_y), (sender_x, sender_y) = (
        start_of(pdf, text) for text in (DATE, NAME, SENDER)
    )
    line = 19 * 25.4 / 72
    assert (name_y - date_y, sender_y - name_y) == pytest.approx((2 * line, 2 * line), abs=0.3)
    assert name_x == pytest.approx(left + MM_EM, abs=0.3)
    assert right - MM_EM - date_x == pytest.approx((5 + 4 * 0.5 + 6 * 0.25) * MM_EM, abs=0.3)
    assert right - 2 * MM_EM - sender_x == pytest.approx(4 * MM_EM, abs=0.3)
    text = pages_text(pdf)[0]
    assert text.index(DATE) < text.index(f"{NAME}　様") < text.index(SENDER)


def test_an_endless_address_stays_in_the_block_and_is_told_of() -> None:
    paper = printed(letter(address=("見本市" * 200,)))
    assert RemarkKind.CUT in {remark.kind for remark in paper.remarks}
    assert "楜澤　涼介　様" in pages_text(paper.pdf)[0]
    assert len(paper.owners) == 1


def test_a_section_that_runs_over_a_page_has_its_heading_there_again() -> None:
    lines = tuple(PayLine(f"報酬{number}", ("1,258円 × 60分",), "1,258円") for number in range(60))
    spec = replace(pay_statement(), sections=(PaySection("１　報酬", lines), PaySection("２　控除", ())))
    first, second, *rest = pages_text(printed(spec).pdf)
    assert "１　報酬" in first
    assert "１　報酬" in second
    assert [page for page in rest if "２　控除" in page or "２　控除" in second]
    joined = first + second + "".join(rest)
    assert all(f"報酬{number}" in joined for number in range(60))

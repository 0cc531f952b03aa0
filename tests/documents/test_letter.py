"""The letter, read back: what it says, where it stands, how it is copied out."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from paper_samples import CONTACT, IVS_NAME, LONGEST_NAME, URL, job, letter, printed, roster
from pdf_reading import Box, ink, line_boxes, opened, pages_text, picture, pypdf_text, start_of

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Item, RemarkKind
from fujisawa_desktop.errors import Cancelled

BODY = 11 * 25.4 / 72
"""One character of the body in millimetres."""
LEFT, RIGHT = 28.0, 28.0 + 40 * BODY
TOP_RIGHT = Box(105, 20, 200, 42)


def test_a_letter_is_one_a4_page_with_everything_on_it_in_order() -> None:
    paper = printed(letter())
    assert len(paper.owners) == 1
    with opened(paper.pdf) as document:
        assert document.get_page_size(0) == pytest.approx((595.28, 841.89), abs=0.01)
    text = pypdf_text(paper.pdf)
    parts = [
        "藤職第123号", "令和6年10月25日", "楜澤　涼介　様", "見本市長", "（公印省略）", "（通知）",
        "このたびは、", "誠にありがと", "記", "受付番号", "123456789012", "「DX・スマートシティ」コース",
        "午前10時00分から午前10時30分まで", "以上", "問い合わせ先", "saiyo@example.lg.jp",
    ]  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert paper.remarks == ()


def test_margins_leave_room_for_binding() -> None:
    box = ink(printed(letter()).pdf)
    assert box.left >= 25
    assert min(box.top, 210 - box.right, 297 - box.bottom) >= 20


def test_number_and_date_begin_and_end_at_the_same_place() -> None:
    pdf = printed(letter()).pdf
    number, date = line_boxes(pdf, TOP_RIGHT)
    assert number.left == pytest.approx(date.left, abs=0.7)
    assert number.right == pytest.approx(date.right, abs=0.7)
    assert date.right == pytest.approx(RIGHT - BODY, abs=0.7)  # a margin of one character
    text = pypdf_text(pdf)
    assert "藤職第123号" in text  # spread on paper, one word for who searches


@pytest.mark.parametrize(
    ("text", "indent"),
    [("楜澤", 1), ("令和6年度", 3), ("このたび", 1), ("うございました", 0), ("受付番号", 3)],
)
def test_indents_in_characters(text: str, indent: int) -> None:
    left, _ = start_of(printed(letter()).pdf, text)
    assert left == pytest.approx(LEFT + indent * BODY, abs=0.4)


def test_the_sender_ends_two_characters_before_the_edge_and_matches_the_note_below() -> None:
    boxes = line_boxes(printed(letter()).pdf, Box(120, 55, 200, 78))
    sender, note = boxes
    assert sender.right == pytest.approx(RIGHT - 2 * BODY, abs=0.7)
    assert sender.left == pytest.approx(note.left, abs=3.0)


def test_the_contact_box_stands_at_the_lower_right() -> None:
    box = ink(printed(letter()).pdf, Box(60, 225, 200, 290))
    assert box.right == pytest.approx(RIGHT, abs=0.4)
    assert box.bottom == pytest.approx(276.5, abs=0.4)


def test_the_qr_code_is_read_by_another_program() -> None:
    found = zxingcpp.read_barcodes(picture(printed(letter()).pdf, dots=200))
    assert [code.text for code in found] == [URL]


@pytest.mark.parametrize("dots", [75, 100, 150, 300])
def test_the_qr_code_is_read_from_a_coarse_scan_and_from_a_copy_of_half_the_size(dots: int) -> None:
    """75 dots an inch is what half the size leaves of a scan of 150."""
    found = zxingcpp.read_barcodes(picture(printed(letter()).pdf, dots=dots))
    assert [code.text for code in found] == [URL]


def test_without_a_home_page_there_is_no_code() -> None:
    spec = letter(contact=CONTACT.__class__("問い合わせ先", ("職員課",)))
    assert not zxingcpp.read_barcodes(picture(printed(spec).pdf, dots=200))


@pytest.mark.parametrize("name", [IVS_NAME, LONGEST_NAME, "髙﨑　花", "栁 William"])
def test_names_are_copied_out_as_they_are_written(name: str) -> None:
    paper = printed(letter(name))
    assert f"{name}　様" in pages_text(paper.pdf)[0]
    assert paper.remarks == ()
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
    assert name in reader.pages[0].extract_text()


def test_a_special_form_is_drawn_and_not_the_usual_one() -> None:
    area = Box(28, 42, 120, 55)
    forms = [
        picture(printed(letter(name)).pdf)[250:320, 150:400]
        for name in ("葛", "葛\U000e0100", "葛\U000e0102")
    ]
    assert ink(printed(letter("葛")).pdf, area).right == pytest.approx(
        ink(printed(letter("葛\U000e0100")).pdf, area).right, abs=0.2
    )  # the selector takes no room
    assert (forms[0] != forms[1]).any()
    assert (forms[0] == forms[2]).all() or (forms[1] != forms[2]).any()


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("山\ue000田", RemarkKind.PRIVATE_USE, "山〓田"),
        ("山🕒田", RemarkKind.MISSING, "山〓田"),
        ("葛\U000e01ef城", RemarkKind.BASE_FORM, "葛城"),
    ],
)
def test_what_no_font_has_is_reported_and_printed_as_a_geta(name: str, kind: RemarkKind, shown: str) -> None:
    paper = printed(letter("佐藤", "1"), letter(name, "2"))
    assert {(remark.owner.key, remark.kind) for remark in paper.remarks} == {("2", kind)}
    assert shown in pages_text(paper.pdf)[1]


def test_empty_fields_leave_no_trace() -> None:
    spec = letter(number="", seal_note="", items=(), contact=None, honorific="")
    paper = printed(spec)
    text = pages_text(paper.pdf)[0]
    assert "\n記\n" not in text
    assert "以上" not in text
    assert text.rstrip().endswith("します。")
    assert text.startswith("令和6年10月25日")


def test_an_address_stands_above_the_name() -> None:
    text = pages_text(printed(letter(address=("〒251-0054", "見本市朝日町1番地の1"))).pdf)[0]
    assert text.index("〒251-0054") < text.index("朝日町") < text.index("楜澤　涼介　様")


def test_a_letter_just_too_long_is_set_closer_instead_of_running_over() -> None:
    loose = letter(items=tuple(Item(f"項目{n}", ("内容",)) for n in range(9)))
    close = letter(items=tuple(Item(f"項目{n}", ("内容",)) for n in range(12)))
    assert len(printed(loose).owners) == len(printed(close).owners) == 1
    first = start_of(printed(loose).pdf, "項目1")[1] - start_of(printed(loose).pdf, "項目0")[1]
    second = start_of(printed(close).pdf, "項目1")[1] - start_of(printed(close).pdf, "項目0")[1]
    assert second < first


def test_a_long_letter_runs_over_pages_that_are_numbered() -> None:
    spec = letter(body=tuple(f"段落{number}。" + "長い本文が続きます。" * 20 for number in range(12)))
    paper = printed(spec)
    texts = pages_text(paper.pdf)
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"{number}／{len(texts)}頁" in text
    joined = "".join(texts)
    assert all(f"段落{number}。" in joined for number in range(12))
    assert "問い合わせ先" in texts[-1]
    assert "問い合わせ先" not in texts[0]
    for page in range(len(texts)):
        box = ink(paper.pdf, page=page)
        assert box.left >= 25
        assert box.bottom <= 290


def test_notes_and_a_sender_of_two_lines() -> None:
    spec = letter(notes=("※注記の文です。",), sender=("見本市総務部", "職員課長　見本　太郎"))
    pdf = printed(spec).pdf
    text = pages_text(pdf)[0]
    assert text.index("以上") < text.index("※注記の文です。") < text.index("問い合わせ先")
    upper, lower, _note = line_boxes(pdf, Box(105, 55, 200, 85))
    assert upper.right == pytest.approx(lower.right, abs=0.7)
    assert lower.right == pytest.approx(RIGHT - 2 * BODY, abs=0.7)


def test_more_than_nine_items_keep_their_numbers() -> None:
    text = pypdf_text(printed(letter(items=tuple(Item(f"項目{n}", ("内容",)) for n in range(1, 13)))).pdf)
    assert "9 項目9" in text
    assert "12 項目12" in text


def test_the_file_names_each_person_and_what_it_is() -> None:
    people = [letter(name, str(number)) for number, name in enumerate([IVS_NAME, "髙﨑　花", "佐藤"])]
    paper = printed(*people)
    reader = pypdf.PdfReader(io.BytesIO(paper.pdf))
    assert [entry.title for entry in reader.outline] == [IVS_NAME, "髙﨑　花", "佐藤"]
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == [0, 1, 2]
    assert reader.metadata is not None
    assert reader.metadata.title == "1次選考結果通知"
    assert reader.metadata.author == "見本市 総務部 職員課"
    assert reader.trailer["/Root"]["/Lang"] == "ja-JP"
    packet = reader.xmp_metadata
    assert packet is not None
    assert packet.dc_title == {"x-default": "1次選考結果通知"}
    assert packet.dc_creator == ["見本市 総務部 職員課"]
    assert packet.dc_language == ["ja-JP"]
    assert b"<xmp:CreateDate>2024-10-25T17:02:00</xmp:CreateDate>" in paper.pdf
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert [owner.key for owner in paper.owners] == ["0", "1", "2"]


def test_all_fonts_are_embedded_subsets() -> None:
    pdf = printed(letter(IVS_NAME)).pdf
    fonts = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    names = {font["/BaseFont"][8:] for font in fonts.values()}
    assert names == {"BIZUDMincho-Regular", "BIZUDPMincho-Regular", "BIZUDPGothic-Bold", "IPAmjMincho"}
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert len(descriptor["/FontFile2"].get_data()) < 300_000
    assert len(pdf) < 150_000
    assert b"Helvetica" not in pdf


def test_the_same_spec_gives_the_same_bytes() -> None:
    first, second = printed(letter(), letter(IVS_NAME, "2")), printed(letter(), letter(IVS_NAME, "2"))
    assert first == second
    assert printed(letter("佐藤")).pdf != printed(letter("加藤")).pdf


def test_many_people_share_one_file_and_its_fonts() -> None:
    paper = printed(*(letter(f"応募者{number:03d}", str(number)) for number in range(40)))
    texts = pages_text(paper.pdf)
    assert len(texts) == 40
    assert all(f"応募者{number:03d}　様" in text for number, text in enumerate(texts))
    assert len(paper.pdf) < 40 * 4_000 + 100_000


def test_making_can_be_watched_and_stopped() -> None:
    heard: list[int] = []
    make_paper(job(letter(), letter(), letter()), heard.append)
    assert heard == [0, 1, 2]

    def stop(done: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        make_paper(job(letter(), letter(), letter()), stop)


def test_another_process_makes_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no memory address and no order of a set may come into the file."""
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); from paper_samples import *;"
        "print(hashlib.sha256(printed(letter(), letter(IVS_NAME, '2'), roster(30)).pdf).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    ours = hashlib.sha256(printed(letter(), letter(IVS_NAME, "2"), roster(30)).pdf).hexdigest()
    assert digests == {ours + "\n"}

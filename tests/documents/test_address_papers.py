"""Labels, envelopes, window sheets and test pages, measured on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from paper_samples import IVS_NAME, LONGEST_NAME, letter, printed
from pdf_reading import Box, ink, opened, pages_text, picture
from test_hostile_papers import HOSTILE

from fujisawa_desktop.documents.office_specs import (
    Addressee,
    EnvelopeSpec,
    FaceGrid,
    Frame,
    LabelsSpec,
    TrialSpec,
    WindowSpec,
)
from fujisawa_desktop.documents.places import FOLD_TOLERANCE, WINDOW, postcode_boxes
from fujisawa_desktop.documents.specs import Owner, RemarkKind, Shift
from fujisawa_desktop.services.label_layouts import LabelLayout, label_layouts

LAYOUTS = label_layouts()
LONG_ADDRESS = (
    "東京都千代田区霞が関2丁目1番2号",
    "中央合同庁舎第2号館特別高層棟グランドレジデンス湘南シーサイドヒルズイーストタワー1234号室",
)
PEOPLE = (
    Addressee("251-8601", ("神奈川県藤沢市朝日町1番地の1",), "楜澤　涼介", "様", "123456789012"),
    Addressee("251-0025", ("神奈川県藤沢市鵠沼石上1-1-1", "湘南ハイツ203号室"), IVS_NAME, "様", "RN1"),
    Addressee("100-0013", LONG_ADDRESS, LONGEST_NAME, "様", "123456789012"),
    Addressee("", ("12 Rue de Rivoli, 75001 Paris, France",), "Jean Van Den Berg", "様"),
    Addressee("", (), "髙﨑　花", "様"),
)
OWNER = Owner("1", "1枚目")
NOT_SHIFTED = Shift()
EDGE = 2.0


def faces_of(grid: FaceGrid) -> Iterator[Box]:
    for number in range(1, grid.count + 1):
        x, y = grid.face(number)
        yield Box(x, y, x + grid.width, y + grid.height)


def crowd(count: int) -> tuple[Addressee, ...]:
    return tuple(PEOPLE[number % len(PEOPLE)] for number in range(count))


def is_blank(pdf: bytes, box: Box, page: int = 0) -> bool:
    pixels = picture(pdf, page)
    scale = 144 / 25.4
    part = pixels[
        int(box.top * scale) : int(box.bottom * scale), int(box.left * scale) : int(box.right * scale)
    ]
    return bool((part > 200).all())


# --- labels -------------------------------------------------------------------


def test_the_usual_sheets_are_there() -> None:
    assert len(LAYOUTS) >= 8
    assert {10, 12, 18, 21, 24, 27, 44, 65} <= {layout.grid.count for layout in LAYOUTS}
    for layout in LAYOUTS:
        faces, _, size = layout.name.partition("-")
        width, _, height = size.partition("x")
        grid = layout.grid
        assert (int(faces), float(width), float(height)) == (grid.count, grid.width, grid.height)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_faces_lie_on_the_sheet_and_apart(layout: LabelLayout) -> None:
    faces = list(faces_of(layout.grid))
    assert min(face.left for face in faces) >= 0
    assert max(face.right for face in faces) <= 210 + 0.01
    assert max(face.bottom for face in faces) <= 297 + 0.01
    assert layout.grid.step_x >= layout.grid.width
    assert layout.grid.step_y >= layout.grid.height
    margin = layout.grid.left + 210 - faces[-1].right
    assert abs(layout.grid.left - margin / 2) < 0.6, "a sheet is as wide at the left as at the right"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_text_keeps_two_millimetres_from_the_edges_of_its_face(layout: LabelLayout) -> None:
    grid = layout.grid
    paper = printed(LabelsSpec(OWNER, grid, 1, crowd(grid.count), NOT_SHIFTED))
    assert len(paper.owners) == 1
    for face in faces_of(grid):
        box = ink(paper.pdf, face)
        assert box.left >= face.left + EDGE
        assert box.right <= face.right - EDGE
        assert box.top >= face.top + EDGE
        assert box.bottom <= face.bottom - EDGE
        assert box.left >= 4.5, "printers do not reach the edge of the sheet"
        assert box.right <= 210 - 4.5
    kinds = {remark.kind for remark in paper.remarks}
    assert kinds <= {RemarkKind.NARROWED, RemarkKind.CUT}
    assert RemarkKind.CUT not in kinds or grid.width < 40, "only the smallest label cuts this address"


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_usual_address_is_told_nothing_about(layout: LabelLayout) -> None:
    paper = printed(LabelsSpec(OWNER, layout.grid, 1, PEOPLE[:2], NOT_SHIFTED))
    assert paper.remarks == ()
    text = pages_text(paper.pdf)[0].replace("\n", "")
    for part in (
        "〒251-8601",
        "1番地の1",
        "楜澤　涼介　様",
        "123456789012",
        "湘南ハイツ203号室",
        "𠮷之助　様",
    ):
        assert part in text


def test_a_used_sheet_is_begun_in_the_middle_and_goes_on_at_the_first_face() -> None:
    grid = label_layouts()[3].grid
    assert grid.count == 12
    pdf = printed(LabelsSpec(OWNER, grid, 8, crowd(9), NOT_SHIFTED)).pdf
    faces = list(faces_of(grid))
    assert [is_blank(pdf, face) for face in faces] == [True] * 7 + [False] * 5
    assert [is_blank(pdf, face, 1) for face in faces] == [False] * 4 + [True] * 8


def test_a_printer_is_corrected_to_the_right_and_downwards() -> None:
    grid = label_layouts()[3].grid
    plain = ink(printed(LabelsSpec(OWNER, grid, 1, PEOPLE[:1], NOT_SHIFTED)).pdf)
    moved = ink(printed(LabelsSpec(OWNER, grid, 1, PEOPLE[:1], Shift(1.5, -0.8))).pdf)
    assert moved.left - plain.left == pytest.approx(1.5, abs=0.2)
    assert moved.top - plain.top == pytest.approx(-0.8, abs=0.2)


def test_the_edges_of_the_faces_are_drawn_only_for_the_screen() -> None:
    grid = label_layouts()[3].grid
    spec = LabelsSpec(OWNER, grid, 1, PEOPLE[:1], NOT_SHIFTED)
    assert is_blank(printed(spec).pdf, list(faces_of(grid))[5])
    framed = ink(printed(replace(spec, framed=True)).pdf)
    assert framed.left == pytest.approx(grid.left, abs=0.3)
    assert framed.bottom == pytest.approx(grid.top + 6 * grid.step_y, abs=0.3)


def test_a_long_address_is_set_smaller_then_narrowed_and_told() -> None:
    small = next(layout.grid for layout in LAYOUTS if layout.grid.count == 65)
    large = next(layout.grid for layout in LAYOUTS if layout.grid.count == 8)
    person = replace(PEOPLE[2], name="楜澤　涼介")
    assert printed(LabelsSpec(OWNER, large, 1, (person,), NOT_SHIFTED)).remarks == ()
    remarks = printed(LabelsSpec(OWNER, small, 1, (person,), NOT_SHIFTED)).remarks
    assert {remark.kind for remark in remarks} == {RemarkKind.NARROWED}
    longer = replace(person, address=(*LONG_ADDRESS, *LONG_ADDRESS))
    remarks = printed(LabelsSpec(OWNER, small, 1, (longer,), NOT_SHIFTED)).remarks
    assert {remark.kind for remark in remarks} == {RemarkKind.NARROWED, RemarkKind.CUT}


@pytest.mark.parametrize("hostile", HOSTILE, ids=[f"{number}" for number in range(len(HOSTILE))])
def test_nothing_that_is_typed_leaves_its_face(hostile: str) -> None:
    person = Addressee(hostile, (hostile, hostile), hostile, hostile, hostile)
    for grid in (layout.grid for layout in LAYOUTS if layout.grid.count in {12, 65}):
        pdf = printed(LabelsSpec(OWNER, grid, 2, (person,), NOT_SHIFTED)).pdf
        x, y = grid.face(2)
        try:
            box = ink(pdf, dots=72)
        except AssertionError:
            continue  # only spaces: nothing is drawn
        assert x - 0.1 <= box.left <= box.right <= x + grid.width + 0.1
        assert y - 0.1 <= box.top <= box.bottom <= y + grid.height + 0.1
    envelope = printed(EnvelopeSpec(OWNER, person, True, hostile, (hostile,) * 9, NOT_SHIFTED))
    window = printed(WindowSpec(OWNER, person, NOT_SHIFTED))
    trial = printed(TrialSpec(OWNER, 210, 297, (), NOT_SHIFTED, hostile, (hostile,)))
    assert len(envelope.owners) == len(window.owners) == len(trial.owners) == 1


# --- envelopes ----------------------------------------------------------------


def envelope(person: Addressee, *, boxed: bool = False, shift: Shift = NOT_SHIFTED) -> EnvelopeSpec:
    return EnvelopeSpec(OWNER, person, boxed, "親展", ("見本市 総務部 職員課", "電話　000-000-0000"), shift)


def test_an_envelope_is_a_long_one_and_its_digits_stand_in_the_boxes() -> None:
    pdf = printed(envelope(replace(PEOPLE[0], reference=""))).pdf
    with opened(pdf) as document:
        width, height = document.get_page_size(0)
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((120, 235), abs=0.1)
    boxes = postcode_boxes()
    assert boxes[0][0] == pytest.approx(120 - 8 - 47.7)
    assert boxes[-1][0] + boxes[-1][2] == pytest.approx(120 - 8)
    for left, top, wide, high in boxes:
        box = ink(pdf, Box(left, top, left + wide, top + high))
        assert (box.left + box.right) / 2 == pytest.approx(left + wide / 2, abs=0.7)
        assert (box.top + box.bottom) / 2 == pytest.approx(top + high / 2, abs=0.7)
    text = pages_text(pdf)[0].replace("\n", "")
    assert "〒" not in text
    for part in ("朝日町1番地の1", "楜澤　涼介　様", "親展", "見本市 総務部 職員課"):
        assert part in text


def test_boxes_are_drawn_for_envelopes_that_have_none() -> None:
    left, top, wide, high = postcode_boxes()[3]
    around = Box(left - 0.5, top - 0.5, left + wide + 0.5, top + high + 0.5)
    plain, boxed = (ink(printed(envelope(PEOPLE[0], boxed=on)).pdf, around) for on in (False, True))
    assert boxed.right - boxed.left == pytest.approx(wide, abs=0.4)
    assert plain.right - plain.left < wide - 1


def test_an_address_from_abroad_needs_no_boxes() -> None:
    person = replace(PEOPLE[3], postcode="75001 FR")
    pdf = printed(envelope(person)).pdf
    assert is_blank(pdf, Box(60, 10, 118, 22))
    assert "〒75001 FR" in pages_text(pdf)[0]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name[:4])
def test_an_envelope_keeps_its_margins(person: Addressee) -> None:
    paper = printed(envelope(replace(person, reference="")))
    box = ink(paper.pdf)
    assert box.left >= 12
    assert box.right <= 113
    assert box.bottom <= 235 - 12
    assert not [remark for remark in paper.remarks if remark.kind is RemarkKind.CUT]


# --- window envelopes ---------------------------------------------------------


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name[:4])
def test_an_address_stays_in_the_window_however_the_sheet_is_folded(person: Addressee) -> None:
    left, top, width, height = WINDOW
    assert (left, top, left + width, top + height) == (20, 12, 105, 45)
    box = ink(printed(WindowSpec(OWNER, replace(person, reference=""), NOT_SHIFTED)).pdf)
    assert box.left - FOLD_TOLERANCE >= left
    assert box.right + FOLD_TOLERANCE <= left + width
    assert box.top - FOLD_TOLERANCE >= top
    assert box.bottom + FOLD_TOLERANCE <= top + height


def test_a_letter_with_an_address_shows_it_in_the_same_window() -> None:
    rows = ("〒251-8601", "神奈川県藤沢市朝日町1番地の1", "湘南ハイツ203号室")
    left, top, width, height = WINDOW
    window = Box(left, top, left + width, top + height)
    plain = printed(letter(address=rows))
    box = ink(plain.pdf, window)
    assert box.left - FOLD_TOLERANCE >= window.left
    assert box.right + FOLD_TOLERANCE <= window.right
    assert box.top - FOLD_TOLERANCE >= window.top
    assert box.bottom + FOLD_TOLERANCE <= window.bottom
    sheet = printed(WindowSpec(OWNER, Addressee("251-8601", rows[1:], "楜澤　涼介", "様"), NOT_SHIFTED))
    assert ink(sheet.pdf) == box, "letters and address sheets have one geometry"
    moved = ink(printed(letter(address=rows, window_shift=Shift(2.0, 1.0))).pdf, window)
    assert moved.left - box.left == pytest.approx(2.0, abs=0.2)
    assert moved.top - box.top == pytest.approx(1.0, abs=0.2)


def test_the_number_of_a_letter_never_shows_in_the_window() -> None:
    rows = ("〒251-8601", "神奈川県藤沢市朝日町1番地の1")
    pdf = printed(letter(address=rows, number="記" * 60, date="2024年（令和6年）10月25日")).pdf
    assert is_blank(pdf, Box(102, 12, 104.5, 45))
    assert "楜澤　涼介　様" in pages_text(pdf)[0]


# --- test pages ---------------------------------------------------------------


def test_a_test_page_shows_frames_and_a_ruler_where_they_really_are() -> None:
    frames = (Frame(40, 60, 50, 30), Frame(120, 60, 50, 30))
    pdf = printed(TrialSpec(OWNER, 210, 297, frames, NOT_SHIFTED, "試し刷り", ("重ねて透かします。",))).pdf
    frame = ink(pdf, Box(30, 50, 100, 100))
    assert (frame.left, frame.top) == pytest.approx((40, 60), abs=0.3)
    assert (frame.right, frame.bottom) == pytest.approx((90, 90), abs=0.3)
    cross = ink(pdf, Box(45, 65, 85, 85))
    assert ((cross.left + cross.right) / 2, (cross.top + cross.bottom) / 2) == pytest.approx(
        (65, 75), abs=0.3
    )
    tick = ink(pdf, Box(99.5, 7.2, 100.5, 8.6))
    assert (tick.left + tick.right) / 2 == pytest.approx(100, abs=0.2)
    text = pages_text(pdf)[0]
    assert "試し刷り" in text
    assert "重ねて透かします。" in text
    assert "100" in text


def test_a_corrected_test_page_moves_with_its_rulers() -> None:
    spec = TrialSpec(OWNER, 120, 235, (Frame(40, 60, 50, 30),), NOT_SHIFTED, "試し刷り", ())
    plain = ink(printed(spec).pdf, Box(30, 50, 110, 100))
    moved = ink(printed(replace(spec, shift=Shift(-2.0, 3.0))).pdf, Box(30, 50, 110, 105))
    assert moved.left - plain.left == pytest.approx(-2.0, abs=0.2)
    assert moved.top - plain.top == pytest.approx(3.0, abs=0.2)

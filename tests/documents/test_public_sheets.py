"""Press release, flyer and course sheet on paper: geometry, figures from text, what does not fit."""

from __future__ import annotations

import pytest
import zxingcpp
from paper_samples import printed
from pdf_reading import MM, ink, opened, pages_text, picture, start_of
from public_samples import CODE, course_sheet, flyer, press_release

from fujisawa_desktop.documents.course_text import Arrow, Beside, Box, Group, Steps, read_figure
from fujisawa_desktop.documents.public_specs import WebCode
from fujisawa_desktop.documents.specs import Item, RemarkKind
from fujisawa_desktop.documents.strips import marked

LONG = "市民の声を聴き、課題を見つけ、解決の方法を職員とともに考え、実行し、効果を確かめます。" * 8


def joined(pdf: bytes) -> str:
    return "".join("".join(pages_text(pdf)).split())


# --- what a clerk types, read as a figure -------------------------------------------


def test_a_short_first_line_is_the_heading_of_its_group() -> None:
    assert read_figure(["これまでの市役所", "☑縦割り", "➡つなぐ形態"]) == (
        Group("これまでの市役所", ("☑縦割り", "➡つなぐ形態")),
    )
    assert read_figure(["市は取り組んできました。", "次に続く文です。"]) == (
        Group("", ("市は取り組んできました。", "次に続く文です。")),
    )
    assert read_figure(["一行だけ"]) == (Group("", ("一行だけ",)),)


def test_blank_lines_and_arrows_part_groups() -> None:
    assert read_figure(["甲。", "", "", "乙。", "↓", "丙。", "↕", "丁。", ""]) == (
        Group("", ("甲。",)),
        Group("", ("乙。",)),
        Arrow.DOWN,
        Group("", ("丙。",)),
        Arrow.BOTH,
        Group("", ("丁。",)),
    )


@pytest.mark.parametrize(
    "lines", [["手順", "1.企画", "2.実施"], ["手順", "１．企画", "２．実施"], ["手順", "①企画", "②　実施"]]
)
def test_numbers_in_succession_are_a_process(lines: list[str]) -> None:
    (group,) = read_figure(lines)
    assert isinstance(group, Group)
    (steps,) = group.parts
    assert isinstance(steps, Steps)
    assert [text for _mark, text in steps.steps] == ["企画", "実施"]


def test_a_figure_with_a_point_is_no_step() -> None:
    assert read_figure(["1.5倍に増えました。"]) == (Group("", ("1.5倍に増えました。",)),)


def test_boxes_across_and_beside_each_other() -> None:
    assert read_figure(["領域", "［台帳］", "↕", "A窓口｜B窓口| C窓口"]) == (
        Group("領域", (Box("台帳"),)),
        Arrow.BOTH,
        Group("", (Beside(("A窓口", "B窓口", "C窓口")),)),
    )


def test_numbered_examples_stand_apart_although_nothing_parts_them() -> None:
    figure = read_figure(["取組例①", "体制づくり", "取組例②", "意見の提案"])
    assert figure == (Group("取組例①", ("体制づくり",)), Group("取組例②", ("意見の提案",)))


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("※受入部署", "※", "受入部署"),
        ("・ 企画", "・", "企画"),
        ("（例）週1日", "（例）", "週1日"),
        ("②①の内容", "②", "①の内容"),
        ("10.企画", "10.", "企画"),
        ("2024年", "", "2024年"),
        ("1.5倍", "", "1.5倍"),
        ("", "", ""),
    ],
)
def test_the_mark_of_a_line(text: str, mark: str, rest: str) -> None:
    assert marked(text) == (mark, rest)


# --- on paper -------------------------------------------------------------------------


def test_a_release_stands_within_the_margins_of_a_letter() -> None:
    paper = printed(press_release())
    edge = ink(paper.pdf)
    assert edge.left >= 25
    assert edge.top >= 17
    assert edge.right <= 210 - 20
    assert edge.bottom <= 297 - 16
    assert paper.remarks == ()


def test_the_order_of_a_release_is_the_citys() -> None:
    pdf = printed(press_release()).pdf
    heights = [
        start_of(pdf, text)[1]
        for text in (
            "見本市役所",
            "記者発表資料",
            "報道関係者各位",
            "「見本市長期",
            "本市では",
            "概要",
            "◆募集",
            "問い合わせ",
        )
    ]
    assert heights == sorted(heights)
    assert start_of(pdf, "2024年（令和6年）")[1] == pytest.approx(heights[0], abs=1)


def test_notes_of_a_release_hang_behind_their_mark() -> None:
    pdf = printed(press_release(items=(Item("◆期間", ("※" + "国" * 80,)),))).pdf
    with opened(pdf) as document:
        layer = document[0].get_textpage()
        signs = layer.get_text_range()
        boxes = [layer.get_charbox(at) for at, sign in enumerate(signs) if sign == "国"]
        layer.close()
    lines: dict[int, float] = {}
    for left, _bottom, _right, top in boxes:
        lines[round(top)] = min(left, lines.get(round(top), left))
    assert len(lines) > 1
    assert max(lines.values()) - min(lines.values()) < 0.3
    assert start_of(pdf, "※")[0] * MM < min(lines.values()) - 5


@pytest.mark.parametrize("courses", [0, 1, 2, 3, 4, 5, 6, 7, 12, 30])
@pytest.mark.parametrize("text", ["", "市の広報に携わります。", LONG], ids=["none", "short", "long"])
def test_a_flyer_is_one_page_whatever_it_says(courses: int, text: str) -> None:
    paper = printed(flyer(courses, text))
    assert len(paper.owners) == 1
    edge = ink(paper.pdf)
    assert edge.left >= 9
    assert edge.right <= 201
    assert edge.top >= 9
    assert edge.bottom <= 297 - 9.5
    said = joined(paper.pdf)
    told = {remark.text for remark in paper.remarks if remark.kind is RemarkKind.CUT}
    for number in range(1, courses + 1):
        name = f"「広報{number}」コース"
        assert name in said or name in told
    if text and courses and "".join(text.split()) not in said:
        assert any(text.startswith(one[:20]) for one in told)
    assert "☎000-000-0000" in said
    assert [code.text for code in zxingcpp.read_barcodes(picture(paper.pdf, dots=150))] == [CODE.url]


def test_a_flyer_that_says_little_is_set_larger() -> None:
    def body_size(text: str) -> float:
        pdf = printed(flyer(2, text)).pdf
        with opened(pdf) as document:
            layer = document[0].get_textpage()
            at = layer.search("会計年度任用職員").get_next()[0]
            left, bottom, _right, top = layer.get_charbox(at, loose=True)
            layer.close()
        assert left > 0
        return float(top - bottom)

    assert body_size("短い。") > body_size(LONG)


def test_title_and_points_of_a_flyer_are_read_from_two_metres() -> None:
    pdf = printed(flyer()).pdf
    with opened(pdf) as document:
        layer = document[0].get_textpage()
        for text, least in (("長期インターンシップ", 10), ("エントリー期間：10月", 5.5), ("報酬あり", 5.5)):
            at = layer.search(text).get_next()[0]
            _left, bottom, _right, top = layer.get_charbox(at, loose=True)
            assert (top - bottom) / MM >= least, text
        layer.close()


def test_a_long_title_stands_on_two_lines() -> None:
    title = "令和8年度見本市学生長期インターンシップ（有償型・夏季集中プログラム）"
    paper = printed(flyer(title=title))
    assert paper.remarks == ()
    assert title in joined(paper.pdf)


def test_a_page_address_that_no_code_can_hold_is_told() -> None:
    code = WebCode("https://www.city.example.lg.jp/" + "a" * 400, "ホームページ")
    for spec in (press_release(code=code), flyer(code=code)):
        paper = printed(spec)
        assert RemarkKind.CUT in {remark.kind for remark in paper.remarks}
        assert not zxingcpp.read_barcodes(picture(paper.pdf, dots=150))


def test_the_figures_of_a_course_sheet_are_drawn() -> None:
    plain = printed(course_sheet(background=("これまでの市役所は、縦割りでした。",)))
    drawn = printed(course_sheet())
    assert len(drawn.owners) == 1
    assert drawn.remarks == ()
    arrow = (picture(drawn.pdf) < 200).sum() - (picture(plain.pdf) < 200).sum()
    assert arrow > 2_000  # the band after the arrow
    heights = [start_of(drawn.pdf, text)[1] for text in ("企画", "実施", "反映")]
    assert heights == pytest.approx([heights[0]] * 3, abs=0.2)  # beside each other
    places = [start_of(drawn.pdf, text)[0] for text in ("企画", "実施", "反映")]
    assert places == sorted(places)
    assert start_of(drawn.pdf, "A窓口")[1] == pytest.approx(start_of(drawn.pdf, "B窓口")[1], abs=0.2)


def test_many_steps_and_boxes_become_lists() -> None:
    steps = ["手順", *(f"{number}.手順その{number}の内容" for number in range(1, 10))]
    pdf = printed(course_sheet((*steps, "", "｜".join(f"第{number}窓口" for number in range(1, 10))))).pdf
    heights = [start_of(pdf, f"手順その{number}の")[1] for number in range(1, 10)]
    assert heights == sorted(set(heights))
    boxes = [start_of(pdf, f"第{number}窓口")[1] for number in range(1, 10)]
    assert boxes == sorted(set(boxes))


def test_a_long_sheet_flows_to_further_pages_and_each_says_which_course_it_is() -> None:
    rows = tuple(Item(f"見出し{number}", (LONG,)) for number in range(6))
    paper = printed(course_sheet(content=rows, summary=Item("概要", (LONG,) * 6)))
    texts = pages_text(paper.pdf)
    assert len(texts) >= 2
    assert all("「広報」コース" in text for text in texts)
    assert f"1／{len(texts)}頁" in texts[0]
    said = joined(paper.pdf)
    assert all(f"見出し{number}" in said for number in range(6))
    assert said.count("効果を確かめます。") == 8 * 12
    for page in range(len(texts)):
        edge = ink(paper.pdf, page=page)
        assert edge.left >= 15
        assert edge.right <= 195
        assert edge.bottom <= 297 - 9
    assert paper.remarks == ()


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_a_long_name_of_a_course_stands_whole_on_its_sheet(times: int) -> None:
    name = f"「{'地域とともに歩む協働のまちづくり' * times}」コース"
    paper = printed(course_sheet(name=name, host="【担当部署】 市民自治推進課地域コミュニティ担当"))
    assert [one for one in paper.remarks if one.kind is RemarkKind.CUT] == []
    assert name in joined(paper.pdf)


def test_parts_without_text_have_no_heading() -> None:
    said = joined(printed(course_sheet(background=(), initiatives=Item("取組", ()))).pdf)
    assert "背景" not in said
    assert "取組" not in said
    assert "コース内容" in said


def test_what_is_absent_is_told_once_on_the_first_page() -> None:
    for spec in (press_release(absent=("問い合わせ先",)), flyer(absent=("問い合わせ先",))):
        remarks = printed(spec).remarks
        assert [(one.kind, one.text) for one in remarks] == [(RemarkKind.ABSENT, "問い合わせ先")]


def test_colours_stay_apart_when_printed_gray() -> None:
    """White on the dark band, dark on the signal: both with at least the contrast of good print."""
    pixels = picture(printed(flyer()).pdf)
    scale = 144 / 25.4

    def gray(x: float, y: float) -> int:
        return int(pixels[int(y * scale), int(x * scale)])

    band, signal = gray(120, 13), gray(15.5, 15)
    assert band < 80
    assert signal > 180

"""Press release, flyer and course sheets from the database, read back from the PDF."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from pdf_reading import pages_text, picture, pypdf_text
from public_scene import another_city, change_course, change_programme, more_courses
from published_papers import CHILDREN_SHEET, DIGITAL_SHEET, FLYER, PRESS_RELEASE, facts, without_spaces
from sqlalchemy import select

from fujisawa_desktop.documents.public_specs import CourseSheetSpec, FlyerSpec, PressReleaseSpec
from fujisawa_desktop.documents.specs import RemarkKind
from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.models import EntryKind, Notice, PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.courses import courses, remove_course
from fujisawa_desktop.services.paper_kinds import PUBLIC
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.programme_view import ContactRow, PatternRow, RateRow
from fujisawa_desktop.services.programmes import programme
from fujisawa_desktop.services.public_values import months_between
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 9, 27, 9)
PAPERS = {
    "press": ("press-release", 0, PRESS_RELEASE),
    "flyer": ("flyer", 0, FLYER),
    "digital": ("course-sheet", 0, DIGITAL_SHEET),
    "children": ("course-sheet", 1, CHILDREN_SHEET),
}


def make(database: Database, programme_id: int, kind: str, **more: Any) -> PaperDraft:
    return make_papers(database, programme_id=programme_id, kind=kind, now=NOW, **more)


def said(draft: PaperDraft, page: int = 0) -> str:
    return without_spaces(pages_text(draft.pdf)[page])


@pytest.mark.parametrize("paper", PAPERS)
def test_the_shipped_programme_gives_every_line_the_city_published(
    database: Database, programme_id: int, paper: str
) -> None:
    kind, page, published = PAPERS[paper]
    draft = make(database, programme_id, kind)
    text = said(draft, page)
    assert [line for line in facts(published) if line not in text] == []
    assert draft.warnings == ()
    assert draft.page_count == (2 if kind == "course-sheet" else 1)


@pytest.mark.parametrize("paper", PAPERS)
def test_other_programs_read_the_same_lines(
    database: Database, programme_id: int, paper: str, tmp_path: Path
) -> None:
    kind, page, published = PAPERS[paper]
    pdf = make(database, programme_id, kind).pdf

    text = without_spaces(pypdf_text(pdf, page))
    assert [line for line in facts(published) if line not in text] == []
    if shutil.which("pdftotext"):
        (tmp_path / "paper.pdf").write_bytes(pdf)
        command = ["pdftotext", "-raw", "-f", str(page + 1), "-l", str(page + 1), "-enc", "UTF-8"]
        ran = subprocess.run(
            [*command, str(tmp_path / "paper.pdf"), "-"], check=True, capture_output=True, timeout=60
        )
        text = without_spaces(ran.stdout.decode("utf-8"))
        assert [line for line in facts(published) if line not in text] == []


def test_each_paper_reads_the_cap_as_the_city_wrote_it_there_and_no_other_way(
    database: Database, programme_id: int
) -> None:
    press, flyer = (said(make(database, programme_id, kind)) for kind in ("press-release", "flyer"))
    assert "月60時間未満" in press
    assert "以内" not in press
    assert "月60時間以内" in flyer
    assert "最大60時間/月" in flyer
    assert "未満" not in flyer


@pytest.mark.parametrize(("kind", "level"), [("press-release", "Q"), ("flyer", "Q")])
def test_the_code_leads_to_the_programmes_page_and_its_address_stands_in_clear(
    database: Database, programme_id: int, kind: str, level: str
) -> None:
    draft = make(database, programme_id, kind)
    [code] = zxingcpp.read_barcodes(picture(draft.pdf, dots=150))
    url = programme(database, programme_id).home_page_url
    assert code.text == url
    assert code.ec_level == level
    assert without_spaces(url) in said(draft)


def test_a_flyers_code_is_still_read_with_a_fifth_of_it_covered(
    database: Database, programme_id: int
) -> None:
    pixels = picture(make(database, programme_id, "flyer").pdf, dots=150)
    [code] = zxingcpp.read_barcodes(pixels)
    corner, far = code.position.top_left, code.position.bottom_right
    covered = pixels.copy()
    width, height = far.x - corner.x, far.y - corner.y
    left, top = corner.x + width * 55 // 100, corner.y + height * 40 // 100
    covered[top : top + height // 4, left : left + width // 4] = 0
    assert [one.text for one in zxingcpp.read_barcodes(covered)] == [code.text]


def test_a_changed_figure_changes_every_paper_it_stands_on(database: Database, programme_id: int) -> None:
    view = programme(database, programme_id)
    change_programme(
        database,
        programme_id,
        entry_from=date(2024, 9, 30),
        entry_until=date(2024, 10, 18),
        entry_deadline=datetime(2024, 10, 18, 17),
        first_result_on=date(2024, 10, 28),
        final_result_on=date(2024, 11, 15),
        term_until=date(2025, 2, 28),
        week_days_max=4,
        cap_minutes=3000,
        rates=(RateRow(date(2024, 12, 1), 1300),),
        patterns=tuple(replace(one, ends=time(13, 30)) if one.sign == "半" else one for one in view.patterns),
        workplace="藤沢市役所 分庁舎",
    )
    first, second = courses(database, programme_id)
    change_course(database, first.id, capacity=3, capacity_approximate=False, host_department="デジタル課")
    press, flyer = (said(make(database, programme_id, kind)) for kind in ("press-release", "flyer"))
    for text in (
        "2024年（令和6年）9月30日",
        "2024年9月30日（月）～10月18日（金）",
        "2024年12月1日～2025年2月28日（3か月間）",
        "月50時間未満",
        "「週1日（半日9時～13時30分）」",
        "「週4日（終日9時～16時）」",
        "※受入部署：デジタル課",
    ):
        assert text in press
    for text in (
        "エントリー期間：10月18日まで",
        "最大3か月",
        "2024年12月～2025年2月",
        "※週1～4日程度（最大50時間/月）",
        "時給1,300円（通勤費支給あり）",
        "藤沢市役所分庁舎（藤沢駅徒歩5分）",
        "※最大3名【",
        "※最大2名程度",
        "【エントリー期間：～10月18日（金）】",
        "【合格発表：10月28日（月）までにメールにて案内】",
        "【合格発表：11月15日（金）】",
    ):
        assert text in flyer.replace("「デジタル市役所」「スマートシティ」の実現に向けた業務に携わって", "【")
    sheet = said(make(database, programme_id, "course-sheet"))
    assert "【担当部署】デジタル課" in sheet
    assert second.name in said(make(database, programme_id, "course-sheet"), 1)


def test_another_city_and_year_need_nothing_but_data(database: Database, programme_id: int) -> None:
    another_city(database, programme_id)
    press, flyer, sheet = (
        said(make(database, programme_id, kind)) for kind in ("press-release", "flyer", "course-sheet")
    )
    for text in (press, flyer, sheet):
        assert "藤沢" not in text
        assert "{" not in text
    for text in ("見本町", "2026年（令和8年）6月22日", "「見本町学生インターンシップ」を実施します",
                 "2026年6月22日（月）～7月10日（金）", "2026年8月17日～2026年12月20日（約4か月間）",
                 "月40時間以内", "時給1,300円", "担当：山田", "メール：koho@example.lg.jp"):  # fmt: skip
        assert text in press
    assert "内線" not in press
    for text in ("エントリー期間：7月10日まで", "2026年8月～12月", "※週2日程度（月40時間以内）",
                 "時給1,300円", "見本町役場", "「週2日（1日8時30分～15時30分）」",
                 "【合格発表：8月5日（水）】", "20分程度", "☎000-000-0002", "2コースから選択"):  # fmt: skip
        assert text in flyer
    assert "大学が忙しい週は" not in flyer  # there is only one way to work
    assert "内線" not in flyer
    assert "背景" not in sheet  # nothing is said about it


def test_one_course_is_no_choice(database: Database, programme_id: int) -> None:
    another_city(database, programme_id)
    remove_course(database, course_id=courses(database, programme_id)[1].id)
    flyer = said(make(database, programme_id, "flyer"))
    assert "コースから選択" not in flyer
    assert "第1コース" in flyer


@pytest.mark.parametrize("style", ["era", "western-era"])
def test_how_dates_are_written_is_a_setting_of_the_wording(
    database: Database, programme_id: int, style: str
) -> None:
    change_programme(database, programme_id, texts={"press-release": {"period_style": style}})
    text = said(make(database, programme_id, "press-release"))
    shown = {
        "era": "令和6年12月1日～令和7年1月31日",
        "western-era": "2024年（令和6年）12月1日～2025年（令和7年）1月31日",
    }
    assert shown[style] in text
    change_programme(database, programme_id, texts={"press-release": {"period_style": "lunar"}})
    with pytest.raises(InputFileError) as caught:
        make(database, programme_id, "press-release")
    assert caught.value.params["key"] == "period_style"


def test_a_clerks_wording_is_what_is_printed(database: Database, programme_id: int) -> None:
    from fujisawa_desktop.services.paper_templates import shipped_wording

    body = dict(shipped_wording(programme(database, programme_id), "flyer").data)
    body["banner"] = "締切は{{エントリー締切}}"
    body["work"] = {"heading": "働き方", "lines": ["・週{{週の日数}}日"]}
    with unit_of_work(database, "papers.issue") as work:
        work.session.add(
            PaperTemplate(
                programme_id=programme_id, kind="flyer", edition=1, body=body, made_at=NOW, actor="clerk"
            )
        )
        work.commit(kind="flyer", count=1)
    text = said(make(database, programme_id, "flyer"))
    assert "締切は10月16日（水）" in text
    assert "・週1～3日" in text
    assert "働き方の例" not in text


def test_without_home_page_and_contacts_the_papers_say_so_to_the_clerk(
    database: Database, programme_id: int
) -> None:
    change_programme(database, programme_id, home_page_url="", contacts=())
    for kind, heading in (("press-release", "*この資料に関する問い合わせ先"), ("flyer", "問い合わせ")):
        draft = make(database, programme_id, kind)
        assert [(one.kind, one.text) for one in draft.warnings] == [
            (RemarkKind.ABSENT, heading),
            (RemarkKind.ABSENT, "藤沢市ホームページ"),
        ]
        assert not any(one.is_lost for one in draft.warnings)
        text = said(draft)
        assert "藤沢市総務部職員課" in text  # the office answers where nobody is named
        assert "QRコード" not in text
        assert not zxingcpp.read_barcodes(picture(draft.pdf, dots=150))


def test_the_other_contact_answers_where_one_is_missing(database: Database, programme_id: int) -> None:
    change_programme(
        database, programme_id, contacts=(ContactRow("notice", "職員課", "西山", "0466-25-1111", "", ""),)
    )
    draft = make(database, programme_id, "press-release")
    assert "直通：0466-25-1111" in said(draft)
    assert [one.kind for one in draft.warnings] == [RemarkKind.ABSENT]
    assert make(database, programme_id, "flyer").warnings == ()


def test_a_course_that_is_not_public_stands_on_no_paper_unless_asked_for(
    database: Database, programme_id: int
) -> None:
    first, second = courses(database, programme_id)
    change_course(database, first.id, published=False)
    for kind in PUBLIC:
        draft = make(database, programme_id, kind)
        assert first.name not in said(draft)
        assert second.name in said(draft)
    assert "1コースから選択" in said(make(database, programme_id, "flyer"))
    chosen = make(database, programme_id, "course-sheet", course_ids=[first.id])
    assert [page.name for page in chosen.pages] == [first.name]
    change_course(database, second.id, published=False)
    for kind in PUBLIC:
        with pytest.raises(RuleError) as caught:
            make(database, programme_id, kind)
        assert caught.value.code == "papers.no-course"


@pytest.mark.parametrize("kind", sorted(PUBLIC))
def test_nobodys_number_can_be_named(database: Database, programme_id: int, kind: str) -> None:
    with pytest.raises(RuleError) as caught:
        make(database, programme_id, kind, numbers=[])
    assert caught.value.code == "papers.of-no-person"


def test_many_long_courses_stay_on_one_flyer_and_what_is_left_out_is_named(
    database: Database, programme_id: int
) -> None:
    more_courses(database, programme_id, 6)
    six = make(database, programme_id, "flyer")
    assert (six.page_count, six.warnings) == (1, ())
    more_courses(database, programme_id, 14)
    many = make(database, programme_id, "flyer")
    assert many.page_count == 1
    assert {one.kind for one in many.warnings} == {RemarkKind.CUT}
    text = said(many)
    names = [without_spaces(row.name) for row in courses(database, programme_id)]
    assert [name for name in names if name not in text] == []
    assert zxingcpp.read_barcodes(picture(many.pdf, dots=150))


def test_a_long_release_goes_on_and_says_its_pages(database: Database, programme_id: int) -> None:
    more_courses(database, programme_id, 14)
    draft = make(database, programme_id, "press-release")
    texts = [without_spaces(text) for text in pages_text(draft.pdf)]
    assert len(texts) == 3
    assert ["1／3頁" in texts[0], "3／3頁" in texts[2]] == [True, True]
    assert "0466(50)3583" in texts[-1]
    whole = "".join(texts)
    assert all(without_spaces(row.name) in whole for row in courses(database, programme_id))


def test_a_date_that_is_typed_stands_on_the_release(database: Database, programme_id: int) -> None:
    draft = make(database, programme_id, "press-release", dated=date(2024, 9, 30))
    assert "2024年（令和6年）9月30日" in said(draft)
    assert draft.file_name == "記者発表資料_20240930.pdf"
    assert make(database, programme_id, "press-release").file_name == "記者発表資料_20241001.pdf"


def test_public_papers_are_recorded_with_what_stood_on_them(database: Database, programme_id: int) -> None:
    for kind in ("press-release", "flyer", "course-sheet"):
        issue_papers(database, draft=make(database, programme_id, kind), actor="clerk")
        [act] = recent_acts(database, limit=1)
        assert act.kind is EntryKind.ISSUED
    with database.read() as session:
        rows = session.scalars(select(Notice).order_by(Notice.id)).all()
        forms = [row.snapshot["form"] for row in rows]
        assert [row.applicant_id for row in rows] == [None] * 4
        assert rows[1].snapshot["spec"]["banner"] == "エントリー期間：10月16日まで"
    names = [spec.__name__ for spec in (PressReleaseSpec, FlyerSpec, CourseSheetSpec, CourseSheetSpec)]
    assert forms == names


@pytest.mark.parametrize("kind", sorted(PUBLIC))
def test_the_same_data_give_the_same_bytes(database: Database, programme_id: int, kind: str) -> None:
    assert make(database, programme_id, kind).pdf == make(database, programme_id, kind).pdf


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2024, 12, 1), date(2025, 1, 31), "2か月"),
        (date(2024, 12, 2), date(2025, 1, 31), "約2か月"),
        (date(2024, 12, 2), date(2025, 2, 1), "2か月"),
        (date(2025, 2, 1), date(2025, 2, 28), "1か月"),
        (date(2025, 1, 31), date(2025, 2, 26), "27日"),
        (date(2024, 12, 1), date(2024, 12, 1), "1日"),
        (date(2024, 12, 1), date(2024, 12, 20), "20日"),
        (date(2024, 4, 1), date(2025, 3, 31), "12か月"),
    ],
)
def test_how_long_a_term_is(first: date, last: date, text: str) -> None:
    assert months_between(first, last) == text


def test_the_longer_and_the_shorter_day_are_found_by_their_hours(
    database: Database, programme_id: int
) -> None:
    change_programme(
        database,
        programme_id,
        patterns=(
            PatternRow("半", "半日", time(13), time(16), None, 0),
            PatternRow("終", "終日", time(9), time(16), time(12), 60),
            PatternRow("中", "6時間", time(9), time(15), None, 0),
        ),
    )
    text = said(make(database, programme_id, "press-release"))
    assert "「週1日（半日13時～16時）」" in text
    assert "「週3日（終日9時～16時）」" in text

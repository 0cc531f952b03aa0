from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from fujisawa_desktop.errors import InputFileError, NotFoundError
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.programme_files import programme_codes, read_programme


@pytest.fixture
def shipped() -> str:
    return (resources_dir() / "programmes" / "r6.toml").read_text(encoding="utf-8")


def refusal(tmp_path: Path, text: str) -> InputFileError:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFileError) as caught:
        read_programme(path)
    assert caught.value.params["file"] == "own.toml"
    return caught.value


def test_r6_ships() -> None:
    assert "r6" in programme_codes()


def test_r6_says_what_the_citys_papers_say() -> None:
    row = read_programme("r6").programme
    assert (row.code, row.fiscal_year, row.title) == ("r6", 2024, "藤沢市長期インターンシップ（有償型）")
    assert (row.entry_from, row.entry_until) == (date(2024, 10, 1), date(2024, 10, 16))
    assert row.entry_deadline == datetime(2024, 10, 16, 23, 59)
    assert row.first_result_on == date(2024, 10, 25)
    assert (row.interview_from, row.interview_until) == (date(2024, 10, 30), date(2024, 11, 8))
    assert (row.final_result_on, row.final_result_text) == (None, "11月中旬")
    assert (row.term_from, row.term_until) == (date(2024, 12, 1), date(2025, 1, 31))
    assert [(rate.from_day, rate.yen) for rate in row.rates] == [(date(2024, 12, 1), 1258)]
    assert row.minimum_wages == [["2024-10-01", 1162], ["2025-10-04", 1225]]
    assert (row.week_days_min, row.week_days_max) == (1, 3)


def test_r6_counts_the_cap_as_not_reached_and_keeps_both_readings() -> None:
    row = read_programme("r6").programme
    assert (row.cap_minutes, row.cap_inclusive) == (3600, False)
    readings = {(source["document"], source["inclusive"]) for source in row.cap_sources}
    assert readings == {("記者発表資料", False), ("チラシ", True)}
    assert any("月60時間未満" in source["text"] for source in row.cap_sources)
    assert any("月60時間以内" in source["text"] for source in row.cap_sources)


def test_r6_work_patterns() -> None:
    full, half = read_programme("r6").programme.patterns
    assert (full.starts, full.ends, full.break_from, full.break_minutes) == (time(9), time(16), time(12), 60)
    assert (half.starts, half.ends, half.break_minutes) == (time(9), time(12), 0)


def test_r6_contacts_spell_the_name_right() -> None:
    contacts = read_programme("r6").programme.contacts
    assert [contact.use for contact in contacts] == ["press", "notice"]
    assert all(contact.persons == "楜澤（くるみざわ）・西山" for contact in contacts)
    assert all(contact.extension == "2257" for contact in contacts)
    assert contacts[0].phone == "0466(50)3583"
    assert contacts[1].mail == "fj-saiyo@city.fujisawa.lg.jp"


def test_r6_courses_say_every_sentence_of_their_sheets() -> None:
    digital, children = read_programme("r6").courses
    assert (digital.name, digital.host_department, digital.capacity) == (
        "「DX・スマートシティ」コース",
        "デジタル推進室",
        2,
    )
    assert (children.name, children.host_department, children.capacity) == (
        "「子ども・子育て政策」コース",
        "子育て企画課",
        2,
    )
    assert digital.wanted.splitlines() == [
        "・デジタル分野に興味がある方、携わりたい方",
        "・藤沢市の課題を発掘、解決したい方",
        "・変革性、チャレンジ精神をお持ちの方",
    ]
    assert len(digital.duties.splitlines()) == 4
    assert children.duties.splitlines()[-1] == (
        "・大学や企業などと連携した子ども、学生のニーズ把握ができる仕組みづくり"
    )
    assert "5.フィードバック" in children.background
    assert children.initiatives.count("取組例") == 4
    for course in (digital, children):
        for text in (
            course.tagline, course.flyer_text, course.summary, course.background, course.initiatives,
            course.contents, course.wanted, course.duties,
        ):  # fmt: skip
            assert text == text.strip() != ""


def test_r6_press_release_keeps_its_lead() -> None:
    press = read_programme("r6").programme.texts["press-release"]
    assert press["addressee"] == "藤沢記者クラブ各位"
    assert len(press["lead"]) == 3
    assert "“初めて”" in press["lead"][1]


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(NotFoundError) as caught:
        read_programme("r99")
    assert caught.value.params["name"] == "r99"
    assert "r6" in caught.value.params["known"]  # type: ignore[operator]


def test_another_citys_file_needs_no_change_of_code(tmp_path: Path, shipped: str) -> None:
    path = tmp_path / "other.toml"
    text = shipped.replace('code = "r6"', 'code = "other"').replace("藤沢市", "見本市")
    path.write_text(text, encoding="utf-8")
    assert read_programme(path).programme.municipality == "見本市"


def test_a_file_may_say_its_own_premium_probation_and_oath(tmp_path: Path, shipped: str) -> None:
    path = tmp_path / "own.toml"
    own = "premium_day_minutes = 465\npremium_week_minutes = 2325\npremium_percent = 30\n"
    own += "probation_days = 10\noath_required = false\n"
    path.write_text(shipped.replace('pay_rounding = "A"\n', f'pay_rounding = "A"\n{own}'), encoding="utf-8")
    row = read_programme(path).programme
    assert (row.premium_day_minutes, row.premium_week_minutes, row.premium_percent) == (465, 2_325, 30)
    assert (row.probation_days, row.oath_required) == (10, False)
    wrong = path.read_text(encoding="utf-8").replace("oath_required = false", "oath_required = 0")
    assert refusal(tmp_path, wrong).params["key"] == "oath_required"


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('title = "藤沢市長期', 'titel = "藤沢市長期', "programme.file-key-unknown", "titel"),
        ('municipality = "藤沢市"\n', "", "programme.file-key-missing", "municipality"),
        ("cap_inclusive = false", "cap_inclusive = 0", "programme.file-key-type", "cap_inclusive"),
        ("fiscal_year = 2024", "fiscal_year = true", "programme.file-key-type", "fiscal_year"),
        (
            "entry_from = 2024-10-01",
            "entry_from = 2024-10-01T00:00:00",
            "programme.file-key-type",
            "entry_from",
        ),
        ("yen = 1258", 'yen = "1258"', "programme.file-key-type", "rates[1].yen"),
        ("capacity = 2\n", "", "programme.file-key-missing", "courses[1].capacity"),
        ('school_words = ["大学"', 'school_words = "大学" #', "programme.file-key-type", "school_words"),
        ('code = "r6"', "code = r6", "programme.file-syntax", None),
        ('code = "r6"', 'id = 5\ncode = "r6"', "programme.file-key-unknown", "id"),
        ("[[rates]]", "[[old_rates]]", "programme.file-key-unknown", "old_rates"),
    ],
)
def test_a_file_that_is_wrong_is_refused_by_its_item(
    tmp_path: Path, shipped: str, old: str, new: str, code: str, key: str | None
) -> None:
    assert old in shipped
    error = refusal(tmp_path, shipped.replace(old, new, 1))
    assert error.code == code
    assert error.params.get("key") == key


def test_a_file_without_courses_or_rates_is_refused(tmp_path: Path, shipped: str) -> None:
    head, tail = shipped.split("[[courses]]", 1)
    without_courses = head + "[texts" + tail.split("[texts", 1)[1]
    assert refusal(tmp_path, without_courses).params["key"] == "courses"
    without_rates = shipped.replace("[[rates]]\nfrom_day = 2024-12-01\nyen = 1258\n", "", 1)
    assert refusal(tmp_path, without_rates).params["key"] == "rates"


def test_a_list_that_is_no_list_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, 'rates = "x"').code == "programme.file-key-type"
    assert refusal(tmp_path, "rates = [1]").code == "programme.file-key-type"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"programme\.file-not-read"):
        read_programme(tmp_path / "missing.toml")
    with pytest.raises(InputFileError, match=r"programme\.file-not-read"):
        read_programme(tmp_path)
    (tmp_path / "sjis.toml").write_bytes("title = '藤沢市'".encode("cp932"))
    with pytest.raises(InputFileError, match=r"programme\.file-not-utf8"):
        read_programme(tmp_path / "sjis.toml")

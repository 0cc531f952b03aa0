"""The wording files as they ship, and how placeholders are filled."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from known_figures import FIGURES

from fujisawa_desktop.documents.fonts import missing_characters
from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.commuting import CommutingMode, CommutingRule, month_commuting
from fujisawa_desktop.rules.explain import Step
from fujisawa_desktop.rules.pay import Rate, Rounding, month_pay
from fujisawa_desktop.rules.tax import TaxBase, TaxColumn, TaxDue, withholding
from fujisawa_desktop.rules.tax_tables import (
    DailyBracket,
    DailyTable,
    MonthlyBracket,
    MonthlyTable,
    TaxTables,
)
from fujisawa_desktop.services import paper_wording
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_months import Sentences
from fujisawa_desktop.services.paper_wording import Wording, clock, hours, wording
from fujisawa_desktop.services.wording_template import template

FOLDER = resources_dir() / "notices"
FAMILIES = {
    "first-result": {"letter"},
    "interview-invitation": {"letter"},
    "final-result": {"letter"},
    "roster": {"roster"},
    "labels": {"outside"},
    "envelope": {"outside"},
    "window-address": {"outside"},
    "dispatch-ledger": {"list"},
    "purge-certificate": {"erasure"},
    "interview-timetable": {"list"},
    "interviewer-timetable": {"day"},
    "score-sheet": {"day"},
    "door-list": {"day"},
    "attendance": {"month"},
    "confirmation": {"month"},
    "promotion": {"letter"},
    "disclosure": {"disclosure"},
    "decision-record": {"record"},
    "acceptance": {"letter", "terms"},
    "appointment": {"conditions", "terms"},
    "change-consent": {"conditions", "terms"},
    "change-notice": {"conditions", "terms"},
    "hand-in-guide": {"conditions", "terms"},
    "oath": {"conditions", "terms"},
    "leaving-notice": {"conditions", "terms"},
    "common": {"contact", "number", "cap", "correction"},
    "press-release": {"public"},
    "flyer": {"public"},
    "course-sheet": {"public"},
}


def every_text(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in every_text(part)]


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FAMILIES)
def test_every_word_in_braces_is_one_the_paper_knows(name: str) -> None:
    known = {word for family in FAMILIES[name] for word in load("placeholders")[family]}
    used = {word for text in every_text(load(name)) for word in template(text).names}
    assert used <= known


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_wording_can_be_printed_and_names_no_city(path: Path) -> None:
    texts = every_text(load(path.stem))
    assert missing_characters(texts) == []
    assert not [text for text in texts if "藤沢" in text]


def test_every_kind_has_its_wording() -> None:
    for kind in PaperKind:
        assert wording(kind.value).text("file_name")


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("{{氏名}} 様", {"氏名": "楜澤"}, "楜澤 様"),
        ("{{期限}}までに", {"期限": ""}, ""),  # nothing to say: the text is left out
        ("{{電話}}　内線{{内線}}", {"電話": "1", "内線": ""}, "1　内線"),
        ("置き換えなし", {}, "置き換えなし"),
        ("{{氏名}}", {"氏名": "{{受付番号}}"}, "{{受付番号}}"),  # a value is never read as wording
        ("{{氏名}}", {"氏名": "<b>&amp;"}, "<b>&amp;"),
        (
            "{% if 合格 %}合格{% elif 補欠 %}補欠{% else %}不合格{% endif %}",
            {"合格": "", "補欠": "1"},
            "補欠",
        ),
        ("{% if 合格 and not 補欠 %}合格{% endif %}です", {"合格": "1", "補欠": ""}, "合格です"),
        ("{% if コース == '広報' %}A{% endif %}{{コース}}", {"コース": "広報"}, "A広報"),
    ],
)
def test_filling(text: str, values: dict[str, str], filled: str) -> None:
    assert Wording("x.toml", {}).fill(text, values) == filled


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("{{知らない語}}", "papers.placeholder-unknown", 1),
        ("一行目\n{{知らない語}}", "papers.placeholder-unknown", 2),
        ("{% if 知らない語 %}はい{% endif %}", "papers.placeholder-unknown", 1),
        ("{{氏名.__class__}}", "papers.placeholder-broken", 1),
        ("{{氏名[0]}}", "papers.placeholder-broken", 1),
        ("{{氏名|upper}}", "papers.placeholder-broken", 1),
        ("{{氏名()}}", "papers.placeholder-broken", 1),
        ("{{氏名 * 9999999}}", "papers.placeholder-broken", 1),
        ("{% for 字 in 氏名 %}{{字}}{% endfor %}", "papers.placeholder-broken", 1),
        ("{% set 氏名 = 1 %}", "papers.placeholder-broken", 1),
        ("{% include '/etc/passwd' %}", "papers.placeholder-broken", 1),
        ("{{ }}", "papers.placeholder-broken", 1),
        ("一行目\n{{氏名", "papers.placeholder-broken", 2),
        ("{氏名}", "papers.placeholder-broken", 1),
        ("氏名}}", "papers.placeholder-broken", 1),
        ("{% if 氏名 %}", "papers.placeholder-broken", 1),
    ],
)
def test_a_wrong_brace_is_an_error_and_never_printed(text: str, code: str, line: int) -> None:
    with pytest.raises(InputFileError) as caught:
        Wording("x.toml", {}).fill(text, {"氏名": "楜澤"})
    assert caught.value.code == code
    assert caught.value.params["file"] == "x.toml"
    assert caught.value.params["line"] == line


def test_dates_and_times_as_letters_write_them() -> None:
    era = Wording("x.toml", {"date_style": "era"})
    western = Wording("x.toml", {"date_style": "western-era"})
    day = date(2024, 10, 1)
    assert era.day(day) == "令和6年10月1日"
    assert western.day(day) == "2024年（令和6年）10月1日"
    assert era.day_and_weekday(day) == "令和6年10月1日（火）"
    assert era.moment(datetime(2024, 10, 25, 17, 2)) == "令和6年10月25日 17:02"
    assert era.period(date(2024, 12, 1), date(2025, 1, 31)) == "令和6年12月1日から令和7年1月31日まで"
    assert (
        era.period_and_weekdays(date(2024, 10, 30), date(2024, 11, 8))
        == "令和6年10月30日（水）から11月8日（金）まで"
    )
    assert era.period_and_weekdays(date(2024, 12, 30), date(2025, 1, 8)).endswith("令和7年1月8日（水）まで")
    assert [clock(time(*at)) for at in ((9, 0), (12, 0), (12, 30), (16, 5))] == [
        "午前9時00分",
        "正午",
        "午後0時30分",
        "午後4時05分",
    ]
    assert (hours(3600), hours(3585), hours(14)) == ("60時間", "59時間45分", "0時間14分")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "papers.wording-missing"),
        (b"title = ", "papers.wording-broken"),
        ("題名 = 1".encode("cp932"), "papers.wording-broken"),
        (b"title = 1", "papers.wording-key"),
        (b"", "papers.wording-key"),
    ],
)
def test_a_broken_wording_file_is_named(
    content: bytes | None, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notices").mkdir()
    if content is not None:
        (tmp_path / "notices" / "made.toml").write_bytes(content)
    monkeypatch.setattr(paper_wording, "resources_dir", lambda: tmp_path)
    with pytest.raises(InputFileError) as caught:
        wording("made").text("title")
    assert caught.value.code == code
    assert caught.value.params["file"] == "made.toml"
    wording.cache_clear()


def steps_of_every_kind() -> list[Step]:
    """Return every step that the rules can explain an amount with."""
    day, rates = date(2024, 12, 2), (Rate(date(2024, 12, 1), 1258),)
    steps = [step for rounding in Rounding for step in month_pay({day: 200}, rates, rounding).steps]
    steps += month_pay({}, rates).steps
    for mode in CommutingMode:
        for cap in (None, 5_000, 900_000):
            rule = CommutingRule(mode, 840 if cap != 900_000 else 99_999, 500_000, cap)
            steps += month_commuting(rule, 9, paid_on=day, limits=FIGURES.commuting).steps
    for column in (TaxColumn.HEI, TaxColumn.KOU, TaxColumn.OTSU):
        due = withholding(column, TaxBase(7_548, day_pays={day: 7_548}), paid_on=day, years=FIGURES.tax_years)
        assert isinstance(due, TaxDue)
        steps.append(due.step)
    table = TaxTables(
        (MonthlyTable(2024, 2024, (MonthlyBracket(88_000, 89_000, (130, *[0] * 7), 3_200),)),),
        (DailyTable(2024, 2024, (DailyBracket(9_300, 9_400, 3),)),),
    )
    for column in (TaxColumn.HEI, TaxColumn.KOU, TaxColumn.OTSU):
        base = TaxBase(88_000, day_pays={day: 9_300})
        known = FIGURES.tax_years
        due = withholding(column, base, paid_on=day, years=known, tables=table, dependants=0)
        assert isinstance(due, TaxDue)
        steps.append(due.step)
    steps += [step for step in month_pay({day: 540}, rates).steps if "premium" in step.code]
    steps.append(Step("explain.tax-typed", {"taxable_yen": 90_000, "result_yen": 130}))
    steps.append(Step("explain.insurance", {"base_yen": 75_480, "result_yen": 453}))
    return steps


def test_the_statement_has_a_sentence_for_every_step_of_the_rules() -> None:
    steps = steps_of_every_kind()
    assert len({step.code for step in steps}) >= 22
    told = Sentences(wording("pay-statement"), steps).starting("explain.")
    assert len(told) == len(steps)
    assert all(told)
    assert "{" not in "".join(told)
    assert "1,258円 × 200分 ÷ 60分 ＝ 4,193.33円" in told


def test_a_step_without_a_sentence_is_an_error() -> None:
    with pytest.raises(InputFileError):
        Sentences(wording("pay-statement"), [Step("explain.new")]).starting("explain.")


def test_an_unknown_way_to_write_dates_is_refused() -> None:
    with pytest.raises(InputFileError):
        Wording("x.toml", {"date_style": "gregorian"}).day(date(2024, 10, 1))

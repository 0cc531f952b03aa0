"""The page of a wording before it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from appointed import sample_december
from decided_people import announced_final
from pdf_reading import pages_text

from fujisawa_desktop.errors import InputFileError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.wording_preview import WordingPage, preview_wording
from fujisawa_desktop.services.wording_shape import Path, with_value
from fujisawa_desktop.services.wording_versions import wording_names, wording_text


def page(
    database: Database, programme_id: int, name: str, *changes: tuple[Path, Any], variant: Path = ()
) -> WordingPage:
    data = wording_text(database, programme_id=programme_id, name=name).data
    for path, value in changes:
        data = with_value(data, path, value)
    return preview_wording(database, programme_id=programme_id, name=name, data=data, variant=variant)


def text_of(shown: WordingPage) -> str:
    return "".join(pages_text(shown.pdf)).replace("\n", "")


@pytest.mark.parametrize("part", ["pass", "reserve", "fail"])
def test_while_there_is_nobody_the_page_is_made_of_examples(
    database: Database, programme_id: int, part: str
) -> None:
    words = "{{氏名}}は{% if 合格 %}合格{% elif 補欠 %}補欠第{{補欠順位}}位{% else %}不合格{% endif %}です。"
    shown = page(database, programme_id, "final-result", ((part, "body"), [words]), variant=(part,))
    assert (shown.name, shown.number) == ("", "")
    told = {"pass": "合格です。", "reserve": "補欠第1位です。", "fail": "不合格です。"}
    assert "山田　花子は" + told[part] in text_of(shown)
    assert "DX・スマートシティ" in text_of(shown)  # what the programme knows is its own


def test_a_real_person_with_that_result_is_shown(database: Database, programme_id: int) -> None:
    announced_final(database, programme_id)
    for part, name in (("pass", "見本　一"), ("reserve", "見本　三"), ("fail", "見本　六")):
        body = ((part, "body"), ["{{氏名}}さんへ。"])
        shown = page(database, programme_id, "final-result", body, variant=(part,))
        assert shown.name == name
        assert f"{name}さんへ。" in text_of(shown)
        mail = page(database, programme_id, f"mail:final-{part}", (("before",), ["{{氏名}}さんへ。"]))
        assert (mail.name, mail.pdf) == (name, b"")
        assert f"{name}さんへ。" in mail.body


def test_what_all_papers_share_is_shown_in_a_letter(database: Database, programme_id: int) -> None:
    shown = page(database, programme_id, "common", (("contact", "heading"), "お尋ねは"))
    assert "お尋ねは" in text_of(shown)
    mail = page(database, programme_id, "mail:common", (("item_mark",), "◇"))
    assert "◇受付番号" in mail.body


def test_nothing_that_is_tried_is_kept(database: Database, programme_id: int) -> None:
    before = wording_text(database, programme_id=programme_id, name="promotion")
    page(database, programme_id, "promotion", (("pass", "body"), ["試し"]))
    assert wording_text(database, programme_id=programme_id, name="promotion") == before


def test_a_text_that_cannot_be_filled_is_an_error_that_names_it(
    database: Database, programme_id: int
) -> None:
    with pytest.raises(InputFileError, match="placeholder-unknown"):
        page(database, programme_id, "first-result", (("pass", "body"), ["{{知らない}}"]), variant=("pass",))


@pytest.mark.parametrize("name", wording_names())
def test_every_wording_is_shown_or_says_what_it_waits_for(
    database: Database, programme_id: int, name: str
) -> None:
    shown = page(database, programme_id, name)
    assert bool(shown.pdf) + bool(shown.body) + (shown.reason is not None) == 1


def test_forms_of_a_month_are_shown_of_a_real_person(database: Database, programme_id: int) -> None:
    sample_december(database, programme_id)
    shown = page(database, programme_id, "attendance", (("title",), "出勤の記録"))
    assert "出勤の記録" in text_of(shown)
    assert shown.name


@pytest.mark.parametrize(
    ("name", "part", "facts"),
    [
        ("first-result", "pass", "1次選考に合格 オンライン 30分 ご回答ください できるだけ多く 配慮"),
        ("first-result", "fail", "不合格 個人情報 情報の提供 感謝"),
        ("final-result", "pass", "任用期間 受入部署 時給 提出書類 欠格条項 在学 承諾 辞退"),
        ("final-result", "reserve", "補欠の順位 辞退等があった場合 有効期限 お約束するものではありません"),
        ("final-result", "fail", "不合格 個人情報 情報の提供 感謝"),
        ("promotion", "pass", "繰上げ 任用期間 提出書類 欠格条項 承諾"),
        (
            "interview-invitation",
            "letter",
            "5分前 表示名を受付番号 カメラ 本人確認 退室 録音 お電話 合否にかかわらず",
        ),
    ],
)
def test_each_letter_says_what_it_must_on_one_page(
    database: Database, programme_id: int, name: str, part: str, facts: str
) -> None:
    shown = page(database, programme_id, name, variant=(part,))
    pages = pages_text(shown.pdf)
    text = "".join(pages).replace("\n", "")
    assert len(pages) == 1
    assert [
        fact for fact in (*facts.split(), "受付番号", "問い合わせ先", "コース") if fact not in _close(text)
    ] == []


def _close(text: str) -> str:
    """Return a text without the spaces that spread a label."""
    return text.replace(" ", "").replace("　", "")

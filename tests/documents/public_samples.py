"""Specs of the public papers as the services make them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fujisawa_desktop.documents.public_specs import (
    CourseSheetSpec,
    FlyerCourse,
    FlyerSelection,
    FlyerSpec,
    PressReleaseSpec,
    PublicContact,
    WebCode,
)
from fujisawa_desktop.documents.specs import Item, Owner

CODE = WebCode("https://www.city.example.lg.jp/intern/", "見本市ホームページ")
CONTACT = PublicContact("問い合わせ", ("見本市 総務部 職員課", "☎000-000-0000", "✉saiyo@city.example.lg.jp"))


def press_release(**changes: Any) -> PressReleaseSpec:
    spec = PressReleaseSpec(
        owner=Owner("press-release", "記者発表資料"),
        city_hall="見本市役所",
        heading="記者発表資料",
        date="2024年（令和6年）10月1日",
        addressee="報道関係者各位",
        headline="「見本市長期インターンシップ」を実施します",
        lead=("本市では、長期インターンシップを実施します。",),
        outline_heading="【概要】",
        items=(
            Item("◆募集コース", ("①「広報」コース", "市の広報に携わります。", "※受入部署：広報課")),
            Item("◆実施期間", ("2024年12月1日～2025年1月31日（2か月間）",)),
        ),
        code=CODE,
        contact=CONTACT,
    )
    return replace(spec, **changes)


def flyer(courses: int = 2, text: str = "市の広報に携わります。", **changes: Any) -> FlyerSpec:
    spec = FlyerSpec(
        owner=Owner("flyer", "チラシ"),
        banner="エントリー期間：10月16日まで",
        title="R6見本市長期インターンシップ",
        points=("◆報酬あり", "◆週1～3日", "◆全学年対象"),
        outline=Item("概要", ("市を深く知っていただくために実施します。",)),
        term=Item("期間", ("2024年12月～2025年1月", "※週1～3日程度")),
        pay=Item("報酬", ("時給1,200円",)),
        place=Item("勤務場所", ("見本市役所 本庁舎（見本駅徒歩5分）",)),
        courses_heading="募集コース",
        courses=tuple(
            FlyerCourse(f"「広報{number}」コース", "※最大2名程度", (text,), "【受入部署】広報課")
            for number in range(1, courses + 1)
        ),
        courses_note="詳細は「コース紹介資料」をご確認ください。",
        form=Item("形態", ("会計年度任用職員", "→期間限定の職員です。")),
        work=Item("働き方の例", ("・忙しい週は「週1日」",)),
        entry=Item("エントリー方法", ("電子申請から。", "【エントリー期間】2024年10月1日（火）～16日（水）")),
        selection=FlyerSelection(
            "選考",
            "流れ",
            ("①エントリー【期間：～10月16日（水）】", "②1次選考", "③参加者決定【合格発表：11月中旬】"),
            "内容",
            (Item("【1次選考】", ("書類選考",)), Item("【2次選考】", ("面接試験",))),
        ),
        code=CODE,
        contact=CONTACT,
    )
    return replace(spec, **changes)


def course_sheet(
    background: tuple[str, ...] = ("これまで", "・縦割り", "➡つなぐ仕事", "↓", "仕組みを作ろう"),
    **changes: Any,
) -> CourseSheetSpec:
    spec = CourseSheetSpec(
        owner=Owner("course-1", "「広報」コース"),
        title="R6見本市長期インターンシップ",
        name="「広報」コース",
        host="【担当部署】 広報課",
        summary=Item("概要", ("市の広報に携わります。",)),
        background=Item("背景", background),
        initiatives=Item("取組", ("手順", "1.企画", "2.実施", "3.反映", "", "A窓口職員｜B窓口職員")),
        content_heading="コース内容",
        content=(Item("内容", ("広報の企画",)), Item("求める人材", ("・市が好きな方", "・伝えたい方"))),
    )
    return replace(spec, **changes)

"""The register, the list of transfers and the payments of a year on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from appointed import TEN_DAYS, work
from register_scene import (
    MISAKI,
    NET,
    RYOSUKE,
    SAKURA,
    TOTAL,
    YUI,
    Month,
    add_account,
    pay,
    reopen,
    stated_month,
    worked_month,
)

from fujisawa_desktop.documents.ledger_specs import LedgerSpec
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.paper_issuing import issue_papers
from fujisawa_desktop.services.paper_options import LedgerOptions
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.register_layouts import Layout, LayoutColumn, save_layout


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


def draft_of(month: Month, kind: str, **options: Any) -> PaperDraft:
    usual = {} if kind == "year-end" else {"year_month": (2024, 12)}
    return make_papers(month.database, programme_id=month.programme_id, kind=kind, **{**usual, **options})


def spec_of(month: Month, kind: str, **options: Any) -> LedgerSpec:
    [sheet] = draft_of(month, kind, **options).sheets
    assert isinstance(sheet.spec, LedgerSpec)
    return sheet.spec


def facts_of(spec: LedgerSpec) -> dict[str, str]:
    return {fact.label: fact.text for fact in spec.facts}


class TestRegister:
    def test_courses_sums_and_totals_that_agree(self, month: Month) -> None:
        spec = spec_of(month, "register")
        assert [group.heading for group in spec.groups] == [
            "「DX・スマートシティ」コース",
            "「子ども・子育て政策」コース",
        ]
        at = [column.heading for column in spec.columns].index("差引支給額")
        assert [group.total[at] for group in spec.groups] == ["97,810", "86,173"]
        assert spec.total[at] == f"{TOTAL:,}"
        assert [row[0] for group in spec.groups for row in group.rows] == ["1", "2", "3", "4"]
        facts = facts_of(spec)
        assert facts["計算書の合計"] == facts["台帳の合計"] == facts["振込の合計"] == "4名　183,983円"
        assert spec.marks == ("取扱注意",)

    def test_one_that_is_not_final_bears_the_mark_and_names_who(self, month: Month) -> None:
        reopen(month)
        work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[3:4], "半")
        spec = spec_of(month, "register")
        assert spec.marks == ("取扱注意", "参考")
        assert f"勤務実績と計算書の額が一致しない者：{YUI} 小鳥遊　結衣" in spec.notes
        row = next(row for group in spec.groups for row in group.rows if row[1] == YUI)
        assert row[-1] == "勤務実績と相違"

    def test_only_some_people(self, month: Month) -> None:
        spec = spec_of(month, "register", numbers=[RYOSUKE, SAKURA])
        assert sum(len(group.rows) for group in spec.groups) == 2
        assert spec.facts == ()

    def test_a_layout_of_the_office_and_one_that_no_sheet_can_show(self, month: Month) -> None:
        mine = Layout("額だけ", (LayoutColumn("name", "氏名"), LayoutColumn("net", "額")))
        save_layout(month.database, layout=mine)
        spec = spec_of(month, "register", options=LedgerOptions(layout="額だけ"))
        assert [column.heading for column in spec.columns] == ["No.", "氏名", "額"]
        with pytest.raises(AppError) as caught:
            draft_of(month, "register", options=LedgerOptions(layout="full"))
        assert caught.value.code == "register.too-wide"

    def test_nothing_stated(self, database: Database, programme_id: int) -> None:
        month = worked_month(database, programme_id)
        with pytest.raises(AppError) as caught:
            draft_of(month, "register")
        assert caught.value.code == "register.nobody"

    def test_it_leaves_like_every_other_paper(self, month: Month) -> None:
        draft = draft_of(month, "register")
        assert draft.file_name == "報酬支給台帳_2024-12.pdf"
        assert issue_papers(month.database, draft=draft, actor="test").changed


class TestTransfers:
    def test_what_the_file_holds_with_its_totals(self, month: Month) -> None:
        spec = spec_of(month, "transfer-list", options=LedgerOptions(pay_date=date(2025, 1, 21)))
        [group] = spec.groups
        assert {row[1]: row[-1] for row in group.rows} == {number: f"{yen:,}" for number, yen in NET.items()}
        assert spec.total[-1] == f"{TOTAL:,}"
        facts = facts_of(spec)
        assert facts["振込指定日"] == "令和7年1月21日（火）"
        assert facts["件数・合計"] == "4件　183,983円"
        assert facts["計算書の合計"] == facts["台帳の合計"] == "4名　183,983円"
        assert spec.stamps == ("課長", "係長", "担当")

    def test_who_is_not_in_it_is_named(self, month: Month) -> None:
        add_account(month, YUI, confirmed_at=None)
        out = frozenset({month.id(MISAKI)})
        spec = spec_of(month, "transfer-list", options=LedgerOptions(left_out=out))
        assert len(spec.groups[0].rows) == 2
        assert spec.notes[-1].endswith(f"{YUI} 小鳥遊　結衣、{MISAKI} 髙橋　美咲")

    def test_after_the_payment_it_still_holds_what_was_transferred(self, month: Month) -> None:
        for number in (RYOSUKE, SAKURA, MISAKI):
            pay(month, number)
        pay(month, YUI, method="other")
        spec = spec_of(month, "transfer-list")
        assert spec.total[-1] == f"{TOTAL - NET[YUI]:,}"

    def test_nobody_to_be_paid(self, database: Database, programme_id: int) -> None:
        month = worked_month(database, programme_id)
        with pytest.raises(AppError) as caught:
            draft_of(month, "transfer-list")
        assert caught.value.code == "transfer-file.nobody"


class TestYear:
    def test_by_person_with_sums_and_what_is_not_in_it(self, month: Month) -> None:
        for number in (RYOSUKE, SAKURA):
            pay(month, number)
        spec = spec_of(month, "year-end")
        assert "令和7年支払分" in spec.title
        assert spec.marks == ("取扱注意", "未払あり")
        at = [column.heading for column in spec.columns].index("支払金額")
        assert spec.total[at] == f"{NET[RYOSUKE] + NET[SAKURA]:,}"
        assert f"小鳥遊　結衣（{YUI}）令和6年12月分10,693円" in spec.notes[0]
        assert "個人番号は、載せていません。" in spec.notes[-1]

    def test_a_year_without_payments(self, month: Month) -> None:
        with pytest.raises(AppError) as caught:
            draft_of(month, "year-end", options=LedgerOptions(year=2020))
        assert caught.value.code == "year-end.nobody"


def test_of_very_many_people_the_first_are_named(month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fujisawa_desktop.services.ledger_parts._NAMED_MOST", 1)
    out = frozenset({month.id(MISAKI), month.id(YUI)})
    spec = spec_of(month, "transfer-list", options=LedgerOptions(left_out=out))
    assert spec.notes[-1].endswith(f"{YUI} 小鳥遊　結衣、ほか1名")

"""Specs of ledgers of money, as the services make them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fujisawa_desktop.documents.ledger_specs import LedgerGroup, LedgerSpec
from fujisawa_desktop.documents.specs import Column, LabelledText, Owner

NAME = "楜澤　涼介"


def ledger(rows: int = 6, name: str = NAME, **changes: Any) -> LedgerSpec:
    """A register of two courses with so many people."""
    lines = [
        (str(number), f"1000{number:08d}", name, "59:45", "75,166", "丙", "75,166", "勤務実績と相違")
        for number in range(1, rows + 1)
    ]
    half = (rows + 1) // 2
    total = ("", f"合計（{rows}名）", "", "146:15", "183,983", "", "183,983", "")
    groups = (
        LedgerGroup(
            "「DX・スマートシティ」コース", tuple(lines[:half]), ("", "小計", "", "", "1", "", "1", "")
        ),
        LedgerGroup(
            "「子ども・子育て政策」コース", tuple(lines[half:]), ("", "小計", "", "", "2", "", "2", "")
        ),
    )
    spec = LedgerSpec(
        owner=Owner("register", "報酬支給台帳"),
        title="見本市長期インターンシップ　報酬支給台帳",
        subtitle="令和6年12月勤務分",
        marks=("取扱注意", "参考"),
        printed_at="令和7年1月6日 9:12 作成",
        count=f"{rows}名",
        facts=(
            LabelledText("支給日", "令和7年1月21日（火）"),
            LabelledText("計算書の合計", "4名　183,983円"),
        ),
        stamps=("課長", "係長", "担当"),
        columns=(
            Column("No.", 4, "right"),
            Column("受付番号", 13),
            Column("氏名", 14),
            Column("時間", 7, "right"),
            Column("報酬", 9, "right"),
            Column("税額表の欄", 7),
            Column("差引支給額", 11, "right"),
            Column("備考", 16),
        ),
        groups=groups if rows else (),
        total=total if rows else (),
        notes=("この台帳は、作成済みの支給額計算書の額により作成しています。",),
        empty_text="支給額計算書を作成した者はいません。",
    )
    return replace(spec, **changes)


LEDGER_SPECS = {"ledger": ledger}

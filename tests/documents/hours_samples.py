"""Samples of the papers about hours."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.documents.hours_specs import ConfirmationLine, ConfirmationSpec
from fujisawa_desktop.documents.specs import LabelledText, Owner, Spec


def confirmation(people: int = 3, name: str = "楜澤　涼介") -> ConfirmationSpec:
    return ConfirmationSpec(
        owner=Owner("デジタル推進室", "デジタル推進室"),
        title="勤務実績確認書",
        month="令和6年12月分",
        facts=(LabelledText("受入部署", "デジタル推進室"), LabelledText("対象者数", f"{people}名")),
        headings=("受付番号", "氏名", "勤務日", "日数", "勤務時間"),
        lines=tuple(
            ConfirmationLine(f"1000{at:08d}", name, "2・4・6・9・11日", "5日", "29時間45分")
            for at in range(people)
        ),
        total=ConfirmationLine("合計", "", "", f"{people * 5}日", "89時間15分"),
        statement="上記のとおり勤務したことを確認します。",
        date="令和　　　年　　　月　　　日",
        signatures=(LabelledText("受入部署", "デジタル推進室"), LabelledText("職・氏名", "")),
        notes=("勤務時間は、休憩時間を除いて実際に勤務した時間です。",),
        printed_at="令和7年1月6日 9:12 作成",
    )


HOURS_SPECS: dict[str, Callable[[], Spec]] = {"confirmation": confirmation}

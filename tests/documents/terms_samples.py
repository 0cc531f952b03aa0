"""Specs of the papers about an appointment, as the services make them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from paper_samples import CONTACT

from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.terms_specs import (
    ReturnForm,
    ReturnFormSpec,
    RuledGroup,
    RuledRow,
    RuledTable,
    TermsNoticeSpec,
)

NAME = "楜澤　涼介"


def notice(name: str = NAME, rows: int = 12, **changes: Any) -> TermsNoticeSpec:
    """A notice with so many items in two groups."""
    items = tuple(
        RuledRow(f"事項その{number}", (f"{number}番目の事項の内容です。",)) for number in range(rows)
    )
    groups = (RuledGroup("１　任用", items[: rows // 2]), RuledGroup("２　報酬等", items[rows // 2 :]))
    spec = TermsNoticeSpec(
        owner=Owner("1", name),
        number="見職第123号",
        date="令和6年11月25日",
        name=name,
        honorific="様",
        sender=("見本市長",),
        seal_note="（公印省略）",
        title="勤務条件通知書",
        body=("見本市長期インターンシップにおける任用に当たり、あなたの勤務条件を次のとおり明示します。",),
        tables=(RuledTable(groups),),
        notes=("この通知書は、大切に保管してください。",),
        contact=CONTACT,
        continued=f"勤務条件通知書（続き）　{name}　様",
    )
    return replace(spec, **changes)


def changes(before: str = "デジタル推進室", after: str = "総務課") -> TermsNoticeSpec:
    """A notice with before and after side by side."""
    table = RuledTable((RuledGroup("", (RuledRow("所属", (before, after)),)),), ("事項", "変更前", "変更後"))
    return notice(title="勤務条件変更通知書", tables=(table,))


def guide(
    due: str = "令和6年11月29日（金）", said: str = "本人名義の口座を記入してください。"
) -> TermsNoticeSpec:
    """A letter about papers to hand in: a narrow column and a wide one."""
    rows = tuple(RuledRow(f"書類その{number}", (due, said)) for number in range(4))
    table = RuledTable((RuledGroup("", rows),), ("提出書類", "提出期限", "説明"), (5, 7))
    return notice(title="任用に係る書類の提出について（依頼）", tables=(table,))


def forms(name: str = NAME) -> ReturnFormSpec:
    """The two forms of somebody who passed."""
    table = RuledTable((RuledGroup("", (RuledRow("氏名", (name,)), RuledRow("辞退の理由", ("",), 4))),))
    form = ReturnForm(
        title="辞退届",
        date="令和　　年　　月　　日",
        addressee="（宛先）見本市長",
        fields=("住所", "氏名"),
        body=("次の任用を、辞退します。",),
        tables=(table,),
        notes=("氏名は、自署してください。",),
        contact=CONTACT,
    )
    return ReturnFormSpec(Owner("1", name), (replace(form, title="任用承諾書"), form))


TERMS_SPECS = {"notice": notice, "changes": changes, "guide": guide, "forms": forms}

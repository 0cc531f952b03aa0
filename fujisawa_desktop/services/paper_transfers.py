"""振込明細 on paper: what the file for the bank holds, to be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from fujisawa_desktop.documents.ledger_specs import LedgerGroup, LedgerSpec
from fujisawa_desktop.documents.specs import Align, LabelledText, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.ledger_parts import (
    BETWEEN,
    ledger_columns,
    ledger_options,
    month_values,
    named,
    total_text,
)
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet
from fujisawa_desktop.services.pay_totals import Total, totals_of
from fujisawa_desktop.services.register_fields import ACCOUNT_KINDS
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.transfer_file import TransferRow, TransferView, transfer_view

_TRANSFER_ALIGNS: Final[tuple[Align, ...]] = (
    "right",
    "left",
    "left",
    "left",
    "left",
    "left",
    "center",
    "left",
    "right",
)


def transfer_lists(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return the list of a month's transfers, to be signed: those to come and those recorded as paid.

    Raises:
        RuleError: ``transfer-file.nobody``.
    """
    year, month = order.month
    view = transfer_view(database, programme_id=order.programme.id, year=year, month=month)
    paid = [row for row in view.paid if row.paid is not None and row.paid.method == "transfer"]
    coming = view.in_file(ledger_options(order).left_out)
    if not paid and not coming:
        raise RuleError("transfer-file.nobody", year=view.year, month=view.month)
    return [Sheet(_transfer_spec(order, view, coming, paid))]


def _transfer_spec(
    order: PaperOrder, view: TransferView, coming: Sequence[TransferRow], paid: Sequence[StatedPay]
) -> LedgerSpec:
    words = order.words
    rows = [*(row.stated for row in coming if row.stated is not None), *paid]
    amounts = {row.appointment_id: row.transfer.amount for row in coming if row.transfer is not None}
    amounts |= {row.appointment_id: row.paid.yen for row in paid if row.paid is not None}
    kinds = words.words("kinds")
    cells = [
        (str(number), *_transfer_cells(row, kinds), f"{amounts[row.appointment_id]:,}")
        for number, row in enumerate(rows, start=1)
    ]
    whole = Total(len(rows), sum(amounts.values()))
    values = {**month_values(order), "件数": str(whole.people)}
    total = (*("",) * 2, words.text("total"), *("",) * 5, f"{whole.yen:,}")
    listed = {row.appointment_id for row in rows}
    others = [f"{row.number} {row.name}" for row in view.rows if row.appointment_id not in listed]
    notes = words.fill_all(words.texts("notes"), values)
    return LedgerSpec(
        owner=Owner("transfer-list", words.text("file_name")),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        marks=(words.text("mark"),),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        facts=_transfer_facts(order, view, paid, whole),
        stamps=words.texts("stamps"),
        columns=ledger_columns(words.texts("columns"), [*cells, total], _TRANSFER_ALIGNS),
        groups=(LedgerGroup("", tuple(cells)),),
        total=total,
        notes=(*notes, *filter(None, [words.said("left_out", 人=named(order, others)) if others else ""])),
        empty_text=words.text("empty"),
    )


def _transfer_cells(row: StatedPay, kinds: Mapping[str, str]) -> tuple[str, ...]:
    account = row.account
    if account is None:
        return (row.number, row.name, *("",) * 5)
    return (
        row.number,
        row.name,
        account.holder_kana,
        f"{account.bank_code} {account.bank_kana}",
        f"{account.branch_code} {account.branch_kana}",
        kinds.get(str(account.account_kind), ACCOUNT_KINDS.get(account.account_kind, "")),
        account.account_number,
    )


def _transfer_facts(
    order: PaperOrder, view: TransferView, paid: Sequence[StatedPay], whole: Total
) -> tuple[LabelledText, ...]:
    facts, totals, orderer = order.words.part("facts"), totals_of(view), view.consignor
    paid_on = {row.paid.paid_on for row in paid if row.paid is not None}
    day = ledger_options(order).pay_date or view.pay_date
    days = sorted(paid_on | ({day} if day is not None and len(paid) < whole.people else set()))
    texts = {
        "pay_day": BETWEEN.join(map(order.words.day_and_weekday, days)) or facts.text("open"),
        "transfers": total_text(order, whole, "sum"),
        "consignor": orderer.name_kana if orderer is not None else "",
        "code": orderer.code if orderer is not None else "",
        "bank": f"{orderer.bank_kana} {orderer.branch_kana}" if orderer is not None else "",
        "statements": total_text(order, totals.stated, "people"),
        "register": total_text(order, totals.register, "people"),
        "paid": total_text(order, totals.paid, "people"),
    }
    return tuple(LabelledText(facts.text(name), text) for name, text in texts.items())

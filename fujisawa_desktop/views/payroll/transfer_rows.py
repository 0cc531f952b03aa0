"""The rows of the transfer window: what each person is paid, and what keeps somebody out of the file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import N_, _, format_yen
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.transfer_file import NOT_CLOSED, TransferRow, TransferView
from fujisawa_desktop.views.payroll.words import plain_day
from fujisawa_desktop.views.widgets import PillText

HEADINGS: Final = (
    N_("Name"),
    N_("Number"),
    N_("Account holder"),
    N_("Bank"),
    N_("Branch"),
    N_("Account"),
    N_("To be paid"),
    N_("State"),
)
AMOUNT: Final = 6
STATE: Final = 7


def cells_of(row: TransferRow) -> tuple[str, ...]:
    """Return the texts of somebody who is not paid yet; as the bank reads them where it reads them."""
    holder = row.transfer.holder_kana if row.transfer is not None else ""
    return _cells(row.name, row.number, row.stated, holder, row.yen)


def cells_of_paid(row: StatedPay) -> tuple[str, ...]:
    """Return the texts of somebody who was paid."""
    return _cells(row.name, row.number, row, "", row.paid.yen if row.paid is not None else None)


def _cells(name: str, number: str, stated: StatedPay | None, holder: str, yen: int | None) -> tuple[str, ...]:
    account = stated.account if stated is not None else None
    if account is None:
        place: tuple[str, ...] = ("", "", "", "")
    else:
        place = (
            holder or account.holder_kana,
            f"{account.bank_code} {account.bank_kana}",
            f"{account.branch_code} {account.branch_kana}",
            account.account_number,
        )
    return (name, number, *place, "" if yen is None else format_yen(yen), "")


def pills_of(row: TransferRow, left_out: Collection[int]) -> tuple[PillText, ...]:
    """Return how it stands with somebody who is not paid yet."""
    if row.appointment_id in left_out:
        return ((_("left out"), "neutral"),)
    if row.nothing:
        return ((texts.term("register-doubt", "transfer-file.nothing"), "neutral"),)
    if not row.obstacles:
        return ((_("in the file"), "good"),)
    return tuple(
        (_short(one.code), "caution" if one.code == NOT_CLOSED else "wrong") for one in row.obstacles
    )


def pills_of_paid(row: StatedPay) -> tuple[PillText, ...]:
    """Return when somebody was paid."""
    if row.paid is None:
        return ()
    return ((_("paid {date}").format(date=plain_day(row.paid.paid_on)), "key"),)


def _short(code: str) -> str:
    """Return an obstacle in a few words; what a bank refuses of an account is one word for all of it."""
    word = texts.term("register-doubt", code)
    return _("the bank refuses the account") if word == code else word


def sentences_of(row: TransferRow) -> str:
    """Return why somebody is not in the file, and what to do about it."""
    if row.nothing:
        return texts.message_for("transfer-file.nothing", {})
    return "\n".join(texts.message_for(one.code, dict(one.params)) for one in row.obstacles)


def why_not(view: TransferView, left_out: Collection[int]) -> str:
    """Return what is still to be done before the file can be written; empty when nothing is."""
    if view.consignor is None:
        return texts.message_for("transfer-file.no-consignor", {})
    stopped = view.obstructed(left_out)
    if stopped and all(one.code == NOT_CLOSED for row in stopped for one in row.obstacles):
        return texts.message_for(NOT_CLOSED, {})
    if stopped:
        names = _(", ").join(row.name for row in stopped[:6])
        return _("These people cannot be paid by the file: {people}. Settle it, or leave them out.").format(
            people=names if len(stopped) <= 6 else f"{names}…"
        )
    if not view.contents(left_out).count:
        return texts.message_for("transfer.nothing", {})
    return ""

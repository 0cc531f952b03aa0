"""How records of people's months are made or taken off beside what others recorded meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.month_records import (
    MonthRecord,
    RecordForm,
    RecordKind,
    Records,
    record_form,
)
from fujisawa_desktop.services.month_states import MonthState
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, shown_value

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

Month = tuple[int, int]


def record_saving(
    save: Callable[..., Any],
    owner: QWidget,
    kind: RecordKind,
    month: Month,
    before: Records,
    *,
    programme_id: int,
    mine: MonthRecord | None = None,
    **more: object,
) -> Saving[RecordForm]:
    """Return how records of a month are made or taken off.

    Args:
        save: the use-case; takes programme, year, month, the appointments and what was seen of them.
        owner: where the question stands.
        kind: which record.
        month: calendar year and month of the work.
        before: what was on record on the screen, by appointment.
        programme_id: whose month.
        mine: what is recorded for each of them; None takes off what there is.
        more: further arguments of the use-case.
    """
    where: dict[str, Any] = {"programme_id": programme_id, "year": month[0], "month": month[1]}
    words = _Words(owner, kind)

    def read(database: Database) -> RecordForm:
        found = record_form(database, kind=kind, appointment_ids=list(before), **where)
        words.names.update({f"records:{key}": name for key, name in found.names.items()})
        return found

    return Saving(
        save,
        base=RecordForm(before, before),
        read=read,
        row=RowOf(kind, also=tuple(_row(kind, month, key, record) for key, record in before.items())),
        words=words,
        owner=owner,
        aside=frozenset({"seen", "names"}),
        given=partial(_given, mine),
        more={**where, **more},
        whole=mine is None,
        table=True,
        deed=_("(record taken off)") if mine is None else "",
    )


def recorded(seen: Records, mine: MonthRecord) -> RecordForm:
    """Return the form in which each of these people gets the same record."""
    return RecordForm(seen, dict.fromkeys(seen, mine))


def _given(mine: MonthRecord | None, form: RecordForm) -> dict[str, Any]:
    """Return what the use-case takes: people for whom the other record was chosen are left out."""
    wanted = [key for key, record in form.records.items() if mine is None or record == mine]
    return {"appointment_ids": wanted, "before": form.seen}


def _row(kind: RecordKind, month: Month, key: int, record: MonthRecord | None) -> RowOf:
    columns: tuple[tuple[str, object], ...] = (
        ("appointment_id", key),
        ("year", month[0]),
        ("month", month[1]),
    )
    if kind is RecordKind.PAYMENT:
        columns = (("statement_id", record.statement_id if record is not None else None),)
    return RowOf(kind, where=columns, field=f"records:{key}")


class _Words(FormWords):
    """Names people, who are known once what is stored was read."""

    def __init__(self, owner: QWidget, kind: RecordKind) -> None:
        super().__init__(owner)
        self._kind = kind
        self.names: dict[str, str] = {}

    def label(self, field: str) -> str:
        return self.names.get(field, "")

    def value(self, field: str, value: object) -> str:  # noqa: ARG002 - of the base class
        return record_text(self._kind, value if isinstance(value, MonthRecord) else None)


def record_text(kind: RecordKind, record: MonthRecord | None) -> str:
    """Return what is on record of somebody's month in words."""
    return _TEXTS[kind](record)


def _confirmation(record: MonthRecord | None) -> str:
    if record is None:
        return _("Not confirmed")
    return _("{day}, {name}").format(day=shown_value(record.day), name=record.words)


def _closing(record: MonthRecord | None) -> str:
    if record is None:
        return term("month-state", MonthState.OPEN)
    return _("Closed on {moment}").format(moment=shown_value(record.day))


def _payment(record: MonthRecord | None) -> str:
    if record is None:
        return _("Not paid")
    return _("Paid on {day}: {how}").format(day=shown_value(record.day), how=term("pay-method", record.words))


_TEXTS: dict[RecordKind, Callable[[MonthRecord | None], str]] = {
    RecordKind.CONFIRMATION: _confirmation,
    RecordKind.CLOSING: _closing,
    RecordKind.PAYMENT: _payment,
}

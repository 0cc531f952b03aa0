"""The amounts of a month as they were stated last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import Appointment, PayStatement


@dataclass(frozen=True, slots=True)
class Stated:
    """Amounts as they were stated last for a month; ``edition`` counts from 1."""

    edition: int
    made_at: datetime
    minutes: int
    pay: int
    commuting: int
    tax: int
    insurance: int
    net: int
    tax_typed_for: int | None
    """Taxable amount for which a clerk typed the tax; ``None`` when the program computed it."""
    premium: int = 0
    corrected_pay: int = 0
    corrected_commuting: int = 0


def stated_last(
    session: Session,
    programme_id: int,
    year: int,
    month: int,
    *,
    appointment_ids: Collection[int] | None = None,
) -> dict[int, Stated]:
    """Return the latest edition of each appointment, or of these."""
    typed_for = PayStatement.snapshot["tax_typed_for"].as_integer()
    query = (
        select(
            PayStatement.appointment_id,
            PayStatement.edition,
            PayStatement.made_at,
            PayStatement.minutes,
            PayStatement.pay_yen,
            PayStatement.commuting_yen,
            PayStatement.tax_yen,
            PayStatement.insurance_yen,
            PayStatement.net_yen,
            PayStatement.premium_yen,
            PayStatement.corrected_pay_yen,
            PayStatement.corrected_commuting_yen,
            typed_for.label("tax_typed_for"),
        )
        .join(Appointment, Appointment.id == PayStatement.appointment_id)
        .where(
            Appointment.programme_id == programme_id,
            PayStatement.year == year,
            PayStatement.month == month,
        )
        .order_by(PayStatement.edition)
    )
    if appointment_ids is not None:
        query = query.where(PayStatement.appointment_id.in_(appointment_ids))
    return {
        row.appointment_id: Stated(
            edition=row.edition,
            made_at=row.made_at,
            minutes=row.minutes,
            pay=row.pay_yen,
            commuting=row.commuting_yen,
            tax=row.tax_yen,
            insurance=row.insurance_yen,
            net=row.net_yen,
            tax_typed_for=row.tax_typed_for,
            premium=row.premium_yen,
            corrected_pay=row.corrected_pay_yen,
            corrected_commuting=row.corrected_commuting_yen,
        )
        for row in session.execute(query)
    }

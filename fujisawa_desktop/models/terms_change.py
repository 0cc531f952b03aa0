"""Changes of the terms of an appointment, as they were put to the person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class TermsChange(Identified, Versioned, Base):
    """勤務条件の変更: what was, what is from a day on, and whether the person consented."""

    __tablename__ = "terms_change"
    __table_args__ = (
        UniqueConstraint("appointment_id", "edition"),
        CheckConstraint("edition > 0", name="edition"),
    )

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    edition: Mapped[int]
    effective_from: Mapped[date]
    changes: Mapped[list[Any]]
    """For each item ``{"item": …, "before": …, "after": …}``, as printed; the first also ``"was"``, the
    values of the appointment's columns before, by name."""
    reason: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    consented_on: Mapped[date | None]

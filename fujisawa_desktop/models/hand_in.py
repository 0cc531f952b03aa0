"""What an appointed person hands in, and the account that the pay goes to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class HandIn(Identified, Versioned, Base):
    """提出書類: one paper of one appointed person, and when it came.

    Only that it came is kept, never what it says: a My Number must not be stored here.
    """

    __tablename__ = "hand_in"
    __table_args__ = (UniqueConstraint("appointment_id", "kind"),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    kind: Mapped[str]
    """One of ``rules.hand_ins``."""
    is_needed: Mapped[bool] = mapped_column(default=True)
    asked_on: Mapped[date | None]
    due_on: Mapped[date | None]
    received_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class TransferAccount(Identified, Versioned, Base):
    """振込先口座 of one appointed person, in the signs that a bank reads."""

    __tablename__ = "transfer_account"
    __table_args__ = (UniqueConstraint("appointment_id"),)

    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id", ondelete="CASCADE"))
    bank_code: Mapped[str]
    bank_kana: Mapped[str]
    branch_code: Mapped[str]
    branch_kana: Mapped[str]
    account_kind: Mapped[int] = mapped_column(default=1)
    """預金種目: 1 普通, 2 当座."""
    account_number: Mapped[str]
    holder_kana: Mapped[str]
    employee_code: Mapped[str] = mapped_column(default="")
    unit_code: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    """When a clerk compared it with the paper; empty until then."""

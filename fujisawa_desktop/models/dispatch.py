"""発送簿: what was written to whom, and whether it was sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class Dispatch(Identified, Versioned, Base):
    """One message or letter to one person; the text is kept as it was written."""

    __tablename__ = "dispatch"
    __table_args__ = (Index("ix_dispatch_kind", "programme_id", "kind"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="RESTRICT"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str]
    """``first-result``, ``final-result``, ``promotion``, …"""
    channel: Mapped[str] = mapped_column(default="mail")
    """``mail``, ``post`` or ``hand``."""
    address: Mapped[str]
    subject: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    """When a clerk said that it was sent."""
    actor: Mapped[str]
    note: Mapped[str] = mapped_column(default="")

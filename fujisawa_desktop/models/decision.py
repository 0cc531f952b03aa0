"""Decisions per stage, and what people answered to them."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type
from fujisawa_desktop.rules.selection import Result, Stage


class Decision(Identified, Versioned, Base):
    """合否: pending until it is announced; an announced one is what the letter says."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("application_id", "stage"),
        CheckConstraint("reserve_rank IS NULL OR reserve_rank > 0", name="reserve_rank"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    result: Mapped[Result] = mapped_column(enum_type(Result))
    reserve_rank: Mapped[int | None]
    decided_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    """Empty while the decision is pending."""
    reason: Mapped[str] = mapped_column(default="")


class ReplyKind(enum.StrEnum):
    """What a person told the office."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Reply(Identified, Base):
    """承諾・辞退 of one application, with the way it reached the office."""

    __tablename__ = "reply"

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ReplyKind] = mapped_column(enum_type(ReplyKind))
    replied_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

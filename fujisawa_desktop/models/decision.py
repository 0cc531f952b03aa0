"""Decisions per stage, and what people answered to them."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

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
    valid_until: Mapped[date | None]
    """Last day on which a reserve can move up."""
    promoted_at: Mapped[datetime | None]
    """When a reserve moved up (繰上げ); the result stays what was announced."""


class DecisionCorrection(Identified, Base):
    """An announced decision that turned out to be wrong: what it was, what it is, and why."""

    __tablename__ = "decision_correction"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    old_result: Mapped[Result] = mapped_column(enum_type(Result))
    old_rank: Mapped[int | None]
    new_result: Mapped[Result] = mapped_column(enum_type(Result))
    new_rank: Mapped[int | None]
    reason: Mapped[str]
    corrected_at: Mapped[datetime]
    actor: Mapped[str]


class Announcement(Identified, Base):
    """発表: when results of a stage became known, with the figures and the checks of that moment."""

    __tablename__ = "announcement"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    stage: Mapped[Stage] = mapped_column(enum_type(Stage))
    released_at: Mapped[datetime]
    actor: Mapped[str]
    counts: Mapped[dict[str, Any]]
    over_capacity_reason: Mapped[str] = mapped_column(default="")


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
    reason_code: Mapped[str] = mapped_column(default="")
    """One of the usual reasons (``rules.selection.WITHDRAWAL_REASONS``), so that they can be counted."""
    reason: Mapped[str] = mapped_column(default="")

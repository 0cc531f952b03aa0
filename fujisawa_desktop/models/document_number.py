"""文書番号簿: the numbers of a fiscal year, each with what became of it."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type


class NumberUse(enum.StrEnum):
    """What became of a number."""

    ISSUED = "issued"
    """Papers of this program bear it."""
    VOID = "void"
    """It was taken and never used; ``reason`` says why."""
    ELSEWHERE = "elsewhere"
    """A document made outside this program bears it."""


class DocumentNumber(Identified, Versioned, Base):
    """One number of one sign in one fiscal year: 藤職第123号 of 令和6年度."""

    __tablename__ = "document_number"
    __table_args__ = (
        UniqueConstraint("sign", "fiscal_year", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    sign: Mapped[str]
    fiscal_year: Mapped[int]
    number: Mapped[int]
    use: Mapped[NumberUse] = mapped_column(enum_type(NumberUse))
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(default="")
    """The kind of paper that bears it; empty for other documents."""
    subject: Mapped[str] = mapped_column(default="")
    dated: Mapped[date | None]
    taken_at: Mapped[datetime]
    actor: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")

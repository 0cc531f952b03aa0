"""How long each kind of record is kept before it may be erased."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class RetentionRule(Identified, Versioned, Base):
    """保存期間: years counted from 1 April after the fiscal year in which the records were made."""

    __tablename__ = "retention_rule"
    __table_args__ = (UniqueConstraint("programme_id", "category"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    category: Mapped[str]
    years: Mapped[int]
    basis: Mapped[str] = mapped_column(default="")
    """The rule the period is taken from, in the city's words."""

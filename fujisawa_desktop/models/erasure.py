"""What was erased when its retention period was over; counts only, nobody's name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified


class Erasure(Identified, Base):
    """廃棄: one batch of personal data that was erased."""

    __tablename__ = "erasure"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"), index=True)
    category: Mapped[str]
    """What kind of record: one of ``rules.retention.Category``; of older files a text."""
    kept_from: Mapped[date]
    """The first day of the period: 1 April after the fiscal year in which the records were made."""
    kept_until: Mapped[date]
    """The last day on which the records had to be kept."""
    counts: Mapped[dict[str, Any]]
    """How many of what were erased; ``statistics`` are the figures of the overview that it lowered, and
    ``unswept`` is what ``method`` says until the free pages of the file are cleared."""
    method: Mapped[str]
    basis: Mapped[str] = mapped_column(default="")
    """The rule the period is taken from."""
    erased_at: Mapped[datetime]
    actor: Mapped[str]
    witness: Mapped[str] = mapped_column(default="")

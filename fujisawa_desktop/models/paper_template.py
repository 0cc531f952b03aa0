"""Wording of papers as the clerks changed it; every version is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified


class PaperTemplate(Identified, Base):
    """文面: one version of one paper's wording; the one with the highest edition is in use."""

    __tablename__ = "paper_template"
    __table_args__ = (
        UniqueConstraint("programme_id", "kind", "edition"),
        CheckConstraint("edition > 0", name="edition"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    kind: Mapped[str]
    """As :class:`services.paper_kinds.PaperKind`, or ``common``."""
    edition: Mapped[int]
    body: Mapped[dict[str, Any]]
    """Everything the shipped file holds, changed; empty when the shipped wording is to be used again."""
    made_at: Mapped[datetime]
    actor: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    """What was changed, in the clerk's words."""

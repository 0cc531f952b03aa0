"""Issued papers: a snapshot of what left the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified


class Notice(Identified, Base):
    """通知書: one paper to one person (or a list for the office), as it was printed."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_kind", "programme_id", "kind"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    applicant_id: Mapped[int | None] = mapped_column(
        ForeignKey("applicant.id", ondelete="RESTRICT"), index=True
    )
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id", ondelete="RESTRICT"))
    kind: Mapped[str]
    document_number: Mapped[str] = mapped_column(default="")
    dated: Mapped[date]
    issued_at: Mapped[datetime]
    snapshot: Mapped[dict[str, Any]]
    """The finished spec the page was made from."""
    sha256: Mapped[str]
    page_count: Mapped[int] = mapped_column(default=0)
    """Pages of this paper; 0 when it was issued before they were counted."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id", ondelete="RESTRICT"))

"""Filters, columns and order of a list that clerks keep under a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class SavedView(Identified, Versioned, Base):
    """保存した絞り込み: what a list shows and in which order."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    query: Mapped[dict[str, Any]]
    columns: Mapped[list[Any]]

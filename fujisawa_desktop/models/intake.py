"""Imports: which file came in when, and every raw row of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified


class ImportBatch(Identified, Base):
    """One file that was taken in."""

    __tablename__ = "import_batch"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    encoding: Mapped[str]
    profile: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]


class ImportRow(Identified, Base):
    """One row of such a file exactly as it stood there, and what became of it."""

    __tablename__ = "import_row"

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    outcome: Mapped[str]
    """``added``, ``updated``, ``unchanged`` or ``rejected``."""
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id", ondelete="SET NULL"), index=True)
    raw: Mapped[list[Any]]
    """Heading and cell, in the file's order."""
    reason: Mapped[dict[str, Any] | None]

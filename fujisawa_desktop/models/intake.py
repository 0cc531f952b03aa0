"""Imports: which file came in when, and every raw row of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


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
    columns: Mapped[list[Any] | None]
    """Heading and use of every column as it was read then; only of applicants' files."""


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


class ImportProfile(Identified, Versioned, Base):
    """How the columns of one source's file are read, as a clerk settled it.

    A file whose headings have the same ``fingerprint`` is read the same way without a question.
    """

    __tablename__ = "import_profile"
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str]
    source: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(index=True)
    columns: Mapped[dict[str, Any]]
    """Per field the headings that feed it, and how one-hot columns and kept columns are read."""
    encoding: Mapped[str] = mapped_column(default="")


class CourseRule(Identified, Versioned, Base):
    """求人振り分け: rows whose cell holds all the words ask for the course."""

    __tablename__ = "course_rule"
    __table_args__ = (CheckConstraint("position >= 0", name="position"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    heading: Mapped[str] = mapped_column(default="")
    """The column to look in; empty: whichever column names courses."""
    words: Mapped[list[str]]

"""Courses: all that a course sheet says, and the words by which an entry names the course."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned


class Course(Identified, Versioned, Base):
    """コース: one host department's offer within a programme."""

    __tablename__ = "course"
    __table_args__ = (
        UniqueConstraint("programme_id", "name"),
        CheckConstraint("capacity >= 0", name="capacity"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    """As on paper: 「DX・スマートシティ」コース."""
    short_name: Mapped[str]
    """For lists: DX・スマートシティ."""
    sign: Mapped[str]
    """One or two characters that tell courses apart without colour."""
    host_department: Mapped[str]
    capacity: Mapped[int]
    capacity_approximate: Mapped[bool] = mapped_column(default=True)
    published: Mapped[bool] = mapped_column(default=True)
    tagline: Mapped[str] = mapped_column(default="")
    """One sentence for the press release."""
    flyer_text: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    background: Mapped[str] = mapped_column(default="")
    initiatives: Mapped[str] = mapped_column(default="")
    contents: Mapped[str] = mapped_column(default="")
    wanted: Mapped[str] = mapped_column(default="")
    duties: Mapped[str] = mapped_column(default="")
    match_words: Mapped[list[str]]
    """An entry's cell that contains one of these words asks for this course."""

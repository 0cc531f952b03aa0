"""What clerks did about a person: merged two into one, ruled on a flag, wrote a note."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type


class PersonMerge(Identified, Base):
    """Two people who turned out to be one; the second keeps its row but no entries.

    ``moved`` names the rows that went over, by table; ``kept_before`` are the values of the kept
    person that the merge changed, so that a clerk can split the two again.
    """

    __tablename__ = "person_merge"
    __table_args__ = (UniqueConstraint("gone_id"),)

    kept_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"))
    merged_at: Mapped[datetime]
    actor: Mapped[str]
    moved: Mapped[dict[str, Any]]
    kept_before: Mapped[dict[str, Any]]


class FlagVerdict(enum.StrEnum):
    """What a clerk said of a flag."""

    STANDS = "stands"
    """The flag is right: the entry does not take part."""
    WAIVED = "waived"
    """The entry takes part all the same; the reason is kept."""


class FlagRuling(Identified, Versioned, Base):
    """A clerk's decision about one flag of an entry."""

    __tablename__ = "flag_ruling"
    __table_args__ = (UniqueConstraint("entry_id", "flag"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"))
    flag: Mapped[str]
    verdict: Mapped[FlagVerdict] = mapped_column(enum_type(FlagVerdict))
    reason: Mapped[str]
    ruled_at: Mapped[datetime]
    actor: Mapped[str]


class NoteKind(enum.StrEnum):
    """Who may read a note."""

    SHARED = "shared"
    OFFICE = "office"
    """Hidden from reviewers and interviewers, and from every paper for them."""


class ApplicantNote(Identified, Versioned, Base):
    """メモ about a person."""

    __tablename__ = "applicant_note"

    applicant_id: Mapped[int] = mapped_column(ForeignKey("applicant.id", ondelete="CASCADE"), index=True)
    kind: Mapped[NoteKind] = mapped_column(enum_type(NoteKind))
    text: Mapped[str]
    written_at: Mapped[datetime]
    actor: Mapped[str]

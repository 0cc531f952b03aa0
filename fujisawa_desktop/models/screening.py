"""First screening: what is judged, who judges, and what each reviewer said of each application."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type


class Aggregate(enum.StrEnum):
    """How the totals of several reviewers become one figure."""

    MEAN = "mean"
    MEDIAN = "median"


class ScreeningRule(Identified, Versioned, Base):
    """How one programme screens its entries; without a row: mean, not blind, others' scores hidden."""

    __tablename__ = "screening_rule"
    __table_args__ = (UniqueConstraint("programme_id"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    aggregate: Mapped[Aggregate] = mapped_column(enum_type(Aggregate), default=Aggregate.MEAN)
    is_blind: Mapped[bool] = mapped_column(default=False)
    hides_others: Mapped[bool] = mapped_column(default=True)
    """A reviewer sees the others' scores only when the own ones are in."""


class Criterion(Identified, Versioned, Base):
    """評価項目: one thing that is judged, in points from 0 to ``max_points``."""

    __tablename__ = "criterion"
    __table_args__ = (
        CheckConstraint("max_points > 0", name="max_points"),
        CheckConstraint("weight > 0", name="weight"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))
    """The course it is for; without one it counts for every course."""
    position: Mapped[int]
    name: Mapped[str]
    guidance: Mapped[str] = mapped_column(default="")
    """What to look for, shown beside the points."""
    max_points: Mapped[int] = mapped_column(default=5)
    weight: Mapped[int] = mapped_column(default=1)


class Reviewer(Identified, Versioned, Base):
    """採点者: a person of the office or of a host department."""

    __tablename__ = "reviewer"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str]
    department: Mapped[str] = mapped_column(default="")


class ReviewerCourse(Identified, Base):
    """A course the reviewer judges; without any row, every course."""

    __tablename__ = "reviewer_course"
    __table_args__ = (UniqueConstraint("reviewer_id", "course_id"),)

    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewer.id", ondelete="CASCADE"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"))


class ReviewState(enum.StrEnum):
    """How far a reviewer is with one application."""

    SKIPPED = "skipped"
    DRAFT = "draft"
    DONE = "done"
    RECUSED = "recused"
    """The reviewer knows the person and does not judge."""


class Review(Identified, Versioned, Base):
    """What one reviewer says of one application."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("application_id", "reviewer_id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id", ondelete="CASCADE"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("reviewer.id", ondelete="RESTRICT"), index=True)
    state: Mapped[ReviewState] = mapped_column(enum_type(ReviewState))
    comment: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]


class Score(Identified, Base):
    """The points of one criterion in one review."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("points >= 0", name="points"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="RESTRICT"), index=True)
    points: Mapped[int]

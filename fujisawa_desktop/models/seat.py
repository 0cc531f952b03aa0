"""Who may work with a database on a server, and how far."""

from __future__ import annotations

import enum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base, Identified, Versioned, enum_type


class SeatRole(enum.StrEnum):
    """What a person at a seat may do."""

    CLERK = "clerk"
    READER = "reader"
    HOST = "host"
    """A host department: it reads what concerns its own course, and nothing else."""


class Seat(Identified, Versioned, Base):
    """One login of the database server; on a file there are none."""

    __tablename__ = "seat"

    login: Mapped[str] = mapped_column(unique=True)
    role: Mapped[SeatRole] = mapped_column(enum_type(SeatRole))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    """The course of a host department; nobody else has one."""
    name: Mapped[str] = mapped_column(default="")

"""Files that an act has recorded and not yet put in their places."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer
from sqlalchemy.orm import Mapped, mapped_column

from fujisawa_desktop.models.base import Base


class OutgoingSet(Base):
    """The files of one entry of the journal; gone as soon as each of them is in its place."""

    __tablename__ = "outgoing_set"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
    )
    """Of the entry; it is written before the entry itself, in the same transaction."""
    machine: Mapped[str]
    """On whose disks the folder is."""
    folder: Mapped[str]
    files: Mapped[list[Any]]
    """Of each file: its name beside its place, its name, its SHA-256."""

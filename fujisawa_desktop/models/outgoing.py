"""Files that an act has recorded and not yet put in their places.

Such a row is no act of a clerk: it comes with the entry it belongs to and goes without one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Integer, delete, func, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from fujisawa_desktop.models.base import Base
from fujisawa_desktop.models.journal import JournalEntry


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


def note_outgoing(session: Session, *, machine: str, folder: str, files: list[list[str]]) -> None:
    """Note files under the number that the entry of the open act will have: nobody else writes meanwhile."""
    last = session.scalar(select(func.max(JournalEntry.seq))) or 0
    row = {"seq": last + 1, "machine": machine, "folder": folder, "files": files}
    session.execute(insert(Base.metadata.tables[OutgoingSet.__tablename__]).values(row))


def forget_outgoing(session: Session, entries: Collection[int]) -> None:
    """Delete the rows of entries whose files need no bringing to an end any more."""
    table = Base.metadata.tables[OutgoingSet.__tablename__]
    session.execute(delete(table).where(table.c.seq.in_(entries)))

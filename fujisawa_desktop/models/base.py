"""The declarative base: named constraints, common column types, the schema's version."""

from __future__ import annotations

import enum
from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from sqlalchemy import JSON, BigInteger, Date, DateTime, Enum, Integer, MetaData, String, Time
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def enum_type(kind: type[enum.StrEnum]) -> Enum:
    """Return a column type that stores the *value* of ``kind`` as plain text on every database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [str(member.value) for member in members],
    )


class Base(DeclarativeBase):
    """Base of all tables; wall times have no zone, minutes and yen are whole numbers."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: String(),
        int: Integer(),
        date: Date(),
        time: Time(),
        datetime: DateTime(timezone=False),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        list[str]: JSON(),
    }


class Identified:
    """A row known by a number of its own."""

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, sort_order=-1
    )


class Versioned:
    """A row that two clerks may edit; a stale write is noticed through ``version``.

    The ORM raises ``StaleDataError`` when the stored version is no longer the one that was
    read.  Never write such a table with a bulk ``update()``: that does not count versions.
    """

    version: Mapped[int] = mapped_column(default=1, sort_order=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        """Let the ORM count and compare versions."""
        return {"version_id_col": cls.__dict__.get("version") or cls.version}

"""Layouts of the register: which columns, in which order, under which headings, and how values are written.

Some ship with the program (``resources/registers``); a clerk keeps others under a name of their own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.models import RegisterLayout
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.register_fields import FIELDS, DayStyle, TimeStyle
from fujisawa_desktop.services.stale import NOT_STORED, refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work

LONGEST_NAME: Final = 60
PAPER: Final = "paper"
"""Key of the shipped layout that the ledger on paper has when nobody chose one."""


class Encoding(StrEnum):
    """Character code of csv."""

    UTF8 = "utf-8-sig"
    CP932 = "cp932"


class Separator(StrEnum):
    """What stands between the values of csv."""

    COMMA = "comma"
    TAB = "tab"
    SEMICOLON = "semicolon"

    @property
    def sign(self) -> str:
        """The character itself."""
        return {"comma": ",", "tab": "\t", "semicolon": ";"}[self.value]


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: the key of its field, and its heading."""

    field: str
    heading: str


@dataclass(frozen=True, slots=True)
class LayoutOptions:
    """How values are written."""

    encoding: Encoding = Encoding.UTF8
    separator: Separator = Separator.COMMA
    time: TimeStyle = TimeStyle.CLOCK
    dates: DayStyle = DayStyle.SLASH
    totals: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout.

    Attributes:
        shipped: its key where it comes with the program, else empty.
        version: of the stored row it was read from.
    """

    name: str
    columns: tuple[LayoutColumn, ...]
    options: LayoutOptions = field(default_factory=LayoutOptions)
    shipped: str = ""
    version: int = field(default=NOT_STORED, compare=False)


@dataclass(frozen=True, slots=True)
class LayoutForm:
    """What a layout says, value by value; empty where there is none of that name."""

    version: int = NOT_STORED
    columns: tuple[LayoutColumn, ...] = ()
    time: str = ""
    dates: str = ""
    encoding: str = ""
    separator: str = ""
    totals: bool | None = None


@lru_cache(maxsize=1)
def shipped_layouts() -> tuple[Layout, ...]:
    """Return the layouts that come with the program, in their order.

    Raises:
        InputFileError: ``register.layout-broken``.
    """
    found = [_read(path) for path in (resources_dir() / "registers").glob("*.toml")]
    return tuple(layout for _position, layout in sorted(found, key=lambda pair: pair[0]))


def layouts(database: Database) -> list[Layout]:
    """Return all layouts: those that ship, then the office's own by name."""
    with database.read() as session:
        return layouts_in(session)


def layouts_in(session: Session) -> list[Layout]:
    """Return all layouts, for services that hold a session."""
    stored = session.scalars(select(RegisterLayout).order_by(RegisterLayout.name))
    return [*shipped_layouts(), *(_stored(row) for row in stored)]


def layout_seen(layout: Layout | None) -> LayoutForm:
    """Return what was seen of a layout."""
    if layout is None:
        return LayoutForm()
    told = layout.options
    written = (told.time.value, told.dates.value, told.encoding.value, told.separator.value)
    return LayoutForm(layout.version, layout.columns, *written, told.totals)


def layout_form(database: Database, *, name: str) -> LayoutForm:
    """Return what the office's own layout of a name says now."""
    with database.read() as session:
        row = _row(session, name)
        return layout_seen(None if row is None else _stored(row))


def layout_named(known: Sequence[Layout], name: str) -> Layout:
    """Return the layout with this name or key; an empty name is the ledger on paper.

    Raises:
        NotFoundError: ``register.layout-unknown``.
    """
    wanted = name or PAPER
    for layout in known:
        if wanted in (layout.name, layout.shipped):
            return layout
    raise NotFoundError("register.layout-unknown", name=name, known=[layout.name for layout in known])


def save_layout(
    database: Database, *, layout: Layout, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Keep a layout under its name; the office's own of that name is replaced.

    ``version`` is that of the layout that was seen under the name, ``NOT_STORED`` if there was none;
    None does not compare.

    Raises:
        ConflictError: another layout stands under that name by now.
        ValidationError: ``register.layout-name-empty``, ``register.layout-name-long``,
            ``register.layout-name-shipped`` for a name of those that ship, or as `check_columns`.
    """
    name = " ".join(layout.name.split())
    if not name:
        raise ValidationError("register.layout-name-empty", field="name")
    if len(name) > LONGEST_NAME:
        raise ValidationError("register.layout-name-long", field="name", most=LONGEST_NAME)
    if any(name in (one.name, one.shipped) for one in shipped_layouts()):
        raise ValidationError("register.layout-name-shipped", field="name", name=name)
    check_columns(layout.columns)
    with unit_of_work(database, "register.layout-save", actor=actor) as work:
        row = _row(work.session, name)
        refuse_stale(version, None if row is None else row.version)
        if row is None:
            work.session.add(RegisterLayout(name=name, body=_body(layout)))
        elif row.body != _body(layout):
            row.body = _body(layout)
        return work.commit(name=name)


def delete_layout(
    database: Database, *, name: str, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Delete one of the office's own layouts.

    Raises:
        ConflictError: somebody else changed it since that version was seen.
        NotFoundError: ``register.layout-unknown``.
    """
    with unit_of_work(database, "register.layout-delete", actor=actor) as work:
        row = _row(work.session, name)
        if row is None:
            raise NotFoundError(
                "register.layout-unknown",
                name=name,
                known=[one.name for one in layouts_in(work.session) if not one.shipped],
            )
        refuse_stale(version, row.version)
        work.session.delete(row)
        return work.commit(name=name)


def check_columns(columns: Sequence[LayoutColumn]) -> None:
    """Make sure that a file with these columns can be read by a program.

    Raises:
        ValidationError: ``register.no-columns``, ``register.heading-empty``, ``register.heading-long`` or
            ``register.heading-twice``.
    """
    if not columns:
        raise ValidationError("register.no-columns", field="columns")
    headings: set[str] = set()
    for column in columns:
        heading = column.heading.strip()
        if not heading:
            raise ValidationError("register.heading-empty", field="heading")
        if len(heading) > LONGEST_NAME:
            raise ValidationError("register.heading-long", field="heading", most=LONGEST_NAME)
        if heading in headings:
            raise ValidationError("register.heading-twice", field="heading", heading=heading)
        headings.add(heading)


def _body(layout: Layout) -> dict[str, Any]:
    options = layout.options
    return {
        "columns": [{"field": one.field, "heading": one.heading.strip()} for one in layout.columns],
        "options": {
            "encoding": options.encoding.value,
            "separator": options.separator.value,
            "time": options.time.value,
            "dates": options.dates.value,
            "totals": options.totals,
        },
    }


def _stored(row: RegisterLayout) -> Layout:
    """Return a stored layout; a column that this version does not know is left out."""
    known = [one for one in row.body.get("columns", ()) if one.get("field") in FIELDS]
    return Layout(row.name, _columns(known), _options(row.body.get("options", {})), version=row.version)


def _row(session: Session, name: str) -> RegisterLayout | None:
    return session.scalar(select(RegisterLayout).where(RegisterLayout.name == name))


def _columns(listed: Sequence[Mapping[str, Any]]) -> tuple[LayoutColumn, ...]:
    return tuple(LayoutColumn(one["field"], str(one["heading"])) for one in listed)


def _options(told: Mapping[str, Any]) -> LayoutOptions:
    usual = LayoutOptions()
    return LayoutOptions(
        Encoding(told.get("encoding", usual.encoding)),
        Separator(told.get("separator", usual.separator)),
        TimeStyle(told.get("time", usual.time)),
        DayStyle(told.get("dates", usual.dates)),
        bool(told.get("totals", usual.totals)),
    )


def _read(path: Path) -> tuple[int, Layout]:
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        columns = _columns(told["columns"])
        if any(column.field not in FIELDS for column in columns):
            raise KeyError
        layout = Layout(str(told["name"]), columns, _options(told.get("options", {})), path.stem)
        return int(told["position"]), layout
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputFileError("register.layout-broken", file=path.name) from error

"""The register as a file for another program: csv or xlsx in the columns of a layout.

A file that leaves the office is an entry of its own in the journal; it is written whole and recorded,
or neither.  A register that is not final is written only when the clerk says that it is for reference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.tables_out import (
    Cell,
    Sheet,
    cp932_bytes,
    csv_bytes,
    unwritable_cells,
    xlsx_bytes,
)
from fujisawa_desktop.models import EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.list_export import UnwritableCell
from fujisawa_desktop.services.outgoing import export_files, let_out
from fujisawa_desktop.services.register import Register, register_rows, sums
from fujisawa_desktop.services.register_fields import (
    FIELDS,
    DayStyle,
    Form,
    Value,
    day_text,
    minutes_text,
    month_text,
)
from fujisawa_desktop.services.register_layouts import Encoding, Layout, LayoutOptions, check_columns
from fujisawa_desktop.services.stated_pay import StatedPay
from fujisawa_desktop.services.unit_of_work import unit_of_work

RegisterFormat = Literal["csv", "xlsx"]
Say = Callable[[str], str]
"""Code of a doubt → its short word, in Japanese: the file goes to a Japanese office."""
TITLE: Final = "報酬支給台帳"
REFERENCE: Final = "参考"
TOTAL: Final = "合計"
NOTE: Final = "note"
FIGURES: Final = frozenset({Form.COUNT, Form.YEN, Form.MINUTES})
"""Columns that stand at the right."""
_BETWEEN: Final = "、"
_REAL_DAYS: Final = frozenset({DayStyle.SLASH, DayStyle.ISO})


@dataclass(frozen=True, slots=True)
class RegisterWritten:
    """A register that left as a file; ``change`` is empty where the database may only be read."""

    change: ChangeSet | None
    path: Path
    count: int
    is_reference: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows of a register as a screen shows them; ``figures`` are the columns that stand at the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int]


def register_sheet(
    register: Register, layout: Layout, say: Say, *, as_reference: bool = False, real_days: bool = False
) -> Sheet:
    """Return the register in the columns of a layout.

    Args:
        register: the month.
        layout: columns and how values are written.
        say: words for the column of notes.
        as_reference: the name of the sheet says 参考.
        real_days: days stay days where their style allows it, for xlsx.

    Raises:
        ValidationError: as `check_columns`.
    """
    check_columns(layout.columns)
    rows: list[tuple[Cell, ...]] = [
        tuple(
            notes_of(register, row, say)
            if one.field == NOTE
            else written(FIELDS[one.field].value(row), one.field, layout.options, real_days=real_days)
            for one in layout.columns
        )
        for row in register.rows
    ]
    if layout.options.totals and rows:
        rows.append(_totals(register, layout))
    title = f"{TITLE} {register.year}-{register.month:02d}"
    if as_reference:
        title += f"（{REFERENCE}）"
    return Sheet(title, tuple(one.heading.strip() for one in layout.columns), tuple(rows))


def register_file(
    register: Register,
    layout: Layout,
    file_format: RegisterFormat,
    say: Say,
    *,
    as_reference: bool = False,
    substitute: bool = False,
) -> bytes:
    """Return the register as csv (in the code and with the separator of the layout) or xlsx.

    Raises:
        RuleError: ``register.nobody``, ``register.not-final`` while somebody keeps it from being final and
            nobody said that it is for reference, ``export.cp932-unwritable``.
        ValidationError: as `check_columns`.
    """
    check_final(register, as_reference=as_reference)
    sheet = register_sheet(register, layout, say, as_reference=as_reference, real_days=file_format == "xlsx")
    if file_format == "xlsx":
        return xlsx_bytes(sheet)
    separator = layout.options.separator.sign
    if layout.options.encoding is Encoding.CP932:
        return cp932_bytes(sheet, substitute=substitute, separator=separator)
    return csv_bytes(sheet, separator=separator)


def register_preview(register: Register, layout: Layout, say: Say, *, most: int = 300) -> Preview:
    """Return the first rows and the sums, as a person reads them.

    Raises:
        ValidationError: as `check_columns`.
    """
    sheet = register_sheet(register, layout, say)
    rows = [tuple(map(_read, row)) for row in sheet.rows]
    if len(rows) > most + 1:
        rows = [*rows[:most], rows[-1]] if layout.options.totals else rows[:most]
    figures = (at for at, one in enumerate(layout.columns) if FIELDS[one.field].form in FIGURES)
    return Preview(tuple(sheet.headings), tuple(rows), frozenset(figures))


def check_final(register: Register, *, as_reference: bool) -> None:
    """Make sure that a register may leave the office.

    Raises:
        RuleError: ``register.nobody``, ``register.not-final``.
    """
    if not register.rows:
        raise RuleError("register.nobody", year=register.year, month=register.month)
    if register.doubts and not as_reference:
        people = list(dict.fromkeys(f"{doubt.number} {doubt.name}" for doubt in register.doubts))
        raise RuleError("register.not-final", people=people, year=register.year, month=register.month)


def unwritable_in(register: Register, layout: Layout, say: Say) -> list[UnwritableCell]:
    """Return, person by person and column by column, what CP932 cannot hold; nothing for other csv."""
    if layout.options.encoding is not Encoding.CP932:
        return []
    sheet = register_sheet(register, replace(layout, options=replace(layout.options, totals=False)), say)
    return [
        UnwritableCell(
            register.rows[one.row].number,
            register.rows[one.row].name,
            one.heading,
            str(sheet.rows[one.row][list(sheet.headings).index(one.heading)]),
            one.characters,
        )
        for one in unwritable_cells(sheet)
    ]


def save_register(
    database: Database,
    *,
    programme_id: int,
    year: int,
    month: int,
    layout: Layout,
    file_format: RegisterFormat,
    path: Path,
    say: Say,
    as_reference: bool = False,
    substitute: bool = False,
    actor: str | None = None,
) -> RegisterWritten:
    """Write the register to a file and record that it left the office, both or neither.

    Raises:
        RuleError, ValidationError: as `register_file`.
        StorageError: the file cannot be written, or the act not be recorded.
    """
    register = register_rows(database, programme_id=programme_id, year=year, month=month)
    is_reference = as_reference and not register.is_final
    data = register_file(register, layout, file_format, say, as_reference=is_reference, substitute=substitute)
    count = len(register.rows)
    with FileSet(path.parent) as files:
        files.add(path.name, data)
        if database.read_only:
            export_files(database, "register.written", files, count=count, file_format=file_format)
            return RegisterWritten(None, path, count, is_reference)
        with unit_of_work(database, "register.written", actor=actor, kind=EntryKind.ISSUED) as work:
            change = let_out(
                work,
                files,
                year=year,
                month=month,
                count=count,
                file_format=file_format,
                yen=sums(register.rows).net,
                reference=is_reference,
                sha256=hashlib.sha256(data).hexdigest(),
            )
    return RegisterWritten(change, path, count, is_reference)


def file_name(register: Register, ending: str, *, as_reference: bool = False) -> str:
    """Return a name for the file: what it is, of which month, and 参考 where it is not final."""
    parts = [TITLE, f"{register.year}-{register.month:02d}"]
    if as_reference and not register.is_final:
        parts.append(REFERENCE)
    return f"{'_'.join(parts)}.{ending}"


def notes_of(register: Register, row: StatedPay, say: Say) -> str:
    """Return what keeps a row from being final."""
    return _BETWEEN.join(say(doubt.code) for doubt in register.doubts_of(row.appointment_id))


def written(value: Value, field: str, options: LayoutOptions, *, real_days: bool = False) -> Cell:
    """Return a value as a layout wants it; ``real_days`` leaves days what they are where it can be."""
    if isinstance(value, tuple):
        return month_text(*value, options.dates)
    if isinstance(value, date):
        return value if real_days and options.dates in _REAL_DAYS else day_text(value, options.dates)
    if FIELDS[field].form is Form.MINUTES and isinstance(value, int):
        return minutes_text(value, options.time)
    return value


def cell_text(value: Value, field: str, options: LayoutOptions) -> str:
    """Return a value as a person reads it: thousands apart."""
    return _read(written(value, field, options))


def _read(cell: Cell) -> str:
    if isinstance(cell, int):
        return f"{cell:,}"
    return "" if cell is None else str(cell)


def _totals(register: Register, layout: Layout) -> tuple[Cell, ...]:
    """Return the row of sums; its first text says so."""
    everybody = sums(register.rows)
    cells: list[Cell] = []
    said = False
    for one in layout.columns:
        field = FIELDS[one.field]
        if field.total is not None:
            cells.append(written(field.total(everybody), one.field, layout.options))
        elif not said:
            cells.append(TOTAL)
            said = True
        else:
            cells.append(None)
    return tuple(cells)

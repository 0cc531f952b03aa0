"""The list command: the same rows as JSON, csv, xlsx or PDF."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, Json, at_work, deliver, json_bytes, say
from fujisawa_desktop.cli_parser import CALENDAR_FORMAT, LIST_FORMATS
from fujisawa_desktop.cli_values import month_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, language, set_language
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.exports_journal import record_list
from fujisawa_desktop.services.hand_in_lists import hand_in_table
from fujisawa_desktop.services.interview_ical import write_calendars
from fujisawa_desktop.services.list_tables import (
    applicant_table,
    appointment_table,
    hours_table,
    interview_table,
)
from fujisawa_desktop.services.outgoing import save_list
from fujisawa_desktop.services.table_files import ListTable, Value, table_file, unwritable_rows

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_TABLES: Final[Mapping[str, Callable[..., ListTable]]] = {
    "applicants": applicant_table,
    "interviews": interview_table,
    "appointments": appointment_table,
    "hours": hours_table,
    "hand-ins": hand_in_table,
}
_BINARY: Final = frozenset({"xlsx", "pdf"})


def write_list(arguments: argparse.Namespace) -> int:
    """Write a list in the form asked for."""
    file_format = format_of(arguments, "csv", (*LIST_FORMATS, CALENDAR_FORMAT))
    if file_format == CALENDAR_FORMAT:
        return _write_calendars(arguments)
    with at_work(arguments) as (database, programme_id):
        table = _TABLES[arguments.kind](
            database, programme_id=programme_id, where=arguments.where, **_hours_options(arguments)
        )
        if file_format == "csv" and arguments.encoding == "cp932":
            _name_unwritable(table)
            file_format = "csv-cp932"
        write_table(database, table, file_format, arguments.out)
    return DONE


def _hours_options(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return which hours are wanted; no other list knows months."""
    options: dict[str, Any] = {}
    if arguments.month is not None:
        options["year_month"] = month_of(arguments.month)
    if arguments.shift is not None:
        options["kind"] = ShiftKind(arguments.shift)
    if options and arguments.kind != "hours":
        raise AppError("cli.month-for-hours", kind=arguments.kind)
    return options


def write_table(
    database: Database, table: ListTable, file_format: str, out: Path | None, data: bytes | None = None
) -> None:
    """Write a list in one of the forms and record that it left; ``data`` for a form of its own.

    What goes to the output cannot be called back, so it is recorded before; a file and its record are
    one act.
    """
    data = _file(table, file_format) if data is None else data
    if database.read_only:
        say(_("The database may only be read, so it is not recorded that this list was written."))
    if out is None:
        record_list(database, file_format=file_format, count=len(table.rows), name=table.name)
        deliver(data, binary=file_format in _BINARY)
        return
    save_list(database, path=out, data=data, file_format=file_format, count=len(table.rows), name=table.name)
    say(_("Written: {file}").format(file=out))


def _write_calendars(arguments: argparse.Namespace) -> int:
    """Write the interviews for calendars: a folder gets every file, a file the calendar of all."""
    if arguments.kind != "interviews":
        raise AppError("cli.ics-interviews-only", kind=arguments.kind)
    if arguments.out is None:
        raise AppError("cli.out-needed")
    with at_work(arguments) as (database, programme_id):
        written = write_calendars(
            database, programme_id=programme_id, target=arguments.out, with_names=arguments.names
        )
    for file in written.files:
        say(_("Written: {file}").format(file=file))
    return DONE


def _name_unwritable(table: ListTable) -> None:
    """Name every row with characters that CP932 cannot write; the writing itself then refuses."""
    for number, characters in unwritable_rows(table):
        say(
            _("{number}: CP932 cannot write {characters}").format(
                number=number, characters=" ".join(characters)
            )
        )


def format_of(arguments: argparse.Namespace, default: str, known: Sequence[str] = LIST_FORMATS) -> str:
    """Return the form named, else the one that the name of the file asks for."""
    if arguments.format is not None:
        return str(arguments.format)
    ending = arguments.out.suffix.lower().removeprefix(".") if arguments.out is not None else default
    if ending not in known:
        raise AppError("cli.format-needed", file=arguments.out.name, known=list(known))
    return str(ending)


def _file(table: ListTable, file_format: str) -> bytes:
    """Return the list as a file; paper is Japanese, whatever language the person reads messages in."""
    if file_format == "json":
        rows = (zip(table.columns, row, strict=True) for row in table.rows)
        return json_bytes([{name: _plain(value) for name, value in row} for row in rows])
    before = language()
    if file_format == "pdf":
        set_language("ja")
    try:
        return table_file(table, file_format, texts.term, made_at=datetime.now())
    finally:
        set_language(before)


def _plain(value: Value) -> Json:
    """Return a value as JSON knows it; times are local, to the minute, without offset."""
    if isinstance(value, datetime | time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value

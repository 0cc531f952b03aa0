"""The pay command: the month as computed, the register in a layout, and the file for the bank."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from fujisawa_desktop import texts
from fujisawa_desktop.cli_lists import format_of, write_table
from fujisawa_desktop.cli_output import DONE, IN_PART, Json, at_work, deliver, json_bytes, say
from fujisawa_desktop.cli_values import day_of, month_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.exports_journal import record_list
from fujisawa_desktop.services.list_tables import pay_table
from fujisawa_desktop.services.pay import PayRow, pay_for_month
from fujisawa_desktop.services.register import Register, register_rows
from fujisawa_desktop.services.register_files import (
    RegisterFormat,
    register_file,
    save_register,
    unwritable_in,
)
from fujisawa_desktop.services.register_layouts import Layout, layout_named, layouts
from fujisawa_desktop.services.table_files import ListTable
from fujisawa_desktop.services.transfer_file import (
    TransferMade,
    TransferView,
    hand_out_transfer,
    numbers_left_out,
    transfer_view,
    write_transfer,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

ZENGIN: Final = "zengin"
_SHEETS: Final = ("csv", "xlsx")


def pay(arguments: argparse.Namespace) -> int:
    """Write the pay of a month; what has to be looked into is said, and an open amount makes it partial."""
    year, month = month_of(arguments.month)
    if arguments.format == ZENGIN:
        return _transfer(arguments, year, month)
    file_format = format_of(arguments, "csv")
    with at_work(arguments) as (database, programme_id):
        if arguments.layout is not None:
            return _register(arguments, database, programme_id, (year, month), file_format)
        rows = pay_for_month(database, programme_id=programme_id, year=year, month=month)
        _warn(rows)
        table = pay_table(rows)
        data = json_bytes(_by_number(table)) if file_format == "json" else None
        write_table(database, table, file_format, arguments.out, data)
    return IN_PART if any(row.net is None for row in rows) else DONE


# --- the register


def _register(
    arguments: argparse.Namespace,
    database: Database,
    programme_id: int,
    year_month: tuple[int, int],
    file_format: str,
) -> int:
    """Write the register, from what was stated, in the columns of a layout."""
    if file_format not in _SHEETS:
        raise AppError("cli.layout-sheets-only", format=file_format)
    layout = layout_named(layouts(database), arguments.layout)
    year, month = year_month
    register = register_rows(database, programme_id=programme_id, year=year, month=month)
    _say_doubts(register)
    if file_format == "csv":
        _name_unwritable(register, layout)
    form = cast("RegisterFormat", file_format)
    if arguments.out is None:
        data = register_file(register, layout, form, _say_doubt, as_reference=arguments.reference)
        deliver(data, binary=file_format == "xlsx")
        record_list(database, file_format=file_format, count=len(register.rows), name="register")
        return DONE if register.is_final else IN_PART
    written = save_register(
        database,
        programme_id=programme_id,
        year=year,
        month=month,
        layout=layout,
        file_format=form,
        path=arguments.out,
        say=_say_doubt,
        as_reference=arguments.reference,
    )
    if written.change is None:
        say(_("The database may only be read, so it is not recorded that this list was written."))
    say(_("Written: {file}").format(file=written.path))
    return IN_PART if written.is_reference else DONE


def _say_doubt(code: str) -> str:
    return texts.paper_term("register-doubt", code)


def _say_doubts(register: Register) -> None:
    for doubt in register.doubts:
        reason = texts.message_for(doubt.code, {})
        say(_("{number} {name}: {reason}").format(number=doubt.number, name=doubt.name, reason=reason))


def _name_unwritable(register: Register, layout: Layout) -> None:
    for cell in unwritable_in(register, layout, _say_doubt):
        characters = " ".join(cell.characters)
        say(_("{number}: CP932 cannot write {characters}").format(number=cell.number, characters=characters))


# --- the file for the bank


def _transfer(arguments: argparse.Namespace, year: int, month: int) -> int:
    """Write the file for the bank from what was stated; nobody is left out who is not named."""
    with at_work(arguments) as (database, programme_id):
        view = transfer_view(database, programme_id=programme_id, year=year, month=month)
        left_out = numbers_left_out(view, arguments.leave_out or ())
        _say_obstacles(view, left_out)
        pay_date = day_of(arguments.pay_date) if arguments.pay_date is not None else view.pay_date
        if pay_date is None:
            raise AppError("cli.pay-date-needed")
        if database.read_only:
            raise AppError("cli.zengin-needs-writing", file=database.name)
        out: Path | None = arguments.out
        made: TransferMade
        if out is None:
            made = handed = hand_out_transfer(database, **_asked(view, pay_date, left_out))
            deliver(handed.data, binary=False)
        else:
            made = write_transfer(database, path=out, **_asked(view, pay_date, left_out))
        _tell(view, made, pay_date, out)
    return IN_PART if made.left_out else DONE


def _asked(view: TransferView, pay_date: date, left_out: frozenset[int]) -> dict[str, Any]:
    return {
        "programme_id": view.programme_id,
        "year": view.year,
        "month": view.month,
        "pay_date": pay_date,
        "today": date.today(),
        "left_out": left_out,
    }


def _say_obstacles(view: TransferView, left_out: frozenset[int]) -> None:
    for row in view.obstructed(left_out):
        for one in row.obstacles:
            reason = texts.message_for(one.code, dict(one.params))
            say(_("{number} {name}: {reason}").format(number=row.number, name=row.name, reason=reason))
    if view.written:
        say(
            _("A file of this month was written before, on {day}: see that nobody is paid twice.").format(
                day=view.written[0].at.date().isoformat()
            )
        )


def _tell(view: TransferView, made: TransferMade, pay_date: date, out: Path | None) -> None:
    if out is not None:
        say(_("Written: {file}").format(file=out))
    say(
        _("{count} transfers, {yen} yen, on {day}. SHA-256: {digest}").format(
            count=made.contents.count,
            yen=f"{made.contents.yen:,}",
            day=pay_date.isoformat(),
            digest=made.sha256,
        )
    )
    for row in made.left_out:
        say(_("{number} {name}: not in the file.").format(number=row.number, name=row.name))
    if view.paid:
        say(_("{count} people of the month were paid before.").format(count=len(view.paid)))


# --- the month as computed


def _by_number(table: ListTable) -> list[dict[str, Json]]:
    """Return the fixed form: people are told by their number alone."""
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return [{name: cast("Json", value) for name, value in row.items() if name != "name"} for row in rows]


def _warn(rows: list[PayRow]) -> None:
    for row in rows:
        for finding in row.problems:
            reason = texts.message_for(finding.code, finding.params)
            say(_("{number}: please look. {reason}").format(number=row.number, reason=reason))

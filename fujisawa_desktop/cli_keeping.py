"""The commands that keep, erase and disclose records."""

from __future__ import annotations

import argparse
from datetime import date

from fujisawa_desktop import texts
from fujisawa_desktop.cli_lists import format_of, write_table
from fujisawa_desktop.cli_output import DONE, at_work, say
from fujisawa_desktop.cli_parser_keeping import FORMATS
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.person_export import export_person, person_by_number
from fujisawa_desktop.services.retention import candidate_table, candidates
from fujisawa_desktop.services.retention_erasing import erase


def keep(arguments: argparse.Namespace) -> int:
    """List what may be erased, or erase it."""
    return _erase(arguments) if arguments.act == "erase" else _due(arguments)


def _categories(arguments: argparse.Namespace) -> tuple[Category, ...]:
    return tuple(Category(one) for one in arguments.records) if arguments.records else tuple(Category)


def _due(arguments: argparse.Namespace) -> int:
    file_format = format_of(arguments, "csv", FORMATS)
    with at_work(arguments) as (database, programme_id):
        listed = candidates(
            database,
            programme_id=programme_id,
            today=date.today(),
            categories=_categories(arguments),
            due_only=not arguments.all,
        )
        table = candidate_table(listed)
        write_table(database, table, file_format, arguments.out)
    due = sum(one.is_due for one in listed)
    text = ngettext("{count} line is due for erasure.", "{count} lines are due for erasure.", due)
    say(text.format(count=f"{due:,}"))
    return DONE


def _erase(arguments: argparse.Namespace) -> int:
    if arguments.confirm is None or not arguments.witness:
        raise AppError("cli.erase-unconfirmed")
    today, categories = date.today(), _categories(arguments)
    with at_work(arguments) as (database, programme_id):
        done = erase(
            database,
            programme_id=programme_id,
            confirmed=arguments.confirm,
            witness=arguments.witness,
            today=today,
            categories=categories,
            with_copies=arguments.with_copies,
        )
        is_file = database.path is not None
    text = ngettext(
        "Erased: {count} line; nothing is left of {people} people.",
        "Erased: {count} lines; nothing is left of {people} people.",
        done.records,
    )
    say(text.format(count=f"{done.records:,}", people=f"{done.people:,}"))
    for file in done.deleted:
        say(_("Deleted: {file}").format(file=file))
    left = done.copies
    if left.gone_by is not None:
        say(_("Copies that still hold them go by {day}.").format(day=format_date(left.gone_by)))
    if left.staying:
        text = _("Copies that still hold them and stay until somebody deletes them: {count}")
        say(text.format(count=f"{left.staying:,}"))
    if left.is_second_missing:
        say(_("The second place for backups cannot be reached now: nobody looked at the copies there."))
    say(
        _(
            "Copies elsewhere – on paper, in other folders, on other computers – are not looked for: "
            "see to them separately."
        )
    )
    if is_file and not done.swept:
        said = _(
            "Another program holds the file, so its free pages are not cleared, and traces may be left. "
            "Close it there, and clear them in the window “Retention and erasure”."
        )
        say(said)
    return DONE


def disclose(arguments: argparse.Namespace) -> int:
    """Write everything held about one person to a file."""
    if not arguments.out.is_dir():
        raise AppError("cli.folder-needed", folder=str(arguments.out))
    with at_work(arguments) as (database, programme_id):
        person = person_by_number(database, programme_id=programme_id, number=arguments.number)
        done = export_person(
            database, applicant_id=person, folder=arguments.out.absolute(), label=texts.paper_label
        )
    say(_("Written: {file}").format(file=done.file))
    return DONE

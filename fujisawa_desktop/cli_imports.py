"""The import commands: each file through its own service, one shape of answer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop import texts
from fujisawa_desktop.cli_output import DONE, IN_PART, Json, at_work, print_json, say, secured
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.rejected_rows import save_rejected

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_SERVICES: Final[Mapping[str, Callable[..., ImportResult]]] = {
    "applicants": import_applicants,
    "decisions": import_decisions,
    "availability": import_availability,
    "interviewers": import_interviewers,
    "hours": import_hours,
}


def take_in(arguments: argparse.Namespace) -> int:
    """Import a file; rows that were refused are named and make the exit code 1."""
    options: dict[str, Any] = {}
    if arguments.profile is not None:
        if arguments.kind != "applicants":
            raise AppError("cli.profile-for-applicants")
        options["profile"] = arguments.profile
    if arguments.shift is not None:
        if arguments.kind != "hours":
            raise AppError("cli.shift-for-hours")
        options["kind"] = ShiftKind(arguments.shift)
    with at_work(arguments) as (database, programme_id):
        act = _SERVICES[arguments.kind]
        secured(database, act.__name__, {"dry_run": arguments.dry_run})
        result = act(
            database, programme_id=programme_id, file=arguments.file, dry_run=arguments.dry_run, **options
        )
        _tell(result, dry_run=arguments.dry_run)
        if arguments.rejected is not None and result.rejected:
            _save_rejected(database, arguments.file, arguments.rejected, result)
    if arguments.json:
        print_json(as_json(result))
    return IN_PART if result.rejected else DONE


def _save_rejected(database: Database, file: Path, target: Path, result: ImportResult) -> None:
    count = save_rejected(
        database,
        file=file,
        target=target,
        rejected=result.rejected,
        reason=lambda row: texts.message_for(row.code, row.params),
        encoding=result.encoding or None,
    ).count
    say(
        ngettext(
            "{count} refused row was written to {file}.",
            "{count} refused rows were written to {file}.",
            count,
        ).format(count=count, file=target.name)
    )


def as_json(result: ImportResult) -> Json:
    """Return the fixed form of an import's outcome; reasons are sentences in the person's language."""
    return {
        "rows": result.rows,
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "rejected": [
            {"line": row.line, "column": row.column, "reason": texts.message_for(row.code, row.params)}
            for row in result.rejected
        ],
        "warnings": [
            {"line": row.line, "reason": texts.message_for(row.code, row.params)} for row in result.warnings
        ],
        "suspected_duplicates": [
            {"numbers": list(pair.numbers), "score": pair.score, "reasons": list(pair.reasons)}
            for pair in result.suspected_duplicates
        ],
    }


def _tell(result: ImportResult, *, dry_run: bool) -> None:
    """Say the counts, then every refused row, every warning and every pair."""
    counts = (
        _(
            "{rows} rows read: {added} would be added, {updated} updated, {unchanged} unchanged, "
            "{rejected} refused."
        )
        if dry_run
        else _(
            "{rows} rows read: {added} added, {updated} updated, {unchanged} unchanged, {rejected} refused."
        )
    )
    say(
        counts.format(
            rows=result.rows,
            added=result.added,
            updated=result.updated,
            unchanged=result.unchanged,
            rejected=len(result.rejected),
        )
    )
    for refused in result.rejected:
        reason = texts.message_for(refused.code, refused.params)
        say(
            _("Line {line}, {column}: refused. {reason}").format(
                line=refused.line, column=refused.column, reason=reason
            )
        )
    for warning in result.warnings:
        reason = texts.message_for(warning.code, warning.params)
        say(_("Line {line}: please look. {reason}").format(line=warning.line, reason=reason))
    for pair in result.suspected_duplicates:
        say(
            _("{first} and {second} may be one person.").format(first=pair.numbers[0], second=pair.numbers[1])
        )

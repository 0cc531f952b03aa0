"""The print command: papers as one PDF, recorded as having left the office."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fujisawa_desktop import texts
from fujisawa_desktop.cli_office import office_options, trial_asked
from fujisawa_desktop.cli_output import DONE, at_work, say
from fujisawa_desktop.cli_values import month_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.table_files import save_file

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


def print_papers(arguments: argparse.Namespace) -> int:
    """Make the papers of a kind, write the PDF, and record it."""
    month = month_of(arguments.month) if arguments.month is not None else None
    with at_work(arguments) as (database, programme_id):
        options = office_options(arguments, database)
        trial = trial_asked(arguments, database, programme_id, options)
        if trial is not None:
            return _write_trial(arguments, trial)
        draft = make_papers(
            database,
            programme_id=programme_id,
            kind=arguments.kind,
            numbers=arguments.applicant,
            year_month=month,
            options=options,
        )
        _warn(draft)
        place = _place(arguments.out, draft)
        _write_and_record(database, draft, place)
    pages = ngettext("{count} page", "{count} pages", draft.page_count).format(count=draft.page_count)
    say(_("Written: {file} ({pages})").format(file=place, pages=pages))
    return DONE


def _write_trial(arguments: argparse.Namespace, pdf: bytes) -> int:
    """Write the test page, which is recorded nowhere."""
    name = f"{arguments.kind}-test.pdf"
    out: Path | None = arguments.out
    place = Path(name) if out is None else out / name if out.is_dir() else out
    save_file(place, pdf)
    say(_("Written: {file}").format(file=place))
    return DONE


def _write_and_record(database: Database, draft: PaperDraft, place: Path) -> None:
    """Write the file, then record it; a file that cannot be recorded is not left behind."""
    was_there = place.exists()
    save_file(place, draft.pdf)
    if database.read_only:
        say(_("The file may only be read, so it is not recorded that these papers were made."))
        return
    try:
        issue_papers(database, draft=draft)
    except AppError:
        if not was_there:
            place.unlink(missing_ok=True)
        raise


def _place(out: Path | None, draft: PaperDraft) -> Path:
    """Return the file to write: the one named, or the paper's own name in the folder named."""
    if out is None:
        return Path(draft.file_name)
    return out / draft.file_name if out.is_dir() else out


def _warn(draft: PaperDraft) -> None:
    """Name every character that is not printed as it was typed, before the file is written."""
    for warning in draft.warnings:
        say(
            _("{number} {name}: {what} — {text} {code}")
            .format(
                number=warning.number,
                name=warning.name,
                what=texts.term("remark", warning.kind),
                text=warning.text,
                code=warning.code,
            )
            .rstrip()
        )

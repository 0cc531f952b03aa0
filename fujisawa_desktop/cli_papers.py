"""The print command: papers as one PDF or one each, recorded as having left the office."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fujisawa_desktop import texts
from fujisawa_desktop.cli_office import office_options, trial_asked
from fujisawa_desktop.cli_output import DONE, at_work, say
from fujisawa_desktop.cli_values import day_of, month_of, password_of
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.document_numbers import Numbering
from fujisawa_desktop.services.paper_files import FileOrder, NameStyle, issue_and_save, save_copies
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.table_files import save_file

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_FROM_LEDGER: Final = {"next": Numbering.ONE, "each": Numbering.EACH}


def print_papers(arguments: argparse.Namespace) -> int:
    """Make the papers of a kind, write them, and record them."""
    wanted = _wanted(arguments)
    password = password_of(arguments.password_file) if arguments.password_file is not None else ""
    with at_work(arguments) as (database, programme_id):
        if database.read_only and wanted["numbering"] is not Numbering.TYPED:
            raise AppError("cli.number-needs-writing", file=database.name)
        options = office_options(arguments, database)
        trial = trial_asked(arguments, database, programme_id, options)
        if trial is not None:
            return _write_trial(arguments, trial)
        draft = make_papers(
            database, programme_id=programme_id, kind=arguments.kind, options=options, **wanted
        )
        _warn(draft)
        files = _write_and_record(database, draft, _order(arguments, draft, password))
    _tell(draft, files)
    return DONE


def _wanted(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what `make_papers` takes of the arguments."""
    typed: str = arguments.number or ""
    numbering = _FROM_LEDGER.get(typed, Numbering.TYPED)
    return {
        "numbers": arguments.applicant,
        "year_month": month_of(arguments.month) if arguments.month is not None else None,
        "dated": day_of(arguments.dated) if arguments.dated is not None else None,
        "reply_by": day_of(arguments.reply_by) if arguments.reply_by is not None else None,
        "document_number": typed if numbering is Numbering.TYPED else "",
        "numbering": numbering,
        "share_number": arguments.same_number,
        "corrects": arguments.correct,
    }


def _write_trial(arguments: argparse.Namespace, pdf: bytes) -> int:
    """Write the test page, which is recorded nowhere."""
    name = f"{arguments.kind}-test.pdf"
    out: Path | None = arguments.out
    place = Path(name) if out is None else out / name if out.is_dir() else out
    save_file(place, pdf)
    say(_("Written: {file}").format(file=place))
    return DONE


def _order(arguments: argparse.Namespace, draft: PaperDraft, password: str) -> FileOrder:
    """Return the file to write: the one named, or in the folder named one for each paper."""
    out: Path | None = arguments.out
    names = NameStyle.NUMBER_AND_NAME if arguments.names else NameStyle.NUMBER
    if out is None:
        return FileOrder(Path(draft.file_name), password=password)
    return FileOrder(out, one_each=out.is_dir(), password=password, names=names)


def _write_and_record(database: Database, draft: PaperDraft, order: FileOrder) -> tuple[Path, ...]:
    """Write the files and record the papers, both or neither."""
    if not database.read_only:
        return issue_and_save(database, draft=draft, order=order).files
    say(_("The file may only be read, so it is not recorded that these papers were made."))
    return save_copies(database, papers=draft, kind=draft.kind.value, order=order).files


def _tell(draft: PaperDraft, files: tuple[Path, ...]) -> None:
    pages = ngettext("{count} page", "{count} pages", draft.page_count).format(count=draft.page_count)
    if len(files) == 1:
        say(_("Written: {file} ({pages})").format(file=files[0], pages=pages))
    else:
        text = ngettext(
            "Written: {count} file in {folder} ({pages})",
            "Written: {count} files in {folder} ({pages})",
            len(files),
        )
        say(text.format(count=len(files), folder=files[0].parent, pages=pages))
    if draft.document_number:
        say(_("Document number: {number}").format(number=draft.document_number))


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

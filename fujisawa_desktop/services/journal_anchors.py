"""What is written down of the journal elsewhere: in the sidecars of backups, at the foot of registers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from fujisawa_desktop.documents.ledger_specs import LedgerSpec
from fujisawa_desktop.documents.specs import RosterSpec
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.journal_lines import head_of
from fujisawa_desktop.rules.journal_marks import mark_of
from fujisawa_desktop.services.backups import backup_anchors
from fujisawa_desktop.services.journal_check import Progress, check_journal
from fujisawa_desktop.services.journal_findings import JournalReport
from fujisawa_desktop.services.paper_kinds import PaperKind, Sheet

LEDGERS: Final = frozenset(
    {PaperKind.DISPATCH_LEDGER, PaperKind.REGISTER, PaperKind.TRANSFER_LIST, PaperKind.YEAR_END}
)
"""Papers that are filed for years, and so keep for years how the journal stood."""
_LINE: Final = "操作記録 {count}件　照合値 {mark}"


def check_with_sidecars(database: Database, *, progress: Progress | None = None) -> JournalReport:
    """Check the journal, and compare it with what the backups say of it."""
    return check_journal(database, anchors=backup_anchors(database), progress=progress)


def printed_line(database: Database) -> str:
    """Return the line at the foot of registers and ledgers; papers are always Japanese."""
    with database.read() as session:
        head = head_of(session.connection())
    return _LINE.format(count=head[0], mark=mark_of(head[1])) if head is not None else ""


def with_journal_line(database: Database, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield the sheets of a ledger with the line at their foot."""
    line = printed_line(database)
    for sheet in sheets:
        spec = sheet.spec
        if isinstance(spec, RosterSpec | LedgerSpec):
            yield replace(sheet, spec=replace(spec, journal_line=line))
        else:
            yield sheet

"""Papers as files: all in one, or one each, written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from fujisawa_desktop.documents import protect
from fujisawa_desktop.documents.specs import Spec
from fujisawa_desktop.exchange.file_names import file_name, free_name
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.imports import Progress
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.paper_draft import PaperDraft, Printed
from fujisawa_desktop.services.paper_issuing import enter_issued, issuing
from fujisawa_desktop.services.paper_printing import printed
from fujisawa_desktop.services.parts import Parts


class NameStyle(StrEnum):
    """What tells the files apart when there is one for each person."""

    NUMBER = "number"
    """The portal number; no name of a file says a person's name."""
    NUMBER_AND_NAME = "number-and-name"


@dataclass(frozen=True, slots=True)
class FileOrder:
    """How a clerk wants papers as files.

    Attributes:
        target: the file; with ``one_each`` the folder, which must exist.
        one_each: one file for each paper.
        password: what opens the files; empty for files that anybody can open.
        names: what the names of files for each are made of.
    """

    target: Path
    one_each: bool = False
    password: str = ""
    names: NameStyle = NameStyle.NUMBER

    @property
    def folder(self) -> Path:
        """Where the files go."""
        return self.target if self.one_each else self.target.parent


@dataclass(frozen=True, slots=True)
class PapersOut:
    """Papers that were written and recorded in one act."""

    change: ChangeSet
    files: tuple[Path, ...]


def save_papers(
    draft: Printed,
    target: Path,
    *,
    one_each: bool,
    password: str = "",
    progress: Progress | None = None,
    names: NameStyle = NameStyle.NUMBER,
) -> tuple[Path, ...]:
    """Write papers as one file, or as one file each; either all are written or none.

    Args:
        draft: new papers, or issued ones printed again.
        target: the file; with ``one_each`` the folder, which must exist.
        one_each: one file for each paper.
        password: what opens the files; empty for files that anybody can open.
        progress: hears (done, all) and may raise to stop; nothing is left then.
        names: what the names of files for each are made of.

    Returns:
        The files that were written.

    Raises:
        StorageError: one cannot be written (no room, no folder, held by another program); what was
            there before is there still.
        RuleError: ``papers.page-failed``.
    """
    order, parts = FileOrder(target, one_each, password, names), Parts(3, progress)
    with FileSet(order.folder) as files:
        _write(files, draft, order, parts)
        files.replace_all()
        return files.keep()


def issue_and_save(
    database: Database,
    *,
    draft: PaperDraft,
    order: FileOrder,
    progress: Progress | None = None,
    actor: str | None = None,
) -> PapersOut:
    """Write papers as files and record that they left the office, both or neither.

    Raises:
        ConflictError, StorageError: as `issue_papers` and `save_papers`; nothing is recorded then, and
            what was there before is there still.
    """
    parts = Parts(5, progress)
    with FileSet(order.folder) as files:
        _write(files, draft, order, parts)
        with issuing(database, actor) as work:
            enter_issued(work, draft, parts)
            change = let_out(work, files, kind=draft.kind.value, count=len(draft.sheets))
        return PapersOut(change, files.places)


def _write(files: FileSet, draft: Printed, order: FileOrder, parts: Parts) -> None:
    """Write the files beside their places, as two parts of an act's progress."""
    count = len(draft.job.specs) if order.one_each else 1
    wanted = _one_each(draft, order.names) if order.one_each else iter([(order.target.name, draft.pdf)])
    for done in range(count):
        parts.within(done, count)
        name, pdf = next(wanted)
        files.add(name, protect(pdf, order.password) if order.password else pdf)
    parts.ended()
    files.settle(lambda done: parts.within(done, count))
    parts.ended()


def _one_each(draft: Printed, names: NameStyle) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file; every name once, whatever the case of its letters."""
    stem, taken = Path(draft.file_name).stem, set[str]()
    for spec in draft.job.specs:
        name = free_name(_name(stem, spec, names), taken)
        yield name, printed(replace(draft.job, specs=(spec,))).pdf


def _name(stem: str, spec: Spec, names: NameStyle) -> str:
    owner = spec.owner
    # The name of papers for one person says the number already.
    parts = [stem.removesuffix(f"_{owner.key}"), owner.key]
    if names is NameStyle.NUMBER_AND_NAME and owner.label != owner.key:
        parts.append(owner.label)
    return file_name(parts, ".pdf")

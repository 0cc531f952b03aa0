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
from fujisawa_desktop.services.outgoing import export_files, let_out
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


def save_copies(
    database: Database,
    *,
    papers: Printed,
    kind: str,
    order: FileOrder,
    progress: Progress | None = None,
    actor: str | None = None,
) -> PapersOut:
    """Write papers that are issued already, or cannot be, and record that copies left, both or neither.

    Args:
        database: the open database; from one that may only be read they leave all the same.
        papers: issued ones printed again, or new ones.
        kind: the kind of paper.
        order: how they are wanted as files.
        progress: hears (done, all) and may raise to stop; nothing is left then.
        actor: who saves them.

    Raises:
        ConflictError, StorageError: one cannot be written (no room, no folder, held by another
            program), or the act not be recorded; what was there before is there still.
        RuleError: ``papers.page-failed``.
    """
    parts = Parts(3, progress)
    with FileSet(order.folder) as files:
        _write(files, papers, order, parts)
        count = len(papers.job.specs)
        change = export_files(database, "papers.copy-out", files, actor=actor, kind=kind, count=count)
        return PapersOut(change, files.places)


def save_draft_copy(
    database: Database, *, pdf: bytes, kind: str, count: int, target: Path, actor: str | None = None
) -> PapersOut:
    """Write papers marked as a draft and record that they left, both or neither; nothing is issued.

    Args:
        database: the open database; from one that may only be read they leave all the same.
        pdf: the marked pages (`paper_copies.draft_copy`).
        kind: the kind of paper.
        count: how many papers.
        target: the file.
        actor: who saves them.

    Raises:
        ConflictError, StorageError: as `save_copies`.
    """
    with FileSet(target.parent) as files:
        files.add(target.name, pdf)
        change = export_files(database, "papers.draft-out", files, actor=actor, kind=kind, count=count)
        return PapersOut(change, files.places)


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
        ConflictError, StorageError: as `issue_papers` and `save_copies`; nothing is recorded then, and
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

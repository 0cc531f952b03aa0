"""Papers as files: all in one, or one each, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from fujisawa_desktop.documents import make_paper, protect
from fujisawa_desktop.exchange.file_sets import FileSet, safe_stem
from fujisawa_desktop.services.paper_draft import Printed

Tell = Callable[[int, int], None]


class NameStyle(StrEnum):
    """What tells the files apart when there is one for each person."""

    NUMBER = "number"
    """The portal number; nobody is named by a file name."""
    NUMBER_AND_NAME = "number-and-name"


def save_papers(
    draft: Printed,
    target: Path,
    *,
    one_each: bool,
    password: str = "",
    progress: Tell | None = None,
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
        StorageError: one cannot be written; what was there before is there still.
    """
    with FileSet(target if one_each else target.parent) as files:
        put_papers(files, draft, target, one_each=one_each, password=password, progress=progress, names=names)
        files.replace_all()
        return files.keep()


def put_papers(
    files: FileSet,
    draft: Printed,
    target: Path,
    *,
    one_each: bool,
    password: str,
    progress: Tell | None,
    names: NameStyle,
) -> None:
    """Write the files of :func:`save_papers` beside their places, without putting them there yet."""
    wanted = list(_one_each(draft, names)) if one_each else [(target.name, draft.pdf)]
    count = len(draft.job.specs) if one_each else 1
    for done, (name, pdf) in enumerate(wanted):
        if progress is not None:
            progress(done, count)
        files.add(name, protect(pdf, password) if password else pdf)
    if progress is not None:
        progress(count, count)


def _one_each(draft: Printed, names: NameStyle) -> Iterator[tuple[str, bytes]]:
    stem = Path(draft.file_name).stem
    taken: set[str] = set()
    for spec in draft.job.specs:
        owner = spec.owner
        parts = [stem, owner.key, *([owner.label] if names is NameStyle.NUMBER_AND_NAME else [])]
        name = safe_stem("_".join(parts))
        suffix, count = "", 1
        while f"{name}{suffix}".casefold() in taken:
            count += 1
            suffix = f"({count})"
        taken.add(f"{name}{suffix}".casefold())
        yield f"{name}{suffix}.pdf", make_paper(replace(draft.job, specs=(spec,))).pdf

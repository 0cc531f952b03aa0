"""Words that several windows about papers say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import PaperKind


def numbers_text(draft: PaperDraft) -> str:
    """Return the document numbers of a draft as they are spoken of."""
    if draft.numbers is None:
        return _("none; there is room to write one in")
    return numbered(draft.numbers.sign, draft.numbers.text)


def numbered(sign: str, numbers: str) -> str:
    """Return one number or several with the sign of the office."""
    return _("{sign} no. {numbers}").format(sign=sign, numbers=numbers)


def files_text(files: Sequence[Path]) -> str:
    """Return the name of the file, or how many there are in which folder."""
    if len(files) == 1:
        return files[0].name
    return _("{count} files in {folder}").format(count=f"{len(files):,}", folder=files[0].parent.name)


def window_title(kind: PaperKind, *, corrects: bool, copies: bool) -> str:
    """Return what the window of a kind of paper is called."""
    title = texts.term("kind", kind)
    if corrects:
        return _("Correction: {kind}").format(kind=title)
    return _("Another copy: {kind}").format(kind=title) if copies else title


def people_text(draft: PaperDraft) -> str:
    """Return for whom papers are: the person, or how many people."""
    people = list(dict.fromkeys(page.name for page in draft.pages))
    if len(people) == 1:
        return people[0]
    return ngettext("{count} person", "{count} people", len(people)).format(count=f"{len(people):,}")

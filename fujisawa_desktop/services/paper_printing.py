"""Printing specs, with progress, and saying whose page could not be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Job, Owner, PageError, Paper
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.services.paper_draft import DraftPage


def printed(job: Job, tell: Callable[[int], None] | None = None) -> Paper:
    """Return the finished PDF of a job.

    Args:
        job: what to print.
        tell: hears how many specs are done and may raise to stop.

    Raises:
        RuleError: ``papers.page-failed``; it names the person whose page could not be made.
    """
    try:
        return make_paper(job, tell) if tell is not None else make_paper(job)
    except PageError as error:
        owner = error.owner
        raise RuleError("papers.page-failed", number=owner.key, name=owner.label) from error


def first_pages(owners: Sequence[Owner]) -> tuple[DraftPage, ...]:
    """Return where each owner's pages begin, given whose each page is."""
    found: list[DraftPage] = []
    page = 1
    for owner, run in groupby(owners):
        found.append(DraftPage(owner.key, owner.label, page))
        page += len(list(run))
    return tuple(found)

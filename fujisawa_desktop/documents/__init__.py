"""Paper: a finished spec goes in, PDF bytes come out; no database, no Qt, always Japanese."""

from __future__ import annotations

from collections.abc import Callable

from fujisawa_desktop.documents.protection import protect
from fujisawa_desktop.documents.snapshots import SnapshotError
from fujisawa_desktop.documents.specs import Job, Paper, Spec

__all__ = ["SnapshotError", "make_paper", "protect", "spec_from"]


def _silent(_: int) -> None:
    """Tell nobody."""


def make_paper(job: Job, tell: Callable[[int], None] = _silent) -> Paper:
    """Make the PDF of a job; the same job gives the same bytes.

    Args:
        job: what to print, for whom.
        tell: called with the number of specs done so far; what it raises stops the work.

    Returns:
        The file, whose each page is, and what a clerk should look at before it leaves the office.

    Raises:
        PageError: one of the specs cannot be printed.
    """
    # ReportLab takes longer to import than the window to open; only printing needs it.
    from fujisawa_desktop.documents.press import press  # noqa: PLC0415

    return press(job, tell)


def spec_from(form: str, data: object) -> Spec:
    """Return the spec that was stored under the name of its class.

    Args:
        form: the name of the class, such as ``LetterSpec``.
        data: what ``dataclasses.asdict`` and JSON made of it.

    Raises:
        SnapshotError: there is no such form any more, or the data do not fit it.
    """
    # As above: the forms are known where they are printed.
    from fujisawa_desktop.documents.press import stored_spec  # noqa: PLC0415

    return stored_spec(form, data)

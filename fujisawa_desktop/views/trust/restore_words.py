"""What the window that returns to a copy says: the lines of its lists, and what would be lost."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.rules.journal_marks import mark_of
from fujisawa_desktop.services.restoring import (
    ACTS,
    APPOINTMENTS,
    COURSES,
    PEOPLE,
    BackupCopy,
    CopyState,
    Loss,
    SeenEntry,
)

FIGURES: Final = (3, 4, 5, 6, 7)
"""Columns of the list that hold figures."""


def headings() -> tuple[str, ...]:
    """Return the headings of the list of copies."""
    return (
        _("When"),
        _("Occasion"),
        _("Where it lies"),
        _("Size"),
        _("Persons"),
        _("Courses"),
        _("Appointments"),
        _("Acts"),
        _("State"),
    )


def cells(one: BackupCopy) -> tuple[str, ...]:
    """Return the line of a copy."""
    counts = one.counts or {}
    figures = (
        f"{counts[name]:,}" if name in counts else "–" for name in (PEOPLE, COURSES, APPOINTMENTS, ACTS)
    )
    return (
        format_datetime(one.made_at),
        texts.term("backup-reason", one.reason) if one.reason is not None else one.path.stem,
        texts.term("backup-place", one.place),
        _("{size} MB").format(size=f"{one.size / 1_000_000:.1f}"),
        *figures,
        texts.term("backup-state", one.state),
    )


def lost_headings() -> tuple[str, ...]:
    """Return the headings of the list of acts that would be lost."""
    return (_("When"), _("Who"), _("What"))


def lost_cells(one: SeenEntry) -> tuple[str, ...]:
    """Return the line of an act that would be lost."""
    return (format_datetime(one.at), one.actor, texts.label(one.label, one.params))


def held_text(one: BackupCopy) -> str:
    """Return what is known of a copy besides its line; empty while nothing is."""
    if one.state is CopyState.DAMAGED:
        return _("The copy is not what it was when it was made. It is not used; choose another one.")
    if one.state is CopyState.LOCKED:
        return _("The copy is encrypted. The passphrase of the day on which it was made opens it.")
    if not one.head:
        return ""
    text = (
        _("Encrypted. Form {schema}; the journal ends with the check code {mark}.")
        if one.encrypted
        else _("Not encrypted. Form {schema}; the journal ends with the check code {mark}.")
    )
    return text.format(schema=one.schema, mark=mark_of(one.head))


def loss_text(loss: Loss) -> str:
    """Return what returning to a copy would take away."""
    if loss.acts is None:
        return _(
            "The file itself cannot be read here, so what would be lost is not known. It is kept as it is. "
            "Whoever was erased since the copy was made is in the file again afterwards."
        )
    if loss.is_other_file:
        return _("This is a copy of another file that had the same name. Nothing of both is the same.")
    if not loss.acts:
        return _("The copy holds every act of the file: nothing would be lost.")
    text = ngettext(
        "{count} act was done since and would be lost:",
        "{count} acts were done since and would be lost:",
        loss.acts,
    )
    return text.format(count=loss.acts)


def erased_text(loss: Loss) -> str:
    """Return who comes back with a copy: erasures it knows nothing of."""
    told = {"count": len(loss.erased), "days": list(loss.erased_on)}
    return texts.message_for("restore.erased-return", told)

"""What goes on the recovery paper: frozen and finished."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import Owner


@dataclass(frozen=True, slots=True)
class RecoverySpec:
    """回復キー: the key of an encrypted file, to be kept in a safe and typed in when all else is lost."""

    owner: Owner
    title: str
    lead: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    """Label and value: which file, which key, since when."""
    rows: tuple[str, ...]
    """The key in rows of groups; the QR code says the same."""
    scan_caption: str
    heading: str
    notes: tuple[str, ...]
    kept_by: tuple[str, ...]
    """Labels of the empty boxes at the foot: place, date, whose seal."""

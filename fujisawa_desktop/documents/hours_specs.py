"""What the papers about hours say that are not of one person: the sheet a host department signs."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import LabelledText, Owner, Styled


@dataclass(frozen=True, slots=True)
class ConfirmationLine:
    """One person's month: on which days, how many, how long."""

    number: str
    name: str
    days: str
    count: str
    time: str


@dataclass(frozen=True, slots=True)
class ConfirmationSpec(Styled):
    """勤務実績確認書 of one department and one month."""

    owner: Owner
    title: str
    month: str
    facts: tuple[LabelledText, ...]
    headings: tuple[str, ...]
    """Of 受付番号, 氏名, 勤務日, 日数, 勤務時間."""
    lines: tuple[ConfirmationLine, ...]
    total: ConfirmationLine
    statement: str
    date: str
    """Room for the date of the signature."""
    signatures: tuple[LabelledText, ...]
    """Each with what is known already; the rest is written on the line."""
    notes: tuple[str, ...]
    printed_at: str

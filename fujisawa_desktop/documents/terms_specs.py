"""What the papers about an appointment say: the notices, and the forms that come back signed."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import ContactBox, Owner


@dataclass(frozen=True, slots=True)
class RuledRow:
    """One item of a ruled form: its name, and a text for each further column."""

    label: str
    texts: tuple[str, ...]
    blank_lines: int = 0
    """Room to write in, where there is no text."""


@dataclass(frozen=True, slots=True)
class RuledGroup:
    """Items under one heading; without a heading they simply follow."""

    heading: str
    rows: tuple[RuledRow, ...]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled form; ``headings`` name the columns, the one of the items first, or nothing."""

    groups: tuple[RuledGroup, ...]
    headings: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    """How the columns beside the items share the width; all alike where nothing is said."""


@dataclass(frozen=True, slots=True)
class TermsNoticeSpec:
    """任用通知書, 勤務条件通知書 and 勤務条件変更通知書: a letter whose matter is a ruled form."""

    owner: Owner
    number: str
    date: str
    name: str
    honorific: str
    sender: tuple[str, ...]
    seal_note: str
    title: str
    body: tuple[str, ...]
    tables: tuple[RuledTable, ...]
    notes: tuple[str, ...]
    contact: ContactBox | None
    continued: str
    """What stands at the head of every further page."""


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """A form that the person fills in, signs and hands in."""

    title: str
    date: str
    """With room to write it in."""
    addressee: str
    fields: tuple[str, ...]
    """What the person writes at the right: address, name."""
    body: tuple[str, ...]
    tables: tuple[RuledTable, ...]
    notes: tuple[str, ...]
    contact: ContactBox | None


@dataclass(frozen=True, slots=True)
class ReturnFormSpec:
    """The forms for one person, each on a sheet of its own: 承諾書 and 辞退届, 変更承諾書."""

    owner: Owner
    forms: tuple[ReturnForm, ...]

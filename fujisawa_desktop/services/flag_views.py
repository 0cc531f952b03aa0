"""The flags of one entry, each with the fact it comes from and what a clerk decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fujisawa_desktop.models import Applicant, Entry, Programme
from fujisawa_desktop.rules.eligibility import EntryFlag
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.rulings import FLAG_COLUMNS, RulingView, rulings_of

_STATEMENT = "欠格"
"""What the heading of the column with the person's own statement holds."""


@dataclass(frozen=True, slots=True)
class FlagView:
    """One flag.

    Attributes:
        flag: of ``rulings.FLAG_COLUMNS``.
        code: of the sentence that says why, with ``params``.
        ruling: what a clerk decided; None while nobody has.
    """

    flag: str
    code: str
    params: Mapping[str, object]
    ruling: RulingView | None


def flag_views(
    session: Session, entry: Entry, person: Applicant, raw: Sequence[tuple[str, str]]
) -> tuple[FlagView, ...]:
    """Return the flags of an entry in their fixed order.

    Args:
        session: for reading the programme and the rulings.
        entry: whose flags.
        person: whose entry.
        raw: heading and cell of everything the person typed, for the statement about 欠格.
    """
    borne = [flag for flag, column in FLAG_COLUMNS.items() if getattr(entry, column.key)]
    if not borne:
        return ()
    programme = session.get_one(Programme, entry.programme_id)
    rulings = rulings_of(session, entry.id)
    return tuple(
        FlagView(flag, *_reason(flag, entry, person, programme, raw), rulings.get(flag)) for flag in borne
    )


def _reason(
    flag: str, entry: Entry, person: Applicant, programme: Programme, raw: Sequence[tuple[str, str]]
) -> tuple[str, dict[str, object]]:
    match flag:
        case EntryFlag.LATE:
            return "flag.late", {"received": entry.received_at, "deadline": programme.entry_deadline}
        case EntryFlag.WITHDRAWN:
            return "flag.withdrawn", {"state": entry.state_text}
        case EntryFlag.NOT_STUDENT:
            return _not_student(person, programme)
    statement = next(
        ((heading, cell) for heading, cell in raw if _STATEMENT in heading and cell.strip()), None
    )
    if statement is None:
        return "flag.disqualified", {}
    return "flag.disqualified-stated", {"heading": statement[0], "text": statement[1]}


def _not_student(person: Applicant, programme: Programme) -> tuple[str, dict[str, object]]:
    if not person.school.strip():
        return "flag.no-school", {}
    keys = (search_key(person.school), search_key(person.school_category))
    refused = next(
        (word for word in programme.refused_words if any(search_key(word) in key for key in keys)), None
    )
    shown = f"{person.school} {person.school_category}".strip()
    if refused is not None:
        return "flag.refused-school", {"school": shown, "word": refused}
    return "flag.unknown-school", {"school": shown, "words": list(programme.school_words)}

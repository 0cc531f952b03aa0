"""The fields of a person between which a clerk chooses when two entries are one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from fujisawa_desktop.models import Applicant
from fujisawa_desktop.rules.names import search_key
from fujisawa_desktop.services.applicant_keys import applicant_keys

CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name_entered", "name_official", "character_note"),
    "kana": ("kana",),
    "birth_date": ("birth_date",),
    "phone": ("phone",),
    "mail": ("mail",),
    "address": ("postcode", "address"),
    "school": ("school", "school_category"),
    "faculty": ("faculty",),
    "department": ("department",),
    "grade": ("grade",),
    "graduation": ("graduation",),
}
"""What is chosen together, and the columns it is made of; the note is never chosen but joined."""
COLUMNS: Final = (*(column for columns in CHOICES.values() for column in columns), "note")


def values_of(person: Applicant) -> dict[str, Any]:
    """Return the columns that a merge may change."""
    return {name: getattr(person, name) for name in COLUMNS}


def differing(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the choices in which two people differ."""
    return tuple(
        choice
        for choice, columns in CHOICES.items()
        if any((kept[column] or "") != (gone[column] or "") for column in columns)
    )


def suggested(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> frozenset[str]:
    """Return the choices for which the other person's value looks like the better one.

    That is a value where there is none, and a name in the very characters of the register where a
    portal has forced a substitute on the same name (髙橋 for 高橋).
    """
    better = {
        choice
        for choice, columns in CHOICES.items()
        if any(gone[column] and not kept[column] for column in columns)
        and all(kept[column] in {None, "", gone[column]} for column in columns)
    }
    mine, theirs = kept["name_entered"], gone["name_entered"]
    if not kept["name_official"] and (
        gone["name_official"]
        or (search_key(mine) == search_key(theirs) and _is_plain(mine) and not _is_plain(theirs))
    ):
        better.add("name")
    return frozenset(better)


def merged(kept: Mapping[str, Any], gone: Mapping[str, Any], from_gone: Iterable[str]) -> dict[str, Any]:
    """Return the columns of the one person: the kept one's, but for the choices taken from the other."""
    result = dict(kept)
    for choice in from_gone:
        result.update({column: gone[column] for column in CHOICES[choice]})
    notes = dict.fromkeys(note for note in (kept["note"], gone["note"]) if note.strip())
    result["note"] = "\n\n".join(notes)
    return result


def keys_of(values: Mapping[str, Any], numbers: Iterable[str]) -> dict[str, str]:
    """Return the search and sort key of a person with these values and portal numbers."""
    search, sort = applicant_keys(
        name_entered=values["name_entered"],
        name_official=values["name_official"],
        kana=values["kana"],
        numbers=numbers,
        phone=values["phone"],
        mail=values["mail"],
        school=values["school"],
    )
    return {"search_key": search, "sort_key": sort}


def stored(value: Any) -> Any:
    """Return a value as it is kept beside a merge: days as text."""
    return value.isoformat() if isinstance(value, date) else value


def unstored(column: str, value: Any) -> Any:
    """Return a value from its form beside a merge."""
    return date.fromisoformat(value) if column == "birth_date" and value else value


def _is_plain(name: str) -> bool:
    """Return whether a name holds only characters of JIS X 0208, which every portal lets through."""
    try:
        name.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True

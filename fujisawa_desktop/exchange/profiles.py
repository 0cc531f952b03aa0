"""Layouts of applicants' files, shipped as data, and the one that fits a given table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from fujisawa_desktop.errors import InputFileError, NotFoundError
from fujisawa_desktop.exchange.column_uses import require_columns
from fujisawa_desktop.exchange.columns import (
    ColumnMapping,
    Field,
    Headings,
    heading_key,
    known_columns,
    map_columns,
)
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.paths import resources_dir

_COMMON: Final = "common.toml"
OTHER_SOURCE: Final = "other"
"""Source of a file that no profile recognises."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout: its name for people, the key of its portal, and its own headings per field."""

    name: str
    source: str
    columns: Mapping[Field, tuple[str, ...]]


@lru_cache(maxsize=1)
def shipped_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with the program, ordered by source."""
    files = sorted(_folder().glob("*.toml"))
    return tuple(profile_of(tomllib.loads(_text(path))) for path in files if path.name != _COMMON)


@lru_cache(maxsize=1)
def common_headings() -> Headings:
    """Return headings that mean the same in every layout."""
    data = tomllib.loads(_text(_folder() / _COMMON))
    return Headings(columns=_by_field(data["columns"]), patterns=_by_field(data["patterns"]))


@lru_cache(maxsize=1)
def denials() -> tuple[str, ...]:
    """Return the patterns of answers that deny every ground of 欠格."""
    data = tomllib.loads(_text(_folder() / _COMMON))
    return tuple(data["answers"]["denials"])


def is_own_list(headings: Sequence[str]) -> bool:
    """Return whether headings are those of a list this program wrote, whichever columns were chosen.

    It has the number, a column that no portal has, and hardly any heading of another kind.
    """
    own = _own_headings()
    present = {heading_key(heading) for heading in headings} - {""}
    if not (present & own["number"] and present & own["signs"]):
        return False
    return len(present & frozenset().union(*own.values())) * 5 >= len(present) * 4


@lru_cache(maxsize=1)
def _own_headings() -> Mapping[str, frozenset[str]]:
    data = tomllib.loads(_text(_folder() / _COMMON))
    return {part: frozenset(map(heading_key, names)) for part, names in data["own"].items()}


def profile_of(data: Mapping[str, Any]) -> Profile:
    """Make a profile of its stored form: name, source, and headings per field."""
    return Profile(name=data["name"], source=data["source"], columns=_by_field(data["columns"]))


def find_profile(name: str, profiles: Sequence[Profile]) -> Profile:
    """Return the profile called ``name``, by its name or its source.

    Raises:
        NotFoundError: there is none; the error names those there are.
    """
    for profile in profiles:
        if name in {profile.name, profile.source}:
            return profile
    known = ", ".join(f"{profile.source} ({profile.name})" for profile in profiles)
    raise NotFoundError("import.no-such-profile", profile=name, known=known)


def recognise(table: Table, profiles: Sequence[Profile]) -> Profile | None:
    """Return the profile whose portal wrote the table, or None.

    The portal is known by the name it gives to its own number; other headings decide between
    profiles that call it the same.
    """
    scored = [
        (len(found), profile)
        for profile in profiles
        if Field.NUMBER in (found := known_columns(table.headings, profile.columns))
    ]
    best = max((score for score, _ in scored), default=0)
    fitting = [profile for score, profile in scored if score == best]
    return fitting[0] if len(fitting) == 1 else None


def map_table(
    table: Table,
    *,
    profile: str | None = None,
    profiles: Sequence[Profile] | None = None,
    course_words: Iterable[str] = ("コース",),
) -> ColumnMapping:
    """Find out what the columns of an applicants' table are, as :func:`match_table`.

    Raises:
        InputFileError: the number or the name of the applicants has no column.
        NotFoundError: the chosen profile does not exist.
    """
    return require_columns(match_table(table, profile=profile, profiles=profiles, course_words=course_words))


def match_table(
    table: Table,
    *,
    profile: str | None = None,
    profiles: Sequence[Profile] | None = None,
    course_words: Iterable[str] = ("コース",),
) -> ColumnMapping:
    """Recognise what can be recognised of an applicants' table; a person chooses the rest.

    Args:
        table: the table as read.
        profile: name or source of a profile that a person chose; None recognises it.
        profiles: all profiles there are; None means the shipped ones.
        course_words: words by which a cell names a course.

    Raises:
        NotFoundError: the chosen profile does not exist.
    """
    known = shipped_profiles() if profiles is None else profiles
    chosen = find_profile(profile, known) if profile else recognise(table, known)
    return map_columns(
        table,
        profile=chosen.name if chosen else "",
        source=chosen.source if chosen else OTHER_SOURCE,
        own=chosen.columns if chosen else {},
        common=common_headings(),
        course_words=course_words,
    )


def _folder() -> Path:
    return resources_dir() / "profiles"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputFileError("file.unreadable", file=path.name) from error


def _by_field(data: Mapping[str, Sequence[str]]) -> dict[Field, tuple[str, ...]]:
    return {Field(field): tuple(names) for field, names in data.items()}

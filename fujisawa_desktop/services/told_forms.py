"""Who is being told what about the interviews, to be laid beside what became of it meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_announcing import Affected, unannounced

__all__ = ["ToldForm", "still_due", "told_form", "told_of"]


@dataclass(frozen=True, slots=True)
class ToldForm:
    """What each of some people is to be told; None who need not be told any more."""

    people: Mapping[str, Affected | None]


def told_of(people: Iterable[Affected]) -> ToldForm:
    """Return those who are being told, as they were listed."""
    return ToldForm({_key(one): one for one in people})


def told_form(database: Database, *, programme_id: int, keys: Collection[str]) -> ToldForm:
    """Return what the same people are to be told by now."""
    due = {_key(one): one for one in unannounced(database, programme_id)}
    return ToldForm({key: due.get(key) for key in keys})


def still_due(people: Iterable[Affected], now: ToldForm) -> list[Affected]:
    """Return those of whom what they were told still holds."""
    due = {key: one.says for key, one in now.people.items() if one is not None}
    return [one for one in people if due.get(_key(one)) == one.says]


def _key(one: Affected) -> str:
    return f"{one.applicant_id}-{one.entry_id}-{one.course_id or 0}"

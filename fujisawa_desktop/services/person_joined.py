"""What two people each have once becomes one when they turn out to be the same, and can be parted again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from fujisawa_desktop.models import AvailabilityText, InterviewNeed
from fujisawa_desktop.services.unit_of_work import UnitOfWork

_MODELS: Final[dict[str, type[AvailabilityText | InterviewNeed]]] = {
    model.__tablename__: model for model in (AvailabilityText, InterviewNeed)
}


def join_rows(
    work: UnitOfWork, mine: AvailabilityText | InterviewNeed, theirs: AvailabilityText | InterviewNeed
) -> list[Any]:
    """Let one row say what both say; return what was changed, for `part_rows`.

    The other row stays with the person who is gone.  No need may be lost by a merge: the earlier day,
    the longer time and any support count, and a text made of two has to be looked at again.
    """
    after = _need(mine, theirs) if isinstance(mine, InterviewNeed) else _text(mine, theirs)
    key, name = mine.id, mine.__tablename__
    before = {column: getattr(mine, column) for column in after}
    work.update_many(_MODELS[name], {key: after})
    return [name, key, _stored(before), _stored(after)]


def part_rows(work: UnitOfWork, joined: Iterable[list[Any]]) -> None:
    """Let rows say what they said before the merge, unless somebody changed them since."""
    for name, key, before, after in joined:
        row = work.session.get(_MODELS[name], key)
        if row is not None and _stored({column: getattr(row, column) for column in after}) == after:
            values = {column: _read(column, value) for column, value in before.items()}
            work.update_many(_MODELS[name], {key: values})


def _need(mine: InterviewNeed, theirs: Any) -> dict[str, Any]:
    days = [day for day in (mine.finish_by, theirs.finish_by) if day is not None]
    lengths = [minutes for minutes in (mine.minutes, theirs.minutes) if minutes is not None]
    return {
        "finish_by": min(days, default=None),
        "minutes": max(lengths, default=None),
        "needs_support": mine.needs_support or theirs.needs_support,
        "note": _lines(mine.note, theirs.note),
    }


def _text(mine: AvailabilityText, theirs: Any) -> dict[str, Any]:
    days = [day for day in (mine.received_on, theirs.received_on) if day is not None]
    return {
        "text": _lines(mine.text, theirs.text),
        "received_on": max(days, default=None),
        "is_confirmed": mine.is_confirmed and mine.text == theirs.text,
    }


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return {
        column: value.isoformat() if isinstance(value, date) else value for column, value in values.items()
    }


def _read(column: str, value: Any) -> Any:
    return date.fromisoformat(value) if value and column in {"finish_by", "received_on"} else value

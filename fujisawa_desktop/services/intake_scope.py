"""What a portal's file speaks about: whatever it has no column for stays as it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.exchange.columns import ColumnMapping, Field, heading_key

_FED_BY: Final[Mapping[str, tuple[frozenset[Field], ...]]] = {
    # Half a name would take the other half away.
    "name_entered": (frozenset({Field.NAME}), frozenset({Field.FAMILY_NAME, Field.GIVEN_NAME})),
    "kana": (frozenset({Field.KANA}), frozenset({Field.FAMILY_KANA, Field.GIVEN_KANA})),
    "birth_date": (frozenset({Field.BIRTH_DATE}),),
    "postcode": (frozenset({Field.POSTCODE}),),
    "address": (frozenset({Field.ADDRESS}),),
    "phone": (frozenset({Field.PHONE}),),
    "mail": (frozenset({Field.MAIL}),),
    "school": (frozenset({Field.SCHOOL}),),
    "school_category": (frozenset({Field.SCHOOL_CATEGORY}),),
    "faculty": (frozenset({Field.FACULTY}),),
    "department": (frozenset({Field.DEPARTMENT}),),
    "grade": (frozenset({Field.GRADE}),),
    "graduation": (frozenset({Field.GRADUATION}),),
    "received_at": (frozenset({Field.RECEIVED_AT}),),
    "state_text": (frozenset({Field.STATE}),),
    "is_late": (frozenset({Field.RECEIVED_AT}),),
    "is_withdrawn": (frozenset({Field.STATE}),),
    "is_not_student": (frozenset({Field.SCHOOL}), frozenset({Field.SCHOOL_CATEGORY})),
    "is_disqualified": (frozenset({Field.STATEMENT}),),
    "weekdays": (frozenset({Field.WEEKDAYS}),),
}
"""Which columns tell a stored field; any of the sets is enough."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the columns of one file tell.

    Attributes:
        fields: stored fields of people and entries.
        headings: the keys of all headings; an answer under another heading is not spoken about.
    """

    fields: frozenset[str]
    headings: frozenset[str]

    def tells_answer(self, heading: str) -> bool:
        """Return whether the file has a column of this heading."""
        return heading_key(heading) in self.headings


def scope_of(mapping: ColumnMapping, headings: Sequence[str]) -> Scope:
    """Return what a file with these columns tells."""
    present = {field for field, columns in mapping.fields.items() if columns}
    if mapping.one_hot:
        present.add(Field.WEEKDAYS)
    fields = (name for name, sets in _FED_BY.items() if any(present.issuperset(one) for one in sets))
    return Scope(frozenset(fields), frozenset(map(heading_key, headings)))

"""The columns of the list of applicants: what they say, and which give way when there is no room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.views.applicants.words import joined, row_pills, school_text, short_moment


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: its name in ``ListQuery.sorts`` and in what the window remembers.
        title: message id of the heading.
        width: first width in pixels.
        text: the cell as text.
        gives_way: columns with a higher figure are hidden first when the list is narrow; 0 stays.
    """

    key: str
    title: str
    width: int
    text: Callable[[ApplicantRow], str]
    gives_way: int = 0


COLUMNS: Final[tuple[Column, ...]] = (
    Column("number", N_("Number"), 128, lambda row: row.number),
    Column("name", N_("Name"), 112, lambda row: row.name),
    Column("kana", N_("Reading"), 136, lambda row: row.kana, gives_way=3),
    Column("school", N_("School"), 160, lambda row: school_text(row.school, row.faculty)),
    Column("grade", N_("Grade"), 56, lambda row: row.grade, gives_way=1),
    Column("courses", N_("Course"), 126, lambda row: joined(row.courses)),
    Column("status", N_("State"), 190, lambda row: joined(text for text, _tone in row_pills(row))),
    Column("received_at", N_("Received at"), 104, lambda row: short_moment(row.received_at), gives_way=2),
)
STATUS: Final = next(at for at, column in enumerate(COLUMNS) if column.key == "status")

"""The columns of the list of applicants: what they say, and which give way when there is no room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from fujisawa_desktop.i18n import N_
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.words import (
    joined,
    pending_pill,
    points_text,
    row_pills,
    school_text,
    short_moment,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: its name in ``ListQuery.sorts`` and in what the window remembers.
        title: message id of the heading.
        width: first width in pixels.
        narrow: width it may shrink to when there is no room, before any column is hidden; 0: none.
        text: the cell as text.
        gives_way: columns with a higher figure are hidden first when the list is narrow; 0 stays.
        extra: shown only when a person asks for it.
        field: field of the person that is typed into here; empty when nothing is.
        figures: numbers, at the right.
        files: columns of files and of the clipboard that hold what this one shows.
    """

    key: str
    title: str
    width: int
    text: Callable[[ApplicantRow], str]
    gives_way: int = 0
    extra: bool = False
    field: str = ""
    figures: bool = False
    files: tuple[str, ...] = ()
    narrow: int = 0


def _pending(row: ApplicantRow) -> str:
    words = (pending_pill(one.stage, one.result, one.reserve_rank)[0] for one in row.pending)
    return joined(dict.fromkeys(words))


def _progress(row: ApplicantRow) -> str:
    known = dict.fromkeys(one for one in row.progress if one is not None)
    return joined(term("interview-progress", one) for one in known)


def _ranks(row: ApplicantRow) -> str:
    return joined(str(rank) for rank in row.ranks if rank is not None)


def _shown_states(row: ApplicantRow) -> str:
    return joined(text for text, _tone in row_pills(row))


COLUMNS: Final[tuple[Column, ...]] = (
    Column("number", N_("Number"), 128, lambda row: row.number),
    Column("name", N_("Name"), 112, lambda row: row.name, field="name_official", narrow=96),
    Column("kana", N_("Reading"), 136, lambda row: row.kana, gives_way=5, field="kana"),
    Column(
        "school", N_("School"), 160, lambda row: school_text(row.school, row.faculty), gives_way=2, narrow=124
    ),
    Column("grade", N_("Grade"), 56, lambda row: row.grade, gives_way=3, field="grade"),
    Column("courses", N_("Course"), 126, lambda row: joined(row.courses), gives_way=1, narrow=96),
    Column("score", N_("Points"), 84, lambda row: points_text(row.scores), extra=True, figures=True),
    Column("rank", N_("Place"), 52, _ranks, extra=True, figures=True),
    Column("status", N_("State"), 190, _shown_states, files=("status", "pending", "flags")),
    Column("received_at", N_("Received at"), 104, lambda row: short_moment(row.received_at), gives_way=4),
    Column("source", N_("Source"), 96, lambda row: term("source", row.source), extra=True),
    Column("faculty", N_("Faculty"), 120, lambda row: row.faculty, extra=True, field="faculty"),
    Column("department", N_("Department"), 120, lambda row: row.department, extra=True, field="department"),
    Column(
        "graduation",
        N_("Expected graduation"),
        88,
        lambda row: row.graduation,
        extra=True,
        field="graduation",
    ),
    Column("phone", N_("Telephone"), 136, lambda row: format_phone(row.phone), extra=True, field="phone"),
    Column("mail", N_("Mail address"), 216, lambda row: row.mail, extra=True, field="mail"),
    Column("weekdays", N_("Weekdays"), 120, lambda row: row.weekdays, extra=True),
    Column("progress", N_("Interview"), 104, _progress, extra=True),
    Column("pending", N_("Result (not announced)"), 168, _pending, extra=True),
    Column(
        "name_official",
        N_("Official name"),
        112,
        lambda row: row.name_official,
        extra=True,
        field="name_official",
    ),
    Column("note", N_("Note"), 200, lambda row: row.note.replace("\n", " "), extra=True, field="note"),
)
PLACES: Final = {column.key: at for at, column in enumerate(COLUMNS)}
STATUS: Final = PLACES["status"]


def typed_text(column: Column, row: ApplicantRow) -> str:
    """Return what stands in the editor of a cell: the value itself, not how it is shown."""
    return row.note if column.field == "note" else column.text(row)


def file_columns(columns: Sequence[int]) -> list[str]:
    """Return the columns of a file that hold what these columns of the list show."""
    keys = [COLUMNS[at].key for at in columns]
    wanted: list[str] = []
    for at in columns:
        column = COLUMNS[at]
        wanted.extend(column.files or (column.key,))
        if column.key == "school" and "faculty" not in keys:
            wanted.append("faculty")
    return list(dict.fromkeys(wanted))


def asked_sorts(sorts: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the order to ask for; the best place is that of the most points."""
    turned = {"asc": "desc", "desc": "asc"}
    return tuple(("score", turned[way]) if key == "rank" else (key, way) for key, way in sorts)

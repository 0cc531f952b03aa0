"""名簿: the columns a clerk chose, in the order of kana or of the numbers, one list for each course."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.specs import Align, Column, Job, Owner, RosterSpec
from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.models import Applicant, Application, Course, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.contact import format_phone, format_postcode
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet, plain_order
from fujisawa_desktop.services.paper_lists import list_values
from fujisawa_desktop.services.paper_options import RosterOptions, stored_roster
from fujisawa_desktop.services.rulings import FLAG_COLUMNS

USUAL_COLUMNS: Final = ("row", "number", "name", "kana", "school", "state")
ORDERS: Final = ("kana", "number")
_PORTRAIT_ROOM: Final = 164.0
"""Millimetres between the margins of an upright sheet; wider lists lie across."""
_LANDSCAPE_ROOM: Final = 251.0
_CROWDED: Final = 1.4
_PICTURED: Final = 60
"""Rows that are enough for a picture of the first page."""
_EVERYBODY: Final = "all"


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry with its applications in one list."""

    entry: Entry
    person: Applicant
    places: tuple[_Place, ...]


class _Place(NamedTuple):
    """One application; an entry that asks for no course has one without."""

    course_id: int | None
    course: str
    status: ApplicationStatus | None
    score: int | None


class _Words(NamedTuple):
    """How states and flags are said on this paper."""

    status: Mapping[str, str]
    flags: Mapping[str, str]
    day: Callable[[object], str]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A column that can be chosen: its natural width in millimetres, and what stands in it."""

    width: float
    text: Callable[[_Row, _Words], str]
    align: Align = "left"


def _school(row: _Row, _words: _Words) -> str:
    person = row.person
    return _joined((person.school, person.faculty, person.department, person.grade))


def _joined(parts: Iterable[str]) -> str:
    return "　".join(filter(None, parts))


def _state(row: _Row, words: _Words) -> str:
    states = dict.fromkeys(
        words.status.get(place.status.value, "") for place in row.places if place.status is not None
    )
    state, marks = "・".join(filter(None, states)), _flags(row, words)
    if not marks:
        return state
    return f"{state}（{marks}）" if state else marks


def _flags(row: _Row, words: _Words) -> str:
    borne = (name for name, column in FLAG_COLUMNS.items() if getattr(row.entry, column.key))
    return "、".join(words.flags.get(name, name) for name in borne)


def _score(row: _Row, _words: _Words) -> str:
    return "・".join(f"{place.score / 100:.2f}" for place in row.places if place.score is not None)


COLUMNS: Final[Mapping[str, _Kind]] = {
    "row": _Kind(9, lambda _row, _words: "", "right"),
    "number": _Kind(28, lambda row, _words: row.entry.number),
    "name": _Kind(42, lambda row, _words: row.person.name),
    "kana": _Kind(46, lambda row, _words: row.person.kana),
    "school": _Kind(90, _school),
    "university": _Kind(44, lambda row, _words: row.person.school),
    "faculty": _Kind(46, lambda row, _words: _joined((row.person.faculty, row.person.department))),
    "grade": _Kind(14, lambda row, _words: row.person.grade),
    "course": _Kind(40, lambda row, _words: "・".join(filter(None, (one.course for one in row.places)))),
    "state": _Kind(37, _state),
    "flags": _Kind(28, _flags),
    "score": _Kind(18, _score, "right"),
    "weekdays": _Kind(22, lambda row, _words: row.entry.weekdays),
    "received": _Kind(30, lambda row, words: words.day(row.entry.received_at)),
    "phone": _Kind(30, lambda row, _words: format_phone(row.person.phone)),
    "mail": _Kind(52, lambda row, _words: row.person.mail),
    "postcode": _Kind(19, lambda row, _words: format_postcode(row.person.postcode)),
    "address": _Kind(72, lambda row, _words: " ".join(row.person.address.split("\n"))),
    "blank": _Kind(36, lambda _row, _words: ""),
}
"""Columns by key, in the order in which they are offered; ``blank`` is for writing by hand."""


def rosters(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one list for each course, or one of everybody; entries without a course in a list of their own.

    A course nobody applied to has an empty list, unless only some people were asked for.

    Raises:
        NotFoundError: ``papers.column-unknown``, ``papers.order-unknown``.
        RuleError: ``papers.roster-empty``; none of the people named is of that course and state.
    """
    options = order.options if isinstance(order.options, RosterOptions) else stored_roster(session)
    _check(options)
    rows = _rows(session, order, options)
    if not options.by_course:
        return [Sheet(_roster(order, options, order.words.text("all_courses"), _EVERYBODY, rows))]
    names = _course_names(session, order, options)
    if any(place.course_id is None for row in rows for place in row.places):
        names[None] = order.words.text("no_course")
    sheets: list[Sheet] = []
    for course_id, name in names.items():
        listed = [row for row in rows if row.places[0].course_id == course_id]
        if listed or order.numbers is None:
            sheets.append(Sheet(_roster(order, options, name, name, listed)))
    if not sheets:
        raise RuleError("papers.roster-empty")
    return sheets


def _check(options: RosterOptions) -> None:
    unknown = [key for key in options.columns if key not in COLUMNS]
    if unknown:
        raise NotFoundError("papers.column-unknown", name=unknown[0], known=list(COLUMNS))
    if options.order not in ORDERS:
        raise NotFoundError("papers.order-unknown", name=options.order, known=list(ORDERS))


def _course_names(session: Session, order: PaperOrder, options: RosterOptions) -> dict[int | None, str]:
    query = select(Course.id, Course.name).where(Course.programme_id == order.programme.id)
    if options.course_ids is not None:
        query = query.where(Course.id.in_(options.course_ids))
    return {row.id: row.name for row in session.execute(query.order_by(Course.position))}


def _rows(session: Session, order: PaperOrder, options: RosterOptions) -> list[_Row]:
    query = (
        select(Entry, Applicant, Application.status, Application.score, Course.id, Course.short_name)
        .join(Applicant, Applicant.id == Entry.applicant_id)
        .outerjoin(Application, Application.entry_id == Entry.id)
        .outerjoin(Course, Course.id == Application.course_id)
        .where(Entry.programme_id == order.programme.id)
        .order_by(Applicant.sort_key, Applicant.id, Entry.id, Course.position)
    )
    if options.statuses is not None:
        query = query.where(Application.status.in_(options.statuses))
    if options.course_ids is not None:
        query = query.where(Course.id.in_(options.course_ids))
    wanted = None if order.numbers is None else frozenset(order.numbers)
    rows = [
        _Row(entry, person, (_Place(course_id, course or "", status, score),))
        for entry, person, status, score, course_id, course in session.execute(query)
        if wanted is None or entry.number in wanted
    ]
    if not options.by_course:
        rows = [_of_one_entry(list(group)) for _entry, group in groupby(rows, lambda row: row.entry.id)]
    if options.order == "number":
        rows.sort(key=lambda row: (row.entry.source, len(row.entry.number), row.entry.number))
    return rows


def _of_one_entry(rows: Sequence[_Row]) -> _Row:
    return _Row(rows[0].entry, rows[0].person, tuple(place for row in rows for place in row.places))


def _roster(
    order: PaperOrder, options: RosterOptions, course: str, key: str, rows: Sequence[_Row]
) -> RosterSpec:
    words = order.words
    headings = words.words("columns")
    keys = options.columns or USUAL_COLUMNS
    said = _Words(words.words("status"), words.words("flags"), lambda at: f"{at:%Y/%m/%d %H:%M}")
    states = [said.status.get(one.value, one.value) for one in options.statuses or ()]
    values = {
        **list_values(order),
        "コース": course,
        "件数": str(len(rows)),
        "並び順": words.words("orders").get(options.order, ""),
        "絞り込み": "・".join(states),
    }
    return RosterSpec(
        owner=Owner(key, course),
        title=words.fill(words.text("title"), values),
        subtitle=words.fill(words.text("subtitle"), values),
        mark=words.text("mark") if options.marked else "",
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        columns=tuple(Column(headings.get(one, one), COLUMNS[one].width, COLUMNS[one].align) for one in keys),
        rows=tuple(
            tuple(str(number) if one == "row" else COLUMNS[one].text(row, said) for one in keys)
            for number, row in enumerate(rows, start=1)
        ),
        empty_text=words.text("empty"),
        is_portrait=sum(COLUMNS[one].width for one in keys) <= _PORTRAIT_ROOM,
    )


def roster_page(
    database: Database,
    *,
    programme_id: int,
    options: RosterOptions,
    numbers: Sequence[str] | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return the beginning of a roster as the screen shows it while its columns are chosen.

    Raises:
        NotFoundError: ``papers.column-unknown``, ``papers.order-unknown``, ``programme.none``.
    """
    with database.read() as session:
        order = plain_order(session, programme_id, PaperKind.ROSTER, numbers=numbers)
        sheets = rosters(session, replace(order, options=options))
        specs = [sheet.spec for sheet in sheets if isinstance(sheet.spec, RosterSpec)]
        fullest = max(specs, key=lambda spec: min(len(spec.rows), _PICTURED))
    spec = replace(fullest, rows=fullest.rows[:_PICTURED])
    return make_paper(Job("", "", "", (now or order.now).replace(microsecond=0), (spec,))).pdf


def is_crowded(columns: Sequence[str]) -> bool:
    """Tell whether so many columns stand on one sheet that their texts become very small."""
    return sum(COLUMNS[key].width for key in columns) > _LANDSCAPE_ROOM * _CROWDED

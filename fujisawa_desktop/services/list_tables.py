"""Interviews, appointments, hours and pay as lists, in one form for JSON, Excel and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fujisawa_desktop.exchange.hours_rows import HEADINGS
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.names import search_key, search_terms
from fujisawa_desktop.services.applicants import ListQuery, list_ids, rows_of
from fujisawa_desktop.services.appointments import appointments
from fujisawa_desktop.services.hours import hours_rows
from fujisawa_desktop.services.interview_calendar import interview_rows
from fujisawa_desktop.services.pay import PayRow
from fujisawa_desktop.services.table_files import ListTable, Value

_HOURS_HEADINGS: Final = dict(
    zip(
        ("number", "day", "start", "end", "break_minutes", "shift", "remote", "holiday_order", "reason"),
        HEADINGS,
        strict=True,
    )
)
_PORTAL_FLAGS = frozenset({"late", "withdrawn", "not-student", "disqualified"})


def applicant_table(database: Database, *, programme_id: int, where: str = "") -> ListTable:
    """Return one row for each entry that the words find, in order of kana."""
    ids = list_ids(database, ListQuery(programme_id, where))
    with database.read() as session:
        rows = rows_of(session, ids)
    return ListTable(
        name="applicants",
        columns=("number", "source", "name", "kana", "university", "courses", "status", "flags"),
        rows=tuple(
            (
                row.number,
                row.source,
                row.name,
                row.kana,
                row.school,
                row.courses,
                row.status.value,
                tuple(flag for flag in row.flags if flag in _PORTAL_FLAGS),
            )
            for row in rows
        ),
        families=(("source", "source"), ("status", "status"), ("flags", "flag")),
    )


def interview_table(database: Database, *, programme_id: int, where: str = "") -> ListTable:
    """Return one row for each booked interview, by time; where it takes place online is on no paper."""
    return found_rows(
        ListTable(
            name="interviews",
            columns=(
                "number",
                "name",
                "kana",
                "courses",
                "start",
                "end",
                "interviewers",
                "told",
                "attendance",
                "late_minutes",
                "meeting_url",
            ),
            rows=tuple(
                (
                    row.number,
                    row.name,
                    row.kana,
                    row.courses,
                    row.start,
                    row.end,
                    row.interviewers,
                    row.told,
                    row.attendance.value if row.attendance is not None else None,
                    row.late_minutes,
                    row.meeting_url,
                )
                for row in interview_rows(database, programme_id=programme_id)
            ),
            families=(("attendance", "interview-progress"),),
            screen_only=frozenset({"meeting_url"}),
        ),
        where,
    )


def appointment_table(database: Database, *, programme_id: int, where: str = "") -> ListTable:
    """Return one row for each appointed person, in order of kana."""
    staff = appointments(database, programme_id)
    return found_rows(
        ListTable(
            name="appointments",
            columns=(
                "number",
                "name",
                "kana",
                "course",
                "host_department",
                "term_from",
                "term_until",
                "rate_yen",
                "cap_minutes",
            ),
            rows=tuple(
                (
                    member.number,
                    member.name,
                    member.kana,
                    member.course_short,
                    member.host_department,
                    member.rules.first,
                    member.rules.last,
                    member.rates[0].yen if member.rates else None,
                    member.rules.cap.minutes,
                )
                for member in staff
            ),
        ),
        where,
    )


def hours_table(
    database: Database,
    *,
    programme_id: int,
    where: str = "",
    year_month: tuple[int, int] | None = None,
    kind: ShiftKind | None = None,
) -> ListTable:
    """Return one row for each planned or worked stretch of time, by person and day.

    As a file it has the headings that an import of hours reads, and further columns beside them.

    Args:
        database: the open database.
        programme_id: the programme.
        where: only rows that contain all these words.
        year_month: only this month; else the whole programme.
        kind: only plans, or only work done.
    """
    found = hours_rows(database, programme_id=programme_id, year_month=year_month)
    return found_rows(
        ListTable(
            name="hours",
            columns=(*_HOURS_HEADINGS, "name", "course", "host_department", "minutes"),
            rows=tuple(
                (
                    row.number,
                    row.shift.day,
                    row.shift.start,
                    row.shift.end,
                    row.shift.break_minutes,
                    row.kind.value,
                    "remote" if row.is_remote else None,
                    row.holiday_order,
                    row.reason,
                    row.name,
                    row.course,
                    row.host_department,
                    row.shift.minutes,
                )
                for row in found
                if kind is None or row.kind is kind
            ),
            families=(("shift", "shift"), ("remote", "remote-mark")),
            headings=tuple(_HOURS_HEADINGS.items()),
        ),
        where,
    )


def pay_table(rows: Sequence[PayRow]) -> ListTable:
    """Return one row for each person's pay of a month, in minutes and yen.

    Pay and commuting are all that is paid, with what a month brings for earlier ones.
    """
    return ListTable(
        name="pay",
        columns=("number", "name", "minutes", "pay", "commuting", "tax", "insurance", "net"),
        rows=tuple(
            (
                row.number,
                row.name,
                row.minutes,
                row.pay + row.corrected_pay,
                row.commuting + row.corrected_commuting,
                row.tax,
                row.insurance,
                row.net,
            )
            for row in rows
        ),
    )


def found_rows(table: ListTable, where: str) -> ListTable:
    """Return a list with only the rows that contain every word."""
    terms = search_terms(where)
    if not terms:
        return table
    rows = tuple(row for row in table.rows if all(term in _text(row) for term in terms))
    return replace(table, rows=rows)


def _text(row: tuple[Value, ...]) -> str:
    parts = [part for value in row for part in (value if isinstance(value, tuple) else (value,))]
    return "\n".join(search_key(str(part)) for part in parts if part is not None)

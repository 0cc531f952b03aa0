"""People who wait for interviews and people who hold them, for the tests of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from appointed import Person, add_people

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.interview_view import CalendarView

DX, CHILD = 0, 1
FIRST_DAY = date(2024, 10, 30)
OFFICE = (
    ("職員課 佐野", "", "2024-10-30", "9:00", "12:00"),
    ("デジタル推進室 辻", "「DX・スマートシティ」コース", "2024-10-30", "9:00", "12:00"),
    ("子育て企画課 南", "子ども", "2024-10-30", "9:00", "12:00"),
    ("職員課 佐野", "", "2024-10-31", "13:00", "17:00"),
    ("デジタル推進室 辻", "「DX・スマートシティ」コース", "2024-10-31", "13:00", "17:00"),
    ("子育て企画課 南", "子ども", "2024-10-31", "13:00", "17:00"),
)
NAMES = (
    ("髙橋　美咲", "タカハシ ミサキ"),
    ("葛城　さくら", "カツラギ サクラ"),
    ("楜澤　涼介", "クルミザワ リョウスケ"),
    ("小鳥遊　結衣", "タカナシ ユイ"),
    ("勅使河原　百合", "テシガワラ ユリ"),
    ("吉田　蓮", "ヨシダ レン"),
    ("山﨑　葵", "ヤマザキ アオイ"),
    ("ヴァンデンバーグ　ジョナサン", "ヴァンデンバーグ ジョナサン"),
)


def at(hour: int, minute: int = 0, day: date = FIRST_DAY) -> datetime:
    return datetime.combine(day, time(hour, minute))


def number(index: int) -> str:
    return f"{700000000000 + index}"


def waiting_people(count: int, *, course: int | None = None) -> tuple[Person, ...]:
    """People who passed the first screening; courses alternate unless one is given."""
    return tuple(
        Person(
            number(index),
            f"{NAMES[index % len(NAMES)][0]}{'' if index < len(NAMES) else index}",
            NAMES[index % len(NAMES)][1],
            course if course is not None else index % 2,
            Status.FIRST_PASSED,
        )
        for index in range(count)
    )


def write_csv(path: Path, headings: str, rows: Sequence[Sequence[str]]) -> Path:
    lines = [headings, *(",".join(row) for row in rows)]
    path.write_text("".join(f"{line}\r\n" for line in lines), encoding="utf-8-sig")
    return path


def availability_file(folder: Path, rows: Sequence[Sequence[str]], name: str = "availability.csv") -> Path:
    return write_csv(folder / name, "申込番号,日付,開始,終了", rows)


def interviewers_file(
    folder: Path, rows: Sequence[Sequence[str]] = OFFICE, name: str = "interviewers.csv"
) -> Path:
    return write_csv(folder / name, "面接官,コース,日付,開始,終了", rows)


def office_and_people(
    database: Database, programme_id: int, folder: Path, *, people: int = 8, narrow: int = 0
) -> CalendarView:
    """Three interviewers on two days; the first ``narrow`` people can only come in one hour."""
    add_people(database, programme_id, waiting_people(people))
    import_interviewers(database, programme_id=programme_id, file=interviewers_file(folder))
    rows = [(number(index), "2024-10-30", "9:00", "10:00") for index in range(narrow)]
    rows += [(number(index), "2024-10-31", "13:00", "17:00") for index in range(narrow, people)]
    import_availability(database, programme_id=programme_id, file=availability_file(folder, rows))
    return calendar(database, programme_id=programme_id)


def entry_of(view: CalendarView, index: int) -> int:
    return next(person.entry_id for person in view.people if person.number == number(index))


def interviewer_named(view: CalendarView, part: str) -> int:
    return next(column.interviewer_id for column in view.interviewers if part in column.name)

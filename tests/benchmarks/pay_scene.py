"""A database of many appointed people with three months of planned and worked time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import select, update

from fujisawa_desktop.models import Applicant, Application, Appointment, Course, Entry, Programme, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.rules.calendar import open_days
from fujisawa_desktop.rules.hours import ShiftKind, worked_minutes
from fujisawa_desktop.rules.names import kana_sort_key
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.unit_of_work import unit_of_work
from tests.benchmarks.scene import KEPT

MONTHS: Final = ((2024, 12), (2025, 1), (2025, 2))
FIRST, LAST = date(2024, 12, 1), date(2025, 2, 28)
_ACTOR: Final = "benchmark"
_FAMILIES: Final = (
    ("楜澤", "クルミザワ"),
    ("葛城", "カツラギ"),
    ("髙橋", "タカハシ"),
    ("小鳥遊", "タカナシ"),
)
_GIVEN: Final = (("涼介", "リョウスケ"), ("さくら", "サクラ"), ("美咲", "ミサキ"), ("結衣", "ユイ"))
_DAYS: Final = (
    ((time(9), time(16), 60),),
    ((time(9), time(16), 60),),
    ((time(9), time(12), 0),),
    ((time(9), time(15, 45), 60),),
    ((time(9), time(12), 0), (time(13), time(15, 30), 0)),
)
"""What a day may look like: stretches of work with their breaks in minutes."""


def pay_database(people: int) -> Path:
    """Return a database with so many appointed people; made once and kept below ``build``."""
    file = KEPT / f"pay-{people}-{SCHEMA_HEAD}.fjdb"
    if file.exists():
        return file
    part = file.with_suffix(".making")
    part.unlink(missing_ok=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    create_database(part, programme="r6", actor=_ACTOR)
    with opened(part) as database:
        fill(database, people)
    part.rename(file)
    return file


def fill(database: Database, people: int, *, seed: int = 1) -> None:
    """Appoint people for three months and give each of them planned and worked time in all of them."""
    random = Random(seed)
    programme_id = current_programme_id(database)
    _add_people(database, programme_id, people)
    appoint(database, programme_id=programme_id, accept=True, actor=_ACTOR)
    with unit_of_work(database, "hours.planned", actor=_ACTOR) as work:
        ids = list(work.session.scalars(select(Appointment.id).order_by(Appointment.id)))
        work.update_many(Appointment, {key: _terms(random) for key in ids})
        work.insert_many(Shift, [row for key in ids for row in _shifts(key, random)])
        work.commit()


def _add_people(database: Database, programme_id: int, people: int) -> None:
    with unit_of_work(database, "applicant.add", actor=_ACTOR) as work:
        terms = update(Programme).where(Programme.id == programme_id)
        work.session.execute(terms.values(term_from=FIRST, term_until=LAST))
        courses = list(work.session.scalars(select(Course.id).order_by(Course.position)))
        names = [(_FAMILIES[at % 4], _GIVEN[at // 4 % 4]) for at in range(people)]
        applicants = work.insert_many(
            Applicant,
            [
                {
                    "programme_id": programme_id,
                    "name_entered": f"{family}　{given}{at}",
                    "kana": f"{family_kana} {given_kana}",
                    "search_key": f"{at:012}",
                    "sort_key": kana_sort_key(f"{family_kana} {given_kana}"),
                }
                for at, ((family, family_kana), (given, given_kana)) in enumerate(names)
            ],
        )
        received = datetime(2024, 10, 1, 9)
        entries = work.insert_many(
            Entry,
            [
                {
                    "programme_id": programme_id,
                    "applicant_id": key,
                    "source": "e-application",
                    "number": f"{at:012}",
                    "received_at": received,
                }
                for at, key in enumerate(applicants)
            ],
        )
        work.insert_many(
            Application,
            [
                {
                    "applicant_id": applicant,
                    "entry_id": entry,
                    "course_id": courses[at % len(courses)],
                    "status": ApplicationStatus.FINAL_PASSED,
                }
                for at, (applicant, entry) in enumerate(zip(applicants, entries, strict=True))
            ],
        )
        work.commit()


def _terms(random: Random) -> dict[str, Any]:
    return {
        "commuting_mode": random.choice(("per_day", "monthly_pass", "min_of_both", "none")),
        "round_trip_yen": random.choice((420, 840, 1_260)),
        "pass_yen": 15_000,
        "tax_column": random.choice(("kou", "otsu")),
    }


def _shifts(appointment_id: int, random: Random) -> Iterator[dict[str, Any]]:
    """Yield nine days a month, planned and worked; work is now and then otherwise than its plan."""
    for year, month in MONTHS:
        days = [day for day in open_days(FIRST, LAST) if (day.year, day.month) == (year, month)]
        for day in random.sample(days, 9):
            planned = random.choice(_DAYS)
            worked = planned if random.random() < 0.8 else random.choice(_DAYS)
            yield from _rows(appointment_id, ShiftKind.PLANNED, day, planned)
            yield from _rows(appointment_id, ShiftKind.WORKED, day, worked, is_remote=random.random() < 0.1)


def _rows(
    appointment_id: int,
    kind: ShiftKind,
    day: date,
    stretches: Sequence[tuple[time, time, int]],
    *,
    is_remote: bool = False,
) -> Iterator[dict[str, Any]]:
    for starts, ends, pause in stretches:
        yield {
            "appointment_id": appointment_id,
            "kind": kind,
            "day": day,
            "starts": starts,
            "ends": ends,
            "break_minutes": pause,
            "minutes": worked_minutes(starts, ends, pause),
            "is_remote": is_remote,
        }

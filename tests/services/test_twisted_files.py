"""The same 220 people from files that look otherwise, without one choice: the counts never change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from twisted_files import (
    both_courses,
    each,
    ods,
    one_hot,
    renamed,
    serial_dates,
    shuffled,
    split_names,
    text,
    xlsx,
)

from fujisawa_desktop.models import Applicant, Application, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.intake import import_applicants
from tests.exchange.tables import OLD_XLS

VARIANTS: dict[str, Callable[[], bytes]] = {
    "other headings": lambda: text(each(renamed), "utf-8-sig"),
    "other order": lambda: text(each(shuffled), "cp932"),
    "utf-16": lambda: text(each(renamed, shuffled), "utf-16"),
    "utf-16 be without mark, tsv": lambda: text(each(shuffled), "utf-16-be", separator="\t"),
    "utf-8 without mark, tsv": lambda: text(each(renamed), "utf-8", separator="\t"),
    "one-hot": lambda: text(each(one_hot, renamed, shuffled), "cp932"),
    "split names": lambda: text(each(split_names, renamed, shuffled), "utf-8"),
    "serial and era dates": lambda: text(each(serial_dates), "utf-8"),
    "xlsx": lambda: xlsx(each(one_hot, split_names, serial_dates)),
    "ods": lambda: ods(each(renamed, shuffled)),
}


def stored(database: Database) -> dict[str, tuple[object, ...]]:
    with database.read() as session:
        query = select(
            Entry.number,
            Applicant.kana,
            Applicant.birth_date,
            Applicant.phone,
            Applicant.school,
            Entry.weekdays,
        ).join(Applicant, Applicant.id == Entry.applicant_id)
        return {row[0]: tuple(row[1:]) for row in session.execute(query)}


@pytest.fixture
def plain(database: Database, programme_id: int, tmp_path: Path) -> dict[str, tuple[object, ...]]:
    """What the sample as it is gives."""
    import_applicants(database, programme_id=programme_id, file=write(tmp_path, text(each(), "cp932")))
    found = stored(database)
    undo(database)
    return found


def write(folder: Path, data: bytes) -> Path:
    path = folder / "応募データ.dat"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", VARIANTS)
def test_a_twisted_file_brings_the_same_people(
    name: str,
    plain: dict[str, tuple[object, ...]],
    database: Database,
    programme_id: int,
    tmp_path: Path,
) -> None:
    result = import_applicants(database, programme_id=programme_id, file=write(tmp_path, VARIANTS[name]()))
    assert (result.rows, result.added, len(result.rejected)) == (223, 220, 3)
    assert stored(database) == plain


def test_two_courses_in_one_cell_give_two_applications(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    import_applicants(
        database, programme_id=programme_id, file=write(tmp_path, text(each(both_courses), "cp932"))
    )
    with database.read() as session:
        courses = list(session.scalars(select(Application.course_id)))
    assert len(courses) == 220 + 73


def test_an_old_excel_file_is_taken_in(database: Database, programme_id: int, tmp_path: Path) -> None:
    result = import_applicants(database, programme_id=programme_id, file=write(tmp_path, OLD_XLS))
    assert (result.rows, result.added) == (2, 1)
    assert [row.code for row in result.rejected] == ["import.course-unknown"]
    assert list(stored(database)) == ["123456789012"]

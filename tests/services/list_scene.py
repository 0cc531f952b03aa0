"""The shipped samples with points, for tests of the list."""

from __future__ import annotations

from collections.abc import Sequence

from fujisawa_desktop.models import Application
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.unit_of_work import unit_of_work

SAMPLES = resources_dir() / "samples"


def fill(database: Database, programme_id: int) -> None:
    """Take in both portals' files."""
    for name in ("e-application.csv", "rikunabi.csv"):
        import_applicants(database, programme_id=programme_id, file=SAMPLES / name)


def rows(database: Database, query: ListQuery, count: int = 1000) -> list[ApplicantRow]:
    """Return the first rows of a list with their places."""
    return list_page(database, query, 0, count, ranks=True)


def score(database: Database, points: dict[int, int]) -> None:
    """Give applications points in hundredths."""
    with unit_of_work(database, "test.scores") as work:
        work.update_many(Application, {key: {"score": value} for key, value in points.items()})
        work.commit()


def single(found: Sequence[ApplicantRow], count: int) -> list[ApplicantRow]:
    """Return the first rows with one application each, all of one course."""
    course = found[0].course_ids[0]
    return [row for row in found if row.course_ids == (course,)][:count]

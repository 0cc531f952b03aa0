"""A first look into a SQLite file: which programme is open, and who stands at the top of the list.

SQLAlchemy is not used, so these rows can be on the screen before it is loaded.  The order is that
of the list itself: 五十音 by the stored sort key.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fujisawa_desktop.models.sqlite_driver import FileKey, connect, driver

ROWS: Final = 40
"""More than a high window shows."""

_CHOSEN: Final = (
    "SELECT p.id FROM programme p JOIN setting s ON s.key = 'current-programme' "
    "AND p.id = CAST(json_extract(s.value, '$') AS INTEGER)"
)
_NEWEST: Final = "SELECT id FROM programme ORDER BY fiscal_year DESC, id DESC LIMIT 1"
_TOP: Final = """
    SELECT e.number, COALESCE(NULLIF(a.name_official, ''), a.name_entered), a.school, a.faculty,
        (SELECT group_concat(short_name, char(10)) FROM (
            SELECT c.short_name FROM application x JOIN course c ON c.id = x.course_id
            WHERE x.entry_id = e.id ORDER BY x.preference, x.id))
    FROM applicant a JOIN entry e ON e.applicant_id = a.id
    WHERE a.programme_id = ? ORDER BY a.sort_key, a.id, e.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class GlanceRow:
    """One person at the top of the list."""

    number: str
    name: str
    school: str
    faculty: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """What a first look into a file shows."""

    programme_id: int
    rows: tuple[GlanceRow, ...]


def glance_at(path: Path, *, rows: int = ROWS, key: FileKey | None = None) -> Glance | None:
    """Return a first look into a file of ours; ``None`` when there is no programme or it cannot be read.

    Whatever is wrong with the file is told by the queries that follow, not here.
    """
    try:
        with closing(connect(path, key=key, read_only=True)) as connection:
            found = connection.execute(_CHOSEN).fetchone() or connection.execute(_NEWEST).fetchone()
            if found is None:
                return None
            top = connection.execute(_TOP, (found[0], rows)).fetchall() if rows else []
    except (driver.Error, UnicodeDecodeError):
        return None
    return Glance(
        found[0],
        tuple(
            GlanceRow(number, name, school, faculty, tuple((courses or "").splitlines()))
            for number, name, school, faculty, courses in top
        ),
    )

"""Databases whose first screening is announced, so that everybody gets a letter."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import select

from fujisawa_desktop.models import Application
from fujisawa_desktop.models.schema import SCHEMA_HEAD
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.selection import record_decisions, release
from tests.benchmarks.scene import KEPT, people_database


def letters_database(people: int) -> Path:
    """Return a database in which about that many people get a result, half of them a pass."""
    file = KEPT / f"letters-{people}-{SCHEMA_HEAD}.fjdb"
    if file.exists():
        return file
    part = file.with_suffix(".making")
    shutil.copy(people_database(people), part)
    with opened(part) as database:
        programme_id = current_programme_id(database)
        with database.read() as session:
            ids = list(session.scalars(select(Application.id).order_by(Application.id)))
        for start, result in enumerate((Result.PASS, Result.FAIL)):
            record_decisions(
                database, application_ids=ids[start::2], stage=Stage.FIRST, result=result, actor="benchmark"
            )
        release(database, programme_id=programme_id, stage=Stage.FIRST, actor="benchmark")
    part.rename(file)
    return file

"""The acts that a kill is tried in, each on a file at the step before it, filled by the program's samples."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import create_engine, event

from fujisawa_desktop import texts
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.migrate import downgrade
from fujisawa_desktop.models.sqlite_driver import connect, driver
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.appointments import appoint
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.databases import create_database, opened
from fujisawa_desktop.services.decision_import import import_decisions
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.interview_ical import write_calendars
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers
from fujisawa_desktop.services.interview_plan import apply_plan, make_plan
from fujisawa_desktop.services.list_tables import applicant_table
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.outgoing import save_list
from fujisawa_desktop.services.paper_files import FileOrder, issue_and_save, save_copies
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.selection import release
from fujisawa_desktop.services.table_files import table_file

FILE, COPY, OUT = "work.fjdb", "copy.fjdb", "out"
SAMPLES = resources_dir() / "samples"
OLD_SCHEMA = "0004"
LETTERS = 12
ACTOR = "kill"
_DATED = date(2024, 10, 25)
_NOW = datetime(2024, 10, 25, 17, 2)  # it stands in the PDF, whose digest is recorded
_DECEMBER = {"year": 2024, "month": 12}


Begin = Callable[[], None]


@dataclass(frozen=True)
class Scene:
    """One act.

    Attributes:
        step: the file it begins with, see `make_steps`.
        act: does it, in the folder that holds the file; calls what it is handed when the writing begins.
        changes: whether the file says something else afterwards.
    """

    step: str
    act: Callable[[Path, Begin], None]
    changes: bool = True


def make_steps(folder: Path) -> None:
    """Walk one file through the job and keep it at each step."""
    path = folder / FILE
    create_database(path, programme="r6", actor=ACTOR)
    with opened(path) as database:
        key = current_programme_id(database)

        def keep(name: str) -> None:
            database.backup(folder / f"{name}.fjdb")

        keep("empty")
        for name in ("e-application", "rikunabi"):
            import_applicants(database, programme_id=key, file=SAMPLES / f"{name}.csv", actor=ACTOR)
        keep("filled")
        import_decisions(database, programme_id=key, file=SAMPLES / "decisions-first.csv", actor=ACTOR)
        keep("decided")
        release(database, programme_id=key, stage=Stage.FIRST, actor=ACTOR)
        keep("released")
        import_availability(database, programme_id=key, file=SAMPLES / "availability.csv", actor=ACTOR)
        import_interviewers(database, programme_id=key, file=SAMPLES / "interviewers.csv", actor=ACTOR)
        keep("interviews")
        apply_plan(database, plan=make_plan(database, programme_id=key), actor=ACTOR)
        import_decisions(database, programme_id=key, file=SAMPLES / "decisions-final.csv", actor=ACTOR)
        release(database, programme_id=key, stage=Stage.FINAL, actor=ACTOR)
        appoint(database, programme_id=key, accept=True, actor=ACTOR)
        import_hours(database, programme_id=key, file=SAMPLES / "hours.csv", actor=ACTOR)
        keep("worked")
    shutil.copyfile(folder / "worked.fjdb", folder / "old.fjdb")
    make_old(folder / "old.fjdb")
    path.unlink()


def make_old(path: Path, revision: str = OLD_SCHEMA) -> None:
    """Bring a file back to an older schema, as that version of the program had left it."""
    engine = create_engine(f"sqlite:///{path}", module=driver)
    event.listen(engine, "connect", lambda raw, _record: setattr(raw, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        downgrade(connection, revision)
    engine.dispose()
    with closing(connect(path)) as raw:
        raw.execute("VACUUM")


def lay_out(scene: Scene, steps: Path, folder: Path) -> None:
    """Put what an act begins with into a folder."""
    folder.mkdir()
    shutil.copyfile(steps / f"{scene.step}.fjdb", folder / FILE)
    shutil.copyfile(steps / "released.fjdb", folder / COPY)
    (folder / OUT).mkdir()


def _import(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        key = current_programme_id(database)
        begin()
        import_applicants(database, programme_id=key, file=SAMPLES / "e-application.csv", actor=ACTOR)


def _decide(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        key = current_programme_id(database)
        begin()
        release(database, programme_id=key, stage=Stage.FIRST, actor=ACTOR)


def _plan(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        plan = make_plan(database, programme_id=current_programme_id(database))
        begin()
        apply_plan(database, plan=plan, actor=ACTOR)


def _close(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        key = current_programme_id(database)
        begin()
        close_month(database, programme_id=key, **_DECEMBER, actor=ACTOR)


def _letters(database: Database, key: int) -> PaperDraft:
    query = ListQuery(key, statuses=frozenset({ApplicationStatus.FIRST_PASSED}))
    numbers = [row.number for row in list_page(database, query, limit=LETTERS)]
    return make_papers(
        database, programme_id=key, kind="first-result", numbers=numbers, dated=_DATED, now=_NOW
    )


def _print(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        key = current_programme_id(database)
        draft = _letters(database, key)
        begin()
        order = FileOrder(folder / OUT, one_each=True)
        issue_and_save(database, draft=draft, order=order, actor=ACTOR)


def _copies(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        papers = _letters(database, current_programme_id(database))
        begin()
        order = FileOrder(folder / OUT, one_each=True)
        save_copies(database, papers=papers, kind=papers.kind.value, order=order, actor=ACTOR)


def _list(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        table = applicant_table(database, programme_id=current_programme_id(database))
        data = table_file(table, "csv", texts.term, made_at=_NOW)
        begin()
        count = len(table.rows)
        save_list(
            database, path=folder / OUT / "list.csv", data=data, file_format="csv", count=count, actor=ACTOR
        )


def _calendars(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        key = current_programme_id(database)
        begin()
        write_calendars(database, programme_id=key, target=folder / OUT, actor=ACTOR)


def _backup(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        begin()
        make_backup(database)


def _migrate(folder: Path, begin: Begin) -> None:
    begin()
    with opened(folder / FILE):
        pass


def _restore(folder: Path, begin: Begin) -> None:
    begin()
    restore_backup(folder / FILE, source=folder / COPY)


def _undo(folder: Path, begin: Begin) -> None:
    with opened(folder / FILE) as database:
        begin()
        undo(database, actor=ACTOR)


SCENES = {
    "import": Scene("empty", _import),
    "bulk decision": Scene("decided", _decide),
    "planning": Scene("interviews", _plan),
    "closing": Scene("worked", _close),
    "printing": Scene("released", _print),
    "copies": Scene("released", _copies),
    "list": Scene("released", _list),
    "calendars": Scene("worked", _calendars),
    "backup": Scene("worked", _backup, changes=False),
    "migration": Scene("old", _migrate),
    "restore": Scene("worked", _restore),
    "undo": Scene("released", _undo),
}

"""A file in which every table holds something, and what is needed to run every output on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Final

from sqlalchemy import select

from fujisawa_desktop.demo_walk import FOLDERS, walk
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import NoteKind, ReplyKind, TermsChange
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.sqlite_files import copy_sqlite
from fujisawa_desktop.rules.dated_figures import FigureKind
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.appointments import appointments, terms_form
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.dated_figures import choose_prefecture, save_figure
from fujisawa_desktop.services.figure_files import shipped_entries
from fujisawa_desktop.services.interview_drafts import save_draft
from fujisawa_desktop.services.interview_plan import make_plan
from fujisawa_desktop.services.leaving import LeavingForm, record_leaving
from fujisawa_desktop.services.notes import add_note
from fujisawa_desktop.services.person_merge import merge_people
from fujisawa_desktop.services.programmes import current_programme_id
from fujisawa_desktop.services.promotion import promote, reserves
from fujisawa_desktop.services.selection import record_decisions, record_replies, release
from tests.hostile.fields import Filler

DAY: Final = date(2024, 11, 20)
APPLICANTS = 40
MONTH = (2024, 12)
"""The month of work that the demonstration closes, states and pays."""


STAGES: Final = ("scored", "interviewing", "announced", "reserves", "unpaid", "whole")
"""Where the job stands in each of the files: no single one has something to do for every output."""


@dataclass(frozen=True)
class Scene:
    """An open file, its programme, and a folder for what leaves it."""

    database: Database
    programme_id: int
    path: Path
    folder: Path

    @property
    def query(self) -> ListQuery:
        """Everybody."""
        return ListQuery(self.programme_id)


def build(folder: Path) -> dict[str, Path]:
    """Make the files: the whole job once with few people, copied on its way, all tables filled."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    files = {stage: folder / f"{stage}.fjdb" for stage in STAGES}
    steps = iter(("", "", "", "scored", "", "interviewing", "announced", ""))

    def tell(_step: str) -> None:
        stage = next(steps)
        if stage:
            copy_sqlite(files["whole"], files[stage])

    walk(files["whole"], applicants=APPLICANTS, tell=tell)
    copy_sqlite(files["interviewing"], files["reserves"])
    for stage, act in (("reserves", _promote), ("announced", _leave), ("whole", _finish)):
        with opened(files[stage]) as database:
            act(database, current_programme_id(database))
    copy_sqlite(files["whole"], files["unpaid"])
    for stage, path in files.items():
        filler = Filler(path)
        filler.enrich()
        if stage == "unpaid":
            filler.clear("payment")
        filler.close()
    return files


@contextmanager
def at_stage(file: Path, folder: Path) -> Iterator[Scene]:
    """Open a file; what leaves it goes into a folder of its own beside it."""
    out = folder / "out"
    out.mkdir(parents=True, exist_ok=True)
    with opened(file) as database:
        yield Scene(database, current_programme_id(database), file, out)


def numbers_of(scene: Scene, status: ApplicationStatus) -> list[str]:
    """Return the numbers of everybody in a state."""
    query = ListQuery(scene.programme_id, statuses=frozenset({status}))
    return [row.number for row in list_page(scene.database, query, limit=APPLICANTS)]


def changed_numbers(scene: Scene) -> list[str]:
    """Return the numbers of those whose terms were changed."""
    with scene.database.read() as session:
        changed = set(session.scalars(select(TermsChange.appointment_id)))
    members = appointments(scene.database, scene.programme_id)
    return [member.number for member in members if member.appointment_id in changed]


def _finish(database: Database, programme_id: int) -> None:
    """Do what the demonstration leaves out."""
    plan = make_plan(database, programme_id=programme_id)
    save_draft(database, plan=plan, name="見本", note="見本", actor="見本")
    choose_prefecture(database, name="神奈川県", actor="見本")
    known = next(one for one in shipped_entries() if one.kind is FigureKind.INSURANCE)
    later = replace(known, valid_from=date(2031, 4, 1), source="見本")
    save_figure(database, entry=later, actor="見本")
    people = [row.applicant_id for row in list_page(database, ListQuery(programme_id), limit=APPLICANTS)]
    add_note(database, applicant_id=people[0], kind=NoteKind.SHARED, text="見本", actor="見本")
    for kept, gone in combinations(people, 2):
        with suppress(AppError):
            merge_people(database, kept_id=kept, gone_id=gone, from_gone={"name"}, actor="見本")
            return
    raise AssertionError("nobody could be merged")


def _promote(database: Database, programme_id: int) -> None:
    """Announce one pass and the others of a course as reserves, then let the first of them move up."""
    query = ListQuery(programme_id, statuses=frozenset({ApplicationStatus.FIRST_PASSED}))
    rows = list_page(database, query, limit=APPLICANTS)
    taken = {rows[0].application_ids[0]}
    others = [key for row in rows for key in row.application_ids if key not in taken]
    for ids, result in ((sorted(taken), Result.PASS), (others, Result.RESERVE)):
        record_decisions(database, application_ids=ids, stage=Stage.FINAL, result=result, actor="見本")
    release(database, programme_id=programme_id, stage=Stage.FINAL, actor="見本")
    record_replies(
        database, application_ids=sorted(taken), kind=ReplyKind.WITHDRAWN, reason="見本", actor="見本"
    )
    overview = reserves(database, programme_id=programme_id, today=DAY)
    first = next(course.next for course in overview.courses if course.next is not None)
    promote(database, application_id=first.application_id, reason="見本", today=DAY, actor="見本")


def _leave(database: Database, programme_id: int) -> None:
    """Give one of the people a last day."""
    member = appointments(database, programme_id)[0]
    version = terms_form(database, appointment_id=member.appointment_id).version
    form = LeavingForm(member.appointment_id, version, date(2024, 12, 27), "見本")
    record_leaving(database, form=form, actor="見本")

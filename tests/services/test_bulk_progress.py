"""Acts about many people tell how far they are, and stopped anywhere they leave everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from fujisawa_desktop.errors import Cancelled
from fujisawa_desktop.models import ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import Attendance, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.journal_check import check_journal
from fujisawa_desktop.services.selection import clear_decisions, record_decisions, record_replies, release
from fujisawa_desktop.services.selection_marks import mark_eligible, mark_ineligible, record_attendance

Act = Callable[..., object]
Told = list[tuple[int, int]]


@pytest.fixture
def everybody(database: Database, programme_id: int) -> Callable[[], list[ApplicantRow]]:
    """Return a function that reads the entries of one portal."""
    file = resources_dir() / "samples" / "e-application.csv"
    import_applicants(database, programme_id=programme_id, file=file, actor="test")
    return lambda: list_page(database, ListQuery(programme_id), 0, 500)


@pytest.fixture
def acts(
    database: Database, programme_id: int, everybody: Callable[[], list[ApplicantRow]]
) -> dict[str, Act]:
    ids = [key for row in everybody() if not row.flags for key in row.application_ids]
    first, others = ids[:100], ids[100:]
    passed = partial(record_decisions, database, stage=Stage.FIRST, result=Result.PASS, actor="test")
    passed(application_ids=others[:10])
    return {
        "decide": partial(passed, application_ids=first),
        "clear": partial(clear_decisions, database, application_ids=others[:10], stage=Stage.FIRST),
        "withdraw": partial(
            record_replies, database, application_ids=first, kind=ReplyKind.WITHDRAWN, actor="test"
        ),
        "ineligible": partial(mark_ineligible, database, application_ids=first, reason="x", actor="test"),
        "release": partial(release, database, programme_id=programme_id, stage=Stage.FIRST, actor="test"),
        "undo": partial(undo, database),
    }


def stopped_at(call: int) -> Callable[[int, int], None]:
    """Return a listener that raises at its so-manyeth call."""
    calls = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls == call:
            raise Cancelled

    return progress


def heard(act: Act) -> Told:
    told: Told = []
    act(progress=lambda done, total: told.append((done, total)))
    return told


@pytest.mark.parametrize("name", ["decide", "clear", "withdraw", "ineligible", "release", "undo"])
def test_stopped_anywhere_an_act_leaves_everything_as_it_was(
    database: Database, everybody: Callable[[], list[ApplicantRow]], acts: dict[str, Act], name: str
) -> None:
    before = everybody()
    told = heard(acts[name])
    assert told == sorted(told)
    assert len(told) >= 3
    done, total = told[-1]
    assert 0 < done < total, "what is stored cannot be stopped: the commit comes after the last word"
    (redo if name == "undo" else undo)(database)
    assert everybody() == before
    entries = check_journal(database).entries
    for call in range(1, len(told) + 1):
        with pytest.raises(Cancelled):
            acts[name](progress=stopped_at(call))
        assert everybody() == before
        assert check_journal(database).entries == entries


def test_taking_back_and_doing_again_tell_too(database: Database, acts: dict[str, Act]) -> None:
    acts["decide"]()
    assert len(heard(partial(undo, database))) >= 3
    assert len(heard(partial(redo, database))) >= 3


def test_marks_that_are_taken_back_tell_too(database: Database, acts: dict[str, Act]) -> None:
    acts["ineligible"]()
    ids = acts["ineligible"].keywords["application_ids"]  # type: ignore[attr-defined]
    eligible = partial(mark_eligible, database, application_ids=ids, reason="y", actor="test")
    assert len(heard(eligible)) >= 4
    with pytest.raises(Cancelled):
        record_attendance(
            database, application_ids=ids, attendance=Attendance.ATTENDED, progress=stopped_at(1)
        )

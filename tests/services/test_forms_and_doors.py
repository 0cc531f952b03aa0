"""Use-cases that are doors of others, each called by itself: what it does, and that undo takes it back.

They lend their scenes to the sweep of faults (tests/act_scenes.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from appointed import TEN_DAYS, appoint_four
from interview_scene import at, entry_of, interviewer_named, office_and_people
from list_scene import fill, rows
from sqlalchemy import select

from fujisawa_desktop.models import EntryKind, JournalEntry, NoteKind, Setting
from fujisawa_desktop.models.backup_files import sidecar_path
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.sqlite_driver import connect
from fujisawa_desktop.rules.backup_thinning import BackupReason
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.services.applicant_cells import fill_down, save_cell
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.appointment_forms import save_week_form, week_form
from fujisawa_desktop.services.availability import interview_frame, people_to_ask
from fujisawa_desktop.services.availability_forms import (
    PersonTimesForm,
    interviewer_times_form,
    person_times_form,
    save_interviewer_times,
    save_person_times,
)
from fujisawa_desktop.services.backup_occasions import backup_before
from fujisawa_desktop.services.backups import forget_copies, make_backup
from fujisawa_desktop.services.copying import copy_database, copy_opened
from fujisawa_desktop.services.exports_journal import record_export, record_papers
from fujisawa_desktop.services.hand_in_forms import papers_form, save_papers
from fujisawa_desktop.services.history import take_back, undo
from fujisawa_desktop.services.hours_entry import cells_form, save_cells
from fujisawa_desktop.services.integrity import logical_findings, repair_findings
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_plan import Place, book_places, make_plan
from fujisawa_desktop.services.interview_review_forms import points_form, points_of, save_points
from fujisawa_desktop.services.interview_reviews import scoring_view
from fujisawa_desktop.services.interview_view import Attendance, Booked, CalendarView
from fujisawa_desktop.services.notes import add_note, note_form, office_notes, save_note
from fujisawa_desktop.services.retention_copies import delete_copies
from fujisawa_desktop.services.retention_settings import (
    Period,
    periods_form,
    retention_settings,
    save_periods,
    save_periods_form,
)
from fujisawa_desktop.services.selection_marks import record_interview
from fujisawa_desktop.services.table_files import save_file
from fujisawa_desktop.services.undo_list import undo_list, undo_through
from fujisawa_desktop.services.unit_of_work import unit_of_work

ON_A_FILE = pytest.mark.file_only("copies are a file's")


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def booked(database: Database, programme_id: int, view: CalendarView) -> Booked:
    book(
        database,
        programme_id=programme_id,
        entry_id=entry_of(view, 0),
        start=at(9),
        interviewer_ids=[interviewer_named(view, "佐野"), interviewer_named(view, "辻")],
    )
    return now(database, programme_id)


def now(database: Database, programme_id: int) -> Booked:
    (one,) = calendar(database, programme_id=programme_id).interviews
    return one


def newest(database: Database) -> JournalEntry:
    with database.read() as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
    assert entry is not None
    return entry


def texts_of(database: Database, person: int) -> list[tuple[int, str]]:
    with database.read() as session:
        return [(one.note_id, one.text) for one in office_notes(session, person)]


def remember(database: Database, key: str, value: int) -> int:
    with unit_of_work(database, "test.act", actor="a") as work:
        work.session.add(Setting(key=key, value=value))
        seq = work.commit().seq
    assert seq is not None
    return seq


def remembered(database: Database) -> dict[str, object]:
    with database.read() as session:
        return {one.key: one.value for one in session.scalars(select(Setting)) if one.key.startswith("k")}


# --- forms --------------------------------------------------------------------


def test_a_cell_is_filled_down(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    people = rows(database, ListQuery(programme_id))[:4]
    ids = [row.entry_id for row in people]
    save_cell(database, applicant_ids=[people[0].applicant_id], field="note", text="車椅子")
    fill_down(database, entry_ids=ids, field="note")
    filled = [row for row in rows(database, ListQuery(programme_id)) if row.entry_id in ids]
    assert {row.note for row in filled} == {"車椅子"}


def test_the_form_of_a_note(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    person = rows(database, ListQuery(programme_id))[0].applicant_id
    add_note(database, applicant_id=person, kind=NoteKind.SHARED, text="前")
    form = note_form(database, texts_of(database, person)[0][0])
    save_note(database, form=replace(form, text="後"))
    assert [text for _key, text in texts_of(database, person)] == ["後"]
    undo(database)
    assert [text for _key, text in texts_of(database, person)] == ["前"]


def test_the_form_of_a_usual_week(database: Database, programme_id: int) -> None:
    member = next(iter(appoint_four(database, programme_id).values()))
    form = week_form(database, appointment_id=member.appointment_id)
    save_week_form(database, form=replace(form, entries={**form.entries, 0: "半"}))
    assert week_form(database, appointment_id=member.appointment_id).entries[0]
    undo(database)
    assert week_form(database, appointment_id=member.appointment_id).entries == form.entries


def test_the_form_of_cells(database: Database, programme_id: int) -> None:
    member = next(iter(appoint_four(database, programme_id).values()))
    places = [(member.appointment_id, day) for day in TEN_DAYS[:2]]
    form = cells_form(database, programme_id=programme_id, places=places, kind=ShiftKind.WORKED)
    filled = replace(form, texts=dict.fromkeys(places, "半"))
    save_cells(database, form=filled, programme_id=programme_id)
    again = cells_form(database, programme_id=programme_id, places=places, kind=ShiftKind.WORKED)
    assert again.texts == filled.texts
    undo(database)
    assert cells_form(database, programme_id=programme_id, places=places, kind=form.kind) == form


def test_the_form_of_times_of_a_person(database: Database, programme_id: int, view: CalendarView) -> None:
    person = people_to_ask(database, programme_id=programme_id)[0].applicant_id
    frame = interview_frame(database, programme_id=programme_id)

    def form() -> PersonTimesForm:
        return person_times_form(database, programme_id=programme_id, applicant_id=person, frame=frame)

    before = form()
    save_person_times(database, form=replace(before, minutes=45), programme_id=programme_id)
    assert form().minutes == 45
    undo(database)
    assert form().minutes == before.minutes


def test_the_form_of_times_of_an_interviewer(
    database: Database, programme_id: int, view: CalendarView
) -> None:
    who = interviewer_named(view, "佐野")
    frame = interview_frame(database, programme_id=programme_id)
    before = interviewer_times_form(database, interviewer_id=who, frame=frame)
    save_interviewer_times(database, form=replace(before, windows=before.windows[1:]))
    assert interviewer_times_form(database, interviewer_id=who, frame=frame).windows == before.windows[1:]
    undo(database)
    assert interviewer_times_form(database, interviewer_id=who, frame=frame) == before


def test_the_form_of_papers_handed_in(database: Database, programme_id: int) -> None:
    member = next(iter(appoint_four(database, programme_id).values()))
    before = papers_form(database, appointment_id=member.appointment_id)
    kind = next(iter(before.note))
    save_papers(database, form=replace(before, note={**before.note, kind: "写し"}))
    assert papers_form(database, appointment_id=member.appointment_id).note[kind] == "写し"
    undo(database)
    assert papers_form(database, appointment_id=member.appointment_id).note == before.note


def test_the_form_of_points(database: Database, programme_id: int, booked: Booked) -> None:
    scoring = scoring_view(database, programme_id=programme_id)
    criteria = tuple(one.criterion_id for one in scoring.criteria)
    form = points_of(scoring.interviews[0], criteria)
    save_points(database, form=replace(form, comment="落ち着いて答えた"))
    shown = points_form(database, programme_id=programme_id, shown=scoring.interviews[0], criteria=criteria)
    assert shown.comment == "落ち着いて答えた"


def test_attendance_of_an_interview(database: Database, programme_id: int, booked: Booked) -> None:
    record_interview(database, interview_id=booked.interview_id, attendance=Attendance.ATTENDED)
    assert now(database, programme_id).attendance is Attendance.ATTENDED
    undo(database)
    assert now(database, programme_id).attendance is booked.attendance


def test_places_of_a_plan(database: Database, programme_id: int, view: CalendarView) -> None:
    plan = make_plan(database, programme_id=programme_id)
    places = [Place(one.key, one.interviewer_ids, one.start, one.end) for one in plan.placed]
    book_places(database, programme_id=programme_id, places=places, basis=plan.basis, actor="a")
    assert len(calendar(database, programme_id=programme_id).interviews) == len(places) > 0


def test_periods_of_retention(database: Database, programme_id: int) -> None:
    settings = retention_settings(database, programme_id=programme_id)
    before = next(one for one in settings.periods if one.category is Category.PAY)
    period = Period(before.category, before.years + 1, "文書管理規程", before.version)
    save_periods(database, programme_id=programme_id, periods={Category.PAY: period}, limits=settings.limits)
    again = retention_settings(database, programme_id=programme_id).periods
    assert next(one.years for one in again if one.category is Category.PAY) == before.years + 1
    undo(database)
    assert retention_settings(database, programme_id=programme_id).periods == settings.periods


def test_the_form_of_periods_of_retention(database: Database, programme_id: int) -> None:
    before = periods_form(database, programme_id=programme_id)
    longer = before.years[Category.PAY] + 1
    save_periods_form(
        database,
        form=replace(
            before,
            years={**before.years, Category.PAY: longer},
            basis={**before.basis, Category.PAY: "文書管理規程"},
        ),
    )
    assert periods_form(database, programme_id=programme_id).years[Category.PAY] == longer
    undo(database)
    assert periods_form(database, programme_id=programme_id).years == before.years


# --- the journal --------------------------------------------------------------


def test_one_act_is_taken_back_out_of_turn(database: Database) -> None:
    first = remember(database, "k1", 1)
    remember(database, "k2", 2)
    take_back(database, first, check=lambda _session, _payload: None, actor="a")
    assert remembered(database) == {"k2": 2}


def test_acts_are_taken_back_through_the_list(database: Database) -> None:
    for number in range(3):
        remember(database, f"k{number}", number)
    undo_through(database, seq=undo_list(database)[1].seq, actor="a")
    assert remembered(database) == {"k0": 0}


def test_an_export_is_recorded(database: Database) -> None:
    record_export(database, "list.exported", actor="a", file_format="csv", count=3)
    assert newest(database).params == {"count": 3, "file_format": "csv"}


def test_papers_that_were_not_issued_are_recorded(database: Database) -> None:
    record_papers(database, code="papers.draft-out", paper_kind="first-result", count=3, actor="a")
    assert (newest(database).kind, newest(database).params["count"]) == (EntryKind.EXPORTED, 3)


# --- files --------------------------------------------------------------------


@ON_A_FILE
def test_what_contradicts_itself_is_mended(database: Database) -> None:
    assert database.path is not None
    connection = connect(database.path)
    connection.execute("UPDATE course SET version = 0")
    connection.commit()
    connection.close()
    repair_findings(database)
    assert logical_findings(database) == ()


@ON_A_FILE
def test_a_copy_before_an_act_and_none_before_others(database: Database) -> None:
    assert backup_before(database, "import_applicants") is not None
    assert backup_before(database, "save_note") is None


@ON_A_FILE
def test_copies_are_forgotten_with_their_pages(database: Database) -> None:
    kept = make_backup(database).path
    gone = make_backup(database, reason=BackupReason.OPENED, now=datetime.now() - timedelta(minutes=1)).path
    forget_copies([gone])
    assert kept.exists()
    assert sidecar_path(kept).exists()
    assert not gone.exists()
    assert not sidecar_path(gone).exists()


@ON_A_FILE
def test_copies_that_hold_people_are_deleted(database: Database) -> None:
    copy = make_backup(database).path
    delete_copies([copy])
    assert not copy.exists()
    assert not sidecar_path(copy).exists()


@ON_A_FILE
def test_a_file_is_copied_row_by_row(database: Database, tmp_path: Path) -> None:
    assert database.path is not None
    source = database.path
    one = copy_database(source, tmp_path / "one.fjdb")
    two = copy_opened(database, tmp_path / "two.fjdb")
    assert one.digest == two.digest


@ON_A_FILE
def test_a_file_is_saved_over_another(database: Database, tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    place.write_bytes(b"old")
    save_file(place, b"new")
    assert place.read_bytes() == b"new"

"""Acts given what a clerk saw: done while it is still so; that they are not done else, the sweep shows.

These scenes are lent to it (tests/seen_scenes.py).  What is there before is stored by the plain use-case, so
that the first call that lends its scene is the one that changes something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from appointed import FOUR, appoint_four, explain, sample_december
from interview_scene import at, entry_of, interviewer_named, office_and_people
from list_scene import fill, rows
from screening_scene import make_scene

from fujisawa_desktop.errors import ConflictError
from fujisawa_desktop.models import FlagVerdict, NoteKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.dated_figures import FigureEntry, FigureKind
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.retention import Category
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services import import_layouts
from fujisawa_desktop.services.applicant_cells import fill_down, save_cell
from fujisawa_desktop.services.applicants import ListQuery, details
from fujisawa_desktop.services.availability import interview_frame, people_to_ask
from fujisawa_desktop.services.availability_forms import (
    PersonTimesForm,
    person_times_form,
    save_person_times,
)
from fujisawa_desktop.services.course_routes import CourseRuleForm, course_rules, save_course_rules
from fujisawa_desktop.services.courses import course, courses, remove_course
from fujisawa_desktop.services.dated_figures import figure_rows, save_figure
from fujisawa_desktop.services.hours_entry import cells_form, enter_hours, save_cells
from fujisawa_desktop.services.hours_fill import Way, copy_week, enter_block, move_hours
from fujisawa_desktop.services.hours_reasons import explain_work, reasons_form
from fujisawa_desktop.services.interview_booking import (
    book,
    cancel,
    change_interviewers,
    move,
    set_locked,
    swap,
)
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_criteria import (
    criterion_of_row,
    interview_criteria,
    remove_interview_criterion,
    save_interview_criterion,
)
from fujisawa_desktop.services.interview_day import mark, postpone, save_details, withdraw
from fujisawa_desktop.services.interview_needs import Need, need_of, set_need
from fujisawa_desktop.services.interview_review_forms import PointsForm, points_of, save_points
from fujisawa_desktop.services.interview_reviews import scoring_view
from fujisawa_desktop.services.interview_view import Attendance, Booked
from fujisawa_desktop.services.list_paste import apply_paste, foresee_paste
from fujisawa_desktop.services.month_confirmations import confirm_month, withdraw_confirmation
from fujisawa_desktop.services.month_records import RecordKind, Records, record_form
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.noted_results import noted_form
from fujisawa_desktop.services.notes import add_note, delete_note
from fujisawa_desktop.services.paste_values import in_order
from fujisawa_desktop.services.pay import issue_statements
from fujisawa_desktop.services.payments import mark_paid, take_payment_back
from fujisawa_desktop.services.register_layouts import (
    Layout,
    LayoutColumn,
    delete_layout,
    layouts,
    save_layout,
)
from fujisawa_desktop.services.retention_settings import (
    Period,
    PeriodsForm,
    periods_form,
    retention_settings,
    save_periods,
    save_periods_form,
)
from fujisawa_desktop.services.rulings import reopen_flag, rule_flag, ruling_form
from fujisawa_desktop.services.saved_views import delete_view, rename_view, save_view, saved_views
from fujisawa_desktop.services.screening_forms import criterion_of, reviewer_of_row, rule_form
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, remove_reviewer, save_reviewer
from fujisawa_desktop.services.screening_setup import (
    remove_criterion,
    save_criterion,
    save_rule,
    screening_setup,
)
from fujisawa_desktop.services.selection import clear_decisions, record_decisions

WORKED = ShiftKind.WORKED
COLUMNS = (LayoutColumn("number", "番号"),)
F = TypeVar("F", bound=Callable[..., object])


def plain(act: F) -> F:
    """Return a use-case that lends nothing to the sweep."""
    return getattr(act, "__wrapped__", act)


def booked(database: Database, programme_id: int, folder: Path, *people: int) -> list[Booked]:
    """Book people at nine, half past nine, …, and return what the calendar shows."""
    view = office_and_people(database, programme_id, folder, narrow=3)
    for place, person in enumerate(people):
        plain(book)(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, person),
            start=at(9, 30 * place),
            interviewer_ids=[interviewer_named(view, "佐野")],
        )
    return sorted(calendar(database, programme_id=programme_id).interviews, key=lambda one: one.start)


# --- the list ----------------------------------------------------------------------------------------


def test_cells_of_the_list(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    first, second = rows(database, ListQuery(programme_id))[:2]
    seen = {first.applicant_id: "注", second.applicant_id: "別"}
    for key, text in seen.items():
        plain(save_cell)(database, applicant_ids=[key], field="note", text=text)
    fill_down(database, entry_ids=[first.entry_id, second.entry_id], field="note", text="注", seen=seen)
    save_cell(database, applicant_ids=[first.applicant_id], field="note", text="後", before="注")
    now = {one.entry_id: one.note for one in rows(database, ListQuery(programme_id))}
    assert (now[first.entry_id], now[second.entry_id]) == ("後", "注")
    pasted = in_order("貼", [first.entry_id])
    given = {"programme_id": programme_id, "what": "note", "pasted": pasted}
    assert apply_paste(database, expected=foresee_paste(database, **given), **given).changed == 1


def test_saved_views(database: Database, programme_id: int) -> None:
    query = ListQuery(programme_id, text="一")
    plain(save_view)(database, query=query, name="確認")

    def version() -> int:
        return saved_views(database, programme_id=programme_id)[0].version

    key = saved_views(database, programme_id=programme_id)[0].view_id
    save_view(database, query=replace(query, text="二"), name="確認", columns=("name",), version=version())
    rename_view(database, view_id=key, name="名", version=version())
    delete_view(database, view_id=key, version=version())
    assert saved_views(database, programme_id=programme_id) == []


def test_rulings(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    late = rows(database, ListQuery(programme_id, flags=frozenset({"late"})))[0].entry_id
    plain(rule_flag)(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason="障害")
    seen = ruling_form(database, entry_id=late, flag="late").version
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.STANDS, version=seen)
    seen = ruling_form(database, entry_id=late, flag="late").version
    reopen_flag(database, entry_id=late, flag="late", version=seen)
    assert ruling_form(database, entry_id=late, flag="late").verdict is None


def test_a_note(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    row = rows(database, ListQuery(programme_id))[0]
    plain(add_note)(database, applicant_id=row.applicant_id, kind=NoteKind.SHARED, text="前")
    (note,) = details(database, row.entry_id).notes
    delete_note(database, note_id=note.note_id, version=note.version)
    assert details(database, row.entry_id).notes == ()


# --- hours -------------------------------------------------------------------------------------------


def test_cells_of_hours(database: Database, programme_id: int) -> None:
    person = next(iter(appoint_four(database, programme_id).values())).appointment_id
    day = at(9).date().replace(month=12, day=2)
    places = [(person, day.replace(day=number)) for number in (2, 3, 9, 10)]
    given = {"programme_id": programme_id, "kind": WORKED}
    plain(enter_hours)(database, places=places, text="10-12", **given)

    def seen() -> dict[tuple[int, object], str]:
        return dict(cells_form(database, places=places, **given).texts)

    enter_block(database, texts={places[0]: "13-15"}, way=Way.PASTED, seen=seen(), **given)
    copy_week(
        database, appointment_ids=[person], monday=day, texts={places[2]: "13-15"}, seen=seen(), **given
    )
    form = cells_form(database, places=places[1:2], **given)
    save_cells(
        database, form=replace(form, texts=dict.fromkeys(places[1:2], "14-16")), programme_id=programme_id
    )
    reasons = reasons_form(database, programme_id=programme_id, places=places[:1])
    explain_work(database, programme_id=programme_id, places=places[:1], reason="応援", seen=reasons.texts)
    target = (person, day.replace(day=4))
    move_hours(database, moves={places[0]: target}, seen={**seen(), target: ""}, **given)
    assert seen()[places[0]] == ""


# --- screening ---------------------------------------------------------------------------------------


def test_criteria(database: Database, programme_id: int) -> None:
    scene = make_scene(database, programme_id)
    first, *_between, last = scene.setup.criteria
    save_criterion(database, form=replace(criterion_of(first, programme_id), name="動機"))
    remove_criterion(database, criterion_id=last.id, version=criterion_of(last, programme_id).version)
    assert "動機" in {one.name for one in scene.setup.criteria}


def test_reviewers(database: Database, programme_id: int) -> None:
    def stored() -> ReviewerForm:
        (row,) = screening_setup(database, programme_id=programme_id).reviewers
        return reviewer_of_row(row, programme_id)

    new = ReviewerForm(id=None, programme_id=programme_id, name="甲", department="課")
    plain(save_reviewer)(database, form=new)
    save_reviewer(database, form=replace(stored(), name="乙"))
    form = stored()
    remove_reviewer(database, reviewer_id=form.id or 0, version=form.version)
    assert screening_setup(database, programme_id=programme_id).reviewers == ()


# --- interviews --------------------------------------------------------------------------------------


def test_an_interview_on_its_day(database: Database, programme_id: int, tmp_path: Path) -> None:
    key = booked(database, programme_id, tmp_path, 0)[0].interview_id

    def seen() -> dict[str, int]:
        (one,) = calendar(database, programme_id=programme_id).interviews
        return {"interview_id": one.interview_id, "version": one.version}

    save_details(database, url="https://example.jp/1", note="会議室", **seen())
    set_locked(database, locked=True, **seen())
    plain(set_locked)(database, interview_id=key, locked=False)
    move(database, start=at(9, 30), **seen())
    view = calendar(database, programme_id=programme_id)
    change_interviewers(database, interviewer_ids=[interviewer_named(view, "辻")], **seen())
    mark(database, attendance=Attendance.ABSENT, **seen())
    postpone(database, reason="体調", **seen())
    assert calendar(database, programme_id=programme_id).interviews == ()


@pytest.mark.parametrize("act", [cancel, withdraw])
def test_an_interview_called_off(
    database: Database, programme_id: int, tmp_path: Path, act: Callable[..., object]
) -> None:
    (one,) = booked(database, programme_id, tmp_path, 0)
    more = {"reason": "辞退"} if act.__name__ == "withdraw" else {}
    act(database, interview_id=one.interview_id, version=one.version, **more)
    assert calendar(database, programme_id=programme_id).interviews == ()


def test_two_interviews_exchanged(database: Database, programme_id: int, tmp_path: Path) -> None:
    one, two = booked(database, programme_id, tmp_path, 0, 2)
    versions = (one.version, two.version)
    swap(database, first_id=one.interview_id, second_id=two.interview_id, versions=versions, despite=True)
    assert booked_first(database, programme_id) == two.interview_id


def booked_first(database: Database, programme_id: int) -> int:
    found = calendar(database, programme_id=programme_id).interviews
    return min(found, key=lambda one: one.start).interview_id


def test_what_a_person_needs(database: Database, programme_id: int, tmp_path: Path) -> None:
    view = office_and_people(database, programme_id, tmp_path, narrow=2)
    person = view.person_of[entry_of(view, 0)].applicant_id
    plain(set_need)(database, applicant_id=person, need=Need(note="車椅子"))
    with database.read() as session:
        stored = need_of(session, person)
    set_need(database, applicant_id=person, need=replace(stored, note="手話"))
    with database.read() as session:
        assert need_of(session, person).note == "手話"


def test_criteria_of_interviews(database: Database, programme_id: int) -> None:
    plain(save_interview_criterion)(database, programme_id=programme_id, criterion_id=None, name="甲")
    (row,) = interview_criteria(database, programme_id=programme_id)
    form = criterion_of_row(row, programme_id)
    save_interview_criterion(database, **asdict(replace(form, name="乙")))
    (row,) = interview_criteria(database, programme_id=programme_id)
    form = criterion_of_row(row, programme_id)
    remove_interview_criterion(database, criterion_id=row.id, version=form.version)
    assert interview_criteria(database, programme_id=programme_id) == ()


# --- the office --------------------------------------------------------------------------------------


def test_layouts(database: Database) -> None:
    plain(save_layout)(database, layout=Layout("試し", COLUMNS))
    kept = layouts(database)[-1]
    save_layout(database, layout=replace(kept, columns=(LayoutColumn("name", "名"),)), version=kept.version)
    delete_layout(database, name="試し", version=layouts(database)[-1].version)
    given = {"name": "R7", "columns": (("列", "number"),)}
    plain(import_layouts.save_layout)(database, source="甲", **given)
    version = import_layouts.layouts(database)[0].version
    import_layouts.save_layout(database, source="乙", version=version, **given)
    import_layouts.delete_layout(database, name="R7", version=import_layouts.layouts(database)[0].version)
    assert import_layouts.layouts(database) == []


def test_a_course(database: Database, programme_id: int) -> None:
    form = course(database, course_id=courses(database, programme_id)[-1].id)
    remove_course(database, course_id=form.id or 0, version=form.version)
    assert form.id not in {one.id for one in courses(database, programme_id)}


def test_rules_for_courses(database: Database, programme_id: int) -> None:
    one = courses(database, programme_id)[0].id
    given = {"programme_id": programme_id}
    plain(save_course_rules)(database, rules=[CourseRuleForm(one, ("甲",))], **given)
    seen = course_rules(database, **given)
    save_course_rules(database, rules=[CourseRuleForm(one, ("乙",))], seen=seen, **given)
    assert [rule.words for rule in course_rules(database, **given)] == [("乙",)]


def test_a_figure(database: Database) -> None:
    entry = FigureEntry(FigureKind.COMMUTING, date(2030, 4, 1), {"yen": 100}, "元")
    plain(save_figure)(database, entry=entry)
    row = next(one for one in figure_rows(database) if one.figure_id is not None)
    changed = replace(entry, figures={"yen": 200}, source="別")
    save_figure(database, entry=changed, figure_id=row.figure_id, version=row.version)
    assert [one.entry.figures for one in figure_rows(database) if one.figure_id] == [{"yen": 200}]


@pytest.mark.parametrize("by_form", [False, True])
def test_periods(database: Database, programme_id: int, *, by_form: bool) -> None:
    def form() -> PeriodsForm:
        return periods_form(database, programme_id=programme_id)

    def longer(years: int) -> PeriodsForm:
        before = form()
        return replace(
            before,
            years={**before.years, Category.PAY: years},
            basis={**before.basis, Category.PAY: "規程"},
        )

    plain(save_periods_form)(database, form=longer(11))
    if by_form:
        save_periods_form(database, form=longer(12))
    else:
        settings = retention_settings(database, programme_id=programme_id)
        old = next(one for one in settings.periods if one.category is Category.PAY)
        new = Period(old.category, 12, "規程", old.version)
        given = {"programme_id": programme_id, "limits": settings.limits}
        save_periods(database, periods={Category.PAY: new}, **given)
    assert form().years[Category.PAY] == 12


def test_times_of_a_person(database: Database, programme_id: int, tmp_path: Path) -> None:
    office_and_people(database, programme_id, tmp_path, narrow=2)
    frame = interview_frame(database, programme_id=programme_id)
    person = people_to_ask(database, programme_id=programme_id)[0].applicant_id

    def form() -> PersonTimesForm:
        return person_times_form(database, programme_id=programme_id, applicant_id=person, frame=frame)

    plain(save_person_times)(database, form=replace(form(), minutes=45), programme_id=programme_id)
    save_person_times(database, form=replace(form(), minutes=60), programme_id=programme_id)
    assert form().minutes == 60


def test_points_of_an_interview(database: Database, programme_id: int, tmp_path: Path) -> None:
    booked(database, programme_id, tmp_path, 0)

    def form() -> PointsForm:
        shown = scoring_view(database, programme_id=programme_id)
        criteria = tuple(one.criterion_id for one in shown.criteria)
        return points_of(shown.interviews[0], criteria)

    plain(save_points)(database, form=replace(form(), comment="前"))
    save_points(database, form=replace(form(), comment="後"))
    assert form().comment == "後"


def test_the_rule_of_the_screening(database: Database, programme_id: int) -> None:
    seen = rule_form(database, programme_id=programme_id)
    given = {"programme_id": programme_id, "aggregate": seen.aggregate, "hides_others": seen.hides_others}
    save_rule(database, is_blind=not seen.is_blind, version=seen.version, **given)
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save_rule(database, is_blind=seen.is_blind, version=seen.version, **given)


def test_noted_results(database: Database, programme_id: int) -> None:
    fill(database, programme_id)
    ids = [row.application_ids[0] for row in rows(database, ListQuery(programme_id))[:3]]
    given = {"application_ids": ids, "stage": Stage.FIRST}
    plain(record_decisions)(database, result=Result.PASS, **given)
    record_decisions(database, result=Result.FAIL, seen=noted_form(database, **given).seen, **given)
    clear_decisions(database, seen=noted_form(database, **given).seen, **given)
    assert set(noted_form(database, **given).results.values()) == {None}


# --- records of a month ----------------------------------------------------------------------------------


def test_records_of_a_month(database: Database, programme_id: int) -> None:
    four = sample_december(database, programme_id)
    explain(database, four[FOUR[1].number])
    month = {"programme_id": programme_id, "year": 2024, "month": 12}
    people = [member.appointment_id for member in four.values()]

    def records(kind: RecordKind) -> Records:
        return record_form(database, kind=kind, appointment_ids=people, **month).seen

    signed = {"appointment_ids": people, "confirmed_on": date(2024, 12, 27)}
    plain(confirm_month)(database, confirmed_by="係長", **signed, **month)
    confirm_month(database, confirmed_by="室長", before=records(RecordKind.CONFIRMATION), **signed, **month)
    assert {one and one.words for one in records(RecordKind.CONFIRMATION).values()} == {"室長"}
    withdraw_confirmation(database, appointment_ids=people, before=records(RecordKind.CONFIRMATION), **month)
    plain(close_month)(database, **month)
    plain(issue_statements)(database, **month)
    plain(mark_paid)(database, paid_on=date(2025, 1, 21), **month)
    paid = records(RecordKind.PAYMENT)
    assert {one and (one.day, one.words) for one in paid.values()} == {(date(2025, 1, 21), "transfer")}
    take_payment_back(database, reason="振込の中止", before=paid, **month)
    reopen_month(database, reason="訂正", before=records(RecordKind.CLOSING), **month)
    for kind in RecordKind:
        assert set(records(kind).values()) == {None}

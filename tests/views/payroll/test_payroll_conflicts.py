"""Forms of the hours and pay tab over what somebody else saved: both values, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from appointed import FOUR, appoint_four
from appointment_page import Appointed, everybody_appointed
from conflict_asked import asked
from payroll_page import TODAY, Page, dialog_of
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.dated_figures import FigureEntry, FigureKind
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.dated_figures import figure_rows, save_figure
from fujisawa_desktop.services.hand_in_forms import papers_form, save_papers
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.hours_fill import Way
from fujisawa_desktop.services.leaving import leaving_form, record_leaving
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.terms_changes import change_terms, terms_view
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.appointment_words import PAGES
from fujisawa_desktop.views.payroll.figures_window import FiguresWindow
from fujisawa_desktop.views.payroll.leaving_dialog import LeavingDialog
from fujisawa_desktop.views.payroll.terms_change_dialog import TermsChangeDialog
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.trust.conflict_table import ConflictTable

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
OTHER = "佐藤"
PLANNED = ShiftKind.PLANNED


@pytest.fixture
def people(database: Database, programme_id: int) -> dict[str, Member]:
    return appoint_four(database, programme_id)


@pytest.fixture
def appointed(
    qtbot: QtBot, desk: Desk, settle: Callable[[], None], people: dict[str, Member]
) -> Iterator[Appointed]:
    assert people
    desk.today = lambda: TODAY
    with everybody_appointed(desk, qtbot, settle) as window:
        yield window


def shown_id(appointed: Appointed) -> int:
    assert appointed.window.view is not None
    return appointed.window.view.member.appointment_id


@pytest.mark.parametrize("mine", [False, True])
def test_a_last_day_entered_by_two(appointed: Appointed, database: Database, *, mine: bool) -> None:
    key = shown_id(appointed)
    appointed.window.leave()
    (dialog,) = appointed.window.findChildren(LeavingDialog)
    theirs = replace(leaving_form(database, appointment_id=key), left_on=date(2025, 1, 10), reason="転居")
    record_leaving(database, form=theirs, actor=OTHER)
    dialog.day.set_value(date(2025, 1, 20))
    dialog.reason.setText("就職")
    dialog.save()
    appointed.settle()
    question = asked(dialog)
    assert isinstance(question, ConflictDialog)
    assert {pair.name for pair in question._comparison.clashes} == {"left_on", "reason"}
    question.stop_button.click()
    assert (dialog.day.value(), dialog.reason.text()) == (date(2025, 1, 20), "就職")
    dialog.save()
    appointed.settle()
    question = asked(dialog)
    (question.mine_button if mine else question.theirs_button).click()
    question.save_button.click()
    appointed.settle()
    now = leaving_form(database, appointment_id=key)
    assert (now.left_on, now.reason) == ((date(2025, 1, 20), "就職") if mine else (date(2025, 1, 10), "転居"))


def test_a_leaving_taken_back_that_somebody_corrected(appointed: Appointed, database: Database) -> None:
    key = shown_id(appointed)
    first = replace(leaving_form(database, appointment_id=key), left_on=date(2025, 1, 10), reason="転居")
    record_leaving(database, form=first, actor="自分")
    appointed.window.reload()
    appointed.settle()
    second = replace(leaving_form(database, appointment_id=key), left_on=date(2025, 1, 15))
    record_leaving(database, form=second, actor=OTHER)
    appointed.window.stay()
    appointed.settle()
    question = asked(appointed.window)
    assert isinstance(question, ConflictTable)
    assert question.model.index(0, 1).data().startswith(OTHER)
    question.stop_button.click()
    appointed.settle()
    assert leaving_form(database, appointment_id=key).left_on == date(2025, 1, 15)
    appointed.window.stay()
    appointed.settle()
    for found in appointed.window.findChildren(ConflictTable):
        if found.isVisible():
            found.save_button.click()
    appointed.settle()
    assert leaving_form(database, appointment_id=key).left_on is None


def test_papers_that_two_take_in(appointed: Appointed, database: Database) -> None:
    key = shown_id(appointed)
    appointed.turn(PAGES.index("papers"))
    page = appointed.window.papers
    oath, pledge = list(page.lines)[:2]
    form = papers_form(database, appointment_id=key)
    save_papers(database, form=replace(form, note={**form.note, oath: "隣", pledge: "隣2"}), actor=OTHER)
    page.lines[oath].note.setText("私")
    page.save()
    appointed.settle()
    question = asked(page)
    assert [pair.name for pair in question._comparison.clashes] == [f"note:{oath}"]
    question.mine_button.click()
    question.save_button.click()
    appointed.settle()
    now = papers_form(database, appointment_id=key).note
    assert (now[HandInKind(oath)], now[HandInKind(pledge)]) == ("私", "隣2")


def test_terms_changed_by_two(page: Page, database: Database, four: dict[str, Member]) -> None:
    key = four[RYOSUKE].appointment_id
    dialog = TermsChangeDialog(page.tab.desk, page.tab, appointment_id=key)
    dialog.show()
    page.wait()
    theirs = terms_view(database, appointment_id=key, today=TODAY).form
    change_terms(
        database,
        form=replace(theirs, reason="隣", workplace="本庁舎", host_department="総務課"),
        actor=OTHER,
    )
    dialog.reason.setText("私")
    dialog.department.setText("財政課")
    dialog.save()
    page.wait()
    question = asked(dialog)
    assert {pair.name for pair in question._comparison.clashes} == {"host_department"}
    question.stop_button.click()
    assert dialog.department.text() == "財政課"
    dialog.save()
    page.wait()
    question = asked(dialog)
    question.mine_button.click()
    question.save_button.click()
    page.wait()
    now = terms_view(database, appointment_id=key, today=TODAY).form
    assert (now.host_department, now.workplace) == ("財政課", "本庁舎")


def test_a_figure_that_two_change(page: Page, database: Database) -> None:
    entry = FigureEntry(FigureKind.COMMUTING, date(2030, 4, 1), {"yen": 100}, "元")
    save_figure(database, entry=entry, actor="自分")
    page.tab.actions_served()["work.figures"]()
    page.wait()
    window = dialog_of(page.tab, FiguresWindow)
    assert isinstance(window, FiguresWindow)
    window.kinds.setCurrentIndex(list(FigureKind).index(FigureKind.COMMUTING))
    own = next(at for at, one in enumerate(window.shown) if one.figure_id is not None)
    window.table.select_row(own)
    page.wait()
    row = next(one for one in figure_rows(database) if one.figure_id is not None)
    save_figure(
        database,
        entry=replace(entry, figures={"yen": 200}),
        figure_id=row.figure_id,
        version=row.version,
        actor=OTHER,
    )
    window.form.yen.set_value(300)
    window.save()
    page.wait()
    question = asked(window)
    assert [pair.name for pair in question._comparison.clashes] == ["figures:yen"]
    question.mine_button.click()
    question.save_button.click()
    page.wait()
    assert [one.entry.figures for one in figure_rows(database) if one.figure_id is not None] == [{"yen": 300}]


@pytest.mark.parametrize("mine", [False, True])
def test_a_block_over_cells_that_somebody_filled(
    empty_page: Page, database: Database, programme_id: int, *, mine: bool
) -> None:
    page = empty_page
    people = {one.member.number: one.member.appointment_id for one in page.tab.model.people()}
    cells = {(people[RYOSUKE], date(2024, 12, day)): "9-12" for day in range(2, 7)}
    place = (people[RYOSUKE], date(2024, 12, 3))
    enter_hours(database, programme_id=programme_id, places=[place], kind=PLANNED, text="13-15", actor=OTHER)
    page.tab.hours.enter_texts(cells, Way.PASTED)
    page.wait()
    question = asked(page.tab)
    assert isinstance(question, ConflictTable)
    assert [question.model.index(0, at).data() for at in (2, 3, 4)] == [_("(empty)"), "13-15", "9-12"]
    if mine:
        question.turn(0)
    question.save_button.click()
    page.wait()
    minutes = [page.cell(RYOSUKE, day).planned_minutes for day in range(2, 7)]
    assert minutes == [180, 180 if mine else 120, 180, 180, 180]

from __future__ import annotations

import pytest
from applicants_driver import Quiet, cells, dialog_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select, text

from fujisawa_desktop.models import Application, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.person_history import ValueChange
from fujisawa_desktop.services.selection import record_reply
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.compare_dialog import CompareDialog
from fujisawa_desktop.views.applicants.person_parts import change_line
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import field_named


def button(tab: ApplicantsTab, words: str) -> QPushButton:
    [found] = [b for b in tab.pane.view.findChildren(QPushButton) if b.text() == words and b.isVisible()]
    return found


@pytest.fixture
def doubtful(tab: ApplicantsTab, quiet: Quiet) -> ApplicantsTab:
    """The tab on somebody who may be two."""
    tab.show_duplicates()
    quiet()
    return tab


def test_everything_about_a_person_stands_beside_the_list(tab: ApplicantsTab, people: Database) -> None:
    person = tab.pane.person
    assert person is not None
    told = tab.pane.view.labels()
    for expected in (person.name, person.form.kana, person.form.mail, "History"):
        assert any(expected in line for line in told), expected
    heading, answer = person.answers[0]
    assert heading in told
    assert answer in told
    assert any("Import of applicants" in line and "test" in line for line in told)
    assert any("Entry at" in line for line in told)


def test_the_points_and_the_place_stand_beside_the_list(
    tab: ApplicantsTab, quiet: Quiet, people: Database, programme_id: int
) -> None:
    """The place is the one of the list, and comes after the rest: others of the course are counted."""
    person = tab.pane.person
    assert person is not None
    course = person.applications[0].course_id
    with unit_of_work(people, "test.points") as work:
        rows = work.session.scalars(
            select(Application)
            .where(Application.course_id == course, Application.status == ApplicationStatus.RECEIVED)
            .order_by(Application.id)
        ).all()
        others = [row for row in rows if row.entry_id != person.entry_id][:3]
        for row, score in zip(others, (9_000, 9_000, 5_000), strict=True):
            row.score = score
        own = work.session.get_one(Application, person.applications[0].application_id)
        own.score = 8_725
        change = work.commit()
    tab.table.show_column("rank", shown=True)
    tab.desk.publish(change)
    quiet()
    shown = tab.model.row_at(tab.table.currentIndex().row())
    assert shown is not None
    assert shown.ranks == (3,)
    assert "Points of the 1st screening: 87.25 (place 3 of 4)" in tab.pane.view.labels()
    withdrawn = {"application_id": others[0].id, "kind": ReplyKind.WITHDRAWN}
    tab.desk.publish(record_reply(people, **withdrawn))
    quiet()
    assert "Points of the 1st screening: 87.25 (place 2 of 3)" in tab.pane.view.labels()


def test_a_suspicion_is_explained_and_decided_where_it_stands(
    qtbot: QtBot, doubtful: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab = doubtful
    before = tab.model.rowCount()
    first = cells(tab, "number", 1)[0]
    assert any("alike in" in line for line in tab.pane.view.labels())
    qtbot.mouseClick(button(tab, "Two people"), Qt.MouseButton.LeftButton)
    quiet()
    assert tab.model.rowCount() == before - 2
    assert first not in cells(tab, "number", 5)
    undo(people)
    tab.reload()
    quiet()
    assert tab.model.rowCount() == before


def test_a_judged_pair_can_be_put_in_doubt_again(
    qtbot: QtBot, doubtful: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab = doubtful
    entry = tab.pane.entry_id
    assert entry is not None
    qtbot.mouseClick(button(tab, "Two people"), Qt.MouseButton.LeftButton)
    quiet()
    tab.clear_search()
    quiet()
    tab.go_to_entry(entry)
    quiet()
    assert "Judged to be another person" in tab.pane.view.labels()
    qtbot.mouseClick(button(tab, "Open the question again"), Qt.MouseButton.LeftButton)
    quiet()
    assert "These may be one person" in tab.pane.view.labels()


def test_closing_the_comparison_decides_nothing(qtbot: QtBot, doubtful: ApplicantsTab, quiet: Quiet) -> None:
    tab = doubtful
    qtbot.mouseClick(button(tab, "Compare"), Qt.MouseButton.LeftButton)
    quiet()
    before = tab.model.rowCount()
    qtbot.keyClick(dialog_of(tab, CompareDialog), Qt.Key.Key_Escape)
    quiet()
    assert tab.model.rowCount() == before


def test_the_official_name_is_edited_beside_the_entered_one(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database, messages: list[Message]
) -> None:
    qtbot.mouseClick(tab.pane.edit_button, Qt.MouseButton.LeftButton)
    form = tab.pane.form
    assert form.isVisible()
    official = form.field("name_official")
    assert official.hasFocus()
    official.insert("荒井　結菜")
    form.note.setFocus()
    qtbot.keyClicks(form.note, "tel")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    quiet()
    assert cells(tab, "name", 1) == ["荒井 結菜"]
    assert not tab.pane.is_editing()
    told = tab.pane.view.labels()
    assert "荒井\u3000結菜" in told
    assert "The portal has the name as 新井\u3000結菜." in told
    assert "tel" in told
    assert messages[-1].text.startswith("Saved.")
    with people.read() as session:
        assert session.scalar(text("SELECT count(*) FROM applicant WHERE name_official IS NOT NULL")) == 1
    undo(people)
    tab.reload()
    quiet()
    assert cells(tab, "name", 1) == ["新井 結菜"]


def test_a_value_that_cannot_be_right_is_explained_under_its_field(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab.pane.edit()
    mail = tab.pane.form.field("mail")
    mail.setText("nobody")
    qtbot.keyClick(mail, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    quiet()
    assert tab.pane.is_editing()
    field = field_named(tab.pane.form, "mail")
    assert field is not None
    assert "cannot be a mail address" in field.error()
    mail.setText("nobody@example.ac.jp")
    assert field.error() == ""
    qtbot.keyClick(mail, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    quiet()
    assert not tab.pane.is_editing()
    assert tab.pane.person is not None
    assert tab.pane.person.form.mail == "nobody@example.ac.jp"


def test_dates_and_school_are_edited_in_any_form(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab.pane.edit()
    form = tab.pane.form
    assert not form.is_dirty()
    form.field("birth_date").setText("平成１５年２月３０日")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    quiet()
    field = field_named(form, "birth_date")
    assert field is not None
    assert field.error()
    form.field("birth_date").setText("Ｈ１５．２．２８")
    form.field("graduation").setText("2027年3月")
    form.field("school").setText("見本専門学校")
    qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    quiet()
    person = tab.pane.person
    assert person is not None
    assert (str(person.form.birth_date), person.form.graduation) == ("2003-02-28", "2027-03")
    assert "Non-student: to be decided" in tab.pane.view.labels()
    undo(people)
    tab.reload()
    quiet()
    assert "Non-student: to be decided" not in tab.pane.view.labels()


def test_what_is_typed_is_not_lost_by_choosing_somebody_else(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, messages: list[Message]
) -> None:
    first = tab.pane.person
    assert first is not None
    tab.pane.edit()
    tab.pane.form.field("phone").setText("0466-00-0000")
    tab.table.select_row(5)
    quiet()
    assert tab.pane.is_editing()
    assert tab.pane.person == first
    assert not tab.can_leave()
    assert "not saved" in messages[-1].text
    assert tab.pane.form.save_button.hasFocus()
    tab.search.setText("zzzz")
    quiet()
    assert tab.pane.is_editing()
    assert tab.pane.form.field("phone").text() == "0466-00-0000"
    tab.search.clear()
    quiet()
    tab.table.select_row(5)
    qtbot.mouseClick(tab.pane.form.give_up_button, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.can_leave()
    assert tab.pane.person is not None
    assert tab.pane.person.number == cells(tab, "number", 6)[5]


def test_escape_leaves_the_form_only_while_nothing_is_typed(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet
) -> None:
    tab.pane.edit()
    qtbot.keyClick(tab.pane.form.field("kana"), Qt.Key.Key_Escape)
    assert not tab.pane.is_editing()
    tab.pane.edit()
    tab.pane.form.field("kana").setText("アライ ユウ")
    qtbot.keyClick(tab.pane.form.field("kana"), Qt.Key.Key_Escape)
    assert tab.pane.is_editing()


def test_somebody_elses_change_meanwhile_is_said(
    qtbot: QtBot, tab: ApplicantsTab, quiet: Quiet, people: Database
) -> None:
    tab.pane.edit()
    with people.write() as session:
        session.execute(text("UPDATE applicant SET version = version + 1, phone = '0466-99-9999'"))
        session.commit()
    tab.pane.form.field("phone").setText("0466-00-0000")
    qtbot.mouseClick(tab.pane.form.save_button, Qt.MouseButton.LeftButton)
    quiet()
    assert tab.pane.is_editing()
    dialog = dialog_of(tab, ConflictDialog)
    assert {field for field, _side in dialog.answers} == {"phone"}
    dialog.reject()
    assert tab.pane.form.field("phone").text() == "0466-00-0000"


def test_details_that_cannot_be_read_say_so(
    tab: ApplicantsTab, quiet: Quiet, people: Database, desk: Desk
) -> None:
    with people.write() as session:
        session.execute(text("ALTER TABLE entry_answer RENAME TO entry_answer_away"))
        session.commit()
    tab.pane.refresh()
    quiet()
    assert tab.pane.nobody.title() == "The details could not be read"
    with people.write() as session:
        session.execute(text("ALTER TABLE entry_answer_away RENAME TO entry_answer"))
        session.commit()
    tab.pane.nobody.button.click()
    quiet()
    assert tab.pane.person is not None


def test_the_history_speaks_as_the_rest_of_the_window_does() -> None:
    points = ValueChange("application", "score", 8400, 7050)
    month = ValueChange("applicant", "graduation", "2027-03", "2028-03")

    assert change_line(points) == "Points: 84 → 70.5"
    assert change_line(month) == "Expected graduation: 3/2027 → 3/2028"


def test_while_somebody_is_edited_saving_is_the_only_primary_act(tab: ApplicantsTab, quiet: Quiet) -> None:
    tab.pane.edit()
    quiet()
    assert tab.pane.form.save_button.property("kind") == "primary"
    assert tab.centre.decide_button.property("kind") == "secondary"

    tab.pane.form.give_up_button.click()
    quiet()
    assert tab.centre.decide_button.property("kind") == "primary"

"""A clerk reads mails into the grid, paints, confirms and goes on: by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from appointed import add_people
from interview_scene import at, entry_of, interviewer_named, waiting_people
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.availability import (
    save_times_of_person,
    times_of_interviewer,
    times_of_person,
)
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_needs import Need
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.availability_dialog import AvailabilityDialog
from fujisawa_desktop.views.interviews.interviewer_grid_dialog import InterviewerGridDialog
from fujisawa_desktop.views.interviews.time_grid import TimeGrid
from fujisawa_desktop.views.interviews.written_text import Line, grid_words
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import Button, NoticeBar, field_named

LEFT = Qt.MouseButton.LeftButton
THURSDAY = date(2024, 10, 31)
FRIDAY = date(2024, 11, 1)


def applicant(database: Database, programme_id: int, index: int) -> int:
    view = calendar(database, programme_id=programme_id)
    return view.person_of[entry_of(view, index)].applicant_id


def windows(database: Database, programme_id: int, index: int) -> list[tuple[datetime, datetime]]:
    person = applicant(database, programme_id, index)
    return list(times_of_person(database, programme_id=programme_id, applicant_id=person).windows)


@pytest.fixture
def people(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, waiting_people(3))


@pytest.fixture
def dialog(
    english: None, people: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> AvailabilityDialog:
    dialog = AvailabilityDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    return dialog


def middle(grid: TimeGrid, day: date, hour: int, minute: int = 0) -> QPoint:
    return grid.cell_rect(day, hour * 60 + minute).center()


def drag(qtbot: QtBot, grid: TimeGrid, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(grid, LEFT, pos=start)
    qtbot.mouseMove(grid, (start + end) / 2)
    qtbot.mouseMove(grid, end)
    qtbot.mouseRelease(grid, LEFT, pos=end)


def test_a_mail_is_read_while_it_is_typed_and_confirmed(
    dialog: AvailabilityDialog,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    first = dialog.person
    assert first is not None
    dialog.text.setFocus()
    dialog.text.insertPlainText("山田です。10/31は終日OK、11/1は")
    dialog.text.insertPlainText("3時まで")
    assert grid_words(dialog.grid.times()) == "10/31 Thu 9:00–17:00, 11/1 Fri 9:00–15:00"
    kinds = [line for _start, _end, line in dialog.text.lines()]
    assert kinds.count(Line.PLAIN) == 2
    assert (kinds.count(Line.DASHED), kinds.count(Line.WAVY)) == (1, 1)
    signs = [dialog.model.index(row, 0).data() for row in range(dialog.model.rowCount())]
    assert sorted(signs) == ["!", "?", "○", "○"]
    dialog.received.setText("２０２４／１０／２６")
    dialog.need.minutes.setText("４５")
    dialog.need.note.setText("筆談を希望")
    qtbot.mouseClick(dialog.confirm, LEFT)
    settle()
    stored = times_of_person(database, programme_id=programme_id, applicant_id=first.applicant_id)
    assert [(start.hour, end.hour) for start, end in stored.windows] == [(9, 17), (9, 15)]
    assert (stored.received_on, stored.need.minutes, stored.need.note) == (
        date(2024, 10, 26),
        45,
        "筆談を希望",
    )
    assert stored.is_confirmed
    assert dialog.person is not None
    assert dialog.person.applicant_id != first.applicant_id
    assert dialog.left_over.text() == "2 of 3 have not answered"
    assert dialog.text.text() == ""


def test_times_are_painted_with_the_mouse_and_taken_again(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    grid = dialog.grid
    drag(qtbot, grid, middle(grid, THURSDAY, 9), middle(grid, FRIDAY, 10, 30))
    assert grid_words(grid.times()) == "10/31 Thu 9:00–11:00, 11/1 Fri 9:00–11:00"
    drag(qtbot, grid, middle(grid, FRIDAY, 9), middle(grid, FRIDAY, 9, 30))
    assert grid_words(grid.times()) == "10/31 Thu 9:00–11:00, 11/1 Fri 10:00–11:00"
    drag(qtbot, grid, middle(grid, date(2024, 11, 2), 9), middle(grid, date(2024, 11, 5), 9))
    assert "11/2" not in grid_words(grid.times())
    assert dialog.by_hand


def test_a_drag_over_closed_days_leaves_them_out(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    grid = dialog.grid
    drag(qtbot, grid, middle(grid, FRIDAY, 16), middle(grid, date(2024, 11, 5), 16, 30))
    assert grid_words(grid.times()) == "11/1 Fri 16:00–17:00, 11/5 Tue 16:00–17:00"


def test_the_head_of_a_day_is_the_whole_day(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    grid = dialog.grid
    head = QPoint(middle(grid, FRIDAY, 9).x(), 8)
    qtbot.mouseClick(grid, LEFT, pos=head)
    assert grid_words(grid.times()) == "11/1 Fri 9:00–17:00"
    qtbot.mouseClick(grid, LEFT, pos=head)
    assert not grid.times()


def test_times_are_painted_with_the_keyboard_alone(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    grid, key = dialog.grid, Qt.Key
    grid.setFocus()
    qtbot.keyClick(grid, key.Key_Space)
    for _time in range(2):
        qtbot.keyClick(grid, key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert grid_words(grid.times()) == "10/30 Wed 9:00–10:30"
    assert grid.accessibleDescription() == "Wed, 30 Oct 10:00–10:30: possible"
    for pressed in (key.Key_Right, key.Key_A, key.Key_Right, key.Key_P, key.Key_Right, key.Key_D):
        qtbot.keyClick(grid, pressed)
    assert grid_words(grid.times()) == (
        "10/30 Wed 9:00–10:30, 10/31 Thu 9:00–12:00, 11/1 Fri 12:00–17:00, 11/5 Tue 9:00–17:00"
    )  # the arrow went over the closed days
    qtbot.keyClick(grid, key.Key_X)
    assert len(list(grid.times().spans())) == 7
    qtbot.keyClick(grid, key.Key_X)
    assert not grid.times()


def test_what_was_painted_stays_when_the_text_changes_until_it_is_read_again(
    dialog: AvailabilityDialog, qtbot: QtBot
) -> None:
    grid = dialog.grid
    assert not dialog.again.isEnabled()
    qtbot.mouseClick(grid, LEFT, pos=middle(grid, FRIDAY, 9))
    dialog.text.setPlainText("10/31は午前のみ")
    assert grid_words(grid.times()) == "11/1 Fri 9:00–9:30"
    assert dialog.again.isEnabled()
    qtbot.mouseClick(dialog.again, LEFT)
    assert grid_words(grid.times()) == "10/31 Thu 9:00–12:00"


def test_a_row_of_the_reading_shows_its_place_in_the_text(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    dialog.text.setPlainText("𠮷野です。11/1は終日OK")
    row = next(n for n in range(dialog.model.rowCount()) if dialog.model.index(n, 0).data() == "○")
    dialog.table.setFocus()
    dialog.table.select_row(row)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.text.textCursor().selectedText() == "11/1は終日OK"


def test_a_text_kept_for_later_changes_no_times(
    dialog: AvailabilityDialog,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    first = dialog.person
    assert first is not None
    dialog.text.setPlainText("11/1は終日OK")
    qtbot.mouseClick(dialog.keep, LEFT)
    settle()
    stored = times_of_person(database, programme_id=programme_id, applicant_id=first.applicant_id)
    assert (stored.text, stored.windows, stored.is_confirmed) == ("11/1は終日OK", (), False)
    dialog.who.setCurrentIndex(dialog.who.findData(first.applicant_id))
    assert "to be confirmed" in dialog.who.currentText()


def test_what_cannot_be_read_is_told_beside_its_field(
    dialog: AvailabilityDialog, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    shown = dialog.person
    dialog.need.minutes.setText("7")
    qtbot.mouseClick(dialog.confirm, LEFT)
    settle()
    assert dialog.person is shown
    minutes = field_named(dialog, "minutes")
    assert minutes is not None
    assert "multiple of 5 minutes" in minutes.error()
    dialog.need.minutes.setText("")
    dialog.received.setText("きのう")
    qtbot.mouseClick(dialog.confirm, LEFT)
    settle()
    received = field_named(dialog, "received")
    assert received is not None
    assert received.error()
    assert dialog.person is shown
    assert dialog.confirm.isEnabled()


def test_somebody_elses_change_is_said_and_nothing_is_lost(
    dialog: AvailabilityDialog,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    shown = dialog.person
    assert shown is not None
    save_times_of_person(
        database,
        programme_id=programme_id,
        applicant_id=shown.applicant_id,
        windows=(),
        text="別の窓から",
        received_on=None,
        need=Need(),
    )
    dialog.text.setPlainText("11/1は終日OK")
    qtbot.mouseClick(dialog.confirm, LEFT)
    settle()
    (question,) = [found for found in dialog.findChildren(ConflictDialog) if found.isVisible()]
    question.stop_button.click()
    assert dialog.text.text() == "11/1は終日OK"
    assert dialog.confirm.isEnabled()
    qtbot.mouseClick(dialog.confirm, LEFT)
    settle()
    (question,) = [found for found in dialog.findChildren(ConflictDialog) if found.isVisible()]
    question.mine_button.click()
    question.save_button.click()
    settle()
    now = times_of_person(database, programme_id=programme_id, applicant_id=shown.applicant_id)
    assert (now.text, now.is_confirmed) == ("11/1は終日OK", True)


def press(notice: NoticeBar, qtbot: QtBot) -> None:
    (button,) = [one for one in notice.findChildren(Button) if one.text() == "Go on without saving"]
    qtbot.mouseClick(button, LEFT)


def test_what_was_typed_is_not_lost_by_choosing_somebody_else(
    dialog: AvailabilityDialog, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    first = dialog.person
    assert first is not None
    dialog.text.insertPlainText("11/1は終日OK")
    other = next(at for at in range(3) if dialog.who.itemData(at) != first.applicant_id)
    dialog.who.setCurrentIndex(other)
    dialog.who.activated.emit(other)
    settle()
    assert dialog.person == first
    assert dialog.text.text() == "11/1は終日OK"
    assert dialog.who.currentData() == first.applicant_id
    assert "not saved" in dialog.notice.text()
    press(dialog.notice, qtbot)
    settle()
    assert dialog.person is not None
    assert dialog.person.applicant_id == dialog.who.itemData(other) == dialog.who.currentData()
    assert dialog.text.text() == ""


def test_escape_asks_before_painted_times_are_lost(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(dialog.notice, qtbot)
    assert not dialog.isVisible()


def test_escape_closes_what_was_only_looked_at(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nobody_waits_is_said(english: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> None:
    dialog = AvailabilityDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert dialog.notice.isVisible()
    assert not dialog.confirm.isEnabled()


def test_a_person_asked_for_is_shown_with_stored_times(
    english: None,
    people: None,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    wanted = applicant(database, programme_id, 2)
    save_times_of_person(
        database,
        programme_id=programme_id,
        applicant_id=wanted,
        windows=((at(9), at(10)),),
        text="いつでも",
        received_on=None,
        need=Need(),
    )
    dialog = AvailabilityDialog(desk, None, wanted)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert grid_words(dialog.grid.times()) == "10/30 Wed 9:00–10:00"
    assert dialog.by_hand


def test_an_interviewers_times_are_painted_and_saved(
    office: None,
    english: None,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    dialog = InterviewerGridDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    who = interviewer_named(calendar(database, programme_id=programme_id), "佐野")
    assert dialog.interviewer is not None
    assert dialog.interviewer.interviewer_id == who
    drag(qtbot, dialog.grid, middle(dialog.grid, FRIDAY, 13), middle(dialog.grid, FRIDAY, 14, 30))
    qtbot.mouseClick(dialog.save_button, LEFT)
    settle()
    stored = times_of_interviewer(database, interviewer_id=who).windows
    assert (datetime.combine(FRIDAY, time(13)), datetime.combine(FRIDAY, time(15))) in stored
    assert len(stored) == 3
    assert dialog.interviewer.interviewer_id != who
    assert not dialog.has_changed()


def test_times_painted_for_an_interviewer_are_not_lost_by_choosing_another(
    office: None, english: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    dialog = InterviewerGridDialog(desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    qtbot.keyClick(dialog.grid, Qt.Key.Key_X)
    painted = dialog.grid.times()
    dialog.who.setCurrentIndex(1)
    dialog.who.activated.emit(1)
    settle()
    assert (dialog.who.currentIndex(), dialog.grid.times()) == (0, painted)
    qtbot.keyClick(dialog.grid, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    press(dialog.notice, qtbot)
    assert not dialog.isVisible()


def test_the_tab_opens_the_dialog_for_the_person_chosen(
    office: None, tab: InterviewsTab, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    tab.waiting.choose_row(2)
    person = tab.waiting.people.current_person()
    assert person is not None
    wanted: list[str] = []
    tab.act_wanted.connect(wanted.append)
    qtbot.mouseClick(tab.waiting.times, LEFT)
    assert wanted == ["interviews.availability"]
    tab.actions_served()["interviews.availability"]()
    settle()
    [dialog] = tab.findChildren(AvailabilityDialog)
    assert dialog.person is not None
    assert dialog.person.applicant_id == person.applicant_id
    dialog.close()
    settle()


def test_closed_days_and_free_times_differ_in_the_picture(dialog: AvailabilityDialog, qtbot: QtBot) -> None:
    grid = dialog.grid
    qtbot.mouseClick(grid, LEFT, pos=middle(grid, FRIDAY, 10))
    grid.clearFocus()
    picture = grid.grab().toImage()

    def colour(day: date) -> QColor:
        rect = grid.cell_rect(day, 10 * 60)
        return picture.pixelColor(rect.left() + 8, rect.top() + 6)

    assert len({colour(day).name() for day in (FRIDAY, THURSDAY, date(2024, 11, 3))}) == 3


def test_a_file_for_reading_only_shows_and_changes_nothing(
    dialog: AvailabilityDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, settle: Callable[[], None]
) -> None:
    monkeypatch.setattr(type(dialog._desk), "read_only", property(lambda _self: True))
    dialog._show(dialog.person)  # type: ignore[arg-type]
    qtbot.mouseClick(dialog.grid, LEFT, pos=middle(dialog.grid, FRIDAY, 10))
    assert not dialog.grid.times()
    assert not dialog.confirm.isEnabled()
    assert dialog.text.isReadOnly()

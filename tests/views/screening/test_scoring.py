"""A queue read and scored by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from screening_scene import Scene
from shiboken6 import isValid

from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.history import undo_state
from fujisawa_desktop.services.screening_core import Aggregate, ReviewState
from fujisawa_desktop.services.screening_reviews import review_sheet
from fujisawa_desktop.services.screening_setup import CriterionForm, save_criterion, save_rule
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening import ScreeningWindow
from fujisawa_desktop.views.screening.points_edit import PointsEdit

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Hands:
    """Presses keys where the cursor is, and counts them."""

    def __init__(self, window: ScreeningWindow, settle: Any) -> None:
        self.window = window
        self.page = window.score_page
        self.settle = settle
        self.count = 0
        self.settle()

    @property
    def focus(self) -> QWidget:
        widget = self.window.focusWidget()
        assert widget is not None
        return widget

    @property
    def number(self) -> str:
        assert self.page.sheet is not None
        return self.page.sheet.number

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        for sign in text:
            self.count += 1
            QTest.keyClicks(self.focus, sign)
            self.settle()

    def next(self) -> None:
        self.key(Qt.Key.Key_Return, CTRL)

    def typed(self) -> list[str]:
        return [edit.text() for edit in self.page.marks.edits.values()]


@pytest.fixture
def hands(window: ScreeningWindow, settle: Any) -> Hands:
    return Hands(window, settle)


def stored(scene: Scene, number: str, reviewer: int = 0) -> tuple[ReviewState | None, list[int], str]:
    sheet = review_sheet(
        scene.database, application_id=scene.ids[number], reviewer_id=scene.reviewers[reviewer]
    )
    points = [sheet.points[one.id] for one in sheet.criteria if one.id in sheet.points]
    return sheet.state, points, sheet.comment


def test_a_whole_queue_takes_five_strokes_an_entry(scene: Scene, hands: Hands) -> None:
    for number, points in (
        ("1001", "5432"), ("1002", "0123"), ("1003", "5555"), ("1004", "1111"), ("1005", "3333"),
    ):  # fmt: skip
        assert hands.number == number
        hands.type(points)
        hands.next()
    assert hands.count == 5 * 5
    assert hands.page.panel.figure.text() == "5"
    assert "All applications of this queue are done" in hands.window.notice.text()
    assert [scene.score(number) for number in scene.ids] == [7_600, 2_400, 10_000, 2_000, 6_000]
    assert stored(scene, "1002") == (ReviewState.DONE, [0, 1, 2, 3], "")


def test_the_total_is_live_and_arrows_move_between_criteria(hands: Hands) -> None:
    hands.type("54")
    assert hands.page.marks.total.text() == "56.00"
    hands.key(Qt.Key.Key_Up)
    hands.key(Qt.Key.Key_Up)
    hands.type("1")
    assert hands.typed() == ["1", "4", "", ""]
    assert hands.page.marks.total.text() == "24.00"
    hands.key(Qt.Key.Key_Down)
    assert hands.focus is list(hands.page.marks.edits.values())[2]


def test_skipping_and_not_judging_go_on_and_skipped_ones_come_back(scene: Scene, hands: Hands) -> None:
    hands.type("3s")
    hands.type("r")
    assert hands.number == "1003"
    assert stored(scene, "1001")[:2] == (ReviewState.SKIPPED, [3])
    assert stored(scene, "1002")[0] is ReviewState.RECUSED
    for _entry in range(3):
        hands.type("2222")
        hands.next()
    assert hands.number == "1001"
    assert hands.typed() == ["3", "", "", ""]
    assert hands.page.panel.counts.whole() == "Skipped 1・Not judged 1"


def test_missing_points_are_said_at_their_field_and_nothing_is_saved(scene: Scene, hands: Hands) -> None:
    hands.type("55")
    hands.next()
    assert hands.number == "1001"
    assert stored(scene, "1001")[0] is None
    edit = list(hands.page.marks.edits.values())[2]
    assert hands.focus is edit
    assert "No points yet" in edit.parent().error()  # type: ignore[union-attr]


def test_points_that_cannot_be_are_marked_and_never_leave_the_field(scene: Scene, hands: Hands) -> None:
    hands.type("9")
    assert hands.typed()[0] == "9"
    assert hands.focus.property("wrong") is True
    hands.key(Qt.Key.Key_Down, ALT)
    assert hands.number == "1001"
    hands.type("4")
    assert hands.typed()[0] == "4"
    hands.key(Qt.Key.Key_Down, ALT)
    assert hands.number == "1002"
    assert stored(scene, "1001") == (ReviewState.DRAFT, [4], "")


def test_what_was_typed_is_kept_when_going_elsewhere_and_when_closing(
    scene: Scene, hands: Hands, settle: Any
) -> None:
    hands.type("4")
    hands.type("c")
    hands.type("good")
    hands.key(Qt.Key.Key_Down, ALT)
    assert stored(scene, "1001") == (ReviewState.DRAFT, [4], "good")
    hands.key(Qt.Key.Key_Up, ALT)
    assert hands.typed() == ["4", "", "", ""]
    assert hands.page.marks.comment.text() == "good"
    hands.type("3")
    hands.window.reviewer.setCurrentIndex(2)
    settle()
    assert stored(scene, "1001") == (ReviewState.DRAFT, [4, 3], "good")
    hands.type("1")
    hands.window.close()
    settle()
    assert not isValid(hands.window) or not hands.window.isVisible()
    [second] = [n for n in scene.ids if stored(scene, n, 1)[0] is ReviewState.DRAFT]
    assert stored(scene, second, 1)[1] == [1]


def test_a_done_entry_that_is_changed_stays_done_while_it_is_whole(scene: Scene, hands: Hands) -> None:
    scene.review("1001", 0, 1, 1, 1, 1)
    hands.page.refresh()
    hands.settle()
    hands.page.panel.table.select_row(0)
    hands.settle()
    hands.page.marks.focus_first()
    hands.type("5")
    hands.key(Qt.Key.Key_Down, ALT)
    assert stored(scene, "1001")[:2] == (ReviewState.DONE, [5, 1, 1, 1])
    hands.key(Qt.Key.Key_Up, ALT)
    hands.key(Qt.Key.Key_Backspace)
    hands.key(Qt.Key.Key_Down, ALT)
    assert stored(scene, "1001")[:2] == (ReviewState.DRAFT, [1, 1, 1])


def test_an_input_method_is_never_cut_off(scene: Scene, hands: Hands) -> None:
    hands.type("5555")
    comment = hands.page.marks.comment
    comment.setFocus()
    QApplication.sendEvent(comment, QInputMethodEvent("よい", []))
    event = QInputMethodEvent()
    event.setCommitString("よい")
    QApplication.sendEvent(comment, event)
    hands.next()
    assert stored(scene, "1001")[2] == "よい"


def test_full_width_digits_are_points(qtbot: QtBot) -> None:
    edit = PointsEdit("points-1", 5)
    qtbot.addWidget(edit)
    event = QInputMethodEvent()
    event.setCommitString("４")
    QApplication.sendEvent(edit, event)
    assert edit.points() == 4


@pytest.mark.parametrize(("most", "typed", "steps"), [(5, "3", 1), (20, "2", 0), (20, "3", 1), (20, "12", 1)])
def test_the_cursor_goes_on_when_no_digit_could_follow(
    qtbot: QtBot, most: int, typed: str, steps: int
) -> None:
    edit = PointsEdit("points-1", most)
    qtbot.addWidget(edit)
    taken: list[int] = []
    edit.stepped.connect(taken.append)
    qtbot.keyClicks(edit, typed)
    assert taken == [1] * steps


def test_blind_reading_shows_no_name_anywhere(scene: Scene, window: ScreeningWindow, settle: Any) -> None:
    settle()
    page = window.score_page

    def words() -> str:
        labels = [str(child.accessibleName()) for child in page.findChildren(QWidget)]
        cells = [one.name for one in page.panel.model.rows]
        return "".join([*labels, *cells])

    assert "髙橋" in "".join(one.name for one in page.panel.model.rows)
    save_rule(
        scene.database,
        programme_id=scene.programme_id,
        aggregate=Aggregate.MEAN,
        is_blind=True,
        hides_others=True,
    )
    window.reload()
    page.refresh()
    settle()
    assert page.sheet is not None
    assert page.sheet.text.covered == 3
    assert "髙橋" not in words()
    assert "美咲" not in words()
    assert "女子見本" not in words()
    assert page.panel.table.isColumnHidden(1)


def test_a_rule_changed_while_something_is_typed_holds_at_once(
    scene: Scene, hands: Hands, desk: Desk
) -> None:
    hands.type("54")
    rule = {"aggregate": Aggregate.MEAN, "is_blind": True, "hides_others": True}
    desk.perform(save_rule, programme_id=scene.programme_id, **rule)
    hands.settle()
    hands.settle()
    assert hands.page.sheet is not None
    assert (hands.page.sheet.text.name, hands.typed()) == ("", ["5", "4", "", ""])
    assert stored(scene, "1001")[:2] == (ReviewState.DRAFT, [5, 4])
    assert {one.name for one in hands.page.panel.model.rows} == {""}


def test_others_are_seen_only_afterwards(scene: Scene, hands: Hands) -> None:
    scene.review("1001", 1, 5, 5, 5, 5, comment="secret")

    def seen() -> str:
        children = hands.page.marks.area.widget().findChildren(QWidget)
        return "".join(child.accessibleName() for child in children)

    hands.page.refresh()
    hands.settle()
    assert "secret" not in seen()
    assert "1 other review is shown when yours is done" in seen()
    hands.type("1111")
    hands.next()
    hands.key(Qt.Key.Key_Up, ALT)
    assert "secret" in seen()


def test_who_does_not_judge_reads_when_the_others_will_be_shown(scene: Scene, hands: Hands) -> None:
    scene.review("1001", 0, state=ReviewState.RECUSED)

    def seen() -> str:
        hands.page.refresh()
        hands.settle()
        children = hands.page.marks.area.widget().findChildren(QWidget)
        return "".join(child.accessibleName() for child in children)

    hands.key(Qt.Key.Key_Up, ALT)
    assert "is shown once all of them are done; 1 is still reading." in seen()
    scene.review("1001", 1, 5, 5, 5, 5, comment="secret")
    assert "secret" in seen()


def test_an_announced_entry_can_be_read_but_not_changed(scene: Scene, hands: Hands) -> None:
    record_decisions(
        scene.database, application_ids=[scene.ids["1001"]], stage=Stage.FIRST, result=Result.PASS
    )
    release(scene.database, programme_id=scene.programme_id, stage=Stage.FIRST)
    hands.page.refresh()
    hands.settle()
    assert hands.page.marks.locked.isVisible()
    assert not hands.page.marks.done_button.isEnabled()
    hands.page.marks.focus_first()
    hands.type("5")
    assert hands.typed()[0] == ""
    assert hands.page.queue is not None
    following = hands.page.queue.next_open()
    assert following is not None
    assert following.number == "1002"


def test_undo_in_the_window_takes_the_latest_review_back(scene: Scene, hands: Hands, desk: Desk) -> None:
    hands.type("5555")
    hands.next()
    assert scene.score("1001") == 10_000
    hands.page.marks.done_button.setFocus()
    hands.key(Qt.Key.Key_Z, CTRL)
    assert scene.score("1001") is None
    assert "Taken back" in hands.window.notice.text()
    assert hands.page.panel.figure.text() == "0"
    assert undo_state(scene.database).redo is not None


def test_a_criterion_of_the_course_counts_there(scene: Scene, hands: Hands) -> None:
    form = CriterionForm(
        id=None, programme_id=scene.programme_id, name="面白さ", course_id=scene.course_ids[0], max_points=20
    )
    save_criterion(scene.database, form=form)
    hands.page.reread()
    hands.settle()
    hands.type("555520")
    assert hands.page.marks.total.text() == "100.00"

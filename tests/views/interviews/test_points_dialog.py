"""Points of the interviews, taken down by keyboard alone, and the results noted from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from interview_scene import at, entry_of, interviewer_named, number
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from fujisawa_desktop.models import Decision
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_criteria import interview_criteria, save_interview_criterion
from fujisawa_desktop.services.interview_reviews import ToScore, save_interview_review, scoring_view
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.criteria_dialog import InterviewCriteriaDialog
from fujisawa_desktop.views.interviews.final_dialog import FinalDialog
from fujisawa_desktop.views.interviews.points_dialog import PointsDialog
from fujisawa_desktop.views.screening.sheet_dialogs import SheetImportDialog
from fujisawa_desktop.views.trust.conflict_dialog import ConflictDialog
from fujisawa_desktop.views.widgets import field_named

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


@pytest.fixture
def booked(office: None, database: Database, programme_id: int) -> None:
    """佐野 sees persons 0 and 1, 辻 sees person 2; two criteria."""
    view = calendar(database, programme_id=programme_id)
    for index, who, start in ((0, "佐野", at(9)), (1, "佐野", at(9, 30)), (2, "辻", at(9))):
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, who),
            start=start,
        )
    for name, most in (("志望動機", 5), ("協調性", 20)):
        save_interview_criterion(
            database, programme_id=programme_id, criterion_id=None, name=name, max_points=most
        )


def shown(qtbot: QtBot, dialog: object, settle: Callable[[], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # type: ignore[attr-defined]
    qtbot.addWidget(dialog)  # type: ignore[arg-type]
    dialog.show()  # type: ignore[attr-defined]
    settle()


@pytest.fixture
def dialog(english: None, booked: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> PointsDialog:
    dialog = PointsDialog(desk)
    shown(qtbot, dialog, settle)
    return dialog


def stored(database: Database, programme_id: int, index: int) -> ToScore:
    view = scoring_view(database, programme_id=programme_id)
    return next(one for one in view.interviews if one.number == number(index))


def test_points_are_typed_from_interview_to_interview(
    dialog: PointsDialog, qtbot: QtBot, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    first, second = dialog.pane.edits.values()
    assert dialog.pane.shown is not None
    assert dialog.pane.shown.number == number(0)
    qtbot.keyClick(first, Key.Key_4)  # one digit is enough: the next field has the cursor
    qtbot.keyClicks(second, "15")
    qtbot.keyClick(second, Key.Key_Return)
    qtbot.keyClick(dialog.pane.recommendation, Key.Key_Down)
    assert dialog.pane.total.text() == "76.00"
    press(dialog, "Ctrl+Return")
    settle()
    one = stored(database, programme_id, 0)
    assert one.review is not None
    assert (sorted(one.review.points.values()), one.review.recommendation) == ([4, 15], "pass")
    assert dialog.pane.shown is not None
    assert dialog.pane.shown.number == number(1)
    assert dialog.progress.text() == "1 of 2 is complete"
    assert [edit.text() for edit in dialog.pane.edits.values()] == ["", ""]


def press(dialog: PointsDialog, keys: str) -> None:
    """Do what a shortcut of the dialog does, whichever window is active."""
    wanted = QKeySequence(keys)
    [shortcut] = [one for one in dialog.findChildren(QShortcut) if one.key() == wanted]
    shortcut.activated.emit()


def test_the_keys_go_on_and_back_and_keep_what_was_typed(
    dialog: PointsDialog, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    first = next(iter(dialog.pane.edits.values()))
    first.setText("3")
    dialog.pane.comment.setPlainText("途中")
    press(dialog, "Ctrl+PgDown")
    settle()
    one = stored(database, programme_id, 0)
    assert one.review is not None
    assert (list(one.review.points.values()), one.review.comment, one.is_whole) == ([3], "途中", False)
    assert dialog.at == 1
    press(dialog, "Ctrl+PgUp")
    settle()
    assert dialog.at == 0
    assert (first.text(), dialog.pane.comment.text()) == ("3", "途中")


def test_closing_keeps_what_was_typed(
    dialog: PointsDialog, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    next(iter(dialog.pane.edits.values())).setText("２")
    dialog.reject()
    settle()
    one = stored(database, programme_id, 0)
    assert one.review is not None
    assert list(one.review.points.values()) == [2]
    assert not dialog.isVisible()


def test_points_out_of_range_stay_and_are_told_beside_the_field(
    dialog: PointsDialog, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    key, edit = next(iter(dialog.pane.edits.items()))
    edit.setText("6")
    dialog.go(1)
    settle()
    field = field_named(dialog.pane, f"points-{key}")
    assert field is not None
    assert field.error()
    assert dialog.at == 0
    assert stored(database, programme_id, 0).review is None


def test_another_interviewer_has_the_own_list(
    dialog: PointsDialog, settle: Callable[[], None], qtbot: QtBot, database: Database, programme_id: int
) -> None:
    next(iter(dialog.pane.edits.values())).setText("5")
    dialog.who.setCurrentIndex(1)
    dialog.who.activated.emit(1)
    settle()
    assert [one.number for one in dialog.rows] == [number(2)]
    assert stored(database, programme_id, 0).review is not None


def test_somebody_elses_points_are_not_overwritten(
    dialog: PointsDialog, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    one = stored(database, programme_id, 0)
    save_interview_review(
        database,
        interview_id=one.interview_id,
        interviewer_id=one.interviewer_id,
        points={},
        comment="別の窓",
    )
    dialog.pane.comment.setPlainText("こちら")
    dialog.go(1)
    settle()
    (question,) = [found for found in dialog.findChildren(ConflictDialog) if found.isVisible()]
    question.stop_button.click()
    assert (dialog.at, dialog.pane.comment.text()) == (0, "こちら")
    dialog.go(1)
    settle()
    (question,) = [found for found in dialog.findChildren(ConflictDialog) if found.isVisible()]
    question.mine_button.click()
    question.save_button.click()
    settle()
    review = stored(database, programme_id, 0).review
    assert review is not None
    assert (dialog.at, review.comment) == (1, "こちら")


def test_without_interviews_it_says_so(
    english: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    dialog = PointsDialog(desk)
    shown(qtbot, dialog, settle)
    assert dialog.notice.isVisible()
    assert not dialog.on.isEnabled()


def test_results_are_noted_from_the_ranking(
    english: None,
    booked: None,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    criteria = [one.id for one in interview_criteria(database, programme_id=programme_id)]
    for index, points in ((0, (3, 10)), (2, (5, 20))):
        one = stored(database, programme_id, index)
        save_interview_review(
            database,
            interview_id=one.interview_id,
            interviewer_id=one.interviewer_id,
            points=dict(zip(criteria, points, strict=True)),
        )
    dialog = FinalDialog(desk)
    shown(qtbot, dialog, settle)
    cells = [[dialog.model.index(row, column).data() for column in (0, 1, 3)] for row in range(2)]
    assert cells == [["1", number(2), "100.00"], ["2", number(0), "52.00"]]
    qtbot.mouseClick(dialog.buttons[Result.PASS], LEFT)
    settle()
    with database.read() as session:
        assert session.scalars(select(Decision)).all() == []  # nobody was chosen
    dialog.table.select_row(0)
    qtbot.mouseClick(dialog.buttons[Result.PASS], LEFT)
    settle()
    with database.read() as session:
        [decision] = session.scalars(select(Decision).where(Decision.stage == Stage.FINAL))
        assert (decision.result, decision.announced_at) == (Result.PASS, None)
    assert dialog.model.index(0, 8).data() == "Pass"
    assert dialog.model.index(1, 8).data() == "undecided"


def test_the_choice_stays_with_the_person_when_the_ranking_changes(
    english: None,
    booked: None,
    desk: Desk,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
) -> None:
    keys = [one.id for one in interview_criteria(database, programme_id=programme_id)]

    def give(index: int, *points: int) -> None:
        one = stored(database, programme_id, index)
        save_interview_review(
            database,
            interview_id=one.interview_id,
            interviewer_id=one.interviewer_id,
            points=dict(zip(keys, points, strict=True)),
            version=one.review.version if one.review else None,
        )

    give(0, 3, 10)
    give(2, 5, 20)
    dialog = FinalDialog(desk)
    shown(qtbot, dialog, settle)
    dialog.table.select_row(0)
    give(2, 1, 1)
    dialog.reload()
    settle()
    numbers = [dialog.model.index(row, 1).data() for row in dialog.table.selected_rows()]
    assert numbers == [number(2)]
    assert dialog.table.selected_rows() == [1]


def test_criteria_are_entered_and_moved(
    english: None, desk: Desk, qtbot: QtBot, settle: Callable[[], None], database: Database, programme_id: int
) -> None:
    dialog = InterviewCriteriaDialog(desk)
    shown(qtbot, dialog, settle)
    page = dialog.page
    for name in ("志望動機", "協調性"):
        page.start_new()
        page.name.setText(name)
        page.max_points.setText("１０")
        qtbot.mouseClick(page.save_button, LEFT)
        settle()
    assert [
        (one.name, one.max_points) for one in interview_criteria(database, programme_id=programme_id)
    ] == [
        ("志望動機", 10),
        ("協調性", 10),
    ]
    page.table.select_row(1)
    qtbot.mouseClick(page.up_button, LEFT)
    settle()
    assert interview_criteria(database, programme_id=programme_id)[0].name == "協調性"
    page.start_new()
    qtbot.mouseClick(page.save_button, LEFT)
    settle()
    field = field_named(page, "name")
    assert field is not None
    assert field.error()


def test_sheets_are_given_out_and_taken_in_from_the_window(
    dialog: PointsDialog,
    qtbot: QtBot,
    settle: Callable[[], None],
    database: Database,
    programme_id: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))
    qtbot.mouseClick(dialog.give_button, LEFT)
    settle()
    [file, _other] = sorted(folder.glob("*.xlsx"))
    book_ = openpyxl.load_workbook(file)
    page = book_["採点"]
    codes = next(row for row in page.iter_rows() if row[0].value == "_codes")
    comment = next(cell.column for cell in codes if cell.value == "comment")
    page.cell(codes[0].row + 2, comment).value = "よく準備していた"
    book_.save(file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    qtbot.mouseClick(dialog.take_button, LEFT)
    settle()
    [preview] = dialog.findChildren(SheetImportDialog)
    qtbot.mouseClick(preview.go, LEFT)
    settle()
    one = stored(database, programme_id, 0)
    assert one.review is not None
    assert one.review.comment == "よく準備していた"
    assert dialog.pane.comment.text() == "よく準備していた"

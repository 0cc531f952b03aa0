from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.errors import Cancelled, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet, Label
from fujisawa_desktop.services.courses import CourseForm, course, courses, save_course
from fujisawa_desktop.services.outgoing import RecordedError
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.tasks import Progress
from fujisawa_desktop.views.widgets import FormField, LineEdit
from tests.views.conftest import Settle


@dataclass(frozen=True)
class Result:
    change: ChangeSet
    rows: int


def changed(kind: str = "course") -> ChangeSet:
    return ChangeSet(7, Label("course.edit"), frozenset({kind}))


def first_form(desk: Desk) -> CourseForm:
    return course(desk.database, courses(desk.database, desk.programme_id)[0].id)


def test_a_question_is_answered_from_the_database(desk: Desk, settle: Settle) -> None:
    found: list[str] = []
    desk.query(courses, lambda rows: found.extend(row.sign for row in rows), programme_id=desk.programme_id)
    settle()
    assert len(found) == 2


def test_an_act_is_published_before_its_sender_goes_on(desk: Desk, settle: Settle) -> None:
    from dataclasses import replace

    order: list[object] = []
    desk.changed.connect(lambda change: order.append(change.kinds))
    form = replace(first_form(desk), capacity=3)
    desk.perform(save_course, form=form, actor=desk.actor, on_done=lambda _c: order.append("done"))
    settle()
    assert order == [{"course"}, "done"]
    assert first_form(desk).capacity == 3


def test_an_act_that_changed_nothing_is_not_published(desk: Desk, settle: Settle) -> None:
    published: list[object] = []
    desk.changed.connect(published.append)
    done: list[object] = []
    desk.perform(save_course, form=first_form(desk), on_done=done.append)
    settle()
    assert published == []
    assert len(done) == 1


def test_the_change_inside_a_result_is_published(desk: Desk, settle: Settle) -> None:
    published: list[object] = []
    desk.changed.connect(published.append)
    desk.perform(lambda _db: Result(changed("entry"), 372))
    desk.perform(lambda _db: "nothing to publish")
    settle()
    assert published == [changed("entry")]


def test_what_is_recorded_beside_an_error_is_published(
    desk: Desk, settle: Settle, messages: list[Message]
) -> None:
    published: list[object] = []
    desk.changed.connect(published.append)

    def recorded(_database: Database) -> None:
        raise RecordedError(changed("notice"), count=1, file="a.pdf")

    desk.perform(recorded)
    taken: list[Exception] = []
    desk.perform(recorded, on_error=taken.append)
    settle()
    assert published == [changed("notice")] * 2
    assert ([message.tone for message in messages], len(taken)) == (["wrong"], 1)


def test_a_refusal_is_shown_beside_the_field_of_the_anchor(
    qtbot: QtBot, desk: Desk, settle: Settle, messages: list[Message]
) -> None:
    form = QWidget()
    field = FormField("capacity", "定員", LineEdit())
    QVBoxLayout(form).addWidget(field)
    qtbot.addWidget(form)

    def refuse(_database: Database) -> None:
        raise ValidationError("number.too-small", field="capacity", lowest=0)

    desk.perform(refuse, anchor=form)
    settle()
    assert field.error()
    desk.perform(lambda _db: changed(), anchor=form)
    settle()
    assert field.error() == "", "a later success takes the marks away"
    assert messages == []


def test_an_error_can_be_taken_by_its_asker(desk: Desk, settle: Settle, messages: list[Message]) -> None:
    def refuse(_database: Database) -> None:
        raise RuleError("undo.nothing")

    taken: list[Exception] = []
    desk.perform(refuse, on_error=taken.append)
    desk.query(refuse, pytest.fail, on_error=taken.append)
    desk.query(refuse, pytest.fail)
    settle()
    assert len(taken) == 2
    assert [message.tone for message in messages] == ["wrong"]


def test_long_acts_get_a_progress_function_and_keep_nothing_when_stopped(
    qtbot: QtBot, desk: Desk, settle: Settle, messages: list[Message]
) -> None:
    reached = threading.Event()

    def work(_database: Database, *, progress: Progress, rows: int) -> int:
        progress(0, rows)
        reached.set()
        waiting = threading.Event()
        while True:
            waiting.wait(0.01)
            progress(1, rows)

    titles: list[str] = []
    desk.tasks.long_started.connect(titles.append)
    desk.perform(work, busy="取り込み中", rows=400, on_done=pytest.fail)
    qtbot.waitUntil(reached.is_set)
    desk.tasks.cancel_long()
    settle()
    assert titles == ["取り込み中"]
    assert [message.tone for message in messages] == ["key"]
    outcome: list[object] = []
    desk.query(lambda _db, *, progress: progress(1, 2) or "read", outcome.append, busy="読み込み中")
    settle()
    assert outcome == ["read"]
    assert not isinstance(outcome[0], Cancelled)


def test_another_programme_is_told_once(desk: Desk) -> None:
    told: list[int] = []
    desk.programme_changed.connect(lambda: told.append(desk.programme_id))
    desk.switch_programme(desk.programme_id)
    desk.switch_programme(99)
    assert told == [99]

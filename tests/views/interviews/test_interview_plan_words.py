"""What the calendar says about a plan: nothing to plan, each reason once, and no more words than fit."""

from __future__ import annotations

from dataclasses import replace

from interview_driver import Driver
from interview_scene import at
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.rules.planning import PlanProblem
from fujisawa_desktop.services.interview_plan import FixOffer, PlanView, UnplacedPerson
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews import InterviewsTab
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.toolbar import ResultPill
from fujisawa_desktop.views.interviews.words import result_words, times_in_ever_fewer_words
from fujisawa_desktop.views.notify import Message
from fujisawa_desktop.views.widgets import pill_size

RIVALS = ("楜澤　涼介", "葛城　さくら")


def no_plan() -> PlanView:
    return PlanView(1, (), (), (), (), proven_optimal=True, problem=PlanProblem((), ()), is_trial=False)


def without_place(key: int, fix: str) -> UnplacedPerson:
    return UnplacedPerson(
        key=key,
        entry_id=key,
        number=str(key),
        name=RIVALS[key],
        reason="plan.crowded",
        reason_params={"windows": ("10/30 9:00–10:00",), "people": 2, "places": 1},
        rivals=RIVALS,
        windows=((at(9), at(10)),),
        fixes=(FixOffer(fix, {"additions": (), "people": 1}, ()),),
    )


class TestNothingToPlan:
    def test_it_is_said_when_nobody_waits(self, tab: InterviewsTab, messages: list[Message]) -> None:
        tab.actions_served()["plan.make"]()
        assert messages[-1].text.startswith("Nobody waits for an interview")

    def test_it_is_said_when_everybody_has_an_interview(
        self, driver: Driver, messages: list[Message]
    ) -> None:
        tab = driver.tab
        for act in (tab.make_plan, tab.apply_plan):
            act()
            driver.settle()
        assert len(driver.booked()) == 8
        tab.make_plan()
        driver.settle()
        assert messages[-1].text.startswith("Everybody has an interview already")
        assert tab.grid.board is not None
        assert tab.grid.board.plan is None
        assert tab.bar.plan.isVisible()


def test_a_reason_that_many_share_is_given_once_and_each_fix_as_well(driver: Driver) -> None:
    shared = (without_place(0, "plan.fix-ask-longer"), without_place(1, "plan.fix-ask-times"))
    board = Board(driver.view(), driver.tab.grid.board.days if driver.tab.grid.board else ())
    driver.tab.panel.show_board(board, shared)
    said = driver.tab.panel.labels()
    assert sum("people can only be interviewed" in line for line in said) == 1
    assert sum("Ask" in line for line in said) == 2


def test_the_result_is_never_cut(qtbot: QtBot, qapp: QApplication) -> None:
    set_language("en")
    pill = ResultPill()
    qtbot.addWidget(pill)
    longest, *_others, shortest = result_words(no_plan())
    pill.resize(pill_size(shortest).width() + 2, 24)
    pill.show()
    pill.show_plan(no_plan())
    assert pill.text() == shortest
    pill.resize(pill_size(longest).width() + 2, 24)
    assert pill.text() == longest


def test_times_are_told_in_ever_fewer_words() -> None:
    set_language("en")
    windows = tuple((at(hour), at(hour + 1)) for hour in (9, 11, 13, 15))
    person = Person(1, 1, "A1", "名", "カナ", "", frozenset(), True, False, windows)
    lines = times_in_ever_fewer_words(person)
    assert lines[-1] == "10/30 9:00–10:00 +3"
    assert [len(line) for line in lines] == sorted((len(line) for line in lines), reverse=True)
    assert times_in_ever_fewer_words(replace(person, windows=windows[:1]))[-1] == "10/30 9:00–10:00"
    assert set(times_in_ever_fewer_words(replace(person, windows=()))) == {"No times named yet"}

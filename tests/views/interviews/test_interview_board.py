"""What lies on the calendar and where, without any widget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interview_scene import at, entry_of, interviewer_named, office_and_people
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.calendar import ClosedReason
from fujisawa_desktop.rules.planning import PlanProblem
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_plan import PlanView, make_plan
from fujisawa_desktop.services.interview_view import (
    Booked,
    CalendarView,
    CourseMark,
    DayColumn,
    InterviewerColumn,
    Person,
)
from fujisawa_desktop.views.interviews.board import Board, CardState
from fujisawa_desktop.views.interviews.fits import Fit
from fujisawa_desktop.views.interviews.layout import HEAD_HEIGHT, LUNCH_HEIGHT, Layout
from fujisawa_desktop.views.interviews.pages import Pages
from fujisawa_desktop.views.interviews.paint_heads import short_name
from fujisawa_desktop.views.interviews.steps import step
from fujisawa_desktop.views.interviews.words import as_tool_tip, result_words, times_text
from fujisawa_desktop.views.theme import body_font

FIRST, SECOND = date(2024, 10, 30), date(2024, 10, 31)
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def office(day: date, first: int, last: int) -> tuple[datetime, datetime]:
    return at(first, day=day), at(last, day=day)


def somebody(key: int, name: str, courses: set[int], *windows: tuple[datetime, datetime]) -> Person:
    return Person(key, key, f"A{key}", name, "カナ", "", frozenset(courses), True, False, windows)


def small_view(**changes: object) -> CalendarView:
    """Two days, two interviewers, one course each, two people."""
    view = CalendarView(
        slot_minutes=30,
        gap_minutes=0,
        day_from=time(9),
        day_until=time(17),
        lunch=(time(12), time(13)),
        days=(DayColumn(FIRST, None), DayColumn(SECOND, None)),
        courses=(CourseMark(1, "DX", "DX"), CourseMark(2, "子ども", "子")),
        interviewers=(
            InterviewerColumn(10, "佐野", frozenset(), (office(FIRST, 9, 12), office(SECOND, 9, 12))),
            InterviewerColumn(11, "南", frozenset({2}), (office(FIRST, 9, 17),)),
        ),
        people=(
            Person(
                1,
                1,
                "A1",
                "髙橋　美咲",
                "タカハシ ミサキ",
                "",
                frozenset({1}),
                True,
                False,
                (office(FIRST, 10, 11),),
            ),
            Person(2, 2, "A2", "葛城　さくら", "カツラギ サクラ", "", frozenset({2}), True, False, ()),
        ),
        interviews=(),
    )
    return replace(view, **changes)


def booked(start: datetime, end: datetime, interviewer: int = 10, entry: int = 1) -> Booked:
    return Booked(5, 1, entry, start, end, (interviewer,), False, False, ())


@pytest.fixture
def board() -> Board:
    view = small_view()
    return Board(view, view.days)


class TestPlaces:
    def test_there_is_a_place_in_every_free_half_hour_and_between(self, board: Board) -> None:
        assert [place.start.time() for place in board.stops[0]][:7] == [
            time(9), time(9, 30), time(10), time(10, 30), time(11), time(11, 30), time(13)
        ]  # fmt: skip
        assert all(len(stops) == 14 for stops in board.stops)

    def test_own_places_follow_the_interviewers_window(self) -> None:
        odd = InterviewerColumn(10, "佐野", frozenset(), ((at(9, 10), at(10, 20)),))
        view = small_view(interviewers=(odd,))
        starts = [place.start.time() for place in Board(view, view.days).stops[0]]
        assert starts[:3] == [time(9, 10), time(9, 40), time(10, 30)]

    def test_how_a_place_suits_somebody(self, board: Board) -> None:
        first, second = board.view.people
        where = {place.start: place for place in board.stops[0]}
        assert board.fit(first, where[at(10)]) is Fit.GOOD
        assert board.fit(first, where[at(9)]) is Fit.UNWISHED
        assert board.fit(first, where[at(13)]) is Fit.AWAY
        assert board.fit(second, where[at(9)]) is Fit.GOOD
        assert board.fit(first, board.stops[1][2]) is Fit.WRONG_COURSE

    def test_a_taken_place_is_free_for_the_interview_that_is_there(self) -> None:
        view = small_view(interviews=(booked(at(10), at(10, 30)),))
        board = Board(view, view.days)
        first, second = view.people
        place = board.place_at(0, at(10, 15))
        assert place is not None
        assert board.fit(second, place) is Fit.TAKEN
        assert board.fit(first, place, leaving=5) is Fit.GOOD
        assert board.fit(first, board.stops[1][2]) is Fit.WRONG_COURSE
        twin = replace(second, applicant_id=1)
        again = replace(view, people=(first, twin))
        verdict = Board(again, again.days).verdict(twin, board.stops[1][2])
        assert (verdict.fit, verdict.code) == (Fit.TAKEN, "interview.applicant-taken")
        assert verdict.other == view.interviews[0]

    def test_the_best_place_is_near_the_first_wish(self, board: Board) -> None:
        place = board.best_place(board.view.people[0])
        assert place is not None
        assert (place.column, place.start) == (0, at(10))
        view = small_view(interviews=(booked(at(10), at(11), entry=2),))
        place = Board(view, view.days).best_place(view.people[0])
        assert place is not None
        assert place.start == at(9, 30)

    def test_without_interviewers_there_is_no_place(self) -> None:
        view = small_view(interviewers=())
        board = Board(view, view.days)
        assert board.best_place(view.people[0]) is None
        assert board.first_place() is None


class TestPlans:
    def test_a_plan_shows_where_people_would_be(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        view = office_and_people(database, programme_id, tmp_path, narrow=2)
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, 0),
            interviewer_id=interviewer_named(view, "辻"),
            start=at(9, 30),
        )
        view = calendar(database, programme_id=programme_id)
        plan = make_plan(database, programme_id=programme_id)
        board = Board(view, view.days, plan)
        assert len(board.cards) == 8
        states = {card.person.entry_id: card.state for card in board.cards}
        assert states[entry_of(view, 0)] is CardState.BOOKED
        assert list(states.values()).count(CardState.NEW) == 7
        assert not any(card.movable for card in board.cards if card.state is CardState.NEW)

    @pytest.mark.parametrize(
        ("proven", "trial", "words"),
        [
            (True, False, ("0 of 0: proven to be the most", "0 / 0: the most", "0 / 0")),
            (False, False, ("0 of 0: not proven, time ran out", "0 / 0")),
            (True, True, ("0 of 0 with the added time", "0 / 0")),
        ],
    )
    def test_what_is_proven_is_said(self, *, proven: bool, trial: bool, words: tuple[str, ...]) -> None:
        set_language("en")
        assert result_words(PlanView(1, (), (), (), (), proven, PlanProblem((), ()), trial)) == words


class TestLayout:
    @given(st.integers(300, 2000), st.integers(200, 1500), st.integers(0, 479))
    def test_from_time_to_height_and_back(self, width: int, height: int, minute: int) -> None:
        view = small_view()
        layout = Layout(Board(view, view.days), width, height)
        moment = datetime(2024, 10, 30, 9 + minute // 60, minute % 60)
        found = layout.moment_at(FIRST, layout.y_of(moment) + 1e-6)
        assert abs((found - moment).total_seconds()) < 1
        assert HEAD_HEIGHT <= layout.y_of(moment) <= layout.height

    @given(st.integers(300, 2000), st.integers(200, 1500))
    def test_the_middle_of_every_place_is_that_place_and_large_enough(self, width: int, height: int) -> None:
        view = small_view()
        board = Board(view, view.days)
        layout = Layout(board, width, height)
        for stops in board.stops:
            for place in stops:
                rect = layout.rect_of(place)
                assert layout.place_at(rect.center()) == place
                assert rect.height() >= 28
                assert rect.width() >= 28

    def test_an_empty_lunch_is_low_and_a_used_one_is_not(self) -> None:
        view = small_view()
        low = Layout(Board(view, view.days), 900, 600)
        assert low.y_of(time(13)) - low.y_of(time(12)) == pytest.approx(LUNCH_HEIGHT)
        used = small_view(interviews=(booked(at(12), at(12, 30)),))
        high = Layout(Board(used, used.days), 900, 600)
        assert high.y_of(time(13)) - high.y_of(time(12)) == pytest.approx(60 * high.pixels_a_minute)

    def test_early_and_late_hours_are_shown_when_somebody_is_there(self) -> None:
        early = InterviewerColumn(10, "佐野", frozenset(), ((at(7), at(8)), (at(18), at(20))))
        view = small_view(interviewers=(early,), lunch=None)
        layout = Layout(Board(view, view.days), 900, 600)
        assert (layout.first, layout.last) == (time(7), time(20))

    def test_outside_the_columns_there_is_nothing(self, board: Board) -> None:
        layout = Layout(board, 900, 600)
        assert layout.place_at(QPointF(5, 200)) is None
        assert layout.place_at(QPointF(300, 10)) is None
        assert layout.place_at(QPointF(5000, 200)) is None


class TestSteps:
    @pytest.mark.parametrize(
        ("key", "modifiers", "column", "start"),
        [
            (Qt.Key.Key_Down, NONE, 0, at(10, 30)),
            (Qt.Key.Key_Up, NONE, 0, at(9, 30)),
            (Qt.Key.Key_Right, NONE, 1, at(10)),
            (Qt.Key.Key_Left, NONE, 0, at(10)),
            (Qt.Key.Key_Right, CTRL, 2, at(10, day=SECOND)),
            (Qt.Key.Key_Left, CTRL, 0, at(10)),
            (Qt.Key.Key_PageDown, NONE, 2, at(10, day=SECOND)),
            (Qt.Key.Key_Home, NONE, 0, at(9)),
            (Qt.Key.Key_End, NONE, 0, at(16, 30)),
        ],
    )
    def test_keys_lead_through_times_interviewers_and_days(
        self, board: Board, key: Qt.Key, modifiers: Qt.KeyboardModifier, column: int, start: datetime
    ) -> None:
        place = step(board, board.place_at(0, at(10)), key, modifiers)
        assert place is not None
        assert (place.column, place.start) == (column, start)

    def test_an_interview_off_the_grid_is_a_step_too(self) -> None:
        view = small_view(interviews=(booked(at(9, 40), at(10, 10)),))
        board = Board(view, view.days)
        place = board.stops[0][0]
        starts = []
        for _ in range(3):
            place = step(board, place, Qt.Key.Key_Down, NONE) or place
            starts.append(place.start)
        assert starts == [at(9, 40), at(10, 30), at(11)]

    def test_other_keys_are_no_steps(self, board: Board) -> None:
        assert step(board, board.stops[0][0], Qt.Key.Key_Return, NONE) is None

    def test_from_nowhere_the_first_place_is_next(self, board: Board) -> None:
        assert step(board, None, Qt.Key.Key_Down, NONE) == board.stops[0][0]


class TestPages:
    def test_closed_days_are_shown_in_their_week_and_have_columns_only_where_somebody_is_there(self) -> None:
        saturday = DayColumn(date(2024, 11, 2), ClosedReason.SATURDAY)
        sunday = DayColumn(date(2024, 11, 3), ClosedReason.SUNDAY)
        view = small_view(days=(DayColumn(FIRST, None), saturday, sunday))
        pages = Pages()
        pages.take(view)
        assert [day.day for day in pages.shown] == [FIRST, SECOND, saturday.day, sunday.day]
        assert {column.day for column in Board(view, pages.shown).columns} == {FIRST, SECOND}
        keen = InterviewerColumn(10, "佐野", frozenset(), (office(saturday.day, 9, 12),))
        busy = replace(view, interviewers=(keen,))
        pages.take(busy)
        assert {column.day for column in Board(busy, pages.shown).columns} == {FIRST, saturday.day}

    def test_day_by_day_closed_days_are_passed_by_but_one_can_go_there(self) -> None:
        days = tuple(
            DayColumn(date(2024, 11, day), closed)
            for day, closed in ((1, None), (2, ClosedReason.SATURDAY), (3, ClosedReason.SUNDAY), (5, None))
        )
        pages = Pages()
        pages.one_day = True
        pages.take(small_view(days=days, interviewers=()))
        pages.turn(1)
        assert [day.day.day for day in pages.shown] == [5]
        assert not pages.later
        pages.go_to(date(2024, 11, 3))
        assert [day.day.day for day in pages.shown] == [3]
        assert (pages.earlier, pages.later) == (True, True)

    def test_the_first_page_is_where_today_is(self) -> None:
        days = tuple(DayColumn(date(2024, 7, day), None) for day in range(1, 20))
        pages = Pages()
        pages.take(small_view(days=days, interviewers=()), date(2024, 7, 10))
        assert [day.day.day for day in pages.shown] == list(range(8, 15))

    def test_a_long_period_is_turned_week_by_week_and_day_by_day(self) -> None:
        days = tuple(DayColumn(date(2024, 7, day), None) for day in range(1, 11))
        pages = Pages()
        pages.take(small_view(days=days, interviewers=()))
        assert (len(pages.shown), pages.earlier, pages.later) == (7, False, True)
        pages.turn(1)
        assert ([day.day.day for day in pages.shown], pages.earlier, pages.later) == ([8, 9, 10], True, False)
        pages.one_day = True
        pages.go_to(date(2024, 7, 9))
        assert [day.day.day for day in pages.shown] == [9]
        pages.turn(-1)
        assert [day.day.day for day in pages.shown] == [8]
        pages.take(small_view(days=days[:8], interviewers=()))
        assert [day.day.day for day in pages.shown] == [8]


def test_a_narrow_column_keeps_what_tells_interviewers_apart(qapp: QApplication) -> None:
    metrics = QFontMetrics(body_font(12))
    wide = metrics.horizontalAdvance("職員課　佐野")
    narrow = metrics.horizontalAdvance("佐野")
    assert short_name("職員課　佐野", metrics, wide) == "職員課　佐野"
    assert short_name("職員課　佐野", metrics, narrow) == "佐野"
    assert short_name("面接官甲", metrics, narrow) == "面甲"
    assert short_name("面接官甲", metrics, 3) == "甲"


def test_no_name_becomes_markup() -> None:
    assert "<b>" not in as_tool_tip(["山田<b>太郎", "<img src='/etc/passwd'>"])


def test_times_are_told_shortly() -> None:
    set_language("en")
    person = small_view().people[0]
    assert times_text(person) == "Only 10/30 10:00–11:00"
    many = replace(person, windows=tuple(office(FIRST, hour, hour + 1) for hour in (9, 11, 13, 15, 17)))
    assert times_text(many).endswith("and 2 more")
    assert times_text(replace(person, windows=())) == "No times named yet"

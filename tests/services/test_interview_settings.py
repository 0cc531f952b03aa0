"""How interviews are held is changed with a look at what is booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from interview_scene import FIRST_DAY, at, entry_of, interviewer_named, office_and_people

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.interviewing import InterviewScope
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.interview_booking import book, cancel
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_settings import (
    InterviewerSettings,
    foresee_settings,
    interview_settings,
    interviewer_settings,
    save_interviewer,
    save_settings,
)
from fujisawa_desktop.services.interview_view import CalendarView


@pytest.fixture
def view(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    return office_and_people(database, programme_id, tmp_path, narrow=2)


@pytest.fixture
def interview_id(database: Database, programme_id: int, view: CalendarView) -> int:
    book(
        database, programme_id=programme_id, entry_id=entry_of(view, 0), start=at(9),
        interviewer_ids=[interviewer_named(view, "辻")],
    )  # fmt: skip
    (one,) = calendar(database, programme_id=programme_id).interviews
    return one.interview_id


def one_of(database: Database, programme_id: int, part: str) -> InterviewerSettings:
    rows = interviewer_settings(database, programme_id=programme_id)
    return next(row for row in rows if part in row.name)


class TestTheProgramme:
    def test_everything_is_saved_read_back_undone_and_done_again(
        self, database: Database, programme_id: int
    ) -> None:
        before = interview_settings(database, programme_id=programme_id)
        wanted = replace(
            before, interview_slot_minutes=45, interview_gap_minutes=5, interview_day_from=time(9),
            interview_day_until=time(18), lunch_from=None, lunch_until=None,
            interview_until=before.interview_until + timedelta(days=3),
            interview_scope=InterviewScope.PERSON, interview_panel=("職員課", " 受入部署 ", ""),
            interview_daily_limit=8,
        )  # fmt: skip
        saved = save_settings(database, programme_id=programme_id, settings=wanted)
        assert (saved.change.label.code, saved.unfit) == ("interview.settings", ())
        after = interview_settings(database, programme_id=programme_id)
        assert after == replace(
            wanted, version=before.version + 1, interview_panel=("職員課", "受入部署", "")
        )
        view = calendar(database, programme_id=programme_id)
        assert (view.scope, view.panel, view.daily_limit) == (
            InterviewScope.PERSON,
            ("職員課", "受入部署", ""),
            8,
        )
        undo(database)
        assert replace(interview_settings(database, programme_id=programme_id), version=1) == replace(
            before, version=1
        )
        redo(database)
        assert interview_settings(database, programme_id=programme_id).interview_slot_minutes == 45

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"interview_slot_minutes": 0}, "interview_slot_minutes"),
            ({"interview_slot_minutes": 32}, "interview_slot_minutes"),
            ({"interview_gap_minutes": -5}, "interview_gap_minutes"),
            ({"interview_day_until": time(8)}, "interview_day_until"),
            ({"lunch_from": None}, "lunch_from"),
            ({"interview_daily_limit": 0}, "interview_daily_limit"),
            ({"interview_panel": ("",) * 7}, "interview_panel"),
            ({"interview_until": FIRST_DAY - timedelta(days=1)}, "interview_until"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(
        self, database: Database, programme_id: int, change: dict[str, object], field: str
    ) -> None:
        before = interview_settings(database, programme_id=programme_id)
        with pytest.raises(ValidationError) as refused:
            save_settings(database, programme_id=programme_id, settings=replace(before, **change))  # type: ignore[arg-type]
        assert refused.value.field == field
        assert interview_settings(database, programme_id=programme_id) == before

    def test_interviews_that_would_not_fit_are_named_before_and_marked_after(
        self, database: Database, programme_id: int, interview_id: int
    ) -> None:
        before = interview_settings(database, programme_id=programme_id)
        wanted = replace(before, interview_day_from=time(9, 30))
        (unfit,) = foresee_settings(database, programme_id=programme_id, settings=wanted)
        assert (unfit.interview_id, unfit.problems) == (interview_id, ("outside-hours",))
        with pytest.raises(RuleError) as refused:
            save_settings(database, programme_id=programme_id, settings=wanted)
        assert refused.value.code == "interview.settings-unfit"
        assert refused.value.params == {"count": 1, "people": ["髙橋　美咲"]}
        assert interview_settings(database, programme_id=programme_id) == before
        saved = save_settings(database, programme_id=programme_id, settings=wanted, despite=True)
        assert saved.unfit == (unfit,)
        assert calendar(database, programme_id=programme_id).interviews[0].problems == ("outside-hours",)
        again = interview_settings(database, programme_id=programme_id)
        assert foresee_settings(database, programme_id=programme_id, settings=again) == ()

    def test_scope_and_period_stay_while_interviews_hang_on_them(
        self, database: Database, programme_id: int, interview_id: int
    ) -> None:
        before = interview_settings(database, programme_id=programme_id)
        with pytest.raises(RuleError, match=r"interview\.scope-booked"):
            save_settings(
                database, programme_id=programme_id, despite=True,
                settings=replace(before, interview_scope=InterviewScope.APPLICATION),
            )  # fmt: skip
        later = replace(before, interview_from=FIRST_DAY + timedelta(days=1))
        with pytest.raises(RuleError) as refused:
            save_settings(database, programme_id=programme_id, settings=later, despite=True)
        assert refused.value.code == "interview.period-booked"
        assert refused.value.params == {"count": 1, "first": FIRST_DAY, "last": FIRST_DAY}
        cancel(database, interview_id=interview_id)
        save_settings(database, programme_id=programme_id, settings=later)

    def test_what_was_changed_meanwhile_is_not_overwritten(
        self, database: Database, programme_id: int
    ) -> None:
        before = interview_settings(database, programme_id=programme_id)
        save_settings(database, programme_id=programme_id, settings=replace(before, interview_daily_limit=5))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_settings(
                database, programme_id=programme_id, settings=replace(before, interview_daily_limit=6)
            )
        with pytest.raises(NotFoundError, match=r"programme\.none|programme\.gone"):
            interview_settings(database, programme_id=999)


class TestAnInterviewer:
    @pytest.mark.usefixtures("view")
    def test_everything_is_saved_read_back_and_undone(self, database: Database, programme_id: int) -> None:
        before = one_of(database, programme_id, "辻")
        wanted = replace(
            before, name="デジタル推進室　辻　", role="受入部署", daily_limit=6, course_ids=frozenset(),
            gives_support=True, meeting_url=" https://meet.example.jp/j/1?pwd=ab#x ",
        )  # fmt: skip
        saved = save_interviewer(database, settings=wanted)
        assert saved.change.label.code == "interview.interviewer"
        after = one_of(database, programme_id, "辻")
        assert (after.role, after.daily_limit, after.course_ids) == ("受入部署", 6, frozenset())
        assert (after.gives_support, after.meeting_url) == (True, "https://meet.example.jp/j/1?pwd=ab#x")
        column = calendar(database, programme_id=programme_id).interviewer_of[before.interviewer_id]
        assert (column.role, column.daily_limit, column.meeting_url) == ("受入部署", 6, after.meeting_url)
        undo(database)
        assert one_of(database, programme_id, "辻").course_ids == before.course_ids

    @pytest.mark.parametrize(
        "url",
        [
            "http://meet.example.jp/", "meet.example.jp", "https://", "https://localhost", "https://a b.jp/",
            "https://meet.example.jp/a b", "https://user@meet.example.jp/", "javascript:alert(1)",
            "https://meet.example.jp/<x>", "https://.jp/", "https://meet.example.jp/\n.",
            "https://x.jp/" + "a" * 2000,
        ],
    )  # fmt: skip
    @pytest.mark.usefixtures("view")
    def test_an_address_that_is_none_is_refused(
        self, database: Database, programme_id: int, url: str
    ) -> None:
        before = one_of(database, programme_id, "辻")
        with pytest.raises(ValidationError) as refused:
            save_interviewer(database, settings=replace(before, meeting_url=url))
        assert (refused.value.code, refused.value.field) == ("interview.url", "meeting_url")

    @pytest.mark.usefixtures("view")
    def test_names_are_needed_and_told_apart(self, database: Database, programme_id: int) -> None:
        before = one_of(database, programme_id, "辻")
        with pytest.raises(ValidationError, match=r"interviewer\.name-missing"):
            save_interviewer(database, settings=replace(before, name=" "))
        with pytest.raises(ValidationError, match=r"interviewer\.name-taken"):
            save_interviewer(database, settings=replace(before, name="職員課　佐野"))
        with pytest.raises(ValidationError, match=r"number\.too-small"):
            save_interviewer(database, settings=replace(before, daily_limit=0))
        with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
            save_interviewer(database, settings=replace(before, version=before.version + 1))
        with pytest.raises(NotFoundError, match=r"interview\.unknown-interviewer"):
            save_interviewer(database, settings=replace(before, interviewer_id=999))

    def test_booked_interviews_that_would_not_fit_are_told(
        self, database: Database, programme_id: int, interview_id: int
    ) -> None:
        before = one_of(database, programme_id, "辻")
        other = one_of(database, programme_id, "南")
        wanted = replace(before, course_ids=other.course_ids)
        with pytest.raises(RuleError, match=r"interview\.settings-unfit"):
            save_interviewer(database, settings=wanted)
        (unfit,) = save_interviewer(database, settings=wanted, despite=True).unfit
        assert (unfit.interview_id, unfit.problems) == (interview_id, ("wrong-course",))

"""Papers of the interview day, read back: what each may show, and what it may not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from interview_scene import at, entry_of, interviewer_named, number, office_and_people
from pdf_reading import pages_text
from sqlalchemy import select

from fujisawa_desktop.documents.specs import DoorListSpec, RosterSpec, ScoreSheetSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import InterviewCriterion, Interviewer, InterviewNeed, Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.interview_booking import book
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.unit_of_work import unit_of_work

URL = "https://meet.example.jp/sano"
KINDS = ("score-sheet", "door-list", "interviewer-timetable")


@pytest.fixture
def office(database: Database, programme_id: int, tmp_path: Path) -> CalendarView:
    view = office_and_people(database, programme_id, tmp_path, narrow=3)
    for index, who, start in (
        (0, "佐野", at(9)),
        (1, "佐野", at(9, 30)),
        (2, "辻", at(9)),
        (7, "佐野", datetime(2024, 10, 31, 13)),
    ):
        book(
            database,
            programme_id=programme_id,
            entry_id=entry_of(view, index),
            interviewer_id=interviewer_named(view, who),
            start=start,
            despite=True,
        )
    with unit_of_work(database, "test") as work:
        work.session.get_one(Interviewer, interviewer_named(view, "佐野")).meeting_url = URL
        work.session.add(
            InterviewNeed(
                applicant_id=view.person_of[entry_of(view, 0)].applicant_id,
                needs_support=True,
                note="筆談を希望",
            )
        )
        work.commit()
    return view


def criteria(database: Database, programme_id: int) -> None:
    with unit_of_work(database, "test") as work:
        for position, (name, most) in enumerate((("志望動機", 5), ("協調性", 20)), 1):
            work.session.add(
                InterviewCriterion(
                    programme_id=programme_id,
                    position=position,
                    name=name,
                    guidance="見る所",
                    max_points=most,
                )
            )
        work.commit()


def make(database: Database, programme_id: int, kind: str, **more: object) -> PaperDraft:
    return make_papers(
        database,
        programme_id=programme_id,
        kind=kind,
        now=datetime(2024, 10, 29, 9),
        **more,  # type: ignore[arg-type]
    )


def test_each_interview_gets_a_sheet_for_each_interviewer(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    criteria(database, programme_id)
    draft = make(database, programme_id, "score-sheet")
    assert draft.page_count == 4
    assert [page.name for page in draft.pages] == [
        f"{number(0)}　職員課　佐野",
        f"{number(1)}　職員課　佐野",
        f"{number(7)}　職員課　佐野",
        f"{number(2)}　デジタル推進室　辻",
    ]
    spec = draft.sheets[0].spec
    assert isinstance(spec, ScoreSheetSpec)
    assert [(line.name, line.scale, line.most) for line in spec.criteria] == [
        ("志望動機", "0　1　2　3　4　5", "／5"),
        ("協調性", "", "／20"),
    ]
    assert spec.need is not None
    assert spec.need.text == "筆談を希望"
    text = pages_text(draft.pdf)[0]
    assert all(
        word in text for word in (number(0), "髙橋", "9:00～9:30", "取扱注意", "総合判断", "筆談を希望")
    )
    assert "配慮事項" not in pages_text(draft.pdf)[1]


def test_points_to_choose_from_stay_on_one_line(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    with unit_of_work(database, "test") as work:
        for most in range(1, 11):
            work.session.add(
                InterviewCriterion(
                    programme_id=programme_id, position=most, name=f"項目{most}", max_points=most
                )
            )
        work.commit()
    draft = make(database, programme_id, "score-sheet")
    assert draft.warnings == ()
    text = "".join(pages_text(draft.pdf)[:2])
    assert "0 1 2 3 4 5 6 7 8 9 10" in text
    assert "0　1　2　3　4　5　6　7　8" in text


def test_without_criteria_the_sheet_has_lines_to_write_on(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    spec = make(database, programme_id, "score-sheet").sheets[0].spec
    assert isinstance(spec, ScoreSheetSpec)
    assert (spec.criteria, spec.blank_lines) == ((), 5)


def test_the_door_shows_times_and_numbers_only(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    draft = make(database, programme_id, "door-list")
    assert draft.page_count == 3  # 佐野 on two days, 辻 on one
    spec = draft.sheets[0].spec
    assert isinstance(spec, DoorListSpec)
    assert [(line.time, line.number) for line in spec.lines] == [
        ("9:00～9:30", number(0)),
        ("9:30～10:00", number(1)),
    ]
    whole = "".join(pages_text(draft.pdf))
    for person in office.people:
        assert person.name.split("　")[0] not in whole
        assert person.kana.split(" ")[0] not in whole
    assert "筆談" not in whole


def test_each_interviewer_has_a_list_of_the_own_interviews(
    database: Database, programme_id: int, office: CalendarView
) -> None:
    draft = make(database, programme_id, "interviewer-timetable")
    assert [page.name for page in draft.pages] == ["職員課　佐野", "デジタル推進室　辻"]
    spec = draft.sheets[0].spec
    assert isinstance(spec, RosterSpec)
    assert [row[:3] for row in spec.rows] == [
        ("10/30（水）", "9:00～9:30", number(0)),
        ("10/30（水）", "9:30～10:00", number(1)),
        ("10/31（木）", "13:00～13:30", number(7)),
    ]
    assert [row[-1] for row in spec.rows] == ["筆談を希望", "", ""]


@pytest.mark.parametrize("kind", [*KINDS, "interview-timetable"])
def test_no_meeting_address_stands_on_any_paper(
    database: Database, programme_id: int, office: CalendarView, kind: str
) -> None:
    assert "meet.example" not in "".join(pages_text(make(database, programme_id, kind).pdf))


@pytest.mark.parametrize("kind", KINDS)
def test_some_people_only_and_the_record(
    database: Database, programme_id: int, office: CalendarView, kind: str
) -> None:
    draft = make(database, programme_id, kind, numbers=[number(2)])
    assert draft.page_count == 1
    issue_papers(database, draft=draft)
    with database.read() as session:
        [notice] = session.scalars(select(Notice))
        assert (notice.kind, notice.applicant_id) == (kind, None)


@pytest.mark.parametrize("kind", KINDS)
def test_without_interviews_there_is_no_paper(database: Database, programme_id: int, kind: str) -> None:
    with pytest.raises(RuleError) as refused:
        make(database, programme_id, kind)
    assert refused.value.code == "papers.no-interviews"

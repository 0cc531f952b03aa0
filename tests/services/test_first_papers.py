"""The first sheets alone, which stand before the whole is made."""

from __future__ import annotations

from datetime import datetime

import pytest
from appointed import Person, add_people
from interview_scene import at
from pdf_reading import opened, pages_text, picture
from sqlalchemy import select

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Entry, Interviewer
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services import letter_rows
from fujisawa_desktop.services.interview_booking import Sitting, write_sittings
from fujisawa_desktop.services.paper_warmth import get_ready
from fujisawa_desktop.services.papers import PaperDraft, make_papers
from fujisawa_desktop.services.selection import record_decisions, release
from fujisawa_desktop.services.unit_of_work import unit_of_work

NOW = datetime(2024, 10, 25, 17, 2)
PEOPLE = (
    Person("100", "葛\U000e0100城　𠮷之助", "カツラギ ヨシノスケ", 0, Status.RECEIVED),
    Person("101", "楜澤　涼介", "クルミザワ リョウスケ", 1, Status.RECEIVED),
    Person("RN1", "髙﨑　花", "タカサキ ハナ", 0, Status.RECEIVED),
)


@pytest.fixture
def decided(database: Database, programme_id: int) -> Database:
    add_people(database, programme_id, PEOPLE)
    with database.read() as session:
        ids = list(session.scalars(select(Application.id)))
    record_decisions(database, application_ids=ids, stage=Stage.FIRST, result=Result.PASS, actor="test")
    release(database, programme_id=programme_id, stage=Stage.FIRST, actor="test")
    return database


@pytest.fixture
def booked(decided: Database, programme_id: int) -> Database:
    with unit_of_work(decided, "test.book", actor="test") as act:
        act.session.add(Interviewer(programme_id=programme_id, position=1, name="職員課 佐野"))
        act.session.flush()
        seat = act.session.scalars(select(Interviewer.id)).one()
        entries = act.session.scalars(select(Entry).order_by(Entry.id)).all()
        write_sittings(
            act,
            programme_id,
            [
                Sitting(entry.id, entry.applicant_id, (seat,), at(9 + hour), at(9 + hour, 30))
                for hour, entry in enumerate(entries)
            ],
        )
        act.commit()
    return decided


def make(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    return make_papers(database, programme_id=programme_id, kind=kind, now=NOW, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "kind", ["first-result", "interview-invitation", "roster", "interview-timetable", "score-sheet"]
)
@pytest.mark.parametrize("first", [1, 2])
def test_the_first_sheets_are_those_of_the_whole(
    booked: Database, programme_id: int, kind: str, first: int
) -> None:
    whole = make(booked, programme_id, kind)
    few = make(booked, programme_id, kind, first=first)
    assert whole.is_whole
    assert not few.is_whole
    count = min(first, len(whole.sheets))
    assert few.sheets == whole.sheets[:count]
    assert few.pages == whole.pages[:count]
    for page in range(few.page_count):
        assert (picture(few.pdf, page, 72) == picture(whole.pdf, page, 72)).all()


def test_more_than_there_are_is_all_of_them(decided: Database, programme_id: int) -> None:
    assert make(decided, programme_id, "first-result", first=99).page_count == 3


def test_who_left_does_not_take_the_place_of_the_first(decided: Database, programme_id: int) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        act.session.scalars(select(Application).order_by(Application.id)).first().status = Status.WITHDRAWN
        act.commit()
    assert [page.number for page in make(decided, programme_id, "first-result", first=1).pages] == ["101"]
    named = make(decided, programme_id, "first-result", first=1, numbers=["RN1", "100"])
    assert [page.number for page in named.pages] == ["100"]


def test_a_person_with_two_results_has_both_letters_among_the_first(
    decided: Database, programme_id: int
) -> None:
    with unit_of_work(decided, "test", actor="test") as act:
        entry = act.session.scalars(select(Entry).where(Entry.number == "100")).one()
        act.session.add(
            Application(applicant_id=entry.applicant_id, entry_id=entry.id, course_id=2, preference=2)
        )
        act.session.flush()
        key = act.session.scalars(select(Application.id).order_by(Application.id.desc())).first()
        act.commit()
    assert key is not None
    record_decisions(decided, application_ids=[key], stage=Stage.FIRST, result=Result.FAIL, actor="test")
    release(decided, programme_id=programme_id, stage=Stage.FIRST, actor="test")
    assert [page.number for page in make(decided, programme_id, "first-result", first=1).pages] == ["100"]
    two = make(decided, programme_id, "first-result", first=2)
    assert [sheet.spec.owner.key for sheet in two.sheets] == ["100", "100"]


def test_nobody_at_all_is_said_at_once(database: Database, programme_id: int) -> None:
    with pytest.raises(RuleError) as nobody:
        make(database, programme_id, "first-result", first=1)
    assert nobody.value.code == "papers.nobody"


def test_only_those_named_get_a_letter_however_many_they_are(
    decided: Database, programme_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More names than one statement takes must not turn into everybody."""
    monkeypatch.setattr(letter_rows, "CHUNK", 1)
    draft = make(decided, programme_id, "first-result", numbers=["RN1", "100"])
    assert [page.number for page in draft.pages] == ["100", "RN1"]


def test_getting_ready_makes_a_page_and_needs_nobody(database: Database, programme_id: int) -> None:
    with opened(get_ready(database, programme_id=programme_id)) as document:
        assert len(document) == 1


def test_getting_ready_changes_no_byte_of_what_follows(decided: Database, programme_id: int) -> None:
    before = make(decided, programme_id, "first-result").pdf
    page = get_ready(decided, programme_id=programme_id)
    assert "楜澤　涼介" not in "".join(pages_text(page)), "the page to draw shows nobody"
    assert make(decided, programme_id, "first-result").pdf == before

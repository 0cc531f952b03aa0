"""For whom letters can be made: results, courses, those not told yet."""

from __future__ import annotations

import pytest
from paper_scene import NOW, applications, book, decided, make
from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Decision
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import Result
from fujisawa_desktop.services.corrections import correct_decision
from fujisawa_desktop.services.paper_audience import Audience, AudienceGroup, paper_audiences
from fujisawa_desktop.services.papers import issue_papers


@pytest.fixture
def office(database: Database, programme_id: int) -> Database:
    return decided(database, programme_id)


def groups(
    database: Database, programme_id: int, kind: str = "first-result"
) -> dict[Audience, list[AudienceGroup]]:
    found: dict[Audience, list[AudienceGroup]] = {}
    for group in paper_audiences(database, programme_id=programme_id, kind=kind):
        found.setdefault(group.audience, []).append(group)
    return found


def numbers(database: Database, programme_id: int, group: AudienceGroup) -> set[str]:
    draft = make(database, programme_id, application_ids=group.application_ids)
    return {page.number for page in draft.pages}


def test_results_and_courses_are_groups_and_nobody_is_no_group(office: Database, programme_id: int) -> None:
    found = groups(office, programme_id)
    assert [group.count for group in found[Audience.EVERYBODY]] == [3]
    assert [group.count for group in found[Audience.PASS]] == [2]
    assert [group.count for group in found[Audience.FAIL]] == [1]
    assert Audience.RESERVE not in found
    assert sorted(group.count or 0 for group in found[Audience.COURSE]) == [1, 2]


def test_the_letters_of_a_group_are_those_of_its_people(office: Database, programme_id: int) -> None:
    found = groups(office, programme_id)
    assert numbers(office, programme_id, found[Audience.PASS][0]) == {"100", "RN1"}
    assert numbers(office, programme_id, found[Audience.FAIL][0]) == {"101"}
    courses = [numbers(office, programme_id, group) for group in found[Audience.COURSE]]
    assert sorted(courses, key=len) == [{"101"}, {"100", "RN1"}]


def test_a_group_has_its_first_page_too(office: Database, programme_id: int) -> None:
    [failed] = groups(office, programme_id)[Audience.FAIL]
    draft = make(office, programme_id, application_ids=failed.application_ids, first=1)
    assert [page.number for page in draft.pages] == ["101"]


def test_who_was_sent_the_letter_is_told_no_more(office: Database, programme_id: int) -> None:
    draft = make(office, programme_id, numbers=["100", "101"])
    issue_papers(office, draft=draft)
    [untold] = groups(office, programme_id)[Audience.NOT_TOLD]
    assert numbers(office, programme_id, untold) == {"RN1"}
    issue_papers(office, draft=make(office, programme_id, numbers=["RN1"]))
    assert Audience.NOT_TOLD not in groups(office, programme_id)


def test_a_corrected_result_has_to_be_told_again(office: Database, programme_id: int) -> None:
    issue_papers(office, draft=make(office, programme_id))
    ids = applications(office, "101")
    with office.read() as session:
        decision = session.scalars(select(Decision.id).where(Decision.application_id.in_(ids))).one()
    correct_decision(office, decision_id=decision, result=Result.PASS, reason="転記の誤り", actor="test")
    found = groups(office, programme_id)
    assert [group.count for group in found[Audience.PASS]] == [3]
    assert Audience.FAIL not in found


def test_people_with_an_interview_are_those_to_invite(office: Database, programme_id: int) -> None:
    assert groups(office, programme_id, "interview-invitation") == {}
    book(office, programme_id, "100", 10)
    found = groups(office, programme_id, "interview-invitation")
    assert [group.count for group in found[Audience.EVERYBODY]] == [1]
    assert [group.count for group in found[Audience.NOT_TOLD]] == [1]
    draft = make(office, programme_id, "interview-invitation", dated=NOW.date())
    issue_papers(office, draft=draft)
    assert Audience.NOT_TOLD not in groups(office, programme_id, "interview-invitation")


def test_lists_are_for_nobody_in_particular(office: Database, programme_id: int) -> None:
    assert paper_audiences(office, programme_id=programme_id, kind="roster") == ()
    with pytest.raises(NotFoundError):
        paper_audiences(office, programme_id=programme_id, kind="novel")

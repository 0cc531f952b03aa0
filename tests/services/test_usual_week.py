"""The usual week of one person: read like a cell of the grid, kept as typed, nothing planned by it."""

from __future__ import annotations

import pytest
from appointed import FOUR, appoint_four, staff

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.staff import Member, work_terms
from fujisawa_desktop.services.usual_week import UsualWeek, save_usual_week, week_minutes

RYOSUKE = FOUR[0].number


@pytest.fixture
def member(database: Database, programme_id: int) -> Member:
    return appoint_four(database, programme_id)[RYOSUKE]


def save(database: Database, member: Member, entries: dict[int, str]) -> UsualWeek:
    return save_usual_week(
        database, appointment_id=member.appointment_id, version=member.version, entries=entries, actor="test"
    )


def test_it_is_kept_as_typed(database: Database, programme_id: int, member: Member) -> None:
    saved = save(database, member, {0: "終", 2: " ９－１２ ", 4: "", 3: "9-12, 13-15"})
    assert saved.change.kinds == {"appointment"}
    assert saved.findings == ()
    assert staff(database, programme_id)[RYOSUKE].usual_week == {0: "終", 2: "９－１２", 3: "9-12, 13-15"}
    assert history_of(database, "applicant", member.applicant_id)[0].label.code == "appointment.usual-week"
    undo(database)
    assert staff(database, programme_id)[RYOSUKE].usual_week == {}


def test_its_minutes(database: Database, programme_id: int) -> None:
    with database.read() as session:
        patterns = work_terms(session, programme_id).patterns
    assert week_minutes({}, patterns) == 0
    assert week_minutes({0: "終", 1: "半", 2: "9-11:50"}, patterns) == 360 + 180 + 170
    assert week_minutes({0: "夜"}, patterns) == 0  # a sign the programme no longer has


def test_saving_what_stands_there_is_no_act(database: Database, programme_id: int, member: Member) -> None:
    save(database, member, {0: "終"})
    now = staff(database, programme_id)[RYOSUKE]
    assert not save(database, now, {0: "終", 1: ""}).change.changed


def test_what_is_odd_is_told_and_kept(database: Database, programme_id: int, member: Member) -> None:
    saved = save(database, member, {0: "終", 1: "終", 2: "終", 3: "半"})
    assert {finding.code: dict(finding.params) for finding in saved.findings} == {
        "usual-week.many-days": {"days": 4, "most": 3},
        "appointing.usual-week-long": {"week_hm": 1260},
    }
    assert len(staff(database, programme_id)[RYOSUKE].usual_week) == 4


@pytest.mark.parametrize(
    ("day", "text", "code"),
    [
        (0, "いつも", "shift.unreadable"),
        (1, "16-9", "shift.end-before-start"),
        (2, "9-25", "shift.next-day"),
        (3, "9-12/200", "shift.break-too-long"),
        (4, "9-12, 11-14", "usual-week.overlap"),
        (5, "半", "usual-week.closed"),
        (6, "半", "usual-week.closed"),
    ],
)
def test_what_cannot_be(
    database: Database, programme_id: int, member: Member, day: int, text: str, code: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        save(database, member, {0: "終", day: text})
    assert (caught.value.code, caught.value.field) == (code, f"usual_week.{day}")
    assert staff(database, programme_id)[RYOSUKE].usual_week == {}


def test_two_stretches_that_touch_do_not_overlap(database: Database, member: Member) -> None:
    assert save(database, member, {0: "9-12, 12-15"}).change.changed


def test_somebody_else_was_faster(database: Database, member: Member) -> None:
    save(database, member, {0: "終"})
    with pytest.raises(ConflictError, match=r"conflict\.changed-meanwhile"):
        save(database, member, {1: "終"})


def test_an_appointment_that_is_not_there(database: Database) -> None:
    with pytest.raises(NotFoundError, match=r"appointment\.missing"):
        save_usual_week(database, appointment_id=99, version=1, entries={})

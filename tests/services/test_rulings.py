from __future__ import annotations

from pathlib import Path

import pytest
from intake_scene import CHILD, DX, OTHER, row_of, take_in
from sqlalchemy import select

from fujisawa_desktop.errors import NotFoundError, RuleError, ValidationError
from fujisawa_desktop.models import Application, Entry, FlagRuling, FlagVerdict
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.rulings import (
    FLAG_COLUMNS,
    not_waived_condition,
    open_flag_condition,
    open_flags,
    reopen_flag,
    rule_flag,
    rulings_of,
    standing_flag_condition,
    standing_flags,
    waived_flags,
)

LATE = {"申込日時": "2024/10/17 00:03:00"}
SCHOOL = {"大学・大学院名": "見本専門学校"}
TAKEN_BACK = {**OTHER, "処理状況": "取下げ"}


@pytest.fixture
def late(database: Database, programme_id: int, tmp_path: Path) -> int:
    """An entry that is late and not from a student."""
    take_in(database, programme_id, tmp_path, {**LATE, **SCHOOL})
    return row_of(database, programme_id, "1001").entry_id


def asked(database: Database, entry_id: int) -> tuple[tuple[str, ...], ...]:
    """Return the open, the standing and the waived flags, in words and by condition alike."""
    with database.read() as session:
        told = tuple(
            ask(session, [entry_id]).get(entry_id, ()) for ask in (open_flags, standing_flags, waived_flags)
        )
        for flags, condition in zip(told[:2], (open_flag_condition, standing_flag_condition), strict=True):
            for flag in FLAG_COLUMNS:
                found = session.scalars(select(Entry.id).where(condition(flag))).all()
                assert (entry_id in found) is (flag in flags)
        out = session.scalars(select(Entry.id).where(not_waived_condition())).all()
        assert (entry_id in out) is bool(told[0] or told[1])
        return told


def statuses(database: Database, entry_id: int) -> list[ApplicationStatus]:
    with database.read() as session:
        return list(session.scalars(select(Application.status).where(Application.entry_id == entry_id)))


def test_a_flag_is_open_until_a_clerk_decides(database: Database, late: int) -> None:
    assert asked(database, late) == (("late", "not-student"), (), ())
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.STANDS)
    assert asked(database, late) == (("not-student",), ("late",), ())
    rule_flag(
        database,
        entry_id=late,
        flag="not-student",
        verdict=FlagVerdict.WAIVED,
        reason="大学に在学",
        actor="乙",
    )
    assert asked(database, late) == ((), ("late",), ("not-student",))
    with database.read() as session:
        view = rulings_of(session, late)["not-student"]
    assert (view.verdict, view.reason, view.actor) == (FlagVerdict.WAIVED, "大学に在学", "乙")


def test_a_decision_can_be_changed_taken_away_and_undone(database: Database, late: int) -> None:
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.STANDS)
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason="障害のため")
    assert asked(database, late)[2] == ("late",)
    undo(database)
    assert asked(database, late)[1] == ("late",)
    redo(database)
    reopen_flag(database, entry_id=late, flag="late")
    assert asked(database, late)[0] == ("late", "not-student")
    undo(database)
    assert asked(database, late)[2] == ("late",)
    same = rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason="障害のため")
    assert not same.changed


def test_what_cannot_be_decided_is_refused(database: Database, late: int) -> None:
    with pytest.raises(ValidationError) as refused:
        rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason=" ")
    assert refused.value.code == "ruling.reason-missing"
    with pytest.raises(RuleError) as refused_rule:
        rule_flag(database, entry_id=late, flag="withdrawn", verdict=FlagVerdict.STANDS)
    assert refused_rule.value.code == "ruling.flag-gone"
    with pytest.raises(RuleError):
        reopen_flag(database, entry_id=late, flag="late")
    with pytest.raises(NotFoundError):
        rule_flag(database, entry_id=999, flag="late", verdict=FlagVerdict.STANDS)
    with database.read() as session:
        assert session.scalars(select(FlagRuling)).all() == []


def test_a_new_import_does_not_undo_a_decision(
    database: Database, programme_id: int, tmp_path: Path, late: int
) -> None:
    rule_flag(database, entry_id=late, flag="late", verdict=FlagVerdict.WAIVED, reason="障害のため")
    result = take_in(database, programme_id, tmp_path, {**LATE, **SCHOOL, "志望理由": "改めます。"})
    assert result.updated == 1
    assert asked(database, late) == (("not-student",), (), ("late",))


@pytest.mark.parametrize(
    ("verdict", "status"),
    [(FlagVerdict.WAIVED, ApplicationStatus.RECEIVED), (FlagVerdict.STANDS, ApplicationStatus.WITHDRAWN)],
)
def test_a_course_chosen_later_follows_what_was_decided_about_the_entry(
    database: Database, programme_id: int, tmp_path: Path, verdict: FlagVerdict, status: ApplicationStatus
) -> None:
    take_in(database, programme_id, tmp_path, TAKEN_BACK)
    entry_id = row_of(database, programme_id, "1002").entry_id
    rule_flag(database, entry_id=entry_id, flag="withdrawn", verdict=verdict, reason="誤操作")
    take_in(database, programme_id, tmp_path, {**TAKEN_BACK, "希望コース": f"{DX};{CHILD}"})
    assert statuses(database, entry_id) == [status, status]


def test_an_entry_taken_back_by_mistake_is_in_the_selection_again(
    database: Database, programme_id: int, tmp_path: Path
) -> None:
    take_in(database, programme_id, tmp_path, TAKEN_BACK)
    entry_id = row_of(database, programme_id, "1002").entry_id
    assert statuses(database, entry_id) == [ApplicationStatus.WITHDRAWN]
    rule_flag(database, entry_id=entry_id, flag="withdrawn", verdict=FlagVerdict.WAIVED, reason="誤操作")
    assert statuses(database, entry_id) == [ApplicationStatus.RECEIVED]
    take_in(database, programme_id, tmp_path, {**TAKEN_BACK, "志望理由": "改めます。"})
    assert statuses(database, entry_id) == [ApplicationStatus.RECEIVED]
    reopen_flag(database, entry_id=entry_id, flag="withdrawn")
    assert statuses(database, entry_id) == [ApplicationStatus.WITHDRAWN]
    undo(database)
    assert statuses(database, entry_id) == [ApplicationStatus.RECEIVED]

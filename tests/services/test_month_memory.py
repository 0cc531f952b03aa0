"""What is kept of a month is always what a fresh reading of the same database finds."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, Person, add_people, appoint_four, sample_december

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models import Applicant, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services import month_memory
from fujisawa_desktop.services.appointments import appoint, save_terms, terms_form
from fujisawa_desktop.services.backups import make_backup
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.hours import MonthView, month_view
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.months import close_month, reopen_month
from fujisawa_desktop.services.pay import PayRow, issue_statements, pay_for_month
from fujisawa_desktop.services.returning import restore_backup
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.unit_of_work import unit_of_work

ACTOR = "test"
JANUARY = (2025, 1)
DAYS = (*TEN_DAYS, date(2025, 1, 8), date(2025, 1, 9))
TEXTS = ("終", "半", "9-11:50", "9-12, 13-17", "13-21/60", "")

Asked = tuple[MonthView, list[PayRow]]


def ask(database: Database, programme_id: int, month: tuple[int, int] = DECEMBER) -> Asked:
    where: dict[str, Any] = {"programme_id": programme_id, "year": month[0], "month": month[1]}
    return month_view(database, **where), pay_for_month(database, **where)


def fresh(database: Database, programme_id: int, month: tuple[int, int] = DECEMBER) -> Asked:
    """The same without anything kept."""
    kept, database.kept = database.kept, {}
    try:
        return ask(database, programme_id, month)
    finally:
        database.kept = kept


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Who was worked out again: ``None`` for everybody, else the appointments."""
    seen: list[object] = []
    whole = month_memory.remembered

    def watched(session: Any, database: Any, question: Any, make: Callable[..., Any]) -> Any:
        def noted(ids: Any) -> Any:
            seen.append(ids)
            return make(ids)

        return whole(session, database, question, noted)

    monkeypatch.setattr("fujisawa_desktop.services.hours.remembered", watched)
    return seen


@pytest.fixture
def four(database: Database, programme_id: int) -> dict[str, Member]:
    return sample_december(database, programme_id)


def test_an_act_about_one_person_lets_only_that_person_be_read_again(
    database: Database, programme_id: int, four: dict[str, Member], read: list[object]
) -> None:
    member = four[FOUR[1].number]
    before, _pay = ask(database, programme_id)
    type_day(database, programme_id, member, TEN_DAYS[0], "半")
    after, _pay = ask(database, programme_id)
    assert read == [None, {member.appointment_id}]
    assert after == fresh(database, programme_id)[0]
    assert after != before
    kept = [one for one in before.people if one.member.number != member.number]
    assert all(any(one is other for other in after.people) for one in kept)


def test_nothing_is_read_again_while_nothing_happens(
    database: Database, programme_id: int, four: dict[str, Member], read: list[object]
) -> None:
    assert ask(database, programme_id) == ask(database, programme_id)
    assert read == [None]


def test_each_month_and_each_programme_is_kept_by_itself(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    for month in (DECEMBER, JANUARY, (2025, 2), DECEMBER):
        assert ask(database, programme_id, month) == fresh(database, programme_id, month)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_acts_what_is_kept_is_what_a_fresh_reading_finds(
    database: Database, programme_id: int, four: dict[str, Member], seed: int
) -> None:
    random = Random(seed)
    people = list(four.values())
    acts = (
        type_some,
        type_some,
        type_some,
        close_some,
        set_fares,
        state,
        undo_one,
        redo_one,
        new_limit,
        rename,
    )
    for _step in range(25):
        act = random.choice(acts)
        with suppress(AppError):  # a refusal changes nothing, which is worth a comparison too
            act(database, programme_id, people, random)
        month = random.choice((DECEMBER, JANUARY))
        assert ask(database, programme_id, month) == fresh(database, programme_id, month), act


def test_somebody_appointed_later_comes_into_the_month_and_leaves_it_with_the_undo(
    database: Database, programme_id: int, four: dict[str, Member]
) -> None:
    ask(database, programme_id)
    add_people(database, programme_id, (Person("100000999999", "新　人", "アタラシ ヒト"),))
    appoint(database, programme_id=programme_id, accept=True, actor=ACTOR)
    assert len(ask(database, programme_id)[0].people) == len(FOUR) + 1
    assert ask(database, programme_id) == fresh(database, programme_id)
    undo(database, actor=ACTOR)
    assert len(ask(database, programme_id)[0].people) == len(FOUR)
    assert ask(database, programme_id) == fresh(database, programme_id)


@pytest.mark.file_only("a copy is poured back into a live file; a server is brought back by its own means")
def test_a_database_that_was_put_back_to_another_state_is_read_anew(
    database: Database, programme_id: int, four: dict[str, Member], tmp_path: Path
) -> None:
    copy = make_backup(database, target=tmp_path / "copy.fjdb").path
    type_day(database, programme_id, four[FOUR[0].number], TEN_DAYS[0], "半")
    ask(database, programme_id)
    assert database.path is not None
    restore_backup(database.path, source=copy)
    assert ask(database, programme_id) == fresh(database, programme_id)


def test_an_act_about_very_many_lets_everybody_be_read(
    database: Database, programme_id: int, four: dict[str, Member], read: list[object]
) -> None:
    ask(database, programme_id)
    for day in range(month_memory._ACTS + 2):
        type_day(database, programme_id, four[FOUR[0].number], TEN_DAYS[0], "半" if day % 2 else "終")
    assert ask(database, programme_id)[0] == fresh(database, programme_id)[0]
    assert read[:2] == [None, None]


def test_only_so_many_months_are_kept(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)
    for month in range(1, 13):
        ask(database, programme_id, (2024, month))
    assert len(database.kept[month_memory._KEPT]) == month_memory._MONTHS


# what a clerk may do


def type_day(database: Database, programme_id: int, member: Member, day: date, text: str) -> None:
    enter_hours(
        database,
        programme_id=programme_id,
        places=[(member.appointment_id, day)],
        kind=ShiftKind.WORKED,
        text=text,
        actor=ACTOR,
    )


def type_some(database: Database, programme_id: int, people: list[Member], random: Random) -> None:
    places = [
        (random.choice(people).appointment_id, random.choice(DAYS)) for _place in range(random.randint(1, 4))
    ]
    enter_hours(
        database,
        programme_id=programme_id,
        places=places,
        kind=random.choice(list(ShiftKind)),
        text=random.choice(TEXTS),
        actor=ACTOR,
    )


def close_some(database: Database, programme_id: int, people: list[Member], random: Random) -> None:
    ids = [member.appointment_id for member in random.sample(people, 2)]
    where: dict[str, Any] = {"programme_id": programme_id, "year": 2024, "month": 12, "appointment_ids": ids}
    if random.random() < 0.5:
        close_month(database, **where, actor=ACTOR)
    else:
        reopen_month(database, **where, reason="誤り", actor=ACTOR)


def set_fares(database: Database, _programme_id: int, people: list[Member], random: Random) -> None:
    form = terms_form(database, appointment_id=random.choice(people).appointment_id)
    fare = random.choice((420, 840))
    save_terms(
        database,
        form=replace(form, commuting_mode=CommutingMode.PER_DAY, round_trip_yen=fare),
        actor=ACTOR,
    )


def state(database: Database, programme_id: int, people: list[Member], random: Random) -> None:
    numbers = [member.number for member in random.sample(people, 2)]
    issue_statements(database, programme_id=programme_id, year=2024, month=12, numbers=numbers, actor=ACTOR)


def undo_one(database: Database, _programme_id: int, _people: list[Member], _random: Random) -> None:
    undo(database, actor=ACTOR)


def redo_one(database: Database, _programme_id: int, _people: list[Member], _random: Random) -> None:
    redo(database, actor=ACTOR)


def new_limit(database: Database, programme_id: int, _people: list[Member], random: Random) -> None:
    """Something that is about everybody: the programme's pay day."""
    with unit_of_work(database, "programme.save", actor=ACTOR) as work:
        programme = work.session.get(Programme, programme_id)
        assert programme is not None
        programme.pay_day = random.choice((10, 21, 25))
        work.commit()


def rename(database: Database, _programme_id: int, people: list[Member], random: Random) -> None:
    with unit_of_work(database, "person.save", actor=ACTOR) as work:
        person = work.session.get(Applicant, random.choice(people).applicant_id)
        assert person is not None
        person.name_official = f"改名　{random.randint(1, 9)}"
        work.commit()

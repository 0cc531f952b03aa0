from __future__ import annotations

import pytest
from decided_people import capacity, decide, named, noted_final
from sqlalchemy import update
from staged_people import Staged, stage

from fujisawa_desktop.errors import Cancelled, RuleError
from fujisawa_desktop.models import (
    Announcement,
    Application,
    Decision,
    FlagRuling,
    FlagVerdict,
    SuspectedDuplicate,
)
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.models.row_copy import Held, held_in
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.rehearsal import Check, Outcome, rehearse
from fujisawa_desktop.services.selection import release
from fujisawa_desktop.services.unit_of_work import unit_of_work

S = ApplicationStatus
ALL_FIRST = {"decided", "counts", "possible", "letters", "addresses", "flags", "duplicates"}


def checks(database: Database, programme_id: int, step: Stage = Stage.FINAL) -> dict[str, Check]:
    return {check.code: check for check in rehearse(database, programme_id=programme_id, stage=step).checks}


def outcomes(database: Database, programme_id: int, step: Stage = Stage.FINAL) -> dict[str, str]:
    return {code: check.outcome.value for code, check in checks(database, programme_id, step).items()}


def concerned(check: Check) -> list[tuple[int, str]]:
    return [(person.entry_id, person.code) for person in check.people]


def test_all_is_well(database: Database, programme_id: int) -> None:
    noted_final(database, programme_id)
    found = outcomes(database, programme_id)
    assert set(found) == ALL_FIRST | {"capacity", "reserves"}
    assert set(found.values()) == {"ok"}
    rehearsal = rehearse(database, programme_id=programme_id, stage=Stage.FINAL)
    assert rehearsal.can_release
    assert not rehearsal.needs_reason
    figures = next(check for check in rehearsal.checks if check.code == "counts").params
    told = ("total", "passed", "reserve", "failed", "withdrawn", "ineligible", "undecided")
    assert [figures[name] for name in told] == [6, 2, 3, 1, 0, 0, 0]


def test_nothing_noted_stops(database: Database, programme_id: int) -> None:
    assert outcomes(database, programme_id, Stage.FIRST)["decided"] == "stop"
    assert not rehearse(database, programme_id=programme_id, stage=Stage.FIRST).can_release


def test_whoever_has_no_result_is_named(database: Database, programme_id: int) -> None:
    noted_final(database, programme_id)
    left = stage(database, programme_id, 1, S.FIRST_PASSED)
    found = checks(database, programme_id)["decided"]
    assert (found.outcome, concerned(found)) == (Outcome.CAUTION, [(left.entry_id, "")])


def test_the_figures_count_those_who_left_and_those_aside(database: Database, programme_id: int) -> None:
    for status in (S.WITHDRAWN, S.INELIGIBLE, S.RECEIVED, S.RECEIVED):
        last = stage(database, programme_id, 1, status)
    decide(database, [last], Result.PASS, Stage.FIRST)
    params = checks(database, programme_id, Stage.FIRST)["counts"].params
    told = ("total", "passed", "failed", "withdrawn", "ineligible", "undecided")
    assert [params[name] for name in told] == [4, 1, 0, 1, 1, 1]


def test_a_state_that_fits_nothing_stops(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    with database.write() as session:  # past the services, as a damaged file would be
        session.execute(
            update(Application)
            .where(Application.id == final.passed[0].application_id)
            .values(status=S.ACCEPTED)
        )
        session.commit()
    found = outcomes(database, programme_id)
    assert (found["counts"], found["possible"]) == ("stop", "stop")
    with pytest.raises(RuleError):
        release(database, programme_id=programme_id, stage=Stage.FINAL)


def test_a_letter_that_cannot_be_printed_as_typed_names_its_person(
    database: Database, programme_id: int
) -> None:
    final = noted_final(database, programme_id)
    named(database, final.passed[0], "\ue000　一郎", "p0@example.jp")
    found = checks(database, programme_id)["letters"]
    assert concerned(found) == [(final.passed[0].entry_id, "rehearsal.lost")]


@pytest.mark.parametrize(
    ("mail", "code"),
    [
        ("", "mail.missing"),
        ("taro@x", "mail.impossible"),
        ("taro@gmail.con", "mail.mistyped"),
        ("Ｐ1@EXAMPLE.jp", "mail.shared"),
    ],
)
def test_addresses_to_look_at_are_named(database: Database, programme_id: int, mail: str, code: str) -> None:
    final = noted_final(database, programme_id)
    named(database, final.passed[0], "見本　一", mail)
    found = concerned(checks(database, programme_id)["addresses"])
    assert (final.passed[0].entry_id, code) in found
    assert {which for _entry, which in found} == {code}


def test_more_passes_than_places_need_a_reason_that_is_kept(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    capacity(database, 1)
    rehearsal = rehearse(database, programme_id=programme_id, stage=Stage.FINAL)
    assert rehearsal.needs_reason
    assert rehearsal.can_release
    found = next(check for check in rehearsal.checks if check.code == "capacity")
    assert {person.entry_id for person in found.people} == {one.entry_id for one in final.passed}
    with pytest.raises(RuleError, match=r"selection\.over-capacity-reason"):
        release(database, programme_id=programme_id, stage=Stage.FINAL, reason="　")
    with database.read() as session:
        assert session.query(Announcement).count() == 0
    release(database, programme_id=programme_id, stage=Stage.FINAL, reason="定員は程度のため", actor="佐藤")
    with database.read() as session:
        row = session.query(Announcement).one()
        assert (row.over_capacity_reason, row.actor, row.stage) == ("定員は程度のため", "佐藤", Stage.FINAL)
        assert row.counts == {"pass": 2, "fail": 1, "reserve": 3, "withdrawn": 0}
    undo(database)
    with database.read() as session:
        assert session.query(Announcement).count() == 0


def rank(database: Database, person: Staged, number: int | None) -> None:
    with unit_of_work(database, "test.rank") as work:
        row = work.session.query(Decision).filter_by(application_id=person.application_id, stage=Stage.FINAL)
        row.one().reserve_rank = number
        work.commit()


def test_ranks_without_gap_and_each_once(database: Database, programme_id: int) -> None:
    final = noted_final(database, programme_id)
    rank(database, final.reserves[2], 5)
    found = checks(database, programme_id)["reserves"]
    assert (found.outcome, concerned(found)) == (
        Outcome.CAUTION,
        [(final.reserves[2].entry_id, "rehearsal.rank-gap")],
    )
    rank(database, final.reserves[2], 1)
    found = checks(database, programme_id)["reserves"]
    assert found.outcome is Outcome.STOP
    assert found.count == 2
    rank(database, final.reserves[2], None)
    assert checks(database, programme_id)["reserves"].outcome is Outcome.STOP


def test_a_mark_without_a_ruling_is_named_when_the_person_passes(
    database: Database, programme_id: int
) -> None:
    late = stage(database, programme_id, 1, flag="is_late")
    failed = stage(database, programme_id, 1, flag="is_not_student")
    decide(database, [late], Result.PASS, Stage.FIRST)
    decide(database, [failed], Result.FAIL, Stage.FIRST)
    found = checks(database, programme_id, Stage.FIRST)["flags"]
    assert concerned(found) == [(late.entry_id, "rehearsal.late")]
    for verdict, outcome in ((FlagVerdict.STANDS, Outcome.CAUTION), (FlagVerdict.WAIVED, Outcome.OK)):
        with unit_of_work(database, "test.ruling") as work:
            work.session.query(FlagRuling).delete()
            work.session.add(
                FlagRuling(
                    entry_id=late.entry_id,
                    flag="late",
                    verdict=verdict,
                    reason="見本",
                    ruled_at=work.now,
                    actor="佐藤",
                )
            )
            work.commit()
        assert checks(database, programme_id, Stage.FIRST)["flags"].outcome is outcome


def test_double_entries_with_different_results_are_named(database: Database, programme_id: int) -> None:
    one, two = (stage(database, programme_id, 1) for _ in range(2))
    with unit_of_work(database, "test.doubt") as work:
        work.session.add(
            SuspectedDuplicate(
                first_id=one.applicant_id,
                second_id=two.applicant_id,
                score=90,
                is_same=False,
                reasons=["name"],
            )
        )
        work.commit()
    decide(database, [one, two], Result.PASS, Stage.FIRST)
    assert checks(database, programme_id, Stage.FIRST)["duplicates"].outcome is Outcome.OK
    decide(database, [two], Result.FAIL, Stage.FIRST)
    found = checks(database, programme_id, Stage.FIRST)["duplicates"]
    assert {entry for entry, _code in concerned(found)} == {one.entry_id, two.entry_id}


def held(database: Database) -> Held:
    with database.engines.whole() as connection:
        return held_in(connection)


def test_a_rehearsal_writes_nothing(database: Database, programme_id: int) -> None:
    noted_final(database, programme_id)
    before = held(database)
    rehearse(database, programme_id=programme_id, stage=Stage.FINAL)
    assert held(database) == before


def test_a_rehearsal_tells_how_far_the_letters_are_and_can_be_stopped(
    database: Database, programme_id: int
) -> None:
    noted_final(database, programme_id)
    told: list[tuple[int, int]] = []
    rehearse(
        database,
        programme_id=programme_id,
        stage=Stage.FINAL,
        progress=lambda done, whole: told.append((done, whole)),
    )
    shares = [done / whole for done, whole in told]
    assert len(told) > 6, "each of six letters is written and set"
    assert shares == sorted(shares)
    assert (shares[0], shares[-1] < 1.0) == (0.0, True)

    def stop(_done: int, _whole: int) -> None:
        if len(told) > 3:
            raise Cancelled
        told.append((0, 0))

    told.clear()
    with pytest.raises(Cancelled):
        rehearse(database, programme_id=programme_id, stage=Stage.FINAL, progress=stop)

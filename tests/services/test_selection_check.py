from __future__ import annotations

from pathlib import Path

import pytest

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.paths import resources_dir
from fujisawa_desktop.rules.selection import ApplicationStatus, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery, list_page
from fujisawa_desktop.services.import_kinds import profile_names, recognise
from fujisawa_desktop.services.intake import import_applicants
from fujisawa_desktop.services.selection import (
    import_decisions,
    record_decisions,
    record_replies,
    release,
)
from fujisawa_desktop.services.selection_check import (
    ReplyKind,
    foresee_clearing,
    foresee_decisions,
    foresee_release,
    foresee_replies,
)

SAMPLES = resources_dir() / "samples"


@pytest.fixture
def rows(database: Database, programme_id: int) -> list[ApplicantRow]:
    """The entries of one portal, in the order of the list."""
    import_applicants(database, programme_id=programme_id, file=SAMPLES / "e-application.csv")
    return list_page(database, ListQuery(programme_id), 0, 1000)


def ids(rows: list[ApplicantRow]) -> list[int]:
    return [row.entry_id for row in rows]


def test_what_is_foreseen_is_what_then_happens(database: Database, rows: list[ApplicantRow]) -> None:
    seen = foresee_decisions(database, entry_ids=ids(rows), stage=Stage.FIRST, result=Result.PASS)
    done = record_decisions(
        database, application_ids=seen.application_ids, stage=Stage.FIRST, result=Result.PASS
    )
    assert done.recorded == len(seen.application_ids)
    assert done.refused == ()
    assert sum(count for _course, count in seen.by_course) == done.recorded
    withdrawn = [row for row in rows if row.status is ApplicationStatus.WITHDRAWN]
    assert [person.entry_id for person in seen.refused] == ids(withdrawn)
    assert {person.code for person in seen.refused} == {"selection.withdrawn"}
    assert seen.refused_count == len(withdrawn)
    again = foresee_decisions(database, entry_ids=ids(rows), stage=Stage.FIRST, result=Result.PASS)
    assert again.application_ids == ()
    assert again.unchanged == done.recorded
    other = foresee_decisions(database, entry_ids=ids(rows), stage=Stage.FIRST, result=Result.FAIL)
    assert other.replaces == done.recorded


def test_applications_come_in_the_order_of_the_entries(database: Database, rows: list[ApplicantRow]) -> None:
    chosen = [row for row in rows if row.status is ApplicationStatus.RECEIVED][10::-1]
    seen = foresee_decisions(database, entry_ids=ids(chosen), stage=Stage.FIRST, result=Result.PASS)
    assert seen.application_ids == tuple(key for row in chosen for key in row.application_ids)


def test_flagged_entries_are_counted_once_each(database: Database, rows: list[ApplicantRow]) -> None:
    seen = foresee_decisions(database, entry_ids=ids(rows), stage=Stage.FIRST, result=Result.FAIL)
    flagged = [
        row
        for row in rows
        if set(row.flags) & {"late", "not-student"} and row.status is ApplicationStatus.RECEIVED
    ]
    assert seen.flagged == len(flagged) > 0


def test_an_entry_with_one_possible_course_is_not_refused(database: Database, programme_id: int) -> None:
    import_applicants(database, programme_id=programme_id, file=SAMPLES / "rikunabi.csv")
    both = next(row for row in list_page(database, ListQuery(programme_id), 0, 1000) if len(row.courses) == 2)
    record_decisions(
        database, application_ids=both.application_ids[:1], stage=Stage.FIRST, result=Result.PASS
    )
    record_decisions(
        database, application_ids=both.application_ids[1:], stage=Stage.FIRST, result=Result.FAIL
    )
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    seen = foresee_decisions(database, entry_ids=[both.entry_id], stage=Stage.FINAL, result=Result.PASS)
    assert seen.application_ids == both.application_ids[:1]
    assert seen.refused == ()
    only_failed = foresee_decisions(
        database,
        entry_ids=[both.entry_id],
        stage=Stage.FINAL,
        result=Result.PASS,
        course_id=both.course_ids[1],
    )
    assert [person.code for person in only_failed.refused] == ["selection.final-after-first-fail"]


def test_only_noted_results_can_be_taken_out(
    database: Database, programme_id: int, rows: list[ApplicantRow]
) -> None:
    noted, announced, bare = (row for row in rows[:3])
    record_decisions(
        database, application_ids=announced.application_ids, stage=Stage.FIRST, result=Result.PASS
    )
    release(database, programme_id=programme_id, stage=Stage.FIRST)
    record_decisions(database, application_ids=noted.application_ids, stage=Stage.FIRST, result=Result.PASS)
    seen = foresee_clearing(database, entry_ids=ids(rows[:3]), stage=Stage.FIRST)
    assert seen.application_ids == noted.application_ids
    assert {person.entry_id: person.code for person in seen.refused} == {
        announced.entry_id: "selection.already-announced",
        bare.entry_id: "selection.nothing-noted",
    }


def test_who_can_accept_is_foreseen(database: Database, programme_id: int, rows: list[ApplicantRow]) -> None:
    passed, waiting = rows[0], rows[1]
    for stage in Stage:
        record_decisions(database, application_ids=passed.application_ids, stage=stage, result=Result.PASS)
        release(database, programme_id=programme_id, stage=stage)
    seen = foresee_replies(database, entry_ids=ids(rows[:2]), kind=ReplyKind.ACCEPTED)
    assert seen.application_ids == passed.application_ids
    assert [(person.entry_id, person.code) for person in seen.refused] == [
        (waiting.entry_id, "selection.accept-before-pass")
    ]
    record_replies(database, application_ids=seen.application_ids, kind=ReplyKind.ACCEPTED)
    leaving = foresee_replies(database, entry_ids=ids(rows[:2]), kind=ReplyKind.WITHDRAWN)
    assert leaving.people == 2


def test_a_release_is_foreseen_course_by_course(
    database: Database, programme_id: int, rows: list[ApplicantRow]
) -> None:
    import_decisions(database, programme_id=programme_id, file=SAMPLES / "decisions-first.csv")
    late = next(row for row in rows if "late" in row.flags and row.status is ApplicationStatus.RECEIVED)
    decided = next(row for row in list_page(database, ListQuery(programme_id), 0, 50) if row.pending)
    record_replies(database, application_ids=decided.application_ids, kind=ReplyKind.WITHDRAWN)
    seen = foresee_release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert seen.withdrawn == len(decided.application_ids)
    assert seen.flagged_undecided >= 1
    assert late.entry_id not in {person.entry_id for person in seen.undecided}
    result = release(database, programme_id=programme_id, stage=Stage.FIRST)
    assert result.announced == seen.announced
    assert result.passed == sum(course.passed for course in seen.courses)
    assert result.failed == sum(course.failed for course in seen.courses)
    after = foresee_release(database, programme_id=programme_id, stage=Stage.FINAL)
    assert after.announced == 0
    assert sum(course.undecided for course in after.courses) == result.passed


def test_many_entries_are_asked_about_in_parts(database: Database, rows: list[ApplicantRow]) -> None:
    many = [*range(900_000, 902_000), *ids(rows)]
    seen = foresee_decisions(database, entry_ids=many, stage=Stage.FIRST, result=Result.PASS)
    assert seen.people == sum(row.status is ApplicationStatus.RECEIVED for row in rows)


def test_a_file_is_known_by_its_headings_in_any_order(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("終了,面接官,開 始,日付\n12:00,職員課A,9:00,2024-10-30\n", encoding="utf-8")
    facts = recognise(file)
    assert (facts.kind, facts.file_format, facts.encoding, facts.rows) == ("interviewers", "csv", "utf-8", 1)
    assert facts.sample == (("12:00", "職員課A", "9:00", "2024-10-30"),)
    file.write_text("何か,ほか\n1,2\n", encoding="utf-8")
    assert recognise(file).kind == "applicants"
    assert ("rikunabi", "リクナビ") in profile_names()

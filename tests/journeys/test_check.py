"""T-A8: each kind of contradiction put into a file that has been through the whole job, one by one."""

# ruff: noqa: S608 - the statements are put together from constants of this file

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from sqlcipher3 import dbapi2 as sqlite3

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Base
from fujisawa_desktop.services.databases import check_database, opened
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.integrity import Finding, logical_findings, repair_findings
from fujisawa_desktop.texts import text_book

Seed = str | tuple[str, ...] | Callable[[sqlite3.Connection], None]
OTHER_PERSON: Final = "(SELECT max(id) FROM applicant)"
OPEN_SHIFT: Final = "(SELECT min(id) FROM shift WHERE day >= '2025-01-01')"
CLOSED_SHIFT: Final = "(SELECT min(id) FROM shift WHERE day < '2025-01-01')"
TWO: Final = "(SELECT min(id) FROM interview), (SELECT max(id) FROM interview)"


def other_year(connection: sqlite3.Connection) -> tuple[int, int]:
    """Put a second programme with one course in; return both ids."""
    for table, changes in (("programme", {"code": "'r9'"}), ("course", {"programme_id": "900"})):
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = ", ".join({"id": "900", **changes}.get(name, f'"{name}"') for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE id = 1")
    return 900, 900


def course_of_other_year(connection: sqlite3.Connection) -> None:
    other_year(connection)
    connection.execute("UPDATE application SET course_id = 900 WHERE id = 1")


def person_of_other_year(connection: sqlite3.Connection) -> None:
    other_year(connection)
    connection.execute("UPDATE applicant SET programme_id = 900 WHERE id = 1")


def two_of_one_rank(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT d.id, a.id FROM decision d JOIN application a ON a.id = d.application_id "
        "WHERE d.stage = 'final' AND d.announced_at IS NOT NULL AND a.status = 'final-failed' "
        "ORDER BY a.course_id, d.id LIMIT 2"
    ).fetchall()
    for decision, application in rows:
        connection.execute(
            "UPDATE decision SET result = 'reserve', reserve_rank = 7 WHERE id = ?", (decision,)
        )
        connection.execute(
            "UPDATE application SET status = 'final-reserve', course_id = 1 WHERE id = ?", (application,)
        )


def one_time_for_two(connection: sqlite3.Connection) -> tuple[int, int]:
    (first, second) = connection.execute(f"SELECT {TWO}").fetchone()
    connection.execute(
        "UPDATE interview SET (starts_at, ends_at) = (SELECT starts_at, ends_at FROM interview WHERE id = ?) "
        "WHERE id = ?",
        (second, first),
    )
    return first, second


def one_interviewer_twice(connection: sqlite3.Connection) -> None:
    first, second = one_time_for_two(connection)
    connection.execute("DELETE FROM interview_seat WHERE interview_id = ?", (first,))
    connection.execute(
        "INSERT INTO interview_seat (interview_id, interviewer_id) "
        "SELECT ?, interviewer_id FROM interview_seat WHERE interview_id = ? LIMIT 1",
        (first, second),
    )


def one_person_twice(connection: sqlite3.Connection) -> None:
    first, second = one_time_for_two(connection)
    (person,) = connection.execute("SELECT applicant_id FROM interview WHERE id = ?", (second,)).fetchone()
    connection.execute("UPDATE interview SET applicant_id = ? WHERE id = ?", (person, first))
    of_entry = "(SELECT entry_id FROM interview WHERE id = ?)"
    for table, key in (("entry", "id"), ("application", "entry_id"), ("interview_announcement", "entry_id")):
        connection.execute(
            f"UPDATE {table} SET applicant_id = ? WHERE {key} = {of_entry}",
            (person, first),
        )


MENDED: Final[dict[str, Seed]] = {
    "hidden": "UPDATE applicant SET address = '藤沢' || char(0) || '市' || char(11) WHERE id = 1",
    "version": "UPDATE applicant SET version = -3 WHERE id = 2",
    "search-key": "UPDATE applicant SET search_key = 'x' WHERE id = 3",
    "sort-key": "UPDATE applicant SET sort_key = 'x' WHERE id = 3",
    "application-person": f"UPDATE application SET applicant_id = {OTHER_PERSON} WHERE id = 1",
    "status": "UPDATE application SET status = 'received' WHERE id = "
    "(SELECT min(application_id) FROM appointment)",
    "rank-without-reserve": "UPDATE decision SET reserve_rank = 3 WHERE id = "
    "(SELECT min(id) FROM decision WHERE result = 'pass')",
    "score": "UPDATE application SET score = 1 WHERE id = (SELECT min(application_id) FROM review)",
    "interview-person": f"UPDATE interview SET applicant_id = {OTHER_PERSON} WHERE id = "
    "(SELECT min(id) FROM interview)",
    "told-person": f"UPDATE interview_announcement SET applicant_id = {OTHER_PERSON} WHERE id = 1",
    "interview-units": "DELETE FROM interview_unit WHERE id = (SELECT min(id) FROM interview_unit)",
    "appointment-person": f"UPDATE appointment SET applicant_id = {OTHER_PERSON} WHERE id = 1",
    "shift-minutes": f"UPDATE shift SET minutes = minutes + 5 WHERE id = {OPEN_SHIFT}",
    "number-unlisted": "DELETE FROM document_number WHERE use = 'issued'",
}
"""Mended by one act that can be taken back."""
REMOVED: Final[dict[str, Seed]] = {
    "orphan": (
        f"UPDATE shift SET appointment_id = 9999 WHERE id = {OPEN_SHIFT}",
        "UPDATE import_row SET entry_id = 99999 WHERE id = 1",
        "INSERT INTO reviewer_course (reviewer_id, course_id) VALUES (999, 1)",
    ),
}
EXPLAINED: Final[dict[str, Seed]] = {
    "unreadable": "UPDATE applicant SET birth_date = '2003-02-31' WHERE id = 1",
    "orphan-kept": "UPDATE pay_statement SET appointment_id = 9999 WHERE id = 1",
    "course-of-other-year": course_of_other_year,
    "person-of-other-year": person_of_other_year,
    "announced-unrecorded": "DELETE FROM announcement WHERE stage = 'final'",
    "final-without-first": "UPDATE decision SET announced_at = NULL WHERE stage = 'first' "
    "AND application_id = (SELECT min(application_id) FROM decision "
    "WHERE stage = 'final' AND announced_at IS NOT NULL)",
    "rank-twice": two_of_one_rank,
    "points-over": "UPDATE score SET points = 99 WHERE id = (SELECT min(id) FROM score)",
    "merge-entries": "INSERT INTO person_merge (kept_id, gone_id, merged_at, actor, moved, kept_before) "
    "VALUES (1, 2, '2024-10-20 09:00:00.000000', 'x', '{}', '{}')",
    "interview-units-taken": one_interviewer_twice,
    "interview-overlap-interviewer": one_interviewer_twice,
    "interview-overlap-applicant": one_person_twice,
    "appointment-course": "UPDATE appointment SET course_id = 3 - course_id WHERE id = 1",
    "appointment-rate": "DELETE FROM appointment_rate WHERE appointment_id = 1",
    "shift-minutes-closed": f"UPDATE shift SET minutes = minutes + 5 WHERE id = {CLOSED_SHIFT}",
    "shift-outside": f"UPDATE shift SET day = '2025-06-02' WHERE id = {OPEN_SHIFT}",
    "shift-overlap": "INSERT INTO shift (appointment_id, kind, day, starts, ends, break_minutes, minutes, "
    "is_remote, holiday_order, reason, version) SELECT appointment_id, kind, day, "
    "time(starts, '+1 minute') || '.000000', ends, break_minutes, minutes - 1, is_remote, '', '', 1 "
    f"FROM shift WHERE id = {OPEN_SHIFT}",
    "closing-outside": "UPDATE month_closing SET year = 2030 WHERE id = 1",
    "statement-sum": "UPDATE pay_statement SET net_yen = net_yen + 1 WHERE id = 1",
    "statement-paper": "UPDATE pay_statement SET net_yen = net_yen + 1, pay_yen = pay_yen + 1 WHERE id = 1",
    "statement-missing": "UPDATE pay_statement SET edition = 3 WHERE id = 1",
    "payment-differs": "UPDATE payment SET yen = yen + 1 WHERE id = 1",
    "number-not-issued": "UPDATE document_number SET use = 'void' WHERE use = 'issued'",
    "date-outside": "UPDATE entry SET received_at = '2204-10-01 09:00:00.000000' WHERE id = 1",
    "erasure-undone": "INSERT INTO journal_entry (seq, at, actor, kind, label, params, payload_digest, "
    "previous_hash, hash) VALUES (999999, '2026-11-26 09:00:00.000000', 'x', 'restored', 'file.restored', "
    """'{"made_at": "2026-11-20 09:00:00", "lost": 3, "erased": [["2026-11-25", "00"]]}', '', '', '')""",
    "journal-subject": "INSERT INTO journal_subject (seq, kind, subject_id) VALUES (2, 'applicant', 99999)",
}
"""Only a person can say what is right; the sentence says what to do."""
SEEDS: Final = {**MENDED, **REMOVED, **EXPLAINED}


def put_in(file: Path, seed: Seed) -> None:
    with closing(sqlite3.connect(file)) as connection:
        if callable(seed):
            seed(connection)
        else:
            for statement in (seed,) if isinstance(seed, str) else seed:
                assert connection.execute(statement).rowcount > 0, statement
        connection.commit()


def of_kind(kind: str, findings: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in findings if one.kind == kind]


def test_every_kind_of_contradiction_is_tried_here() -> None:
    told = {code.removeprefix("defect.") for code in text_book().messages if code.startswith("defect.")}
    assert told == set(SEEDS)
    assert len(SEEDS) >= 15


def test_every_table_has_a_name() -> None:
    assert set(text_book().terms["table"]) == set(Base.metadata.tables)


def test_a_file_that_went_through_the_whole_job_agrees_with_itself(walked_file: Path) -> None:
    with opened(walked_file) as database:
        report = check_database(database)
        assert report.is_whole, report.findings
        assert repair_findings(database).count == 0


@pytest.mark.parametrize("kind", SEEDS)
def test_it_is_found_and_named_and_mended_or_explained(walked_file: Path, kind: str) -> None:
    put_in(walked_file, SEEDS[kind])
    with opened(walked_file) as database:
        everything = logical_findings(database)
        found = of_kind(kind, everything)
        assert found
        for one in found:
            assert one.is_repairable is (kind not in EXPLAINED)
            _named_in_words(one)
        done = repair_findings(database)
    left = of_kind(kind, done.left)
    if kind in EXPLAINED:
        assert {one.row_id for one in left} == {one.row_id for one in found}
        if not any(one.is_repairable for one in everything):
            assert (done.count, done.backup) == (0, None), "nothing was touched"
    else:
        assert not left
        assert done.count >= len(found)
        assert done.backup is not None
        assert done.removed.changed is (kind in REMOVED)
        assert done.change.changed is (kind in MENDED)


def _named_in_words(one: Finding) -> None:
    for language in ("ja", "en"):
        set_language(language)
        said = texts.message_for(one.code, one.told)
        assert one.code not in said
        assert "{" not in said
        assert not one.person or one.person not in said
    assert one.applicant_id is None or (one.number and one.person)


def test_all_at_once_are_mended_by_one_act_that_undo_takes_back(walked_file: Path) -> None:
    for seed in MENDED.values():
        put_in(walked_file, seed)
    with opened(walked_file) as database:
        before = {(one.kind, one.row_id) for one in logical_findings(database)}
        assert set(MENDED) <= {kind for kind, _row in before}
        entries = check_database(database).journal.entries
        done = repair_findings(database, actor="職員")
        assert done.change.label.code == "check.repaired"
        report = check_database(database)
        assert report.is_whole
        assert report.journal.entries == entries + 1
        assert repair_findings(database).count == 0, "nothing is mended a second time"
        assert undo(database).changed
        assert {(one.kind, one.row_id) for one in logical_findings(database)} == before

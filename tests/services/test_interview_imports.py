"""Times of applicants and interviewers from files, on a real database."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from appointed import Person, add_people
from interview_scene import OFFICE, availability_file, interviewers_file, number, waiting_people, write_csv
from sqlalchemy import func, select

from fujisawa_desktop.errors import Cancelled, InputFileError, NotFoundError
from fujisawa_desktop.models import ApplicantAvailability, ImportRow, InterviewerAvailability
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus as Status
from fujisawa_desktop.services.history import redo, undo
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.interview_calendar import calendar
from fujisawa_desktop.services.interview_imports import import_availability, import_interviewers


@pytest.fixture
def people(database: Database, programme_id: int) -> None:
    add_people(database, programme_id, waiting_people(4))


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.added, result.updated, result.unchanged, len(result.rejected)


def codes(result: ImportResult) -> list[tuple[int, str]]:
    return [(warning.line, warning.code) for warning in result.warnings]


def stored(database: Database, model: type) -> set[tuple[str, time, time]]:
    with database.read() as session:
        return {(str(row.day), row.starts, row.ends) for row in session.scalars(select(model))}


def availability(database: Database, programme_id: int, folder: Path, *rows: tuple[str, ...]) -> ImportResult:
    return import_availability(database, programme_id=programme_id, file=availability_file(folder, rows))


@pytest.mark.usefixtures("people")
class TestAvailability:
    def test_windows_of_known_people_are_stored(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        result = availability(
            database, programme_id, tmp_path,
            (number(0), "2024-10-30", "9:00", "10:00"),
            (number(1), "2024/10/31", "１３時", "17:00"),
        )  # fmt: skip
        assert counts(result) == (2, 0, 0, 0)
        assert stored(database, ApplicantAvailability) == {
            ("2024-10-30", time(9), time(10)),
            ("2024-10-31", time(13), time(17)),
        }

    def test_the_same_file_again_changes_nothing(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        row = (number(0), "2024-10-30", "9:00", "10:00")
        availability(database, programme_id, tmp_path, row)
        again = availability(database, programme_id, tmp_path, row)
        assert counts(again) == (0, 0, 1, 0)
        assert not again.change.changed

    def test_a_day_named_again_is_replaced_and_other_days_stay(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        availability(
            database, programme_id, tmp_path,
            (number(0), "2024-10-30", "9:00", "10:00"),
            (number(0), "2024-10-30", "13:00", "14:00"),
            (number(0), "2024-10-31", "9:00", "10:00"),
        )  # fmt: skip
        result = availability(
            database, programme_id, tmp_path,
            (number(0), "2024-10-30", "9:00", "11:30"),
            (number(0), "2024-10-30", "15:00", "16:00"),
        )  # fmt: skip
        assert counts(result) == (0, 2, 0, 0)
        assert codes(result) == [(2, "availability.replaced")]
        assert stored(database, ApplicantAvailability) == {
            ("2024-10-30", time(9), time(11, 30)),
            ("2024-10-30", time(15), time(16)),
            ("2024-10-31", time(9), time(10)),
        }

    def test_leaving_a_window_out_is_a_change(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        first = (number(0), "2024-10-30", "9:00", "10:00")
        availability(database, programme_id, tmp_path, first, (number(0), "2024-10-30", "13:00", "14:00"))
        result = availability(database, programme_id, tmp_path, first)
        assert counts(result) == (0, 1, 0, 0)
        assert stored(database, ApplicantAvailability) == {("2024-10-30", time(9), time(10))}

    def test_rows_that_mean_nobody_or_contradict_each_other_are_refused_by_line(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        result = availability(
            database, programme_id, tmp_path,
            (number(0), "2024-10-30", "9:00", "10:00"),
            ("999", "2024-10-30", "9:00", "10:00"),
            (number(1), "2024-10-32", "9:00", "10:00"),
            (number(1), "2024-10-30", "10:00", "9:00"),
            (number(0), "2024-10-30", "9:00", "11:00"),
            (number(0), "2024-10-30", "9:00", "10:00"),
        )  # fmt: skip
        assert counts(result) == (1, 0, 1, 4)
        assert [(row.line, row.code) for row in result.rejected] == [
            (3, "availability.unknown-number"),
            (4, "date.no-such-day"),
            (5, "span.end-before-start"),
            (6, "availability.twice-in-file"),
        ]
        with database.read() as session:
            outcomes = session.execute(select(ImportRow.line, ImportRow.outcome).order_by(ImportRow.line))
            assert [tuple(row) for row in outcomes] == [
                (2, "added"), (3, "rejected"), (4, "rejected"), (5, "rejected"), (6, "rejected"),
                (7, "unchanged"),
            ]  # fmt: skip

    def test_odd_rows_are_taken_in_and_warned_about(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        failed = Person("800", "土橋　蒼", "ツチハシ アオイ", 0, Status.FIRST_FAILED)
        add_people(database, programme_id, (failed,))
        result = availability(
            database, programme_id, tmp_path,
            (number(0), "2024-11-04", "9:00", "10:00"),
            (number(0), "2024-12-03", "9:00", "10:00"),
            ("800", "2024-10-30", "9:00", "10:00"),
            ("800", "2024-10-31", "9:00", "10:00"),
        )  # fmt: skip
        assert counts(result) == (4, 0, 0, 0)
        assert codes(result) == [
            (2, "availability.closed-day"),
            (3, "availability.outside-period"),
            (4, "availability.not-passed"),
        ]

    def test_a_dry_run_tells_the_same_and_writes_nothing(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        file = availability_file(tmp_path, [(number(0), "2024-10-30", "9:00", "10:00")])
        result = import_availability(database, programme_id=programme_id, file=file, dry_run=True)
        assert counts(result) == (1, 0, 0, 0)
        assert not result.change.changed
        assert stored(database, ApplicantAvailability) == set()

    def test_undo_and_redo(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        availability(database, programme_id, tmp_path, (number(0), "2024-10-30", "9:00", "10:00"))
        undo(database)
        assert stored(database, ApplicantAvailability) == set()
        redo(database)
        assert len(stored(database, ApplicantAvailability)) == 1

    def test_a_file_without_the_columns_is_refused(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        file = write_csv(tmp_path / "odd.csv", "番号,日", [("1", "2")])
        with pytest.raises(InputFileError, match=r"import\.column-missing"):
            import_availability(database, programme_id=programme_id, file=file)

    def test_stopping_keeps_nothing(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        file = availability_file(tmp_path, [(number(0), "2024-10-30", "9:00", "10:00")])
        with pytest.raises(Cancelled):
            import_availability(database, programme_id=programme_id, file=file, cancelled=lambda: True)
        assert stored(database, ApplicantAvailability) == set()

    def test_an_unknown_programme_is_refused(self, database: Database, tmp_path: Path) -> None:
        file = availability_file(tmp_path, [("1", "2024-10-30", "9:00", "10:00")])
        with pytest.raises(NotFoundError, match=r"programme\.none"):
            import_availability(database, programme_id=99, file=file)


class TestInterviewers:
    def test_interviewers_their_courses_and_times(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        result = import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path))
        assert counts(result) == (6, 0, 0, 0)
        view = calendar(database, programme_id=programme_id)
        names = {mark.course_id: mark.short_name for mark in view.courses}
        assert [
            (column.name, sorted(names[key] for key in column.course_ids)) for column in view.interviewers
        ] == [
            ("職員課　佐野", []),
            ("デジタル推進室　辻", ["DX・スマートシティ"]),
            ("子育て企画課　南", ["子ども・子育て政策"]),
        ]
        assert view.interviewers[0].windows == (
            (datetime(2024, 10, 30, 9), datetime(2024, 10, 30, 12)),
            (datetime(2024, 10, 31, 13), datetime(2024, 10, 31, 17)),
        )

    def test_the_same_file_again_changes_nothing_even_in_other_letters(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path))
        wide = [(row[0].replace(" ", "　"), *row[1:]) for row in OFFICE]
        again = import_interviewers(
            database, programme_id=programme_id, file=interviewers_file(tmp_path, wide)
        )
        assert counts(again) == (0, 0, 6, 0)
        assert not again.change.changed

    def test_other_courses_than_before_hold_and_are_told(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path))
        both = ("子育て企画課 南", "DX；子ども", "2024-10-30", "9:00", "12:00")
        result = import_interviewers(
            database, programme_id=programme_id, file=interviewers_file(tmp_path, [both])
        )
        assert counts(result) == (0, 1, 0, 0)
        assert codes(result) == [(2, "interviewers.courses-changed")]
        assert len(calendar(database, programme_id=programme_id).interviewers[2].course_ids) == 2
        anybody = ("子育て企画課 南", "", "2024-10-30", "9:00", "12:00")
        import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path, [anybody]))
        assert calendar(database, programme_id=programme_id).interviewers[2].course_ids == frozenset()

    def test_an_unknown_course_is_refused_by_line_and_the_rest_is_taken_in(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        rows = [("甲", "建築", "2024-10-30", "9:00", "12:00"), ("乙", "", "2024-10-30", "9:00", "12:00")]
        result = import_interviewers(
            database, programme_id=programme_id, file=interviewers_file(tmp_path, rows)
        )
        assert [(row.line, row.code) for row in result.rejected] == [(2, "interviewers.course-unknown")]
        assert [column.name for column in calendar(database, programme_id=programme_id).interviewers] == [
            "乙"
        ]

    def test_new_times_and_a_dry_run(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        import_interviewers(database, programme_id=programme_id, file=interviewers_file(tmp_path))
        longer = [
            ("職員課 佐野", "", "2024-10-30", "9:00", "12:30"),
            ("丁", "", "2024-11-03", "9:00", "10:00"),
        ]
        file = interviewers_file(tmp_path, longer)
        tried = import_interviewers(database, programme_id=programme_id, file=file, dry_run=True)
        result = import_interviewers(database, programme_id=programme_id, file=file)
        assert counts(tried) == counts(result) == (1, 1, 0, 0)
        assert codes(result) == [(3, "availability.closed-day")]
        with database.read() as session:
            assert session.scalar(select(func.count(InterviewerAvailability.id))) == 7
        undo(database)
        assert len(calendar(database, programme_id=programme_id).interviewers) == 3

"""Taking in files of worked hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from appointed import FOUR, TEN_DAYS, Person, add_people, appoint_four, sample_december, staff, work
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from fujisawa_desktop.errors import Cancelled, InputFileError, NotFoundError
from fujisawa_desktop.models import Entry, ImportBatch, ImportRow
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.history import history_of, undo
from fujisawa_desktop.services.hours import hours_rows
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.hours_import import import_hours
from fujisawa_desktop.services.imports import ImportResult
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
HEADING = "申込番号,勤務日,開始,終了,休憩分"
SAMPLE = [
    *(f"{RYOSUKE},{day},09:00,16:00,60" for day in TEN_DAYS[:9]),
    f"{RYOSUKE},{TEN_DAYS[9]},09:00,15:45,60",
    *(f"{SAKURA},{day},09:00,16:00,60" for day in TEN_DAYS),
    *(f"{MISAKI},{day},9:00,12:00,0" for day in TEN_DAYS[:6]),
    *(f"{YUI},{day},９：００,11:50,0" for day in TEN_DAYS[:3]),
]

Take = Callable[..., ImportResult]


@pytest.fixture
def take(database: Database, programme_id: int, tmp_path: Path) -> Take:
    """Write lines into a file and import it."""

    def take(*lines: str, **options: object) -> ImportResult:
        file = tmp_path / "hours.csv"
        file.write_text("\r\n".join([HEADING, *lines, ""]), encoding="utf-8-sig")
        return import_hours(database, programme_id=programme_id, file=file, **options)  # type: ignore[arg-type]

    return take


@pytest.fixture
def _four(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return (result.rows, result.added, result.updated, result.unchanged, len(result.rejected))


def refusals(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(row.line, row.column, row.code) for row in result.rejected]


def worked(database: Database, programme_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in hours_rows(database, programme_id=programme_id):
        if row.kind is ShiftKind.WORKED:
            found[row.number] = found.get(row.number, 0) + row.shift.minutes
    return found


@pytest.mark.usefixtures("_four")
class TestSample:
    def test_minutes_and_pay_to_the_yen(self, take: Take, database: Database, programme_id: int) -> None:
        result = take(*SAMPLE)
        assert counts(result) == (29, 29, 0, 0, 0)
        rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
        assert {row.number: (row.minutes, row.pay) for row in rows} == {
            "100000245489": (3585, 75_166),
            "100000237570": (3600, 75_480),
            "100000253408": (1080, 22_644),
            "RN26003219": (510, 10_693),
        }

    def test_sixty_hours_are_kept_and_warned_about(self, take: Take) -> None:
        warnings = take(*SAMPLE).warnings
        assert [(warning.line, warning.code) for warning in warnings] == [(21, "cap.worked-not-below")]
        assert warnings[0].params["total_hm"] == 3600

    def test_again_changes_nothing(self, take: Take, database: Database) -> None:
        take(*SAMPLE)
        again = take(*SAMPLE)
        assert counts(again) == (29, 0, 0, 29, 0)
        assert not again.change.changed
        with database.read() as session:
            assert len(session.scalars(select(ImportBatch)).all()) == 1

    def test_undo_empties_the_month(self, take: Take, database: Database, programme_id: int) -> None:
        take(*SAMPLE)
        undo(database)
        assert worked(database, programme_id) == {}
        with database.read() as session:
            assert session.scalars(select(ImportRow)).all() == []

    def test_a_dry_run_writes_nothing(self, take: Take, database: Database, programme_id: int) -> None:
        result = take(*SAMPLE, dry_run=True)
        assert counts(result) == (29, 29, 0, 0, 0)
        assert not result.change.changed
        assert worked(database, programme_id) == {}

    def test_every_raw_row_is_kept(self, take: Take, database: Database) -> None:
        take(f"{RYOSUKE},2024-12-02,9:00,12:00,0", "9,2024-12-02,9:00,12:00,0")
        with database.read() as session:
            batch = session.scalars(select(ImportBatch)).one()
            rows = session.scalars(select(ImportRow).order_by(ImportRow.line)).all()
        assert (batch.kind, batch.file_name, batch.counts["rejected"]) == ("hours", "hours.csv", 1)
        assert [row.outcome for row in rows] == ["added", "rejected"]
        assert rows[0].raw[0] == ["申込番号", RYOSUKE]
        assert rows[0].entry_id is not None
        assert rows[1].reason == {
            "code": "hours.unknown-number",
            "column": "申込番号",
            "params": {"number": "9"},
        }

    def test_it_stands_in_the_persons_history(
        self, take: Take, database: Database, programme_id: int
    ) -> None:
        take(SAMPLE[0])
        person = staff(database, programme_id)[RYOSUKE].applicant_id
        assert history_of(database, "applicant", person)[0].label.code == "import.hours"


@pytest.mark.usefixtures("_four")
class TestRows:
    @pytest.mark.parametrize(
        ("line", "column", "code"),
        [
            (f"{RYOSUKE},2024-12-32,9:00,12:00,0", "勤務日", "date.no-such-day"),
            (f"{RYOSUKE},2024-12-02,9:00,25:00,0", "終了", "shift.past-midnight"),
            (f"{RYOSUKE},2024-12-02,9:00,24:00,0", "終了", "shift.past-midnight"),
            (f"{RYOSUKE},2024-12-02,22:00,2:00,0", "終了", "shift.end-before-start"),
            (f"{RYOSUKE},2024-12-02,-9:00,12:00,0", "開始", "shift.time-negative"),
            (f"{RYOSUKE},2024-12-02,9:00,12:00,-30", "休憩分", "shift.break-negative"),
            (f"{RYOSUKE},2024-12-02,9:00,12:70,0", "終了", "time.no-such-time"),
            (f"{RYOSUKE},2024-12-02,12:00,9:00,0", "終了", "shift.end-before-start"),
            (f"{RYOSUKE},2024-12-02,9:00,12:00,180", "休憩分", "shift.break-too-long"),
            (f"{RYOSUKE},2024-12-02,9:00:30,12:00,0", "開始", "shift.seconds"),
            (f"{RYOSUKE},2024-12-02,9:00,12:00,", "休憩分", "cell.missing"),
            (",2024-12-02,9:00,12:00,0", "申込番号", "cell.missing"),
            ("1.23457E+11,2024-12-02,9:00,12:00,0", "申込番号", "number.damaged"),
            ("999,2024-12-02,9:00,12:00,0", "申込番号", "hours.unknown-number"),
        ],
    )
    def test_a_row_that_cannot_be_taken(
        self,
        take: Take,
        database: Database,
        programme_id: int,
        line: str,
        column: str,
        code: str,
    ) -> None:
        result = take(line, f"{MISAKI},2024-12-02,9:00,12:00,0")
        assert refusals(result) == [(2, column, code)]
        assert worked(database, programme_id) == {MISAKI: 180}

    def test_somebody_not_appointed(self, take: Take, database: Database, programme_id: int) -> None:
        other = Person("555", "未　任用", "ミ ニンヨウ", status=ApplicationStatus.FINAL_PASSED)
        add_people(database, programme_id, (other,))
        result = take("555,2024-12-02,9:00,12:00,0")
        assert refusals(result) == [(2, "申込番号", "hours.not-appointed")]

    def test_a_corrected_row_replaces_the_one_before(
        self, take: Take, database: Database, programme_id: int
    ) -> None:
        take(f"{RYOSUKE},2024-12-02,9:00,12:00,0")
        result = take(f"{RYOSUKE},2024-12-02,9:00,16:00,60")
        assert counts(result) == (1, 0, 1, 0, 0)
        assert worked(database, programme_id) == {RYOSUKE: 360}
        undo(database)
        assert worked(database, programme_id) == {RYOSUKE: 180}

    def test_rows_that_overlap(self, take: Take, database: Database, programme_id: int) -> None:
        result = take(
            f"{RYOSUKE},2024-12-02,9:00,12:00,0",
            f"{RYOSUKE},2024-12-02,11:00,13:00,0",
            f"{RYOSUKE},2024-12-02,12:00,13:00,0",
        )
        assert refusals(result) == [(3, "開始", "shift.overlap")]
        assert worked(database, programme_id) == {RYOSUKE: 240}

    @pytest.mark.parametrize("end", ["12:00", "16:00"])
    def test_one_start_twice_in_a_file(
        self, take: Take, database: Database, programme_id: int, end: str
    ) -> None:
        result = take(f"{RYOSUKE},2024-12-02,9:00,12:00,0", f"{RYOSUKE},2024-12-02,9:00,{end},0")
        assert refusals(result) == [(3, "開始", "hours.twice-in-file")]
        assert result.rejected[0].params == {"line": 2}
        assert worked(database, programme_id) == {RYOSUKE: 180}

    def test_a_closed_month(self, take: Take, database: Database, programme_id: int) -> None:
        close_month(database, programme_id=programme_id, year=2024, month=12)
        result = take(f"{RYOSUKE},2024-12-02,9:00,12:00,0", f"{RYOSUKE},2025-01-06,9:00,12:00,0")
        assert refusals(result) == [(2, "勤務日", "month.closed")]
        assert worked(database, programme_id) == {RYOSUKE: 180}

    def test_rules_that_work_may_break(self, take: Take) -> None:
        result = take(
            f"{RYOSUKE},2024-12-01,9:00,12:00,0",
            f"{RYOSUKE},2024-12-02,9:00,18:30,30",
            f"{RYOSUKE},2025-02-03,9:00,12:00,0",
        )
        assert counts(result) == (3, 3, 0, 0, 0)
        assert [(warning.line, warning.code) for warning in result.warnings] == [
            (2, "shift.closed-sunday"),
            (3, "shift.break-short"),
            (3, "shift.over-eight-hours"),
            (4, "shift.outside-term"),
        ]

    def test_an_ordered_closed_day_is_in_order(
        self, take: Take, database: Database, programme_id: int
    ) -> None:
        member = staff(database, programme_id)[RYOSUKE]
        enter_hours(
            database,
            programme_id=programme_id,
            places=[(member.appointment_id, date(2024, 12, 7))],
            kind=ShiftKind.PLANNED,
            text="半",
            holiday_order="市民まつり",
        )
        assert take(f"{RYOSUKE},2024-12-07,9:00,12:00,0").warnings == ()

    def test_a_number_two_appointed_people_share(self, take: Take, database: Database) -> None:
        with unit_of_work(database, "test.number", actor="test") as act:
            entry = act.session.scalars(select(Entry).where(Entry.number == SAKURA)).one()
            entry.source, entry.number = "other", RYOSUKE
            act.commit()
        result = take(f"{RYOSUKE},2024-12-02,9:00,12:00,0")
        assert refusals(result) == [(2, "申込番号", "hours.ambiguous-number")]


class TestFile:
    def test_a_missing_column(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text("申込番号,勤務日\r\n1,2024-12-02\r\n", encoding="utf-8")
        with pytest.raises(InputFileError, match=r"import\.column-missing"):
            import_hours(database, programme_id=programme_id, file=file)

    def test_no_such_programme(self, database: Database, tmp_path: Path) -> None:
        file = tmp_path / "x.csv"
        file.write_text(f"{HEADING}\r\n{SAMPLE[0]}\r\n", encoding="utf-8")
        with pytest.raises(NotFoundError, match=r"programme\.none"):
            import_hours(database, programme_id=99, file=file)

    @pytest.mark.usefixtures("_four")
    def test_it_can_be_stopped(self, take: Take, database: Database, programme_id: int) -> None:
        def stop(done: int, total: int) -> None:
            assert total == 29
            if done == 20:
                raise Cancelled

        with pytest.raises(Cancelled):
            take(*SAMPLE, progress=stop)
        assert worked(database, programme_id) == {}


numbers = st.sampled_from([RYOSUKE, YUI, "999"])
days = st.sampled_from(["2024-12-02", "2024-12-03", "2024-12-07", "2025-02-03", "2024-13-01"])
starts = st.sampled_from(["9:00", "0900", "９：００", "10:30", "x"])
ends = st.sampled_from(["12:00", "16:00", "8:00"])
breaks = st.sampled_from(["0", "60", ""])
lines = st.tuples(numbers, days, starts, ends, breaks).map(",".join)


@pytest.mark.usefixtures("_four")
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(lines, min_size=1, max_size=8))
def test_every_row_has_one_outcome_and_a_second_time_changes_nothing(
    take: Take, database: Database, programme_id: int, rows: list[str]
) -> None:
    first = take(*rows)
    assert first.rows == first.added + first.updated + first.unchanged + len(first.rejected) == len(rows)
    before = worked(database, programme_id)
    again = take(*rows)
    assert again.added == again.updated == 0
    assert worked(database, programme_id) == before
    if first.change.changed:
        undo(database)


def test_the_sample_typed_is_the_sample_imported(database: Database, programme_id: int, take: Take) -> None:
    sample_december(database, programme_id)
    assert counts(take(*SAMPLE)) == (29, 0, 0, 29, 0)
    work(database, programme_id, staff(database, programme_id)[YUI], TEN_DAYS[:1], "")
    assert counts(take(*SAMPLE)) == (29, 1, 0, 28, 0)

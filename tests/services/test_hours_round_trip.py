"""Hours as files: what goes out comes back unchanged, in any order, any number of times."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from random import Random

import pytest
from appointed import DECEMBER, FOUR, TEN_DAYS, appoint_four, sample_december, staff, work
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.exchange.tables_out import Sheet, csv_bytes, xlsx_bytes
from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.models import Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours_entry import enter_hours
from fujisawa_desktop.services.hours_import import HoursImport, import_hours
from fujisawa_desktop.services.list_tables import hours_table
from fujisawa_desktop.services.months import close_month
from fujisawa_desktop.services.table_files import table_file
from fujisawa_desktop.services.unit_of_work import unit_of_work

RYOSUKE, SAKURA, MISAKI, YUI = (person.number for person in FOUR)
HEADINGS = ("申込番号", "勤務日", "開始", "終了", "休憩分", "区分", "在宅", "休日勤務命令", "理由")
Stored = list[tuple[object, ...]]
Take = Callable[..., HoursImport]


def stored(database: Database) -> Stored:
    """Everything that is known of the hours, but the numbers of the rows."""
    names = ("appointment_id", "kind", "day", "starts", "ends", "break_minutes", "minutes", "is_remote")
    columns = [getattr(Shift, name) for name in (*names, "holiday_order", "reason")]
    with database.read() as session:
        return sorted(tuple(row) for row in session.execute(select(*columns)))


def empty(database: Database) -> None:
    """Take all hours away, as an act of its own."""
    with unit_of_work(database, "test.empty", actor="test") as act:
        act.delete_many(Shift, list(act.session.scalars(select(Shift.id))))
        act.commit()


@pytest.fixture
def take(database: Database, programme_id: int, tmp_path: Path) -> Take:
    def take(rows: list[tuple[object, ...]], **options: object) -> HoursImport:
        file = tmp_path / "hours.csv"
        file.write_bytes(csv_bytes(Sheet("hours", HEADINGS, rows)))  # type: ignore[arg-type]
        return import_hours(database, programme_id=programme_id, file=file, **options)  # type: ignore[arg-type]

    return take


@pytest.fixture
def four(database: Database, programme_id: int) -> None:
    appoint_four(database, programme_id)


@pytest.fixture
def december(database: Database, programme_id: int) -> None:
    """Worked and planned time, at home too, on an ordered closed day, with a reason."""
    people = sample_december(database, programme_id)
    work(database, programme_id, people[RYOSUKE], TEN_DAYS[:3], "9-12, 13-16", ShiftKind.PLANNED)
    enter_hours(
        database,
        programme_id=programme_id,
        places=[(people[YUI].appointment_id, date(2024, 12, 7))],
        kind=ShiftKind.PLANNED,
        text="半",
        holiday_order="市民まつりの\n受付",
    )
    with unit_of_work(database, "test.words", actor="test") as act:
        rows = list(act.session.scalars(select(Shift).where(Shift.kind == ShiftKind.WORKED)))
        rows[0].is_remote = True
        rows[0].reason = '=SUM(1) で始まる、"引用"を含む理由'
        act.commit()


def written(database: Database, programme_id: int, file_format: str, **options: object) -> bytes:
    table = hours_table(database, programme_id=programme_id, **options)  # type: ignore[arg-type]
    return table_file(table, file_format, texts.term, made_at=datetime(2024, 12, 27, 9, 0))


@pytest.mark.usefixtures("december")
class TestOutAndBack:
    @pytest.mark.parametrize("file_format", ["csv", "xlsx", "csv-cp932"])
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_nothing_changes(
        self, database: Database, programme_id: int, tmp_path: Path, file_format: str, language: str
    ) -> None:
        set_language(language)
        before = stored(database)
        file = tmp_path / f"hours.{file_format.partition('-')[0]}"
        file.write_bytes(written(database, programme_id, file_format))
        result = import_hours(database, programme_id=programme_id, file=file)
        assert (result.rows, result.unchanged, result.rejected) == (len(before), len(before), ())
        assert not result.change.changed
        assert stored(database) == before

    @pytest.mark.parametrize("file_format", ["csv", "xlsx"])
    def test_all_of_it_comes_back(
        self, database: Database, programme_id: int, tmp_path: Path, file_format: str
    ) -> None:
        before = stored(database)
        file = tmp_path / f"hours.{file_format}"
        file.write_bytes(written(database, programme_id, file_format))
        empty(database)
        result = import_hours(database, programme_id=programme_id, file=file)
        assert (result.added, result.rejected) == (len(before), ())
        assert stored(database) == before

    def test_a_closed_month_says_the_same(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "hours.csv"
        file.write_bytes(written(database, programme_id, "csv"))
        close_month(database, programme_id=programme_id, year=2024, month=12)
        result = import_hours(database, programme_id=programme_id, file=file)
        assert (result.unchanged, result.rejected) == (result.rows, ())

    def test_the_file_has_the_headings_that_are_read_and_more(
        self, database: Database, programme_id: int
    ) -> None:
        text = written(database, programme_id, "csv").decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text)))
        assert tuple(rows[0]) == (*HEADINGS, "氏名", "コース", "受入部署", "勤務時間（分）")
        mine = next(row for row in rows if row[0] == RYOSUKE and row[5] == "実績")
        assert mine[1:6] == ["2024-12-02", "09:00", "16:00", "60", "実績"]
        assert mine[6] == "在宅"
        assert mine[9:] == ["楜澤　涼介", "DX・スマートシティ", "デジタル推進室", "360"]

    def test_the_workbook_holds_days_and_times(self, database: Database, programme_id: int) -> None:
        data = written(database, programme_id, "xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
        assert tuple(rows[0][:9]) == HEADINGS
        mine = next(row for row in rows if row[0] == YUI and row[5] == "予定")
        assert mine[1:5] == [date(2024, 12, 7), time(9), time(12), 0.0]
        assert mine[7] == "市民まつりの\n受付"

    def test_one_month_and_one_kind(self, database: Database, programme_id: int) -> None:
        work(database, programme_id, staff(database, programme_id)[MISAKI], (date(2025, 1, 7),), "半")
        everything = hours_table(database, programme_id=programme_id)
        january = hours_table(database, programme_id=programme_id, year_month=(2025, 1))
        plans = hours_table(database, programme_id=programme_id, year_month=DECEMBER, kind=ShiftKind.PLANNED)
        assert [row[:2] for row in january.rows] == [(MISAKI, date(2025, 1, 7))]
        assert {row[5] for row in plans.rows} == {"planned"}
        assert len(plans.rows) == 7
        assert len(everything.rows) == 29 + 7 + 1


@pytest.mark.usefixtures("four")
class TestPlans:
    def test_rows_say_what_they_are(self, take: Take, database: Database) -> None:
        take(
            [
                (RYOSUKE, "2024-12-02", "9:00", "12:00", 0, "予定", "", "", ""),
                (RYOSUKE, "2024-12-02", "9:00", "12:30", 0, "実績", "○", "", "窓口が混んだため"),
            ]
        )
        assert [(row[1], row[4], row[7], row[9]) for row in stored(database)] == [
            (ShiftKind.PLANNED, time(12), False, ""),
            (ShiftKind.WORKED, time(12, 30), True, "窓口が混んだため"),
        ]

    def test_a_file_without_the_column_is_what_the_clerk_says(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "plan.xlsx"
        rows = [(RYOSUKE, date(2024, 12, 2), time(9), time(16), 60)]
        file.write_bytes(xlsx_bytes(Sheet("plan", HEADINGS[:5], rows)))
        result = import_hours(database, programme_id=programme_id, file=file, kind=ShiftKind.PLANNED)
        assert [line.kind for line in result.lines] == [ShiftKind.PLANNED]
        assert [row[1] for row in stored(database)] == [ShiftKind.PLANNED]

    @pytest.mark.parametrize(
        ("day", "start", "end", "pause", "column", "code"),
        [
            ("2024-12-01", "9:00", "12:00", 0, "勤務日", "shift.closed-sunday"),
            ("2024-12-30", "9:00", "12:00", 0, "勤務日", "shift.closed-year-end"),
            ("2025-02-03", "9:00", "12:00", 0, "勤務日", "shift.outside-term"),
            ("2024-12-02", "9:00", "16:00", 0, "休憩分", "shift.break-short"),
        ],
    )
    def test_a_plan_that_breaks_a_hard_rule_stays_out(
        self,
        take: Take,
        database: Database,
        day: str,
        start: str,
        end: str,
        pause: int,
        column: str,
        code: str,
    ) -> None:
        result = take(
            [
                (RYOSUKE, day, start, end, pause, "予定", "", "", ""),
                (MISAKI, "2024-12-02", "9:00", "12:00", 0, "予定", "", "", ""),
            ]
        )
        assert [(row.line, row.column, row.code) for row in result.rejected] == [(2, column, code)]
        assert len(stored(database)) == 1

    def test_an_order_lets_a_closed_day_in(self, take: Take, database: Database) -> None:
        result = take([(YUI, "2024-12-07", "9:00", "12:00", 0, "予定", "", "市民まつり", "")])
        assert (result.added, result.rejected, result.warnings) == (1, (), ())
        assert stored(database)[0][8] == "市民まつり"

    def test_the_plan_that_would_reach_the_cap_stays_out(self, take: Take, database: Database) -> None:
        rows: list[tuple[object, ...]] = [
            (SAKURA, day.isoformat(), "9:00", "16:00", 60, "予定", "", "", "") for day in TEN_DAYS
        ]
        result = take(rows)
        assert [(row.line, row.column, row.code) for row in result.rejected] == [
            (11, "勤務日", "cap.planned-not-below")
        ]
        assert result.rejected[0].params["total_hm"] == 3600
        assert len(stored(database)) == 9

    def test_a_shorter_plan_makes_room_for_one_before_it(self, take: Take, database: Database) -> None:
        take([(SAKURA, day.isoformat(), "9:00", "16:00", 60, "予定", "", "", "") for day in TEN_DAYS[1:]])
        rows: list[tuple[object, ...]] = [
            (SAKURA, TEN_DAYS[0].isoformat(), "9:00", "16:00", 60, "予定", "", "", ""),
            (SAKURA, TEN_DAYS[9].isoformat(), "9:00", "12:00", 0, "予定", "", "", ""),
        ]
        result = take(rows)
        assert (result.added, result.updated, result.rejected) == (1, 1, ())
        assert len(stored(database)) == 10

    def test_what_is_neither(self, take: Take) -> None:
        result = take(
            [
                (YUI, "2024-12-02", "9:00", "12:00", 0, "見込み", "", "", ""),
                (YUI, "2024-12-03", "9:00", "12:00", 0, "", "", "", ""),
                (YUI, "2024-12-04", "9:00", "12:00", 0, "実績", "たぶん", "", ""),
            ]
        )
        assert [(row.line, row.column, row.code) for row in result.rejected] == [
            (2, "区分", "shift.kind-unknown"),
            (3, "区分", "cell.missing"),
            (4, "在宅", "shift.remote-unknown"),
        ]

    def test_a_year_whose_holidays_nobody_knows(self, take: Take) -> None:
        result = take([(YUI, f"2027-06-{day:02d}", "9:00", "12:00", 0, "実績", "", "", "") for day in (1, 2)])
        unknown = [one for one in result.warnings if one.code == "hours.holidays-unknown"]
        assert [(one.line, one.column, one.params["year"]) for one in unknown] == [(2, "勤務日", "2027")]


@pytest.mark.usefixtures("four")
class TestWorkbooks:
    def test_times_that_are_none(self, database: Database, programme_id: int, tmp_path: Path) -> None:
        import xlsxwriter

        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            page = book.add_worksheet()
            clock, span = book.add_format({"num_format": "h:mm"}), book.add_format({"num_format": "[h]:mm"})
            page.write_row(0, 0, HEADINGS[:5])
            cells = [(9 / 24, 1.0, clock), (9 / 24, 25 / 24, clock), (9 / 24, 25 / 24, span)]
            for line, (start, end, style) in enumerate([*cells, (9 / 24 + 30 / 86_400, 0.5, clock)], 1):
                page.write_string(line, 0, RYOSUKE)
                page.write_string(line, 1, f"2024-12-{line:02d}")
                page.write_number(line, 2, start, clock)
                page.write_number(line, 3, end, style)
                page.write_number(line, 4, 0)
        file = tmp_path / "hours.xlsx"
        file.write_bytes(stream.getvalue())
        result = import_hours(database, programme_id=programme_id, file=file)
        told = [(row.line, row.column, row.code, row.params.get("text")) for row in result.rejected]
        assert told == [
            (2, "終了", "shift.past-midnight", "24:00"),
            (3, "終了", "shift.past-midnight", "25:00"),
            (4, "終了", "shift.past-midnight", "25:00"),
            (5, "開始", "shift.seconds", None),
        ]


@pytest.mark.usefixtures("four")
def test_a_preview_says_what_becomes_of_each_row(take: Take) -> None:
    take([(YUI, "2024-12-02", "9:00", "12:00", 0, "実績", "", "", "")])
    result = take(
        [
            (YUI, "2024-12-03", "9:00", "12:00", 0, "実績", "", "", ""),
            (YUI, "2024-12-02", "9:00", "12:30", 0, "実績", "", "", ""),
        ],
        dry_run=True,
    )
    told = [(line.line, line.outcome, line.name, line.before and line.before.end) for line in result.lines]
    assert told == [(2, "added", "小鳥遊　結衣", None), (3, "updated", "小鳥遊　結衣", time(12))]


@pytest.mark.usefixtures("four")
def test_a_row_that_takes_away_its_own_order_is_refused_the_second_time_too(
    take: Take, database: Database
) -> None:
    saturday = (YUI, "2024-12-07", "9:00", "14:00", 60, "予定")
    rows = [(*saturday, "", "", "理由"), (*saturday, "○", "催事", "")]
    first = take(rows)
    assert (first.added, first.updated, len(first.rejected)) == (1, 0, 1)
    after = stored(database)
    again = take(rows)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)
    assert stored(database) == after


_LINES = st.lists(
    st.tuples(
        st.sampled_from([RYOSUKE, SAKURA, "999"]),
        st.sampled_from(["2024-12-02", "2024-12-03", "2024-12-07", "2025-01-06"]),
        st.sampled_from(["9:00", "11:00", "13:00"]),
        st.sampled_from(["12:00", "14:00", "16:00"]),
        st.sampled_from(["0", "60"]),
        st.sampled_from(["予定", "実績"]),
        st.sampled_from(["", "○"]),
        st.sampled_from(["", "催事"]),
        st.sampled_from(["", "理由"]),
    ),
    min_size=1,
    max_size=12,
)
_USUAL = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.usefixtures("four")
@_USUAL
@given(first=_LINES, second=_LINES, random=st.randoms(use_true_random=False))
def test_any_order_gives_the_same_and_a_second_time_changes_nothing(
    take: Take,
    database: Database,
    first: list[tuple[object, ...]],
    second: list[tuple[object, ...]],
    random: Random,
) -> None:
    """``first`` is there before, so that rows replace others too."""
    while stored(database):  # of an example that did not hold
        undo(database)
    acts = int(take(first).change.changed)
    base = stored(database)
    changed = take(second).change.changed
    after = stored(database)
    again = take(second)
    assert (again.added, again.updated) == (0, 0)
    assert stored(database) == after
    if changed:
        undo(database)
        assert stored(database) == base
    turned = list(second)
    random.shuffle(turned)
    acts += int(take(turned).change.changed)
    assert stored(database) == after
    for _act in range(acts):
        undo(database)
    assert stored(database) == []


@pytest.mark.usefixtures("four")
@_USUAL
@given(rows=_LINES, file_format=st.sampled_from(["csv", "xlsx"]))
def test_what_goes_out_comes_back(
    take: Take,
    database: Database,
    programme_id: int,
    tmp_path: Path,
    rows: list[tuple[object, ...]],
    file_format: str,
) -> None:
    take(rows)
    before = stored(database)
    file = tmp_path / f"out.{file_format}"
    file.write_bytes(written(database, programme_id, file_format))
    if before:
        result = import_hours(database, programme_id=programme_id, file=file)
        assert (result.unchanged, result.rejected) == (len(before), ())
        empty(database)
        again = import_hours(database, programme_id=programme_id, file=file)
        assert (again.added, again.rejected) == (len(before), ())
        assert stored(database) == before
    empty(database)

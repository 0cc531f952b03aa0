"""Figures of the law that clerks enter: kept, changed, taken back, and used for the pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from appointed import FOUR, sample_december, work
from sqlalchemy import select

from fujisawa_desktop.errors import ConflictError, InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.models import Programme, Shift
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.dated_figures import FigureEntry, FigureKind
from fujisawa_desktop.rules.pay import Rate
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services import figure_files
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.dated_figures import (
    FigureRow,
    choose_prefecture,
    chosen_prefecture,
    figure_rows,
    minimum_wages,
    remove_figure,
    save_figure,
)
from fujisawa_desktop.services.figure_files import SkippedLine, read_tax_table, shipped_entries
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.pay import PayRow, issue_statements, pay_for_month
from fujisawa_desktop.services.unit_of_work import unit_of_work

K = FigureKind
RATE = FigureEntry(K.INSURANCE, date(2027, 4, 1), {"per_10_000": 55}, " 厚生労働省 ")
YEARS = {"kou_free_below": 88_000, "otsu_flat_below": 88_000, "hei_free_below": 9_300}
ROW = [88_000, 89_000, 130, 0, 0, 0, 0, 0, 0, 0, 3_200]


def entry(kind: FigureKind, day: date, **values: Any) -> FigureEntry:
    return FigureEntry(kind, day, values, "国税庁")


def own(database: Database) -> list[FigureRow]:
    return [row for row in figure_rows(database) if row.figure_id is not None]


class TestKeeping:
    def test_kept_changed_removed_and_undone(self, database: Database) -> None:
        change = save_figure(database, entry=RATE, actor="職員")
        assert (change.label.code, change.kinds) == ("figures.save", frozenset({"dated_figure"}))
        (row,) = own(database)
        assert row.entry == replace(RATE, source="厚生労働省")
        assert (row.actor, row.version, row.is_covered) == ("職員", 1, False)
        assert row.recorded_at is not None
        assert row.figure_id is not None

        better = replace(RATE, figures={"per_10_000": 56})
        save_figure(database, entry=better, figure_id=row.figure_id, version=row.version)
        (changed,) = own(database)
        assert (changed.entry.figures, changed.version) == ({"per_10_000": 56}, 2)
        undo(database)
        assert own(database)[0].entry.figures == {"per_10_000": 55}

        remove_figure(database, figure_id=row.figure_id, version=own(database)[0].version)
        assert own(database) == []
        undo(database)
        assert own(database)[0].entry.figures == {"per_10_000": 55}

    def test_a_figure_without_its_source_is_not_kept(self, database: Database) -> None:
        with pytest.raises(ValidationError, match=r"figures\.source"):
            save_figure(database, entry=replace(RATE, source=" "))
        assert own(database) == []

    @pytest.mark.parametrize(
        ("second", "meets"),
        [
            (RATE, True),
            (replace(RATE, valid_from=date(2027, 4, 2)), False),
            (replace(RATE, kind=K.COMMUTING, figures={"yen": 1}), False),
        ],
    )
    def test_one_figure_for_a_day(self, database: Database, second: FigureEntry, *, meets: bool) -> None:
        save_figure(database, entry=RATE)
        if not meets:
            save_figure(database, entry=second)
            return
        with pytest.raises(ValidationError) as caught:
            save_figure(database, entry=second)
        assert (caught.value.code, caught.value.field) == ("figures.twice", "valid_from")

    @pytest.mark.parametrize(
        ("first_year", "through", "meets"),
        [
            (2030, 2030, True),
            (2029, 2029, False),
            (2034, 2035, False),
            (2033, 2040, True),
            (2025, 2029, False),
        ],
    )
    def test_one_figure_for_a_year(
        self, database: Database, first_year: int, through: int, *, meets: bool
    ) -> None:
        save_figure(database, entry=entry(K.TAX_YEARS, date(2030, 1, 1), through=2033, **YEARS))
        second = entry(K.TAX_YEARS, date(first_year, 1, 1), through=through, **YEARS)
        if not meets:
            save_figure(database, entry=second)
            return
        with pytest.raises(ValidationError, match=r"figures\.twice"):
            save_figure(database, entry=second)

    def test_changing_a_figure_may_keep_its_day(self, database: Database) -> None:
        save_figure(database, entry=RATE)
        save_figure(database, entry=replace(RATE, valid_from=date(2028, 4, 1)))
        first, second = own(database)
        save_figure(database, entry=replace(RATE, source="x"), figure_id=first.figure_id)
        with pytest.raises(ValidationError, match=r"figures\.twice"):
            save_figure(database, entry=RATE, figure_id=second.figure_id)

    def test_two_clerks_at_one_figure(self, database: Database) -> None:
        save_figure(database, entry=RATE)
        (row,) = own(database)
        assert row.figure_id is not None
        save_figure(database, entry=replace(RATE, source="x"), figure_id=row.figure_id, version=1)
        with pytest.raises(ConflictError):
            save_figure(database, entry=RATE, figure_id=row.figure_id, version=1)
        with pytest.raises(ConflictError):
            remove_figure(database, figure_id=row.figure_id, version=1)
        remove_figure(database, figure_id=row.figure_id, version=2)
        with pytest.raises(NotFoundError, match=r"figures\.missing"):
            remove_figure(database, figure_id=row.figure_id, version=2)
        with pytest.raises(NotFoundError, match=r"figures\.missing"):
            save_figure(database, entry=RATE, figure_id=row.figure_id)


class TestList:
    def test_what_ships_stands_there_with_its_source(self, database: Database) -> None:
        rows = figure_rows(database)
        assert [row.entry for row in rows] == sorted(
            shipped_entries(), key=lambda one: (list(K).index(one.kind), one.valid_from)
        )
        assert all(row.entry.source and row.figure_id is None and not row.is_covered for row in rows)

    def test_own_figures_cover_shipped_ones(self, database: Database) -> None:
        save_figure(database, entry=entry(K.INSURANCE, date(2025, 4, 1), per_10_000=56))
        save_figure(database, entry=entry(K.TAX_YEARS, date(2020, 1, 1), through=2024, **YEARS))
        save_figure(database, entry=entry(K.MINIMUM_WAGE, date(2024, 10, 1), wages={"東京都": 1_163}))
        save_figure(database, entry=entry(K.MINIMUM_WAGE, date(2025, 10, 4), wages={"神奈川県": 1_226}))
        covered = {(row.entry.kind, row.entry.valid_from) for row in figure_rows(database) if row.is_covered}
        assert covered == {(K.INSURANCE, date(2025, 4, 1)), (K.MINIMUM_WAGE, date(2025, 10, 4))}
        save_figure(database, entry=entry(K.TAX_YEARS, date(2025, 1, 1), **YEARS))
        covered = {(row.entry.kind, row.entry.valid_from) for row in figure_rows(database) if row.is_covered}
        assert (K.TAX_YEARS, date(2020, 1, 1)) in covered
        days = [row.entry.valid_from for row in figure_rows(database) if row.entry.kind is K.INSURANCE]
        assert days == sorted(days)


class TestPrefecture:
    def test_chosen_and_undone(self, database: Database) -> None:
        assert chosen_prefecture(database) == ""
        choose_prefecture(database, name="神奈川県")
        assert chosen_prefecture(database) == "神奈川県"
        choose_prefecture(database, name="")
        assert chosen_prefecture(database) == ""
        undo(database)
        assert chosen_prefecture(database) == "神奈川県"
        with pytest.raises(ValidationError, match=r"figures\.prefecture"):
            choose_prefecture(database, name="神奈川")

    def test_the_programmes_own_wages_come_first(self, database: Database) -> None:
        mine = (Rate(date(2024, 10, 1), 1_000), Rate(date(2023, 10, 1), 900))

        def known() -> tuple[Rate, ...]:
            with database.read() as session:
                return minimum_wages(session, [["2024-10-01", 1_000], ["2023-10-01", 900]])

        assert known() == (mine[1], mine[0])
        choose_prefecture(database, name="神奈川県")
        assert known() == (mine[1], mine[0], Rate(date(2025, 10, 4), 1_225))
        choose_prefecture(database, name="沖縄県")
        assert known() == (mine[1], mine[0])


RYOSUKE, _SAKURA, _MISAKI, YUI = (person.number for person in FOUR)


class TestPay:
    def december(self, database: Database, programme_id: int) -> dict[str, PayRow]:
        rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
        return {row.number: row for row in rows}

    def test_own_figures_are_what_pay_is_computed_with(self, database: Database, programme_id: int) -> None:
        four = sample_december(database, programme_id)
        form = terms_form(database, appointment_id=four[RYOSUKE].appointment_id)
        save_terms(database, form=replace(form, tax_column=TaxColumn.OTSU, employment_insurance=True))
        assert self.december(database, programme_id)[RYOSUKE].insurance == 451
        save_figure(database, entry=entry(K.INSURANCE, date(2024, 4, 1), per_10_000=100))
        save_figure(
            database,
            entry=entry(K.TAX_YEARS, date(2025, 1, 1), kou_free_below=70_000, otsu_flat_below=70_000),
        )
        row = self.december(database, programme_id)[RYOSUKE]
        assert (row.insurance, row.tax, row.problems[0].code) == (752, None, "tax.otsu-above")
        table = [70_000, 75_000, 1, 0, 0, 0, 0, 0, 0, 0, 2_222]
        save_figure(database, entry=entry(K.TAX_MONTHLY, date(2025, 1, 1), rows=[table]))
        row = self.december(database, programme_id)[RYOSUKE]
        assert (row.taxable, row.tax, row.net) == (74_414, 2_222, 75_166 - 752 - 2_222)
        assert "explain.tax-otsu-table" in [step.code for step in row.steps]
        for _ in range(3):
            undo(database)
        assert self.december(database, programme_id)[RYOSUKE].insurance == 451

    def test_minimum_wages_of_the_prefecture(self, database: Database, programme_id: int) -> None:
        sample_december(database, programme_id)
        save_figure(database, entry=entry(K.MINIMUM_WAGE, date(2024, 12, 1), wages={"神奈川県": 1_259}))
        assert self.december(database, programme_id)[YUI].problems == ()
        choose_prefecture(database, name="神奈川県")
        (problem,) = self.december(database, programme_id)[YUI].problems
        assert (problem.code, problem.params["minimum_yen"]) == ("pay.below-minimum-wage", 1_259)

    def test_a_long_day_is_paid_with_its_premium(self, database: Database, programme_id: int) -> None:
        four = sample_december(database, programme_id)
        work(database, programme_id, four[YUI], [date(2024, 12, 23)], "9-19/60")
        row = self.december(database, programme_id)[YUI]
        assert row.minutes == 510 + 540
        # 990 min × 1,258 + 60 min × 1,573
        assert (row.pay, row.premium) == (22_330, 315)
        assert "pay.premium-to-check" in [problem.code for problem in row.problems]
        assert issue_statements(
            database,
            programme_id=programme_id,
            year=2024,
            month=12,
            numbers=[YUI],
            manual_tax={four[YUI].appointment_id: 0},
        ).numbers == (YUI,)

    def test_with_a_reason_the_long_day_is_no_problem(self, database: Database, programme_id: int) -> None:
        four = sample_december(database, programme_id)
        work(database, programme_id, four[YUI], [date(2024, 12, 23)], "9-19/60")
        with unit_of_work(database, "test.reason", actor="test") as act:
            day = Shift.day == date(2024, 12, 23)
            shift = act.session.scalars(
                select(Shift).where(day, Shift.appointment_id == four[YUI].appointment_id)
            ).one()
            shift.reason = "市議会の対応のため"
            act.commit()
        codes = [problem.code for problem in self.december(database, programme_id)[YUI].problems]
        assert "pay.premium-to-check" not in codes
        assert "shift.over-eight-hours" in codes

    def test_terms_of_the_programme(self, database: Database, programme_id: int) -> None:
        sample_december(database, programme_id)
        with unit_of_work(database, "test.premium", actor="test") as act:
            programme = act.session.get_one(Programme, programme_id)
            programme.premium_day_minutes, programme.premium_percent = 300, 50
            act.commit()
        row = self.december(database, programme_id)[RYOSUKE]
        # 3,000 min × 1,258 + 585 min × 1,887 (half as much again) = 81,298.25
        assert (row.pay, row.premium) == (81_298, 81_298 - 75_166)

    def test_a_week_over_the_months_edge(self, database: Database, programme_id: int) -> None:
        four = sample_december(database, programme_id)
        with unit_of_work(database, "test.premium", actor="test") as act:
            act.session.get_one(Programme, programme_id).premium_week_minutes = 600
            act.commit()
        work(database, programme_id, four[YUI], [date(2025, 1, 31)], "9-16")
        work(database, programme_id, four[YUI], [date(2025, 1, 27), date(2025, 1, 28)], "終")
        rows = pay_for_month(database, programme_id=programme_id, year=2025, month=1)
        (row,) = [row for row in rows if row.number == YUI]
        # Sunday 1/26 to Saturday 2/1: 360 + 360 + 360, of which 480 are beyond 600
        assert row.premium == 480 * (1_573 - 1_258) // 60


class TestTableFiles:
    def csv(self, folder: Path, text: str, encoding: str = "utf-8") -> Path:
        path = folder / "月額表.csv"
        path.write_text(text, encoding=encoding)
        return path

    def test_a_monthly_table_from_csv(self, tmp_path: Path) -> None:
        text = (
            "以上,未満,0人,1人,2人,3人,4人,5人,6人,7人,乙\n"
            "円,円,円,円,円,円,円,円,円,円,円\n"
            '"88,000円未満",,0,0,0,0,0,0,0,0,3.063%\n'
            '"88,000","89,000",130,0,0,0,0,0,0,0,"3,200",備考\n'
            "89000,９００００,180,0,0,0,0,0,0,0,3200円\n"
        )
        for encoding in ("utf-8-sig", "cp932"):
            found = read_tax_table(self.csv(tmp_path, text, encoding), K.TAX_MONTHLY)
            assert found.rows == [ROW, [89_000, 90_000, 180, 0, 0, 0, 0, 0, 0, 0, 3_200]]
            assert [line.line for line in found.skipped] == [1, 2, 3]
            assert found.skipped[2] == SkippedLine(3, "88,000円未満 0 0 0 0 0 0 0 0 3.063%")

    def test_a_daily_table_from_a_spreadsheet_without_headings(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        for row in ([9_300, 9_400, 5], [9_400, 9_500, 8]):
            book.active.append(row)
        book.save(tmp_path / "日額表.xlsx")
        found = read_tax_table(tmp_path / "日額表.xlsx", K.TAX_DAILY)
        assert (found.rows, found.skipped) == ([[9_300, 9_400, 5], [9_400, 9_500, 8]], ())

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("以上,未満,丙\n9300,9400,\n", "figures.table-number", 2),
            ("以上,未満,丙\n9300,9400,5.5\n", "figures.table-number", 2),
            ("以上,未満,丙\n9300,9400\n", "figures.table-number", 2),
            ("以上,未満,丙\n9300,9400,-5\n", "figures.table-number", 2),
            ("a,b,c\nd,e,f\n", "figures.table-empty", None),
        ],
    )
    def test_what_is_no_table(self, tmp_path: Path, text: str, code: str, line: int | None) -> None:
        with pytest.raises(ValidationError) as caught:
            read_tax_table(self.csv(tmp_path, text), K.TAX_DAILY)
        assert (caught.value.code, caught.value.params.get("line")) == (code, line)

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(InputFileError):
            read_tax_table(tmp_path / "none.csv", K.TAX_DAILY)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"[[entry]",
        b"entries = 1",
        b"[[entry]]\nkind = 'none'\nvalid_from = 2024-01-01\nsource = 'x'\nyen = 1",
        b"[[entry]]\nkind = 'commuting'\nvalid_from = '2024'\nsource = 'x'\nyen = 1",
        b"[[entry]]\nkind = 'commuting'\nvalid_from = 2024-01-01\nsource = 'x'\nyen = -1",
        b"[[entry]]\nkind = 'commuting'\nvalid_from = 2024-01-01\nyen = 1",
    ],
)
def test_broken_figures_name_their_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "made.toml").write_bytes(content)
    with pytest.raises(InputFileError) as caught:
        figure_files._shipped_in(tmp_path)
    assert (caught.value.code, caught.value.params["file"]) == ("figures.broken", "made.toml")

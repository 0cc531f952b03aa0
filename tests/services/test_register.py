"""The register of a month: from stored statements alone, in any layout, final or marked as reference."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from appointed import TEN_DAYS, work
from python_calamine import CalamineWorkbook
from register_scene import (
    MISAKI,
    NET,
    RYOSUKE,
    SAKURA,
    TOTAL,
    YUI,
    Month,
    add_account,
    change_statement,
    reopen,
    state,
    stated_month,
    worked_month,
)
from sqlalchemy import select

from fujisawa_desktop import texts
from fujisawa_desktop.errors import NotFoundError, RuleError, StorageError, ValidationError
from fujisawa_desktop.models import Applicant, Appointment, EntryKind, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.commuting import CommutingMode
from fujisawa_desktop.rules.tax import TaxColumn
from fujisawa_desktop.services.appointments import save_terms, terms_form
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.recent import recent_acts
from fujisawa_desktop.services.register import (
    DIFFERS,
    GONE,
    NOT_STATED,
    SUM_WRONG,
    Register,
    register_rows,
    sums,
)
from fujisawa_desktop.services.register_fields import FIELDS, DayStyle, TimeStyle, minutes_text
from fujisawa_desktop.services.register_files import (
    file_name,
    register_file,
    save_register,
    unwritable_in,
)
from fujisawa_desktop.services.register_layouts import (
    Encoding,
    Layout,
    LayoutColumn,
    LayoutOptions,
    Separator,
    delete_layout,
    layout_named,
    layouts,
    save_layout,
    shipped_layouts,
)
from fujisawa_desktop.services.unit_of_work import unit_of_work


@pytest.fixture
def month(database: Database, programme_id: int) -> Month:
    return stated_month(database, programme_id)


def register_of(month: Month) -> Register:
    return register_rows(month.database, **month.args)


def say(code: str) -> str:
    return texts.paper_term("register-doubt", code)


def rows_of(data: bytes, layout: Layout) -> list[list[str]]:
    text = data.decode(layout.options.encoding.value)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.options.separator.sign))


def set_terms(month: Month, number: str, **values: object) -> None:
    form = terms_form(month.database, appointment_id=month.id(number))
    save_terms(month.database, form=replace(form, **values))


class TestRows:
    def test_it_holds_what_was_stated(self, month: Month) -> None:
        register = register_of(month)
        assert {row.number: row.net for row in register.rows} == NET
        assert register.is_final
        assert sums(register.rows).net == TOTAL
        assert [row.kana for row in register.rows] == sorted(row.kana for row in register.rows)
        row = next(row for row in register.rows if row.number == RYOSUKE)
        assert (row.days, row.minutes, row.rates, row.tax_column) == (10, 3585, (1258,), "hei")

    def test_who_is_not_stated_is_named(self, database: Database, programme_id: int) -> None:
        month = worked_month(database, programme_id)
        state(month, numbers=[RYOSUKE, SAKURA])
        register = register_of(month)
        assert [row.number for row in register.rows] == [SAKURA, RYOSUKE]
        assert {(doubt.number, doubt.code) for doubt in register.doubts} == {
            (MISAKI, NOT_STATED),
            (YUI, NOT_STATED),
        }
        assert not register.is_final

    def test_what_was_stated_stays_when_the_hours_change_and_is_told(self, month: Month) -> None:
        reopen(month)
        work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[3:4], "半")
        register = register_of(month)
        assert {row.number: row.net for row in register.rows} == NET
        assert [(doubt.number, doubt.code) for doubt in register.doubts] == [(YUI, DIFFERS)]
        state(month)
        assert register_of(month).is_final
        assert next(row for row in register_of(month).rows if row.number == YUI).edition == 2

    def test_a_name_corrected_later_does_not_change_what_was_stated(self, month: Month) -> None:
        with unit_of_work(month.database, "test.name", actor="test") as act:
            person = act.session.get(Applicant, month.people[YUI].applicant_id)
            assert person is not None
            person.name_official = "別　人"
            act.commit()
        assert "別　人" not in {row.name for row in register_of(month).rows}

    def test_a_statement_of_somebody_no_longer_appointed_then_is_told(self, month: Month) -> None:
        with unit_of_work(month.database, "test.term", actor="test") as act:
            row = act.session.get(Appointment, month.id(YUI))
            assert row is not None
            row.term_from, row.term_until = date(2025, 1, 1), date(2025, 1, 31)
            act.commit()
        assert [(doubt.number, doubt.code) for doubt in register_of(month).doubts] == [(YUI, GONE)]

    def test_parts_that_do_not_come_to_the_amount_are_told(self, month: Month) -> None:
        change_statement(month, SAKURA, net_yen=75_481)
        codes = {doubt.code for doubt in register_of(month).doubts}
        assert SUM_WRONG in codes
        assert sums(register_of(month).rows).net == TOTAL

    def test_corrections_premium_and_taxed_commuting_have_their_columns(
        self, database: Database, programme_id: int
    ) -> None:
        month = worked_month(database, programme_id)
        set_terms(month, RYOSUKE, commuting_mode=CommutingMode.PER_DAY, round_trip_yen=16_000)
        set_terms(month, RYOSUKE, tax_column=TaxColumn.OTSU)
        state(month)
        change_statement(month, SAKURA, corrected_pay_yen=-1_258, net_yen=75_480 - 1_258, premium_yen=100)
        rows = {row.number: row for row in register_of(month).rows}
        paid = rows[RYOSUKE]
        assert (paid.commuting, paid.taxed_commuting, paid.free_commuting) == (160_000, 10_000, 150_000)
        assert (paid.taxable, paid.tax) == (85_166, 85_166 * 3_063 // 100_000)
        assert (rows[SAKURA].all_pay, rows[SAKURA].premium, rows[SAKURA].summed) == (74_222, 100, 74_222)

    def test_courses_in_their_order(self, month: Month) -> None:
        courses = register_of(month).courses()
        assert [[row.number for row in one.rows] for one in courses] == [[RYOSUKE, MISAKI], [SAKURA, YUI]]


class TestLayouts:
    def test_those_that_ship(self) -> None:
        assert [layout.shipped for layout in shipped_layouts()] == ["full", "finance", "paper"]
        assert [one.field for one in shipped_layouts()[0].columns] == list(FIELDS)
        assert shipped_layouts()[1].options.encoding is Encoding.CP932

    def test_a_layout_is_kept_replaced_and_deleted_and_each_is_taken_back(self, database: Database) -> None:
        mine = Layout("  会計課　用 ", (LayoutColumn("net", "額"),), LayoutOptions(totals=False))
        assert save_layout(database, layout=mine, actor="test").changed
        kept = layout_named(layouts(database), "会計課 用")
        assert (kept.columns, kept.options) == (mine.columns, mine.options)
        assert not save_layout(database, layout=kept, actor="test").changed
        save_layout(database, layout=replace(kept, columns=(LayoutColumn("tax", "税"),)), actor="test")
        assert layout_named(layouts(database), kept.name).columns == (LayoutColumn("tax", "税"),)
        undo(database)
        assert layout_named(layouts(database), kept.name).columns == mine.columns
        delete_layout(database, name=kept.name, actor="test")
        with pytest.raises(NotFoundError):
            layout_named(layouts(database), kept.name)
        undo(database)
        assert layout_named(layouts(database), kept.name)

    @pytest.mark.parametrize(
        ("name", "columns", "code"),
        [
            (" ", (LayoutColumn("net", "額"),), "register.layout-name-empty"),
            ("長" * 61, (LayoutColumn("net", "額"),), "register.layout-name-long"),
            ("全項目", (LayoutColumn("net", "額"),), "register.layout-name-shipped"),
            ("full", (LayoutColumn("net", "額"),), "register.layout-name-shipped"),
            ("空", (), "register.no-columns"),
            ("見出し", (LayoutColumn("net", " "),), "register.heading-empty"),
            ("見出し", (LayoutColumn("net", "額" * 61),), "register.heading-long"),
            ("同じ", (LayoutColumn("net", "額"), LayoutColumn("tax", "額 ")), "register.heading-twice"),
        ],
    )
    def test_what_another_program_could_not_read_is_refused(
        self, database: Database, name: str, columns: tuple[LayoutColumn, ...], code: str
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            save_layout(database, layout=Layout(name, columns))
        assert caught.value.code == code
        assert len(layouts(database)) == 3

    @pytest.mark.parametrize(
        ("minutes", "clock", "hours"),
        [
            (0, "0:00", "0.00"),
            (3585, "59:45", "59.75"),
            (50, "0:50", "0.83"),
            (5, "0:05", "0.08"),
            (10, "0:10", "0.17"),
            (35, "0:35", "0.58"),
        ],
    )
    def test_minutes_as_asked_for(self, minutes: int, clock: str, hours: str) -> None:
        assert minutes_text(minutes, TimeStyle.CLOCK) == clock
        assert minutes_text(minutes, TimeStyle.HOURS) == hours
        assert minutes_text(minutes, TimeStyle.MINUTES) == minutes


class TestFiles:
    def test_csv_of_every_shipped_layout_holds_all_people(self, month: Month) -> None:
        register = register_of(month)
        for layout in shipped_layouts():
            rows = rows_of(register_file(register, layout, "csv", say), layout)
            assert rows[0] == [one.heading for one in layout.columns]
            assert len(rows) == 1 + 4 + (1 if layout.options.totals else 0)
            at = [one.field for one in layout.columns].index("net")
            assert [int(row[at]) for row in rows[1:5]] == [NET[row.number] for row in register.rows]
            if layout.options.totals:
                assert rows[5][at] == str(TOTAL)
                assert "合計" in rows[5]

    def test_the_layout_says_code_separator_time_and_dates(self, month: Month) -> None:
        with unit_of_work(month.database, "test.day", actor="test") as act:
            programme = act.session.get(Programme, month.programme_id)
            assert programme is not None
            programme.pay_day = 21
            act.commit()
        change = LayoutOptions(Encoding.CP932, Separator.TAB, TimeStyle.HOURS, DayStyle.ERA, totals=False)
        columns = tuple(LayoutColumn(name, name) for name in ("number", "work_month", "minutes", "stated_on"))
        layout = Layout("x", columns, change)
        rows = rows_of(register_file(register_of(month), layout, "csv", say), layout)
        row = next(row for row in rows if row[0] == RYOSUKE)
        made = next(row.made_at for row in register_of(month).rows)
        assert row[1:3] == ["令和6年12月", "59.75"]
        assert row[3] == f"令和{made.year - 2018}年{made.month}月{made.day}日"

    def test_xlsx_holds_numbers_as_numbers_and_identifiers_as_texts(
        self, month: Month, tmp_path: Path
    ) -> None:
        file = tmp_path / "register.xlsx"
        file.write_bytes(register_file(register_of(month), shipped_layouts()[0], "xlsx", say))
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        table = list(sheet.iter_rows(values_only=True))
        by_name = {name: at for at, name in enumerate(table[0])}
        row = next(row for row in table if row[0] == RYOSUKE)
        assert row[by_name["差引支給額"]] == 75_166
        assert row[by_name["口座番号"]] == f"{month.id(RYOSUKE):07d}"
        assert row[by_name["銀行番号"]] == "0998"
        assert row[by_name["計算書の作成日"]].date() == register_of(month).rows[0].made_at.date()
        assert table[-1][by_name["差引支給額"]] == TOTAL
        other = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
        assert [line[by_name["差引支給額"]] for line in other[1:]] == [
            *(NET[row.number] for row in register_of(month).rows),
            TOTAL,
        ]

    def test_texts_that_begin_like_formulas_stay_texts(self, month: Month) -> None:
        add_account(month, YUI, employee_code="=1+1")
        layout = Layout(
            "x",
            (LayoutColumn("number", "番号"), LayoutColumn("employee_code", "+社員")),
            LayoutOptions(totals=False),
        )
        rows = rows_of(register_file(register_of(month), layout, "csv", say), layout)
        assert rows[0][1] == "'+社員"
        assert next(row[1] for row in rows if row[0] == YUI) == "'=1+1"
        change_statement(month, SAKURA, corrected_pay_yen=-500, net_yen=74_980)
        numbers = Layout("x", (LayoutColumn("corrected_pay", "追給"),), LayoutOptions(totals=False))
        rows = rows_of(register_file(register_of(month), numbers, "csv", say, as_reference=True), numbers)
        assert ["-500"] in rows

    def test_what_cp932_cannot_hold_is_named_before_anything_is_written(
        self, database: Database, programme_id: int, tmp_path: Path
    ) -> None:
        month = worked_month(database, programme_id)
        with unit_of_work(database, "test.name", actor="test") as act:
            person = act.session.get(Applicant, month.people[YUI].applicant_id)
            assert person is not None
            person.name_official = "𠮷野　花"
            act.commit()
        state(month)
        layout = layout_named(layouts(database), "finance")
        [cell] = unwritable_in(register_of(month), layout, say)
        assert (cell.number, cell.heading, cell.characters) == (YUI, "氏名", ("𠮷",))
        target = tmp_path / "register.csv"
        args = {**month.args, "layout": layout, "file_format": "csv", "path": target, "say": say}
        with pytest.raises(RuleError) as caught:
            save_register(database, **args)
        assert caught.value.code == "export.cp932-unwritable"
        assert not target.exists()
        save_register(database, **args, substitute=True)
        assert "〓野".encode("cp932") in target.read_bytes()
        assert unwritable_in(register_of(month), shipped_layouts()[0], say) == []

    def test_a_register_that_is_not_final_is_written_only_as_reference(
        self, month: Month, tmp_path: Path
    ) -> None:
        reopen(month)
        work(month.database, month.programme_id, month.people[YUI], TEN_DAYS[3:4], "半")
        layout = shipped_layouts()[0]
        target = tmp_path / "register.csv"
        args = {**month.args, "layout": layout, "file_format": "csv", "path": target, "say": say}
        with pytest.raises(RuleError) as caught:
            save_register(month.database, **args)
        assert caught.value.code == "register.not-final"
        assert caught.value.params["people"] == [f"{YUI} 小鳥遊　結衣"]
        assert not target.exists()
        written = save_register(month.database, **args, as_reference=True)
        assert written.is_reference
        assert "実績と相違" in target.read_bytes().decode("utf-8-sig")
        assert file_name(register_of(month), "csv", as_reference=True) == "報酬支給台帳_2024-12_参考.csv"

    def test_nothing_stated_is_no_register(self, database: Database, programme_id: int) -> None:
        month = worked_month(database, programme_id)
        with pytest.raises(RuleError) as caught:
            register_file(register_of(month), shipped_layouts()[0], "csv", say, as_reference=True)
        assert caught.value.code == "register.nobody"

    def test_what_leaves_is_recorded_without_names_and_never_taken_back(
        self, month: Month, tmp_path: Path
    ) -> None:
        written = save_register(
            month.database,
            **month.args,
            layout=shipped_layouts()[0],
            file_format="xlsx",
            path=tmp_path / "register.xlsx",
            say=say,
        )
        assert not written.is_reference
        [act] = recent_acts(month.database, limit=1)
        assert act.kind is EntryKind.ISSUED
        assert (act.label.params["count"], act.label.params["yen"]) == (4, TOTAL)
        assert "楜澤" not in str(act.label.params)
        undo(month.database)
        assert recent_acts(month.database, limit=5)

    def test_a_file_that_cannot_be_written_is_not_recorded(self, month: Month, tmp_path: Path) -> None:
        before = recent_acts(month.database, limit=1)
        with pytest.raises(StorageError):
            save_register(
                month.database,
                **month.args,
                layout=shipped_layouts()[0],
                file_format="csv",
                path=tmp_path / "no folder" / "register.csv",
                say=say,
            )
        assert recent_acts(month.database, limit=1) == before

    def test_every_field_can_be_written_for_everybody(self, month: Month) -> None:
        with month.database.read() as session:
            assert session.scalars(select(Appointment.id)).all()
        for row in register_of(month).rows:
            for field in FIELDS.values():
                field.value(row)

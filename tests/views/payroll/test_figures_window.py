"""法令の数値 on the screen: what ships, own figures, tax tables from files, refusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from payroll_page import Page, dialog_of, write
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.rules.dated_figures import FigureEntry, FigureKind
from fujisawa_desktop.services.dated_figures import (
    FigureRow,
    chosen_prefecture,
    figure_rows,
    save_figure,
)
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.memory import Memory
from fujisawa_desktop.views.notify import Notifier
from fujisawa_desktop.views.payroll.figure_table_dialog import FigureTableDialog
from fujisawa_desktop.views.payroll.figure_words import (
    figure_text,
    read_distances,
    read_thousandths,
    thousandths_text,
)
from fujisawa_desktop.views.payroll.figures_window import FiguresWindow
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.widgets import LineEdit, field_named

K = FigureKind


@pytest.fixture
def window(page: Page) -> FiguresWindow:
    page.tab.actions_served()["work.figures"]()
    page.wait()
    found = dialog_of(page.tab, FiguresWindow)
    assert isinstance(found, FiguresWindow)
    return found


def choose(page: Page, window: FiguresWindow, kind: FigureKind) -> None:
    window.kinds.setCurrentIndex(list(K).index(kind))
    page.wait()


def own(database: Database) -> list[FigureRow]:
    return [row for row in figure_rows(database) if row.figure_id is not None]


def cells(window: FiguresWindow, column: int) -> list[str]:
    return [str(window.model.data(window.model.index(row, column))) for row in range(window.model.rowCount())]


def retype(page: Page, edit: LineEdit, text: str) -> None:
    edit.clear()
    write(page.qtbot, edit, text)


def error_of(window: FiguresWindow, name: str) -> str:
    field = field_named(window.form, name)
    assert field is not None
    return field.error()


def test_what_ships_stands_there_with_its_source(page: Page, window: FiguresWindow) -> None:
    assert window.model.rowCount() == 3
    assert set(cells(window, 2)) == {_("shipped")}
    assert "国税庁" in cells(window, 3)[0]
    choose(page, window, K.INSURANCE)
    assert cells(window, 1) == ["6/1,000", "5.5/1,000", "5/1,000"]
    choose(page, window, K.TAX_DAILY)
    assert window.model.rowCount() == 0
    assert window.table.empty.isVisibleTo(window)


@pytest.mark.parametrize("kind", list(K))
def test_each_kind_has_its_own_fields(page: Page, window: FiguresWindow, kind: FigureKind) -> None:
    choose(page, window, kind)
    shown = {
        name
        for name in ("kou_free_below", "per_10_000", "yen", "wages", "prefecture")
        if (field := field_named(window.form, name)) is not None and field.isVisibleTo(window.form)
    }
    assert shown == {
        K.TAX_YEARS: {"kou_free_below"},
        K.INSURANCE: {"per_10_000"},
        K.COMMUTING: {"yen"},
        K.MINIMUM_WAGE: {"wages", "prefecture"},
    }.get(kind, set())
    assert window.form.read_button.isVisibleTo(window) is (kind in {K.TAX_MONTHLY, K.TAX_DAILY})
    assert window.form.distances.isVisibleTo(window) is (kind is K.COMMUTING_CAR)
    assert window.prefecture.isVisibleTo(window) is (kind is K.MINIMUM_WAGE)
    assert window.about.text()


def test_a_shipped_figure_is_where_an_own_one_begins(
    page: Page, window: FiguresWindow, database: Database
) -> None:
    choose(page, window, K.INSURANCE)
    window.table.select_row(1)
    assert window.form.rate.text() == "5.5"
    assert not window.remove_button.isEnabled()
    retype(page, window.form.rate, "５．６")
    page.click(window.save_button)
    (row,) = own(database)
    assert (row.entry.valid_from, row.entry.figures) == (date(2025, 4, 1), {"per_10_000": 56})
    assert cells(window, 2) == [_("shipped"), _("own"), _("replaced"), _("shipped")]
    assert window.current is not None
    assert window.current.figure_id == row.figure_id
    assert window.notice.text() == _("Saved. Pay is computed with it from now on.")

    page.click(window.remove_button)
    assert own(database) == []
    assert window.notice.text() == _("Removed. It can be taken back.")
    assert _("own") not in cells(window, 2)
    undo(database)
    assert len(own(database)) == 1


def test_a_new_year_with_full_width_digits(page: Page, window: FiguresWindow, database: Database) -> None:
    page.click(window.new_button)
    assert window.focusWidget() is window.form.year
    write(page.qtbot, window.form.year, "２０２８")
    write(page.qtbot, window.form.kou, "１１１，０００")
    write(page.qtbot, window.form.otsu, "111000")
    window.form.source.set_text("国税庁 令和10年分")
    page.click(window.save_button)
    (row,) = own(database)
    assert row.entry == FigureEntry(
        K.TAX_YEARS,
        date(2028, 1, 1),
        {"kou_free_below": 111_000, "otsu_flat_below": 111_000, "hei_free_below": None},
        "国税庁 令和10年分",
    )
    assert window.form.year.text() == "2028"
    assert _("(not known)") in cells(window, 1)[-1]


@pytest.mark.parametrize(
    ("year", "source", "field", "code"),
    [
        ("", "国税庁", "valid_from", "figures.day-missing"),
        ("2028", "", "source", "figures.source"),
        ("1999", "国税庁", "valid_from", "number.too-small"),
    ],
)
def test_refusals_stand_beside_their_field(
    page: Page,
    window: FiguresWindow,
    database: Database,
    year: str,
    source: str,
    field: str,
    code: str,
) -> None:
    write(page.qtbot, window.form.year, year)
    write(page.qtbot, window.form.kou, "1")
    write(page.qtbot, window.form.otsu, "1")
    window.form.source.set_text(source)
    page.click(window.save_button)
    params = {"lowest": 2000} if code == "number.too-small" else {}
    assert error_of(window, field) == texts.message_for(code, params)
    assert own(database) == []


def test_a_second_own_figure_for_a_day_is_refused(
    page: Page, window: FiguresWindow, database: Database
) -> None:
    entry = FigureEntry(K.COMMUTING, date(2027, 4, 1), {"yen": 1}, "官報")
    save_figure(database, entry=entry)
    choose(page, window, K.COMMUTING)
    window.form.day.setText("2027/4/1")
    write(page.qtbot, window.form.yen, "160000")
    window.form.source.set_text("官報")
    page.click(window.save_button)
    assert texts.message_for("figures.twice", {"date": entry.valid_from}) == error_of(window, "valid_from")


def test_minimum_wages_of_one_day_join(page: Page, window: FiguresWindow, database: Database) -> None:
    choose(page, window, K.MINIMUM_WAGE)
    for name, yen in (("神奈川県", "1290"), ("東京都", "1291")):
        page.click(window.new_button)
        window.form.day.setText("2026/10/1")
        window.form.prefecture.setCurrentIndex(window.form.prefecture.findData(name))
        retype(page, window.form.wage, yen)
        window.form.source.set_text("労働局")
        page.click(window.save_button)
    (row,) = own(database)
    assert row.entry.figures == {"wages": {"神奈川県": 1_290, "東京都": 1_291}}
    retype(page, window.form.wage, "1295")
    page.click(window.save_button)
    (row,) = own(database)
    assert sorted(row.entry.figures["wages"].items()) == [("東京都", 1_291), ("神奈川県", 1_295)]


def test_the_prefecture_is_chosen_at_once(page: Page, window: FiguresWindow, database: Database) -> None:
    choose(page, window, K.MINIMUM_WAGE)
    window.prefecture.setCurrentIndex(window.prefecture.findData("神奈川県"))
    window.prefecture.activated.emit(window.prefecture.currentIndex())
    page.wait()
    assert chosen_prefecture(database) == "神奈川県"
    undo(database)
    window.reload()
    page.wait()
    assert window.prefecture.currentData() == ""


def test_limits_for_cars_are_lines(page: Page, window: FiguresWindow, database: Database) -> None:
    choose(page, window, K.COMMUTING_CAR)
    window.form.day.setText("2025/4/1")
    window.form.distances.set_text("２ ４，２００\n10km以上 7,300円\n\n")
    window.form.source.set_text("政令")
    page.click(window.save_button)
    assert own(database)[0].entry.figures == {"rows": [[2, 4_200], [10, 7_300]]}
    assert window.form.distances.text() == "2 4,200\n10 7,300"
    window.form.distances.set_text("二 4200")
    page.click(window.save_button)
    said = texts.message_for("figures.distance-line", {"text": "二 4200"})
    assert window.notice.text() == said


class TestTables:
    def read(
        self, page: Page, window: FiguresWindow, monkeypatch: pytest.MonkeyPatch, path: Path | str
    ) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
        page.click(window.form.read_button)

    def table(self, folder: Path) -> Path:
        lines = [
            f"{88_000 + 1_000 * n},{89_000 + 1_000 * n},{130 + 50 * n},0,0,0,0,0,0,0,3200" for n in range(9)
        ]
        path = folder / "月額表.csv"
        path.write_text("以上,未満\n" + "注\n" * 6 + "\n".join(lines), encoding="cp932")
        return path

    def test_read_looked_at_taken_and_kept(
        self,
        page: Page,
        window: FiguresWindow,
        database: Database,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        choose(page, window, K.TAX_MONTHLY)
        assert not window.form.look_button.isEnabled()
        self.read(page, window, monkeypatch, self.table(tmp_path))
        (preview,) = window.findChildren(FigureTableDialog)
        assert preview.model.rowCount() == 9
        assert preview.model.data(preview.model.index(0, 10)) == "3,200"
        assert "7" in preview.skipped_text.text()
        assert _("and {count} more").format(count=2) in preview.skipped_text.text()
        assert window.form.rows == []
        page.click(preview.take_button)
        assert len(window.form.rows) == 9
        write(page.qtbot, window.form.year, "2025")
        window.form.source.set_text("国税庁")
        page.click(window.save_button)
        (row,) = own(database)
        assert len(row.entry.figures["rows"]) == 9
        page.click(window.form.look_button)
        shown = window.findChildren(FigureTableDialog)[-1]
        assert not shown.take_button.isVisibleTo(shown)
        assert not shown.skipped_text.isVisibleTo(shown)
        shown.take()
        page.wait()

    def test_no_file_chosen(self, page: Page, window: FiguresWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        choose(page, window, K.TAX_DAILY)
        self.read(page, window, monkeypatch, "")
        assert window.findChildren(FigureTableDialog) == []

    def test_a_file_that_is_no_table(
        self, page: Page, window: FiguresWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        choose(page, window, K.TAX_DAILY)
        path = tmp_path / "x.csv"
        path.write_text("a,b\nc,d\n", encoding="utf-8")
        self.read(page, window, monkeypatch, path)
        assert window.notice.text() == texts.message_for("figures.table-empty", {})
        self.read(page, window, monkeypatch, tmp_path / "none.csv")
        assert "none.csv" in window.notice.text()

    def test_without_a_table_nothing_is_kept(
        self, page: Page, window: FiguresWindow, database: Database
    ) -> None:
        choose(page, window, K.TAX_DAILY)
        write(page.qtbot, window.form.year, "2025")
        window.form.source.set_text("国税庁")
        page.click(window.save_button)
        assert window.notice.text() == texts.message_for("figures.table-empty", {})
        assert own(database) == []


def test_on_a_file_that_may_only_be_read(
    database: Database,
    programme_id: int,
    qtbot: QtBot,
    settings: Memory,
    settle: Callable[[], None],
) -> None:
    save_figure(database, entry=FigureEntry(K.INSURANCE, date(2027, 4, 1), {"per_10_000": 1}, "x"))
    only = open_database(database.path, read_only=True)  # type: ignore[arg-type]
    tasks = Tasks()
    desk = Desk(database=only, tasks=tasks, notifier=Notifier(), settings=settings, programme_id=programme_id)
    window = FiguresWindow(desk)
    window.show()
    qtbot.waitUntil(lambda: tasks.pending == 0)
    QApplication.processEvents()
    window.kinds.setCurrentIndex(list(K).index(K.INSURANCE))
    window.table.select_row(3)
    for button in (window.save_button, window.new_button, window.remove_button, window.form.read_button):
        assert not button.isEnabled()
    window.save()
    window.remove()
    settle()
    assert len(own(database)) == 1
    window.reject()
    settle()
    tasks.shutdown()
    only.dispose()


@pytest.mark.parametrize(("typed", "value"), [("5.5", 55), ("６", 60), ("5.5/1,000", 55), ("0.5", 5)])
def test_rates_in_thousandths(typed: str, value: int) -> None:
    assert read_thousandths(typed) == value
    assert read_thousandths(thousandths_text(value)) == value


@pytest.mark.parametrize("typed", ["", "5.55", "-5", "5,5", "五", "0.55%"])
def test_what_is_no_rate(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"figures\.thousandths"):
        read_thousandths(typed)


def test_what_is_no_distance() -> None:
    with pytest.raises(ValidationError, match=r"figures\.distance-line"):
        read_distances("10")
    assert read_distances(" \n") == []


def test_every_kind_is_said_in_a_line() -> None:
    rows = {"rows": [[2, 4_200], [10, 7_300]]}
    assert figure_text(FigureEntry(K.COMMUTING_CAR, date(2025, 4, 1), rows, "x")).count("4,200") == 1
    assert "150,000" in figure_text(FigureEntry(K.COMMUTING, date(2025, 4, 1), {"yen": 150_000}, "x"))

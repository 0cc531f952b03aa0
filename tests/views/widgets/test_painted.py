from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.views.theme import DARK, LIGHT, tokens
from fujisawa_desktop.views.widgets import (
    PILL_ROLE,
    Bar,
    BarChart,
    CapBar,
    CapState,
    DataTable,
    Milestone,
    Pill,
    PillDelegate,
    PillRow,
    Timeline,
    pill_size,
)
from fujisawa_desktop.views.widgets.pill import fitted_widths, place_pills
from fujisawa_desktop.views.widgets.timeline import position_of

YEAR = (
    Milestone("募集開始", "10/1", date(2024, 10, 1)),
    Milestone("締切", "10/16", date(2024, 10, 16)),
    Milestone("面接", "10/30–11/8", date(2024, 10, 30), date(2024, 11, 8)),
    Milestone("任用", "12/1", date(2024, 12, 1)),
)


def painted(widget: QWidget) -> QImage:
    widget.show()
    return widget.grab().toImage()


def colours_in(image: QImage, rows: range | None = None) -> set[str]:
    lines = rows if rows is not None else range(image.height())
    return {image.pixelColor(x, y).name().upper() for y in lines for x in range(image.width())}


def reach(image: QImage, colour: str, row: int) -> int:
    """Return the last column of ``row`` painted in ``colour``."""
    wanted = QColor(colour)
    return max((x for x in range(image.width()) if image.pixelColor(x, row) == wanted), default=-1)


@pytest.mark.parametrize("tone", ["key", "good", "caution", "wrong", "neutral"])
def test_a_pill_stands_on_the_ground_of_its_tone(qtbot: QtBot, tone: str) -> None:
    pill = Pill("1次合格", tone)  # type: ignore[arg-type]
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    ground = tokens().ground_of(tone).name().upper()  # type: ignore[arg-type]
    assert ground in colours_in(painted(pill))
    assert pill.accessibleName() == "1次合格"


def test_a_pill_takes_the_colours_of_the_dark_scheme(qtbot: QtBot, dark: None) -> None:
    pill = Pill("1次合格", "good")
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    assert DARK.good_pale.upper() in colours_in(painted(pill))
    assert LIGHT.good_pale.upper() not in colours_in(painted(pill))


def test_pills_wrap_and_never_overlap() -> None:
    pills = [("1次合格", "good"), ("DX・スマートシティ", "key"), ("重複？", "caution")]
    narrow = place_pills(pills, 160)  # type: ignore[arg-type]
    assert [place.top() for place in narrow] == [0, 24, 48] or narrow[1].top() == 24
    assert all(place.right() < 160 for place in narrow)
    wide = place_pills(pills, 1000)  # type: ignore[arg-type]
    assert {place.top() for place in wide} == {0}
    assert all(one.right() < other.left() for one, other in pairwise(wide))


def test_a_row_of_pills_is_as_high_as_it_must_be(qtbot: QtBot) -> None:
    line = PillRow([("1次合格", "good"), ("DX・スマートシティ", "key")])
    qtbot.addWidget(line)
    assert line.heightForWidth(1000) == 20
    assert line.heightForWidth(pill_size("DX・スマートシティ").width() + 5) == 44
    assert line.accessibleName() == "1次合格、DX・スマートシティ"
    line.set_pills([])
    assert line.heightForWidth(1000) == 0


def test_a_table_cell_shows_its_pills_and_copies_their_words(qtbot: QtBot) -> None:
    model = QStandardItemModel(1, 2)
    model.setHorizontalHeaderLabels(["氏名", "状態"])
    model.setItem(0, 0, QStandardItem("髙橋\t美咲"))
    state = QStandardItem()
    state.setData([("1次合格", "good"), ("重複？", "caution")], PILL_ROLE)
    model.setItem(0, 1, state)
    table = DataTable("応募者")
    qtbot.addWidget(table)
    delegate = PillDelegate(table)
    table.setItemDelegateForColumn(1, delegate)
    table.setModel(model)
    table.resize(500, 120)
    assert {LIGHT.good_pale.upper(), LIGHT.caution_pale.upper()} <= colours_in(painted(table))
    table.select_row(0)
    assert table.selection_as_text() == "氏名\t状態\n髙橋 美咲\t1次合格、重複？"
    table.horizontalHeader().setMinimumSectionSize(20)
    table.setColumnWidth(0, 440)  # leaves a narrow last column
    assert LIGHT.caution_pale.upper() not in colours_in(painted(table)), "no pill is painted over the edge"


def test_the_longest_bar_fills_the_room_and_the_others_are_in_scale(qtbot: QtBot) -> None:
    chart = BarChart("選考の状況")
    qtbot.addWidget(chart)
    chart.set_bars([Bar("エントリー", 400), Bar("要件あり", 200), Bar("1次合格", 0), Bar("承諾", 1, "good")])
    chart.resize(400, chart.sizeHint().height())
    image = painted(chart)
    start = min(x for x in range(400) if image.pixelColor(x, 14).name().upper() == LIGHT.key.upper())
    whole, half = reach(image, LIGHT.key, 14) - start, reach(image, LIGHT.key, 42) - start
    assert half == pytest.approx(whole / 2, abs=2)
    assert reach(image, LIGHT.key, 70) == -1
    assert LIGHT.good.upper() in colours_in(image, range(84, 112)), "even one person can be seen"
    assert chart.accessibleName() == "選考の状況 エントリー 400、要件あり 200、1次合格 0、承諾 1"


@pytest.mark.parametrize(
    ("worked", "planned", "inclusive", "reached"),
    [(3585, 0, False, False), (3600, 0, False, True), (3600, 0, True, False), (3000, 601, True, True)],
)
def test_the_cap_is_read_as_it_is_written(worked: int, planned: int, inclusive: bool, reached: bool) -> None:
    assert CapState(worked, planned, 3600, inclusive).reached is reached


def test_the_bar_of_the_cap_shows_worked_planned_and_too_much(qtbot: QtBot) -> None:
    set_language("en")
    bar = CapBar(CapState(1200, 900, 3600, inclusive=False))
    qtbot.addWidget(bar)
    bar.resize(360, 40)
    image = painted(bar)
    assert reach(image, LIGHT.key, 30) == pytest.approx(120, abs=2)
    assert reach(image, LIGHT.key_soft, 30) == pytest.approx(210, abs=2)
    assert LIGHT.wrong.upper() not in colours_in(image)
    bar.set_state(CapState(3600, 300, 3600, inclusive=False))
    assert LIGHT.wrong.upper() in colours_in(painted(bar), range(27, 34))
    assert bar.accessibleName() == "Worked 60:00, planned 5:00, cap under 60 h"


@pytest.mark.parametrize(
    ("today", "position"),
    [
        (date(2024, 4, 1), 0.0),
        (date(2024, 10, 1), 0.0),
        (date(2024, 10, 16), 1 / 3),
        (date(2024, 10, 23), 0.5),
        (date(2025, 4, 1), 1.0),
    ],
)
def test_today_stands_between_its_neighbours(today: date, position: float) -> None:
    assert position_of(today, YEAR) == pytest.approx(position)


def test_the_line_of_the_year_is_said_in_words_too(qtbot: QtBot) -> None:
    set_language("en")
    line = Timeline()
    qtbot.addWidget(line)
    line.resize(800, 74)
    line.set_milestones(YEAR, date(2024, 11, 1))
    assert line.accessibleName() == (
        "募集開始 10/1 past、締切 10/16 past、面接 10/30–11/8 now、任用 12/1 to come"
    )
    image = painted(line)
    filled = reach(image, LIGHT.key, Timeline.TOP)
    assert 500 < filled < 560
    line.set_milestones(YEAR, date(2024, 4, 1))
    assert reach(painted(line), LIGHT.key, Timeline.TOP) == -1


def test_a_line_without_a_year_paints_nothing(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    assert len(colours_in(painted(line))) == 1


def test_the_empty_state_stands_where_rows_would(qtbot: QtBot) -> None:
    table = DataTable("応募者")
    qtbot.addWidget(table)
    table.empty.say("まだ応募者がいません", "ファイルを取り込んでください。", "取り込む…", lambda: None)
    model = QStandardItemModel(0, 1)
    table.setModel(model)
    table.resize(400, 300)
    table.show()
    assert table.empty.isVisible()
    assert table.empty.geometry() == table.viewport().rect()
    model.appendRow(QStandardItem("髙橋"))
    assert not table.empty.isVisible()
    model.clear()
    assert table.empty.isVisible()


def test_columns_are_remembered_for_the_same_columns_only(qtbot: QtBot, settings: object) -> None:
    def table_of(columns: int) -> DataTable:
        table = DataTable("応募者")
        qtbot.addWidget(table)
        table.setModel(QStandardItemModel(1, columns))
        return table

    table = table_of(4)
    table.set_widths({0: 77, 2: 133})
    table.remember(settings, "people")  # type: ignore[arg-type]
    again = table_of(4)
    assert again.recall(settings, "people")  # type: ignore[arg-type]
    assert (again.columnWidth(0), again.columnWidth(2)) == (77, 133)
    assert not table_of(5).recall(settings, "people")  # type: ignore[arg-type]


def test_return_opens_the_row_and_ctrl_c_copies_it(qtbot: QtBot) -> None:
    table = DataTable("応募者")
    qtbot.addWidget(table)
    model = QStandardItemModel(3, 1)
    for row, name in enumerate(("髙橋", "𠮷田", "楜澤")):
        model.setItem(row, 0, QStandardItem(name))
    model.setHorizontalHeaderLabels(["氏名"])
    table.setModel(model)
    table.show()
    opened: list[int] = []
    table.activated.connect(lambda index: opened.append(index.row()))
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(model.index(1, 0)).center()
    )
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == "氏名\n𠮷田\n楜澤"
    assert table.rowHeight(0) == 34
    assert table.childAt(QPoint(2, 2)) is not None


def test_the_longest_pill_gives_way_so_that_the_others_can_be_read() -> None:
    long, short = ("1次合格・日程調整中", "good"), ("重複？", "caution")
    full = [pill_size(text).width() for text, _tone in (long, short)]
    assert fitted_widths([long, short], 1000) == full  # type: ignore[list-item]
    narrow = fitted_widths([long, short], sum(full) - 20)  # type: ignore[list-item]
    assert narrow[1] == full[1]
    assert 80 <= narrow[0] < full[0] - 20
    assert fitted_widths([long], 40) == full[:1]  # type: ignore[list-item]
    assert fitted_widths([], 40) == []

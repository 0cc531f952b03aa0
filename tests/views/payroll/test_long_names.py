"""Long names in the grid and in the table of the pay."""

from __future__ import annotations

from dataclasses import replace

from appointed import sample_december
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.pay import pay_for_month
from fujisawa_desktop.views.payroll.grid_paint import name_lines
from fujisawa_desktop.views.payroll.pay_table import WIDEST_NAME, PayPanel
from fujisawa_desktop.views.theme import body_font

LONG = "ファン・デル・ベルク　京子"


def test_a_name_is_put_on_two_lines_only_where_one_is_too_narrow(qapp: QApplication) -> None:
    whole = QFontMetrics(body_font(11)).horizontalAdvance(LONG)
    assert name_lines(LONG, whole) == (LONG, "")
    assert name_lines(LONG, whole - 1) == ("ファン・デル・ベルク", "京子")
    assert name_lines("マッキントッシュ", 10) == ("マッキントッシュ", "")


def test_the_names_get_the_room_the_longest_needs(
    qtbot: QtBot, database: Database, programme_id: int
) -> None:
    sample_december(database, programme_id)
    rows = pay_for_month(database, programme_id=programme_id, year=2024, month=12)
    panel = PayPanel()
    qtbot.addWidget(panel)
    panel.show_rows(rows)
    usual = panel.table.columnWidth(0)
    panel.show_rows([replace(rows[0], name=LONG), *rows[1:]])
    assert panel.table.columnWidth(0) > QFontMetrics(body_font()).horizontalAdvance(LONG)
    assert panel.table.columnWidth(0) > usual
    panel.show_rows([replace(rows[0], name=LONG * 9), *rows[1:]])
    assert panel.table.columnWidth(0) == WIDEST_NAME

"""Cells painted by our own delegate look as Qt's would under the stylesheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from fujisawa_desktop.views.widgets import DataTable, TextDelegate


def table_of(qtbot: QtBot, cells: list[str]) -> DataTable:
    model = QStandardItemModel(len(cells), 1)
    for row, text in enumerate(cells):
        model.setItem(row, 0, QStandardItem(text))
    table = DataTable("list")
    qtbot.addWidget(table)
    table.setModel(model)
    model.setParent(table)
    table.resize(160, 300)
    table.show()
    return table


def picture(table: DataTable) -> QImage:
    return table.viewport().grab().toImage()


@pytest.mark.parametrize("chosen", [None, 1])
def test_texts_stand_where_the_stylesheet_puts_them(qtbot: QtBot, chosen: int | None) -> None:
    table = table_of(qtbot, ["見本大学", "a text that is far too long for its column", ""])
    if chosen is not None:
        table.selectRow(chosen)
    table.setItemDelegate(QStyledItemDelegate(table))
    usual = picture(table)
    table.setItemDelegate(TextDelegate(table))
    assert picture(table) == usual


def test_figures_stand_at_the_right(qtbot: QtBot) -> None:
    table = table_of(qtbot, ["12"])
    table.setItemDelegate(TextDelegate(table))
    left = picture(table)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    table.model().setData(table.model().index(0, 0), right, Qt.ItemDataRole.TextAlignmentRole)
    assert picture(table) != left

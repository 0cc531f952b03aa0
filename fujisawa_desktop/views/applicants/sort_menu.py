"""Sorting from the keyboard: by one column, then within it by the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QMenu

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES
from fujisawa_desktop.views.applicants.sort_header import SortHeader


def fill_sort_menu(menu: QMenu, header: SortHeader) -> None:
    """Add the sorting of every column to a menu, for hands that stay on the keyboard."""
    places = {key: at for at, (key, _way) in enumerate(header.sorts, start=1)}
    for column in COLUMNS:
        action = menu.addAction(_(column.title))
        action.setCheckable(True)
        action.setChecked(column.key in places)
        action.triggered.connect(_sorting(header, column.key, adding=False))
    menu.addSeparator()
    then = menu.addMenu(_("Then by"))
    for column in COLUMNS:
        if column.key != header.sorts[0][0]:
            action = then.addAction(_(column.title))
            action.setCheckable(True)
            action.setChecked(column.key in places)
            action.triggered.connect(_sorting(header, column.key, adding=True))


def sorts_text(header: SortHeader) -> str:
    """Return in which order the list stands, as ``学年 ▲ → 氏名 ▲``."""
    return order_text(header.sorts)


def order_text(sorts: Iterable[tuple[str, str]]) -> str:
    """Return an order of columns in words."""
    signs = {"asc": "▲", "desc": "▼"}
    return " → ".join(f"{_(COLUMNS[PLACES[key]].title)} {signs[way]}" for key, way in sorts)


def _sorting(header: SortHeader, key: str, *, adding: bool) -> Callable[[], None]:
    return lambda: header.sort_by(key, adding=adding)

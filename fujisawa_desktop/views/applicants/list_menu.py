"""The menu of the list: what can be decided, the hands of a spreadsheet, the group, sorting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.deeds import DEEDS
from fujisawa_desktop.views.applicants.list_acts import ListActs
from fujisawa_desktop.views.applicants.sort_menu import fill_sort_menu
from fujisawa_desktop.views.applicants.table import ApplicantTable
from fujisawa_desktop.views.desk import Desk


def list_menu(
    parent: QWidget, desk: Desk, *, table: ApplicantTable, acts: ListActs, decide: Callable[[str], object]
) -> QMenu:
    """Return the menu of the list."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if not desk.read_only:
        group = 0
        for deed in DEEDS:
            if deed.group != group:
                menu.addSeparator()
                group = deed.group
            action = menu.addAction(_("{deed}…").format(deed=_(deed.title)))
            action.triggered.connect(partial(decide, deed.key))
        menu.addSeparator()
        menu.addAction(_("Type into the cell (F2)")).triggered.connect(
            lambda: table.edit(table.currentIndex())
        )
        menu.addAction(_("Fill down (Ctrl+D)")).triggered.connect(acts.fill_down)
        menu.addAction(_("Paste a column… (Ctrl+V)")).triggered.connect(acts.paste)
    copy = _("Copy the block (Ctrl+C)") if table.block else _("Copy (Ctrl+C)")
    menu.addAction(copy).triggered.connect(lambda _on=False: acts.copy())
    menu.addAction(_("Copy this column only (Ctrl+Shift+C)")).triggered.connect(
        lambda _on=False: acts.copy(only_column=True)
    )
    menu.addSeparator()
    menu.addAction(_("Make these people the working group (Ctrl+G)")).triggered.connect(acts.make_group)
    if desk.group:
        menu.addAction(_("Add them to the working group")).triggered.connect(acts.add_to_group)
        menu.addAction(_("Take them out of the working group")).triggered.connect(acts.leave_group)
    menu.addSeparator()
    fill_sort_menu(menu.addMenu(_("Sort by")), table.header)
    menu.addAction(_("Choose and order columns…")).triggered.connect(acts.choose_columns)
    return menu

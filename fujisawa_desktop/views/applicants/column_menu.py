"""The menu of the headings: which columns are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.applicants.columns import COLUMNS, STATUS

if TYPE_CHECKING:
    from fujisawa_desktop.views.applicants.table import ApplicantTable


def column_menu(table: ApplicantTable) -> QMenu:
    """Return the menu that shows and hides the columns of the list."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for at, column in enumerate(COLUMNS[1:], start=1):
        action = menu.addAction(_(column.title))
        action.setCheckable(True)
        action.setChecked(not table.isColumnHidden(at))
        action.setEnabled(at != STATUS)
        action.toggled.connect(lambda on, key=column.key: table.show_column(key, shown=on))
    menu.addSeparator()
    menu.addAction(_("Choose and order columns…")).triggered.connect(table.columns_wanted)
    automatic = menu.addAction(_("Show what there is room for"))
    automatic.triggered.connect(lambda _checked=False: table.show_automatically())
    return menu

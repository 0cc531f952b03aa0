"""Asking for one name: of a saved view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    SecondaryButton,
    commit_typing,
    row,
)


class NameDialog(QDialog):
    """One field, and what is wrong with it under it.

    Attributes:
        edit: the field.
    """

    def __init__(
        self,
        desk: Desk,
        on_name: Callable[[NameDialog, str], object],
        *,
        title: str,
        support: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a name and hand it on; the dialog stays until ``on_name`` closes it."""
        super().__init__(parent)
        self._desk = desk
        self._on_name = on_name
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self.edit = LineEdit(name)
        self.edit.selectAll()
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(FormField("name", _("Name of the view"), self.edit, required=True, support=support))
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.save_button))
        self.edit.setFocus()

    def save(self) -> None:
        """Do it; a name that cannot be is explained under the field."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        self._on_name(self, self.edit.text())

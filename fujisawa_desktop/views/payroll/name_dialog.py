"""Asks for the name under which something is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


class NameDialog(QDialog):
    """One name; it stays open until ``on_name`` closes it, so that a refusal is read beside the field."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        explanation: str,
        name: str,
        on_name: Callable[[str, NameDialog], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self._on_name = on_name
        self.name = LineEdit(name)
        self.ok = PrimaryButton(_("Save"), self.answer)
        self.ok.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(FormField("name", _("Name of the layout"), self.name, required=True))
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.ok))
        self.name.setFocus()

    def answer(self) -> None:
        """Hand the name over."""
        commit_typing()
        self._on_name(self.name.text(), self)

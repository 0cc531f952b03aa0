"""Forms: label above, 必須 beside it, help under it, and what is wrong below the field."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets.basic import TextLabel, restyle
from fujisawa_desktop.views.widgets.pill import Pill
from fujisawa_desktop.views.widgets.running_text import RunningText


class FormField(QWidget):
    """One labelled field.

    Attributes:
        name: name of the field in the form, the ``field`` of a ``ValidationError``.
        editor: the widget that is filled in.
    """

    def __init__(
        self,
        name: str,
        label: str,
        editor: QWidget,
        *,
        required: bool = False,
        support: str = "",
        unit: str = "",
    ) -> None:
        super().__init__()
        self.name = name
        self.editor = editor
        editor.setAccessibleName(f"{label} {_('required')}" if required else label)
        editor.setAccessibleDescription(support)
        self._support = support
        self._error = RunningText("", "wrong")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self.label = TextLabel(label, "bold")
        heading = QHBoxLayout()
        heading.setSpacing(Space.S)
        heading.addWidget(self.label)
        if required:
            heading.addWidget(Pill(_("required"), "wrong"))
        heading.addStretch(1)
        column.addLayout(heading)
        if support:
            column.addWidget(RunningText(support, "neutral"))
        column.addLayout(self._editor_line(editor, unit))
        column.addWidget(self._error)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Minimum,
        )
        if isinstance(editor, QLineEdit | QTextEdit):
            editor.textChanged.connect(self.clear_error)

    @staticmethod
    def _editor_line(editor: QWidget, unit: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        wide = editor.sizePolicy().horizontalPolicy() in (
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.MinimumExpanding,
        )
        fixed = editor.minimumWidth() == editor.maximumWidth()
        line.addWidget(editor, 1 if wide and not fixed else 0)
        if unit:
            line.addWidget(TextLabel(unit, "secondary"))
        if fixed or not wide:
            line.addStretch(1)
        return line

    def set_error(self, text: str) -> None:
        """Say under the field what is wrong with it, and mark its frame."""
        self._error.set_text(text)
        self._error.show()
        self.editor.setAccessibleDescription(text)
        restyle(self.editor, "wrong", value=True)

    def clear_error(self) -> None:
        """Take the mark away again."""
        if self._error.isHidden():
            return
        self._error.hide()
        self.editor.setAccessibleDescription(self._support)
        restyle(self.editor, "wrong", value=False)

    def error(self) -> str:
        """Return what is said to be wrong, empty when nothing is."""
        return "" if self._error.isHidden() else self._error.text()


def field_named(root: QWidget, name: str) -> FormField | None:
    """Return the form field called ``name`` under ``root``."""
    return next((field for field in root.findChildren(FormField) if field.name == name), None)

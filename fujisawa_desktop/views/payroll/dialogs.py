"""Small questions of the tab: a reason, a tax."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)


class _Question(QDialog):
    """A heading, a sentence, fields, and two buttons."""

    def __init__(self, title: str, explanation: str, answer: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.ok = PrimaryButton(answer, self.answer)
        self.ok.setDefault(True)
        self.cancel = SecondaryButton(_("Cancel"), self.reject)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(title, "heading"))
        if explanation:
            column.addWidget(RunningText(explanation, "neutral"))
        column.addLayout(self.fields)
        column.addLayout(row(None, self.cancel, self.ok))

    def answer(self) -> None:
        """Take what was filled in."""
        raise NotImplementedError


class ReasonDialog(_Question):
    """Asks for a reason in words."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        explanation: str,
        answer: str,
        on_reason: Callable[[str], object],
    ) -> None:
        super().__init__(title, explanation, answer, parent)
        self._on_reason = on_reason
        self.reason = LineEdit()
        self.field = FormField("reason", _("Reason"), self.reason, required=True)
        self.fields.addWidget(self.field)
        self.reason.setFocus()

    def answer(self) -> None:
        """Hand the reason over, if there is one."""
        commit_typing()
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(texts.message_for("field.required", {}))
            self.reason.setFocus()
            return
        self._on_reason(reason)
        self.accept()


class TaxDialog(_Question):
    """Asks for a tax that a clerk looked up."""

    def __init__(self, parent: QWidget, *, person: str, why: str, on_tax: Callable[[int], object]) -> None:
        super().__init__(_("Income tax of {person}").format(person=person), why, _("Take this tax"), parent)
        self._on_tax = on_tax
        self.tax = NumberEdit("tax", width=120)
        self.field = FormField("tax", _("Income tax"), self.tax, required=True, unit=_("yen"))
        self.fields.addWidget(self.field)
        self.tax.setFocus()

    def answer(self) -> None:
        """Hand the tax over, if it is a number."""
        commit_typing()
        try:
            tax = self.tax.value()
        except ValidationError as error:
            self.field.set_error(texts.message(error))
            return
        if tax is None:
            self.field.set_error(texts.message_for("field.required", {}))
            return
        self._on_tax(tax)
        self.accept()

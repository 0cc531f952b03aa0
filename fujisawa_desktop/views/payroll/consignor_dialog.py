"""委託者: who orders the transfers, as the bank wrote it on its notice."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.transfer import LineEnd, TransferKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.consignor import ConsignorForm, consignor_form, faults_of, save_consignor
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.growing_dialog import GrowingDialog
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    field_named,
    row,
)

_WIDTHS: Final = {
    "code": 130,
    "name_kana": 300,
    "bank_code": 70,
    "bank_kana": 190,
    "branch_code": 70,
    "branch_kana": 190,
    "account_number": 110,
}
_PLACES: Final = {
    "code": (0, 0),
    "name_kana": (0, 1),
    "bank_code": (1, 0),
    "bank_kana": (1, 1),
    "branch_code": (2, 0),
    "branch_kana": (2, 1),
    "account_number": (3, 1),
}


class ConsignorDialog(GrowingDialog):
    """Asks for the fields of the header; every field that a bank would refuse says why.

    Attributes:
        edits: the fields that are typed, by name.
    """

    def __init__(self, desk: Desk, parent: QWidget, form: ConsignorForm) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Consignor of the transfers"))
        self.setMinimumWidth(600)
        self._desk = desk
        self._form = form
        self.edits = {name: LineEdit() for name in _WIDTHS}
        self.account_kind = QComboBox()
        for number in (1, 2):
            self.account_kind.addItem(texts.term("account_kind", number), number)
        self.kind = QComboBox()
        for kind in TransferKind:
            self.kind.addItem(texts.term("transfer_kind", kind), kind.value)
        self.line_end = QComboBox()
        for end in LineEnd:
            self.line_end.addItem(texts.term("transfer_line_end", end), end.value)
        self.allows_wo = QCheckBox(_("The bank reads ｦ"))
        self.ok = PrimaryButton(_("Save"), self.answer)
        self.ok.setDefault(True)
        self.ok.setEnabled(not desk.read_only)
        self.record: OpenRecord[ConsignorForm] = OpenRecord(desk, self, again=self._again, save=self.answer)
        self._open(form)
        self._lay_out()
        self.edits["code"].setFocus()

    def values(self) -> dict[str, Any]:
        """Return what the fields say."""
        return {
            **{name: edit.text() for name, edit in self.edits.items()},
            "account_kind": self.account_kind.currentData(),
            "kind": self.kind.currentData(),
            "line_end": self.line_end.currentData(),
            "allows_wo": self.allows_wo.isChecked(),
        }

    def answer(self) -> None:
        """Save; all fields that a bank would refuse are marked at once."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        form = ConsignorForm(self._form.programme_id, self._form.version, self.values())
        faults = faults_of(form)
        for error in reversed(faults):
            field = field_named(self, error.field)
            if field is not None:
                field.set_error(texts.message(error))
                field.editor.setFocus()
        if not faults:
            self.record.save(form)

    def _open(self, form: ConsignorForm) -> None:
        """Begin with what is stored."""
        self._form = form
        self._fill()
        self.record.open(
            Saving(
                save_consignor,
                base=form,
                read=partial(consignor_form, programme_id=form.programme_id),
                row=RowOf("programme", form.programme_id),
                words=FormWords(self, labels={"values:allows_wo": self.allows_wo.text()}),
                owner=self,
                on_done=self._saved,
                on_error=partial(self._desk.notifier.show, anchor=self),
            )
        )

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        self._desk.query(consignor_form, self._open, owner=self, programme_id=self._form.programme_id)

    def _saved(self, _change: ChangeSet) -> None:
        self.accept()

    def _fill(self) -> None:
        values = self._form.values
        for name, edit in self.edits.items():
            edit.setText(str(values.get(name, "")))
        for box, name in (
            (self.account_kind, "account_kind"),
            (self.kind, "kind"),
            (self.line_end, "line_end"),
        ):
            box.setCurrentIndex(max(box.findData(values.get(name)), 0))
        self.allows_wo.setChecked(bool(values.get("allows_wo", False)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Consignor of the transfers"), "heading"))
        column.addWidget(self.record.hint)
        column.addWidget(
            RunningText(
                _(
                    "As the bank has written it on its notice. Kana may be typed in any width; they are "
                    "written in the signs that banks read."
                ),
                "neutral",
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        for name, edit in self.edits.items():
            edit.setFixedWidth(_WIDTHS[name])
            grid.addWidget(
                FormField(name, texts.term("transfer_part", name), edit, required=True), *_PLACES[name]
            )
        grid.addWidget(
            FormField("account_kind", texts.term("transfer_part", "account_kind"), self.account_kind), 3, 0
        )
        grid.addWidget(FormField("kind", texts.term("transfer_part", "kind"), self.kind), 4, 0)
        grid.addWidget(FormField("line_end", texts.term("transfer_part", "line_end"), self.line_end), 4, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addWidget(self.allows_wo)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.ok))


def consignor_dialog(desk: Desk, parent: QWidget, form: ConsignorForm) -> QDialog:
    """Open the dialog."""
    dialog = ConsignorDialog(desk, parent, form)
    dialog.open()
    return dialog

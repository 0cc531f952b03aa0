"""Which printer, and how far it is off: a correction is kept under each name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.paper_options import Tenths
from fujisawa_desktop.views.papers.millimetres import MillimetreEdit
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, RunningText, row

_NAME_WIDTH: Final = 300


class PrinterFields(QWidget):
    """Name of the printer and its correction.

    Signals:
        changed(): another printer, or another correction.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._printers: dict[str, Tenths] = {}
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setMinimumWidth(_NAME_WIDTH)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        edit = LineEdit()
        edit.setPlaceholderText(_("name of the printer"))
        self.box.setLineEdit(edit)
        self.right, self.down = MillimetreEdit(), MillimetreEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(FormField("printer", _("Printer"), self.box))
        column.addLayout(
            row(
                FormField("right", _("To the right"), self.right, unit="mm"),
                FormField("down", _("Downwards"), self.down, unit="mm"),
                spacing=Space.L,
            )
        )
        column.addWidget(
            RunningText(
                _("The correction is kept for this printer. The arrow keys change it by 0.1 mm."), "neutral"
            )
        )
        self.box.currentIndexChanged.connect(self._chosen)
        edit.editingFinished.connect(self._named)
        for one in (self.right, self.down):
            one.value_changed.connect(self.changed)

    def show_printers(self, printers: Mapping[str, Tenths], current: str) -> None:
        """Offer the printers that have a correction, and show that of the current one."""
        self._printers = dict(printers)
        names = sorted({*printers, current} - {""})
        self.box.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self.box.clear()
        self.box.addItems(names)
        self.box.setCurrentIndex(names.index(current) if current in names else -1)
        self.box.setEditText(current)
        self.box.blockSignals(False)  # noqa: FBT003 - as above
        self._show(current)

    def name(self) -> str:
        """Return the printer's name as typed; empty for the only one."""
        return self.box.currentText().strip()

    def tenths(self) -> Tenths:
        """Return the correction.

        Raises:
            ValidationError: a length cannot be read; its ``field`` names it.
        """
        values: list[int] = []
        for name, edit in (("right", self.right), ("down", self.down)):
            try:
                values.append(edit.value() or 0)
            except ValidationError as error:
                raise ValidationError(error.code, field=name, text=edit.text()) from error
        return Tenths(*values)

    def _chosen(self, index: int) -> None:
        if index >= 0:
            self._named()

    def _named(self) -> None:
        """Show the correction kept for a name; a new name keeps what is typed."""
        name = self.name()
        if name in self._printers:
            self._show(name)
        self.changed.emit()

    def _show(self, name: str) -> None:
        kept = self._printers.get(name, Tenths())
        self.right.set_value(kept.right)
        self.down.set_value(kept.down)

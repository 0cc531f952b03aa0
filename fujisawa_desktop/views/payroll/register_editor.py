"""The columns of a register, ticked and put in order, with their headings and how values are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.register_fields import FIELDS, DayStyle, TimeStyle
from fujisawa_desktop.services.register_layouts import (
    Encoding,
    Layout,
    LayoutColumn,
    LayoutOptions,
    Separator,
    shipped_layouts,
)
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, SecondaryButton, TextLabel, row
from fujisawa_desktop.views.widgets.ordered_list import OrderedList

_WIDTH: Final = 356
_BOX: Final = 168


class LayoutEditor(QWidget):
    """Edits one layout.

    Signals:
        changed(): the layout is another one now.

    Attributes:
        columns: all columns, those of the layout ticked, in their order.
        heading: of the column chosen.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_WIDTH)
        usual = shipped_layouts()[0].columns
        self._usual = {column.field: column.heading for column in usual}
        self._headings = dict(self._usual)
        self.columns = OrderedList(_("Columns of the register"))
        self.heading = LineEdit()
        self.heading_field = FormField("heading", _("Heading of this column"), self.heading)
        self.encoding = _box("register-encoding", list(Encoding))
        self.separator = _box("register-separator", list(Separator))
        self.time = _box("register-time", list(TimeStyle))
        self.dates = _box("register-dates", list(DayStyle))
        self.totals = QCheckBox(_("A row of sums at the end"))
        self._lay_out()
        self._connect()

    def layout_now(self, name: str) -> Layout:
        """Return what the fields say, under a name."""
        return Layout(
            name,
            tuple(LayoutColumn(key, self._headings[key]) for key in self.columns.keys()),  # noqa: SIM118
            LayoutOptions(
                Encoding(self.encoding.currentData()),
                Separator(self.separator.currentData()),
                TimeStyle(self.time.currentData()),
                DayStyle(self.dates.currentData()),
                self.totals.isChecked(),
            ),
        )

    def show_layout(self, layout: Layout) -> None:
        """Fill the fields; nobody is told."""
        with QSignalBlocker(self):
            chosen = [column.field for column in layout.columns]
            self._headings = {**self._usual, **{one.field: one.heading for one in layout.columns}}
            options = layout.options
            for box, value in (
                (self.encoding, options.encoding),
                (self.separator, options.separator),
                (self.time, options.time),
                (self.dates, options.dates),
            ):
                box.setCurrentIndex(box.findData(value.value))
            self.totals.setChecked(options.totals)
            self._fill(chosen)

    def say_wrong(self, text: str) -> None:
        """Say what is wrong with the heading."""
        self.heading_field.set_error(text)

    def _fill(self, chosen: Sequence[str]) -> None:
        with QSignalBlocker(self.columns):
            self.columns.clear()
            for key in (*chosen, *(key for key in FIELDS if key not in chosen)):
                self.columns.add(key, self._shown(key), ticked=key in chosen)
        self.columns.setCurrentRow(0)

    def _shown(self, key: str) -> str:
        """Return a column as the list shows it: what it is, and its heading where that is another word."""
        name, heading = texts.term("register-field", key), self._headings[key]
        return name if heading == name else _("{name} — {heading}").format(name=name, heading=heading)

    def _current(self) -> str:
        if self.columns.currentRow() < 0:
            return ""
        return str(self.columns.currentItem().data(Qt.ItemDataRole.UserRole))

    def _on_current(self) -> None:
        key = self._current()
        with QSignalBlocker(self.heading):
            self.heading.setText(self._headings.get(key, ""))
        self.heading.setEnabled(bool(key))
        self.heading_field.clear_error()

    def _rename(self, text: str) -> None:
        key = self._current()
        if not key:
            return
        self._headings[key] = text
        with QSignalBlocker(self.columns):
            self.columns.currentItem().setText(self._shown(key))
        self.changed.emit()

    def _connect(self) -> None:
        self.columns.changed.connect(self.changed)
        self.columns.currentRowChanged.connect(lambda _row: self._on_current())
        self.heading.textEdited.connect(self._rename)
        for box in (self.encoding, self.separator, self.time, self.dates):
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.totals.toggled.connect(lambda _on: self.changed.emit())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(TextLabel(_("Columns"), "bold"))
        column.addWidget(self.columns, 1)
        column.addLayout(
            row(
                SecondaryButton(_("Up"), lambda: self.columns.move_current(-1)),
                SecondaryButton(_("Down"), lambda: self.columns.move_current(1)),
                None,
            )
        )
        column.addWidget(self.heading_field)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.addWidget(FormField("time", _("How time is written"), self.time), 0, 0)
        grid.addWidget(FormField("dates", _("How days are written"), self.dates), 0, 1)
        grid.addWidget(FormField("encoding", _("Characters of CSV"), self.encoding), 1, 0)
        grid.addWidget(FormField("separator", _("Between values of CSV"), self.separator), 1, 1)
        column.addLayout(grid)
        column.addWidget(self.totals)


def _box(family: str, values: Sequence[Encoding | Separator | TimeStyle | DayStyle]) -> QComboBox:
    box = QComboBox()
    for value in values:
        box.addItem(texts.term(family, value), value.value)
    box.setFixedWidth(_BOX)
    return box

"""A tax table before it is kept, or as it is kept: every line, and what of the file was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.dated_figures import FigureKind
from fujisawa_desktop.services.figure_files import SkippedLine
from fujisawa_desktop.views.payroll.figure_words import cells_of, table_headings, table_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_NARROW: Final = 74
_WIDE: Final = 88
_SHOWN: Final = 5


class FigureTableDialog(QDialog):
    """Shows the lines; with ``on_take`` they can be taken into the form."""

    def __init__(
        self,
        parent: QWidget,
        kind: FigureKind,
        rows: Sequence[Sequence[int]],
        *,
        skipped: Sequence[SkippedLine] = (),
        on_take: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Tax table"))
        self.resize(940, 620)
        self._on_take = on_take
        self.model = TextTableModel(self)
        self.table = DataTable(_("Tax table"))
        self.table.setModel(self.model)
        headings = table_headings(kind)
        self.model.show_rows(headings, cells_of(rows), figures=range(len(headings)))
        self.table.set_widths({at: _WIDE if at < 2 else _NARROW for at in range(len(headings))})
        self.take_button = PrimaryButton(_("Take this table"), self.take)
        self.take_button.setVisible(on_take is not None)
        self.skipped_text = RunningText(skipped_text(skipped), "caution")
        self.skipped_text.setVisible(bool(skipped))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(table_text(rows), "heading"))
        if on_take is not None:
            compare = _(
                "Compare the first, the last and some lines between with the original before taking it."
            )
            column.addWidget(RunningText(compare, "neutral"))
        column.addWidget(self.skipped_text)
        column.addWidget(self.table, 1)
        close = _("Cancel") if on_take is not None else _("Close")
        column.addLayout(row(None, SecondaryButton(close, self.reject), self.take_button))

    def take(self) -> None:
        """Take the table into the form; nothing is stored yet."""
        if self._on_take is not None:
            self._on_take()
        self.accept()


def skipped_text(skipped: Sequence[SkippedLine]) -> str:
    """Return which lines of the file are no brackets."""
    if not skipped:
        return ""
    text = ngettext(
        "{count} line of the file does not begin with two amounts and was left out:",
        "{count} lines of the file do not begin with two amounts and were left out:",
        len(skipped),
    ).format(count=len(skipped))
    lines = [_("line {line}: {text}").format(line=one.line, text=one.text) for one in skipped[:_SHOWN]]
    more = len(skipped) - _SHOWN
    rest = [_("and {count} more").format(count=more)] if more > 0 else []
    return "\n".join([text, *lines, *rest])

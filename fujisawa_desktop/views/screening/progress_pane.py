"""What the office sees instead of a queue: how far every reviewer is with every course."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.screening_queue import Progress
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DataTable, RunningText, TextLabel
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class ProgressPane(QWidget):
    """One line for each reviewer and course; Return opens the queue of a line.

    Signals:
        chosen(int, int): go on with this reviewer and this course.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Progress, ...] = ()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Progress of the reviewers"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.activated.connect(self._on_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(TextLabel(_("Progress of the reviewers"), "heading"))
        column.addWidget(
            RunningText(
                _(
                    "Choose a line and press Return to read as this reviewer. "
                    "Flagged and withdrawn applications are not counted."
                ),
                "neutral",
            )
        )
        column.addWidget(self.table, 1)

    def show_progress(self, rows: Sequence[Progress]) -> None:
        """Show how far everybody is."""
        self.rows = tuple(rows)
        self.model.show_rows(
            (
                _("Reviewer"),
                _("Course"),
                _("Applications"),
                _("Done"),
                _("Not judged"),
                _("Skipped"),
                _("Draft"),
                _("Still to do"),
            ),
            [
                (
                    one.reviewer,
                    one.course,
                    *(
                        f"{count:,}"
                        for count in (one.whole, one.done, one.recused, one.skipped, one.draft, one.left)
                    ),
                )
                for one in self.rows
            ],
            figures=range(2, 8),
        )
        self.table.set_widths({0: 240, 1: 200, 2: 84, 3: 84, 4: 96, 5: 84, 6: 84, 7: 96})

    def _on_activated(self, index: QModelIndex) -> None:
        one = self.rows[index.row()]
        self.chosen.emit(one.reviewer_id, one.course_id)

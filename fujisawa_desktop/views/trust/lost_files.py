"""Files that were recorded and never reached their folder: said at the opening, seen to in a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.column_widths import fit_columns, give_room_to
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.services.outgoing import LostFiles, note_lost, settle_outgoing, told_of
else:
    note_lost, settle_outgoing, told_of = (
        later("outgoing", name) for name in ("note_lost", "settle_outgoing", "told_of")
    )


def look_for_lost_files(window: QWidget, desk: Desk) -> None:
    """Bring to its end what an earlier run recorded; say in the bar what is lost, with a way to see it."""
    if desk.read_only:
        return

    def tell(lost: Sequence[LostFiles]) -> None:
        if lost:
            count = sum(len(one.missing) + len(one.waiting) for one in lost)
            text = ngettext(
                "{count} file is recorded as having left the office, but is not in its folder.",
                "{count} files are recorded as having left the office, but are not in their folder.",
                count,
            )
            desk.notifier.say(
                text.format(count=f"{count:,}"),
                "caution",
                action=_("Look at them…"),
                on_action=lambda: LostFilesDialog(desk, window, lost).open(),
            )

    desk.tasks.run_write(
        lambda: settle_outgoing(desk.database), tell, lambda _error: None, owner=window
    )  # a file nobody can write to just now is asked again at the next opening


class LostFilesDialog(QDialog):
    """Lists the acts whose files are not where they should be.

    Attributes:
        lost: what is shown.
    """

    def __init__(self, desk: Desk, parent: QWidget, lost: Sequence[LostFiles]) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lost: tuple[LostFiles, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Files that are not in their folder"))
        open_roomy(self, 1000, 560)
        self.notice = NoticeBar()
        self.table = DataTable(_("Acts whose files are missing"))
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.model = TextTableModel(self)
        self.table.setModel(self.model)
        self.table.empty.say(_("Every recorded file is in its folder"), _("Nothing has to be done."))
        self.detail = RunningText("")
        self.again = SecondaryButton(_("Look again"), self.look_again)
        self.close_button = SecondaryButton(_("Later"), self.reject)
        self.done_button = PrimaryButton(_("I have made them again"), self.note)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._explain())
        self.show_lost(lost)

    def show_lost(self, lost: Sequence[LostFiles]) -> None:
        """Show what is lost now."""
        self.lost = tuple(lost)
        headings = (_("When"), _("Act"), _("Missing"), _("Held elsewhere"), _("Folder"))
        rows = [_cells(one) for one in self.lost]
        self.model.show_rows(headings, rows, figures=(2, 3))
        fit_columns(self.table, headings, rows)
        give_room_to(self.table, len(headings) - 1)
        self.close_button.setText(_("Later") if self.lost else _("Close"))
        self.done_button.setEnabled(bool(self.lost))
        if self.lost:
            self.table.select_row(0)
        self.table.setFocus()
        self._explain()

    def look_again(self) -> None:
        """Try once more: a folder may be there again, a program closed."""
        self._desk.perform(settle_outgoing, on_done=self.show_lost, on_error=self._refused)

    def note(self) -> None:
        """Record that the files of the chosen act were seen to."""
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.lost):
            chosen = self.lost[at]
            rest = [one for one in self.lost if one.seq != chosen.seq]
            self._desk.perform(
                note_lost,
                lost=chosen,
                actor=self._desk.actor,
                on_done=lambda _change: self.show_lost(rest),
                on_error=self._refused,
            )

    def _refused(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _explain(self) -> None:
        at = self.table.currentIndex().row()
        told = lost_text(self.lost[at]) if 0 <= at < len(self.lost) else ""
        self.detail.set_text(told)
        self.detail.setVisible(bool(told))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Files that are not in their folder"), "heading"))
        column.addWidget(self.notice)
        column.addWidget(
            RunningText(
                _(
                    "The program ended while these files were being written. What they are of is recorded, "
                    "with its numbers. Make them again from the record (for letters: Papers, Issued papers), "
                    "never as new ones."
                ),
                "neutral",
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        column.addLayout(row(self.again, None, self.close_button, self.done_button))


def lost_text(lost: LostFiles) -> str:
    """Return which files of an act are where, and what to do."""
    return texts.message_for("outgoing.lost", told_of(lost))


def _cells(lost: LostFiles) -> tuple[str, ...]:
    return (
        format_datetime(lost.at),
        texts.label(lost.label.code, lost.label.params),
        f"{len(lost.missing):,}",
        f"{len(lost.waiting):,}",
        str(lost.folder),
    )

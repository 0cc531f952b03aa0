"""発送簿: what was written to whom, what was sent, and what still waits."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.mail_drafts import MailKind
from fujisawa_desktop.services.mails import DispatchRow, ledger, ledger_file, mark_sent
from fujisawa_desktop.services.outgoing import ListOut, save_list
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    PillText,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    row,
)
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table


class LedgerDialog(QDialog):
    """The dispatch ledger; a clerk marks one message or many as sent.

    Attributes:
        choose_file: asks where to write; an empty text when the person decides against it.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[DispatchRow, ...] = ()
        self.choose_file = self._ask_file
        self.setWindowTitle(_("Dispatch ledger"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1240, 720)
        self.kind_box = QComboBox()
        self.kind_box.addItem(_("All messages"), "")
        for kind in MailKind:
            self.kind_box.addItem(texts.term("mail", kind), kind.value)
        self.kind_box.currentIndexChanged.connect(lambda _at: self.look())
        self.unsent = QCheckBox(_("Only those not sent yet"))
        self.unsent.toggled.connect(lambda _on: self.look())
        self.summary = RunningText("")
        self.model = PillTableModel(0, self)
        self.table = pill_table(_("Messages"), self.model, 0)
        self.table.empty.say(
            _("Nothing was written yet"), _("Messages stand here once they are written into a folder.")
        )
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._show_chosen())
        self.text = TextArea(7, 7)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("The message as it was written"))
        self.copy = SecondaryButton(_("Copy the text"), self._copy)
        self.export_button = SecondaryButton(_("Export as Excel…"), self.export)
        self.print_button = SecondaryButton(_("Print…"), self.print)
        self.not_sent = SecondaryButton(_("Mark as not sent"), lambda: self.mark(sent=False))
        self.sent = PrimaryButton(_("Mark as sent"), lambda: self.mark(sent=True))
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        top = row(FormField("kind", _("Message"), self.kind_box), Space.M, self.unsent, None)
        top.setAlignment(self.unsent, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(top)
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addWidget(self.text)
        column.addLayout(
            row(
                self.copy,
                self.export_button,
                self.print_button,
                None,
                self.close_button,
                self.not_sent,
                self.sent,
            )
        )

    def look(self) -> None:
        """Read the ledger with what is chosen."""
        self._desk.query(
            ledger,
            self._show,
            owner=self,
            latest="applicants.ledger",
            programme_id=self._desk.programme_id,
            kind=str(self.kind_box.currentData()),
            only_unsent=self.unsent.isChecked(),
        )

    def _show(self, rows: tuple[DispatchRow, ...]) -> None:
        self.rows = rows
        self.model.show_pills(
            (
                _("State"),
                _("Number"),
                _("Name"),
                _("Message"),
                _("Goes to"),
                _("Written"),
                _("Sent"),
                _("By / checked by"),
            ),
            [
                (
                    "",
                    one.number,
                    one.name,
                    texts.term("mail", one.kind),
                    one.address,
                    format_datetime(one.written_at),
                    format_datetime(one.sent_at) if one.sent_at else "",
                    f"{one.actor} / {one.checked_by}",
                )
                for one in rows
            ],
            [_pills(one) for one in rows],
        )
        self.table.set_widths({0: 132, 1: 134, 2: 106, 3: 150, 4: 228, 5: 146, 6: 146})
        waiting = sum(one.sent_at is None for one in rows)
        told = ngettext(
            "{count} message, {waiting} not sent.", "{count} messages, {waiting} not sent.", len(rows)
        )
        self.summary.set_text(told.format(count=f"{len(rows):,}", waiting=f"{waiting:,}") if rows else "")
        self.export_button.setEnabled(bool(rows))
        if rows:
            self.table.select_row(0)
        self._show_chosen()

    def chosen(self) -> list[DispatchRow]:
        """Return the messages that are chosen."""
        return [self.rows[at] for at in self.table.selected_rows() if at < len(self.rows)]

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        first = chosen[0] if chosen else None
        self.text.set_text(f"{first.subject}\n\n{first.body}" if first else "")
        self.copy.setEnabled(first is not None)
        writable = not self._desk.read_only
        self.sent.setEnabled(writable and any(one.sent_at is None for one in chosen))
        self.not_sent.setEnabled(writable and any(one.sent_at is not None for one in chosen))

    def mark(self, *, sent: bool) -> None:
        """Record that the chosen messages were sent, or were not."""
        ids = [one.dispatch_id for one in self.chosen()]
        if not ids:
            return

        def done(_change: ChangeSet) -> None:
            self.look()

        self._desk.perform(mark_sent, on_done=done, dispatch_ids=ids, sent=sent, actor=self._desk.actor)

    def _copy(self) -> None:
        chosen = self.chosen()
        if chosen:
            put_on_clipboard(self, chosen[0].body)
            self._desk.notifier.say(_("Copied for {number}.").format(number=chosen[0].number), "key")

    def _ask_file(self) -> str:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Export as Excel"), str(Path.home() / _("dispatch-ledger.xlsx")), _("Excel (*.xlsx)")
        )
        return name

    def print(self) -> None:
        """Show the ledger on paper: the letters that were issued too, whatever is listed here."""
        open_papers(self._desk, "dispatch-ledger", self)

    def export(self) -> None:
        """Write what is shown to an Excel file."""
        name = self.choose_file()
        if not name:
            return
        path = Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
        self._desk.perform(
            save_list,
            on_done=self._written,
            path=path,
            data=ledger_file(self.rows, texts.term, made_at=datetime.now()),
            file_format="xlsx",
            count=len(self.rows),
            name="dispatch",
            actor=self._desk.actor,
        )

    def _written(self, out: ListOut) -> None:
        self._desk.notifier.say(_("The list was written to {file}.").format(file=out.path.name), "good")


def _pills(one: DispatchRow) -> list[PillText]:
    state: PillText = (_("Sent"), "good") if one.sent_at else (_("Not sent"), "caution")
    return [state, *([(texts.term("dispatch", "again"), "key")] if one.is_repeat else [])]  # type: ignore[list-item]

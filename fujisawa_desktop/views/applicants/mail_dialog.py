"""結果メール: address, name, result and text are looked at side by side before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.mail_drafts import MailDraft, MailKind, MailOrder, draft_mails
from fujisawa_desktop.services.mails import MailsWritten, write_mails
from fujisawa_desktop.views.applicants.words import result_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    ElidedLabel,
    FormField,
    LineEdit,
    PillText,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

FOLDER_KEY: Final = "mails/folder"
_WRONG: Final = frozenset({"mail.missing", "mail.impossible"})
_ASKS_FOR_ANSWER: Final = frozenset({MailKind.FIRST_PASS, MailKind.FINAL_PASS, MailKind.PROMOTION})


class MailDialog(QDialog):
    """The check view of result mails; each goes to one person alone.

    Signals:
        written(MailsWritten): the files lie in their folder, and the ledger knows them.

    Attributes:
        choose_folder: asks where to write; an empty text when the person decides against it.
    """

    written = Signal(object)

    def __init__(
        self,
        desk: Desk,
        kind: MailKind = MailKind.FIRST_PASS,
        parent: QWidget | None = None,
        *,
        numbers: Sequence[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers = tuple(numbers) if numbers is not None else None
        self._order: MailOrder | None = None
        self.drafts: tuple[MailDraft, ...] = ()
        self.choose_folder = self._ask_folder
        self.setWindowTitle(_("Result mails"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1200, 740)
        self._make_order(kind)
        self._make_view()
        self._make_answer()
        self._lay_out()
        self.look()

    # --- layout --------------------------------------------------------------

    def _make_order(self, kind: MailKind) -> None:
        self.kind_box = QComboBox()
        for one in MailKind:
            self.kind_box.addItem(texts.term("mail", one), one.value)
        self.kind_box.setCurrentIndex(list(MailKind).index(kind))
        self.kind_box.currentIndexChanged.connect(lambda _at: self.look())
        self.reply_by: ValueEdit[date] = ValueEdit(parse_date, format_date, width=170)
        self.reply_by.value_changed.connect(self.look)
        self.addition = TextArea(1, 3)
        self.again = QCheckBox(_("Also those written before"))
        self.again.toggled.connect(lambda _on: self._show_drafts())

    def _make_view(self) -> None:
        self.summary = RunningText(_("Making the messages…"))
        self.problem = RunningText("", "wrong")
        self.problem.hide()
        self.model = PillTableModel(6, self)
        self.table = pill_table(_("Messages"), self.model, 6)
        self.table.empty.say(_("There is nothing to write."))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_text())
        self.head = ElidedLabel("", "bold")
        self.text = TextArea(9, 9)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("The message"))
        self.copy_text = SecondaryButton(_("Copy the text"), lambda: self._copy("body"))
        self.copy_subject = SecondaryButton(_("Copy the subject"), lambda: self._copy("subject"))
        self.copy_address = SecondaryButton(_("Copy the address"), lambda: self._copy("address"))
        self.renew = SecondaryButton(_("Put the words in"), self.look)

    def _make_answer(self) -> None:
        self.checked_by = LineEdit()
        self.checked_by.setMinimumWidth(200)
        self.go = PrimaryButton(_("Write the messages…"), self.write)
        self.go.setEnabled(False)
        self.stop = SecondaryButton(_("Close"), self.reject)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        self.reply_field = FormField("reply_by", _("Answer by"), self.reply_by)
        addition = FormField("addition", _("Words to add (place, link, papers to bring)"), self.addition)
        kind = FormField("kind", _("Message"), self.kind_box)
        fields = row(kind, self.reply_field, addition, self.renew, spacing=Space.M)
        fields.setStretchFactor(addition, 1)
        fields.setAlignment(self.renew, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(fields)
        line = row(self.summary, self.again)
        line.setStretchFactor(self.summary, 1)
        column.addLayout(line)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)
        column.addWidget(self.head)  # a line of its own: the whole address is to be compared
        column.addWidget(self.text)
        column.addLayout(row(None, self.copy_address, self.copy_subject, self.copy_text))
        checked = FormField(
            "checked_by",
            _("Second person who compared address, name and result"),
            self.checked_by,
            required=True,
        )
        last = row(checked, None, self.stop, self.go)
        for button in (self.stop, self.go):
            last.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(last)

    # --- looking -------------------------------------------------------------

    def kind(self) -> MailKind:
        """Return which message is written."""
        return MailKind(str(self.kind_box.currentData()))

    def look(self) -> None:
        """Make the messages with what stands in the fields now."""
        self.reply_field.setVisible(self.kind() in _ASKS_FOR_ANSWER)
        try:
            reply_by = self.reply_by.value() if self.kind() in _ASKS_FOR_ANSWER else None
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self._order = MailOrder(
            self._desk.programme_id, self.kind(), self._numbers, reply_by, self.addition.text()
        )
        self.go.setEnabled(False)
        self.problem.hide()
        self._desk.query(
            draft_mails,
            self._show,
            owner=self,
            latest="applicants.mails",
            on_error=self._fail,
            order=self._order,
        )

    def _show(self, drafts: tuple[MailDraft, ...]) -> None:
        self.drafts = drafts
        self._show_drafts()

    def wanted(self) -> tuple[MailDraft, ...]:
        """Return the messages that stand in the list, those to look at first.

        They are new ones and corrections, and those written before if asked for.
        """
        everything = self.again.isChecked()
        due = (one for one in self.drafts if everything or one.is_due)
        return tuple(sorted(due, key=lambda one: (one.can_write, not one.cautions)))

    def writable(self) -> tuple[MailDraft, ...]:
        """Return those of them that can be written."""
        return tuple(one for one in self.wanted() if one.can_write)

    def _show_drafts(self) -> None:
        shown, count = self.wanted(), len(self.writable())
        self.model.show_pills(
            (
                _("Number"),
                _("Name"),
                _("Result"),
                _("Goes to"),
                _("At the portal, if another"),
                _("Subject"),
                _("To look at"),
            ),
            [
                (one.number, one.name, _result(one), one.address, one.portal_address, one.subject, "")
                for one in shown
            ],
            [_pills(one) for one in shown],
        )
        self.table.set_widths({0: 142, 1: 124, 2: 92, 3: 232, 4: 196, 5: 112})
        left, before = len(shown) - count, len(self.drafts) - len(shown)
        told = [ngettext("{count} message.", "{count} messages.", count).format(count=f"{count:,}")]
        if left:
            told.append(
                ngettext(
                    "{count} person has no possible address and is left out.",
                    "{count} people have no possible address and are left out.",
                    left,
                ).format(count=f"{left:,}")
            )
        if before:
            told.append(
                ngettext("{count} was written before.", "{count} were written before.", before).format(
                    count=f"{before:,}"
                )
            )
        self.summary.set_text(" ".join(told))
        self.go.setText(
            ngettext("Write {count} message…", "Write {count} messages…", count).format(count=f"{count:,}")
        )
        self.go.setEnabled(count > 0 and not self._desk.read_only)
        if shown:
            self.table.select_row(0)
        self._show_text()

    def current(self) -> MailDraft | None:
        """Return the message that is looked at."""
        at, shown = self.table.currentIndex().row(), self.wanted()
        return shown[at] if 0 <= at < len(shown) else None

    def _show_text(self) -> None:
        draft = self.current()
        self.head.set_whole(f"{draft.number}　{draft.name}　→　{draft.address}" if draft else "")
        self.text.set_text(f"{draft.subject}\n\n{draft.body}" if draft else "")
        for button in (self.copy_text, self.copy_subject, self.copy_address):
            button.setEnabled(draft is not None)

    def _copy(self, what: str) -> None:
        draft = self.current()
        if draft is not None:
            put_on_clipboard(self, str(getattr(draft, what)))
            self._desk.notifier.say(_("Copied for {number}.").format(number=draft.number), "key")

    # --- doing ---------------------------------------------------------------

    def _ask_folder(self) -> str:
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        return QFileDialog.getExistingDirectory(self, _("Folder for the messages"), folder)

    def write(self) -> None:
        """Ask where, and write one file for each person."""
        drafts = self.writable()
        if self._order is None or not drafts:
            return
        if not self.checked_by.text().strip():
            self._desk.notifier.show(ValidationError("mail.second-clerk", field="checked_by"), self)
            return
        folder = self.choose_folder()
        if not folder:
            return
        self._desk.settings.setValue(FOLDER_KEY, folder)
        self.go.setEnabled(False)
        self._desk.perform(
            write_mails,
            on_done=self._done,
            on_error=self._fail,
            order=self._order,
            drafts=drafts,
            folder=Path(folder),
            checked_by=self.checked_by.text(),
            actor=self._desk.actor,
        )

    def _done(self, result: MailsWritten) -> None:
        self.written.emit(result)
        self.accept()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
            self.go.setEnabled(True)
            return
        nobody = isinstance(error, AppError) and error.code == "mail.nobody"
        self.table.empty.say(_("There is nothing to write."), texts.message(error) if nobody else "")
        self.problem.set_text(texts.message(error))
        self.problem.setVisible(not nobody)
        self.drafts = ()
        self._show_drafts()


def _result(draft: MailDraft) -> str:
    if draft.result is None:
        return texts.term("mail", draft.kind)
    return result_text(draft.result, draft.reserve_rank)


def _pills(draft: MailDraft) -> list[PillText]:
    pills: list[PillText] = [(_("Correction"), "key")] if draft.is_correction else []
    pills += [
        (texts.message_for(code, {}).rstrip(".。"), "wrong" if code in _WRONG else "caution")
        for code in draft.cautions
    ]
    return pills

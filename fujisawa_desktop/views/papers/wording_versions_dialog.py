"""版: who changed a wording when, what differs between two versions, and the way back to any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QSplitter, QTextEdit, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.wording_versions import (
    SHIPPED,
    WordingChange,
    WordingText,
    WordingVersion,
    compare_wordings,
    take_back_wording,
    wording_versions,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.wording_form import field_name
from fujisawa_desktop.views.papers.wording_saving import wording_saving
from fujisawa_desktop.views.theme import Space, body_font, tokens
from fujisawa_desktop.views.trust.beside_others import do_beside_others
from fujisawa_desktop.views.widgets import (
    DataTable,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.running_text import set_line_height
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class WordingVersionsDialog(QDialog):
    """Left the versions, right what differs."""

    def __init__(
        self,
        desk: Desk,
        text: WordingText,
        parent: QWidget | None = None,
        *,
        programme_id: int,
        edition: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._text = text
        self._programme_id = programme_id
        self._wanted = edition
        self.rows: Sequence[WordingVersion] = ()
        self.setWindowTitle(_("Versions: {name}").format(name=texts.term("wording", text.name)))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1080, 620)
        self.model = TextTableModel(self)
        self.table = DataTable(_("Versions"))
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        self.differences = QTextEdit()
        self.differences.setReadOnly(True)
        self.differences.setProperty("role", "area")
        self.differences.setTabChangesFocus(True)
        self.differences.setFont(body_font())
        self.differences.setAccessibleName(_("What differs"))
        self.to_now = QRadioButton(_("from the version in use"))
        self.to_before = QRadioButton(_("from the version before it"))
        self.to_now.setChecked(True)
        self._against = QButtonGroup(self)
        for button in (self.to_now, self.to_before):
            self._against.addButton(button)
        self.answer = RunningText("", "wrong")
        self.answer.hide()
        self.back = PrimaryButton(_("Use this version again"), self.take_back)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._compare())
        self._against.buttonClicked.connect(lambda _button: self._compare())
        self.reload()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(row(TextLabel(_("What differs"), "bold"), self.to_now, self.to_before, None))
        column.addWidget(self.differences, 1)
        main = QSplitter(Qt.Orientation.Horizontal)
        main.addWidget(self.table)
        main.addWidget(right)
        main.setSizes([460, 580])
        main.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "Every version is kept. Using one again makes a new version of it, "
                    "and papers issued before stay as they were."
                )
            )
        )
        column.addWidget(main, 1)
        column.addWidget(self.answer)
        column.addLayout(row(self.back, None, SecondaryButton(_("Close"), self.reject)))

    def reload(self) -> None:
        """Read the versions again."""
        self._desk.query(
            wording_versions,
            self._show,
            owner=self,
            programme_id=self._programme_id,
            name=self._text.name,
        )

    def _show(self, rows: tuple[WordingVersion, ...]) -> None:
        self.rows = rows
        self.model.show_rows(_headings(), [_cells(one) for one in rows])
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setStretchLastSection(True)
        wanted = next((at for at, one in enumerate(rows) if one.edition == self._wanted), 0)
        self.table.select_row(wanted)
        self.table.setFocus()
        self._compare()

    def _chosen(self) -> WordingVersion | None:
        at = self.table.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def _compare(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self.answer.hide()
        in_use = next(one.edition for one in self.rows if one.is_in_use)
        self.back.setEnabled(not chosen.is_in_use and not self._desk.read_only)
        self.to_before.setEnabled(chosen.edition != SHIPPED)
        if chosen.edition == SHIPPED:
            self.to_now.setChecked(True)
        before = self.rows[self.table.currentIndex().row() + 1] if chosen.edition != SHIPPED else chosen
        against = in_use if self.to_now.isChecked() else before.edition
        self._desk.query(
            compare_wordings,
            self._show_changes,
            owner=self,
            latest="wording.compare",
            on_error=self._refused,
            programme_id=self._programme_id,
            name=self._text.name,
            before=against,
            after=chosen.edition,
        )

    def _show_changes(self, changes: tuple[WordingChange, ...]) -> None:
        self.differences.clear()
        cursor = self.differences.textCursor()
        if not changes:
            cursor.insertText(_("Nothing differs."), _plain())
        for change in changes:
            self._write(cursor, change)
        set_line_height(self.differences)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.differences.setTextCursor(cursor)

    def _write(self, cursor: QTextCursor, change: WordingChange) -> None:
        heading = _plain()
        heading.setFontWeight(700)
        path = change.field.path
        name = field_name(change.field, self._text.shipped)
        part = texts.term("wording-section", path[0]) if len(path) > 1 else ""
        title = _("{name}: {part}").format(name=part, part=name) if part else name
        cursor.insertText(f"{title}\n", heading)
        for sign, parts, look in (
            (_("before"), change.before, _struck()),
            (_("after"), change.after, _marked()),
        ):
            note = _plain()
            note.setForeground(QColor(tokens().secondary))
            cursor.insertText(f"{sign}　", note)
            for text, differs in parts:
                cursor.insertText(text, look if differs else _plain())
            cursor.insertText("\n", _plain())
        cursor.insertText("\n", _plain())

    def take_back(self) -> None:
        """Use the chosen version again, as one act."""
        chosen = self._chosen()
        if chosen is None or not self.back.isEnabled():
            return
        self.answer.hide()
        self.back.setEnabled(False)
        note = _note(chosen)
        saving = replace(
            wording_saving(
                take_back_wording,
                self,
                self._text,
                self._programme_id,
                edition=chosen.edition,
                note=note,
            ),
            on_done=self._done,
            on_error=self._refused,
            on_stop=lambda: self.back.setEnabled(True),
            deed=note,
        )
        do_beside_others(self._desk, saving)

    def _done(self, _change: ChangeSet) -> None:
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.answer.set_text(texts.message(error))
        self.answer.show()


def _note(version: WordingVersion) -> str:
    if version.edition == SHIPPED:
        return _("the shipped text again")
    return _("version {edition} again").format(edition=version.edition)


def _headings() -> tuple[str, ...]:
    return (_("Version"), _("When"), _("Who"), _("What was changed"))


def _cells(version: WordingVersion) -> tuple[str, ...]:
    name = _("as shipped") if version.edition == SHIPPED else str(version.edition)
    shown = _("{name} (in use)").format(name=name) if version.is_in_use else name
    when = format_datetime(version.made_at) if version.made_at is not None else ""
    return (shown, when, version.actor, version.note)


def _plain() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(tokens().ink))
    return look


def _struck() -> QTextCharFormat:
    """What was taken out: struck through, so that colour is not all that says it."""
    look = QTextCharFormat()
    look.setForeground(QColor(tokens().wrong))
    look.setBackground(QColor(tokens().wrong_pale))
    look.setFontStrikeOut(True)
    return look


def _marked() -> QTextCharFormat:
    """What was put in: underlined."""
    look = QTextCharFormat()
    look.setForeground(QColor(tokens().good))
    look.setBackground(QColor(tokens().good_pale))
    look.setFontUnderline(True)
    return look

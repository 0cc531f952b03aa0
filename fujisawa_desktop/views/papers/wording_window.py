"""文面: texts of papers and mails, edited with the page they make beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QMessageBox, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.wording_forms import WordingDraft, data_of, draft_of, rebased
from fujisawa_desktop.services.wording_preview import WordingTrial, try_wording
from fujisawa_desktop.services.wording_shape import WordingField, with_value
from fujisawa_desktop.services.wording_versions import (
    SHIPPED,
    WordingRow,
    WordingText,
    save_wording,
    wording_text,
    wordings,
)
from fujisawa_desktop.services.wording_words import KnownWord
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.wording_edit import WordingEdit
from fujisawa_desktop.views.papers.wording_form import WordingForm, shown_heading, shown_sections
from fujisawa_desktop.views.papers.wording_page import WordingPageView
from fujisawa_desktop.views.papers.wording_saving import wording_saving
from fujisawa_desktop.views.papers.wording_tree import Place, WordingTree
from fujisawa_desktop.views.papers.wording_versions_dialog import WordingVersionsDialog
from fujisawa_desktop.views.papers.wording_words_list import WordsList
from fujisawa_desktop.views.papers.wording_years_button import YearsButton
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, save_beside_others
from fujisawa_desktop.views.trust.meanwhile_hint import MeanwhileHint
from fujisawa_desktop.views.widgets import (
    LineEdit,
    NoticeBar,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    commit_typing,
    row,
)

REST_MILLISECONDS: Final = 200
"""How long nothing is typed before the page is made again."""
_TABLE: Final = "paper_template"


def open_wording(desk: Desk, parent: QWidget, name: str = "") -> WordingWindow:
    """Open the window of all wordings, at the one called ``name`` if any is named."""
    window = WordingWindow(desk, parent, name=name)
    window.show()
    return window


class WordingWindow(QDialog):
    """Left the wordings, in the middle the texts, right the page.

    Attributes:
        programme_id: whose texts these are: typed ones stay with the programme they were typed for.
        text: the wording on the screen as it is stored; ``None`` until one is read.
        data: the same as it is typed now.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Wordings"))
        self.resize(1260, 760)
        self._desk = desk
        self.programme_id = desk.programme_id
        self._wanted = name
        self._place: Place | None = None
        self._edit: WordingEdit | None = None
        self.text: WordingText | None = None
        self.data: Mapping[str, Any] = {}
        self._sent: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {})
        self.tree = WordingTree()
        self.form = WordingForm()
        self.words = WordsList()
        self.page = WordingPageView()
        self.notice = NoticeBar()
        self.hint = MeanwhileHint(desk, FormWords(self))
        self.note = LineEdit()
        self.versions_button = SecondaryButton(_("Versions…"), self.show_versions)
        self.shipped_button = SecondaryButton(_("Shipped text…"), lambda: self.show_versions(SHIPPED))
        self.years_button = YearsButton(desk, self.may_leave)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self._title = TextLabel("", "heading")
        self._state = TextLabel("", "secondary")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.try_now)
        self._lay_out()
        self._connect()
        self._say_state()
        desk.query(wordings, self._show_rows, owner=self, programme_id=self.programme_id)

    def _lay_out(self) -> None:
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.form)
        middle.addWidget(self.words)
        middle.setStretchFactor(0, 1)
        middle.setSizes([440, 200])
        middle.setChildrenCollapsible(False)
        main = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.tree, middle, self.page):
            main.addWidget(widget)
        main.setStretchFactor(1, 3)
        main.setStretchFactor(2, 2)
        main.setSizes([210, 560, 460])
        main.setChildrenCollapsible(False)
        self.note.setAccessibleName(_("What was changed"))
        self.note.setPlaceholderText(_("What was changed (may be left empty)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        column.setSpacing(Space.S)
        column.addLayout(row(self._title, Space.M, self._state, None))
        column.addWidget(self.notice)
        column.addWidget(self.hint)
        column.addWidget(main, 1)
        foot = row(self.versions_button, self.shipped_button, self.years_button, Space.L, spacing=Space.S)
        foot.addWidget(self.note, 1)
        foot.addWidget(self.save_button)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.tree.chosen.connect(self.go_to)
        self.form.edited.connect(self._on_edited)
        self.form.entered.connect(self._on_entered)
        self.words.chosen.connect(self._insert)
        self.years_button.copied.connect(self._say_saved)
        self.years_button.refused.connect(self._say_error)
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self._on_programme)
        self.finished.connect(lambda _result: self.page.view.close_pdf())
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self.save)

    # --- choosing -----------------------------------------------------------

    def _show_rows(self, rows: Sequence[WordingRow]) -> None:
        self.tree.show_rows(rows)
        self.years_button.offer(self.programme_id)
        if self._place is None:
            places = self.tree.places()
            first = next((place for place in places if place.name == self._wanted), places[0])
            self.tree.choose(first)

    def go_to(self, place: Place) -> None:
        """Show a wording; another one than before only when nothing typed would be lost."""
        if place == self._place:
            return
        if self._place is not None and place.name == self._place.name and self.text is not None:
            self._place = place
            self._show_form()
            return
        if not self.may_leave():
            if self._place is not None:
                self.tree.mark_quietly(self._place)
            return
        self._place = place
        self.read()

    def read(self) -> None:
        """Read the chosen wording again; what was typed is given up."""
        if self._place is None:
            return
        self._desk.query(
            wording_text,
            self._show,
            owner=self,
            latest="wording.text",
            on_error=self._say_error,
            programme_id=self.programme_id,
            name=self._place.name,
        )

    def _show(self, text: WordingText) -> None:
        self.text, self.data = text, text.data
        self._sent = ({}, {})
        self.note.clear()
        self.page.clear()
        self._watch()
        self._show_form()

    def _show_form(self) -> None:
        text, place = self.text, self._place
        if text is None or place is None:
            return
        self._edit = None
        self.words.show_none()
        sections = shown_sections(text, place.variant)
        self.form.show_sections(text.name, sections, self.data, text.shipped, read_only=self._desk.read_only)
        self._title.setText(shown_heading(text, place.variant))
        self._say_state()
        self.try_now()

    # --- typing -------------------------------------------------------------

    def is_changed(self) -> bool:
        """Return whether something typed is not kept yet."""
        return self.text is not None and self.data != self.text.data

    def _on_edited(self, field: WordingField) -> None:
        self.data = with_value(self.data, field.path, self.form.value(field.path))
        self._say_state()
        self._rest.start()

    def _on_entered(self, edit: WordingEdit) -> None:
        self._edit = edit
        self.words.show_words(edit.words, can_insert=not self._desk.read_only)

    def _insert(self, word: KnownWord, as_condition: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self._edit is not None:
            self._edit.insert_word(word, as_condition=as_condition)

    def try_now(self) -> None:
        """Check what is typed and make its page; only the answer to the newest question is shown."""
        self._rest.stop()
        if self.text is None or self._place is None:
            return
        self._desk.query(
            try_wording,
            self._tried,
            owner=self,
            latest="wording.try",
            on_error=self._say_error,
            programme_id=self.programme_id,
            name=self.text.name,
            data=self.data,
            variant=self._place.variant or (),
        )

    def _tried(self, trial: WordingTrial) -> None:
        self.form.show_faults(trial.faults)
        self.page.show_trial(trial)

    def _say_state(self) -> None:
        text, changed = self.text, self.is_changed()
        if text is None:
            self._state.setText("")
        elif changed:
            self._state.setText(_("not saved yet"))
        elif text.edition == SHIPPED or text.data == text.shipped:
            self._state.setText(_("as shipped"))
        else:
            self._state.setText(_("version {edition}").format(edition=text.edition))
        may_write = text is not None and not self._desk.read_only
        self.save_button.setEnabled(may_write and changed)
        self.note.setEnabled(may_write)
        for button in (self.versions_button, self.shipped_button):
            button.setEnabled(text is not None)

    # --- keeping ------------------------------------------------------------

    def save(self) -> None:
        """Keep what is typed as a new version."""
        commit_typing()
        if self.text is None or not self.save_button.isEnabled():
            return
        text, typed = self.text, self.data

        def given(draft: WordingDraft) -> dict[str, object]:
            data = data_of(text, draft)
            self._sent = (typed, data)
            return {"data": data, "based_on": draft.version}

        saving = replace(
            wording_saving(save_wording, self, text, self.programme_id, note=self.note.text()),
            given=given,
            on_done=self._saved,
            on_error=self._refused,
        )
        save_beside_others(self._desk, saving, draft_of(text, typed))

    def _saved(self, change: ChangeSet) -> None:
        self._say_saved()
        if not change.changed:
            self._read_quietly()  # theirs was chosen: nobody else tells of it

    def _say_saved(self) -> None:
        self.notice.show_message(_("Saved. From now on the papers are made with this text."), "good")

    def _refused(self, error: Exception) -> None:
        self._say_error(error)
        if isinstance(error, ValidationError):
            field = next((one for one in self.form.fields.values() if one.key == error.field), None)
            if field is not None:
                self.form.go_to(field.path)
            self.try_now()

    def _on_changed(self, change: ChangeSet) -> None:
        """Read again after any act about wordings, also one that was taken back in the main window."""
        if _TABLE not in change.kinds:
            return
        self._desk.query(wordings, self._show_rows, owner=self, programme_id=self.programme_id)
        self._read_quietly()

    def _on_programme(self) -> None:
        """Show the texts of the programme that lies on the desk now, unless something typed would be lost."""
        if self.is_changed():
            return
        self.programme_id = self._desk.programme_id
        self._desk.query(wordings, self._show_rows, owner=self, programme_id=self.programme_id)
        self.read()

    def _read_quietly(self) -> None:
        """Take in the stored text without moving what the person looks at."""
        if self.text is None:
            return

        def take(text: WordingText) -> None:
            if self.text is None or text.name != self.text.name:
                return
            sent, kept = self._sent
            if kept == text.data:
                self._go_on_from(text, rebased(text, sent, self.data))
            elif self.data == text.data:
                self._go_on_from(text, text.data)
            elif self.data == self.text.data:
                self._show(text)
            # Else somebody else saved it while this was being typed: saving will ask about both.

        self._desk.query(
            wording_text,
            take,
            owner=self,
            latest="wording.text",
            programme_id=self.programme_id,
            name=self.text.name,
        )

    def _go_on_from(self, text: WordingText, data: Mapping[str, Any]) -> None:
        """Go on from what is stored by now, with what was typed while it was being saved."""
        same = data == self.data
        self._sent, self.text, self.data = ({}, {}), text, data
        if data == text.data:
            self.note.clear()
        self._watch()
        if same:
            self._say_state()
        else:
            self._show_form()

    def _watch(self) -> None:
        """Say when somebody else saves the wording that is open."""
        if self.text is not None:
            saving = wording_saving(save_wording, self, self.text, self.programme_id)
            self.hint.take_words(saving.words)
            self.hint.watch(saving.base, saving.read, saving.row, theirs=self.read, both=self.save)

    def show_versions(self, edition: int | None = None) -> None:
        """Open the list of versions, at one of them if it is named."""
        if self.text is None or not self.may_leave():
            return
        dialog = WordingVersionsDialog(
            self._desk, self.text, self, programme_id=self.programme_id, edition=edition
        )
        dialog.open()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    # --- leaving ------------------------------------------------------------

    def may_leave(self) -> bool:
        """Return whether nothing typed would be lost; asks the person if need be."""
        commit_typing()
        if not self.is_changed() or self._desk.read_only:
            return True
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Wordings"))
        box.setText(_("What you typed has not been saved."))
        box.setInformativeText(_("If you go on, it is lost."))
        stay = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(_("Go on without saving"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is not leave:
            return False
        if self.text is not None:
            self.data = self.text.data
        return True

    def reject(self) -> None:
        """Close, after asking."""
        if self.may_leave():
            super().reject()

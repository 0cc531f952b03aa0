"""A key for a new file, for a plain one, or in place of the one before: passphrase first, then its paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QRadioButton, QStackedWidget, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.passphrase_form import NewPassphraseForm
from fujisawa_desktop.views.trust.recovery_page import RecoveryPage
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.places import PlaceFinding, creation_findings
    from fujisawa_desktop.services.unlocking import FileKey, new_key
else:
    creation_findings = later("places", "creation_findings")
    new_key = later("unlocking", "new_key")

SUFFIX: Final = ".fjdb"


class Chosen(NamedTuple):
    """What a person decided: key and passphrase are both None for a file without encryption."""

    path: Path
    key: FileKey | None
    passphrase: str | None


class KeyDialog(QDialog):
    """Two pages; the second one shows a key nobody has seen and lets go only when it is on paper.

    Attributes:
        form: the new passphrase.
        recovery: the page with the key.
        next_button: goes on, and ends it.

    Signals:
        chosen(Chosen): everything is decided; the dialog is closed.
    """

    chosen = Signal(object)

    def __init__(
        self,
        path: Path,
        tasks: Tasks,
        settings: QSettings,
        parent: QWidget,
        *,
        title: str,
        lead: str,
        last: str,
    ) -> None:
        super().__init__(parent)
        self.path = path
        self._tasks = tasks
        self._last = last
        self._passphrase = ""
        self._key: FileKey | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.setMinimumWidth(600)
        self.form = NewPassphraseForm()
        self.recovery = RecoveryPage(tasks, settings)
        self.pages = QStackedWidget()
        self.heading = TextLabel(title, "heading")
        self.lead = RunningText(lead, "neutral")
        first = QWidget()
        self.first_column = QVBoxLayout(first)
        self.first_column.setContentsMargins(0, 0, 0, 0)
        self.first_column.setSpacing(Space.M)
        self.first_column.addWidget(self.lead)
        self.first_column.addWidget(self.form)
        self.first_column.addStretch(1)
        self.pages.addWidget(first)
        self.pages.addWidget(self.recovery)
        self.back_button = SecondaryButton(_("Back"), self.back)
        self.next_button = PrimaryButton(_("Next"), self.go_on)
        self.next_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.heading)
        column.addWidget(self.pages, 1)
        column.addLayout(
            row(None, SecondaryButton(_("Cancel"), self.reject), self.back_button, self.next_button)
        )
        self.form.finished.connect(self.go_on)
        self.recovery.finished.connect(self.go_on)
        self.back()
        self.form.first.setFocus()

    def go_on(self) -> None:
        """Go to the key, or end it when the key is on paper."""
        if self.pages.currentIndex() == 0:
            passphrase = self.form.passphrase()
            if passphrase is not None:
                self._passphrase = passphrase
                self._show_key()
        elif self.recovery.is_confirmed():
            self._end(Chosen(self.path, self._key, self._passphrase))

    def back(self) -> None:
        """Go back to the passphrase; the key shown is thrown away."""
        self.recovery.clear()
        self._key = None
        self.pages.setCurrentIndex(0)
        self.back_button.hide()
        self.heading.setText(self.windowTitle())
        self.next_button.setText(_("Next"))

    def _show_key(self) -> None:
        self._tasks.run_read(new_key, self._shown, owner=self)

    def _shown(self, key: FileKey) -> None:
        self._key = key
        self.recovery.show_key(key, self.path.name)
        self.pages.setCurrentIndex(1)
        self.back_button.show()
        self.heading.setText(_("The recovery key of this file"))
        self.next_button.setText(self._last)
        self.recovery.print_button.setFocus()

    def _end(self, chosen: Chosen) -> None:
        self.form.clear()
        self.recovery.clear()
        self._passphrase = ""
        self.accept()
        self.chosen.emit(chosen)


class NewFileDialog(KeyDialog):
    """A new file, empty or as a copy of a database: where it lies, and whether it is encrypted.

    Attributes:
        place: the file's name with its folder.
        with_key, without: the choice.
    """

    def __init__(
        self,
        path: Path,
        tasks: Tasks,
        settings: QSettings,
        parent: QWidget,
        *,
        title: str = "",
        lead: str = "",
        last: str = "",
    ) -> None:
        self._make = last or _("Create the file")
        super().__init__(
            path, tasks, settings, parent, title=title or _("Create a new file"), lead=lead, last=self._make
        )
        self.lead.setVisible(bool(lead))
        self._told: tuple[str, ...] = ()
        self.place = LineEdit(str(path))
        self.place_field = FormField("place", _("Where the file lies"), self.place, required=True)
        self.place_notice = RunningText("", "caution")
        self.place_notice.hide()
        self.with_key = QRadioButton(_("Encrypt it with a passphrase (recommended)"))
        self.without = QRadioButton(_("Without encryption"))
        self.with_key.setChecked(True)
        self.honest = RunningText(
            _(
                "Without encryption, whoever gets at this computer's disk or at a backup can read everything "
                "in it: names, addresses, results, bank accounts. Choose this only if the disk itself is "
                "encrypted (BitLocker) and nobody else can sign in with your account."
            ),
            "caution",
        )
        self.honest.hide()
        for at, widget in enumerate((self.place_field, None, self.place_notice, self.with_key, self.without)):
            if widget is None:
                self.first_column.insertLayout(
                    at, row(SecondaryButton(_("Choose another place…"), self.choose), None)
                )
            else:
                self.first_column.insertWidget(at, widget)
        self.first_column.insertWidget(self.first_column.count() - 1, self.honest)
        self.without.toggled.connect(self._turn)
        self.place.textChanged.connect(self._other_place)

    def choose(self) -> None:
        """Choose the place in the system's dialog."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self, self.windowTitle(), self.place.text(), _("Internship files (*.fjdb)")
        )
        if chosen:
            self.place.setText(str(Path(chosen).with_suffix(SUFFIX)))

    def go_on(self) -> None:
        """Look at the place first; a place that is only warned of is taken at the second press."""
        if self.pages.currentIndex() == 1:
            super().go_on()
            return
        text = self.place.text().strip()
        if not text:
            self.place_field.set_error(texts.message_for("field.required", {"field": "place"}))
            return
        path = Path(text).expanduser().absolute()
        self.path = path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
        self._tasks.run_read(lambda: creation_findings(self.path), self._looked_at, self._refused, owner=self)

    def _looked_at(self, findings: tuple[PlaceFinding, ...]) -> None:
        words = tuple(texts.message_for(found.code, found.params) for found in findings)
        refused = [word for word, found in zip(words, findings, strict=True) if found.refused]
        if refused:
            self.place_field.set_error(refused[0])
            self.place.setFocus()
            return
        if words and words != self._told:
            self._told = words
            self.place_notice.set_text(
                "\n".join((*words, _("Choose another place, or press the button again to use this one.")))
            )
            self.place_notice.show()
            return
        if self.without.isChecked():
            self._end(Chosen(self.path, None, None))
        else:
            super().go_on()

    def _refused(self, error: Exception) -> None:
        self.place_field.set_error(
            texts.message_for(getattr(error, "code", ""), getattr(error, "params", {}))
        )

    def _other_place(self) -> None:
        self._told = ()
        self.place_notice.hide()

    def _turn(self, without: bool) -> None:  # noqa: FBT001 - a signal's value
        self.form.setVisible(not without)
        self.honest.setVisible(without)
        self.next_button.setText(self._make if without else _("Next"))

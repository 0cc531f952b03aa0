"""The recovery key of a file on the screen: printed or saved first, then a row of it typed back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import StorageError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.recovery_key import same_row
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Space, Tone
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    Panel,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    restyle,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.recovery_papers import recovery_paper
    from fujisawa_desktop.services.table_files import save_file
    from fujisawa_desktop.services.unlocking import FileKey, key_name, recovery_rows
else:
    recovery_paper = later("recovery_papers", "recovery_paper")
    save_file = later("table_files", "save_file")
    key_name, recovery_rows = (later("unlocking", name) for name in ("key_name", "recovery_rows"))

_KEY_PX: Final = 19
_PRINTING: Final = "fujisawa_desktop.views.papers.printing"
"""Loads PDFium; only who prints waits for it."""


class RecoveryPage(QWidget):
    """Shows the key, makes its paper, and asks for one row of it.

    Attributes:
        rows: the rows of the key.
        asked: the row to be typed back, from 0.
        typed: the field for it.

    Signals:
        finished(): Return was pressed in the field.
    """

    finished = Signal()

    def __init__(self, tasks: Tasks, settings: QSettings) -> None:
        super().__init__()
        self._tasks = tasks
        self._settings = settings
        self._key: FileKey | None = None
        self._file = ""
        self.rows: tuple[str, ...] = ()
        self.asked = 0
        self.labels: list[TextLabel] = []
        self.number = TextLabel("", "secondary")
        self.print_button = SecondaryButton(_("Print…"), self.print)
        self.save_button = SecondaryButton(_("Save as PDF…"), self.save)
        self.said = RunningText("", "good")
        self.typed = LineEdit()
        self.field = FormField("row", _("Row of the recovery key"), self.typed, required=True)
        self.typed.returnPressed.connect(self.finished)
        self._lay_out()

    def show_key(self, key: FileKey, file: str) -> None:
        """Show the key of a file with this name."""
        self._key, self._file = key, file
        self.rows = recovery_rows(key)
        self.asked = secrets.randbelow(len(self.rows))
        for label, text in zip(self.labels, self.rows, strict=True):
            label.setText(text)
        self.number.setText(_("Key number {number}").format(number=key_name(key)))
        name = _("Row {row} of the printed key").format(row=self.asked + 1)
        self.field.label.setText(name)
        self.typed.setAccessibleName(name)
        self.typed.clear()
        self.said.hide()

    def is_confirmed(self) -> bool:
        """Return whether the row was typed back; if not, that is said under the field."""
        commit_typing()
        if same_row(self.typed.text(), self.rows[self.asked]):
            return True
        error = ValidationError("recovery.not-the-row", field="row", row=self.asked + 1)
        self.field.set_error(texts.message(error))
        self.typed.setFocus()
        return False

    def clear(self) -> None:
        """Forget the key."""
        self._key, self.rows = None, ()
        for label in self.labels:
            label.clear()

    def print(self) -> None:
        """Print the paper."""
        self._make(self._print)

    def save(self) -> None:
        """Save the paper, for whoever has no printer here."""
        name = str(Path.home() / _("recovery-key.pdf"))
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save the recovery key"), name, _("PDF files (*.pdf)")
        )
        if chosen:
            path = Path(chosen).with_suffix(".pdf")
            self._make(lambda pdf: self._keep(path, pdf))

    def _make(self, then: Callable[[bytes], object]) -> None:
        key, file, today = self._key, self._file, date.today()
        if key is not None:
            self._tasks.run_read(
                lambda: recovery_paper(key, file=file, made_on=today), then, self._failed, owner=self
            )

    def _print(self, pdf: bytes) -> None:
        printing: Any = import_module(_PRINTING)
        job = printing.PrintJob(pdf, _("Recovery key"), "recovery-key")
        printer = printing.ask_printer(job, self._settings, self)
        if printer is not None:
            self._tasks.run_read(
                lambda: printing.print_pages(job, printer, lambda _done, _all: None),
                lambda _count: self._say(_("Sent to the printer. Fetch the paper now, before you go on.")),
                self._failed,
                owner=self,
            )

    def _keep(self, path: Path, pdf: bytes) -> None:
        self._tasks.run_write(
            lambda: save_file(path, pdf),
            lambda _nothing: self._say(
                _(
                    "Written: {file}. Print it and delete the file, or move it away from this computer."
                ).format(file=path.name)
            ),
            self._failed,
            owner=self,
        )

    def _say(self, text: str, tone: Tone = "good") -> None:
        restyle(self.said, "tone", value=tone)
        self.said.set_text(text)
        self.said.show()
        self.typed.setFocus()

    def _failed(self, error: Exception) -> None:
        shown = error if isinstance(error, StorageError) else StorageError("papers.printer-refused")
        self._say(texts.message(shown), "wrong")

    def _lay_out(self) -> None:
        panel = Panel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        font = QFont("BIZ UDGothic")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(_KEY_PX)
        for place in range(4):
            label = TextLabel()
            label.setFont(font)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setAccessibleName(_("Row {row}").format(row=place + 1))
            self.labels.append(label)
            grid.addWidget(TextLabel(str(place + 1), "secondary"), place, 0)
            grid.addWidget(label, place, 1)
        grid.setColumnStretch(1, 1)
        panel.body.addWidget(self.number)
        panel.body.addLayout(grid)
        panel.body.addLayout(row(self.print_button, self.save_button, None))
        panel.body.addWidget(self.said)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "If the passphrase is forgotten, only this key opens the file and its backups; nobody "
                    "can make another one. Print it and keep the paper in a locked place, away from this "
                    "computer."
                )
            )
        )
        column.addWidget(panel)
        column.addWidget(
            RunningText(_("To be sure that the paper is right, type this row from it:"), "neutral")
        )
        column.addWidget(self.field)
        column.addStretch(1)

"""Where copies of the file go besides the folder beside it, and how often one is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.paths import backup_dir
from fujisawa_desktop.services.backup_places import BackupSettings, backup_settings, save_backup_settings
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


class BackupSettingsDialog(QDialog):
    """Two places and an interval."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        file = desk.database.path
        if file is None:
            raise RuntimeError(desk.database.dialect)
        self._desk = desk
        self._file: Path = file
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Backups: where and how often"))
        self.resize(640, 420)
        known = backup_settings(file)
        self.second = LineEdit(known.second)
        self.every = NumberEdit("every_minutes", lowest=1, width=80)
        self.every.set_value(known.every_minutes)
        self.choose_button = SecondaryButton(_("Choose a folder…"), self.choose)
        self.none_button = SecondaryButton(_("No second place"), self.second.clear)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setDefault(True)
        self._lay_out()
        self.second.setFocus()

    def choose(self) -> None:
        """Let the person choose the second place."""
        chosen = QFileDialog.getExistingDirectory(self, _("Second place for backups"), self.second.text())
        if chosen:
            self.second.setText(chosen)

    def save(self) -> None:
        """Keep the settings, or say beside the field what is wrong."""
        self._desk.notifier.clear_fields(self)
        try:
            every = self.every.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        settings = BackupSettings(self.second.text().strip(), every if every is not None else 0)

        def keep(_database: Database) -> None:
            save_backup_settings(self._file, settings)

        self._desk.query(
            keep,
            self._saved,
            owner=self,
            on_error=lambda error: self._desk.notifier.show(error, self),
        )

    def _saved(self, _nothing: object) -> None:
        self._desk.notifier.say(_("The settings of the backups were saved."), "good")
        self.accept()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Backups: where and how often"), "heading"))
        column.addWidget(
            RunningText(
                _(
                    "A copy is made after opening, before imports and acts about many people, while you "
                    "work, and at closing – whenever something has changed. Every copy is read back and "
                    "checked. Older copies make room by and by, over a year."
                ),
                "neutral",
            )
        )
        column.addWidget(TextLabel(_("First place: beside the file"), "bold"))
        column.addWidget(RunningText(str(backup_dir(self._file)), "neutral"))
        column.addWidget(
            FormField(
                "second",
                _("Second place"),
                self.second,
                support=_("A folder on another drive. If the PC breaks, the copies there remain."),
            )
        )
        column.addLayout(row(self.choose_button, self.none_button, None))
        column.addWidget(FormField("every_minutes", _("While working, every"), self.every, unit=_("minutes")))
        column.addStretch(1)
        column.addLayout(row(None, SecondaryButton(_("Cancel"), self.reject), self.save_button))

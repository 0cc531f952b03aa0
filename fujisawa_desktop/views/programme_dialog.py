"""A new year in the open file: from a programme that ships, or from a programme file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, PrimaryButton, RunningText, TextLabel

if TYPE_CHECKING:
    from fujisawa_desktop.services.programmes import (
        ProgrammeRow,
        create_programme,
        programme_codes,
        programmes,
    )
else:
    create_programme, programme_codes, programmes = (
        later("programmes", name) for name in ("create_programme", "programme_codes", "programmes")
    )


class NewProgrammeDialog(QDialog):
    """Choose where the new year comes from; it lies on the desk afterwards."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("New programme"))
        self.setMinimumWidth(460)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
        self._column.setSpacing(Space.M)
        self._column.addWidget(TextLabel(_("Where does the new programme come from?"), "heading"))
        self._column.addWidget(
            RunningText(
                _(
                    "A programme brings its dates, rates, work patterns, contacts and courses. "
                    "Programmes already in this file stay as they are."
                ),
                "neutral",
            )
        )
        self.shipped: list[Button] = []
        self.from_file = Button(_("From a programme file…"), self._choose)
        self._column.addWidget(self.from_file)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.rejected.connect(self.reject)
        self._column.addWidget(box)
        desk.query(programmes, self._offer, owner=self)

    def _offer(self, existing: list[ProgrammeRow]) -> None:
        known = {programme.code for programme in existing}
        for code in programme_codes():
            if code not in known:
                button = PrimaryButton(
                    _("Programme {code} that ships with this program").format(code=code.upper()),
                    partial(self._create, code),
                )
                self.shipped.append(button)
                self._column.insertWidget(self._column.indexOf(self.from_file), button)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a programme file"), "", _("Programme files (*.toml)")
        )
        if chosen:
            self._create(Path(chosen))

    def _create(self, source: Path | str) -> None:
        self._desk.perform(
            create_programme,
            source=source,
            actor=self._desk.actor,
            on_done=self._created,
            on_error=self._refused,
        )

    def _created(self, _change: ChangeSet) -> None:
        self._desk.query(programmes, self._lay_newest, owner=self)

    def _lay_newest(self, rows: list[ProgrammeRow]) -> None:
        newest = max(rows, key=lambda row: row.id)
        self._desk.switch_programme(newest.id)
        self._desk.notifier.say(_("{title} is open now.").format(title=newest.title))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.accept()
        self._desk.notifier.show(error)

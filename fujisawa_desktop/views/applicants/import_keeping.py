"""What the import dialog keeps beyond the import itself: layouts by name, refused rows as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.import_layouts import delete_layout, save_layout
from fujisawa_desktop.services.imports import RejectedRow
from fujisawa_desktop.services.outgoing import ListOut
from fujisawa_desktop.views.applicants import import_kinds
from fujisawa_desktop.views.applicants.columns_page import ColumnsPage
from fujisawa_desktop.views.applicants.import_options import ImportOptions
from fujisawa_desktop.views.desk import Desk


class Keeping(QObject):
    """Carries out what the buttons of the dialog ask for."""

    def __init__(self, desk: Desk, columns: ColumnsPage, options: ImportOptions, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._desk = desk
        self._columns = columns
        self._options = options
        self._dialog = dialog

    def keep(self, encoding: str | None) -> None:
        """Keep the layout of the columns page under the name entered there."""
        name = self._columns.name.text().strip()
        self._desk.perform(
            save_layout,
            on_done=lambda _change: self._changed(name, kept=True),
            name=name,
            source=self._columns.source_key(),
            columns=self._columns.settled(),
            encoding=encoding or "",
            actor=self._desk.actor,
        )

    def forget(self) -> None:
        """Forget the layout of that name."""
        name = self._columns.name.text().strip()
        self._desk.perform(
            delete_layout,
            on_done=lambda _change: self._changed(name, kept=False),
            name=name,
            actor=self._desk.actor,
        )

    def _changed(self, name: str, *, kept: bool) -> None:
        self._options.offer_layouts(self._columns.rename(name, kept=kept))
        if kept:
            self._options.choose_layout(name)
            self._desk.notifier.say(_("The layout was kept. It is found again by the headings."), "good")
        else:
            self._desk.notifier.say(_("The layout was forgotten. What came in through it stays."), "good")

    def write_rejected(self, file: Path, rejected: Sequence[RejectedRow], encoding: str | None) -> None:
        """Let the person name a file and write the refused rows to it."""
        name, _filter = QFileDialog.getSaveFileName(
            self._dialog,
            _("Save the refused rows"),
            str(file.with_name(_("{file}-refused.xlsx").format(file=file.stem))),
            _("Excel (*.xlsx);;Text as in the file (*.csv)"),
        )
        if name:
            self._desk.perform(
                import_kinds.write_rejected,
                on_done=self._tell_written,
                file=file,
                target=Path(name),
                rejected=rejected,
                encoding=encoding,
                actor=self._desk.actor,
            )

    def _tell_written(self, written: ListOut) -> None:
        self._desk.notifier.say(
            ngettext(
                "{count} refused row was written to {file}. Correct it and import that file.",
                "{count} refused rows were written to {file}. Correct them and import that file.",
                written.count,
            ).format(count=written.count, file=written.path.name),
            "good",
        )

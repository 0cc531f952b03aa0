"""Writing the register to a file: asks where to, names what CP932 would lose, says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.list_export import UnwritableCell
from fujisawa_desktop.services.register import Register
from fujisawa_desktop.services.register_files import (
    RegisterFormat,
    RegisterWritten,
    file_name,
    save_register,
    unwritable_in,
)
from fujisawa_desktop.services.register_layouts import Encoding, Layout
from fujisawa_desktop.views.applicants.exporting import UnwritableDialog
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.saving import ask_file
from fujisawa_desktop.views.widgets import NoticeBar

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


def say_doubt(code: str) -> str:
    """Return what keeps a row from being final, in Japanese: the file goes to a Japanese office."""
    return texts.paper_term("register-doubt", code)


class RegisterSaver(QObject):
    """Writes the register of a month."""

    def __init__(self, desk: Desk, window: QWidget, notice: NoticeBar) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._notice = notice

    def save(
        self, register: Register, layout: Layout, file_format: RegisterFormat, *, as_reference: bool
    ) -> None:
        """Ask for the file, and write it once nothing would be lost unseen."""
        kinds = {_("Excel (*.xlsx)"): ".xlsx"} if file_format == "xlsx" else {_("CSV (*.csv)"): ".csv"}
        name = file_name(register, file_format, as_reference=as_reference)
        path = ask_file(
            self._desk.settings, self._window, title=_("Write the register"), name=name, kinds=kinds
        )
        if path is None:
            return
        write = partial(self._write, register, layout, path, file_format, as_reference=as_reference)
        if file_format == "csv" and layout.options.encoding is Encoding.CP932:
            self._desk.query(
                _unwritable, partial(self._look_first, write), owner=self, register=register, layout=layout
            )
            return
        write()

    def _look_first(self, write: partial[None], cells: Sequence[UnwritableCell]) -> None:
        if not cells:
            write()
            return
        dialog = UnwritableDialog(cells, self._window)
        dialog.agreed.connect(lambda: write(substitute=True))
        dialog.open()

    def _write(
        self,
        register: Register,
        layout: Layout,
        path: Path,
        file_format: RegisterFormat,
        *,
        as_reference: bool,
        substitute: bool = False,
    ) -> None:
        self._desk.perform(
            save_register,
            on_done=self._written,
            on_error=lambda error: self._notice.show_message(texts.message(error), "wrong"),
            programme_id=register.programme_id,
            year=register.year,
            month=register.month,
            layout=layout,
            file_format=file_format,
            path=path,
            say=say_doubt,
            as_reference=as_reference,
            substitute=substitute,
            actor=self._desk.actor,
        )

    def _written(self, result: RegisterWritten) -> None:
        text = ngettext(
            "Written: {file} ({count} person).", "Written: {file} ({count} people).", result.count
        )
        self._notice.show_message(text.format(file=result.path.name, count=f"{result.count:,}"), "good")


def _unwritable(_database: Database, *, register: Register, layout: Layout) -> Sequence[UnwritableCell]:
    return unwritable_in(register, layout, say_doubt)

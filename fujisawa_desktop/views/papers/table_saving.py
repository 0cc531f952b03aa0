"""Writing a list about papers to a file that Excel opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.outgoing import ListOut, save_list
from fujisawa_desktop.services.table_files import ListTable, table_file
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.outlet import FOLDER_KEY
from fujisawa_desktop.views.screening.alive import while_open

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


class TableSaver(QObject):
    """Asks where to, writes the list and records that it left, both or neither.

    Attributes:
        choose_file: asks for a file, given a name; an empty text when the person decides against it.
    """

    def __init__(self, desk: Desk, window: QWidget, tell: Callable[[str], object]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._tell = tell
        self.choose_file: Callable[[str], str] = self._ask_file

    def save(self, table: ListTable) -> None:
        """Write the list as xlsx, or as csv or PDF when the name says so."""
        title = texts.term("list", table.name)
        name = self.choose_file(f"{title}.xlsx")
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() not in {".xlsx", ".csv", ".pdf"}:
            path = path.with_name(f"{path.name}.xlsx")
        file_format = path.suffix.lower().removeprefix(".")
        self._desk.settings.setValue(FOLDER_KEY, str(path.parent))

        def written(_out: ListOut) -> None:
            self._tell(_("The list was written to {file}.").format(file=path.name))

        self._desk.perform(
            _write,
            on_done=while_open(self, written),
            table=table,
            path=path,
            file_format=file_format,
            made_at=datetime.now(),
            actor=self._desk.actor,
        )

    def _ask_file(self, name: str) -> str:
        folder = Path(str(self._desk.settings.value(FOLDER_KEY, str(Path.home()))))
        kinds = ";;".join((_("Excel (*.xlsx)"), _("CSV for Excel (*.csv)"), _("PDF files (*.pdf)")))
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, _("Export the list"), str(folder / name), kinds
        )
        if chosen and Path(chosen).suffix == ".xlsx":
            ending = next((one for one in (".csv", ".pdf") if f"*{one}" in kind), ".xlsx")
            return str(Path(chosen).with_suffix(ending))
        return chosen


def _write(
    database: Database,
    *,
    table: ListTable,
    path: Path,
    file_format: str,
    made_at: datetime,
    actor: str | None,
) -> ListOut:
    words = texts.paper_term if file_format == "pdf" else texts.term
    return save_list(
        database,
        path=path,
        data=table_file(table, file_format, words, made_at=made_at),
        file_format=file_format,
        count=len(table.rows),
        name=table.name,
        actor=actor,
    )

"""The list as a file: Excel, csv in two encodings, or a roster on paper; nothing is lost silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.list_export import (
    Format,
    UnwritableCell,
    list_file,
    list_rows,
    unwritable_people,
)
from fujisawa_desktop.services.outgoing import ListOut, save_list
from fujisawa_desktop.views.applicants.words import joined
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import DataTable, PrimaryButton, RunningText, SecondaryButton, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

FOLDER_KEY: Final = "applicants/folder"
SHOWN: Final = 1_000


def _kinds() -> dict[str, tuple[Format, str]]:
    """Return the kinds of files a person may choose, with their endings."""
    return {
        _("Excel (*.xlsx)"): ("xlsx", ".xlsx"),
        _("CSV for Excel (*.csv)"): ("csv", ".csv"),
        _("CSV in Shift_JIS, for old programs (*.csv)"): ("csv-cp932", ".csv"),
        _("Roster on paper (*.pdf)"): ("pdf", ".pdf"),
    }


class Exporter(QObject):
    """Asks where to, names what CP932 cannot write, and writes."""

    def __init__(self, desk: Desk, tab: QWidget) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab

    def export(self, query: ListQuery, columns: Sequence[str]) -> None:
        """Write the list as it is filtered and sorted to a file the person names."""
        kinds = _kinds()
        folder = str(self._desk.settings.value(FOLDER_KEY, "") or Path.home())
        name, chosen = QFileDialog.getSaveFileName(
            self._tab,
            _("Export the list"),
            str(Path(folder) / _("applicants.xlsx")),
            ";;".join(kinds),
        )
        if not name:
            return
        path = Path(name)
        file_format, ending = kinds.get(chosen, next(iter(kinds.values())))
        by_ending = {suffix: kind for kind, suffix in reversed(kinds.values())}
        if path.suffix.lower() not in by_ending:
            path = path.with_name(path.name + ending)
        elif path.suffix.lower() != ending:
            file_format = by_ending[path.suffix.lower()]
        self._desk.settings.setValue(FOLDER_KEY, str(path.parent))
        if file_format == "csv-cp932":
            self._look_first(query, columns, path)
        else:
            self._write(query, columns, path, file_format)

    def _look_first(self, query: ListQuery, columns: Sequence[str], path: Path) -> None:
        def told(cells: list[UnwritableCell]) -> None:
            if not cells:
                self._write(query, columns, path, "csv-cp932")
                return
            dialog = UnwritableDialog(cells, self._tab)
            dialog.agreed.connect(lambda: self._write(query, columns, path, "csv-cp932", substitute=True))
            dialog.open()

        self._desk.query(
            unwritable_people, told, owner=self, query=query, words=texts.term, columns=tuple(columns)
        )

    def _write(
        self,
        query: ListQuery,
        columns: Sequence[str],
        path: Path,
        file_format: Format,
        *,
        substitute: bool = False,
    ) -> None:
        self._desk.perform(
            write_list,
            on_done=self._tell,
            busy=_("Writing the list"),
            query=query,
            path=path,
            file_format=file_format,
            columns=tuple(columns),
            substitute=substitute,
            actor=self._desk.actor,
        )

    def _tell(self, written: ListOut) -> None:
        self._desk.notifier.say(_("The list was written to {file}.").format(file=written.path.name), "good")


class UnwritableDialog(QDialog):
    """Names by person and column what a file in CP932 would lose.

    Signals:
        agreed(): write 〓 in its place.
    """

    agreed = Signal()

    def __init__(self, cells: Sequence[UnwritableCell], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Characters that Shift_JIS cannot write"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 440)
        said = ngettext(
            "{count} cell holds a character that a file in Shift_JIS (CP932) cannot hold. Nothing is "
            "written yet. Excel and CSV in UTF-8 hold every character.",
            "{count} cells hold characters that a file in Shift_JIS (CP932) cannot hold. Nothing is "
            "written yet. Excel and CSV in UTF-8 hold every character.",
            len(cells),
        )
        self.model = TextTableModel(self)
        table = DataTable(_("What cannot be written"))
        table.setModel(self.model)
        self.model.show_rows(
            (_("Number"), _("Name"), _("Column"), _("Characters"), _("Contents")),
            [
                (cell.number, cell.name, cell.heading, joined(map(_named, cell.characters)), cell.text)
                for cell in cells[:SHOWN]
            ],
        )
        table.set_widths({0: 128, 1: 128, 2: 96, 3: 200})
        self.stop_button = PrimaryButton(_("Do not write"), self.reject)
        self.stop_button.setDefault(True)
        self.agree_button = SecondaryButton(_("Write 〓 in their place"), self._agree)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(RunningText(said.format(count=f"{len(cells):,}"), "caution"))
        column.addWidget(table, 1)
        column.addLayout(row(None, self.agree_button, self.stop_button))

    def _agree(self) -> None:
        self.agreed.emit()
        self.accept()


def _named(character: str) -> str:
    """Return a character with its code: a screen may have no form for it."""
    return f"{character}（{' '.join(f'U+{ord(sign):04X}' for sign in character)}）"


def write_list(
    database: Database,
    *,
    query: ListQuery,
    path: Path,
    file_format: Format,
    columns: Sequence[str],
    substitute: bool = False,
    progress: Callable[[int, int], object] | None = None,
    actor: str | None = None,
) -> ListOut:
    """Write the list of a query to ``path`` and record that it left, both or neither.

    ``progress`` may raise to stop; nothing is written then.

    Raises:
        ConflictError, StorageError: the file cannot be written, or the act not be recorded.
        RuleError: a sheet cannot hold the list.
    """
    on_paper = file_format == "pdf"
    rows = list_rows(database, query=query, columns=columns, progress=progress)
    data = list_file(
        rows,
        file_format=file_format,
        words=texts.paper_term if on_paper else texts.term,
        title=texts.paper_term("list", "applicants") if on_paper else _("Applicants"),
        columns=columns,
        substitute=substitute,
    )
    if progress is not None:
        progress(len(rows), len(rows))
    return save_list(database, path=path, data=data, file_format=file_format, count=len(rows), actor=actor)

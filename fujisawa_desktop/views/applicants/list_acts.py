"""What a spreadsheet's hands expect of the list: copy, paste, type, fill down; views and the group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.applicant_cells import CellForm, cell_form, fill_down, save_cell
from fujisawa_desktop.services.applicants import ApplicantRow, ListQuery
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.exports_journal import APPLICANTS
from fujisawa_desktop.services.list_copy import Copied, chosen_ids, copied_rows
from fujisawa_desktop.services.saved_views import saved_views
from fujisawa_desktop.views.applicants.column_dialog import ColumnDialog
from fujisawa_desktop.views.applicants.columns import COLUMNS, file_columns
from fujisawa_desktop.views.applicants.errands import Errands
from fujisawa_desktop.views.applicants.exporting import Exporter
from fujisawa_desktop.views.applicants.filling import fill_saving, filled, top_text
from fujisawa_desktop.views.applicants.filter_panel import FilterPanel
from fujisawa_desktop.views.applicants.listing import Listing
from fujisawa_desktop.views.applicants.paste_dialog import PasteDialog
from fujisawa_desktop.views.applicants.table import ApplicantTable, ids_of
from fujisawa_desktop.views.applicants.view_acts import ViewActs
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_MANY: Final = 2_000
"""Rows from which copying and filling show their progress."""


class ListActs(QObject):
    """Acts on the rows and columns of the list; it asks the services and tells what was done."""

    def __init__(
        self,
        desk: Desk,
        tab: QWidget,
        *,
        errands: Errands,
        table: ApplicantTable,
        listing: Listing,
        filters: FilterPanel,
        undo: Callable[[], object],
    ) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab
        self._errands = errands
        self._table = table
        self._listing = listing
        self._filters = filters
        self._undo = undo
        self._exporter = Exporter(desk, tab)
        self.courses: Mapping[int, str] = {}
        table.copy_wanted.connect(lambda column: self.copy(only_column=column))
        table.paste_wanted.connect(self.paste)
        table.fill_wanted.connect(self.fill_down)
        table.group_wanted.connect(self.make_group)
        table.columns_wanted.connect(self.choose_columns)
        table.rows.cell_typed.connect(self._store)
        self.views = ViewActs(desk, tab, table=table, listing=listing, filters=filters, tell=self._tell)

    # --- out -----------------------------------------------------------------

    def copy(self, *, only_column: bool = False) -> None:
        """Put the block, the chosen rows, or one column of them, on the clipboard as Excel takes them in."""
        ranges = self._table.selected_ranges()
        if not ranges:
            return
        block = self._table.block.columns()
        columns = [self._table.current_column()] if only_column else block or self._table.visible_columns()
        self._desk.query(
            copied_rows,
            self._put_on_clipboard,
            owner=self,
            busy=_("Copying") if self._table.selected_count() > _MANY else "",
            query=self._listing.query,
            ranges=ranges,
            columns=file_columns(columns),
            words=texts.term,
        )

    def _put_on_clipboard(self, copied: Copied) -> None:
        put_on_clipboard(self._tab, copied.text, html=copied.html, listing=APPLICANTS, rows=copied.count)
        text = ngettext("{count} row copied.", "{count} rows copied.", copied.count)
        self._desk.notifier.say(text.format(count=f"{copied.count:,}"), "key")

    def export(self) -> None:
        """Write the list as it is shown to a file."""
        self._exporter.export(self._listing.query, file_columns(self._table.visible_columns()))

    def papers_of_chosen(self, kind: str) -> None:
        """Make papers for the chosen people."""
        self._errands.make_papers(kind, self._listing.query, self._table.selected_ranges())

    def papers_of_group(self, kind: str) -> None:
        """Make papers for the working group."""
        group = ListQuery(self._desk.programme_id, entry_ids=self._desk.group.entry_ids)
        self._errands.make_papers(kind, group)

    # --- in ------------------------------------------------------------------

    def paste(self) -> None:
        """Show what the column on the clipboard would do."""
        if self._desk.read_only:
            return
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._desk.notifier.say(
                _("The clipboard holds no text. Copy a column in the spreadsheet first."), "caution"
            )
            return
        ranges = self._table.selected_ranges()
        self._listing.when_ordered(lambda ids: self._open_paste(text, ids_of(ranges, ids)))

    def _open_paste(self, text: str, chosen: Sequence[int]) -> None:
        field = COLUMNS[self._table.current_column()].field
        row = self._table.rows.row_at(self._table.currentIndex().row())
        dialog = PasteDialog(
            self._desk,
            text,
            chosen=chosen,
            courses=self.courses,
            what=field if field != "name_official" else "",
            stage=Errands.stage_of(row).value,
            parent=self._tab,
        )
        dialog.pasted.connect(self._tell_paste)
        dialog.open()

    def _tell_paste(self, what: str, count: int) -> None:
        text = ngettext("{what}: pasted for {count}.", "{what}: pasted for {count}.", count)
        self._tell(text.format(what=texts.term("pasted", what), count=f"{count:,}"))

    def _store(self, row: ApplicantRow, column: int, text: str) -> None:
        field = COLUMNS[column].field
        seen = str(getattr(row, field))
        saving = Saving(
            save_cell,
            base=CellForm(row.applicant_id, field, seen, seen),
            read=partial(cell_form, applicant_id=row.applicant_id, field=field),
            row=RowOf("applicant", row.applicant_id),
            words=FormWords(
                self._tab,
                labels={
                    "text": _("{person}: {field}").format(person=row.name, field=texts.term("field", field))
                },
            ),
            owner=self._tab,
            on_error=partial(self._refused, row.entry_id, column, text),
            on_stop=partial(self._type_again, row.entry_id, column, text),
            aside=frozenset({"seen"}),
            given=lambda cell: {
                "applicant_ids": [cell.applicant_id],
                "field": cell.field,
                "text": cell.text,
                "before": cell.seen,
            },
        )
        save_beside_others(self._desk, saving, CellForm(row.applicant_id, field, seen, text))

    def _type_again(self, entry_id: int, column: int, text: str) -> None:
        """Open the cell again with what was typed: nobody chose to give it up."""
        place = self._table.rows.place_of(entry_id)
        if place is not None:
            self._open_cell(place, column)
            self._table.cells.type_again(text)

    def _open_cell(self, place: int, column: int) -> None:
        self._table.select_row(place)
        index = self._table.rows.index(place, column)
        self._table.setCurrentIndex(index)
        self._table.edit(index)

    def _refused(self, entry_id: int, column: int, text: str, error: Exception) -> None:
        """Open the cell again with what was typed, and say beside it what is wrong."""
        place = self._table.rows.place_of(entry_id)
        if place is None or not isinstance(error, ValidationError):
            self._desk.notifier.show(error)
            return
        self._open_cell(place, column)
        self._table.cells.refuse(text, texts.message(error))

    def fill_down(self) -> None:
        """Put the topmost chosen value of the current column into all chosen rows, as one act."""
        field = COLUMNS[self._table.current_column()].field
        if self._desk.read_only:
            return
        if self._table.block:
            self._desk.notifier.say(
                _("Nothing was filled: filling down takes one column. Press Esc, then Ctrl+D."), "caution"
            )
            return
        if not field:
            self._desk.notifier.say(_("This column cannot be typed into, so nothing was filled."), "caution")
            return
        ranges = self._table.selected_ranges()
        if self._table.selected_count() == 1 and ranges[0][0] > 0:
            ranges = [(ranges[0][0] - 1, ranges[0][0])]
        if sum(bottom - top + 1 for top, bottom in ranges) < 2:
            return
        shown = self._table.rows.rows_here(ranges)
        self._listing.when_ordered(lambda ids: self._fill(field, ids_of(ranges, ids), shown))

    def _fill(self, field: str, entry_ids: Sequence[int], shown: Sequence[ApplicantRow]) -> None:
        saving = replace(
            fill_saving(fill_down, self._tab, field, entry_ids, shown),
            on_done=self._tell_filled,
            on_error=self._desk.notifier.show,
            busy=_("Filling down") if len(entry_ids) > _MANY else "",
        )
        save_beside_others(self._desk, saving, filled(saving.base, top_text(field, entry_ids, shown)))

    def _tell_filled(self, change: ChangeSet) -> None:
        if change.changed:
            self._tell(texts.label(change.label.code, change.label.params))

    def _tell(self, text: str) -> None:
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self._undo)

    # --- columns and views ------------------------------------------------------

    def choose_columns(self) -> None:
        """Let the person choose and order the columns."""
        dialog = ColumnDialog(self._table.shown_keys(), self._tab)
        dialog.chosen.connect(self._table.show_columns)
        dialog.automatic.connect(self._table.show_automatically)
        dialog.open()

    def ask_views(self) -> None:
        """Read the saved views with their counts."""
        self._desk.query(
            saved_views,
            self._filters.saved.show_views,
            owner=self,
            latest="applicants.views",
            aside=True,
            programme_id=self._desk.programme_id,
        )

    # --- the group ----------------------------------------------------------------

    def make_group(self) -> None:
        """Let the chosen people be the group that other tabs know too."""
        self._with_chosen(self._desk.group.take)

    def add_to_group(self) -> None:
        """Put the chosen people into the group too."""
        self._with_chosen(self._desk.group.add)

    def leave_group(self) -> None:
        """Take the chosen people out of the group."""
        self._with_chosen(self._desk.group.leave_out)

    def _with_chosen(self, act: Callable[[Sequence[int]], object]) -> None:
        """Find out who is chosen in the list as it stands now, whatever is asked of it meanwhile."""
        ranges = self._table.selected_ranges()
        if not ranges:
            return
        if self._listing.ids is not None:
            act(ids_of(ranges, self._listing.ids))
            return
        self._desk.query(chosen_ids, act, owner=self, query=self._listing.query, ranges=ranges)

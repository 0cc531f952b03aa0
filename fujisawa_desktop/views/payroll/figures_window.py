"""法令の数値: tax limits and tables, rates, limits and minimum wages by date, and a clerk's own entries."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.dated_figures import PREFECTURES, TABLES, FigureEntry, FigureKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.dated_figures import (
    FigureFormRow,
    FigureRow,
    choose_prefecture,
    chosen_prefecture,
    figure_of,
    figure_rows,
    save_figure,
)
from fujisawa_desktop.services.figure_files import TableFile, read_tax_table
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.figure_forms import FigureForm
from fujisawa_desktop.views.payroll.figure_saving import figure_removing, figure_saving
from fujisawa_desktop.views.payroll.figure_table_dialog import FigureTableDialog
from fujisawa_desktop.views.payroll.figure_words import day_text, figure_text
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import do_beside_others
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_KINDS: Final = frozenset({"dated_figure", "setting"})
_FORM_WIDTH: Final = 340
_WIDTHS: Final = {0: 158, 1: 372, 2: 92}


class FiguresWindow(QDialog):
    """The figures of one kind at the left, the form at the right.

    Attributes:
        rows: all figures; ``shown`` those of the kind chosen.
        current: the figure in the form, ``None`` for a new one.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[FigureRow, ...] = ()
        self.shown: list[FigureRow] = []
        self.current: FigureRow | None = None
        self._kept: tuple[FigureKind, date, bool] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Figures of the law"))
        self.resize(1180, 700)
        self.notice = NoticeBar()
        self.kinds = QComboBox()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Figures"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.form = FigureForm(self.read_file, self.look)
        self.new_button = SecondaryButton(_("New (Ctrl+N)"), self.start_new)
        self.remove_button = SecondaryButton(_("Remove"), self.remove)
        self.save_button = PrimaryButton(_("Save (Ctrl+S)"), self.save)
        self.about = RunningText("", "neutral")
        self.prefecture = QComboBox()
        self.record: OpenRecord[FigureFormRow] = OpenRecord(
            desk, self.form, again=self._again, save=self.save
        )
        self._clean: object = None
        self._lay_out()
        self._connect()
        self.reload()

    @property
    def kind(self) -> FigureKind:
        """The kind chosen."""
        return list(FigureKind)[max(0, self.kinds.currentIndex())]

    def reload(self) -> None:
        """Query the figures again."""
        self._desk.query(_stored, self._show, owner=self, latest="figures")

    def start_new(self) -> None:
        """Empty the form for one more of this kind."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._fill(None)
        self.form.first_field().setFocus()

    def save(self) -> None:
        """Keep the figure in the form; a refusal stands beside its field."""
        if self._desk.read_only:
            return
        self._clear()
        try:
            entry = self.form.entry()
        except ValidationError as error:
            self._refused(error)
            return
        own = self.current if self.current is not None and self.current.figure_id is not None else None
        done = while_open(self, partial(self._saved, entry))
        if own is not None:
            self.record.save(figure_of(own, entry), on_done=done)
        else:
            self._desk.perform(
                save_figure,
                entry=entry,
                actor=self._desk.actor,
                on_done=done,
                on_error=while_open(self, self._refused),
            )

    def remove(self) -> None:
        """Take an own figure out; it can be taken back."""
        if self.current is None or self.current.figure_id is None or self._desk.read_only:
            return
        self._clear()
        removing = figure_removing(
            self.current,
            self.form,
            on_done=while_open(self, self._removed),
            on_error=while_open(self, self._refused),
        )
        do_beside_others(self._desk, removing)

    def read_file(self) -> None:
        """Read a tax table from a file and show it before it is taken."""
        name, _filter = QFileDialog.getOpenFileName(
            self, _("Read a tax table"), "", _("Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods)")
        )
        if not name:
            return
        self._clear()
        self._desk.query(
            _read, self._preview, owner=self, path=Path(name), kind=self.kind, on_error=self._refused
        )

    def look(self) -> None:
        """Show every line of the table in the form."""
        FigureTableDialog(self, self.kind, self.form.rows).open()

    # --- showing

    def _show(self, stored: tuple[tuple[FigureRow, ...], str]) -> None:
        self.rows, chosen = stored
        self.prefecture.setCurrentIndex(max(0, self.prefecture.findData(chosen)))
        self._show_kind(keep=self._clean is not None and self._typed() != self._clean)

    def _show_kind(self, *, keep: bool = False) -> None:
        """Show the figures of the kind chosen; ``keep``: what is being typed stays."""
        kind = self.kind
        self.shown = [one for one in self.rows if one.entry.kind is kind]
        headings = (_("Holds"), _("What it says"), _("State"), _("Where it was read"))
        self.model.show_rows(headings, [_cells(one) for one in self.shown])
        self.table.set_widths(_WIDTHS)
        if self.form.kind is not kind or not keep:
            self.form.show_kind(kind)
        self._wage_line.setVisible(kind is FigureKind.MINIMUM_WAGE)
        self.about.set_text(_about(kind))
        at = next((at for at, one in enumerate(self.shown) if _name(one) == self._kept), None)
        if at is not None:
            with QSignalBlocker(self.table.selectionModel()):
                self.table.select_row(at)
        if not keep:
            self._fill(None if at is None else self.shown[at])

    def _fill(self, figure: FigureRow | None) -> None:
        self._desk.notifier.clear_fields(self.form)
        self.current = figure
        self._kept = None if figure is None else _name(figure)
        self.form.fill(figure.entry if figure is not None else None)
        self._clean = self._typed()
        if figure is not None and figure.figure_id is not None:
            self.record.open(figure_saving(figure, self.form, on_error=while_open(self, self._refused)))
        else:
            self.record.rest()
        if figure is None:
            title = _("New figure")
        elif figure.figure_id is None:
            title = _("Own figure in place of the shipped one")
        else:
            title = _("Change the own figure")
        self.form.set_title(title)
        may_write = not self._desk.read_only
        self.save_button.setEnabled(may_write)
        self.new_button.setEnabled(may_write)
        self.form.read_button.setEnabled(may_write)
        self.prefecture.setEnabled(may_write)
        self.remove_button.setEnabled(may_write and figure is not None and figure.figure_id is not None)

    def _preview(self, found: TableFile) -> None:
        FigureTableDialog(
            self,
            self.kind,
            found.rows,
            skipped=found.skipped,
            on_take=partial(self.form.take_rows, found.rows),
        ).open()

    # --- answers

    def _on_row(self, at: int) -> None:
        if 0 <= at < len(self.shown):
            self._fill(self.shown[at])

    def _choose_prefecture(self) -> None:
        self._desk.perform(
            choose_prefecture,
            name=str(self.prefecture.currentData()),
            actor=self._desk.actor,
            on_error=while_open(self, self._refused),
        )

    def _typed(self) -> object:
        """Return what stands in the form; what cannot be read counts as typed."""
        try:
            return self.form.entry()
        except ValidationError as error:
            return error.code, error.field

    def _again(self) -> None:
        """Show what is stored now in place of what was typed."""
        self._clean = self._typed()
        self.reload()

    def _saved(self, entry: FigureEntry, _change: ChangeSet) -> None:
        self._kept = (entry.kind, entry.valid_from, True)
        self._clean = self._typed()
        self.notice.show_message(_("Saved. Pay is computed with it from now on."), "good")

    def _removed(self, _change: ChangeSet) -> None:
        self._clean = self._typed()
        self.notice.show_message(_("Removed. It can be taken back."), "good")

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self.form)
        if not isinstance(error, ValidationError) or error.field in {"rows", "prefecture"}:
            self.notice.show_message(texts.message(error), "wrong")

    def _clear(self) -> None:
        self.notice.close_message()
        self._desk.notifier.clear_fields(self.form)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & _KINDS:
            self.reload()

    # --- laying out

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(lambda _at: self._show_kind())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._on_row(now.row()))
        self.prefecture.activated.connect(self._choose_prefecture)
        self._desk.changed.connect(self._on_changed)
        for keys, act in (("Ctrl+N", self.start_new), ("Ctrl+S", self.save), ("Del", self.remove)):
            target = self.table if keys == "Del" else self
            shortcut = QShortcut(QKeySequence(keys), target)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        for kind in FigureKind:
            self.kinds.addItem(texts.term("figure_kind", kind))
        self.kinds.setMaxVisibleItems(self.kinds.count())
        self.table.empty.say(_("No figure of this kind yet"), _("Enter the first one at the right."))
        self.prefecture.addItem(_("none: only those of the programme"), "")
        for name in PREFECTURES:
            self.prefecture.addItem(name, name)
        self._wage_line = FormField(
            "prefecture", _("Prefecture whose minimum wage is followed"), self.prefecture
        )
        middle = QVBoxLayout()
        middle.setSpacing(Space.S)
        middle.addWidget(FormField("kind", _("Kind of figures"), self.kinds))
        middle.addWidget(self.about)
        middle.addWidget(self.table, 1)
        middle.addWidget(self._wage_line)
        middle.addLayout(row(self.new_button, self.remove_button, None))
        body = row(spacing=Space.M)
        body.addLayout(middle, 1)
        body.addWidget(self._form_area())
        explanation = _(
            "What ships stands here with its source. An own figure stands before it for the same day or "
            "year, and pay is computed with it; statements that were made stay as they are."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Figures of the law"), "heading"))
        column.addWidget(RunningText(explanation, "neutral"))
        column.addWidget(self.record.hint)
        column.addWidget(self.notice)
        column.addLayout(body, 1)
        column.addLayout(row(None, SecondaryButton(_("Close"), self.accept), self.save_button))

    def _form_area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFixedWidth(_FORM_WIDTH)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area


def _stored(database: Database) -> tuple[tuple[FigureRow, ...], str]:
    return figure_rows(database), chosen_prefecture(database)


def _read(_database: Database, *, path: Path, kind: FigureKind) -> TableFile:
    return read_tax_table(path, kind)


def _name(figure: FigureRow) -> tuple[FigureKind, date, bool]:
    return figure.entry.kind, figure.entry.valid_from, figure.figure_id is not None


def _cells(figure: FigureRow) -> tuple[str, ...]:
    shipped = _("replaced") if figure.is_covered else _("shipped")
    state = shipped if figure.figure_id is None else _("own")
    return day_text(figure.entry), figure_text(figure.entry), state, figure.entry.source


def _about(kind: FigureKind) -> str:
    """Return what a kind is used for."""
    if kind in TABLES:
        return _(
            "At or above the limits of the year the tax is read from this table; "
            "without one the program asks."
        )
    return {
        FigureKind.TAX_YEARS: _("Below these limits the program knows the tax. The year of payment counts."),
        FigureKind.INSURANCE: _("Kept back from people for whom employment insurance is turned on."),
        FigureKind.COMMUTING: _("What is refunded above this is taxed, judged by the month."),
        FigureKind.COMMUTING_CAR: _("To look up by hand: the program does not know who comes by car."),
        FigureKind.MINIMUM_WAGE: _("A rate below the minimum wage of its day is pointed out."),
    }[kind]

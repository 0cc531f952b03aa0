"""報酬支給台帳: its columns at the left, the month's real rows at the right, the doors out below."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.paper_options import LedgerOptions
from fujisawa_desktop.services.pay_totals import totals_of
from fujisawa_desktop.services.register import Register
from fujisawa_desktop.services.register_files import Preview, RegisterFormat, register_preview
from fujisawa_desktop.services.register_layouts import (
    Layout,
    check_columns,
    delete_layout,
    layout_seen,
    layouts,
    save_layout,
)
from fujisawa_desktop.services.transfer_file import TransferView, transfer_view
from fujisawa_desktop.views.column_widths import fit_columns
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.payroll.layout_saving import layout_saving
from fujisawa_desktop.views.payroll.name_dialog import NameDialog
from fujisawa_desktop.views.payroll.register_editor import LayoutEditor
from fujisawa_desktop.views.payroll.register_saving import RegisterSaver, say_doubt
from fujisawa_desktop.views.payroll.totals_strip import TotalsStrip
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import do_beside_others, save_beside_others
from fujisawa_desktop.views.widgets import (
    DataTable,
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

CONCERNING: Final = frozenset(
    {
        "appointment",
        "appointment_rate",
        "hours_correction",
        "month_closing",
        "pay_statement",
        "payment",
        "programme",
        "shift",
        "transfer_account",
    }
)
_LAYOUT_KEY: Final = "payroll/register-layout"
_SOON: Final = 120
_NAMED: Final = 8


class RegisterWindow(QDialog):
    """Shows the register of a month in a layout that can be changed, and writes it.

    Attributes:
        register: what is shown; ``None`` until it was read.
        editor: columns and options.
        table: the rows as the file will hold them.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, year: int, month: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(_("Pay register"))
        self.resize(1220, 740)
        self._desk = desk
        self._month = (year, month)
        self._layouts: list[Layout] = []
        self._edited = False
        self._read: Layout | None = None
        self.register: Register | None = None
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Layout of the register"))
        self.choice.setMinimumWidth(220)
        self.save_button = SecondaryButton(_("Save the layout…"), self.ask_name)
        self.delete_button = SecondaryButton(_("Delete the layout"), self.delete_layout)
        self.editor = LayoutEditor()
        self.notice = NoticeBar()
        self.doubts = RunningText("", "caution")
        self.model = TextTableModel(self)
        self.table = DataTable(_("Rows of the register"))
        self.strip = TotalsStrip()
        self.as_reference = QCheckBox(_("Write it for reference only, marked 参考"))
        self.paper_button = SecondaryButton(_("On paper…"), self.show_paper)
        self.csv_button = SecondaryButton(_("CSV…"), partial(self.export, "csv"))
        self.excel_button = PrimaryButton(_("Excel…"), partial(self.export, "xlsx"))
        self.saver = RegisterSaver(desk, self, self.notice)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self._preview)
        self._lay_out()
        self._connect()
        self._enable()
        desk.query(layouts, self._show_layouts, owner=self, latest="register.layouts")
        self.reload()

    # --- reading

    def reload(self) -> None:
        """Read the month again."""
        year, month = self._month
        self._desk.query(
            transfer_view,
            self._show,
            owner=self,
            latest="register.rows",
            on_error=self._say_error,
            programme_id=self._desk.programme_id,
            year=year,
            month=month,
        )

    def _show(self, view: TransferView) -> None:
        self.register = view.register
        self.strip.show_totals(totals_of(view))
        doubts = view.register.doubts
        self.doubts.setVisible(bool(doubts))
        self.as_reference.setVisible(bool(doubts))
        self.doubts.set_text(_doubts_text(view.register) if doubts else "")
        self._preview()
        self._enable()

    def _show_layouts(self, found: list[Layout]) -> None:
        wanted = str(self._desk.settings.value(_LAYOUT_KEY, "")) or (
            self.chosen().name if self._layouts else ""
        )
        typed = self._edited and self._read is not None
        self._layouts = found
        with QSignalBlocker(self.choice):
            self.choice.clear()
            for layout in found:
                self.choice.addItem(layout.name)
            names = [layout.name for layout in found]
            self.choice.setCurrentIndex(names.index(wanted) if wanted in names else 0)
        if typed:
            self._enable()  # somebody else kept or deleted one: what is typed stays
        else:
            self._choose()

    def chosen(self) -> Layout:
        """Return the layout that is chosen, as it is stored."""
        return self._layouts[max(self.choice.currentIndex(), 0)]

    def layout_now(self) -> Layout:
        """Return the layout as it is on the screen."""
        return self.editor.layout_now(self.chosen().name)

    def seen(self, name: str) -> Layout | None:
        """Return what was seen under a name: in the fields before they were typed into, else in the list."""
        tidy = " ".join(name.split())
        if self._read is not None and self._read.name == tidy:
            return self._read
        return next((one for one in self._layouts if one.name == tidy), None)

    def _choose(self) -> None:
        if not self._layouts:
            return
        self._read = self.chosen()
        self._desk.settings.setValue(_LAYOUT_KEY, self.chosen().name)
        self._edited = False
        self.editor.show_layout(self.chosen())
        self._preview()
        self._enable()

    def _on_edited(self) -> None:
        self._edited = True
        self._soon.start()
        self._enable()

    def _preview(self) -> None:
        if self.register is None or not self._layouts:
            return
        layout = self.layout_now()
        try:
            check_columns(layout.columns)
        except ValidationError as error:
            self.editor.say_wrong(texts.message(error))
            self._enable()
            return
        self.editor.heading_field.clear_error()
        self._desk.query(
            _preview_rows,
            self._show_rows,
            owner=self,
            latest="register.preview",
            register=self.register,
            layout=layout,
        )

    def _show_rows(self, found: Preview) -> None:
        before, columns = self.model.columnCount(), Qt.Orientation.Horizontal
        same = tuple(self.model.headerData(at, columns) for at in range(before)) == found.headings
        self.model.show_rows(found.headings, found.rows, figures=found.figures)
        if not same:
            fit_columns(self.table, found.headings, found.rows)

    # --- layouts

    def ask_name(self) -> None:
        """Ask under which name the layout is kept."""
        name = "" if self.chosen().shipped else self.chosen().name
        NameDialog(
            self,
            title=_("Save the layout"),
            explanation=_("Everybody who opens this file can choose it. A layout of this name is replaced."),
            name=name,
            on_name=self.save_layout,
        ).open()

    def save_layout(self, name: str, dialog: NameDialog) -> None:
        """Keep the layout under a name."""

        def saved(_change: ChangeSet) -> None:
            dialog.accept()
            self._edited = False
            self._desk.settings.setValue(_LAYOUT_KEY, " ".join(name.split()))
            self.notice.show_message(_("The layout was saved. “Undo” (Ctrl+Z) takes it back."), "good")

        mine = self.editor.layout_now(name)
        saving = replace(
            layout_saving(save_layout, self, dialog, name=name, seen=self.seen(name), more={"layout": mine}),
            on_done=saved,
            on_error=lambda error: self._not_saved(error, dialog),
        )
        save_beside_others(self._desk, saving, replace(layout_seen(mine), version=saving.base.version))

    def _not_saved(self, error: Exception, dialog: NameDialog) -> None:
        if isinstance(error, ValidationError) and error.field == "name":
            self._desk.notifier.show(error, dialog)
        else:
            dialog.reject()
            self._say_error(error)

    def delete_layout(self) -> None:
        """Delete the layout that is chosen."""
        if not self.delete_button.isEnabled():
            return

        def deleted(_change: ChangeSet) -> None:
            self.notice.show_message(_("The layout was deleted. “Undo” (Ctrl+Z) takes it back."), "good")

        name = self.chosen().name
        saving = replace(
            layout_saving(delete_layout, self, self, name=name, seen=self.seen(name), more={"name": name}),
            on_done=deleted,
            on_error=self._say_error,
            deed=_("(removed)"),
        )
        do_beside_others(self._desk, saving)

    # --- writing

    def export(self, file_format: RegisterFormat) -> None:
        """Write the register as a file."""
        if self.register is not None and self.excel_button.isEnabled():
            self.saver.save(
                self.register, self.layout_now(), file_format, as_reference=self.as_reference.isChecked()
            )

    def show_paper(self) -> None:
        """Open the ledger as it will be printed; a layout that was changed has to be saved first."""
        if not self.paper_button.isEnabled():
            return
        if self._edited:
            self.notice.show_message(
                _("Save the layout first, so that the ledger on paper has these columns."), "caution"
            )
            return
        open_papers(
            self._desk,
            "register",
            self,
            year_month=self._month,
            options=LedgerOptions(layout=self.chosen().name),
        )

    # --- the window

    def _enable(self) -> None:
        register = self.register
        ready = register is not None and bool(register.rows) and bool(self._layouts)
        may = ready and register is not None and (register.is_final or self.as_reference.isChecked())
        for button in (self.csv_button, self.excel_button):
            button.setEnabled(bool(may))
        self.paper_button.setEnabled(ready)
        writable = not self._desk.read_only and bool(self._layouts)
        self.save_button.setEnabled(writable)
        self.delete_button.setEnabled(writable and not self.chosen().shipped)

    def _undo(self) -> None:
        if not self._desk.read_only:
            self._desk.perform(undo, on_error=self._say_error, actor=self._desk.actor)

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & CONCERNING:
            self.reload()
        if "register_layout" in change.kinds:
            self._desk.query(layouts, self._show_layouts, owner=self, latest="register.layouts")

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _at: self._choose())
        self.editor.changed.connect(self._on_edited)
        self.as_reference.toggled.connect(lambda _on: self._enable())
        self._desk.changed.connect(self._on_changed)
        self._desk.programme_changed.connect(self.close)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.reload)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._undo)

    def _lay_out(self) -> None:
        self.table.setModel(self.model)
        self.table.empty.say(
            _("Nothing to show yet"),
            _("The register lists what was computed: first compute the pay of the month."),
        )
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self.doubts)
        right.addWidget(self.table, 1)
        right.addWidget(self.strip)
        body = QHBoxLayout()
        body.setSpacing(Space.L)
        body.addWidget(self.editor)
        body.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        title = _("Pay register of {month}").format(month=month_name(*self._month))
        whole.addWidget(TextLabel(title, "title"))
        whole.addWidget(self.notice)
        label = TextLabel(_("Layout of the register"), "bold")
        whole.addLayout(row(label, self.choice, self.save_button, self.delete_button, None))
        whole.addLayout(body, 1)
        whole.addLayout(row(self.as_reference, None, self.paper_button, self.csv_button, self.excel_button))
        self.doubts.hide()
        self.as_reference.hide()


def _doubts_text(register: Register) -> str:
    """Return who keeps the register from being final, and why."""
    doubts = register.doubts
    people = [
        _("{name} ({why})").format(name=doubt.name, why=texts.term("register-doubt", doubt.code))
        for doubt in doubts[:_NAMED]
    ]
    if len(doubts) > _NAMED:
        people.append(_("{count} more").format(count=len(doubts) - _NAMED))
    return _("Not final, because of: {people}. Compute the pay again, or write it for reference.").format(
        people=_(", ").join(people)
    )


def _preview_rows(_database: Database, *, register: Register, layout: Layout) -> Preview:
    return register_preview(register, layout, say_doubt)

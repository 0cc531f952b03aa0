"""受入部署の確認: which months the departments confirmed, and recording a sheet that came back signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, format_minutes, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.confirmation_view import (
    ConfirmationRow,
    ConfirmationState,
    confirmation_rows,
)
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.month_confirmations import confirm_month, withdraw_confirmation
from fujisawa_desktop.services.month_records import MonthRecord, RecordForm, RecordKind
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers import open_papers
from fujisawa_desktop.views.payroll.record_saving import record_saving, record_text, recorded
from fujisawa_desktop.views.payroll.words import month_name
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import Saving, do_beside_others, save_beside_others
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NoticeBar,
    PillText,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    commit_typing,
    field_named,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

_STATE = 4


class ConfirmDialog(QDialog):
    """Everybody of the month by department; the chosen people are confirmed in one act.

    Attributes:
        rows: the people shown, from top to bottom.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, *, year_month: tuple[int, int], appointment_id: int | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year, self._month = year_month
        self._wanted = appointment_id
        self._all: list[ConfirmationRow] = []
        self.rows: list[ConfirmationRow] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Confirmation by the host departments"))
        self.resize(1080, 640)
        self._make_widgets()
        self._lay_out()
        self.reload()

    def _make_widgets(self) -> None:
        self.notices = NoticeBar()
        self.department = QComboBox()
        self.department.setAccessibleName(_("Host department"))
        self.department.setMinimumWidth(220)
        self.department.currentIndexChanged.connect(lambda _at: self._show_department())
        self.paper = SecondaryButton(_("Sheet to sign…"), self._open_paper)
        self.model = PillTableModel(_STATE, self)
        self.table = pill_table(_("People of the month"), self.model, _STATE)
        self.chosen = TextLabel("", "bold")
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.day.set_value(self._desk.today())
        self.signer = LineEdit()
        self.signer.setMinimumWidth(240)
        self.everybody = SecondaryButton(_("Choose all shown"), self._choose_all)
        self.withdraw = SecondaryButton(_("Withdraw"), self._withdraw)
        self.withdraw.setToolTip(_("Takes the confirmation of the chosen people off the record"))
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self.confirm = PrimaryButton(_("Record the confirmation"), self._confirm)
        self.confirm.setDefault(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        heading = _("Confirmation of {month}").format(month=month_name(self._year, self._month))
        column.addWidget(TextLabel(heading, "title"))
        column.addWidget(
            RunningText(
                _(
                    "A confirmation holds for the worked time as it is now. If that time is changed "
                    "afterwards, it has to be confirmed again."
                ),
                "neutral",
            )
        )
        column.addWidget(self.notices)
        column.addLayout(row(self.department, self.everybody, None, self.paper))
        column.addWidget(self.table, 1)
        self.day_field = FormField("confirmed_on", _("Date on the sheet"), self.day, required=True)
        self.signer_field = FormField(
            "confirmed_by", _("Who signed (post and name)"), self.signer, required=True
        )
        column.addLayout(row(self.day_field, self.signer_field, spacing=Space.L))
        column.addLayout(row(self.chosen, None, self.close_button, self.withdraw, self.confirm))
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)

    def reload(self) -> None:
        """Read the month again."""
        self._desk.query(
            confirmation_rows,
            self._show,
            owner=self,
            latest="confirmation.rows",
            programme_id=self._desk.programme_id,
            year=self._year,
            month=self._month,
        )

    # --- showing

    def _show(self, rows: list[ConfirmationRow]) -> None:
        before = self.department.currentData()
        self._all = rows
        names = list(dict.fromkeys(one.department for one in rows))
        with QSignalBlocker(self.department):
            self.department.clear()
            self.department.addItem(_("All departments"), None)
            for name in names:
                self.department.addItem(name, name)
            self.department.setCurrentIndex(max(self.department.findData(before), 0))
        if not rows:
            month = month_name(self._year, self._month)
            self.table.empty.say(_("Nobody works in {month}").format(month=month), "")
        self._show_department()

    def _show_department(self) -> None:
        chosen = {one.appointment_id for one in self._chosen_rows()}
        if not chosen and self._wanted is not None:
            chosen = {self._wanted}
        self._wanted = None
        name = self.department.currentData()
        self.rows = [one for one in self._all if name is None or one.department == name]
        self.model.show_pills(
            (_("Host department"), _("Name"), _("Days"), _("Hours"), _("State"), _("Signed")),
            [
                (
                    one.department,
                    one.name,
                    str(one.days),
                    format_minutes(one.minutes),
                    "",
                    _signed(one),
                )
                for one in self.rows
            ],
            [[_pill(one)] for one in self.rows],
            figures=(2, 3),
        )
        self.table.set_widths({0: 160, 1: 180, 2: 56, 3: 80, _STATE: 210})
        self._choose([at for at, one in enumerate(self.rows) if one.appointment_id in chosen])
        self._on_chosen()

    def _choose(self, places: list[int]) -> None:
        selection = QItemSelection()
        for at in places:
            selection.select(self.model.index(at, 0), self.model.index(at, self.model.columnCount() - 1))
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _choose_all(self) -> None:
        self._choose(list(range(len(self.rows))))
        self.signer.setFocus()

    def _chosen_rows(self) -> list[ConfirmationRow]:
        return [self.rows[at] for at in self.table.selected_rows() if at < len(self.rows)]

    def _on_chosen(self, *_args: object) -> None:
        chosen = self._chosen_rows()
        self.chosen.setText(
            ngettext("{count} person, {hours}", "{count} people, {hours}", len(chosen)).format(
                count=len(chosen), hours=format_minutes(sum(one.minutes for one in chosen))
            )
        )
        may = not self._desk.read_only
        self.confirm.setEnabled(may and bool(chosen))
        self.withdraw.setEnabled(may and any(one.confirmation is not None for one in chosen))

    # --- acts

    def _confirm(self) -> None:
        commit_typing()
        for field in (self.day_field, self.signer_field):
            field.clear_error()
        day = self._day()
        if day is None:
            return
        chosen = self._chosen_rows()
        mine = MonthRecord(day, self.signer.text().strip())
        saving = self._saving(
            confirm_month,
            chosen,
            _("The confirmation was recorded."),
            mine=mine,
            confirmed_on=day,
            confirmed_by=mine.words,
            seen={one.appointment_id: one.digest for one in chosen},
        )
        save_beside_others(self._desk, saving, recorded(saving.base.seen, mine))

    def _day(self) -> date | None:
        try:
            day = self.day.value()
        except ValidationError as error:
            self.day_field.set_error(texts.message(error))
            self.day.setFocus()
            return None
        if day is None:
            self.day_field.set_error(texts.message_for("field.required", {}))
            self.day.setFocus()
        return day

    def _withdraw(self) -> None:
        chosen = [one for one in self._chosen_rows() if one.confirmation is not None]
        said = _("The confirmation was withdrawn.")
        do_beside_others(self._desk, self._saving(withdraw_confirmation, chosen, said))

    def _saving(
        self, act: Callable[..., ChangeSet], chosen: list[ConfirmationRow], said: str, **more: Any
    ) -> Saving[RecordForm]:
        saving = record_saving(
            act,
            self,
            RecordKind.CONFIRMATION,
            (self._year, self._month),
            {one.appointment_id: one.record for one in chosen},
            programme_id=self._desk.programme_id,
            **more,
        )
        return replace(saving, on_done=partial(self._done, said), on_error=self._refused, on_stop=self.reload)

    def _done(self, said: str, change: ChangeSet) -> None:
        if change.changed:
            self.notices.show_message(said, "good", action=_("Take it back"), on_action=self._take_back)
        else:
            self.notices.show_message(_("This is on record already. Nothing was changed."))
        self.reload()

    def _take_back(self) -> None:
        self._desk.perform(
            undo, actor=self._desk.actor, on_done=lambda _change: self.reload(), on_error=self._refused
        )

    def _refused(self, error: Exception) -> None:
        """Say beside its field what is wrong, or above the list; the list is read again."""
        if isinstance(error, ValidationError) and (field := field_named(self, error.field)):
            field.set_error(texts.message(error))
            field.editor.setFocus()
            return
        self.notices.show_message(texts.message(error), "wrong")
        self.reload()

    def _open_paper(self) -> None:
        name = self.department.currentData()
        numbers = [one.number for one in self.rows] if name is not None else None
        open_papers(self._desk, "confirmation", self, year_month=(self._year, self._month), numbers=numbers)


def _signed(one: ConfirmationRow) -> str:
    if one.confirmation is None:
        return ""
    return record_text(RecordKind.CONFIRMATION, one.confirmation.record)


def _pill(one: ConfirmationRow) -> PillText:
    if one.state is ConfirmationState.CONFIRMED:
        return _("Confirmed"), "good"
    if one.state is ConfirmationState.CHANGED:
        return changed_text(one.difference), "wrong"
    return _("Not confirmed"), "neutral"


def changed_text(difference: int) -> str:
    """Return that time was changed after it was confirmed, and by how much."""
    if not difference:
        return _("Changed after confirmation")
    sign = "+" if difference > 0 else "−"
    return _("Changed after confirmation ({difference})").format(
        difference=f"{sign}{format_minutes(abs(difference))}"
    )

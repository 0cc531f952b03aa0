"""締め後の訂正の一覧: what was corrected, and with which pay it is settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_datetime, format_minutes, ngettext
from fujisawa_desktop.rules.hours import ShiftTime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.history import undo
from fujisawa_desktop.services.hours_corrections import (
    CorrectionRow,
    corrections_of,
    one_correction,
    withdraw_correction,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.words import month_name, span_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others
from fujisawa_desktop.views.widgets import (
    DataTable,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

_STATE = 6
_WIDEST = 240


class CorrectionsDialog(QDialog):
    """The list, newest day last, and what can be done with a correction.

    Attributes:
        rows: what is listed.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, on_new: Callable[[], object]) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on_new = on_new
        self.rows: Sequence[CorrectionRow] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Corrections after closing"))
        self.resize(1200, 520)
        self.notice = NoticeBar()
        self.summary = RunningText("", "neutral")
        self._model = PillTableModel(_STATE, self)
        self.table: DataTable = pill_table(_("Corrections after closing"), self._model, _STATE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.new = SecondaryButton(_("Correct a day…"), self._new)
        self.new.setEnabled(not desk.read_only)
        self.back = SecondaryButton(_("Take this correction back"), self.take_back)
        self.back.setEnabled(False)
        self.close_button = PrimaryButton(_("Close"), self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Corrections after closing"), "heading"))
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.new, self.back, None, self.close_button))
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self._enable())
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        self._desk.query(
            corrections_of,
            self._show,
            owner=self,
            latest="corrections",
            programme_id=self._desk.programme_id,
        )

    def chosen(self) -> CorrectionRow | None:
        """Return the correction that is chosen."""
        rows = self.table.selected_rows()
        return self.rows[rows[0]] if rows and rows[0] < len(self.rows) else None

    def take_back(self) -> None:
        """Take the chosen correction off the record."""
        chosen = self.chosen()
        if chosen is None:
            return
        programme_id = self._desk.programme_id
        saving = Saving(
            withdraw_correction,
            base=chosen,
            read=partial(
                one_correction,
                programme_id=programme_id,
                appointment_id=chosen.appointment_id,
                correction_id=chosen.id,
            ),
            row=RowOf("hours_correction", chosen.id),
            words=FormWords(
                self,
                labels={
                    "before": _("Before"),
                    "after": _("After"),
                    "reason": _("Reason"),
                    "pay_month": _("Settled with"),
                    "is_stated": _("Settled"),
                },
                values={"before": _times, "after": _times, "pay_month": lambda month: month_name(*month)},
            ),
            owner=self,
            on_done=self._taken_back,
            on_error=lambda error: self.notice.show_message(texts.message(error), "wrong"),
            on_stop=self.reload,
            aside=frozenset({"actor", "recorded_at", "is_newest", "name", "number"}),
            more={"programme_id": programme_id},
            given=lambda row: {"correction_id": row.id, "version": row.version},
            deed=_("(taken off the record)"),
        )
        do_beside_others(self._desk, saving)

    def _show(self, rows: list[CorrectionRow]) -> None:
        self.rows = rows
        headings = (
            _("Name"),
            _("Day"),
            _("Before"),
            _("After"),
            _("Difference"),
            _("Settled with"),
            _("State"),
            _("Reason"),
            _("Recorded"),
        )
        self._model.show_pills(
            headings,
            [_cells(one) for one in rows],
            [[(_("Settled"), "good") if one.is_stated else (_("To be settled"), "neutral")] for one in rows],
            figures=(4,),
        )
        header = self.table.horizontalHeader()
        for column in range(len(headings)):
            needed = max(self.table.sizeHintForColumn(column), header.sectionSizeHint(column))
            self.table.setColumnWidth(column, min(needed + Space.S, _WIDEST))
        count = len(rows)
        text = ngettext("{count} day was corrected after closing.", "{count} days were corrected.", count)
        nothing = _(
            "No day of a closed month was corrected. A mistake found after closing is corrected here; "
            "the difference comes with the pay of a later month."
        )
        self.summary.set_text(text.format(count=count) if count else nothing)
        self.table.setVisible(bool(count))
        if count:
            self.table.select_row(count - 1)
        self._enable()
        (self.table if count else self.new).setFocus()

    def _enable(self) -> None:
        chosen = self.chosen()
        may = chosen is not None and chosen.is_newest and not chosen.is_stated
        self.back.setEnabled(may and not self._desk.read_only)
        self.back.setToolTip(_why_not(chosen))

    def _new(self) -> None:
        self.accept()
        self._on_new()

    def _taken_back(self, _change: ChangeSet) -> None:
        self.notice.show_message(
            _("The correction is off the record."), "good", action=_("Put it back"), on_action=self._undo
        )
        self.reload()

    def _undo(self) -> None:
        self._desk.perform(
            undo,
            actor=self._desk.actor,
            on_done=lambda _change: self.reload(),
            on_error=lambda error: self.notice.show_message(texts.message(error), "wrong"),
        )


def _cells(one: CorrectionRow) -> tuple[str, ...]:
    sign = "+" if one.minutes > 0 else ""
    return (
        one.name,
        format_date(one.day, year=False),
        _times(one.before),
        _times(one.after),
        f"{sign}{format_minutes(one.minutes)}",
        month_name(*one.pay_month),
        "",
        one.reason,
        format_datetime(one.recorded_at),
    )


def _times(shifts: Sequence[ShiftTime]) -> str:
    return "、".join(span_text(shift, length=False) for shift in shifts) or _("No worked time")


def _why_not(chosen: CorrectionRow | None) -> str:
    if chosen is None or (chosen.is_newest and not chosen.is_stated):
        return ""
    if chosen.is_stated:
        return _("Its pay was stated; correct the day once more instead.")
    return _("The day was corrected once more since then; take the later correction back first.")

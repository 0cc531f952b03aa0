"""訂正: an announced result is changed only here, with a reason, and what it was stays visible."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.rules.selection import Result, Stage
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.corrections import AnnouncedDecision, announced_decisions, correct_decision
from fujisawa_desktop.views.applicants.words import result_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    ElidedLabel,
    FormField,
    LineEdit,
    NumberEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class CorrectionDialog(QDialog):
    """The announced results of one entry, and their correction.

    Signals:
        corrected(str, Stage): number of the entry, and the screening that was corrected.
    """

    corrected = Signal(str, object)

    def __init__(self, desk: Desk, entry_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._entry_id = entry_id
        self.decisions: tuple[AnnouncedDecision, ...] = ()
        self.setWindowTitle(_("Correct an announced result"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 620)
        self.who = ElidedLabel("", "title")
        self.note = RunningText(
            _(
                "The person may know this result already. A correction keeps what it was, and the letter and "
                "the mail can be made again; they say that they correct the earlier one."
            ),
            "caution",
        )
        self.model = TextTableModel(self)
        self.table = DataTable(_("Announced results"))
        self.table.setModel(self.model)
        self.table.setMaximumHeight(150)
        self.table.empty.say(_("Nothing was announced about this person yet."))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_one())
        self.history_model = TextTableModel(self)
        self.history = DataTable(_("Corrections so far"))
        self.history.setModel(self.history_model)
        self.history.empty.say(_("Nothing was corrected so far."))
        self.result_box = QComboBox()
        self.result_box.currentIndexChanged.connect(lambda _at: self._show_rank())
        self.rank = NumberEdit("reserve_rank", lowest=1)
        self.reason = LineEdit()
        self.why_not = RunningText("", "wrong")
        self.why_not.hide()
        self.go = PrimaryButton(_("Correct the result"), self.correct)
        self.go.setEnabled(False)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        self._lay_out()
        desk.query(announced_decisions, self._show, owner=self, on_error=self._fail, entry_id=entry_id)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        for widget in (self.who, self.note, self.table):
            column.addWidget(widget)
        self.rank_field = FormField("reserve_rank", _("Rank"), self.rank)
        result = FormField("result", _("Right result"), self.result_box)
        reason = FormField("reason", _("Reason of the correction"), self.reason, required=True)
        fields = row(result, self.rank_field, reason, spacing=Space.M)
        fields.setStretchFactor(reason, 1)
        column.addLayout(fields)
        column.addWidget(self.why_not)
        column.addWidget(TextLabel(_("Corrections so far"), "bold"))
        column.addWidget(self.history, 1)
        column.addLayout(row(None, self.stop, self.go))

    def _show(self, decisions: tuple[AnnouncedDecision, ...]) -> None:
        self.decisions = decisions
        if decisions:
            self.who.set_whole(f"{decisions[0].number}　{decisions[0].name}")
        self.model.show_rows(
            (_("Course"), _("Screening"), _("Result"), _("Announced at")),
            [
                (
                    one.course,
                    texts.term("stage", one.stage),
                    result_text(one.result, one.reserve_rank),
                    format_datetime(one.announced_at),
                )
                for one in decisions
            ],
        )
        self.table.set_widths({0: 240, 1: 140, 2: 140})
        if decisions:
            self.table.select_row(len(decisions) - 1)
        self._show_one()

    def current(self) -> AnnouncedDecision | None:
        """Return the result that is looked at."""
        at = self.table.currentIndex().row()
        return self.decisions[at] if 0 <= at < len(self.decisions) else None

    def _show_one(self) -> None:
        one = self.current()
        with QSignalBlocker(self.result_box):
            self.result_box.clear()
            for result in Result if one is not None else ():
                if result is not Result.RESERVE or (one is not None and one.stage is Stage.FINAL):
                    self.result_box.addItem(texts.term("result", result), result.value)
            self.result_box.setCurrentIndex(self.result_box.findData(one.result.value if one else ""))
        self._show_rank()
        refusal = one.refusal if one is not None else ""
        self.why_not.set_text(texts.message_for(refusal, {}) if refusal else "")
        self.why_not.setVisible(bool(refusal))
        self.go.setEnabled(one is not None and not refusal and not self._desk.read_only)
        self.history_model.show_rows(
            (_("When"), _("Before"), _("After"), _("Reason"), _("Who")),
            [
                (
                    format_datetime(change.corrected_at),
                    result_text(change.old_result, change.old_rank),
                    result_text(change.new_result, change.new_rank),
                    change.reason,
                    change.actor,
                )
                for change in (one.corrections if one is not None else ())
            ],
        )
        self.history.set_widths({0: 140, 1: 110, 2: 110, 3: 260})

    def _show_rank(self) -> None:
        self.rank_field.setVisible(self.result_box.currentData() == Result.RESERVE.value)

    def correct(self) -> None:
        """Correct the result."""
        one = self.current()
        if one is None:
            return
        try:
            rank = self.rank.value() if not self.rank_field.isHidden() else None
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return

        def done(_change: ChangeSet) -> None:
            self.corrected.emit(one.number, one.stage)
            self.accept()

        self._desk.perform(
            correct_decision,
            on_done=done,
            on_error=self._fail,
            decision_id=one.decision_id,
            result=Result(str(self.result_box.currentData())),
            reserve_rank=rank,
            reason=self.reason.text(),
            actor=self._desk.actor,
        )

    def _fail(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
            return
        self.why_not.set_text(texts.message(error))
        self.why_not.show()

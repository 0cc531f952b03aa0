"""Recording a result or an answer for many people: what it would do is said before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import WITHDRAWAL_REASONS
from fujisawa_desktop.services.selection import DecisionsResult
from fujisawa_desktop.services.selection_check import Foresight
from fujisawa_desktop.texts import message_for, term
from fujisawa_desktop.views.applicants.bulk_bar import BULK_FROM, BulkBar
from fujisawa_desktop.views.applicants.deeds import BY_KEY, DEEDS, Deed
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.noted_saving import noted_saving
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import ask_about_both, is_beside_others
from fujisawa_desktop.views.widgets import (
    DataTable,
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

_WRAPPED: Final = 30
"""So few reasons are shown in whole sentences."""


class DecisionDialog(QDialog):
    """Asks whom and what, says what would happen, and does it as one act.

    Signals:
        recorded(Deed, int): what was recorded, for how many.
    """

    recorded = Signal(object, int)

    def __init__(
        self,
        desk: Desk,
        deed: Deed,
        *,
        chosen: Sequence[int],
        shown: Sequence[int],
        courses: Mapping[int, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chosen = chosen
        self._shown = shown
        self.foresight: Foresight | None = None
        self.setWindowTitle(_("Decide"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(760)
        self._make_fields(deed, courses)
        self._make_answer()
        self._lay_out(several_courses=len(courses) > 1)
        self._connect()
        self.look()

    # --- layout --------------------------------------------------------------

    def _make_fields(self, deed: Deed, courses: Mapping[int, str]) -> None:
        self.deed_box = QComboBox()
        for one in DEEDS:
            self.deed_box.addItem(_(one.title), one.key)
        self.deed_box.setCurrentIndex(self.deed_box.findData(deed.key))
        self.chosen_radio = QRadioButton(
            ngettext("The {count} chosen", "The {count} chosen", len(self._chosen)).format(
                count=f"{len(self._chosen):,}"
            )
        )
        self.shown_radio = QRadioButton(
            ngettext("The only one in the list", "All {count} in the list", len(self._shown)).format(
                count=f"{len(self._shown):,}"
            )
        )
        self._scope = QButtonGroup(self)
        for radio in (self.chosen_radio, self.shown_radio):
            self._scope.addButton(radio)
        (self.chosen_radio if self._chosen else self.shown_radio).setChecked(True)
        self.chosen_radio.setEnabled(bool(self._chosen))
        self.course_box = QComboBox()
        self.course_box.addItem(_("All courses they applied for"), None)
        for course_id, name in courses.items():
            self.course_box.addItem(name, course_id)
        self.rank = NumberEdit("rank", lowest=1)
        self.channel = QComboBox()
        self.channel.setEditable(True)
        self.channel.setMinimumWidth(200)
        self.channel.addItems(["", _("by telephone"), _("by mail"), _("in person"), _("in writing")])
        self.reason_code = QComboBox()
        self.reason_code.addItem("", "")
        for code in WITHDRAWAL_REASONS:
            self.reason_code.addItem(term("withdrawal", code), code)
        self.reason = LineEdit()

    def _make_answer(self) -> None:
        self.summary = RunningText()
        self.caution = RunningText("", "caution")
        self.left_title = TextLabel("", "bold")
        self.left_model = TextTableModel(self)
        self.left = DataTable(_("People left as they are"))
        self.left.setModel(self.left_model)
        self.left.setMinimumHeight(140)
        self.go = PrimaryButton("", self.record)
        self.go.setDefault(True)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        self.bar = BulkBar(self._desk, _("Decide"))

    def _lay_out(self, *, several_courses: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(FormField("deed", _("What is recorded"), self.deed_box))
        scope = QWidget()
        scope.setLayout(row(self.chosen_radio, Space.L, self.shown_radio, None))
        column.addWidget(FormField("scope", _("For whom"), scope))
        self.course_field = FormField("course", _("Course"), self.course_box)
        self.course_field.setVisible(several_courses)
        self.rank_field = FormField(
            "rank", _("Rank among the reserves"), self.rank, support=_("Empty: the next free rank.")
        )
        self.channel_field = FormField("channel", _("How it was told"), self.channel)
        self.code_field = FormField("reason_code", _("Usual reason"), self.reason_code)
        self.reason_field = FormField("reason", _("Reason"), self.reason)
        told = row(self.channel_field, self.code_field, spacing=Space.M)
        for field in (self.course_field, self.rank_field):
            column.addWidget(field)
        column.addLayout(told)
        column.addWidget(self.reason_field)
        for widget in (self.summary, self.caution, self.left_title):
            column.addWidget(widget)
        column.addWidget(self.left, 1)
        column.addWidget(self.bar)
        column.addLayout(row(None, self.stop, self.go))

    def _connect(self) -> None:
        self.deed_box.currentIndexChanged.connect(lambda _at: self.look())
        self.course_box.currentIndexChanged.connect(lambda _at: self.look())
        self.chosen_radio.toggled.connect(lambda _on: self.look())

    # --- looking ahead -------------------------------------------------------

    def deed(self) -> Deed:
        """Return what is to be recorded."""
        return BY_KEY[str(self.deed_box.currentData())]

    def entries(self) -> Sequence[int]:
        """Return whom it is recorded for."""
        return self._chosen if self.chosen_radio.isChecked() else self._shown

    def look(self) -> None:
        """Find out what recording would do."""
        self.foresight = None
        self.go.setEnabled(False)
        deed = self.deed()
        self._show_fields(deed)
        self.summary.set_text(_("Looking at what this would change…"))
        self._desk.query(
            deed.look,
            self._show,
            owner=self,
            latest="applicants.foresee",
            on_error=self._fail,
            entry_ids=tuple(self.entries()),
            course_id=self.course_box.currentData(),
        )

    def _show_fields(self, deed: Deed) -> None:
        one = self.foresight is not None and len(self.foresight.application_ids) == 1
        self.rank_field.setVisible("reserve_rank" in deed.asks and one)
        self.channel_field.setVisible("channel" in deed.asks)
        self.code_field.setVisible("reason_code" in deed.asks)
        self.reason_field.setVisible("reason" in deed.asks)

    def _show(self, foresight: Foresight) -> None:
        self.foresight = foresight
        count = len(foresight.application_ids)
        self._show_fields(self.deed())
        self.summary.set_text("\n".join(_sentences(self.deed(), foresight)))
        cautions = _cautions(foresight)
        self.caution.set_text("\n".join(cautions))
        self.caution.setVisible(bool(cautions))
        self._show_left(foresight)
        self.go.setText(
            ngettext("Record for {count}", "Record for {count}", count).format(count=f"{count:,}")
        )
        self.go.setEnabled(count > 0)
        self.adjustSize()

    def _show_left(self, foresight: Foresight) -> None:
        left = foresight.refused_count
        self.left_title.setVisible(left > 0)
        self.left.setVisible(left > 0)
        self.left_title.setText(
            ngettext("{count} stays as it is", "{count} stay as they are", left).format(count=f"{left:,}")
        )
        self.left_model.show_rows(
            (_("Number"), _("Name"), _("Course"), _("Why")),
            [
                (person.number, person.name, person.course, message_for(person.code, {}))
                for person in foresight.refused
            ],
        )
        self.left.set_widths({0: 128, 1: 112, 2: 126})
        self._wrap_reasons(left)

    def _wrap_reasons(self, left: int) -> None:
        """Show whole sentences where there are few: a reason cut off helps nobody."""
        few = 0 < left <= _WRAPPED
        self.left.setWordWrap(few)
        heights = self.left.verticalHeader()
        for line in range(min(self.left_model.rowCount(), _WRAPPED)):
            needed = self.left.sizeHintForRow(line) + Space.M if few else 0
            heights.resizeSection(line, max(heights.defaultSectionSize(), needed))

    # --- doing ---------------------------------------------------------------

    def record(self) -> None:
        """Record it as one act."""
        if self.foresight is None or not self.foresight.application_ids:
            return
        deed = self.deed()
        ids = self.foresight.application_ids
        try:
            answers = self._answers(deed)
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self.go.setEnabled(False)
        many = len(ids) >= BULK_FROM
        seen = {"seen": self.foresight.noted} if self.foresight.stage is not None else {}
        job = self._desk.perform(
            partial(deed.act, application_ids=ids, **seen, **answers),
            on_done=self._done,
            on_error=partial(self._fail_or_ask, deed, self.foresight, answers),
            busy=_(deed.title) if many else "",
            actor=self._desk.actor,
        )
        if many:
            self.bar.watch(job)

    def reject(self) -> None:
        """Close it; an act under way is stopped first, and its end is waited for."""
        if self.bar.stop():
            self.stop.setEnabled(False)
        else:
            super().reject()

    def _answers(self, deed: Deed) -> dict[str, object]:
        answers: dict[str, object] = {
            "reserve_rank": self.rank.value() if self.rank_field.isVisible() else None,
            "channel": self.channel.currentText().strip(),
            "reason_code": str(self.reason_code.currentData()),
            "reason": self.reason.text().strip(),
        }
        return {name: answers[name] for name in deed.asks}

    def _done(self, result: object) -> None:
        self.bar.end()
        count = len(self.foresight.application_ids) if self.foresight else 0
        if isinstance(result, DecisionsResult):
            count = result.recorded
        self.recorded.emit(self.deed(), count)
        self.accept()

    def _fail_or_ask(
        self, deed: Deed, foresight: Foresight, answers: Mapping[str, object], error: Exception
    ) -> None:
        """Lay what somebody else noted meanwhile beside what was to be noted here."""
        if foresight.stage is None or not is_beside_others(error):
            self._fail(error)
            return
        self.bar.end()
        saving = replace(
            noted_saving(deed.act, self, foresight.noted, foresight.stage, **answers),
            on_done=self._done,
            on_error=self._fail,
            on_stop=self.look,
        )
        wanted = dict.fromkeys(foresight.application_ids, deed.result)
        ask_about_both(self._desk, saving, replace(saving.base, results=wanted))

    def _fail(self, error: Exception) -> None:
        self.bar.end()
        self.stop.setEnabled(True)
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
            self.go.setEnabled(True)
            return
        self._desk.notifier.show(error)
        self.reject()


def _sentences(deed: Deed, foresight: Foresight) -> list[str]:
    count = len(foresight.application_ids)
    if not count:
        return [_("Nothing would change for these people.")]
    share = _(", ").join(
        _("{course}: {count}").format(course=course, count=f"{number:,}")
        for course, number in foresight.by_course
    )
    told = [
        ngettext(
            "“{deed}” is recorded for {count} application ({share}).",
            "“{deed}” is recorded for {count} applications ({share}).",
            count,
        ).format(deed=_(deed.title), count=f"{count:,}", share=share)
    ]
    if deed.noted:
        told.append(_("It becomes known only when the screening is announced; until then it can be changed."))
    if "reserve_rank" in deed.asks and count > 1:
        told.append(_("Each gets the next free rank of the course, in the order of the list."))
    if foresight.unchanged:
        told.append(
            ngettext("{count} says so already.", "{count} say so already.", foresight.unchanged).format(
                count=f"{foresight.unchanged:,}"
            )
        )
    return told


def _cautions(foresight: Foresight) -> list[str]:
    told: list[str] = []
    if foresight.replaces:
        told.append(
            ngettext(
                "{count} has another result noted; it is replaced.",
                "{count} have another result noted; it is replaced.",
                foresight.replaces,
            ).format(count=f"{foresight.replaces:,}")
        )
    if foresight.flagged:
        told.append(
            ngettext(
                "{count} of the people has a flag that nobody has waived.",
                "{count} of the people have a flag that nobody has waived.",
                foresight.flagged,
            ).format(count=f"{foresight.flagged:,}")
        )
    return told

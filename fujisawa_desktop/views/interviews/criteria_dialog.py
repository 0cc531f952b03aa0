"""面接の評価項目: what is judged at the interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_criteria import (
    InterviewCriterionForm,
    InterviewCriterionRow,
    criterion_of_row,
    interview_criteria,
    interview_criterion_form,
    move_interview_criterion,
    remove_interview_criterion,
    save_interview_criterion,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.list_page import ListPage
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NoticeBar,
    NumberEdit,
    SecondaryButton,
    TextArea,
    row,
)

_KINDS: Final = frozenset({"interview_criterion", "interview_score", "programme"})
Rows = tuple[InterviewCriterionRow, ...]


class InterviewCriteriaPage(ListPage[Rows]):
    """The list and the form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Criteria of the interviews"), {0: 190, 1: 86, 2: 70})
        self.name = LineEdit()
        self.guidance = TextArea(3, 6)
        self.max_points = NumberEdit("max_points", lowest=1, width=72)
        self.weight = NumberEdit("weight", lowest=1, width=72)
        body = self.form.body
        body.addWidget(FormField("name", _("Criterion"), self.name, required=True))
        body.addWidget(FormField("guidance", _("What to look for"), self.guidance))
        body.addLayout(
            row(
                FormField("max_points", _("Most points"), self.max_points),
                FormField("weight", _("Weight"), self.weight),
            )
        )
        body.addLayout(row(self.save_button, None))
        body.addStretch(1)
        self.table.empty.say(_("No criteria yet"), _("Enter the first criterion at the right."))

    def rows_of(self, setup: Rows) -> tuple[list[int], Sequence[str], list[tuple[str, ...]]]:
        """Return name, points, weight and guidance of each."""
        return (
            [one.id for one in setup],
            (_("Criterion"), _("Full points"), _("Weight"), _("What to look for")),
            [(one.name, f"0–{one.max_points}", str(one.weight), one.guidance) for one in setup],
        )

    def fill(self, setup: Rows, row_id: int | None) -> None:
        """Fill the form."""
        one = next((found for found in setup if found.id == row_id), None)
        self.form.set_title(_("New criterion") if one is None else _("Edit the criterion"))
        self.name.setText(one.name if one else "")
        self.guidance.set_text(one.guidance if one else "")
        self.max_points.set_value(one.max_points if one else 5)
        self.weight.set_value(one.weight if one else 1)

    def first_field(self) -> QWidget:
        """Return the name's field."""
        return self.name

    def save(self) -> None:
        """Store the criterion in the form."""
        try:
            points, weight = self.max_points.value(), self.weight.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self.form)
            return
        form = InterviewCriterionForm(
            self._desk.programme_id,
            self.current_id,
            self.record.saving.base.version if self.record.saving is not None else None,
            self.name.text(),
            self.guidance.text(),
            points or 0,
            weight or 0,
        )
        self.store(form, save_interview_criterion, **asdict(form))

    def saving(self, setup: Rows, row_id: int) -> Saving[InterviewCriterionForm]:
        """Return how a criterion is saved."""
        programme_id = self._desk.programme_id
        one = next(found for found in setup if found.id == row_id)
        return Saving(
            save_interview_criterion,
            base=criterion_of_row(one, programme_id),
            read=partial(interview_criterion_form, programme_id=programme_id, criterion_id=row_id),
            row=RowOf("interview_criterion", row_id),
            words=FormWords(self.form),
            owner=self,
            given=asdict,
        )

    def move_row(self, by: int) -> None:
        """Move the chosen criterion."""
        if self.current_id is not None:
            self.perform(move_interview_criterion, criterion_id=self.current_id, by=by)

    def remove(self) -> None:
        """Take the chosen criterion out; it can be taken back."""
        if self.record.saving is not None:
            more = {"criterion_id": self.current_id}
            self.remove_read(replace(self.record.saving, save=remove_interview_criterion, more=more))


class InterviewCriteriaDialog(QDialog):
    """Every change is stored at once and can be taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Criteria of the interviews"))
        self.resize(920, 540)
        self.notice = NoticeBar()
        self.page = InterviewCriteriaPage(desk)
        self.page.failed.connect(self._say_error)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.notice)
        column.addWidget(self.page, 1)
        column.addLayout(row(None, SecondaryButton(_("Close"), self.accept)))
        desk.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Query the criteria again."""
        self._desk.query(
            interview_criteria,
            self.page.show_setup,
            owner=self,
            latest="interviews.criteria",
            programme_id=self._desk.programme_id,
        )

    def _on_changed(self, change: ChangeSet) -> None:
        if change.kinds & _KINDS:
            self.notice.close_message()
            self.reload()

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

"""The lists of the editor: criteria and reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.screening_forms import (
    criterion_form,
    criterion_of,
    reviewer_form,
    reviewer_of_row,
)
from fujisawa_desktop.services.screening_reviewers import (
    ReviewerForm,
    move_reviewer,
    remove_reviewer,
    save_reviewer,
)
from fujisawa_desktop.services.screening_setup import (
    CriterionForm,
    ScreeningSetup,
    load_template,
    move_criterion,
    remove_criterion,
    save_criterion,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.list_page import ListPage
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    NumberEdit,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    row,
)


class CriteriaPage(ListPage[ScreeningSetup]):
    """評価項目."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Criteria"), {0: 190, 1: 72, 2: 60, 3: 120})
        self.name = LineEdit()
        self.guidance = TextArea(3, 6)
        self.max_points = NumberEdit("max_points", lowest=1, width=72)
        self.weight = NumberEdit("weight", lowest=1, width=72)
        self.course = QComboBox()
        self.course.setMinimumWidth(200)
        self.template_button = SecondaryButton(_("Load the template"), self.load)
        self.buttons.addWidget(self.template_button)
        body = self.form.body
        body.addWidget(FormField("name", _("Criterion"), self.name, required=True))
        body.addWidget(FormField("guidance", _("What to look for"), self.guidance))
        body.addLayout(
            row(
                FormField("max_points", _("Most points"), self.max_points),
                FormField("weight", _("Weight"), self.weight),
            )
        )
        body.addWidget(FormField("course", _("Course"), self.course))
        body.addLayout(row(self.save_button, None))
        body.addStretch(1)
        self.table.empty.say(
            _("No criteria yet"),
            _("Load the template and edit it, or enter a criterion at the right."),
            _("Load the template"),
            self.load,
        )

    def rows_of(self, setup: ScreeningSetup) -> tuple[list[int], Sequence[str], list[tuple[str, ...]]]:
        """Return name, points, weight, course and guidance of each."""
        courses = {one.id: one.name for one in setup.courses}
        return (
            [one.id for one in setup.criteria],
            (_("Criterion"), _("Full points"), _("Weight"), _("Course"), _("What to look for")),
            [
                (
                    one.name,
                    f"0–{one.max_points}",
                    str(one.weight),
                    courses.get(one.course_id or 0, _("All courses")),
                    one.guidance,
                )
                for one in setup.criteria
            ],
        )

    def fill(self, setup: ScreeningSetup, row_id: int | None) -> None:
        """Fill the form."""
        one = next((found for found in setup.criteria if found.id == row_id), None)
        self.form.set_title(_("New criterion") if one is None else _("Edit the criterion"))
        self.course.clear()
        self.course.addItem(_("All courses"), None)
        for course in setup.courses:
            self.course.addItem(course.name, course.id)
        self.name.setText(one.name if one else "")
        self.guidance.set_text(one.guidance if one else "")
        self.max_points.set_value(one.max_points if one else 5)
        self.weight.set_value(one.weight if one else 1)
        self.course.setCurrentIndex(max(self.course.findData(one.course_id if one else None), 0))

    def first_field(self) -> QWidget:
        """Return the name's field."""
        return self.name

    def load(self) -> None:
        """Add the criteria of the template."""
        self.perform(load_template, programme_id=self._desk.programme_id)

    def save(self) -> None:
        """Store the criterion in the form."""
        try:
            points, weight = self.max_points.value(), self.weight.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self.form)
            return
        form = CriterionForm(
            id=self.current_id,
            programme_id=self._desk.programme_id,
            name=self.name.text(),
            guidance=self.guidance.text(),
            max_points=points or 0,
            weight=weight or 0,
            course_id=self.course.currentData(),
            version=self.record.saving.base.version if self.record.saving is not None else None,
        )
        self.store(form, save_criterion, form=form)

    def saving(self, setup: ScreeningSetup, row_id: int) -> Saving[CriterionForm]:
        """Return how a criterion is saved."""
        programme_id = self._desk.programme_id
        one = next(found for found in setup.criteria if found.id == row_id)
        return Saving(
            save_criterion,
            base=criterion_of(one, programme_id),
            read=partial(criterion_form, programme_id=programme_id, criterion_id=row_id),
            row=RowOf("criterion", row_id),
            words=FormWords(self.form, labels={"course_id": _("Course")}, values={"course_id": self._named}),
            owner=self,
        )

    def _named(self, course_id: int | None) -> str:
        return self.course.itemText(max(self.course.findData(course_id), 0))

    def move_row(self, by: int) -> None:
        """Move the chosen criterion."""
        if self.current_id is not None:
            self.perform(move_criterion, criterion_id=self.current_id, by=by)

    def remove(self) -> None:
        """Take the chosen criterion out; it can be taken back."""
        if self.record.saving is not None:
            more = {"criterion_id": self.current_id}
            self.remove_read(replace(self.record.saving, save=remove_criterion, more=more))


class ReviewersPage(ListPage[ScreeningSetup]):
    """採点者."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Reviewers"), {0: 150, 1: 170})
        self.name = LineEdit()
        self.department = LineEdit()
        self.boxes: dict[int, QCheckBox] = {}
        body = self.form.body
        body.addWidget(FormField("name", _("Reviewer"), self.name, required=True))
        body.addWidget(FormField("department", _("Section"), self.department))
        body.addWidget(TextLabel(_("Courses"), "bold"))
        body.addWidget(RunningText(_("Without a mark the reviewer judges all courses."), "neutral"))
        self._courses = QVBoxLayout()
        body.addLayout(self._courses)
        body.addLayout(row(self.save_button, None))
        body.addStretch(1)
        self.table.empty.say(_("No reviewer yet"), _("Enter who reads the applications at the right."))

    def rows_of(self, setup: ScreeningSetup) -> tuple[list[int], Sequence[str], list[tuple[str, ...]]]:
        """Return name, department and courses of each."""
        names = {one.id: one.name for one in setup.courses}
        return (
            [one.id for one in setup.reviewers],
            (_("Reviewer"), _("Section"), _("Courses")),
            [
                (
                    one.name,
                    one.department,
                    _(", ").join(names.get(key, "") for key in one.course_ids) or _("All courses"),
                )
                for one in setup.reviewers
            ],
        )

    def fill(self, setup: ScreeningSetup, row_id: int | None) -> None:
        """Fill the form."""
        one = next((found for found in setup.reviewers if found.id == row_id), None)
        self.form.set_title(_("New reviewer") if one is None else _("Edit the reviewer"))
        self.name.setText(one.name if one else "")
        self.department.setText(one.department if one else "")
        if set(self.boxes) != {course.id for course in setup.courses}:
            for box in self.boxes.values():
                box.deleteLater()
            self.boxes = {course.id: QCheckBox(course.name.replace("&", "&&")) for course in setup.courses}
            for box in self.boxes.values():
                self._courses.addWidget(box)
        for key, box in self.boxes.items():
            box.setChecked(one is not None and key in one.course_ids)

    def first_field(self) -> QWidget:
        """Return the name's field."""
        return self.name

    def save(self) -> None:
        """Store the reviewer in the form."""
        form = ReviewerForm(
            id=self.current_id,
            programme_id=self._desk.programme_id,
            name=self.name.text(),
            department=self.department.text(),
            course_ids=tuple(sorted(key for key, box in self.boxes.items() if box.isChecked())),
            version=self.record.saving.base.version if self.record.saving is not None else None,
        )
        self.store(form, save_reviewer, form=form)

    def saving(self, setup: ScreeningSetup, row_id: int) -> Saving[ReviewerForm]:
        """Return how a reviewer is saved."""
        programme_id = self._desk.programme_id
        one = next(found for found in setup.reviewers if found.id == row_id)
        names = {course.id: course.name for course in setup.courses}
        return Saving(
            save_reviewer,
            base=reviewer_of_row(one, programme_id),
            read=partial(reviewer_form, programme_id=programme_id, reviewer_id=row_id),
            row=RowOf("reviewer", row_id),
            words=FormWords(
                self.form,
                labels={"course_ids": _("Courses")},
                values={
                    "course_ids": lambda ids: (
                        _(", ").join(names.get(key, "") for key in ids) or _("All courses")
                    )
                },
            ),
            owner=self,
        )

    def move_row(self, by: int) -> None:
        """Move the chosen reviewer."""
        if self.current_id is not None:
            self.perform(move_reviewer, reviewer_id=self.current_id, by=by)

    def remove(self) -> None:
        """Take the chosen reviewer out; it can be taken back."""
        if self.record.saving is not None:
            more = {"reviewer_id": self.current_id}
            self.remove_read(replace(self.record.saving, save=remove_reviewer, more=more))

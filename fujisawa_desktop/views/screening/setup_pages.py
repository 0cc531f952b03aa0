"""The lists of the editor: criteria and reviewers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
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
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    LineEdit,
    NumberEdit,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class ListPage(QWidget):
    """A list at the left, the form of what is chosen at the right; without a choice the form adds.

    Signals:
        failed(Exception): a refusal that belongs to no field.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, name: str, widths: dict[int, int]) -> None:
        super().__init__()
        self._desk = desk
        self.setup: ScreeningSetup | None = None
        self.current_id: int | None = None
        self._ids: list[int] = []
        self.model = TextTableModel(self)
        self.table = DataTable(name)
        self.table.setModel(self.model)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self._widths = widths
        self.form = Panel()
        self.form.setFixedWidth(340)
        self.new_button = SecondaryButton(_("New (Ctrl+N)"), self.start_new)
        self.up_button = SecondaryButton(_("Up"), partial(self.move_row, -1))
        self.down_button = SecondaryButton(_("Down"), partial(self.move_row, 1))
        self.remove_button = SecondaryButton(_("Remove"), self.remove)
        self.save_button = PrimaryButton(_("Save (Ctrl+S)"), self.save)
        self.buttons = row(self.new_button, self.up_button, self.down_button, self.remove_button, None)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.table, 1)
        left.addLayout(self.buttons)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(left, 1)
        whole.addWidget(self.form)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _old: self._on_row(now.row()))
        for keys, act in (("Ctrl+N", self.start_new), ("Ctrl+S", self.save), ("Del", self.remove)):
            target = self.table if keys == "Del" else self
            shortcut = QShortcut(QKeySequence(keys), target)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- for the page -----------------------------------------------------------------

    def rows_of(self, setup: ScreeningSetup) -> tuple[list[int], Sequence[str], list[tuple[str, ...]]]:
        """Return ids, headings and cells."""
        raise NotImplementedError

    def fill(self, setup: ScreeningSetup, row_id: int | None) -> None:
        """Fill the form with a row, or empty it."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Return where typing begins."""
        raise NotImplementedError

    def save(self) -> None:
        """Store the form."""
        raise NotImplementedError

    def move_row(self, by: int) -> None:
        """Move the chosen row."""
        raise NotImplementedError

    def remove(self) -> None:
        """Take the chosen row out."""
        raise NotImplementedError

    # --- shared -----------------------------------------------------------------------

    def show_setup(self, setup: ScreeningSetup) -> None:
        """Show the stored list; what is chosen stays chosen."""
        self.setup = setup
        ids, headings, cells = self.rows_of(setup)
        self._ids = ids
        kept = self.current_id
        self.model.show_rows(headings, cells)
        self.table.set_widths(self._widths)
        if kept in ids:
            self.table.select_row(ids.index(kept))
            self._on_row(ids.index(kept))
        else:
            self._show_form(None)

    def start_new(self) -> None:
        """Empty the form for one more."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self._show_form(None)
        self.first_field().setFocus()

    def _on_row(self, at: int) -> None:
        self._show_form(self._ids[at] if 0 <= at < len(self._ids) else None)

    def _show_form(self, row_id: int | None) -> None:
        self.current_id = row_id
        self._desk.notifier.clear_fields(self.form)
        if self.setup is not None:
            self.fill(self.setup, row_id)
        chosen = row_id is not None and not self._desk.read_only
        for button in (self.up_button, self.down_button, self.remove_button):
            button.setEnabled(chosen)
        self.save_button.setEnabled(not self._desk.read_only)
        self.new_button.setEnabled(not self._desk.read_only)

    def perform(self, act: Callable[..., Any], *, anchored: bool = False, **kwargs: Any) -> None:
        """Do one act; a refusal stands beside its field or above the page."""
        if self._desk.read_only:
            return
        self._desk.notifier.clear_fields(self.form)

        def failed(error: Exception) -> None:
            if anchored and isinstance(error, ValidationError):
                self._desk.notifier.show(error, self.form)
            else:
                self.failed.emit(error)

        self._desk.perform(act, on_error=while_open(self, failed), actor=self._desk.actor, **kwargs)


class CriteriaPage(ListPage):
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
        )
        self.perform(save_criterion, anchored=True, form=form)

    def move_row(self, by: int) -> None:
        """Move the chosen criterion."""
        if self.current_id is not None:
            self.perform(move_criterion, criterion_id=self.current_id, by=by)

    def remove(self) -> None:
        """Take the chosen criterion out; it can be taken back."""
        if self.current_id is not None:
            self.perform(remove_criterion, criterion_id=self.current_id)


class ReviewersPage(ListPage):
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
            course_ids=tuple(key for key, box in self.boxes.items() if box.isChecked()),
        )
        self.perform(save_reviewer, anchored=True, form=form)

    def move_row(self, by: int) -> None:
        """Move the chosen reviewer."""
        if self.current_id is not None:
            self.perform(move_reviewer, reviewer_id=self.current_id, by=by)

    def remove(self) -> None:
        """Take the chosen reviewer out; it can be taken back."""
        if self.current_id is not None:
            self.perform(remove_reviewer, reviewer_id=self.current_id)

"""見積もり: how many interviewer-hours so many people take, before the letters go out."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.interview_estimate import (
    CourseDemand,
    Estimate,
    EstimateBasis,
    estimate,
    estimate_basis,
)
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.estimate_words import (
    caution,
    figure_lines,
    need_sentence,
    supply_sentence,
    whole_text,
)
from fujisawa_desktop.views.interviews.plan_sections import Figures
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    NumberEdit,
    Panel,
    RunningText,
    SecondaryButton,
    TextLabel,
)
from fujisawa_desktop.views.widgets.clipboard import put_on_clipboard

_RESERVE: Final = 20
_TIMES_CAPACITY: Final = 3
"""While nobody has passed, so many people are supposed to be interviewed for each place."""


class EstimateDialog(SheetDialog):
    """Numbers of people at the left, the answer at the right; it follows every change.

    Attributes:
        people: the field of each course.
        found: the answer that is shown.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(_("How much interviewers' time is needed"), parent, width=840, height=520)
        self._basis: EstimateBasis | None = None
        self.found: Estimate | None = None
        self.people: dict[int, NumberEdit] = {}
        self.reserve = NumberEdit("reserve", width=72)
        self.reserve.set_value(_RESERVE)
        self.reserve.setAccessibleName(_("Extra places in per cent"))
        self.need = RunningText()
        self.supply = RunningText()
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.figures = Figures()
        self.copy_button = SecondaryButton(_("Copy"), self.copy)
        self.print_button = SecondaryButton(_("Print…"), self.print)
        for button in (self.copy_button, self.print_button):
            button.setEnabled(False)
        self._form = Panel(_("People to be interviewed"), margin=Space.M)
        self._lay_out()
        self.reserve.textChanged.connect(self._count)
        desk.query(estimate_basis, self._show, owner=self, programme_id=desk.programme_id)

    def copy(self) -> None:
        """Copy everything as text."""
        if self.found is not None:
            put_on_clipboard(self, whole_text(self.found), about_people=False)

    def print(self) -> None:
        """Print everything on the printer the person chooses."""
        if self.found is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(_("Print"))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.document().print_(printer)

    def document(self) -> QTextDocument:
        """Return the sheet that is printed."""
        sheet = QTextDocument(self)
        sheet.setPlainText(f"{self.windowTitle()}\n\n{whole_text(self.found)}" if self.found else "")
        return sheet

    def _show(self, basis: EstimateBasis) -> None:
        self._basis = basis
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.M)
        grid.setColumnStretch(0, 1)
        for course in basis.courses:
            edit = NumberEdit(f"course-{course.course_id}", width=72)
            edit.setAccessibleName(course.short_name)
            edit.set_value(course.passed or course.capacity * _TIMES_CAPACITY)
            edit.textChanged.connect(self._count)
            self.people[course.course_id] = edit
            _add_line(grid, course.short_name, _where_from(course), edit)
        _add_line(grid, _("Extra places"), _("in per cent, for uneven wishes"), self.reserve)
        self._form.body.addLayout(grid)
        self._form.body.addWidget(self.wrong)
        self._form.body.addStretch(1)
        for edit in [*self.people.values(), self.reserve]:
            edit.show()
        next(iter(self.people.values()), self.reserve).setFocus()
        self._count()

    def _count(self) -> None:
        """Answer for what is entered; while something cannot be read, say so and keep the last answer."""
        if self._basis is None:
            return
        try:
            people = {key: edit.value() or 0 for key, edit in self.people.items()}
            self.found = estimate(self._basis, people, reserve_percent=self.reserve.value() or 0)
        except (ValidationError, RuleError) as error:
            self.wrong.set_text(message(error))
            self.wrong.show()
            return
        self.wrong.hide()
        self.need.set_text(need_sentence(self.found))
        text, tone = supply_sentence(self.found)
        self.supply.set_text(text)
        self.supply.set_tone(tone)
        self.figures.show_rows([(name, [value]) for name, value in figure_lines(self.found)])
        for button in (self.copy_button, self.print_button):
            button.setEnabled(True)

    def _lay_out(self) -> None:
        answer = Panel(_("Estimate"), margin=Space.M)
        for widget in (self.need, self.supply, self.figures, RunningText(caution(), "neutral")):
            answer.body.addWidget(widget)
        answer.body.addStretch(1)
        self._form.setFixedWidth(320)
        columns = QHBoxLayout()
        columns.setSpacing(Space.M)
        columns.addWidget(self._form)
        columns.addWidget(answer, 1)
        self.sheet.addLayout(columns, 1)
        self.add_buttons(self.copy_button, self.print_button, None, SecondaryButton(_("Close"), self.reject))


def _add_line(grid: QGridLayout, name: str, about: str, edit: NumberEdit) -> None:
    """Append a name, below it where its number comes from, and beside both the field."""
    line = grid.rowCount()
    words = QVBoxLayout()
    words.setSpacing(0)
    title = TextLabel(name, "bold")
    title.setWordWrap(True)
    words.addWidget(title)
    words.addWidget(TextLabel(about, "small"))
    grid.addLayout(words, line, 0)
    grid.addWidget(edit, line, 1)


def _where_from(course: CourseDemand) -> str:
    """Return where the number that stands in the field at first comes from."""
    if course.passed:
        return _("passed the first screening: {count}").format(count=course.passed)
    return _("{times} times the {count} places").format(times=_TIMES_CAPACITY, count=course.capacity)

"""Rules that route rows to courses: a cell that holds all the words asks for the course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.course_routes import CourseRuleForm, RulesForm, rules_form, save_course_rules
from fujisawa_desktop.services.courses import courses
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    IconButton,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_BETWEEN_WORDS: Final = re.compile(r"[\s,、，]+")


class _RuleLine:
    """The widgets of one rule."""

    def __init__(self, headings: Sequence[str], courses: Sequence[tuple[int, str]]) -> None:
        self.heading = QComboBox()
        self.heading.setAccessibleName(_("Column to look in"))
        self.heading.addItem(_("Whichever names courses"), "")
        for heading in dict.fromkeys(headings):
            if heading:
                self.heading.addItem(heading, heading)
        self.heading.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.heading.setFixedWidth(220)
        self.words = LineEdit()
        self.words.setAccessibleName(_("Words, all of which the cell holds"))
        self.course = QComboBox()
        self.course.setAccessibleName(_("Course"))
        for course_id, name in courses:
            self.course.addItem(name, course_id)
        self.course.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.course.setFixedWidth(220)

    def fill(self, rule: CourseRuleForm) -> None:
        """Show a stored rule; a column that this file lacks stays in it."""
        if rule.heading and self.heading.findData(rule.heading) < 0:
            self.heading.addItem(rule.heading, rule.heading)
        self.heading.setCurrentIndex(max(self.heading.findData(rule.heading), 0))
        self.words.setText(_(", ").join(rule.words))
        self.course.setCurrentIndex(max(self.course.findData(rule.course_id), 0))

    def rule(self) -> CourseRuleForm:
        """Return what is entered."""
        words = tuple(filter(None, _BETWEEN_WORDS.split(self.words.text())))
        return CourseRuleForm(int(self.course.currentData()), words, str(self.heading.currentData()))


class CourseRulesDialog(QDialog):
    """Edits the rules of the programme; they come before the words of the courses.

    Signals:
        saved(): the rules were changed.
    """

    saved = Signal()

    def __init__(self, desk: Desk, headings: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._headings = headings
        self._courses: list[tuple[int, str]] = []
        self.lines: list[_RuleLine] = []
        self.setWindowTitle(_("Rules for courses"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 460)
        self.wrong = RunningText("", "wrong")
        self.wrong.hide()
        self.add_button = SecondaryButton(_("Add a rule"), self._add_empty)
        self.save_button = PrimaryButton(_("Save"), self.save)
        self.save_button.setEnabled(False)
        self.record: OpenRecord[RulesForm] = OpenRecord(desk, self, again=self._read, save=self.save)
        self._sheet = QFrame()
        self._sheet.setProperty("role", "panel")
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.S)
        self._lay_out()
        self._read()

    def _read(self) -> None:
        """Show what is stored in place of what was typed."""
        self._desk.query(read_rules, self._show, owner=self, programme_id=self._desk.programme_id)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self._sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "A row asks for a course when its cell holds all the words of a rule. Rules come before "
                    "the words entered with the courses; several rules may give one row several courses."
                )
            )
        )
        column.addWidget(self.record.hint)
        column.addWidget(area, 1)
        column.addWidget(self.wrong)
        column.addLayout(
            row(self.add_button, None, SecondaryButton(_("Cancel"), self.reject), self.save_button)
        )

    def _show(self, found: tuple[list[tuple[int, str]], RulesForm]) -> None:
        self._courses, base = found
        self._open(base)
        self.lines = [self._line(rule) for rule in base.rules] or [self._line(None)]
        self.save_button.setEnabled(bool(self._courses) and not self._desk.read_only)
        self._fill_grid()
        self._begin_at(self.lines[0])

    def _open(self, base: RulesForm) -> None:
        """Begin with the rules as they are stored."""
        programme_id = self._desk.programme_id
        self.record.open(
            Saving(
                save_course_rules,
                base=base,
                read=partial(rules_form, programme_id=programme_id),
                row=RowOf("course_rule", where=(("programme_id", programme_id),)),
                words=FormWords(
                    self, labels={"rules": _("Rules for courses")}, values={"rules": self._rules_text}
                ),
                owner=self,
                on_done=self._done,
                on_error=self._failed,
                aside=frozenset({"seen"}),
                given=lambda form: {"rules": form.rules, "seen": form.seen},
                more={"programme_id": programme_id},
            )
        )

    def _rules_text(self, rules: object) -> str:
        names = dict(self._courses)
        listed = rules if isinstance(rules, Iterable) else ()
        return "\n".join(
            _("{column}: {words} → {course}").format(
                column=rule.heading or _("Whichever names courses"),
                words=_(", ").join(rule.words),
                course=names.get(rule.course_id, ""),
            )
            for rule in listed
        )

    def _line(self, rule: CourseRuleForm | None) -> _RuleLine:
        line = _RuleLine(self._headings, self._courses)
        if rule is not None:
            line.fill(rule)
        return line

    def _add_empty(self) -> None:
        self.lines.append(self._line(None))
        self._fill_grid()
        self._begin_at(self.lines[-1])

    @staticmethod
    def _begin_at(line: _RuleLine) -> None:
        # In a window already shown, a layout shows new widgets later; hidden ones take no focus.
        line.words.show()
        line.words.setFocus()

    def _remove(self, line: _RuleLine) -> None:
        self.lines.remove(line)
        for widget in (line.heading, line.words, line.course):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._fill_grid()
        (self.lines[-1].words if self.lines else self.add_button).setFocus()

    def _fill_grid(self) -> None:
        kept = {id(widget) for line in self.lines for widget in (line.heading, line.words, line.course)}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and id(widget) not in kept:
                widget.deleteLater()
        for at, title in enumerate((_("Column"), _("Words (all of them)"), _("Course"))):
            self._grid.addWidget(TextLabel(title, "small"), 0, at)
        for number, line in enumerate(self.lines, start=1):
            self._grid.addWidget(line.heading, number, 0)
            self._grid.addWidget(line.words, number, 1)
            self._grid.addWidget(line.course, number, 2)
            remove = IconButton("close", _("Remove this rule"), lambda line=line: self._remove(line))  # type: ignore[misc]
            self._grid.addWidget(remove, number, 3)
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)
        self._grid.setRowStretch(len(self.lines) + 1, 1)
        self._grid.setColumnStretch(1, 1)

    def save(self) -> None:
        """Store the rules as one act; a line left empty is no rule."""
        rules = tuple(line.rule() for line in self.lines if line.words.text().strip())
        if self.record.saving is not None:
            self.record.save(replace(self.record.saving.base, rules=rules))

    def _done(self, _change: ChangeSet) -> None:
        self.accept()
        self.saved.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ValidationError):
            self._desk.notifier.show(error)
            return
        self.wrong.set_text(message(error))
        self.wrong.show()


def read_rules(database: Database, *, programme_id: int) -> tuple[list[tuple[int, str]], RulesForm]:
    """Return id and short name of the courses, and the rules."""
    offered = [(course.id, course.short_name) for course in courses(database, programme_id)]
    return offered, rules_form(database, programme_id=programme_id)

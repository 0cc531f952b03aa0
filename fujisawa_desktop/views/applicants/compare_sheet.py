"""Two people side by side on one sheet: what is alike, what differs, and what is kept of each field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.rules.contact import format_phone, format_postcode
from fujisawa_desktop.services.applicants import ApplicantDetails
from fujisawa_desktop.services.comparison import Comparison
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.choice_row import ChoiceRow
from fujisawa_desktop.views.applicants.words import joined, month_text, school_text
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Pill, RunningText, TextLabel, rule

_LINE: Final = 24
_CARD_LINE: Final = 34
"""Heights of a field's first line, so that its name, its values and its mark stand on one line."""
_FIELDS: Final = {
    "name": "name",
    "kana": "kana",
    "birth_date": "birth_date",
    "phone": "phone",
    "mail": "mail",
    "address": "address",
    "school": "school",
    "faculty": "faculty",
    "department": "department",
    "grade": "grade",
    "graduation": "graduation",
}


class CompareSheet(QFrame):
    """Fields first, then what belongs to each entry, then the answers at length.

    Attributes:
        choices: the fields in which the two differ, from top to bottom.
        grid: label, left, right, mark.
    """

    def __init__(self, pair: Comparison, *, can_choose: bool) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.choices: list[ChoiceRow] = []
        self._can_choose = can_choose
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        self.grid.setHorizontalSpacing(Space.M)
        self.grid.setVerticalSpacing(Space.S)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        for column in (1, 2):
            self.grid.setColumnMinimumWidth(column, 200)
        self._write_heads(pair)
        self._write_fields(pair)
        self._write_entries(pair)
        self._write_answers(pair)
        self.grid.setRowStretch(self.grid.rowCount(), 1)
        for at, row in enumerate(self.choices):
            row.on_moved(partial(self._go, at))

    def from_right(self) -> frozenset[str]:
        """Return the fields of which the right value is kept."""
        return frozenset(row.choice for row in self.choices if row.takes_right())

    def _go(self, at: int, by: int) -> None:
        at += by
        if 0 <= at < len(self.choices):
            self.choices[at].focus()

    def _write_heads(self, pair: Comparison) -> None:
        for column, side, person in ((1, _("left"), pair.left), (2, _("right"), pair.right)):
            head = QWidget()
            lines = QVBoxLayout(head)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(0)
            lines.addWidget(TextLabel(side, "secondary"))
            name = TextLabel(person.name, "heading")
            name.setWordWrap(True)
            name.setMinimumWidth(1)
            lines.addWidget(name)
            self.grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignTop)

    def _write_fields(self, pair: Comparison) -> None:
        values = zip(_fields(pair.left), _fields(pair.right), strict=True)
        for (choice, left), (_choice, right) in values:
            name = term("column", "name") if choice == "name" else term("field", _FIELDS[choice])
            if choice in pair.differing:
                self._write_choice(choice, name, left, right, take_right=choice in pair.suggested)
            elif left:
                at = self._label(name)
                self._text(at, 1, name, left, span=2)
                same = TextLabel(_("same"), "secondary")
                same.setMinimumHeight(_LINE)
                self.grid.addWidget(same, at, 3, Qt.AlignmentFlag.AlignTop)

    def _write_choice(self, choice: str, name: str, left: str, right: str, *, take_right: bool) -> None:
        at = self._label(name, _CARD_LINE if self._can_choose else _LINE)
        if self._can_choose:
            row = ChoiceRow(choice, name, left, right, take_right=take_right)
            self.grid.addWidget(row.left, at, 1)
            self.grid.addWidget(row.right, at, 2)
            self.choices.append(row)
        else:
            self._text(at, 1, name, left)
            self._text(at, 2, name, right)
        mark = QWidget()
        mark.setMinimumHeight(_CARD_LINE if self._can_choose else _LINE)
        mark_line = QVBoxLayout(mark)
        mark_line.setContentsMargins(0, 0, 0, 0)
        mark_line.addWidget(Pill(_("differs"), "caution"))
        self.grid.addWidget(mark, at, 3, Qt.AlignmentFlag.AlignTop)

    def _write_entries(self, pair: Comparison) -> None:
        self._line(_("Belongs to each entry, and stays with it"))
        values = zip(_of_entry(pair.left), _of_entry(pair.right), strict=True)
        for (name, left), (_name, right) in values:
            if left or right:
                at = self._label(name)
                self._text(at, 1, name, left)
                self._text(at, 2, name, right)

    def _write_answers(self, pair: Comparison) -> None:
        if not (pair.left.answers or pair.right.answers):
            return
        self._line(_("Answers"))
        at = self.grid.rowCount()
        for column, person in ((1, pair.left), (2, pair.right)):
            block = QWidget()
            lines = QVBoxLayout(block)
            lines.setContentsMargins(0, 0, 0, 0)
            lines.setSpacing(Space.XS)
            for heading, text in person.answers:
                lines.addWidget(RunningText(heading, "neutral"))
                lines.addWidget(RunningText(text))
            lines.addStretch(1)
            self.grid.addWidget(block, at, column)

    def _line(self, title: str) -> None:
        self.grid.addWidget(rule(), self.grid.rowCount(), 0, 1, 4)
        self.grid.addWidget(TextLabel(title, "heading"), self.grid.rowCount(), 0, 1, 4)

    def _label(self, name: str, height: int = _LINE) -> int:
        at = self.grid.rowCount()
        label = TextLabel(name, "secondary")
        label.setMinimumHeight(height)
        self.grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
        return at

    def _text(self, at: int, column: int, name: str, value: str, *, span: int = 1) -> None:
        text = RunningText(value)
        text.setAccessibleName(f"{name} {value}")
        self.grid.addWidget(text, at, column, 1, span)


def _fields(person: ApplicantDetails) -> Iterator[tuple[str, str]]:
    form = person.form
    official = form.name_official and _("Official name: {name}").format(name=form.name_official)
    yield "name", "\n".join(part for part in (person.name_entered, official, form.character_note) if part)
    yield "kana", form.kana
    yield "birth_date", format_date(form.birth_date) if form.birth_date else ""
    yield "phone", format_phone(form.phone)
    yield "mail", form.mail
    postcode = form.postcode and f"〒{format_postcode(form.postcode)}"
    yield "address", f"{postcode} {form.address}".strip()
    yield "school", school_text(form.school, form.school_category)
    yield "faculty", form.faculty
    yield "department", form.department
    yield "grade", form.grade
    yield "graduation", month_text(form.graduation)


def _of_entry(person: ApplicantDetails) -> Iterator[tuple[str, str]]:
    numbers = [f"{term('source', person.source)} {person.number}"]
    numbers += [f"{term('source', other.source)} {other.number}" for other in person.other_entries]
    yield _("Entry"), "\n".join(numbers)
    yield _("Received at"), format_datetime(person.received_at)
    yield _("Course"), joined(application.course for application in person.applications)
    yield _("State"), joined(term("status", application.status) for application in person.applications)
    yield _("Days possible"), joined(person.weekdays)
    yield _("Flags"), joined(term("flag", view.flag) for view in person.flag_views)
    yield _("Note"), person.form.note

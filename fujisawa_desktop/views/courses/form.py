"""The form of one course: all that its sheet says."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import N_, _
from fujisawa_desktop.services.courses import CourseForm
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import FormField, LineEdit, NumberEdit, TextArea, TextLabel, rule

_LINES: Final = ("name", "host_department", "short_name", "sign")
_AREAS: Final[dict[str, tuple[int, str]]] = {
    "summary": (4, ""),
    "background": (
        4,
        N_(
            "An empty line parts two boxes; a short first line is a heading. "
            "“・” makes a list, “1.” “2.” a process, “↓” alone an arrow."
        ),
    ),
    "initiatives": (
        4,
        N_(
            "The first line is the heading on the sheet. "
            "“A｜B” makes boxes beside each other, “［…］” a box across."
        ),
    ),
    "contents": (2, ""),
    "wanted": (3, N_("One item a line.")),
    "duties": (4, N_("One item a line.")),
    "tagline": (2, N_("One sentence; it stands under the course's name in the press release.")),
    "flyer_text": (4, ""),
}
_REQUIRED: Final = {"name", "short_name", "sign", "host_department"}
_SUPPORT: Final = {
    "name": N_("As it stands on paper, with its brackets."),
    "host_department": N_("It stands on the course sheet."),
    "short_name": N_("For lists and cards."),
    "sign": N_("1–3 characters for narrow places."),
    "match_words": N_(
        "An entry that names one of these words is for this course. Separate them with commas."
    ),
}


class CourseEditor(QScrollArea):
    """The fields of one course.

    Attributes:
        loaded: what changes are counted against.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(_("What the course offers"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.loaded: CourseForm | None = None
        self.lines: dict[str, LineEdit] = {name: LineEdit() for name in (*_LINES, "match_words")}
        self.areas: dict[str, TextArea] = {name: TextArea(lines) for name, (lines, _s) in _AREAS.items()}
        self.capacity = NumberEdit("capacity", width=80)
        self.approximate = QCheckBox(_("“about” (a few more may be taken with a reason)"))
        self.published = QCheckBox(_("Public: shown to applicants"))
        self._build()
        for line in (*self.lines.values(), self.capacity):
            line.textEdited.connect(self.edited)
            line.editingFinished.connect(self.edited)
        for area in self.areas.values():
            area.textChanged.connect(self.edited)
        for box in (self.approximate, self.published):
            box.toggled.connect(self.edited)

    def load(self, stored: CourseForm, draft: CourseForm | None = None) -> None:
        """Show what is stored, or a draft of it.

        Where the same course is shown already, a field that holds the value is not touched: somebody
        may be typing in it.
        """
        shown = self.draft() if self.loaded is not None and self.loaded.id == stored.id else None
        self.loaded = stored
        form = draft or stored
        with QSignalBlocker(self):
            for name in (field.name for field in fields(CourseForm)):
                if shown is None or getattr(shown, name) != getattr(form, name):
                    self._show(name, getattr(form, name))
            if shown is None:
                for field in self.findChildren(FormField):
                    field.clear_error()

    def _show(self, name: str, value: Any) -> None:
        if name == "match_words":
            self.lines[name].setText(_(", ").join(value))
        elif name in self.lines:
            self.lines[name].setText(value)
            self.lines[name].setCursorPosition(0)
        elif name in self.areas:
            self.areas[name].set_text(value)
        elif name == "capacity":
            self.capacity.set_value(value)
        elif name == "capacity_approximate":
            self.approximate.setChecked(value)
        elif name == "published":
            self.published.setChecked(value)

    def forget(self) -> None:
        """Count nothing as changed until a form is loaded again."""
        self.loaded = None

    def form(self) -> CourseForm:
        """Return what is typed now.

        Raises:
            ValidationError: the capacity is not a number.
        """
        capacity = self.capacity.value()
        if capacity is None:
            raise ValidationError("field.required", field="capacity")
        return replace(self.draft(), capacity=capacity)

    def draft(self) -> CourseForm:
        """Return what is typed now; a capacity that cannot be read stays as it was."""
        if self.loaded is None:
            raise LookupError
        values: dict[str, Any] = {name: line.text() for name, line in self.lines.items()}
        values |= {name: area.text() for name, area in self.areas.items()}
        words = values.pop("match_words").replace("、", ",").replace("，", ",").split(",")
        values["match_words"] = tuple(word.strip() for word in words if word.strip())
        try:
            values["capacity"] = self.capacity.value()
        except ValidationError:
            values["capacity"] = None
        if values["capacity"] is None:
            values["capacity"] = self.loaded.capacity
        return replace(
            self.loaded,
            capacity_approximate=self.approximate.isChecked(),
            published=self.published.isChecked(),
            **values,
        )

    def is_changed(self) -> bool:
        """Return whether something differs from what was loaded."""
        if self.loaded is None:
            return False
        try:
            return self.form() != self.loaded
        except ValidationError:
            return True

    def is_readable(self) -> bool:
        """Return whether every field can be read; a number that is being typed may not be one yet."""
        try:
            self.form()
        except ValidationError:
            return False
        return True

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the fields be read but not changed."""
        for line in (*self.lines.values(), self.capacity):
            line.setReadOnly(read_only)
        for area in self.areas.values():
            area.setReadOnly(read_only)
        for box in (self.approximate, self.published):
            box.setEnabled(not read_only)

    # layout

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.M)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for at, name in enumerate(_LINES):
            grid.addWidget(self._field(name, self.lines[name]), at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addWidget(self._field("capacity", self.capacity, unit=_("people")))
        column.addWidget(self.approximate)
        column.addWidget(self.published)
        column.addWidget(rule())
        column.addWidget(TextLabel(_("Sentences of the course sheet"), "heading"))
        for name in ("summary", "background", "initiatives", "contents", "wanted", "duties"):
            column.addWidget(self._field(name, self.areas[name]))
        column.addWidget(rule())
        column.addWidget(TextLabel(_("Other papers and the import"), "heading"))
        for name in ("tagline", "flyer_text"):
            column.addWidget(self._field(name, self.areas[name]))
        column.addWidget(self._field("match_words", self.lines["match_words"]))
        column.addStretch(1)
        self.setWidget(sheet)

    @staticmethod
    def _field(name: str, editor: QWidget, unit: str = "") -> FormField:
        support = _SUPPORT.get(name) or _AREAS.get(name, (0, ""))[1]
        return FormField(
            name,
            texts.term("field", name),
            editor,
            required=name in _REQUIRED or name == "capacity",
            support=_(support) if support else "",
            unit=unit,
        )

"""How a file is read: its layout, its character code, and the way to its columns and course rules."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.file_columns import ENCODINGS
from fujisawa_desktop.services.import_kinds import profile_names
from fujisawa_desktop.views.applicants.import_report import ENCODINGS as CODE_NAMES
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import SecondaryButton, TextLabel


class ImportOptions(QWidget):
    """One line of choices above the report.

    Signals:
        layout_chosen(), code_chosen(): read the file again; the latter also when 予定 or 実績 was chosen.
        columns_wanted(), courses_wanted(): open the columns, or the rules for courses.
    """

    layout_chosen = Signal()
    code_chosen = Signal()
    columns_wanted = Signal()
    courses_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.profile = QComboBox()
        self.profile.setAccessibleName(_("Layout of the file"))
        self.profile.setMinimumWidth(190)
        self.offer_layouts(())
        self.profile.currentIndexChanged.connect(lambda _at: self.layout_chosen.emit())
        self.code = QComboBox()
        self.code.setAccessibleName(_("Character code of the file"))
        self.code.setMinimumWidth(190)
        self.code.addItem(_("Recognise the characters"), None)
        for code in ENCODINGS:
            self.code.addItem(CODE_NAMES[code], code)
        self.code.currentIndexChanged.connect(lambda _at: self.code_chosen.emit())
        self.shift = QComboBox()
        self.shift.setAccessibleName(_("Planned or worked"))
        for kind in (ShiftKind.WORKED, ShiftKind.PLANNED):
            self.shift.addItem(texts.term("shift", kind), kind.value)
        self.shift.currentIndexChanged.connect(lambda _at: self.code_chosen.emit())
        self.columns = SecondaryButton(_("Columns…"), self.columns_wanted.emit)
        self.courses = SecondaryButton(_("Rules for courses…"), self.courses_wanted.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        names = (_("Layout"), _("Characters"), _("These hours are"))
        self._names = tuple(TextLabel(text, "secondary") for text in names)
        for name, box in zip(self._names, (self.profile, self.code, self.shift), strict=True):
            line.addWidget(name)
            line.addWidget(box)
        line.addStretch(1)
        line.addWidget(self.columns)
        line.addWidget(self.courses)

    def offer_layouts(self, kept: Sequence[str]) -> None:
        """Offer the shipped layouts and those that clerks kept; the choice stays."""
        before = self.profile.currentData()
        with QSignalBlocker(self.profile):
            self.profile.clear()
            self.profile.addItem(_("Recognise the layout"), None)
            for source, name in profile_names():
                self.profile.addItem(name, source)
            for name in kept:
                self.profile.addItem(name, name)
            self.profile.setCurrentIndex(max(self.profile.findData(before), 0))

    def choose_layout(self, name: str) -> None:
        """Choose a layout without telling."""
        with QSignalBlocker(self.profile):
            self.profile.setCurrentIndex(max(self.profile.findData(name), 0))

    def show_for(self, *, applicants: bool, text: bool, shift: bool = False) -> None:
        """Show what can be chosen: layouts of applicants' files, codes of text files, what hours are."""
        for widget in (self._names[0], self.profile, self.columns, self.courses):
            widget.setVisible(applicants)
        for widget in (self._names[1], self.code):
            widget.setVisible(text)
        for widget in (self._names[2], self.shift):
            widget.setVisible(shift)

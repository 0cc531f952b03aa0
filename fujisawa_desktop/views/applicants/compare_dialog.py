"""Two entries side by side: what is alike, what differs, and the decision that they are two people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.services.applicants import ApplicantDetails, SuspicionView, details
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.words import joined, reasons_text, school_text
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    Pill,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)

_OWN: Final = 2
"""How many of the first values belong to the entry, not to the person."""


class CompareDialog(QDialog):
    """Shows this person at the left and the one in doubt at the right.

    Signals:
        different_wanted(): the clerk says these are two people.
    """

    different_wanted = Signal()

    def __init__(
        self, desk: Desk, person: ApplicantDetails, suspicion: SuspicionView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._person = person
        self.setWindowTitle(_("Compare two entries"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 640)
        sheet = QFrame()
        sheet.setProperty("role", "panel")
        self.grid = QGridLayout(sheet)
        self.grid.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self.grid.setHorizontalSpacing(Space.L)
        self.grid.setVerticalSpacing(Space.S)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self.different = PrimaryButton(_("Two people"), self._say_different)
        self.different.setEnabled(not desk.read_only)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(
            RunningText(
                _(
                    "Alike in {reasons} (likeness {score} %). Entries stay as they are, whatever you decide."
                ).format(reasons=reasons_text(suspicion.reasons), score=suspicion.score)
            )
        )
        column.addWidget(area, 1)
        column.addLayout(row(None, self.close_button, self.different))
        self._notifier = desk.notifier
        desk.query(details, self._show, owner=self, on_error=self._failed, entry_id=suspicion.entry_id)

    def _failed(self, error: Exception) -> None:
        self.reject()
        self._notifier.show(error)

    def _show(self, other: ApplicantDetails) -> None:
        for at, (name, left, right, is_odd) in enumerate(compared(self._person, other)):
            label = TextLabel(name, "secondary")
            label.setMinimumHeight(20)
            self.grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            for column, value in ((1, left), (2, right)):
                text = RunningText(value)
                text.setAccessibleName(f"{name} {value}")
                self.grid.addWidget(text, at, column)
            if is_odd:
                self.grid.addWidget(Pill(_("differs"), "caution"), at, 3, Qt.AlignmentFlag.AlignTop)
        self.grid.setRowStretch(self.grid.rowCount(), 1)
        self.different.setFocus()

    def _say_different(self) -> None:
        self.accept()
        self.different_wanted.emit()


def compared(left: ApplicantDetails, right: ApplicantDetails) -> list[tuple[str, str, str, bool]]:
    """Return field, value here, value there, and whether they differ where one person's would not.

    Fields empty on both sides are left out; every entry has a number and a time of its own.
    """
    pairs = zip(_values(left), _values(right), strict=True)
    return [
        (name, mine, theirs, at >= _OWN and mine != theirs)
        for at, ((name, mine), (_name, theirs)) in enumerate(pairs)
        if mine or theirs
    ]


def _values(person: ApplicantDetails) -> Iterator[tuple[str, str]]:
    form = person.form
    yield _("Entry"), f"{term('source', person.source)} {person.number}"
    yield _("Received at"), format_datetime(person.received_at)
    yield _("Name"), person.name
    yield _("Reading"), form.kana
    yield _("Born"), format_date(form.birth_date) if form.birth_date else ""
    yield _("Telephone"), format_phone(form.phone)
    yield _("Mail"), form.mail
    yield _("Address"), form.address
    yield _("University"), school_text(form.school, form.faculty)
    yield _("Department"), form.department
    yield _("Grade"), form.grade
    yield _("Course"), joined(application.course for application in person.applications)
    yield _("State"), joined(term("status", application.status) for application in person.applications)
    yield _("Days possible"), joined(person.weekdays)

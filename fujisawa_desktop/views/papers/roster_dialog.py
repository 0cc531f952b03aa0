"""Which columns a roster has, in which order, and of whom it is; its first page stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.courses import CourseRow, courses
from fujisawa_desktop.services.paper_options import RosterOptions, remember_roster, remembered_roster
from fujisawa_desktop.services.paper_rosters import COLUMNS, USUAL_COLUMNS, is_crowded, roster_page
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.papers.page_view import PageView
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    FormField,
    NoticeBar,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    row,
)
from fujisawa_desktop.views.widgets.ordered_list import OrderedList

_FIELDS_WIDTH: Final = 420
_BOX_WIDTH: Final = 200


class RosterDialog(QDialog):
    """Asks for columns, order and people of the roster.

    Attributes:
        columns: all columns, those on the roster ticked, in their order.
    """

    def __init__(self, desk: Desk, parent: QWidget, *, numbers: Sequence[str] | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._numbers = numbers
        self._parent = parent
        self._begun = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(_("Roster"))
        self.resize(1120, 740)
        self.columns = OrderedList(_("Columns of the roster"))
        self.order = QComboBox()
        self.order.addItem(_("By reading (五十音)"), "kana")
        self.order.addItem(_("By entry number"), "number")
        self.course = QComboBox()
        self.state = QComboBox()
        for box in (self.order, self.course, self.state):
            box.setMinimumWidth(_BOX_WIDTH)
        self.by_course = QCheckBox(_("A list for each course"))
        self.marked = QCheckBox(_("Mark every page 取扱注意 (handle with care)"))
        self.advice = RunningText("", "caution")
        self.notice = NoticeBar()
        self.view = PageView()
        self.view.setAccessibleName(_("First page"))
        self.go = PrimaryButton(_("Show the pages"), self.show_pages)
        self.go.setEnabled(False)
        self._lay_out()
        desk.query(courses, self._show_courses, owner=self, programme_id=desk.programme_id)

    def options(self) -> RosterOptions:
        """Return what the fields say."""
        course, state = self.course.currentData(), self.state.currentData()
        return RosterOptions(
            columns=self.columns.keys(),
            order=str(self.order.currentData()),
            by_course=self.by_course.isChecked(),
            marked=self.marked.isChecked(),
            course_ids=None if course is None else (int(course),),
            statuses=None if state is None else (ApplicationStatus(state),),
        )

    # --- building ---------------------------------------------------------------

    def _lay_out(self) -> None:
        fields = QWidget()
        fields.setFixedWidth(_FIELDS_WIDTH)
        column = QVBoxLayout(fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(TextLabel(_("Columns"), "bold"))
        column.addWidget(
            RunningText(_("The space bar ticks a column, Alt with an arrow or dragging moves it."), "neutral")
        )
        column.addWidget(self.columns, 1)
        column.addLayout(
            row(
                SecondaryButton(_("Up"), lambda: self.columns.move_current(-1)),
                SecondaryButton(_("Down"), lambda: self.columns.move_current(1)),
                None,
                SecondaryButton(_("The usual ones"), self._usual),
            )
        )
        column.addWidget(FormField("order", _("Order"), self.order))
        column.addLayout(
            row(
                FormField("course", _("Course"), self.course),
                FormField("state", _("State"), self.state),
                spacing=Space.L,
            )
        )
        column.addWidget(self.by_course)
        column.addWidget(self.marked)
        column.addWidget(self.advice)
        both = QHBoxLayout()
        both.setSpacing(Space.L)
        both.addWidget(fields)
        both.addWidget(self.view, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        whole.setSpacing(Space.M)
        whole.addWidget(TextLabel(_("Roster"), "title"))
        whole.addWidget(self.notice)
        whole.addLayout(both, 1)
        whole.addLayout(row(SecondaryButton(_("Cancel"), self.reject), None, self.go))
        self.go.setDefault(True)
        self.advice.hide()

    def _show_courses(self, found: Sequence[CourseRow]) -> None:
        self.course.addItem(_("All courses"), None)
        for one in found:
            self.course.addItem(one.short_name or one.name, one.id)
        self.state.addItem(_("All states"), None)
        for status in ApplicationStatus:
            self.state.addItem(texts.term("status", status), status.value)
        self._desk.query(remembered_roster, self._begin, owner=self)

    def _begin(self, options: RosterOptions) -> None:
        """Fill the fields with what was wanted last, and watch them from now on."""
        chosen = tuple(key for key in options.columns if key in COLUMNS) or USUAL_COLUMNS
        self._fill(chosen)
        self.order.setCurrentIndex(max(self.order.findData(options.order), 0))
        self.by_course.setChecked(options.by_course)
        self.marked.setChecked(options.marked)
        for box in (self.order, self.course, self.state):
            box.currentIndexChanged.connect(self._ask_picture)
        for check in (self.by_course, self.marked):
            check.toggled.connect(self._ask_picture)
        self.columns.changed.connect(self._ask_picture)
        self._begun = True
        self.columns.setFocus()
        self._ask_picture()

    def _fill(self, chosen: Sequence[str]) -> None:
        blocked = self.columns.blockSignals(True)  # noqa: FBT003 - Qt's own parameter
        self.columns.clear()
        for key in (*chosen, *(key for key in COLUMNS if key not in chosen)):
            self.columns.add(key, texts.term("roster-column", key), ticked=key in chosen)
        self.columns.setCurrentRow(0)
        self.columns.blockSignals(blocked)

    def _usual(self) -> None:
        self._fill(USUAL_COLUMNS)
        self._ask_picture()

    # --- showing ----------------------------------------------------------------

    def _ask_picture(self) -> None:
        if not self._begun:
            return
        options = self.options()
        self.go.setEnabled(bool(options.columns))
        self._advise(options.columns)
        if not options.columns:
            self.view.close_pdf()
            return
        self._desk.query(
            roster_page,
            self._show_picture,
            owner=self,
            latest="papers.roster-page",
            on_error=self._refused,
            programme_id=self._desk.programme_id,
            options=options,
            numbers=self._numbers,
        )

    def _show_picture(self, pdf: bytes) -> None:
        self.notice.close_message()
        if self.columns.keys():  # else the last tick was taken away meanwhile
            self.view.show_pdf(pdf)

    def _refused(self, error: Exception) -> None:
        self.go.setEnabled(False)
        self._say_error(error)

    def _advise(self, columns: Sequence[str]) -> None:
        if not columns:
            self.advice.set_text(_("Tick at least one column."))
        elif is_crowded(columns):
            self.advice.set_text(
                _("These columns are too many for one sheet: long texts are set very small or cut.")
            )
        self.advice.setVisible(not columns or is_crowded(columns))

    def _say_error(self, error: Exception) -> None:
        self.notice.show_message(texts.message(error), "wrong")

    def show_pages(self) -> None:
        """Keep what was chosen, and show the pages to be printed."""
        if not self.go.isEnabled():
            return
        options = self.options()

        def opened(_change: object = None) -> None:
            # Closed first: a window beneath a modal dialog could not be used.
            self.accept()
            open_papers(self._desk, "roster", self._parent, numbers=self._numbers, options=options)

        if self._desk.read_only:
            opened()
            return
        self.go.setEnabled(False)
        self._desk.perform(
            remember_roster,
            on_done=opened,
            on_error=self._say_error,
            options=options,
            actor=self._desk.actor,
        )

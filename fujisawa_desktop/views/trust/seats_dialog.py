"""座席: who may work with a database on a server, given out and taken back by an administrator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import AppError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.column_widths import fit_columns, give_room_to
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    LineEdit,
    NoticeBar,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    commit_typing,
    open_roomy,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel

if TYPE_CHECKING:
    from fujisawa_desktop.services.courses import CourseRow
    from fujisawa_desktop.services.seats import OwnSeat, SeatView

ROLES: Final = ("clerk", "reader", "host")
_HOST: Final = "host"
courses = later("courses", "courses")
seats, add_seat, remove_seat, own_seat = (
    later("seats", name) for name in ("seats", "add_seat", "remove_seat", "own_seat")
)


class SeatsDialog(QDialog):
    """The list of seats, and a form beside it.

    Attributes:
        rows: the seats shown.
        login, role, course, name, password: the form.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: tuple[SeatView, ...] = ()
        self.setWindowTitle(_("Seats"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_roomy(self, 1120, 600)
        self.notice = NoticeBar()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Seats"))
        self.table.setModel(self.model)
        self.login, self.name, self.password = LineEdit(), LineEdit(), LineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.role, self.course = QComboBox(), QComboBox()
        for role in ROLES:
            self.role.addItem(texts.term("seat_role", role), role)
        self.add_button = PrimaryButton(_("Give the seat"), self.add)
        self.remove_button = SecondaryButton(_("Take the chosen seat back"), self.remove)
        self.close_button = SecondaryButton(_("Close"), self.reject)
        self._lay_out()
        self.course.setMinimumWidth(240)
        self.role.currentIndexChanged.connect(self._show_course)
        self.table.selectionModel().currentRowChanged.connect(lambda _on, _off: self._fill())
        for button in (self.add_button, self.remove_button):
            button.setEnabled(False)
        self._show_course()
        self._show_rows(())
        desk.query(courses, self._show_courses, owner=self, programme_id=desk.programme_id)
        self.reload()

    def reload(self) -> None:
        """Read the seats, and whether they may be given out from here."""
        self._desk.query(seats, self._show_rows, owner=self, on_error=self._say)
        self._desk.query(own_seat, self._allow, owner=self, on_error=self._say)

    def add(self) -> None:
        """Give a seat, or change the one of that login."""
        commit_typing()
        self._desk.notifier.clear_fields(self)
        role = str(self.role.currentData())
        self._desk.perform(
            add_seat,
            on_done=partial(self._done, _("The seat is given.")),
            on_error=self._say,
            login=self.login.text(),
            role=role,
            course=self.course.currentData() if role == _HOST else None,
            name=self.name.text(),
            password=self.password.text() or None,
            actor=self._desk.actor,
        )

    def remove(self) -> None:
        """Take the chosen seat back."""
        at = self.table.currentIndex().row()
        if 0 <= at < len(self.rows):
            self._desk.perform(
                remove_seat,
                on_done=partial(self._done, _("The seat is taken back.")),
                on_error=self._say,
                login=self.rows[at].login,
                actor=self._desk.actor,
            )

    # --- showing

    def _done(self, text: str, _change: ChangeSet) -> None:
        self.password.clear()
        self.notice.show_message(text, "good")
        self.reload()

    def _say(self, error: Exception) -> None:
        if isinstance(error, AppError) and "field" in error.params:
            self._desk.notifier.show(error, self)
        else:
            self.notice.show_message(texts.message(error), "wrong")
            if not self.rows:  # the bar says why; "enter a login" would contradict it
                self.table.empty.say(_("No seats can be shown"), "")

    def _allow(self, own: OwnSeat) -> None:
        for button in (self.add_button, self.remove_button):
            button.setEnabled(own.may_administer)

    def _show_courses(self, found: Sequence[CourseRow]) -> None:
        for one in found:
            self.course.addItem(one.short_name, one.sign)

    def _show_course(self) -> None:
        self.course.setEnabled(self.role.currentData() == _HOST)

    def _show_rows(self, found: Any) -> None:
        self.rows = tuple(found)
        headings = (_("Login"), _("Role"), _("Course"), _("Name"))
        rows = [(one.login, texts.term("seat_role", one.role), one.course, one.name) for one in self.rows]
        self.model.show_rows(headings, rows)
        fit_columns(self.table, headings, rows)
        give_room_to(self.table, len(headings) - 1)
        self.table.empty.say(
            _("No seats yet"), _("Enter a login at the right: it can then work with this database.")
        )
        self.table.show_emptiness()

    def _fill(self) -> None:
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.rows):
            return
        one = self.rows[at]
        self.login.setText(one.login)
        self.name.setText(one.name)
        self.role.setCurrentIndex(self.role.findData(one.role.value))
        if one.course:
            self.course.setCurrentIndex(self.course.findText(one.course))

    def _lay_out(self) -> None:
        form = Panel(_("One seat"))
        form.body.addWidget(FormField("login", _("Login on the server"), self.login, required=True))
        form.body.addWidget(FormField("role", _("Role"), self.role))
        form.body.addWidget(FormField("course", _("Course of the host department"), self.course))
        form.body.addWidget(FormField("name", _("Whose seat it is"), self.name))
        form.body.addWidget(
            FormField(
                "password",
                _("Password"),
                self.password,
                support=_("Only for a new login, or to change it. It is kept on the server alone."),
            )
        )
        form.body.addStretch(1)
        form.body.addLayout(row(None, self.add_button))
        form.setFixedWidth(340)
        middle = QHBoxLayout()
        middle.setSpacing(Space.L)
        middle.addWidget(self.table, 1)
        middle.addWidget(form)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(TextLabel(_("Seats of this database"), "heading"))
        column.addWidget(
            RunningText(
                _(
                    "A clerk does everything, a reader changes nothing, a host department sees the people "
                    "of its own course only. The server itself keeps to it."
                ),
                "neutral",
            )
        )
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addLayout(row(self.remove_button, None, self.close_button))

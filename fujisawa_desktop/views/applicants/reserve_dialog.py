"""補欠と繰上げ: the order of the reserves before it is announced, and moving up after a withdrawal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.promotion import (
    CourseReserves,
    ReserveOverview,
    ReserveRow,
    order_reserves,
    promote,
    ranks_form,
    ranks_seen,
    reserves,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others, shown_value
from fujisawa_desktop.views.widgets import (
    FormField,
    LineEdit,
    PillText,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table


class ReserveDialog(QDialog):
    """The reserves of each course; one moves up when a withdrawal left a place free.

    Signals:
        promoted(str): number of the person who moved up.
    """

    promoted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, course_id: int | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._course_id = course_id
        self._order: list[ReserveRow] = []
        self.overview: ReserveOverview | None = None
        self.setWindowTitle(_("Reserves and promotion"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 600)
        self.course_box = QComboBox()
        self.course_box.setMinimumWidth(280)
        self.course_box.currentIndexChanged.connect(lambda _at: self._show_course())
        self.summary = RunningText("")
        self.problem = RunningText("", "wrong")
        self.problem.hide()
        self.model = PillTableModel(4, self)
        self.table = pill_table(_("Reserves"), self.model, 4)
        self.table.empty.say(_("This course has no reserves."))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_row())
        self.up = SecondaryButton(_("Rank higher"), lambda: self.shift(-1))
        self.down = SecondaryButton(_("Rank lower"), lambda: self.shift(1))
        self.until: ValueEdit[date] = ValueEdit(parse_date, format_date, width=170)
        self.save = SecondaryButton(_("Save the order"), self.save_order)
        self.reason = LineEdit()
        self.reason_field = FormField(
            "reason", _("Why a better rank is passed over"), self.reason, required=True
        )
        self.why_not = RunningText("", "neutral")
        self.go = PrimaryButton(_("Move up"), self.move_up)
        self.stop = SecondaryButton(_("Close"), self.reject)
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(FormField("course", _("Course"), self.course_box))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        self.until_field = FormField("valid_until", _("Can move up until"), self.until)
        order = row(self.until_field, Space.M, self.up, self.down, None, self.save)
        for button in (self.up, self.down, self.save):
            order.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(order)
        for widget in (self.reason_field, self.why_not, self.problem):
            column.addWidget(widget)
        column.addLayout(row(None, self.stop, self.go))

    # --- looking -------------------------------------------------------------

    def look(self) -> None:
        """Read the reserves."""
        self._desk.query(
            reserves,
            self._show,
            owner=self,
            latest="applicants.reserves",
            programme_id=self._desk.programme_id,
            today=self._desk.today(),
        )

    def _show(self, overview: ReserveOverview) -> None:
        self.overview = overview
        wanted = self._course_id or self.course_box.currentData()
        self._course_id = None
        with QSignalBlocker(self.course_box):
            self.course_box.clear()
            for course in overview.courses:
                self.course_box.addItem(course.course, course.course_id)
            at = self.course_box.findData(wanted)
            with_reserves = [at for at, course in enumerate(overview.courses) if course.rows]
            self.course_box.setCurrentIndex(at if at >= 0 else (with_reserves or [0])[0])
        self._show_course()

    def course(self) -> CourseReserves | None:
        """Return the course that is looked at."""
        at = self.course_box.currentIndex()
        return self.overview.courses[at] if self.overview is not None and at >= 0 else None

    def _show_course(self) -> None:
        course = self.course()
        if course is None or self.overview is None:
            return
        self._order = list(course.rows)
        self.summary.set_text(
            _("{passes} passes for {capacity} places; {free} became free by withdrawals.").format(
                passes=course.passes, capacity=course.capacity, free=course.free
            )
        )
        days = {one.valid_until for one in course.rows if not one.is_announced}
        self.until.set_value(next(iter(days)) if len(days) == 1 and None not in days else None)
        if self.until.value() is None:
            self.until.set_value(self.overview.default_until)
        turn = course.next
        self._show_order(self._order.index(turn) if turn is not None else 0)

    def _show_order(self, at: int) -> None:
        first = 1 + max((one.rank or 0 for one in self._order if one.is_announced), default=0)
        ranks: list[str] = []
        for one in self._order:
            ranks.append(str(one.rank or "") if one.is_announced else str(first))
            first += not one.is_announced
        default = self.overview.default_until if self.overview else None
        self.model.show_pills(
            (_("Rank"), _("Number"), _("Name"), _("Can move up until"), _("State")),
            [
                (rank, one.number, one.name, format_date(until) if until else "", "")
                for rank, one in zip(ranks, self._order, strict=True)
                for until in (one.valid_until or default,)
            ],
            [[_state(one, self.course())] for one in self._order],
        )
        self.table.set_widths({0: 64, 1: 130, 2: 200, 3: 170})
        if self._order:
            self.table.select_row(at)
        self._show_row()

    def current(self) -> ReserveRow | None:
        """Return the reserve that is chosen."""
        at = self.table.currentIndex().row()
        return self._order[at] if 0 <= at < len(self._order) else None

    def _show_row(self) -> None:
        one, writable = self.current(), not self._desk.read_only
        noted = one is not None and not one.is_announced and writable
        announced = one is not None and one.is_announced and writable
        for widget in (self.up, self.down, self.save, self.until_field):
            widget.setEnabled(noted)
        possible = announced and one is not None and not one.refusal
        self.go.setEnabled(possible)
        self.reason_field.setVisible(possible and one is not None and one.needs_reason)
        told = ""
        if noted:
            told = _(
                "The order is noted and becomes known with the announcement; it can be changed until then."
            )
        elif one is not None and one.refusal:
            told = texts.message_for(one.refusal, {})
        self.why_not.set_text(told)
        self.why_not.setVisible(bool(told))

    # --- doing ---------------------------------------------------------------

    def shift(self, by: int) -> None:
        """Give the chosen noted reserve a better or a worse rank."""
        at = self.table.currentIndex().row()
        to = at + by
        if (
            0 <= to < len(self._order)
            and not self._order[to].is_announced
            and not self._order[at].is_announced
        ):
            self._order[at], self._order[to] = self._order[to], self._order[at]
            self._show_order(to)

    def save_order(self) -> None:
        """Give the noted reserves the ranks of the list."""
        noted = [one.application_id for one in self._order if not one.is_announced]
        try:
            until = self.until.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self.problem.hide()
        course = self.course()
        rows = [one for one in course.rows if not one.is_announced] if course is not None else []
        names = {one.application_id: one.name for one in rows}
        saving = Saving(
            order_reserves,
            base=ranks_seen(rows),
            read=partial(ranks_form, application_ids=noted),
            row=RowOf(
                "decision",
                also=tuple(RowOf("decision", where=(("application_id", key),)) for key in noted),
            ),
            words=FormWords(
                self,
                labels={"order": _("Rank"), "until": _("Can move up until")},
                values={
                    "order": lambda order: " → ".join(names.get(key, "") for key in order),
                    "until": lambda days: _(", ").join(dict.fromkeys(map(shown_value, days))),
                },
            ),
            owner=self,
            on_done=self._done,
            on_error=self._fail,
            aside=frozenset({"seen"}),
            given=lambda form: {"seen": form.seen},
            more={"application_ids": noted, "valid_until": until},
            whole=True,
        )
        mine = replace(saving.base, order=tuple(noted), until=(until,) * len(noted))
        save_beside_others(self._desk, saving, mine)

    def move_up(self) -> None:
        """Let the chosen reserve move up."""
        one = self.current()
        if one is None:
            return
        if one.needs_reason and not self.reason.text().strip():
            self._desk.notifier.show(ValidationError("promotion.reason-needed", field="reason"), self)
            self.reason.setFocus()
            return
        self.problem.hide()

        def done(_change: ChangeSet) -> None:
            self.promoted.emit(one.number)
            self.accept()

        self._desk.perform(
            promote,
            on_done=done,
            on_error=self._fail,
            application_id=one.application_id,
            reason=self.reason.text(),
            today=self._desk.today(),
            actor=self._desk.actor,
        )

    def _done(self, change: ChangeSet) -> None:
        count = change.label.params.get("count", 0)
        text = ngettext("{count} rank saved.", "{count} ranks saved.", int(str(count)))
        self._desk.notifier.say(text.format(count=count))
        self.look()

    def _fail(self, error: Exception) -> None:
        self.problem.set_text(texts.message(error))
        self.problem.show()


def _state(one: ReserveRow, course: CourseReserves | None) -> PillText:
    if not one.is_announced:
        return _("Noted"), "key"
    if course is not None and course.next is one:
        return _("Next to move up"), "good"
    return _("Announced"), "neutral"

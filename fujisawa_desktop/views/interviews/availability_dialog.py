"""面接可能な日時: what a person wrote, what was read from it, and the grid a clerk confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.availability_grid import Frame
from fujisawa_desktop.rules.availability_text import Reading, read_availability
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.hours import minute_of_day
from fujisawa_desktop.services.availability import (
    TimesOfPerson,
    ToAsk,
    interview_frame,
    people_to_ask,
    times_of_person,
)
from fujisawa_desktop.services.availability_forms import PersonTimesForm
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.leaving import leave
from fujisawa_desktop.views.interviews.need_form import NeedForm
from fujisawa_desktop.views.interviews.settings_form import read
from fujisawa_desktop.views.interviews.time_grid import TimeGrid
from fujisawa_desktop.views.interviews.times_saving import person_times_saving
from fujisawa_desktop.views.interviews.written_text import WrittenText, reading_rows
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.open_record import OpenRecord
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    NoticeBar,
    Panel,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class AvailabilityDialog(QDialog):
    """One person after the other: read, look, confirm.

    Attributes:
        person: who is shown; None while nobody waits.
        reading: what was read from the text.
        by_hand: the grid was painted since it was last read.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None, applicant_id: int | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = applicant_id
        self._people: tuple[ToAsk, ...] = ()
        self._frame: Frame | None = None
        self._places: list[tuple[int, int]] = []
        self.person: TimesOfPerson | None = None
        self.reading: Reading | None = None
        self.by_hand = False
        self._before: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("When people can come"))
        self.resize(1180, 720)
        self.notice = NoticeBar()
        self.who = QComboBox()
        self.who.setAccessibleName(_("Person"))
        self.who.setMinimumWidth(500)
        self.left_over = TextLabel("", "secondary")
        self.text = WrittenText()
        self.received: ValueEdit[date] = ValueEdit(parse_date, lambda day: f"{day:%Y/%m/%d}", width=110)
        self.model = TextTableModel(self)
        self.table = DataTable(_("How the text was read"))
        self.table.setModel(self.model)
        self.grid = TimeGrid(_("Times this person can come"))
        self.need = NeedForm()
        self.again = SecondaryButton(_("Read the text again"), self.read_again)
        self.keep = SecondaryButton(_("Keep for later"), self.keep_for_later)
        self.confirm = PrimaryButton(_("Confirm, and on to the next who has not answered"), self.save)
        self.record: OpenRecord[PersonTimesForm] = OpenRecord(
            desk, self, again=self._read_again, save=self.save
        )
        self._lay_out()
        self.who.activated.connect(self._chosen)
        self.text.textChanged.connect(self._text_changed)
        self.grid.painted.connect(self._painted)
        self.table.clicked.connect(self._show_place)
        self.table.activated.connect(self._show_place)
        for button in (self.confirm, self.keep, self.again):
            button.setEnabled(False)
        desk.query(interview_frame, self._take_frame, owner=self, programme_id=desk.programme_id)

    # acts

    def read_again(self) -> None:
        """Take the grid from the text, whatever was painted."""
        self.by_hand = False
        self._read()

    def save(self) -> None:
        """Record text, times and needs as looked at, and go on."""
        self._save(confirmed=True)

    def keep_for_later(self) -> None:
        """Record the text, to be looked at later; times stay as they are stored."""
        self._save(confirmed=False)

    def _save(self, *, confirmed: bool) -> None:
        if self.person is None or self.record.saving is None or self._desk.read_only:
            return
        self.notice.close_message()
        self._desk.notifier.clear_fields(self)
        try:
            need, received = self.need.need(), read(self.received, "received")
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        self._enable(on=False)
        base = self.record.saving.base
        self.record.save(
            replace(
                base,
                text=self.text.text(),
                received_on=received,
                windows=self.grid.times().windows() if confirmed else base.windows,
                confirmed=confirmed,
                finish_by=need.finish_by,
                minutes=need.minutes,
                needs_support=need.needs_support,
                note=need.note,
            )
        )

    def _saved(self, _change: ChangeSet) -> None:
        done = self.person.applicant_id if self.person is not None else None
        self._desk.query(
            people_to_ask,
            lambda people: self._go_on(people, done),
            owner=self,
            programme_id=self._desk.programme_id,
        )

    def _failed(self, error: Exception) -> None:
        self._enable(on=True)
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self)
        else:
            self.notice.show_message(texts.message(error), "wrong")

    # people

    def _take_frame(self, frame: Frame) -> None:
        self._frame = frame
        self._desk.query(
            people_to_ask,
            lambda people: self._go_on(people, None),
            owner=self,
            programme_id=self._desk.programme_id,
        )

    def _go_on(self, people: tuple[ToAsk, ...], done: int | None) -> None:
        """Show the person asked for, else the next one after ``done`` who has not answered."""
        self._people = people
        self.who.clear()
        for one in people:
            self.who.addItem(_person_line(one), one.applicant_id)
        silent = sum(1 for one in people if not one.answered)
        self.left_over.setText(
            ngettext(
                "{count} of {total} has not answered", "{count} of {total} have not answered", silent
            ).format(count=silent, total=len(people))
        )
        following = self._following(done)
        if self._wanted is not None:
            following, self._wanted = self._wanted, None
        if following is None:
            self._nobody()
            return
        self._load(following)
        if done is not None and not silent:
            self.notice.show_message(_("Everybody has answered."), "good")

    def _following(self, done: int | None) -> int | None:
        ids = [one.applicant_id for one in self._people]
        start = ids.index(done) + 1 if done in ids else 0
        turn = [*self._people[start:], *self._people[:start]]
        waiting = next((one.applicant_id for one in turn if not one.answered), None)
        return waiting if waiting is not None else (done if done in ids else ids[0] if ids else None)

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._people):
            if self.person is not None:
                self.who.setCurrentIndex(self.who.findData(self.person.applicant_id))
            wanted = self._people[at].applicant_id
            leave(self.notice, lambda: self._load(wanted), unsaved=self.has_changed())

    def reject(self) -> None:
        """Close, unless something would be lost."""
        leave(self.notice, super().reject, unsaved=self.has_changed())

    def has_changed(self) -> bool:
        """Return whether something was typed or painted since the person was shown."""
        return self.person is not None and not self._desk.read_only and self._entered() != self._before

    def _entered(self) -> tuple[object, ...]:
        return self.text.text(), self.received.text(), self.grid.times(), self.need.typed()

    def _read_again(self) -> None:
        """Show what is stored now in place of what was typed and painted."""
        if self.person is not None:
            self._load(self.person.applicant_id)

    def _load(self, applicant_id: int) -> None:
        self._desk.query(
            times_of_person,
            self._show,
            owner=self,
            latest="interviews.availability",
            programme_id=self._desk.programme_id,
            applicant_id=applicant_id,
        )

    def _nobody(self) -> None:
        self.person = None
        self._enable(on=False)
        self.left_over.setText("")
        self.text.setReadOnly(True)
        if self._frame is not None:
            self.grid.editable = False
            self.grid.show_times(self._frame.nothing())
        self.notice.show_message(
            _("Nobody is to be interviewed yet. Announce the first screening, then come back."), "neutral"
        )

    def _show(self, person: TimesOfPerson) -> None:
        if self._frame is None:
            return
        self.person = person
        self.record.open(
            person_times_saving(
                person,
                self._frame,
                self._desk.programme_id,
                self,
                on_done=self._saved,
                on_error=self._failed,
                on_stop=partial(self._enable, on=True),
            )
        )
        self.who.setCurrentIndex(max(self.who.findData(person.applicant_id), 0))
        self.by_hand = bool(person.windows) and (person.is_confirmed or not person.text)
        self.received.set_value(person.received_on)
        self.need.show_need(person.need)
        with QSignalBlocker(self.text):
            self.text.set_text(person.text)
        self._read()
        if self.by_hand:
            self.grid.show_times(self._frame.from_windows(person.windows), None, self._booked())
        self._before = self._entered()
        self._enable(on=True)
        (self.grid if person.text else self.text).setFocus()

    def _booked(self) -> list[tuple[date, int, int]]:
        spans = self.person.booked if self.person is not None else ()
        return [
            (start.date(), minute_of_day(start.time()), minute_of_day(end.time())) for start, end in spans
        ]

    # reading and painting

    def _text_changed(self) -> None:
        if self.person is not None:
            self._read()

    def _read(self) -> None:
        """Read the text; the grid follows unless it was painted by hand."""
        if self._frame is None:
            return
        text = self.text.text()
        self.reading = reading = read_availability(text, self._frame)
        self.text.show_reading(reading)
        rows = reading_rows(text, reading)
        self._places = [(start, end) for start, end, _cells in rows]
        self.model.show_rows((_("Sign"), _("As written"), _("Read as")), [cells for *_place, cells in rows])
        self.table.set_widths({0: 44, 1: 132})
        self.table.resizeRowsToContents()
        self.table.show_emptiness()
        if not self.by_hand:
            self.grid.show_times(reading.free, reading.maybe, self._booked())
        self._show_again()

    def _painted(self) -> None:
        self.by_hand = True
        self._show_again()

    def _show_again(self) -> None:
        useful = self.by_hand and bool(self.text.text().strip())
        self.again.setEnabled(useful and not self._desk.read_only)

    def _show_place(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._places):
            self.text.go_to(*self._places[index.row()])

    def _enable(self, *, on: bool) -> None:
        editable = on and not self._desk.read_only
        self.confirm.setEnabled(editable)
        self.keep.setEnabled(editable)
        self.need.setEnabled(self.person is not None and not self._desk.read_only)
        self.received.setReadOnly(self.person is None or self._desk.read_only)
        self.grid.editable = not self._desk.read_only
        self.text.setReadOnly(self._desk.read_only)
        self._show_again()

    # layout

    def _lay_out(self) -> None:
        left = Panel(_("As the person wrote it"), margin=Space.M)
        left.body.addWidget(self.text)
        left.body.addLayout(row(FormField("received", _("Received on"), self.received), None, self.again))
        left.body.addWidget(self.table, 1)
        self.table.setWordWrap(True)
        self.table.empty.say(
            _("Nothing to read yet"),
            _("Paste what the person wrote above, or paint the times at the right."),
        )
        left.setFixedWidth(430)
        right = Panel(_("Times this person can come"), margin=Space.M)
        right.body.addWidget(self.grid, 1)
        right.body.addWidget(RunningText(grid_help(), "neutral"))
        right.body.addWidget(self.need)
        columns = QHBoxLayout()
        columns.setSpacing(Space.M)
        columns.addWidget(left)
        columns.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.L, Space.M, Space.L, Space.L)
        whole.setSpacing(Space.M)
        whole.addLayout(row(self.who, self.left_over, None))
        whole.addWidget(self.record.hint)
        whole.addWidget(self.notice)
        whole.addLayout(columns, 1)
        close = SecondaryButton(_("Close"), self.reject)
        close.setAutoDefault(False)
        whole.addLayout(row(close, None, self.keep, self.confirm))


def grid_help() -> str:
    """Return what the mouse and the keys do on the grid."""
    return _(
        "Drag the mouse, or: arrows go, Space sets half an hour, Shift with arrows paints on, "
        "D the day, A the morning, P the afternoon, X everything."
    )


def _person_line(one: ToAsk) -> str:
    state = _("answered") if one.answered else _("not answered")
    if one.unconfirmed:
        state = _("to be confirmed")
    return _("{name} ({number}): {state}").format(name=one.name, number=one.number, state=state)

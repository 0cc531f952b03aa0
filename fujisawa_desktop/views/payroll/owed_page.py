"""未提出書類の一覧: who still has to hand in what; several are received at once, the list is a file."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.hand_ins import HandInKind, HandInState
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.exports_journal import record_list
from fujisawa_desktop.services.hand_in_lists import owed_table
from fujisawa_desktop.services.hand_ins import Owed, owed_hand_ins, receive_hand_ins
from fujisawa_desktop.services.table_files import table_file
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.printing import PrintJob, ask_printer, print_pages
from fujisawa_desktop.views.papers.table_saving import TableSaver
from fujisawa_desktop.views.payroll.appointment_papers_page import STATE_TONES
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    MenuButton,
    PrimaryButton,
    RunningText,
    TextLabel,
    ValueEdit,
    commit_typing,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table

_STATE = 6
_EVERY = ""


class OwedPage(QWidget):
    """The list of papers that are needed and have not come.

    Signals:
        done(str, str): what was stored or written, and the tone to say it in.
        failed(object): why something was not.
        person_wanted(int): show this appointment.
        guide_wanted(object): write to the people with these numbers.

    Attributes:
        owed: everything that is still to come.
        shown: the lines in sight.
    """

    done = Signal(str, str)
    failed = Signal(object)
    person_wanted = Signal(int)
    guide_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.owed: tuple[Owed, ...] = ()
        self.shown: tuple[Owed, ...] = ()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Paper to hand in"))
        self.kind.addItem(_("All papers"), _EVERY)
        for kind in HandInKind:
            self.kind.addItem(texts.term("hand-in", kind), kind.value)
        self.only_overdue = QCheckBox(_("Only what is overdue"))
        self.summary = RunningText("")
        self.model = PillTableModel(_STATE, self)
        self.table = pill_table(_("Papers still to come"), self.model, _STATE)
        self.day = ValueEdit(parse_date, format_date, width=190)
        self.day.set_value(desk.today())
        self.day.setAccessibleName(_("Day on which the papers came"))
        self.receive_button = PrimaryButton(_("Record as received"), self.receive)
        self.more = MenuButton(_("Export, print, write…"))
        self.saver = TableSaver(desk, self, lambda told: self.done.emit(told, "good"))
        self.more.add(_("Export the list…"), self.export)
        self.more.add(_("Print the list…"), self.print)
        self.more.add(_("Letters about papers to hand in…"), self.write)
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda _at: self._fill())
        self.only_overdue.toggled.connect(lambda _on: self._fill())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.table.activated.connect(lambda index: self._go(index.row()))
        self.table.doubleClicked.connect(lambda index: self._go(index.row()))
        self._enable()

    # --- what is shown

    def reload(self) -> None:
        """Read the list again."""
        self._desk.query(
            owed_hand_ins,
            self._show,
            owner=self,
            latest="appointment.owed",
            on_error=self.failed.emit,
            programme_id=self._desk.programme_id,
            today=self._desk.today(),
        )

    def _show(self, owed: tuple[Owed, ...]) -> None:
        self.owed = owed
        people = len({one.member.appointment_id for one in owed})
        overdue = sum(one.state is HandInState.OVERDUE for one in owed)
        text = ngettext(
            "{papers} papers of {count} person are still to come; {overdue} are overdue.",
            "{papers} papers of {count} people are still to come; {overdue} are overdue.",
            people,
        )
        self.summary.set_text(text.format(papers=len(owed), count=people, overdue=overdue) if owed else "")
        self._fill()

    def _fill(self) -> None:
        kind, overdue = self.kind.currentData(), self.only_overdue.isChecked()
        before = {(one.member.appointment_id, one.row.kind) for one in self.chosen()}
        self.shown = tuple(
            one
            for one in self.owed
            if kind in {_EVERY, one.row.kind.value} and (one.state is HandInState.OVERDUE or not overdue)
        )
        self._say_why_empty()
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show_pills(
                (
                    _("Name"),
                    _("Number"),
                    _("Course"),
                    _("Paper to hand in"),
                    _("Asked for"),
                    _("Due"),
                    _("State"),
                ),
                [_cells(one) for one in self.shown],
                [[(texts.term("hand-in-state", one.state), STATE_TONES[one.state])] for one in self.shown],
            )
        self.table.set_widths({0: 180, 1: 130, 2: 150, 3: 260, 4: 150, 5: 150})
        place = next(
            (at for at, one in enumerate(self.shown) if (one.member.appointment_id, one.row.kind) in before),
            0,
        )
        if self.shown:
            self.table.select_row(place)
        self._enable()

    def _say_why_empty(self) -> None:
        if self.owed:
            self.table.empty.say(_("Nothing fits"), _("No paper that is still to come is of this kind."))
        else:
            self.table.empty.say(
                _("Nothing is missing"), _("Every paper that is needed has come, or nobody is appointed.")
            )
        self.table.show_emptiness()

    def chosen(self) -> tuple[Owed, ...]:
        """Return the lines that are chosen."""
        return tuple(self.shown[at] for at in self.table.selected_rows() if at < len(self.shown))

    def _enable(self) -> None:
        may = bool(self.chosen()) and not self._desk.read_only
        self.receive_button.setEnabled(may)
        for action in self.more.menu().actions():
            action.setEnabled(bool(self.shown))

    def _go(self, at: int) -> None:
        if at < len(self.shown):
            self.person_wanted.emit(self.shown[at].member.appointment_id)

    # --- what can be done

    def receive(self) -> None:
        """Record that the chosen papers came on the day typed."""
        commit_typing()
        try:
            day = self.day.value()
        except ValidationError as error:
            self.failed.emit(error)
            self.day.setFocus()
            return
        chosen = self.chosen()
        if chosen and self.receive_button.isEnabled():
            self._desk.perform(
                receive_hand_ins,
                places=[(one.member.appointment_id, one.row.kind) for one in chosen],
                received_on=day or self._desk.today(),
                actor=self._desk.actor,
                on_done=partial(self._received, day or self._desk.today()),
                on_error=self.failed.emit,
            )

    def _received(self, day: date, change: ChangeSet) -> None:
        count = int(change.label.params.get("count", 0))
        text = ngettext(
            "{count} paper is recorded as received on {day}.",
            "{count} papers are recorded as received on {day}.",
            count,
        )
        self.done.emit(text.format(count=count, day=format_date(day)), "good")

    def export(self) -> None:
        """Write the lines in sight to a file."""
        self.saver.save(owed_table(self.shown))

    def write(self) -> None:
        """Write to the people in sight, or to those chosen, about what is missing."""
        lines = self.chosen() or self.shown
        self.guide_wanted.emit(list(dict.fromkeys(one.member.number for one in lines)))

    def print(self) -> None:
        """Print the lines in sight."""
        made = datetime.now()
        table = owed_table(self.shown)
        self._desk.query(
            lambda _database: table_file(table, "pdf", texts.paper_term, made_at=made),
            self._to_printer,
            owner=self,
            on_error=self.failed.emit,
        )

    def _to_printer(self, pdf: bytes) -> None:
        job = PrintJob(pdf, texts.paper_term("list", "hand-ins"), "hand-ins")
        printer = ask_printer(job, self._desk.settings, self)
        if printer is None:
            return
        self._desk.tasks.run_long(
            _("Printing"),
            lambda progress: print_pages(job, printer, progress),
            partial(self._printed, len(self.shown)),
            self.failed.emit,
            writes=False,
            owner=self,
        )

    def _printed(self, lines: int, count: int) -> None:
        self._desk.perform(
            record_list, file_format="print", count=lines, name="hand-ins", actor=self._desk.actor
        )
        text = ngettext(
            "{count} page was sent to the printer.", "{count} pages were sent to the printer.", count
        )
        self.done.emit(text.format(count=f"{count:,}"), "good")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(row(self.kind, Space.M, self.only_overdue, None, self.more))
        column.addWidget(self.summary)
        column.addWidget(self.table, 1)
        column.addLayout(row(None, TextLabel(_("Came on")), self.day, self.receive_button))


def _cells(one: Owed) -> tuple[str, ...]:
    asked, due = one.row.asked_on, one.row.due_on
    return (
        one.member.name,
        one.member.number,
        one.member.course_short,
        texts.term("hand-in", one.row.kind),
        format_date(asked) if asked else "",
        format_date(due) if due else "",
        "",
    )

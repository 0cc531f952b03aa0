"""発表前の点検: everything is looked at first, then all results are announced together or none."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QHeaderView, QRadioButton, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import Cancelled, ValidationError
from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.rehearsal import Check, Outcome, Rehearsal, rehearse
from fujisawa_desktop.services.selection import ReleaseResult, release
from fujisawa_desktop.services.selection_check import CourseRelease
from fujisawa_desktop.views.applicants.bulk_bar import BULK_FROM, BulkBar
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tasks import Job
from fujisawa_desktop.views.theme import ROW_HEIGHT, Space, Tone
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextLabel,
    ValueEdit,
    row,
)
from fujisawa_desktop.views.widgets.pill_table import PillTableModel, pill_table
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_SOON_MILLISECONDS: Final = 400
"""Checks of a few hundred results are over before it is worth telling how far they are."""
_TONES: Final[dict[Outcome, Tone]] = {
    Outcome.OK: "good",
    Outcome.CAUTION: "caution",
    Outcome.REASON: "caution",
    Outcome.STOP: "wrong",
}


class ReleaseDialog(QDialog):
    """Shows the checks and the figures of one screening, and announces it.

    Signals:
        released(ReleaseResult): the results are announced.
        undecided_wanted(Stage): look at the people without a result first.
        person_wanted(int): look at one entry first.
        people_wanted(str, object): look at the entries a check is about; what it is called, and their ids.
    """

    released = Signal(object)
    undecided_wanted = Signal(object)
    person_wanted = Signal(int)
    people_wanted = Signal(str, object)

    def __init__(self, desk: Desk, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stage = stage
        self.rehearsal: Rehearsal | None = None
        self._looking: Job | None = None
        self._round = 0
        self.shown: tuple[Check, ...] = ()
        self.setWindowTitle(_("Check before announcing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1000, 750)
        self._make_stages()
        self._make_tables()
        self._make_answer()
        self._lay_out()
        self.look()

    # --- layout --------------------------------------------------------------

    def _make_stages(self) -> None:
        self.first_radio = QRadioButton(_("1st screening"))
        self.final_radio = QRadioButton(_("Final screening"))
        self._stages = QButtonGroup(self)
        for radio, stage in ((self.first_radio, Stage.FIRST), (self.final_radio, Stage.FINAL)):
            self._stages.addButton(radio)
            radio.setChecked(stage is self.stage)
        self.first_radio.toggled.connect(self._switch)

    def _make_tables(self) -> None:
        self.model = TextTableModel(self)
        self.table = DataTable(_("Results by course"))
        self.table.setModel(self.model)
        self.check_model = PillTableModel(0, self)
        self.checks = pill_table(_("Checks"), self.check_model, 0)
        self.checks.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_people())
        self.people_title = TextLabel("", "bold")
        self.people_model = TextTableModel(self)
        self.people = DataTable(_("People concerned"))
        self.people.setModel(self.people_model)
        self.people.activated.connect(lambda _index: self._go_to_person())
        self.people.empty.say(_("Nobody is concerned by this check."))
        self.go_to = SecondaryButton(_("Show this person in the list"), self._go_to_person)
        self.all_of_them = SecondaryButton(_("Show all of them in the list"), self._show_all)
        self.undecided = SecondaryButton(_("Show those without a result"), self._show_undecided)

    def _make_answer(self) -> None:
        self.summary = RunningText(_("Looking at what would be announced…"))
        self.caution = RunningText("", "caution")
        self.caution.hide()
        self.problem = RunningText("", "wrong")
        self.problem.hide()
        self.reason = LineEdit()
        self.reason_field = FormField(
            "reason", _("Why more people pass than there are places"), self.reason, required=True
        )
        self.reserve_until: ValueEdit[date] = ValueEdit(parse_date, format_date, width=170)
        self.until_field = FormField("reserve_until", _("Reserves can move up until"), self.reserve_until)
        self.go = PrimaryButton(_("Announce"), self.announce)
        self.go.setEnabled(False)
        self.stop = SecondaryButton(_("Cancel"), self.reject)
        self.bar = BulkBar(self._desk, _("Announce"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.S)
        title = TextLabel(_("Check before announcing"), "title")
        column.addLayout(row(title, Space.XL, self.first_radio, Space.M, self.final_radio, None))
        for widget in (self.summary, self.table):
            column.addWidget(widget)
        column.addWidget(self.checks, 3)
        column.addLayout(row(self.people_title, None, self.undecided, self.all_of_them, self.go_to))
        column.addWidget(self.people, 2)
        for widget in (self.caution, self.problem):
            column.addWidget(widget)
        column.addLayout(row(self.until_field, Space.M, self.reason_field))
        column.addWidget(self.bar)
        column.addLayout(row(None, self.stop, self.go))

    # --- looking -------------------------------------------------------------

    def _switch(self) -> None:
        self.stage = Stage.FIRST if self.first_radio.isChecked() else Stage.FINAL
        self.look()

    def look(self) -> None:
        """Make all checks of the screening chosen; of very many letters it shows how far they are."""
        self._stop_looking()
        self.rehearsal = None
        for button in (self.go, self.go_to, self.all_of_them):
            button.setEnabled(False)
        for widget in (self.undecided, self.until_field, self.reason_field):
            widget.hide()
        self.problem.hide()
        self.summary.set_text(_("Looking at what would be announced…"))
        now = self._round
        self._looking = self._desk.query(
            rehearse,
            partial(self._take, now),
            owner=self,
            busy=_("Check before announcing"),
            on_error=partial(self._fail_look, now),
            programme_id=self._desk.programme_id,
            stage=self.stage,
        )
        self.bar.watch(self._looking, after=_SOON_MILLISECONDS)

    def _stop_looking(self) -> None:
        """Let go of checks under way; nobody waits for what they find."""
        self._round += 1
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
            self.bar.end()

    def _take(self, asked: int, rehearsal: Rehearsal) -> None:
        if asked == self._round:
            self._looking = None
            self.bar.end()
            self._show(rehearsal)

    def _fail_look(self, asked: int, error: Exception) -> None:
        if asked == self._round:
            self._looking = None
            self._fail(error)

    def _show(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        order = list(Outcome)
        self.shown = tuple(sorted(rehearsal.checks, key=lambda check: -order.index(check.outcome)))
        self._show_courses(rehearsal)
        self._show_checks()
        count = rehearsal.foresight.announced
        self.summary.set_text(
            ngettext(
                "{count} result becomes known at once, and the letters can be made. "
                "It can be undone until the first letter or mail is issued.",
                "{count} results become known at once, and the letters can be made. "
                "It can be undone until the first letter or mail is issued.",
                count,
            ).format(count=f"{count:,}")
            if count
            else _("No results are noted yet. Choose people in the list and decide about them first.")
        )
        cautions = _cautions(rehearsal)
        self.caution.set_text("\n".join(cautions))
        self.caution.setVisible(bool(cautions))
        self.undecided.setVisible(bool(rehearsal.foresight.undecided))
        final = rehearsal.stage is Stage.FINAL
        self.until_field.setVisible(final)
        self.reserve_until.set_value(rehearsal.reserve_until)
        self.reason_field.setVisible(rehearsal.needs_reason)
        self.go.setText(
            ngettext("Announce {count} result", "Announce {count} results", count).format(count=f"{count:,}")
        )
        self.go.setEnabled(rehearsal.can_release and not self._desk.read_only)
        (self.go if self.go.isEnabled() else self.stop).setFocus()

    def _show_courses(self, rehearsal: Rehearsal) -> None:
        final = rehearsal.stage is Stage.FINAL
        headings = _headings(final=final)
        rows = [_cells(course, final=final) for course in rehearsal.foresight.courses]
        self.model.show_rows(headings, rows, figures=range(1, len(headings)))
        self.table.setFixedHeight(ROW_HEIGHT * (len(rows) + 1) + 2)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(dict.fromkeys(range(1, len(headings)), 86))
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def _show_checks(self) -> None:
        """Show the checks, those to look at first."""
        self.check_model.show_pills(
            ("", _("Check"), _("What was found")),
            [("", texts.term("rehearsal-check", check.code), sentence(check)) for check in self.shown],
            [[(texts.term("rehearsal", check.outcome), _TONES[check.outcome])] for check in self.shown],
        )
        self.checks.set_widths({0: 92, 1: 132})
        self.checks.select_row(0)
        self._show_people()

    def current_check(self) -> Check | None:
        """Return the check that is looked at."""
        at = self.checks.currentIndex().row()
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def _show_people(self) -> None:
        check = self.current_check()
        people = check.people if check is not None else ()
        count = check.count if check is not None else 0
        self.people_model.show_rows(
            (_("Number"), _("Name"), _("Course"), _("Why")),
            [
                (one.number, one.name, one.course, texts.message_for(one.code, {}) if one.code else "")
                for one in people
            ],
        )
        self.people.set_widths({0: 128, 1: 150, 2: 160})
        if people:
            self.people.select_row(0)
        self.people_title.setText(
            ngettext("{count} person concerned", "{count} people concerned", count).format(count=f"{count:,}")
            if people
            else ""
        )
        self.go_to.setEnabled(bool(people))
        self.all_of_them.setEnabled(bool(people))

    # --- doing ---------------------------------------------------------------

    def announce(self) -> None:
        """Announce everything, all together or none."""
        self.problem.hide()
        try:
            until = self.reserve_until.value()
        except ValidationError as error:
            self._desk.notifier.show(error, self)
            return
        if self.rehearsal is not None and self.rehearsal.needs_reason and not self.reason.text().strip():
            self.reason_field.set_error(_("Write the reason; it is kept with the announcement."))
            self.reason.setFocus()
            return
        self.go.setEnabled(False)
        many = self.rehearsal is not None and self.rehearsal.foresight.announced >= BULK_FROM
        job = self._desk.perform(
            release,
            on_done=self._done,
            on_error=self._fail,
            busy=_("Announce") if many else "",
            programme_id=self._desk.programme_id,
            stage=self.stage,
            reason=self.reason.text(),
            reserve_until=until,
            actor=self._desk.actor,
        )
        if many:
            self.bar.watch(job)

    def reject(self) -> None:
        """Close it; an announcement under way is stopped first, and its end is waited for."""
        self._stop_looking()
        if self.bar.stop():
            self.stop.setEnabled(False)
        else:
            super().reject()

    def _done(self, result: ReleaseResult) -> None:
        self.bar.end()
        self.released.emit(result)
        self.accept()

    def _fail(self, error: Exception) -> None:
        self.bar.end()
        self.stop.setEnabled(True)
        if isinstance(error, Cancelled):
            self._desk.notifier.show(error)
            self.reject()
            return
        self.problem.set_text(texts.message(error))
        self.problem.show()

    def _show_undecided(self) -> None:
        self.reject()
        self.undecided_wanted.emit(self.stage)

    def _show_all(self) -> None:
        check = self.current_check()
        if check is not None and check.entry_ids:
            self.reject()
            self.people_wanted.emit(texts.term("rehearsal-check", check.code), check.entry_ids)

    def _go_to_person(self) -> None:
        check, at = self.current_check(), self.people.currentIndex().row()
        if check is not None and 0 <= at < len(check.people):
            entry_id = check.people[at].entry_id
            self.reject()
            self.person_wanted.emit(entry_id)


def sentence(check: Check) -> str:
    """Return what a check found, as a sentence."""
    return texts.message_for(f"rehearsal.{check.code}.{check.outcome.value}", check.params)


def _cautions(rehearsal: Rehearsal) -> list[str]:
    told: list[str] = []
    foresight = rehearsal.foresight
    if foresight.flagged_undecided:
        told.append(
            ngettext(
                "{count} entry with a flag nobody has waived has no result; that may be meant.",
                "{count} entries with a flag nobody has waived have no result; that may be meant.",
                foresight.flagged_undecided,
            ).format(count=f"{foresight.flagged_undecided:,}")
        )
    if foresight.withdrawn:
        told.append(
            ngettext(
                "{count} person left after the result was noted; that result stays unannounced.",
                "{count} people left after the result was noted; those results stay unannounced.",
                foresight.withdrawn,
            ).format(count=f"{foresight.withdrawn:,}")
        )
    return told


def _headings(*, final: bool) -> tuple[str, ...]:
    reserve = (_("Reserve"),) if final else ()
    return (_("Course"), _("Pass"), *reserve, _("Fail"), _("No result"), _("Capacity"))


def _cells(course: CourseRelease, *, final: bool) -> tuple[str, ...]:
    reserve = (f"{course.reserve:,}",) if final else ()
    return (
        course.course,
        f"{course.passed:,}",
        *reserve,
        f"{course.failed:,}",
        f"{course.undecided:,}",
        f"{course.capacity:,}",
    )

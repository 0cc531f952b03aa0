"""The acts of the hours grid beyond typing: blocks, weeks, moves, and the view of a week."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.i18n import _, format_date, format_short_date, ngettext
from fujisawa_desktop.rules.hours import week_of
from fujisawa_desktop.services.hours import person_month
from fujisawa_desktop.services.hours_cells import week_month
from fujisawa_desktop.services.hours_entry import CellsForm, EntryResult, Place
from fujisawa_desktop.services.hours_fill import (
    UsualResult,
    Way,
    copy_week,
    enter_block,
    fill_usual_week,
    move_hours,
)
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.cells_saving import (
    cells_saving,
    copied_texts,
    moved_texts,
    named_texts,
    texts_and_seen,
)
from fujisawa_desktop.views.payroll.entry_bar import EntryBar
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.month_bar import MonthBar, MonthLook
from fujisawa_desktop.views.payroll.reason_acts import ReasonActs
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.skipped_dialog import SkippedDialog
from fujisawa_desktop.views.payroll.words import sentence
from fujisawa_desktop.views.trust.beside_others import Saving, save_beside_others

WEEK = timedelta(days=7)
MANY: Final = 200
"""People from whom on it pays to prepare what has not been asked for yet."""


class HoursActs(QObject):
    """Runs them for the grid, and says what came of them.

    Signals:
        undo_wanted(): the person wants the act back at once.
        month_wanted(int, int): another month is to be shown.
        fill_wanted(str): put this text into the chosen cells.

    Attributes:
        reasons: asks why worked time is as it is.
    """

    undo_wanted = Signal()
    month_wanted = Signal(int, int)
    fill_wanted = Signal(str)

    def __init__(
        self, desk: Desk, shown: Shown, grid: HoursGrid, bar: MonthBar, entry: EntryBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._grid = grid
        self._bar = bar
        self._entry = entry
        self._window = window
        self.reasons = ReasonActs(desk, shown, grid, window, said=self._say_done, refused=self._refused)
        self._kept: list[tuple[EntryResult, str]] = []
        days = grid.days
        days.block.connect(self.enter_texts)
        days.dragged.connect(self.move)
        days.asked.connect(self.do)
        days.refused.connect(desk.notifier.show)

    def do(self, act: str) -> None:
        """Do an act of the grid by its name (see :mod:`grid_menu`)."""
        name, _colon, rest = act.partition(":")
        if name == "fill":
            self.fill_wanted.emit(rest)
        elif name == "period":
            self.show_week(self._grid.model.monday is None)
        elif self._grid.model.editable:
            acts: Mapping[str, Callable[[], None]] = {
                "copy-week": partial(self.copy_week, int(rest or 1)),
                "usual-week": self.fill_usual_week,
                "reason": self.reasons.ask,
            }
            acts[name]()

    # blocks

    def enter_texts(self, cells: Mapping[Place, str], way: Way) -> None:
        """Put a text of its own into each of some cells."""
        saving = self._saving(enter_block, list(cells), way=way)
        saving = replace(saving, given=texts_and_seen, on_done=self.entered, table=len(cells) > 1)
        save_beside_others(self._desk, saving, replace(saving.base, texts=dict(cells)))
        self._grid.days.setFocus()

    def move(self, moves: Mapping[Place, Place], copies: bool) -> None:  # noqa: FBT001 - a signal's value
        """Take hours to other cells, or copy them there."""
        said = _("The hours were copied.") if copies else _("The hours were moved.")
        places = list(dict.fromkeys((*moves, *moves.values())))
        saving = replace(
            self._saving(move_hours, places, moves=dict(moves), copy=copies),
            given=partial(named_texts, targets=list(moves.values())),
            on_done=partial(self.entered, said=said),
            whole=True,
        )
        mine = replace(saving.base, texts=moved_texts(saving.base.seen, moves, copy=copies))
        save_beside_others(self._desk, saving, mine)
        self._grid.days.setFocus()

    def _saving(
        self, act: Callable[..., object], places: Sequence[Place], **more: object
    ) -> Saving[CellsForm]:
        """Return how an act on cells is done beside what others put into them."""
        kind, programme_id = self._entry.kind(), self._desk.programme_id
        saving = cells_saving(act, self._grid.model, places, kind, programme_id, self._window, **more)
        return replace(saving, on_error=self._refused)

    def copy_week(self, weeks: int = 1) -> None:
        """Copy the week of the mark onto the following, for everybody with a chosen cell."""
        day = self._grid.current_day()
        if day is None or not (people := self._people()):
            self._say_choose()
            return
        monday = week_of(day)
        seen, mine = copied_texts(self._grid.model, people, monday, weeks, self._entry.kind())
        saving = replace(
            self._saving(copy_week, list(seen), appointment_ids=people, monday=monday, weeks=weeks),
            given=partial(named_texts, targets=list(mine)),
            on_done=partial(self._week_copied, day, weeks),
            table=True,
        )
        save_beside_others(self._desk, saving, replace(saving.base, texts={**seen, **mine}))
        self._grid.days.setFocus()

    def fill_usual_week(self) -> None:
        """Plan the usual week of everybody with a chosen cell into the month shown."""
        month = self._shown.month
        if month is None or not (people := self._people()):
            self._say_choose()
            return
        self._perform(
            fill_usual_week, self._usual_filled, year=month[0], month=month[1], appointment_ids=people
        )

    # the week

    def show_week(self, week: bool) -> None:  # noqa: FBT001 - a signal's value
        """Show the week of the mark, or the month."""
        view, day = self._shown.view, self._grid.current_day()
        if view is None:
            return
        self._go(week_of(day or date(view.year, view.month, 1)) if week else None, day)
        self._grid.days.setFocus()

    def step(self, by: int) -> bool:
        """Go to another week; answers whether weeks are shown at all."""
        monday = self._grid.model.monday
        if monday is None:
            return False
        day = self._grid.current_day() or monday
        self._go(monday + by * WEEK, day + by * WEEK)
        return True

    def go_to(self, row: int, day: date) -> None:
        """Put the mark on a day of somebody, in the week where weeks are shown."""
        if self._grid.model.column_of(day) is None and self._grid.model.monday is not None:
            self._go(week_of(day), day)
        column = self._grid.model.column_of(day)
        if column is not None:
            self._grid.days.go(row, column)
        self._grid.days.setFocus()

    def name_period(self) -> None:
        """Write into the bar which week is shown; a month is named by the bar itself."""
        monday = self._grid.model.monday
        if monday is None:
            if self._shown.month is not None:
                self._bar.show_month(*self._shown.month)
            return
        self._bar.month.setText(
            _("{first}–{last}").format(
                first=format_short_date(monday), last=format_short_date(monday + timedelta(days=6))
            )
        )

    def _go(self, monday: date | None, mark: date | None) -> None:
        view = self._shown.view
        if view is None:
            return
        self._grid.show_days(view, monday, mark)
        self._bar.press_look(MonthLook.MONTH if monday is None else MonthLook.WEEK)
        self.name_period()
        if monday is not None and week_month(monday) != self._shown.month:
            self.month_wanted.emit(*week_month(monday))

    # what came of them

    def rehearse(self) -> None:
        """Read somebody of many aside: the first hours typed do not wait until all questions are prepared."""
        view = self._shown.view
        if view is not None and len(view.people) >= MANY:
            self._desk.query(
                person_month,
                lambda _person: None,
                owner=self,
                aside=True,
                programme_id=self._desk.programme_id,
                appointment_id=view.people[0].member.appointment_id,
                year=view.year,
                month=view.month,
            )

    def entered(self, result: EntryResult, said: str = "") -> None:
        """Say what is odd about hours that were kept, once the grid shows them."""
        self._kept.append((result, said))
        if not (result.change.changed and self._window.isVisible()):
            self.tell()

    def tell(self) -> None:
        """Say what came of the acts whose hours are shown by now, and let the person write why."""
        kept, self._kept = self._kept, []
        for result, said in kept:
            self._tell(result, said)

    def _tell(self, result: EntryResult, said: str) -> None:
        if result.unexplained and not self._desk.read_only:
            first = next((one for one in result.findings if one.code != "shift.many-days"), None)
            self._desk.notifier.say(
                sentence(first) if first is not None else said,
                "caution",
                action=_("Write the reason…"),
                on_action=partial(self.reasons.ask, result.unexplained),
            )
        elif result.findings:
            self._desk.notifier.say(
                sentence(result.findings[0]),
                "caution",
                action=_("Take it back"),
                on_action=self.undo_wanted.emit,
            )
        elif said:
            self._say_done(said)

    def _week_copied(self, day: date, weeks: int, result: EntryResult) -> None:
        self.entered(result, said=_("The week was copied."))
        following = day + weeks * WEEK
        if self._grid.model.monday is not None:
            self._go(week_of(following), following)
            return
        column = self._grid.model.column_of(following)
        if column is not None:
            self._grid.days.go(self._grid.days.currentIndex().row(), column)

    def _usual_filled(self, result: UsualResult) -> None:
        text = ngettext(
            "The usual week was planned on {count} day.",
            "The usual week was planned on {count} days.",
            result.filled,
        ).format(count=result.filled)
        if result.kept:
            kept = ngettext(
                "{count} day held hours already.", "{count} days held hours already.", result.kept
            )
            text = f"{text} {kept.format(count=result.kept)}"
        if not result.skipped:
            if result.filled:
                self._say_done(text)
            else:
                self._desk.notifier.say(text, "key")
            return
        count = len(result.skipped)
        left_out = ngettext("{count} was left out.", "{count} were left out.", count).format(count=count)
        self._desk.notifier.say(
            f"{text} {left_out}",
            "caution",
            action=_("What, and why…"),
            on_action=lambda: SkippedDialog(self._window, text, result.skipped).open(),
        )

    def _refused(self, error: Exception) -> None:
        """Say which cell of a block was refused, then why."""
        if isinstance(error, RuleError | ValidationError):
            person, day = error.params.get("person"), error.params.get("cell", error.params.get("date"))
            if person and isinstance(day, date):
                where = f"{person} {format_date(day, year=False)}"
                self._desk.notifier.say(
                    _("{where}: {text}").format(where=where, text=texts.message(error)), "wrong"
                )
                return
        self._desk.notifier.show(error)

    def _perform(self, act: Callable[..., object], done: Callable[..., object], **what: object) -> None:
        self._desk.perform(
            partial(act, **what),
            programme_id=self._desk.programme_id,
            actor=self._desk.actor,
            on_done=done,
            on_error=self._refused,
        )
        self._grid.days.setFocus()

    def _people(self) -> list[int]:
        people = self._grid.model.people()
        return [people[row].member.appointment_id for row in self._grid.days.chosen_rows()]

    def _say_choose(self) -> None:
        self._desk.notifier.say(_("Choose cells of the people first."), "key")

    def _say_done(self, text: str) -> None:
        self._desk.notifier.say(text, action=_("Take it back"), on_action=self.undo_wanted.emit)

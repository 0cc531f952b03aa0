"""The plan and the trial that are looked at, and all that can be done with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.errors import ConflictError
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_assumptions import NOTHING, Assumptions, combined
from fujisawa_desktop.services.interview_plan import (
    PlanView,
    Trial,
    UnplacedPerson,
    apply_plan,
    make_plan,
    make_trial,
)
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.texts import message
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.words import nothing_to_plan


class Planner(QObject):
    """Plans, tries, books, keeps; the calendar itself is only touched by booking.

    Attributes:
        plan: the plan that is looked at; it can be booked.
        trial: what came of supposing something, beside the plan.
        left: those whom the plan booked last left without a place.

    Signals:
        changed(): something else is looked at.
        done(str): something was booked or written; it can be taken back.
        dialog_wanted(str): a dialog about what is looked at.
    """

    changed = Signal()
    done = Signal(str)
    dialog_wanted = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._view: CalendarView | None = None
        self._left_is_fresh = False
        self._again = False
        self.plan: PlanView | None = None
        self.trial: PlanView | None = None
        self.left: tuple[UnplacedPerson, ...] = ()

    @property
    def looked_at(self) -> PlanView | None:
        """Return what lies over the calendar: the trial while there is one, else the plan."""
        return self.trial or self.plan

    @property
    def view(self) -> CalendarView | None:
        """Return the calendar as it was read last."""
        return self._view

    def take(self, view: CalendarView) -> None:
        """Take in what is stored; a plan of something else is not looked at any more."""
        if view != self._view:
            self.plan = self.trial = None
            self.left = self.left if self._left_is_fresh else ()
            self._left_is_fresh = False
        self._view = view
        if self._again:
            self._again = False
            self.make()

    # plan

    def make(self) -> None:
        """Make the plan, or say why there is nothing to plan; nothing is booked."""
        why = nothing_to_plan(self._view) if self._view is not None else ""
        if why:
            self._desk.notifier.say(why, "key")
            return
        if self._view is not None:
            self._desk.query(
                make_plan,
                self._made,
                owner=self,
                busy=_("Making the interview plan"),
                programme_id=self._desk.programme_id,
            )

    def apply(self) -> None:
        """Book the plan that is looked at."""
        plan = self.looked_at
        if plan is None or plan.is_trial:
            self._desk.notifier.say(
                _("There is no plan to book yet. Make one first."),
                "key",
                action=_("Make a plan"),
                on_action=self.make,
            )
            return
        self._desk.perform(
            apply_plan,
            plan=plan,
            actor=self._desk.actor,
            on_done=partial(self.booked, plan),
            on_error=self.refused,
        )

    def booked(self, plan: PlanView | None, change: ChangeSet) -> None:
        """Tell what was booked, and keep why some were left without a place."""
        self.left = plan.unplaced if plan is not None else ()
        self._left_is_fresh = True
        count = int(change.label.params.get("count", 0))
        self.done.emit(
            ngettext(
                "{count} interview was booked or changed.",
                "{count} interviews were booked or changed.",
                count,
            ).format(count=count)
        )

    def refused(self, error: Exception) -> None:
        """Say why nothing was booked; what is outdated can be planned again at once."""
        if isinstance(error, ConflictError) and error.code == "plan.outdated":
            self._desk.notifier.say(
                message(error), "wrong", action=_("Plan again"), on_action=self.make_when_read
            )
        else:
            self._desk.notifier.show(error)

    def make_when_read(self) -> None:
        """Plan again once the calendar was read again."""
        self._again = True
        self.dialog_wanted.emit("reload")

    def forget(self) -> None:
        """Stop looking at the plan, and at the trial."""
        self.plan = self.trial = None
        self.changed.emit()

    # trial

    def suppose_more(self, assumptions: Assumptions) -> None:
        """Try something besides what is supposed already."""
        self.suppose(combined(self.supposed, assumptions))

    @property
    def supposed(self) -> Assumptions:
        """Return what the trial that is looked at supposes."""
        return NOTHING if self.trial is None else self.trial.assumptions

    def suppose(self, assumptions: Assumptions) -> None:
        """Plan on a copy in which the assumptions hold; nothing supposed leads back to the plan."""
        if not assumptions:
            self.back_to_plan()
            return
        self._desk.query(
            make_trial,
            self._tried,
            owner=self,
            busy=_("Trying the interview plan"),
            programme_id=self._desk.programme_id,
            assumptions=assumptions,
            plan=self.plan,
        )

    def back_to_plan(self) -> None:
        """Look at the plan again instead of the trial."""
        self.trial = None
        self.changed.emit()

    def made_real(self, _change: ChangeSet) -> None:
        """What was supposed is so now: plan again, to book it."""
        self._again = True
        self._desk.notifier.say(
            _("What was tried is real now. The plan is being made again; look at it and book it.")
        )

    def _made(self, plan: PlanView) -> None:
        settled = not plan.changes and not plan.unplaced
        self.plan = None if settled else plan
        self.trial = None
        self.changed.emit()
        if settled:
            self._desk.notifier.say(
                _("Everybody has an interview already; a new plan would change nothing."), "key"
            )

    def _tried(self, trial: Trial) -> None:
        self.plan, self.trial = trial.plan, trial.trial
        self.changed.emit()

    # what the panel offers

    def deeds(self) -> Mapping[str, Callable[[], object]]:
        """Return what can be done, by the name the panel calls it."""
        return {
            "forget": self.forget,
            "back": self.back_to_plan,
            **{
                name: partial(self.dialog_wanted.emit, name)
                for name in (
                    "assume", "make-real", "keep", "drafts", "compare",
                    "changes", "load", "estimate", "settings", "import", "interviewers",
                )
            },
        }  # fmt: skip

    def do(self, name: str) -> None:
        """Do what the panel asks for."""
        self.deeds()[name]()

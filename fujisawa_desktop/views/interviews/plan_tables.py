"""Longer lists about a plan in windows of their own: all changes, and the load of the interviewers."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _, format_minutes
from fujisawa_desktop.services.interview_load import InterviewerLoad, Load, LoadView
from fujisawa_desktop.services.interview_plan import PlannedInterview, PlanView, Step
from fujisawa_desktop.views.interviews.plan_words import seat_words
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.interviews.words import day_head
from fujisawa_desktop.views.theme import ROW_HEIGHT
from fujisawa_desktop.views.widgets import DataTable, RunningText, SecondaryButton
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class ChangesDialog(SheetDialog):
    """Everybody whose interview the plan books, moves or takes out: before and after."""

    def __init__(self, plan: PlanView, parent: QWidget) -> None:
        super().__init__(_("Changes of the plan"), parent, width=1040, height=560)
        self.model = TextTableModel(self)
        self.model.show_rows(
            (_("What"), _("Number"), _("Name"), _("Until now"), _("From now on"), _("Told already")),
            list(_change_rows(plan)),
        )
        self.table = DataTable(_("Changes of the plan"))
        self.table.setModel(self.model)
        self.table.set_widths({0: 72, 1: 132, 2: 170, 3: 222, 4: 262})
        self.sheet.addWidget(
            RunningText(_("Those whose announced time changes come first; they need a new notice."))
        )
        self.sheet.addWidget(self.table, 1)
        self.add_buttons(None, SecondaryButton(_("Close"), self.reject))


class LoadDialog(SheetDialog):
    """Interviews and time of every interviewer, day by day, and how the courses are spread."""

    def __init__(self, load: LoadView, parent: QWidget) -> None:
        height = min(180 + ROW_HEIGHT * (len(load.interviewers) + 2), 560)
        super().__init__(_("Load of the interviewers"), parent, width=1240, height=height)
        self.model = TextTableModel(self)
        heads = (
            _("Interviewer"),
            *(day_head(day) for day in load.days),
            _("Together"),
            _("Time used"),
            *load.courses,
        )
        rows = [_load_row(one) for one in load.interviewers]
        self.model.show_rows(heads, [*rows, _sum_row(load)], figures=range(1, len(heads)))
        self.table = DataTable(_("Load of the interviewers"))
        self.table.setModel(self.model)
        days = len(load.days)
        self.table.set_widths(
            {0: 126}
            | dict.fromkeys(range(1, days + 1), 88)
            | {days + 1: 96, days + 2: 86}
            | dict.fromkeys(range(days + 3, len(heads)), 134)
        )
        self.sheet.addWidget(
            RunningText(
                _(
                    "Interviews, and in brackets the time they take. The busiest interviewer holds {most}, "
                    "the one with the fewest {fewest}."
                ).format(most=load.busiest, fewest=load.idlest)
            )
        )
        self.sheet.addWidget(self.table, 1)
        self.add_buttons(None, SecondaryButton(_("Close"), self.reject))


def _change_rows(plan: PlanView) -> Iterable[tuple[str, ...]]:
    lost = [
        (
            (not one.needs_notice, 0, one.before.start, one.number),
            (
                _("Taken out"),
                one.number,
                one.name,
                seat_words(one.before),
                seat_words(None) if one.waits else _("Needs no interview"),
                _announced(told=one.needs_notice),
            ),
        )
        for one in plan.lost
    ]
    others = [
        ((not one.needs_notice, 1 if one.before else 2, one.start, one.number), _planned_row(one))
        for one in plan.placed
        if one.step is not Step.KEPT
    ]
    return [cells for _order, cells in sorted([*lost, *others])]


def _planned_row(one: PlannedInterview) -> tuple[str, ...]:
    return (
        _("Moved") if one.before is not None else _("New"),
        one.number,
        one.name,
        seat_words(one.before) if one.before is not None else "",
        seat_words(one.seat),
        _announced(told=one.needs_notice),
    )


def _announced(*, told: bool) -> str:
    return _("Told already") if told else ""


def _load_row(one: InterviewerLoad) -> tuple[str, ...]:
    whole = one.whole
    share = f"{round(100 * whole.minutes / one.offered_minutes)} %" if one.offered_minutes else "–"
    return (
        one.name or _("added interviewer"),
        *(_cell(day) for day in one.days),
        _cell(whole),
        share,
        *(str(count) if count else "–" for count in one.courses),
    )


def _sum_row(load: LoadView) -> tuple[str, ...]:
    columns = zip(*(one.days for one in load.interviewers), strict=True)
    days = [sum(column, Load()) for column in columns]
    whole = sum((one.whole for one in load.interviewers), Load())
    offered = sum(one.offered_minutes for one in load.interviewers)
    courses = zip(*(one.courses for one in load.interviewers), strict=True)
    return (
        _("All together"),
        *(_cell(day) for day in days),
        _cell(whole),
        f"{round(100 * whole.minutes / offered)} %" if offered else "–",
        *(str(sum(column)) for column in courses),
    )


def _cell(load: Load) -> str:
    if not load.interviews:
        return "–"
    return _("{count} ({time})").format(count=load.interviews, time=format_minutes(load.minutes))

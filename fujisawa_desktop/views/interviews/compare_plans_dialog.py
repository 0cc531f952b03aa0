"""Plans side by side: figures aim by aim, and who has another time in which plan."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.interview_drafts import compare_plans
from fujisawa_desktop.services.interview_figures import Comparison, Contender
from fujisawa_desktop.services.interview_plan import PlanView
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.plan_words import assumption_lines, figure_rows, seat_words
from fujisawa_desktop.views.interviews.planner import Planner
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.widgets import DataTable, SecondaryButton, TextLabel, row
from fujisawa_desktop.views.widgets.text_table import TextTableModel

_NAME_WIDTH = 170


class ComparePlansDialog(SheetDialog):
    """What is booked now, the plans kept that were chosen, and what is looked at.

    Attributes:
        figures: the table of figures; a column a plan.
        people: the table of people; a column a plan.
        only_differing: whether only those are listed about whom the plans do not agree.
    """

    def __init__(
        self,
        desk: Desk,
        view: CalendarView,
        planner: Planner,
        parent: QWidget,
        *,
        draft_ids: Sequence[int] = (),
    ) -> None:
        super().__init__(_("Compare plans"), parent, width=1000, height=620)
        self._view = view
        self._looked_at = [plan for plan in (planner.plan, planner.trial) if plan is not None]
        self.comparison = Comparison((), ())
        self.figures = TextTableModel(self)
        self.people = TextTableModel(self)
        self.figure_table = DataTable(_("Figures of the plans"), row_height=28)
        self.figure_table.setModel(self.figures)
        self.people_table = DataTable(_("Times of the people"), row_height=28)
        self.people_table.setModel(self.people)
        self.people_table.empty.say(
            _("No differences"), _("In all these plans everybody has the same time and interviewer.")
        )
        self.only_differing = QCheckBox(_("Only those whose time differs"))
        self.only_differing.setChecked(True)
        self.only_differing.toggled.connect(lambda _on: self._list_people())
        self.count = TextLabel("", "secondary")
        self.sheet.addWidget(self.figure_table, 2)
        self.sheet.addLayout(row(self.only_differing, None, self.count))
        self.sheet.addWidget(self.people_table, 3)
        self.add_buttons(None, SecondaryButton(_("Close"), self.reject))
        desk.query(
            compare_plans,
            self._show,
            owner=self,
            programme_id=desk.programme_id,
            draft_ids=list(draft_ids),
            plans=self._looked_at,
        )

    def _show(self, found: Comparison) -> None:
        self.comparison = found
        heads = self._heads(found.contenders)
        rows = figure_rows([one.figures for one in found.contenders])
        if any(one.assumptions for one in found.contenders):
            supposed = [
                _(", ").join(assumption_lines(one.assumptions, self._view)) for one in found.contenders
            ]
            rows.append((_("Supposed"), supposed))
        self.figures.show_rows(
            (_("Figure"), *heads),
            [(name, *values) for name, values in rows],
            figures=range(1, len(heads) + 1),
        )
        self._heads_shown = heads
        self._list_people()
        for table in (self.figure_table, self.people_table):
            width = max((table.viewport().width() - _NAME_WIDTH) // max(len(heads), 1), 150)
            table.set_widths({0: _NAME_WIDTH} | dict.fromkeys(range(1, len(heads) + 1), width))

    def _list_people(self) -> None:
        found = self.comparison
        lines = found.differing if self.only_differing.isChecked() else found.people
        self.people.show_rows(
            (_("Name"), *self._heads_shown),
            [(line.name, *(seat_words(seat) for seat in line.seats)) for line in lines],
        )
        count = len(found.differing)
        self.count.setText(
            ngettext("{count} person differs", "{count} people differ", count).format(count=count)
        )

    def _heads(self, contenders: Sequence[Contender]) -> list[str]:
        own = {False: _("Plan"), True: _("Trial")}
        last: list[PlanView] = self._looked_at
        first = len(contenders) - len(last)
        names = [one.name or _("Booked now") for one in contenders[:first]]
        return [*names, *(own[plan.is_trial] for plan in last)]

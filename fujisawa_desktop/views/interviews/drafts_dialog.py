"""計画案: keep a plan under a name; the list of those kept, to compare, look at, book and delete."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_drafts import (
    DraftRow,
    apply_draft,
    delete_drafts,
    drafts,
    save_draft,
)
from fujisawa_desktop.services.interview_plan import PlanView
from fujisawa_desktop.services.interview_view import CalendarView
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.compare_plans_dialog import ComparePlansDialog
from fujisawa_desktop.views.interviews.plan_words import assumption_lines
from fujisawa_desktop.views.interviews.planner import Planner
from fujisawa_desktop.views.interviews.sheet_dialog import SheetDialog
from fujisawa_desktop.views.widgets import (
    DataTable,
    FormField,
    LineEdit,
    PrimaryButton,
    RunningText,
    SecondaryButton,
    TextArea,
)
from fujisawa_desktop.views.widgets.text_table import TextTableModel


class KeepDialog(SheetDialog):
    """Asks for the name under which a plan is kept."""

    def __init__(self, desk: Desk, plan: PlanView, parent: QWidget) -> None:
        super().__init__(_("Keep the plan"), parent, width=460, height=300, fits=True)
        self._desk = desk
        self._plan = plan
        self.name = LineEdit()
        self.note = TextArea(2, 4)
        self.keep_button = PrimaryButton(_("Keep"), self.keep)
        self.keep_button.setDefault(True)
        self.sheet.addWidget(
            RunningText(
                _("Nothing is booked. Kept plans can be compared, and booked while nothing has changed.")
            )
        )
        self.sheet.addWidget(FormField("name", _("Name of the plan"), self.name, required=True))
        self.sheet.addWidget(FormField("note", _("Note"), self.note))
        self.sheet.addStretch(1)
        self.add_buttons(None, SecondaryButton(_("Cancel"), self.reject), self.keep_button)

    def keep(self) -> None:
        """Store the plan."""
        self._desk.perform(
            save_draft,
            plan=self._plan,
            name=self.name.text(),
            note=self.note.text(),
            actor=self._desk.actor,
            anchor=self,
            on_done=self._kept,
        )

    def _kept(self, _change: ChangeSet) -> None:
        self.accept()
        self._desk.notifier.say(_("The plan is kept; nothing was booked."))


class DraftsDialog(SheetDialog):
    """The plans that are kept."""

    def __init__(self, desk: Desk, planner: Planner, view: CalendarView, parent: QWidget) -> None:
        super().__init__(_("Kept plans"), parent, width=980, height=480)
        self._desk = desk
        self._planner = planner
        self._view = view
        self.rows: Sequence[DraftRow] = ()
        self.model = TextTableModel(self)
        self.table = DataTable(_("Kept plans"))
        self.table.setModel(self.model)
        self.table.empty.say(
            _("No plan is kept yet"), _("Make a plan or try something, then keep it under a name.")
        )
        self.about = RunningText("", "neutral")
        self.compare_button = SecondaryButton(_("Compare"), self.compare)
        self.look_button = SecondaryButton(_("Plan again and look"), self.look)
        self.delete_button = SecondaryButton(_("Delete"), self.delete)
        self.apply_button = PrimaryButton(_("Book this plan"), self.apply)
        self.sheet.addWidget(
            RunningText(_("Choose one plan to book or look at it, several (with Ctrl) to compare them."))
        )
        self.sheet.addWidget(self.table, 1)
        self.sheet.addWidget(self.about)
        self.add_buttons(
            self.compare_button,
            self.look_button,
            self.delete_button,
            None,
            SecondaryButton(_("Close"), self.reject),
            self.apply_button,
        )
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self._offer()
        self.reload()

    def reload(self) -> None:
        """Query the list again."""
        self._desk.query(drafts, self._show, owner=self, programme_id=self._desk.programme_id)

    def chosen(self) -> list[DraftRow]:
        """Return the plans that are chosen."""
        return [self.rows[at] for at in self.table.selected_rows()]

    def compare(self) -> None:
        """Put the chosen plans side by side, beside what is looked at."""
        ComparePlansDialog(
            self._desk, self._view, self._planner, self, draft_ids=[one.draft_id for one in self.chosen()]
        ).open()

    def look(self) -> None:
        """Make the plan again with what it supposed, and look at it on the calendar."""
        (one,) = self.chosen()
        self.accept()
        if one.is_trial:
            self._planner.suppose(one.assumptions)
        else:
            self._planner.make()

    def apply(self) -> None:
        """Book the chosen plan as one act; if it does not fit any more, say so and offer to plan again."""
        (one,) = self.chosen()
        self._desk.perform(
            apply_draft,
            draft_id=one.draft_id,
            actor=self._desk.actor,
            on_done=self._booked,
            on_error=self._refused,
        )

    def delete(self) -> None:
        """Forget the chosen plans; it can be taken back."""
        self._desk.perform(
            delete_drafts,
            draft_ids=[one.draft_id for one in self.chosen()],
            actor=self._desk.actor,
            on_done=lambda _change: self.reload(),
        )

    def _booked(self, change: ChangeSet) -> None:
        self.accept()
        self._planner.booked(None, change)

    def _refused(self, error: Exception) -> None:
        self.accept()
        self._planner.refused(error)

    def _show(self, rows: list[DraftRow]) -> None:
        self.rows = rows
        self.model.show_rows(
            (
                _("Name of the plan"),
                _("Placed"),
                _("Announced changes"),
                _("Proof"),
                _("State"),
                _("Kept"),
                _("By"),
            ),
            [_cells(one) for one in rows],
            figures=(1, 2),
        )
        self.table.set_widths({0: 150, 1: 76, 2: 166, 3: 96, 4: 200, 5: 148})
        if rows:
            self.table.select_row(0)
        self._offer()

    def _offer(self) -> None:
        chosen = self.chosen()
        writable = not self._desk.read_only
        beside = self._planner.looked_at is not None or bool(self._view.interviews)
        self.compare_button.setEnabled(len(chosen) > 1 or (len(chosen) == 1 and beside))
        self.look_button.setEnabled(len(chosen) == 1)
        self.delete_button.setEnabled(bool(chosen) and writable)
        self.apply_button.setEnabled(len(chosen) == 1 and writable)
        lines = []
        if len(chosen) == 1:
            lines = [chosen[0].note] if chosen[0].note else []
            supposed = assumption_lines(chosen[0].assumptions, self._view)
            if supposed:
                lines.append(_("Supposed: {lines}").format(lines=_(", ").join(supposed)))
        self.about.set_text("\n".join(lines))
        self.about.setVisible(bool(lines))


def _cells(one: DraftRow) -> tuple[str, ...]:
    figures = one.figures
    if not one.is_current:
        state = _("Something has changed since")
    elif one.is_trial:
        state = _("Trial, to be made real first")
    else:
        state = _("Can be booked")
    return (
        one.name,
        _("{placed} / {total}").format(placed=figures.placed, total=figures.total),
        str(figures.announced_moved),
        _("Proven") if one.is_proven else _("Time ran out"),
        state,
        format_datetime(one.made_at),
        one.actor,
    )

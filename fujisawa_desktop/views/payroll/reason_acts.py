"""Why worked time is as it is: asked for cells of the grid and from the list of what is to be checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from fujisawa_desktop.i18n import _, format_date, ngettext
from fujisawa_desktop.services.hours_entry import Place
from fujisawa_desktop.services.hours_reasons import ReasonsForm, explain_work, reasons_form, worked_reason
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.payroll.cells_saving import cell_labels, row_of_cells
from fujisawa_desktop.views.payroll.checks import ChecksPanel
from fujisawa_desktop.views.payroll.dialogs import ReasonDialog
from fujisawa_desktop.views.payroll.grid import HoursGrid
from fujisawa_desktop.views.payroll.shown import Shown
from fujisawa_desktop.views.payroll.words import sentence
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others


class ReasonActs(QObject):
    """Asks for reasons and keeps them with the hours."""

    def __init__(
        self,
        desk: Desk,
        shown: Shown,
        grid: HoursGrid,
        window: QWidget,
        *,
        said: Callable[[str], object],
        refused: Callable[[Exception], object],
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._shown = shown
        self._grid = grid
        self._window = window
        self._said = said
        self._refused = refused
        self._checks: ChecksPanel | None = None

    def ask(self, places: Sequence[Place] = (), typed: str = "") -> None:
        """Ask why the worked time of these cells, or of the chosen ones, is as it is."""
        wanted = list(places) or self._grid.days.chosen_places()
        seen = {place: self._reason_of(place) for place in wanted}
        dialog = ReasonDialog(
            self._window,
            title=_("Reason of worked time"),
            explanation=self._reason_for(wanted),
            answer=_("Keep the reason"),
            on_reason=partial(self._explain, ReasonsForm(seen, seen)),
        )
        dialog.reason.setText(typed or next(filter(None, seen.values()), ""))
        dialog.reason.selectAll()
        dialog.open()

    def watch(self, panel: ChecksPanel) -> None:
        """Let the list of what is to be checked lead to the reason: by F4 and by its menu."""
        self._checks = panel
        panel.list.installEventFilter(self)
        panel.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panel.list.customContextMenuRequested.connect(
            lambda at: self.checks_menu(panel).popup(panel.list.viewport().mapToGlobal(at))
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take F4 on a line of what is to be checked."""
        if (
            self._checks is not None
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F4
        ):
            self._reason_from(self._checks)
            return True
        return super().eventFilter(watched, event)

    def checks_menu(self, panel: ChecksPanel) -> QMenu:
        """Return the menu of a line of what is to be checked."""
        menu = QMenu(panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction("\t".join((_("Reason of worked time…"), "F4")))
        action.setObjectName("reason")
        action.setEnabled(self._grid.model.editable and panel.list.currentRow() >= 0)
        action.triggered.connect(lambda: self._reason_from(panel))
        return menu

    def _reason_from(self, panel: ChecksPanel) -> None:
        if panel.list.currentRow() >= 0 and self._grid.model.editable:
            panel.list.itemActivated.emit(panel.list.currentItem())
            self.ask()

    def _reason_for(self, places: Sequence[Place]) -> str:
        person = self._shown.person(places[0][0]) if places else None
        if person is None:
            return ""
        day = places[0][1]
        cell = person.cells.get(day)
        told = [f"{person.member.name} {format_date(day, year=False)}"]
        if len(places) > 1:
            count = len(places) - 1
            more = ngettext("{cell} and {count} more", "{cell} and {count} more", count)
            told = [more.format(cell=told[0], count=count)]
        return "\n".join([*told, *(sentence(finding) for finding in (cell.findings if cell else ()))])

    def _reason_of(self, place: Place) -> str:
        person = self._shown.person(place[0])
        return worked_reason(person.outlook.stored, place[1]) if person is not None else ""

    def _explain(self, base: ReasonsForm, reason: str) -> None:
        places, programme_id = list(base.texts), self._desk.programme_id
        saving = Saving(
            explain_work,
            base=base,
            read=partial(reasons_form, programme_id=programme_id, places=places),
            row=row_of_cells(places),
            words=FormWords(self._window, labels=cell_labels(self._grid.model, places, _("Reason"))),
            owner=self._window,
            on_done=lambda _change: self._said(_("The reason is kept with the hours.")),
            on_error=self._refused,
            on_stop=partial(self.ask, places, reason),
            aside=frozenset({"seen"}),
            given=_explained,
            more={"programme_id": programme_id, "places": places, "reason": reason},
            table=len(places) > 1,
        )
        save_beside_others(self._desk, saving, replace(base, texts=dict.fromkeys(places, reason)))
        self._grid.days.setFocus()


def _explained(form: ReasonsForm) -> dict[str, object]:
    """Return what the use-case takes of the form: a cell whose reason stays as it is, is left alone."""
    alone = [place for place, text in form.texts.items() if text == form.seen.get(place)]
    return {"seen": form.seen, "alone": alone}

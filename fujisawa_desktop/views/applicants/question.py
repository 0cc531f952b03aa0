"""What is asked of the list: put together from search box, filters, headings and group, and said in words."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.list_grades import grade_counts
from fujisawa_desktop.services.saved_views import SavedViewRow
from fujisawa_desktop.views.applicants.centre import Centre
from fujisawa_desktop.views.applicants.columns import PLACES, asked_sorts
from fujisawa_desktop.views.applicants.conditions import condition
from fujisawa_desktop.views.applicants.filter_panel import FilterPanel
from fujisawa_desktop.views.applicants.sort_menu import sorts_text
from fujisawa_desktop.views.desk import Desk


class Question:
    """The widgets that narrow and order the list, as one question."""

    def __init__(self, desk: Desk, centre: Centre, filters: FilterPanel) -> None:
        self._desk = desk
        self._centre = centre
        self._filters = filters
        filters.more.opened.connect(self._ask_grades)

    def query(self) -> ListQuery:
        """Return the question."""
        return self._filters.apply_to(
            ListQuery(
                programme_id=self._desk.programme_id,
                text=self._centre.search.text(),
                entry_ids=self._desk.group.entry_ids if self._centre.group_chip.only() else None,
                sorts=asked_sorts(self._centre.table.header.sorts),
            )
        )

    def say(self, query: ListQuery) -> None:
        """Say in words what narrows the list, and which saved view that is."""
        header = self._centre.table.header
        told = self._filters.conditions()
        if len(header.sorts) > 1:
            told.extend(condition("sorts", _("Order"), [sorts_text(header)], header.sort_as_first))
        self._centre.conditions.show_conditions(told)
        self._filters.saved.show_query(query)

    def narrowed(self) -> bool:
        """Return whether anybody may be left out of the list."""
        with_text = bool(self._centre.search.text().strip())
        return with_text or self._filters.any_ticked() or self._centre.group_chip.only()

    def show_view(self, view: SavedViewRow) -> None:
        """Show what a saved view asks, in its order and with its columns."""
        with QSignalBlocker(self._centre.search):
            self._centre.search.setText(view.query.text)
        self._centre.group_chip.show_everybody()
        self._centre.table.header.show_sorts([sort for sort in view.query.sorts if sort[0] in PLACES])
        if view.columns:
            self._centre.table.show_columns(view.columns)
        self._filters.show_query(view.query)

    def clear(self) -> bool:
        """Ask for everybody; returns whether that was told by the search box already."""
        limited = self._centre.group_chip.only()
        self._centre.group_chip.show_everybody()
        with_text = bool(self._centre.search.text())
        self._centre.search.clear()
        self._filters.clear()
        return with_text and not limited

    def offer_again(self) -> None:
        """Read what is offered once more, where it is seen."""
        if not self._filters.more.sheet.isHidden():
            self._ask_grades()

    def _ask_grades(self) -> None:
        self._desk.query(
            grade_counts,
            self._filters.more.offer_grades,
            owner=self._filters,
            latest="applicants.grades",
            programme_id=self._desk.programme_id,
        )

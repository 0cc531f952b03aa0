"""The filters at the left: saved views, course, state, marks, source, each with how many it would show."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.applicants import FacetCounts, ListQuery
from fujisawa_desktop.services.list_narrowing import Narrowing
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.conditions import Condition, condition
from fujisawa_desktop.views.applicants.more_filters import MoreFilters, conditions_of
from fujisawa_desktop.views.applicants.saved_panel import SavedPanel
from fujisawa_desktop.views.applicants.words import FLAGS
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import CountedCheck, FilterGroup, LinkButton, Panel


class FilterPanel(Panel):
    """Saved views, four groups of check boxes, and further conditions.

    Signals:
        changed(): the person ticked or unticked something.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Filters"))
        self.setMinimumWidth(150)
        self.clear_button = LinkButton(_("Clear all"), self.clear)
        self.clear_button.setEnabled(False)
        self.header.addWidget(self.clear_button)
        self.courses = FilterGroup(_("Course"))
        self.statuses = FilterGroup(
            _("State"), [(status, term("status", status)) for status in ApplicationStatus]
        )
        self.flags = FilterGroup(_("Marks"), [(flag, term("flag", flag)) for flag in FLAGS])
        self.open_flags = CountedCheck(_("Undecided only"))
        self.sources = FilterGroup(_("Source"))
        self.saved = SavedPanel()
        self.more = MoreFilters()
        self._sources: dict[str, None] = {}
        self.sources.hide()
        sheet = QWidget()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, Space.S, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.saved)
        for group in self.groups():
            column.addWidget(group)
            group.changed.connect(self._on_changed)
        self.flags.add_below(self.open_flags)
        self.open_flags.toggled.connect(lambda _on: self._on_changed())
        column.addWidget(self.more)
        self.more.changed.connect(self._on_changed)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        self.body.addWidget(area)

    def groups(self) -> tuple[FilterGroup, ...]:
        """Return the groups from top to bottom."""
        return self.courses, self.statuses, self.flags, self.sources

    def any_ticked(self) -> bool:
        """Return whether anything is filtered."""
        ticked = any(group.selected() for group in self.groups()) or self.open_flags.isChecked()
        return ticked or self.more.narrowing() != Narrowing()

    def apply_to(self, query: ListQuery) -> ListQuery:
        """Return the question with what is ticked here."""
        return replace(
            query,
            course_ids=cast("frozenset[int]", self.courses.selected()),
            statuses=cast("frozenset[ApplicationStatus]", self.statuses.selected()),
            flags=cast("frozenset[str]", self.flags.selected()),
            open_flags=self.open_flags.isChecked(),
            sources=cast("frozenset[str]", self.sources.selected()),
            narrowing=self.more.narrowing(),
        )

    def show_query(self, query: ListQuery) -> None:
        """Tick and fill what a question asks; tells it once, also when nothing changes."""
        self._tick(query.course_ids, query.statuses, query.flags, query.sources)
        self._tick_open_flags(is_open=query.open_flags)
        self.more.show_narrowing(query.narrowing)
        self._on_changed()

    def conditions(self) -> list[Condition]:
        """Return what narrows the list, in words, each with its way out."""
        told: list[Condition] = []
        for key, group in zip(("courses", "statuses", "flags", "sources"), self.groups(), strict=True):
            words = [group.box(choice).label() for choice in group.options() if choice in group.selected()]
            told.extend(condition(key, group.accessibleName(), words, partial(group.select, ())))
            if group is self.flags and self.open_flags.isChecked():
                words = [self.open_flags.label()]
                told.extend(condition("open_flags", _("Marks"), words, self.open_flags.toggle))
        return [*told, *conditions_of(self.more.narrowing(), self._narrow)]

    def _narrow(self, narrowing: Narrowing) -> None:
        self.more.show_narrowing(narrowing)
        self._on_changed()

    def set_courses(self, courses: Iterable[tuple[int, str]]) -> None:
        """Offer these courses."""
        self.courses.set_options(courses)
        self._order_tabs()

    def words_of(self, query: ListQuery) -> list[str]:
        """Return what a question asks, in words, whatever is ticked."""
        told = [_("Search: {text}").format(text=query.text)] if query.text.strip() else []
        asked = (query.course_ids, query.statuses, query.flags, query.sources)
        for group, keys in zip(self.groups(), cast("tuple[frozenset[object], ...]", asked), strict=True):
            words = [group.box(choice).label() for choice in group.options() if choice in keys]
            told += [one.text for one in condition("", group.accessibleName(), words, lambda: None)]
        if query.open_flags:
            told.append(self.open_flags.label())
        return [*told, *(one.text for one in conditions_of(query.narrowing, lambda _without: None))]

    def show_counts(self, counts: FacetCounts) -> None:
        """Write the counts beside the choices; sources are offered once they occur."""
        self._sources.update(dict.fromkeys(counts.sources))
        self.sources.set_options([(source, term("source", source)) for source in self._sources])
        self.sources.setVisible(bool(self._sources))
        self._order_tabs()
        for group, found in zip(
            self.groups(), (counts.courses, counts.statuses, counts.flags, counts.sources), strict=True
        ):
            group.set_counts(cast("Mapping[object, int]", found))

    def select(
        self,
        *,
        courses: Iterable[int] = (),
        statuses: Iterable[ApplicationStatus] = (),
        flags: Iterable[str] = (),
        sources: Iterable[str] = (),
    ) -> None:
        """Tick exactly these and nothing else; tells it once."""
        before = self.apply_to(ListQuery(0))
        self._tick(courses, statuses, flags, sources)
        self._tick_open_flags(is_open=False)
        self.more.show_narrowing(Narrowing())
        if self.apply_to(ListQuery(0)) != before:
            self._on_changed()

    def _tick_open_flags(self, *, is_open: bool) -> None:
        with QSignalBlocker(self.open_flags):
            self.open_flags.setChecked(is_open)

    def _tick(self, *choices: Iterable[Hashable]) -> None:
        for group, keys in zip(self.groups(), choices, strict=True):
            blocked = group.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            group.select(keys)
            group.blockSignals(blocked)

    def clear(self) -> None:
        """Untick everything."""
        self.select()

    def _order_tabs(self) -> None:
        """Let Tab go from top to bottom: choices that came later would be last."""
        before: QWidget = self.clear_button
        for group in self.groups():
            for box in group.findChildren(CountedCheck):
                QWidget.setTabOrder(before, box)
                before = box

    def _on_changed(self) -> None:
        self.clear_button.setEnabled(self.any_ticked())
        self.changed.emit()

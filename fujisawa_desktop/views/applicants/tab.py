"""The tab 応募者一覧: filters, the search box, the list, the person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import DECIDED_FROM, Stage
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.courses import CourseRow, courses
from fujisawa_desktop.views.applicants.aftermath import Aftermath
from fujisawa_desktop.views.applicants.centre import FILE_PAPERS, PAPERS, Centre
from fujisawa_desktop.views.applicants.drops import TableDrops, is_table
from fujisawa_desktop.views.applicants.errands import Errands
from fujisawa_desktop.views.applicants.filter_panel import FilterPanel
from fujisawa_desktop.views.applicants.keeper import Keeper
from fujisawa_desktop.views.applicants.list_acts import ListActs
from fujisawa_desktop.views.applicants.list_menu import list_menu
from fujisawa_desktop.views.applicants.listing import Listing, Totals
from fujisawa_desktop.views.applicants.person_pane import STEP_MILLISECONDS, TYPING_MILLISECONDS, PersonPane
from fujisawa_desktop.views.applicants.question import Question
from fujisawa_desktop.views.applicants.table import ids_of
from fujisawa_desktop.views.applicants.table_model import ApplicantTableModel
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.tab_page import TabPage
from fujisawa_desktop.views.theme import Space

SPLIT_KEY: Final = "applicants/split-1"
FOLDED_KEY: Final = "applicants/folded-1"
_DEEDS: Final = {key: key for key in ("pass", "fail", "accept", "withdraw")} | {"reserve": "final-reserve"}
_SLOW_MILLISECONDS: Final = 300
_FIRST_SIZES: Final = (216, 700, 316)


class ApplicantsTab(TabPage):
    """Everybody who applied, one person of them, and what is decided."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "applicant", "application", "appointment", "course", "decision", "entry", "entry_answer",
            "interview", "notice", "programme", "reply", "saved_view", "suspected_duplicate",
            "applicant_note", "flag_ruling", "person_merge",
        }
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = ApplicantTableModel(self)
        self.model.editable = not desk.read_only
        self.listing = Listing(desk, self.model, self)
        self.filters = FilterPanel()
        self.centre = Centre(self.model, desk.group, read_only=desk.read_only)
        self.table = self.centre.table
        self.search = self.centre.search
        self.question = Question(desk, self.centre, self.filters)
        self.pane = PersonPane(desk)
        self.keeper = Keeper(self.table, self.listing)
        self.errands = Errands(desk, self)
        self.drops = TableDrops(self, self.errands.take_in, read_only=desk.read_only)
        self.acts = ListActs(
            desk,
            self,
            errands=self.errands,
            table=self.table,
            listing=self.listing,
            filters=self.filters,
            undo=partial(self.act_wanted.emit, "edit.undo"),
        )
        self.aftermath = Aftermath(desk, self)
        self._total = 0
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MILLISECONDS)
        self._slow.timeout.connect(self.centre.say_reading)
        self._lay_out()
        self._connect()
        self._recall()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(Space.M)
        for at, (widget, stretch) in enumerate(((self.filters, 0), (self.centre, 1), (self.pane, 0))):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(at, stretch)
        self.splitter.setSizes(list(_FIRST_SIZES))
        self.filters.setMaximumWidth(300)
        self.pane.setMinimumWidth(260)
        self.pane.setMaximumWidth(self.pane.view.maximumWidth())
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        column.addWidget(self.splitter)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self._ask())
        self.search.go_down.connect(self._go_to_list)
        self.filters.changed.connect(self._ask)
        self.filters.saved.chosen.connect(self.question.show_view)
        self.filters.saved.left.connect(self.clear_search)
        self.desk.group.changed.connect(self._on_group_changed)
        self.centre.group_chip.only_changed.connect(self._ask)
        self.table.columns_changed.connect(self._on_columns_changed)
        self.table.sort_wanted.connect(self._ask)
        self.table.typed.connect(self._type_into_search)
        self.table.menu_wanted.connect(lambda at: self.context_menu().popup(at))
        self.table.activated.connect(lambda _index: self._read_person())
        self.table.selectionModel().selectionChanged.connect(lambda _on, _off: self._say_counts())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_current())
        self.model.dataChanged.connect(lambda _from, _to: self._show_current())
        self.listing.answered.connect(self._on_answered)
        self.listing.counted.connect(self._on_counted)
        self.listing.lengthened.connect(self._on_lengthened)
        self.listing.failed.connect(self._on_failed)
        self.centre.import_wanted.connect(self.errands.choose_files)
        self.centre.deed_wanted.connect(self.decide)
        self.centre.release_wanted.connect(self.errands.release)
        self.centre.paper_wanted.connect(self.errands.make_papers)
        self.centre.paper_of_chosen_wanted.connect(self.acts.papers_of_chosen)
        self.centre.paper_of_group_wanted.connect(self.acts.papers_of_group)
        self.centre.clear_wanted.connect(self.clear_search)
        self.centre.reload_wanted.connect(self.reload)
        self.centre.unfold_wanted.connect(lambda: self.fold(folded=False))
        self.pane.fold_wanted.connect(lambda: self.fold(folded=True))
        self.pane.step_wanted.connect(self.step)
        self.pane.entry_wanted.connect(self.go_to_entry)
        self.pane.pages.currentChanged.connect(
            lambda _at: self.centre.step_back(editing=self.pane.is_editing())
        )
        self.errands.duplicates_wanted.connect(self.show_duplicates)
        self.errands.undecided_wanted.connect(self.show_undecided)
        self.errands.act_wanted.connect(self.act_wanted)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.step, by))

    # --- the tab's part in the window ------------------------------------------

    def first_shown(self) -> None:
        """Ask for the list as it was sorted last time."""
        self._ask_courses()
        self._ask()
        self.acts.ask_views()
        self.search.setFocus()

    def reload(self) -> None:
        """Read everything again; another programme starts with an empty search."""
        self._ask_courses()
        self.acts.ask_views()
        self.question.offer_again()
        if self.listing.query.programme_id != self.desk.programme_id:
            self.clear_search()
            return
        self._ask_again()

    def refresh(self, change: ChangeSet) -> None:
        """Read again what is shown, keeping what is chosen."""
        self.acts.ask_views()
        if change.kinds <= {"saved_view"}:
            return
        self.question.offer_again()
        if "course" in change.kinds:
            self._ask_courses()
        self._ask_again()

    def actions_served(self) -> Mapping[str, Callable[[], object]]:
        """Serve the import, the export and everything of the selection."""
        return {
            **self.pane.actions_served(),
            "file.import": self.errands.choose_files,
            "file.imports": self.errands.show_imports,
            "file.export": self.acts.export,
            "selection.screening": self.errands.open_screening,
            **{f"selection.{key}": partial(self.decide, deed) for key, deed in _DEEDS.items()},
            **self.aftermath.served(),
            **{f"papers.{kind}": partial(self.errands.make_papers, kind) for kind in (*PAPERS, *FILE_PAPERS)},
        }

    def focus_search(self) -> None:
        """Go to the search box with its text chosen."""
        self.search.setFocus()
        self.search.selectAll()

    def accepts_file(self, path: Path) -> bool:
        """Take any table; the preview says what it is."""
        return is_table(path)

    def open_file(self, path: Path) -> None:
        """Show what the file would do."""
        self.errands.take_in([path])

    def save_state(self) -> None:
        """Remember columns, splitter and whether the details are folded."""
        self.table.save_columns(self.desk.settings)
        self.desk.settings.setValue(SPLIT_KEY, self.splitter.saveState())
        self.desk.settings.setValue(FOLDED_KEY, int(self.pane.isHidden()))

    def can_leave(self) -> bool:
        """Ask to save or discard what is typed in the details first."""
        if not self.pane.has_unsaved():
            return True
        self.desk.notifier.say(
            _("What you typed about an applicant is not saved yet. Save or discard it first."), "caution"
        )
        self.fold(folded=False)
        self.pane.form.save_button.setFocus()
        return False

    # --- what else can be asked of it --------------------------------------------

    def step(self, by: int) -> None:
        """Go to the person above or below."""
        now = self.table.currentIndex().row()
        wanted = now + by
        if 0 <= wanted < self.model.rowCount():
            self.table.select_row(wanted)

    def fold(self, *, folded: bool) -> None:
        """Put the details away or bring them back."""
        self.pane.setVisible(not folded)
        self.centre.unfold_button.setVisible(folded)
        self._show_current()

    def go_to_entry(self, entry_id: int) -> None:
        """Show one entry, clearing the filters when they hide it."""
        self.listing.when_ordered(lambda ids: self._go_to(entry_id, ids))

    def show_duplicates(self) -> None:
        """Show the people in doubt."""
        self.search.clear()
        self.filters.select(flags=("duplicate",))

    def show_undecided(self, stage: Stage) -> None:
        """Show the people of a screening, those without a result first of all."""
        self.search.clear()
        self.filters.select(statuses=(DECIDED_FROM[stage],))

    def clear_search(self) -> None:
        """Show everybody."""
        told = self.question.clear()
        if not told or self.listing.query.programme_id != self.desk.programme_id:
            self._ask()

    def decide(self, key: str) -> None:
        """Open the dialog for a deed on the chosen people."""
        if self.desk.read_only:
            return
        if key in {"pass", "fail"}:
            key = f"{self.errands.stage_of(self.current_row())}-{key}"
        ranges = self.table.selected_ranges()
        self.listing.when_ordered(lambda ids: self.errands.decide(key, ids_of(ranges, ids), ids))

    # --- asking ----------------------------------------------------------------

    def _ask(self) -> None:
        self.keeper.forget()
        if self.model.rowCount() == 0:
            self._slow.start()
        query = self.question.query()
        self.listing.ask(query)
        self.question.say(query)  # while the answer is under way

    def _ask_again(self) -> None:
        self.keeper.keep()
        self.listing.ask_again(self.table.pages_in_sight())
        self.pane.refresh()

    def _on_group_changed(self) -> None:
        if self.listing.query.entry_ids is not None or self.centre.group_chip.only():
            self._ask()

    def _on_columns_changed(self) -> None:
        ranks = "rank" in self.table.shown_keys()
        if ranks != self.listing.ranks:
            self.listing.ranks = ranks
            self._ask_again()

    def _ask_courses(self) -> None:
        self.desk.query(
            courses,
            self._offer_courses,
            owner=self,
            latest="applicants.courses",
            programme_id=self.desk.programme_id,
        )

    def _offer_courses(self, rows: list[CourseRow]) -> None:
        self.filters.set_courses([(course.id, course.short_name) for course in rows])
        self.errands.courses = self.acts.courses = {course.id: course.short_name for course in rows}

    # --- answers ---------------------------------------------------------------

    def _on_answered(self, new: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._slow.stop()
        count = self.model.rowCount()
        self._total = max(self._total, count)
        if new:
            self.table.scrollToTop()
        else:
            self.keeper.restore()
        if not count:
            self._say_why_empty()
            self.pane.show_entry(None)
        elif not self.table.currentIndex().isValid():
            entry = self.pane.entry_id
            place = self.model.place_of(entry) if entry is not None else None
            place = 0 if place is None else place
            self.table.select_ranges([(place, place)], place)
        if new:
            self.table.paint_now()  # the rows are waited for; what else changed follows
        self._show_current()
        self._say_counts()

    def _on_lengthened(self, before: int) -> None:
        """Everybody was chosen before the whole length was known: everybody still is."""
        if before > 1 and self.table.selected_count() == before:
            self.table.selectAll()
        self._show_current()
        self._say_counts()

    def _on_counted(self, totals: Totals) -> None:
        self._total = totals.total
        self.filters.show_counts(totals.facets)
        if not self.model.rowCount():
            self._say_why_empty()
        self._say_counts()

    def _on_failed(self, error: Exception) -> None:
        self._slow.stop()
        self.model.show_answer(0, {})
        self.centre.say_problem(texts.message(error))

    def _say_why_empty(self) -> None:
        if self.question.narrowed():
            self.centre.say_nobody_fits()
        else:
            self.centre.say_nobody_yet()

    def current_row(self) -> ApplicantRow | None:
        """Return the entry that is looked at, once its row is read."""
        return self.model.row_at(self.table.currentIndex().row())

    def _show_current(self) -> None:
        number = self.table.currentIndex().row()
        self.pane.show_place(number, self.model.rowCount())
        row = self.current_row()
        if row is not None and not self.pane.isHidden():
            typing = self.search.hasFocus() and bool(self.search.text())
            self.pane.show_entry(row.entry_id, after=TYPING_MILLISECONDS if typing else STEP_MILLISECONDS)

    def _say_counts(self) -> None:
        self.centre.say_counts(
            self.model.rowCount(), self._total, self.table.selected_count(), sure=self.listing.sure
        )

    def _go_to(self, entry_id: int, ids: Sequence[int]) -> None:
        if entry_id in ids:
            self.table.select_row(ids.index(entry_id))
            self.table.setFocus()
        elif self.question.narrowed():
            self.clear_search()
            self.listing.when_ordered(lambda everyone: self._go_to(entry_id, everyone))

    # --- keys, mouse, files ------------------------------------------------------

    def _go_to_list(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()
            if not self.table.selected_count():
                self.table.select_row(0)

    def _type_into_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    def _read_person(self) -> None:
        self.fold(folded=False)
        self.pane.view.setFocus()

    def context_menu(self) -> QMenu:
        """Return the menu of the list."""
        return list_menu(self, self.desk, table=self.table, acts=self.acts, decide=self.decide)

    def _recall(self) -> None:
        self.table.load_columns(self.desk.settings)
        self.listing.ranks = "rank" in self.table.shown_keys()
        state = self.desk.settings.value(SPLIT_KEY)
        if isinstance(state, QByteArray):
            self.splitter.restoreState(state)
        if int(str(self.desk.settings.value(FOLDED_KEY, 0)) or 0):
            self.fold(folded=True)

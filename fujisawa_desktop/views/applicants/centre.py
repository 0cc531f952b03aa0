"""The middle of the tab: search box, what can be done, the list, and how many are shown and chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.conditions import ConditionLine
from fujisawa_desktop.views.applicants.deeds import DEEDS
from fujisawa_desktop.views.applicants.table import ApplicantTable
from fujisawa_desktop.views.applicants.table_model import ApplicantTableModel
from fujisawa_desktop.views.group_chip import GroupChip
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    IconButton,
    LinkButton,
    MenuButton,
    SearchField,
    SecondaryButton,
    TextLabel,
    plain,
    restyle,
    row,
)
from fujisawa_desktop.views.working_group import WorkingGroup

PAPERS: Final = (
    "first-result",
    "interview-invitation",
    "final-result",
    "promotion",
    "acceptance",
    "roster",
    "labels",
    "envelope",
    "window-address",
)
"""Papers about applicants."""
FILE_PAPERS: Final = ("dispatch-ledger", "purge-certificate")
"""Papers for the file, about everybody."""


class Centre(QWidget):
    """Shows the list and tells what is wanted; it knows no service.

    Signals:
        import_wanted(): choose a file to take in.
        deed_wanted(str): key of a deed for the chosen people.
        release_wanted(Stage): announce a screening.
        paper_wanted(str): make papers of that kind for everybody they are for.
        paper_of_chosen_wanted(str): make them for the chosen people only.
        paper_of_group_wanted(str): make them for the working group.
        unfold_wanted(): show the details again.
        clear_wanted(): take search and filters away.
        reload_wanted(): read the list again.
    """

    import_wanted = Signal()
    deed_wanted = Signal(str)
    release_wanted = Signal(object)
    paper_wanted = Signal(str)
    paper_of_chosen_wanted = Signal(str)
    paper_of_group_wanted = Signal(str)
    unfold_wanted = Signal()
    clear_wanted = Signal()
    reload_wanted = Signal()

    def __init__(self, model: ApplicantTableModel, group: WorkingGroup, *, read_only: bool) -> None:
        super().__init__()
        self._read_only = read_only
        self._group = group
        self.group_chip = GroupChip(group)
        self.conditions = ConditionLine(self.group_chip)
        self.search = SearchField(
            _("Name, reading, university, number or telephone (Ctrl+F)"), _("Search the applicants")
        )
        self.import_button = SecondaryButton(_("Import…"), self.import_wanted.emit)
        self.decide_button = MenuButton(_("Decide"), "primary")
        self.papers_button = MenuButton(_("Papers"))
        self.papers_button.menu().aboutToShow.connect(self._fill_papers_menu)
        self.unfold_button = IconButton("previous", _("Show the details"), self.unfold_wanted.emit)
        self.unfold_button.hide()
        self.table = ApplicantTable(model)
        self.table.block.changed.connect(self._say_chosen)
        self._chosen = 0
        self.shown = TextLabel("", "secondary")
        self.chosen = TextLabel("", "secondary")
        self.all_button = LinkButton(_("Choose all (Ctrl+A)"), self._choose_all)
        self._fill_decide_menu()
        if read_only:
            for button in (self.import_button, self.decide_button):
                button.setEnabled(False)
                button.setToolTip(_("This file is open for reading only."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(
            row(self.search, self.import_button, self.papers_button, self.decide_button, self.unfold_button)
        )
        column.addWidget(self.conditions)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.shown, self.chosen, self.all_button, None))

    def _fill_decide_menu(self) -> None:
        menu = self.decide_button.menu()
        group = 0
        for deed in DEEDS:
            if deed.group != group:
                menu.addSeparator()
                group = deed.group
            self.decide_button.add(
                _("{deed}…").format(deed=_(deed.title)), partial(self.deed_wanted.emit, deed.key)
            )
        menu.addSeparator()
        for stage, text in (
            (Stage.FIRST, _("Announce the 1st screening…")),
            (Stage.FINAL, _("Announce the final screening…")),
        ):
            self.decide_button.add(text, partial(self.release_wanted.emit, stage))

    def _fill_papers_menu(self) -> None:
        menu = self.papers_button.menu()
        menu.clear()
        for kind in PAPERS:
            text = _("{paper}: everybody").format(paper=term("kind", kind))
            self.papers_button.add(plain(text), partial(self.paper_wanted.emit, kind))
        chosen = ngettext(
            "{paper}: the {count} chosen", "{paper}: the {count} chosen", self.table.selected_count()
        )
        self._add_papers(chosen, self.table.selected_count(), self.paper_of_chosen_wanted)
        self._add_papers(
            _("{paper}: the working group of {count}"), len(self._group), self.paper_of_group_wanted
        )

    def _add_papers(self, text: str, count: int, wanted: SignalInstance) -> None:
        if not count:
            return
        self.papers_button.menu().addSeparator()
        for kind in PAPERS:
            said = text.format(paper=term("kind", kind), count=f"{count:,}")
            self.papers_button.add(plain(said), partial(wanted.emit, kind))

    def step_back(self, *, editing: bool) -> None:
        """While a person is edited, saving is what the screen is for."""
        restyle(self.decide_button, "kind", "secondary" if editing else "primary")

    def say_counts(self, shown: int, total: int, chosen: int, *, sure: bool) -> None:
        """Say how many are shown, of how many, and how many are chosen; a length not sure is not said."""
        text = ngettext("{shown} shown (of {total})", "{shown} shown (of {total})", shown)
        self.shown.setText(text.format(shown=f"{shown:,}" if sure else "…", total=f"{total:,}"))
        self._chosen = chosen
        self._say_chosen()
        self.all_button.setVisible(shown > 1 and chosen < shown)
        self.papers_button.setEnabled(total > 0)
        self.decide_button.setEnabled(total > 0 and not self._read_only)

    def _say_chosen(self) -> None:
        chosen, columns = self._chosen, len(self.table.block.columns())
        text = ngettext("{count} chosen", "{count} chosen", chosen) if chosen else ""
        if columns and chosen:
            text = ngettext(
                "{count} chosen × {columns} columns", "{count} chosen × {columns} columns", chosen
            )
        self.chosen.setText(text.format(count=f"{chosen:,}", columns=columns))
        hint = _("Ctrl+C copies these columns of the chosen rows; Esc goes back to whole rows.")
        self.chosen.setToolTip(hint if columns else "")

    def say_reading(self) -> None:
        """Say that the list is being read."""
        self._say_empty(_("Reading the list…"))

    def say_nobody_fits(self) -> None:
        """Say that search and filters let nobody through."""
        self._say_empty(
            _("Nobody fits"),
            _("No applicant fits the search and the filters. Try fewer letters or fewer filters."),
            _("Clear search and filters"),
            self.clear_wanted.emit,
        )

    def say_nobody_yet(self) -> None:
        """Say how people come into the list."""
        if self._read_only:
            self._say_empty(_("There are no applicants yet"), _("This file is open for reading only."))
            return
        self._say_empty(
            _("There are no applicants yet"),
            _(
                "Export the entries at the portals and drop the files here, or choose them. "
                "You see what is in them before anything is taken in."
            ),
            _("Choose files…"),
            self.import_wanted.emit,
        )

    def say_problem(self, reason: str) -> None:
        """Say why the list could not be read."""
        self._say_empty(_("The list could not be read"), reason, _("Try again"), self.reload_wanted.emit)

    def _say_empty(
        self,
        title: str,
        explanation: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        self.table.empty.say(title, explanation, action, on_action)
        self.table.show_emptiness()

    def _choose_all(self) -> None:
        self.table.selectAll()
        self.table.setFocus()

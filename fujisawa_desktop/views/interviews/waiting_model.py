"""Who waits for an interview, as a list: filtered by the search box, those who do not fit first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicant_keys import key_terms
from fujisawa_desktop.services.interview_plan import UnplacedPerson
from fujisawa_desktop.services.interview_view import Person
from fujisawa_desktop.views.interviews.board import Board
from fujisawa_desktop.views.interviews.words import all_times, courses_text, times_text

PERSON_ROLE: Final = Qt.ItemDataRole.UserRole + 1
UNPLACED_ROLE: Final = Qt.ItemDataRole.UserRole + 2
RANKS_ROLE: Final = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class WaitingModel(QAbstractListModel):
    """The people who wait; ``unplaced`` are entries for whom the plan found no place."""

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._unplaced: frozenset[int] = frozenset()
        self._text = ""
        self._only: frozenset[int] | None = None
        self._people: list[Person] = []

    def show(self, board: Board, unplaced: Iterable[UnplacedPerson]) -> None:
        """Show who waits on this board, and who of them has no place."""
        self._board = board
        self._unplaced = frozenset(one.entry_id for one in unplaced)
        self._fill()

    def search(self, text: str) -> None:
        """Show only those who are found."""
        self._text = text
        self._fill()

    def limit(self, entry_ids: frozenset[int] | None) -> None:
        """Show only these people of those who wait; None shows everybody."""
        if entry_ids != self._only:
            self._only = entry_ids
            self._fill()

    def everybody(self) -> Sequence[Person]:
        """Return all who wait, found or not; beside a plan only those for whom it has no place."""
        if self._board is None:
            return ()
        everybody = self._board.view.waiting
        if self._board.plan is None:
            return everybody
        return [person for person in everybody if person.entry_id in self._unplaced]

    def person(self, row: int) -> Person | None:
        """Return the person of a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def row_of(self, key: int) -> int:
        """Return the row of a person, -1 when it is not shown."""
        return next((at for at, person in enumerate(self._people) if person.key == key), -1)

    def _fill(self) -> None:
        self.beginResetModel()
        terms = key_terms(self._text)
        found = [
            person
            for person in self.everybody()
            if (self._only is None or not self._only.isdisjoint((person.entry_id, *person.entry_ids)))
            and all(term in person.search_key for term in terms)
        ]
        self._people = sorted(found, key=lambda person: person.entry_id not in self._unplaced)
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many are shown."""
        return 0 if parent.isValid() else len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return name, words for screen readers, and what the delegate paints."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None or self._board is None:
            return None
        unplaced = person.entry_id in self._unplaced
        if role == Qt.ItemDataRole.DisplayRole:
            return person.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = [person.name, courses_text(self._board, person), times_text(person)]
            return _(", ").join([*words, _("No place")] if unplaced else words)
        if role == Qt.ItemDataRole.UserRole:
            return [
                _("{name} ({kana})").format(name=person.name, kana=person.kana),
                person.number,
                courses_text(self._board, person),
                *all_times(person).splitlines(),
            ]
        if role == RANKS_ROLE:
            return [self._board.course_rank(mark.course_id) for mark in self._board.marks_of(person)]
        return {PERSON_ROLE: person, UNPLACED_ROLE: unplaced}.get(role)

"""Asks for the list: first what is seen at once, then, when typing pauses, counts and order.

Every question runs on the reading worker and only the newest answer counts.  The first question
of a search is kept small, so that rows follow the keys; the counts beside the filters and the
order of all rows (which a selection of many rows needs) come a moment later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from fujisawa_desktop.services.applicants import (
    ApplicantRow,
    FacetCounts,
    ListQuery,
    facet_counts,
    list_count,
    list_ids,
    list_page,
)
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS, ApplicantTableModel
from fujisawa_desktop.views.desk import Desk

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

PAUSE_MILLISECONDS: Final = 150


@dataclass(frozen=True, slots=True)
class Answer:
    """What is needed to paint: how many rows there are, and the pages in sight."""

    query: ListQuery
    count: int
    pages: Mapping[int, Sequence[ApplicantRow]]


@dataclass(frozen=True, slots=True)
class Background:
    """What is needed a moment later: counts for the filters, all entries in order, and how many there are."""

    query: ListQuery
    facets: FacetCounts
    ids: Sequence[int]
    total: int


def read_answer(database: Database, *, query: ListQuery, pages: Iterable[int]) -> Answer:
    """Count the rows and read some pages of them."""
    return Answer(
        query,
        list_count(database, query),
        {page: list_page(database, query, page * PAGE_ROWS, PAGE_ROWS) for page in pages},
    )


def read_page(database: Database, *, query: ListQuery, page: int) -> Sequence[ApplicantRow]:
    """Read one page."""
    return list_page(database, query, page * PAGE_ROWS, PAGE_ROWS)


def read_background(database: Database, *, query: ListQuery) -> Background:
    """Read the counts and the order of all rows."""
    everybody = ListQuery(programme_id=query.programme_id)
    return Background(
        query, facet_counts(database, query), list_ids(database, query), list_count(database, everybody)
    )


class Listing(QObject):
    """The current question, its answer in the model, and what is known of it.

    Signals:
        answered(bool): rows are in the model; true when it is a new question.
        counted(Background): the counts beside the filters, and how many entries there are at all.
        reordered(list, list): after a change, all entries before and after it, in order.
        failed(Exception): the list could not be read.

    Attributes:
        query: the question.
        ids: all entries of the answer in order; ``None`` until they are known.
    """

    answered = Signal(bool)
    counted = Signal(object)
    reordered = Signal(object, object)
    failed = Signal(object)

    def __init__(self, desk: Desk, model: ApplicantTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._before: Sequence[int] | None = None
        self._waiting: list[Callable[[Sequence[int]], object]] = []
        self.query = ListQuery(programme_id=desk.programme_id)
        self.ids: Sequence[int] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask_background)
        model.page_wanted.connect(self._ask_page)

    def ask(self, query: ListQuery) -> None:
        """Show the answer to another question."""
        self.query = query
        self.ids = None
        self._before = None
        self._waiting.clear()
        self._pause.start()
        self._desk.query(
            read_answer,
            lambda answer: self._take(answer, new=True),
            owner=self,
            latest="applicants.rows",
            on_error=self.failed.emit,
            query=query,
            pages=(0,),
        )

    def ask_again(self, pages: Iterable[int]) -> None:
        """Read the same question again because something changed; ``pages`` are in sight."""
        if self._before is None:
            self._before = self.ids
        self.ids = None
        self._pause.start(0)
        self._desk.query(
            read_answer,
            lambda answer: self._take(answer, new=False),
            owner=self,
            latest="applicants.rows",
            on_error=self.failed.emit,
            query=self.query,
            pages=tuple(pages) or (0,),
        )

    def when_ordered(self, act: Callable[[Sequence[int]], object]) -> None:
        """Call ``act`` with all entries in order, as soon as they are known."""
        if self.ids is not None:
            act(self.ids)
        else:
            self._waiting.append(act)

    def _take(self, answer: Answer, *, new: bool) -> None:
        if answer.query != self.query:
            return
        if new or answer.count != self._model.rowCount():
            self._model.show_answer(answer.count, answer.pages)
        else:
            self._model.show_changes(answer.pages)
        self.answered.emit(new)

    def _ask_page(self, page: int) -> None:
        query = self.query

        def take(rows: Sequence[ApplicantRow]) -> None:
            if query == self.query:
                self._model.add_page(page, rows)

        self._desk.query(read_page, take, owner=self, on_error=self.failed.emit, query=query, page=page)

    def _ask_background(self) -> None:
        self._desk.query(
            read_background,
            self._take_background,
            owner=self,
            latest="applicants.background",
            on_error=self.failed.emit,
            query=self.query,
        )

    def _take_background(self, background: Background) -> None:
        if background.query != self.query:
            return
        self.ids = background.ids
        self.counted.emit(background)
        before, self._before = self._before, None
        if before is not None:
            self.reordered.emit(before, background.ids)
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act(background.ids)

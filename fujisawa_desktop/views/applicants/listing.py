"""Asks for the list: first what is seen at once, then, when typing pauses, how many there are.

Every question runs on the reading worker and only the newest answer counts.  The first question
of a search is kept small, so that rows follow the keys: one page is found long before all that
fits is counted.  The order of all rows is asked for only when a choice of many rows needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from fujisawa_desktop.services.applicants import (
    WORTH_FROM,
    ApplicantRow,
    FacetCounts,
    ListQuery,
    facet_counts,
    list_count,
    list_ids,
    list_page,
    remember_keys,
)
from fujisawa_desktop.views.applicants.table_model import PAGE_ROWS, ApplicantTableModel
from fujisawa_desktop.views.desk import Desk

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

COUNT_MILLISECONDS: Final = 280
FACETS_MILLISECONDS: Final = 420
"""How long typing has to pause before rows are counted, and before the filters' counts are made."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is needed to paint: the pages in sight, and how many rows there are (at least, if not sure)."""

    query: ListQuery
    count: int
    sure: bool
    pages: Mapping[int, Sequence[ApplicantRow]]


@dataclass(frozen=True, slots=True)
class Totals:
    """The counts beside the filters, and how many entries there are at all."""

    query: ListQuery
    facets: FacetCounts
    total: int


def read_start(database: Database, *, query: ListQuery, ranks: bool = False) -> Answer:
    """Read the first page only."""
    rows = list_page(database, query, 0, PAGE_ROWS, ranks=ranks)
    return Answer(query, len(rows), len(rows) < PAGE_ROWS, {0: rows})


def read_again(database: Database, *, query: ListQuery, pages: Iterable[int], ranks: bool = False) -> Answer:
    """Count the rows and read some pages of them."""
    found = {page: read_page(database, query=query, page=page, ranks=ranks) for page in pages}
    return Answer(query, list_count(database, query), sure=True, pages=found)


def read_page(
    database: Database, *, query: ListQuery, page: int, ranks: bool = False
) -> Sequence[ApplicantRow]:
    """Read one page."""
    return list_page(database, query, page * PAGE_ROWS, PAGE_ROWS, ranks=ranks)


def read_totals(database: Database, *, query: ListQuery) -> Totals:
    """Read the counts of the filters and of the programme."""
    everybody = ListQuery(programme_id=query.programme_id)
    return Totals(query, facet_counts(database, query), list_count(database, everybody))


class Listing(QObject):
    """The current question, its answer in the model, and what is known of it.

    Signals:
        answered(bool): rows are in the model; true when it is a new question.
        lengthened(int): the whole length of the list is known now; so many rows were there before.
        counted(Totals): the counts beside the filters are known now.
        failed(Exception): the list could not be read.

    Attributes:
        query: the question.
        sure: whether the model is as long as the whole answer.
        ids: all entries of the answer in order; ``None`` until somebody asked for them.
        ranks: whether the places by points are shown, which cost a look at everybody.
    """

    answered = Signal(bool)
    lengthened = Signal(int)
    counted = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, model: ApplicantTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._round = 0
        self.query = ListQuery(programme_id=desk.programme_id)
        self.sure = False
        self.ranks = False
        self.ids: Sequence[int] | None = None
        self._known_length: int | None = None
        self._counted: ListQuery | None = None
        self._count_pause = self._timer(COUNT_MILLISECONDS, self._ask_count)
        self._totals_pause = self._timer(FACETS_MILLISECONDS, self._ask_totals)
        model.page_wanted.connect(self._ask_page)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def ask(self, query: ListQuery) -> None:
        """Show the answer to another question."""
        first = self._round == 0
        # Another order leaves every count as it was; counting again would keep the next click waiting.
        known = self._model.rowCount() if self.sure and _unsorted(query) == _unsorted(self.query) else None
        self._begin(query)
        self._known_length = known
        if self._counted != _unsorted(query):
            self._totals_pause.start(0 if first else FACETS_MILLISECONDS)
        self._desk.query(
            read_start,
            lambda answer: self._take(answer, new=True),
            owner=self,
            latest="applicants.rows",
            on_error=self.failed.emit,
            query=query,
            ranks=self.ranks,
        )

    def ask_again(self, pages: Iterable[int]) -> None:
        """Read the same question again because something changed; ``pages`` are in sight."""
        self._begin(self.query)
        self._counted = None
        self._totals_pause.start(0)
        self._desk.query(
            read_again,
            lambda answer: self._take(answer, new=False),
            owner=self,
            latest="applicants.rows",
            on_error=self.failed.emit,
            query=self.query,
            pages=tuple(pages) or (0,),
            ranks=self.ranks,
        )

    def when_ordered(self, act: Callable[[Sequence[int]], object]) -> None:
        """Call ``act`` with all entries in order; dropped when another question is asked meanwhile."""
        if self.ids is not None:
            act(self.ids)
            return
        now = self._round

        def take(ids: Sequence[int]) -> None:
            if now == self._round:
                self.ids = ids
                self._know_length(len(ids))
                act(ids)

        self._desk.query(list_ids, take, owner=self, on_error=self.failed.emit, query=self.query)

    def _begin(self, query: ListQuery) -> None:
        self._round += 1
        self.query = query
        self.ids = None
        self.sure = False
        self._known_length = None
        self._count_pause.stop()

    def _take(self, answer: Answer, *, new: bool) -> None:
        if answer.query != self.query:
            return
        if not answer.sure and self._known_length is not None and self._known_length >= answer.count:
            answer = replace(answer, count=self._known_length, sure=True)
        self.sure = answer.sure
        if not answer.sure:
            self._count_pause.start()
        if new or answer.count != self._model.rowCount():
            self._model.show_answer(answer.count, answer.pages)
        else:
            self._model.show_changes(answer.pages)
        self.answered.emit(new)

    def _ask_page(self, page: int) -> None:
        now = self._round

        def take(rows: Sequence[ApplicantRow]) -> None:
            if now == self._round:
                self._model.add_page(page, rows)

        self._desk.query(
            read_page,
            take,
            owner=self,
            on_error=self.failed.emit,
            query=self.query,
            page=page,
            ranks=self.ranks,
        )

    def _ask_count(self) -> None:
        now = self._round

        def take(count: int) -> None:
            if now == self._round:
                self._know_length(count)

        self._desk.query(
            list_count,
            take,
            owner=self,
            latest="applicants.count",
            aside=True,
            on_error=self.failed.emit,
            query=self.query,
        )

    def _know_length(self, count: int) -> None:
        if not self.sure:
            self.sure = True
            self._count_pause.stop()
            before = self._model.rowCount()
            self._model.set_count(count)
            self.lengthened.emit(before)

    def _ask_totals(self) -> None:
        self._desk.query(
            read_totals,
            self._take_totals,
            owner=self,
            latest="applicants.totals",
            aside=True,
            on_error=self.failed.emit,
            query=self.query,
        )

    def _take_totals(self, totals: Totals) -> None:
        if totals.total >= WORTH_FROM:
            self._desk.query(
                remember_keys,
                lambda _nothing: None,
                owner=self,
                latest="applicants.keys",
                aside=True,
                on_error=self.failed.emit,
                programme_id=totals.query.programme_id,
            )
        if _unsorted(totals.query) == _unsorted(self.query):
            self._counted = _unsorted(totals.query)
            self.counted.emit(totals)


def _unsorted(query: ListQuery) -> ListQuery:
    """Return which people a question is about, whatever their order."""
    return replace(query, sorts=())

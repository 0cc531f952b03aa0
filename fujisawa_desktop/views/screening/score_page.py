"""Reading and scoring one entry after the other; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from fujisawa_desktop import texts
from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.screening import check_points
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_forms import ReviewForm
from fujisawa_desktop.services.screening_queue import (
    Progress,
    Queue,
    ReadingOrder,
    review_queue,
    screening_progress,
)
from fujisawa_desktop.services.screening_reviews import ReviewSaved, ReviewSheet, review_sheet
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.screening.alive import while_open
from fujisawa_desktop.views.screening.marks_pane import MarksPane
from fujisawa_desktop.views.screening.progress_pane import ProgressPane
from fujisawa_desktop.views.screening.queue_panel import QueuePanel
from fujisawa_desktop.views.screening.reading_pane import ReadingPane
from fujisawa_desktop.views.screening.review_saving import review_saving, typed_review, with_saved
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.trust.beside_others import save_beside_others
from fujisawa_desktop.views.widgets import TextLabel, commit_typing

_KEYS: Final = (
    ("Ctrl+Return", "finish"),
    ("Ctrl+Enter", "finish"),
    ("Alt+S", "skip"),
    ("Alt+R", "recuse"),
)


class ScorePage(QWidget):
    """Queue, entry and points of one reviewer.

    Signals:
        told(str, str): a message and its tone.
        setup_wanted(): criteria are missing.
        reviewer_wanted(): there is no reviewer yet; one is to be added.

    Attributes:
        queue: what is read, None before the first answer.
        sheet: the entry shown, None while there is none.
    """

    told = Signal(str, str)
    setup_wanted = Signal()
    reviewer_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._reviewer_id: int | None = None
        self._course_id: int | None = None
        self._order = ReadingOrder.SHUFFLED
        self._saving = False
        self._writing = 0
        self._written: set[int] = set()
        self._back: ReviewForm | None = None
        self._ahead: ReviewSheet | None = None
        self.queue: Queue | None = None
        self.sheet: ReviewSheet | None = None
        self.panel = QueuePanel()
        self.reading = ReadingPane()
        self.marks = MarksPane()
        self.keys = TextLabel(
            _(
                "0–9 points · ↑↓ criterion · Ctrl+Enter done, next · S skip · R do not judge · "
                "C comment · Page Down read on · Alt+↑↓ other application"
            ),
            "small",
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(Space.M)
        for at, widget in enumerate((self.panel, self.reading, self.marks)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(at, int(at == 1))
        self.splitter.setSizes([336, 590, 306])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self.progress = ProgressPane()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.progress)
        column.addWidget(self.stack, 1)
        column.addWidget(self.keys)

    def _connect(self) -> None:
        self.panel.chosen.connect(self._go_to)
        self.panel.excluded_wanted.connect(lambda _on: self.ask())
        self.marks.done_wanted.connect(self.finish)
        self.marks.skip_wanted.connect(self.skip)
        self.marks.recuse_wanted.connect(self.recuse)
        self.marks.scrolled.connect(self.reading.scroll_page)
        for keys, act in _KEYS:
            self._shortcut(keys).activated.connect(getattr(self, act))
        self._shortcut("Alt+C").activated.connect(self.marks.comment.setFocus)
        self._shortcut("Alt+Up").activated.connect(partial(self.step, -1))
        self._shortcut("Alt+Down").activated.connect(partial(self.step, 1))

    def _shortcut(self, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        return shortcut

    # --- whose queue ---------------------------------------------------------------

    def look(self, reviewer_id: int | None, course_id: int | None, order: ReadingOrder) -> None:
        """Show another queue; what was typed is saved first."""
        if (reviewer_id, course_id, order) == (self._reviewer_id, self._course_id, self._order):
            self.ask()
            return
        self._keep_typed()
        self._reviewer_id, self._course_id, self._order = reviewer_id, course_id, order
        self._show_nothing()
        self.ask()

    def ask(self) -> None:
        """Query the queue again."""
        if self._reviewer_id is None:
            self.queue = None
            self.panel.show_queue(Queue((), 0, has_criteria=True))
            self._show_nothing()
            self._desk.query(
                screening_progress,
                self._show_progress,
                owner=self,
                latest="screening.queue",
                programme_id=self._desk.programme_id,
            )
            return
        self._desk.query(
            review_queue,
            self._show_queue,
            owner=self,
            latest="screening.queue",
            programme_id=self._desk.programme_id,
            reviewer_id=self._reviewer_id,
            course_id=self._course_id,
            order=self._order,
            with_excluded=self.panel.excluded.isChecked(),
        )

    def _show_progress(self, rows: list[Progress]) -> None:
        self._show_page(of_reviewer=not rows)
        self.progress.show_progress(rows)
        if not rows:
            self.reading.say_no_reviewer(None if self._desk.read_only else self.reviewer_wanted.emit)

    def _show_page(self, *, of_reviewer: bool) -> None:
        self.stack.setCurrentIndex(0 if of_reviewer else 1)
        self.keys.setVisible(of_reviewer)

    def refresh(self) -> None:
        """Query again what somebody else, or an undo, may have changed."""
        if self._writing:
            return  # it is this page's own change, which it knows
        self._ahead = None
        self.ask()
        if self.sheet is not None and not self.marks.is_changed():
            self._open(self.sheet.application_id)

    def reread(self) -> None:
        """Keep what was typed and show the entry anew: criteria, or what may be seen, changed."""
        self._ahead = None
        if self.sheet is not None and self._keep_typed() and not self._writing:
            self._open(self.sheet.application_id)

    def _show_queue(self, queue: Queue) -> None:
        self.queue = queue
        self._show_page(of_reviewer=True)
        self.panel.show_queue(queue)
        shown = self.sheet.application_id if self.sheet is not None else None
        if shown is not None and any(one.application_id == shown for one in queue.rows):
            self.panel.go_to(shown)
            self._look_ahead()
            return
        first = queue.next_open() or (queue.rows[0] if queue.rows else None)
        if first is not None and queue.has_criteria:
            self._open(first.application_id)
            return
        self._show_nothing()
        self.reading.say_no_entry(self.setup_wanted.emit if queue.rows else None)

    def _show_nothing(self) -> None:
        self.sheet = self._ahead = None
        self.marks.clear()
        self.reading.say_empty("", "")

    # --- one entry -----------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to the entry above or below without finishing this one."""
        rows = self.queue.rows if self.queue is not None else ()
        shown = self.sheet.application_id if self.sheet is not None else None
        at = next((n for n, one in enumerate(rows) if one.application_id == shown), -1) + by
        if 0 <= at < len(rows):
            self._go_to(rows[at].application_id)

    def _go_to(self, application_id: int) -> None:
        if self.sheet is not None and application_id == self.sheet.application_id:
            return
        if not self._keep_typed():
            if self.sheet is not None:
                self.panel.go_to(self.sheet.application_id)
            return
        self._open(application_id)

    def _open(self, application_id: int) -> None:
        if self._ahead is not None and self._ahead.application_id == application_id:
            self._show_sheet(self._ahead)
            return
        self._desk.query(
            review_sheet,
            self._show_sheet,
            owner=self,
            latest="screening.sheet",
            application_id=application_id,
            reviewer_id=self._reviewer_id,
        )

    def _show_sheet(self, sheet: ReviewSheet) -> None:
        self.sheet, self._ahead = sheet, None
        self._written.discard(sheet.application_id)
        self.panel.go_to(sheet.application_id)
        self.reading.show_sheet(sheet)
        self.marks.show_sheet(sheet, read_only=self._desk.read_only)
        if self._back is not None and self._back.application_id == sheet.application_id:
            self.marks.type_again(self._back.points, self._back.comment)
        self._back = None
        if sheet.text.covered is not None and self.panel.names_anybody():
            self.ask()  # reading became blind since the queue was asked for
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Read the next entry while this one is being read, so that it stands at once."""
        if self.queue is None or self.sheet is None:
            return
        following = self.queue.next_open(self.sheet.application_id)
        if following is not None:
            self._desk.query(
                review_sheet,
                self._keep_ahead,
                owner=self,
                latest="screening.ahead",
                aside=True,
                on_error=lambda _error: None,
                application_id=following.application_id,
                reviewer_id=self._reviewer_id,
            )

    def _keep_ahead(self, sheet: ReviewSheet) -> None:
        self._ahead = sheet

    # --- saving --------------------------------------------------------------------

    def finish(self) -> None:
        """Save the entry as done and go to the next one."""
        self._save(ReviewState.DONE)

    def skip(self) -> None:
        """Leave the entry for later; points given so far are kept."""
        self._save(ReviewState.SKIPPED)

    def recuse(self) -> None:
        """Save that the reviewer does not judge this person."""
        self._save(ReviewState.RECUSED)

    def _save(self, state: ReviewState) -> None:
        if self.sheet is None or self._saving or not self.marks.can_save():
            return
        commit_typing()
        self._desk.notifier.clear_fields(self.marks)
        try:
            points = self.marks.points() if state is not ReviewState.RECUSED else {}
            yardsticks = [one.yardstick for one in self.sheet.criteria]
            check_points(points, yardsticks, whole=state is ReviewState.DONE)
        except ValidationError as error:
            self._desk.notifier.show(error, self.marks)
            return
        self._saving = True
        self._write(self.sheet, state, points, self._saved)

    def _write(
        self,
        sheet: ReviewSheet,
        state: ReviewState,
        points: Mapping[int, int],
        on_done: Callable[[int, ReviewSaved], object],
    ) -> None:
        key, reviewer_id = sheet.application_id, self._reviewer_id
        if reviewer_id is None:
            return
        own = key in self._written  # nobody but this page can have written it since it was read
        self._written.add(key)
        self._writing += 1
        form = typed_review(sheet, reviewer_id, state, points, self.marks.comment.text())
        saving = review_saving(
            sheet,
            reviewer_id,
            self,
            own=own,
            on_done=while_open(self, partial(on_done, key)),
            on_error=partial(self._not_saved, key),
            on_stop=partial(self._stopped, form),
        )
        save_beside_others(self._desk, saving, form)

    def _stopped(self, form: ReviewForm) -> None:
        """Go back to the entry, where what was typed stands again."""
        self._saving = False
        self._writing -= 1
        self._written.discard(form.application_id)
        self._back = form
        self._ahead = None
        self._open(form.application_id)

    def _saved(self, application_id: int, saved: ReviewSaved) -> None:
        self._saving = False
        self._writing -= 1
        self.marks.take_as_saved()
        self._mark_row(application_id, saved)
        following = self.queue.next_open(application_id) if self.queue is not None else None
        if following is not None:
            self._open(following.application_id)
            return
        self._open(application_id)
        self.told.emit(_("All applications of this queue are done. The ranking is on the next page."), "good")

    def _not_saved(self, key: int, error: Exception) -> None:
        self._written.discard(key)
        if not isValid(self):
            self._desk.notifier.show(error)  # the window was closed meanwhile
            return
        self._saving = False
        self._writing -= 1
        if isinstance(error, ValidationError):
            self._desk.notifier.show(error, self.marks)
        else:
            self.told.emit(texts.message(error), "wrong")

    def _mark_row(self, application_id: int, saved: ReviewSaved) -> None:
        if self.queue is not None:
            self.queue = with_saved(self.queue, application_id, saved)
            self.panel.show_queue(self.queue)

    def _keep_typed(self) -> bool:
        """Save what was typed before going elsewhere; False when a field cannot be read.

        A done entry that is still whole stays done; anything else becomes a draft.
        """
        commit_typing()
        if self.sheet is None or not self.marks.is_changed():
            return True
        try:
            points = self.marks.points()
        except ValidationError as error:
            self._desk.notifier.show(error, self.marks)
            return False
        was_done = self.sheet.state is ReviewState.DONE and self.marks.is_whole()
        self.marks.take_as_saved()
        state = ReviewState.DONE if was_done else ReviewState.DRAFT
        self._write(self.sheet, state, points, self._kept)
        return True

    def _kept(self, application_id: int, saved: ReviewSaved) -> None:
        self._writing -= 1
        self._mark_row(application_id, saved)
        back = self.sheet is not None and self.sheet.application_id == application_id
        if back and not self.marks.is_changed():
            self._open(application_id)  # it may have been read again before it was written

    def can_leave(self) -> bool:
        """Save what was typed; return False when a field cannot be read and so would be lost."""
        return self._keep_typed()

"""What every tab works with: the open database, the workers, the door for errors, the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.notify import Notifier
from fujisawa_desktop.views.tasks import Job, Tasks
from fujisawa_desktop.views.widgets.inputs import commit_typing
from fujisawa_desktop.views.working_group import WorkingGroup

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

T = TypeVar("T")
entries_left = later("lookup", "entries_left")


@runtime_checkable
class HasChange(Protocol):
    """A result that says more than its change, as an import does; or an error beside something written."""

    @property
    def change(self) -> ChangeSet:
        """What was written."""


class Desk(QObject):
    """Runs the use-cases a tab asks for and tells all tabs what changed.

    Attributes:
        database: the open database.
        tasks: the workers.
        notifier: where messages and errors are shown.
        settings: what this person's window remembers (widths, last tab).
        programme_id: the programme on the desk.
        actor: who works here.
        today: returns the day the window counts from.
        group: people chosen for what is being done now, known to every tab.
        before_act: called on the worker before each act with the act, the database and what the act is given.

    Signals:
        changed(ChangeSet): something was written; a tab re-queries if it shows that kind.
        told(ChangeSet): all tabs know about a change; what only names it may follow.
        programme_changed(): another programme lies on the desk now.
    """

    changed = Signal(object)
    told = Signal(object)
    programme_changed = Signal()

    def __init__(
        self,
        *,
        database: Database,
        tasks: Tasks,
        notifier: Notifier,
        settings: QSettings,
        programme_id: int,
        actor: str | None = None,
        clock: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.database = database
        self.tasks = tasks
        self.notifier = notifier
        self.settings = settings
        self.programme_id = programme_id
        self.actor = actor
        self.today = clock
        self.group = WorkingGroup(self)
        self.before_act: Callable[[Callable[..., object], Database, Mapping[str, Any]], object] | None = None

    @property
    def read_only(self) -> bool:
        """Return whether nothing may be written."""
        return self.database.read_only

    def switch_programme(self, programme_id: int) -> None:
        """Lay another programme on the desk."""
        if programme_id != self.programme_id:
            self.programme_id = programme_id
            self.group.clear()
            self.programme_changed.emit()

    def query(
        self,
        fn: Callable[..., T],
        on_done: Callable[[T], object],
        *,
        owner: QObject | None = None,
        latest: str = "",
        aside: bool = False,
        on_error: Callable[[Exception], object] | None = None,
        busy: str = "",
        **kwargs: object,
    ) -> Job:
        """Run the read ``fn(database, **kwargs)`` and hand its result to ``on_done``.

        ``latest`` names a question of which only the newest answer matters; ``aside`` lets others
        pass by, for what can wait.  ``owner`` is the
        widget that waits: when it is gone, the answer is dropped.  With ``busy`` (a title) the
        read shows progress, can be stopped, and gets ``progress=`` to report with.
        """
        failed = on_error or self._show
        if busy:
            return self.tasks.run_long(
                busy,
                lambda progress: fn(self.database, progress=progress, **kwargs),
                on_done,
                failed,
                writes=False,
                owner=owner,
            )
        return self.tasks.run_read(
            lambda: fn(self.database, **kwargs), on_done, failed, owner=owner, latest=latest, aside=aside
        )

    def perform(
        self,
        fn: Callable[..., T],
        *,
        on_done: Callable[[T], object] | None = None,
        anchor: QWidget | None = None,
        on_error: Callable[[Exception], object] | None = None,
        busy: str = "",
        **kwargs: object,
    ) -> Job:
        """Run the act ``fn(database, **kwargs)`` and publish what it changed.

        Text still being composed with an input method is taken in first.  ``anchor`` is the
        form beside whose fields a refusal is shown.  What was written all the same is published
        with a refusal too.  With ``busy`` (a title) the act shows
        progress, can be stopped, and gets ``progress=`` to report with.
        """
        commit_typing()

        def done(result: T) -> None:
            if anchor is not None:
                self.notifier.clear_fields(anchor)
            self.publish(result)
            if on_done is not None:
                on_done(result)

        def failed(error: Exception) -> None:
            self.publish(error)
            if on_error is not None:
                on_error(error)
            else:
                self.notifier.show(error, anchor)

        def act(**more: object) -> T:
            if self.before_act is not None:
                self.before_act(fn, self.database, kwargs)
            return fn(self.database, **more, **kwargs)

        if busy:
            return self.tasks.run_long(
                busy, lambda progress: act(progress=progress), done, failed, writes=True
            )
        return self.tasks.run_write(act, done, failed)

    def publish(self, result: object) -> None:
        """Tell all tabs about the change in ``result``, if there is one."""
        change = result if isinstance(result, ChangeSet) else None
        if change is None and isinstance(result, HasChange):
            change = result.change
        if change is not None and change.changed:
            self.changed.emit(change)
            self.told.emit(change)
            if "entry" in change.kinds and self.group:
                self._prune_group()

    def _prune_group(self) -> None:
        """Let go of people who are kept no longer: an import that brought them may have been taken back."""
        asked = self.group.entry_ids

        def take(left: frozenset[int]) -> None:
            self.group.take(self.group.entry_ids - (asked - left), self.group.name)

        self.query(entries_left, take, owner=self.group, entry_ids=asked)

    def _show(self, error: Exception) -> None:
        self.notifier.show(error)

"""Who must be told a new time, read from the file; and the act that records that they were told."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop.i18n import ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_announcing import Affected, announce, unannounced
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.notice_list import NoticePanel


class NoticeActs(QObject):
    """Fills the list of those who must be told, and records it.

    Signals:
        done(str): what was recorded, to be told with the button that takes it back.
    """

    done = Signal(str)

    def __init__(self, desk: Desk, panel: NoticePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel = desk, panel
        panel.told_wanted.connect(self._tell)
        panel.editable = not desk.read_only

    def reload(self) -> None:
        """Query again who must be told."""
        self._desk.query(
            unannounced,
            self._panel.show_people,
            owner=self,
            latest="interviews.notices",
            programme_id=self._desk.programme_id,
        )

    def _tell(self, people: list[Affected]) -> None:
        self._desk.perform(
            announce,
            programme_id=self._desk.programme_id,
            people=people,
            actor=self._desk.actor,
            on_done=self._told,
            on_error=self._failed,
        )

    def _told(self, change: ChangeSet) -> None:
        count = int(change.label.params.get("count", 0))
        self.done.emit(
            ngettext(
                "It was recorded that {count} person was told.",
                "It was recorded that {count} people were told.",
                count,
            ).format(count=count)
        )

    def _failed(self, error: Exception) -> None:
        self._desk.notifier.show(error)
        self.reload()

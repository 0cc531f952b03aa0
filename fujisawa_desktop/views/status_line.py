"""The line at the bottom: file, work in progress, last backup, what undo takes back, who may write."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_datetime, ngettext
from fujisawa_desktop.services.changes import UndoState
from fujisawa_desktop.views.tasks import Tasks
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import Button, ElidedLabel, TextLabel, restyle, tool_tip

if TYPE_CHECKING:
    from fujisawa_desktop.services.backups import BackupHealth


def since(moment: datetime, now: datetime) -> str:
    """Return how long ago ``moment`` was, in the words of a status bar."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if minutes < 24 * 60:
        hours = minutes // 60
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    return format_datetime(moment)


class StatusLine(QStatusBar):
    """The status bar of the window."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._tasks = tasks
        self.file = ElidedLabel()
        self.addWidget(self.file, 1)
        self._work = QWidget()
        self._work_title = TextLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self.stop: QPushButton = Button(_("Stop"), self._stop)
        line = QHBoxLayout(self._work)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        for widget in (self._work_title, self._bar, self.stop):
            line.addWidget(widget)
        self.addPermanentWidget(self._work)
        self._work.hide()
        self.backup = TextLabel()
        self.undo = TextLabel()
        self.writer = TextLabel()
        self._writer = self._role = ""
        self._parts = (self.backup, self.undo, self.writer)
        for label in self._parts:
            restyle(label, "part", value=True)
            self.addPermanentWidget(label)
        tasks.long_started.connect(self._started)
        tasks.long_progress.connect(self._progressed)
        tasks.long_ended.connect(self._work.hide)
        self.clear_file()

    def clear_file(self) -> None:
        """Say that nothing is open."""
        self.file.set_whole(_("No file is open"))
        self._role = ""
        for label in self._parts:
            label.hide()

    def show_file(self, name: str, place: str, actor: str, *, read_only: bool) -> None:
        """Say which file is open and whether it may be written."""
        self.file.set_whole(name)
        self.file.setToolTip(tool_tip(place))
        text = _("{actor} (reading only)") if read_only else _("{actor} (may write)")
        self._writer = text.format(actor=actor)
        self._say(self.writer, self._writer)
        if self._role:
            self.show_seat(self._role)
        self.writer.set_tone("caution" if read_only else None)

    def show_seat(self, role: str) -> None:
        """Say which seat on a server this is."""
        self._role = role
        self._say(self.writer, _("{writer}, {role}").format(writer=self._writer, role=role))

    def show_backup(self, health: BackupHealth | None, *, failing: str = "") -> None:
        """Say when the last good copy was made; with a caution when it is old or the last try failed.

        ``failing`` is why the last try failed; ``None`` leaves the age out that is not known then.
        """
        copy = health.latest if health is not None else None
        age = since(copy.made_at, datetime.now()) if copy is not None else ""
        if failing:
            text = _("Backup failed; last good one {age}") if age else _("Backup failed")
        elif copy is None:
            text = _("No backup yet")
        elif health is not None and health.overdue:
            text = _("Last backup {age}: too old")
        else:
            text = _("Last backup {age}, checked")
        self._say(self.backup, text.format(age=age))
        lines = [failing, str(copy.path) if copy is not None else ""]
        if health is not None and health.second_failure:
            lines.append(texts.message_for(health.second_failure, {}))
        self.backup.setToolTip(tool_tip("\n".join(filter(None, lines))))
        odd = failing or (health is not None and (health.overdue or health.second_failure))
        self.backup.set_tone("caution" if odd else None)

    def show_undo(self, state: UndoState) -> None:
        """Say what 元に戻す would take back."""
        if state.undo is None:
            others = _("Nothing of yours to undo; latest act by {actor}").format(actor=state.undo_by)
            self._say(self.undo, others if state.undo_by else _("Nothing to undo"))
            return
        act = texts.label(state.undo.code, state.undo.params)
        self._say(self.undo, _("Undo: {act}").format(act=act))

    def working_on(self) -> str:
        """Return the title of the work in progress, empty when there is none."""
        return "" if self._work.isHidden() else self._work_title.text()

    @staticmethod
    def _say(label: TextLabel, text: str) -> None:
        label.setText(text)
        label.show()

    def _started(self, title: str) -> None:
        self._work_title.setText(title)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self.stop.setEnabled(True)
        self._work.show()

    def _progressed(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self._tasks.cancel_long()

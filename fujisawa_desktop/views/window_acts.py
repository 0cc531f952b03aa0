"""What the window itself does for the menu: undo and redo, backup, check, colours, help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtWidgets import QApplication

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet, Label, UndoState
from fujisawa_desktop.services.later import later
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.help_dialogs import AboutDialog, GuideDialog
from fujisawa_desktop.views.main_window import MainWindow
from fujisawa_desktop.views.pages import open_door
from fujisawa_desktop.views.theme import Scheme, apply_theme
from fujisawa_desktop.views.trust.check_dialog import CheckDialog

if TYPE_CHECKING:
    from fujisawa_desktop.services.backups import Backup, backup_health, make_backup
    from fujisawa_desktop.services.databases import CheckReport, check_database
    from fujisawa_desktop.services.history import redo, undo, undo_state
    from fujisawa_desktop.services.programmes import programme_to_show
    from fujisawa_desktop.services.unit_of_work import system_actor
else:
    backup_health, make_backup = (later("backups", name) for name in ("backup_health", "make_backup"))
    check_database = later("databases", "check_database")
    redo, undo, undo_state = (later("history", name) for name in ("redo", "undo", "undo_state"))
    programme_to_show = later("programmes", "programme_to_show")
    system_actor = later("unit_of_work", "system_actor")


_BULK_FROM: Final = 2_000
"""Rows from which taking back lasts long enough to show how far it is, and to be stopped."""


class WindowActs:
    """Serves the actions that belong to no tab."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._desk: Desk | None = None
        self._state = UndoState(None, None)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what is done for which action."""
        return {
            "edit.undo": self.undo,
            "edit.redo": self.redo,
            "file.backup": self.back_up,
            "tools.check": self.check,
            "papers.issued": lambda: self.show_records("issued"),
            "papers.numbers": lambda: self.show_records("numbers"),
            "papers.wording": self.edit_wordings,
            "help.about": lambda: AboutDialog(self._window).open(),
            "help.guide": lambda: GuideDialog(self._window).open(),
        }

    def attach(self, desk: Desk) -> None:
        """Keep the names of undo and redo and the age of the backup in step with ``desk``."""
        self._desk = desk
        self._window.show_file(desk)
        desk.told.connect(self._on_changed)
        desk.query(lambda _database: system_actor(), self._name_actor, owner=self._window)
        desk.query(backup_health, self._window.status.show_backup, owner=self._window)

    def undo(self) -> None:
        """Take back the latest act."""
        self._reverse(undo, self._state.undo, _("Taken back: {act}"), ("edit.redo", _("Do it again")))

    def redo(self) -> None:
        """Do again what was taken back."""
        self._reverse(redo, self._state.redo, _("Done again: {act}"), ("edit.undo", _("Take it back")))

    def back_up(self) -> None:
        """Copy the file and check the copy."""
        if self._desk is not None:
            self._desk.query(make_backup, self._backed_up, owner=self._window)

    def check(self) -> None:
        """Check the file and the chain of its journal."""
        if self._desk is not None:
            self._desk.query(check_database, self._checked, owner=self._window, aside=True, latest="check")

    def show_records(self, page: Literal["issued", "numbers"]) -> None:
        """Open what was issued, or the ledger of document numbers."""
        if self._desk is not None:
            open_door("records", self._desk, self._window, page=page)

    def edit_wordings(self) -> None:
        """Open the texts of papers and mails."""
        if self._desk is not None:
            open_door("wording", self._desk, self._window.current_page() or self._window)

    def _reverse(
        self, act: Callable[..., ChangeSet], of: Label | None, sentence: str, then: tuple[str, str]
    ) -> None:
        desk = self._desk
        if desk is None:
            return

        def done(change: ChangeSet) -> None:
            label = texts.label(str(change.label.params["code"]), change.label.params["params"])
            desk.notifier.say(
                sentence.format(act=label),
                "key",
                action=then[1],
                on_action=lambda: self._window.trigger(then[0]),
            )

        desk.perform(act, on_done=done, busy=_long_title(of), actor=desk.actor)

    def _name_actor(self, name: str) -> None:
        if self._desk is not None:
            self._desk.actor = name
            self._window.show_file(self._desk)
            self._ask_undo()

    def _on_changed(self, change: ChangeSet) -> None:
        self._ask_undo()
        desk = self._desk
        if desk is not None and "programme" in change.kinds:
            desk.query(programme_to_show, desk.switch_programme, owner=self._window, wanted=desk.programme_id)

    def _ask_undo(self) -> None:
        if self._desk is not None:
            self._desk.query(
                undo_state, self._show_undo, owner=self._window, latest="undo-state", actor=self._desk.actor
            )

    def _show_undo(self, state: UndoState) -> None:
        self._state = state
        self._window.show_undo(state)

    def _backed_up(self, backup: Backup) -> None:
        desk = self._desk
        if desk is None:
            return
        desk.query(backup_health, self._window.status.show_backup, owner=self._window)
        if backup.second_failure:
            desk.notifier.say(texts.message_for(backup.second_failure, {}), "caution")
        else:
            desk.notifier.say(_("A checked copy was made: {file}").format(file=backup.path.name), "good")

    def _checked(self, report: CheckReport) -> None:
        if self._desk is None:
            return
        if report.is_whole:
            text = ngettext(
                "The file is whole. {count} act in the journal was checked.",
                "The file is whole. {count} acts in the journal were checked.",
                report.journal.entries,
            )
            self._desk.notifier.say(text.format(count=report.journal.entries), "good")
        else:
            CheckDialog(self._desk, self._window, report).open()


def _long_title(act: Label | None) -> str:
    """Return what to say while an act about so many rows is taken back that it can be stopped."""
    if act is None:
        return ""
    counts = (act.params.get(name) for name in ("count", "added", "updated"))
    many = any(isinstance(count, int) and count >= _BULK_FROM for count in counts)
    return texts.label(act.code, act.params) if many else ""


def set_scheme(app: QApplication, window: MainWindow, scheme: Scheme) -> None:
    """Dress the application in light or dark and draw what is not styled again."""
    apply_theme(app, scheme)
    window.actions_table.draw_icons()
    window.actions_table["view.dark"].setChecked(scheme is Scheme.DARK)

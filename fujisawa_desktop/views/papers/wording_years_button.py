"""The wordings of another year of the same file, used here too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.programmes import ProgrammeRow
from fujisawa_desktop.services.wording_years import copy_wordings, wording_sources
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.widgets import MenuButton


class YearsButton(MenuButton):
    """Offers the programmes of which clerks changed a wording; hidden where there is none.

    Signals:
        copied(): their wordings are in use here now.
        refused(Exception): they are not.
    """

    copied = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, may_leave: Callable[[], bool]) -> None:
        super().__init__(_("From another programme"))
        self._desk = desk
        self._may_leave = may_leave
        self._programme_id = desk.programme_id
        self.hide()

    def offer(self, programme_id: int) -> None:
        """Ask which programmes there are beside this one."""
        self._programme_id = programme_id
        self._desk.query(wording_sources, self._show, owner=self, programme_id=programme_id)

    def copy_from(self, source: ProgrammeRow) -> None:
        """Use the changed wordings of another programme here too, as one act."""
        if not self._may_leave():
            return
        self._desk.perform(
            copy_wordings,
            on_done=self._done,
            on_error=self.refused.emit,
            programme_id=self._programme_id,
            source_id=source.id,
            note=_("from {programme}").format(programme=source.title),
            actor=self._desk.actor,
        )

    def _show(self, sources: Sequence[ProgrammeRow]) -> None:
        menu = self.menu()
        for action in menu.actions():
            menu.removeAction(action)
        for source in sources:
            text = _("{title} ({year})").format(title=source.title, year=source.fiscal_year)
            self.add(text.replace("&", "&&"), partial(self.copy_from, source))
        self.setVisible(bool(sources) and not self._desk.read_only)

    def _done(self, _change: ChangeSet) -> None:
        self.copied.emit()

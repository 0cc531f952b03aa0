"""Who must be told a new time, read from the file; and the act that records that they were told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_announcing import Affected, announce, unannounced
from fujisawa_desktop.services.told_forms import still_due, told_form, told_of
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.interviews.notice_list import NoticePanel
from fujisawa_desktop.views.interviews.words import span_text
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, do_beside_others


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
        base = told_of(people)
        names = {key: one.name for key, one in base.people.items() if one is not None}
        saving = Saving(
            announce,
            base=base,
            read=partial(told_form, programme_id=self._desk.programme_id, keys=tuple(base.people)),
            row=RowOf("interview"),
            words=FormWords(
                self._panel,
                labels={f"people:{key}": name for key, name in names.items()},
                values={"people": _time},
            ),
            owner=self._panel,
            on_done=self._told,
            on_error=self._failed,
            on_stop=self.reload,
            more={"programme_id": self._desk.programme_id},
            given=lambda form: {"people": still_due(people, form)},
            deed=_("(told what is said before; left out)"),
        )
        do_beside_others(self._desk, saving)

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


def _time(one: Affected | None) -> str:
    """Return the time somebody is to be told."""
    if one is None:
        return _("nothing to tell any more")
    return span_text(*one.new) if one.new is not None else _("called off")

"""How results are noted or taken out beside what others noted for the same people meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.noted_results import Noted, NotedForm, noted_form
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


def noted_saving(
    save: Callable[..., Any], owner: QWidget, seen: Noted, stage: Stage, **more: object
) -> Saving[NotedForm]:
    """Return how results are noted.

    Args:
        save: the use-case; takes the applications and what was seen of them.
        owner: where the question stands.
        seen: what was noted on the screen, by application.
        stage: first or final screening.
        more: further arguments of the use-case.
    """
    words = _Words(owner)

    def read(database: Database) -> NotedForm:
        found = noted_form(database, application_ids=list(seen), stage=stage)
        words.names.update({f"results:{key}": name for key, name in found.names.items()})
        return found

    rows = tuple(
        RowOf("decision", where=(("application_id", key), ("stage", stage)), field=f"results:{key}")
        for key in seen
    )
    return Saving(
        save,
        base=NotedForm(seen, seen),
        read=read,
        row=RowOf("decision", also=rows),
        words=words,
        owner=owner,
        aside=frozenset({"seen", "names"}),
        given=partial(_noted, stage),
        more=more,
        table=True,
    )


def _noted(stage: Stage, form: NotedForm) -> dict[str, Any]:
    """Return what the use-case takes: people for whom the other result was chosen are left out."""
    wanted = [key for key, result in form.results.items() if result != form.seen.get(key)]
    return {"application_ids": wanted, "stage": stage, "seen": form.seen}


class _Words(FormWords):
    """Names people, who are known once what is stored was read."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.names: dict[str, str] = {}

    def label(self, field: str) -> str:
        return self.names.get(field, "")

    def value(self, field: str, value: object) -> str:  # noqa: ARG002 - of the base class
        return term("result", str(value)) if value else _("undecided")

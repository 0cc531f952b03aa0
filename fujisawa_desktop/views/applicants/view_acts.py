"""Saved views kept, renamed and deleted, beside what others saved under the same name meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicants import ListQuery
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.saved_views import (
    SavedViewRow,
    ViewForm,
    delete_view,
    rename_view,
    save_view,
    view_form,
    view_named,
    view_seen,
    view_under,
)
from fujisawa_desktop.views.applicants.columns import COLUMNS, PLACES
from fujisawa_desktop.views.applicants.filter_panel import FilterPanel
from fujisawa_desktop.views.applicants.listing import Listing
from fujisawa_desktop.views.applicants.name_dialog import NameDialog
from fujisawa_desktop.views.applicants.sort_menu import order_text
from fujisawa_desktop.views.applicants.table import ApplicantTable
from fujisawa_desktop.views.applicants.words import joined
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import (
    FormWords,
    Saving,
    do_beside_others,
    save_beside_others,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


class ViewActs(QObject):
    """Carries out what is asked of the saved views."""

    def __init__(
        self,
        desk: Desk,
        tab: QWidget,
        *,
        table: ApplicantTable,
        listing: Listing,
        filters: FilterPanel,
        tell: Callable[[str], object],
    ) -> None:
        super().__init__(tab)
        self._desk = desk
        self._tab = tab
        self._table = table
        self._listing = listing
        self._filters = filters
        self._tell = tell
        filters.saved.read_only = desk.read_only
        filters.saved.save_wanted.connect(self.save)
        filters.saved.rename_wanted.connect(self.rename)
        filters.saved.delete_wanted.connect(self.delete)

    def save(self) -> None:
        """Keep the conditions, the order and the columns under a name."""
        columns = tuple(self._table.shown_keys()) if self._table.chooses_columns() else ()
        mine = ViewForm("", 0, self._listing.query, columns)
        NameDialog(
            self._desk,
            partial(self._keep, mine, self._filters.saved.views),
            title=_("Save the conditions as a view"),
            support=_("Everybody who works with this file finds it under this name."),
            parent=self._tab,
        ).open()

    def rename(self, view: SavedViewRow) -> None:
        """Ask for another name."""
        NameDialog(
            self._desk,
            partial(self._name, view),
            title=_("Rename the view"),
            name=view.name,
            parent=self._tab,
        ).open()

    def delete(self, view: SavedViewRow) -> None:
        """Delete a view; it can be taken back."""
        saving = replace(
            self._saving(delete_view, view_seen(view), self._tab, view_id=view.view_id),
            on_done=lambda _change: self._tell(_("The view “{name}” was deleted.").format(name=view.name)),
            on_error=self._desk.notifier.show,
            deed=_("(removed)"),
        )
        do_beside_others(self._desk, saving)

    def _keep(self, mine: ViewForm, seen: Sequence[SavedViewRow], dialog: NameDialog, typed: str) -> None:
        base = view_under(typed, seen)
        saving = replace(
            self._saving(save_view, base, dialog, query=mine.query, columns=mine.columns, name=typed),
            whole=True,
            **_named(dialog, self._desk),
        )
        save_beside_others(self._desk, saving, replace(mine, name=base.name, version=base.version))

    def _name(self, view: SavedViewRow, dialog: NameDialog, typed: str) -> None:
        saving = replace(
            self._saving(rename_view, view_seen(view), dialog, view_id=view.view_id),
            given=lambda form: {"version": form.version, "name": form.name},
            aside=frozenset({"query", "columns"}),
            **_named(dialog, self._desk),
        )
        save_beside_others(self._desk, saving, replace(saving.base, name=typed))

    def _saving(
        self,
        act: Callable[..., Any],
        base: ViewForm,
        owner: QWidget,
        *,
        view_id: int | None = None,
        **more: object,
    ) -> Saving[ViewForm]:
        """Return how an act on a view is done; it is known by its id, or else by its name."""
        programme_id = self._desk.programme_id
        read: Callable[[Database], ViewForm] = partial(view_named, programme_id=programme_id, name=base.name)
        row = RowOf("saved_view", where=(("programme_id", programme_id), ("name", base.name)))
        if view_id is not None:
            read, row = partial(view_form, view_id=view_id), RowOf("saved_view", view_id)
            more["view_id"] = view_id
        return Saving(
            act,
            base=base,
            read=read,
            row=row,
            words=FormWords(
                owner,
                labels={
                    "name": _("Name of the view"),
                    "query": _("Conditions and order"),
                    "columns": _("Columns"),
                },
                values={"query": self._question, "columns": _columns},
            ),
            owner=owner,
            given=lambda form: {"version": form.version},
            more=more,
        )

    def _question(self, query: object) -> str:
        if not isinstance(query, ListQuery):
            return ""
        told = self._filters.words_of(query)
        return joined([*told, order_text(one for one in query.sorts if one[0] in PLACES)])


def _columns(keys: object) -> str:
    shown = tuple(keys) if isinstance(keys, Iterable) else ()
    return joined(_(COLUMNS[PLACES[key]].title) for key in shown if key in PLACES)


def _named(dialog: NameDialog, desk: Desk) -> dict[str, Any]:
    """Return what becomes of the dialog that asked for the name."""
    return {
        "on_done": lambda _change: dialog.accept(),
        "on_error": lambda error: desk.notifier.show(error, dialog),
    }

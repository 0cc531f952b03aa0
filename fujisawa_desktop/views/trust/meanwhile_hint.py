"""A line in an open form that says: somebody else has just saved this record. What is typed stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.conflicts import Comparison, RowOf, compare
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import FormWords
from fujisawa_desktop.views.widgets import NoticeBar

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


@dataclass(frozen=True, eq=False)
class _Watched:
    """The form as it was read, and how it is read again."""

    base: Any
    read: Callable[[Database], Any]
    row: RowOf
    theirs: Callable[[], object] | None = None
    both: Callable[[], object] | None = None


class MeanwhileHint(NoticeBar):
    """Hidden until the record of a form is saved elsewhere; it touches neither fields nor focus."""

    def __init__(self, desk: Desk, words: FormWords) -> None:
        super().__init__()
        self._desk = desk
        self._words = words
        self._watched: _Watched | None = None
        desk.changed.connect(self._on_changed)

    def watch(
        self,
        base: object,
        read: Callable[[Database], Any],
        row: RowOf,
        *,
        theirs: Callable[[], object] | None = None,
        both: Callable[[], object] | None = None,
    ) -> None:
        """Begin with a form that was just read.

        Args:
            base: the form as it was read.
            read: returns it as it is stored now.
            row: the stored row, for who changed it.
            theirs: shows in the form what is stored now, in place of what was typed.
            both: saves the form, which lays both people's values beside each other.
        """
        self.rest()
        self._watched = _Watched(base, read, row, theirs, both)

    def take_words(self, words: FormWords) -> None:
        """Speak of the fields as another form does."""
        self._words = words

    def rest(self) -> None:
        """Say nothing any more: the form was saved or given up."""
        self._watched = None
        if not self.isHidden():
            self.close_message()

    def look(self) -> None:
        """Compare what was read with what is stored now."""
        watched = self._watched
        if watched is not None:
            self._desk.query(
                partial(compare, base=watched.base, mine=watched.base, read=watched.read, row=watched.row),
                partial(self._tell, watched),
                owner=self,
                aside=True,
                on_error=partial(self._tell_gone, watched),
            )

    def tell_taken_over(self) -> None:
        """Say that the form shows what somebody else saved, in other fields than those typed in."""
        self.show_message(
            _(
                "Somebody else has saved this record; what they changed is shown here. "
                "What you typed is unchanged."
            ),
            "caution",
        )

    def _on_changed(self, change: ChangeSet) -> None:
        if change.by and self._watched is not None and self._watched.row.tables & change.kinds:
            self.look()

    def _tell(self, watched: _Watched, found: Comparison[Any]) -> None:
        if watched is not self._watched:
            return  # saved, given up, or read again meanwhile
        if not found.is_told:
            if not self.isHidden():
                self.close_message()
            return
        fields = "、".join(self._words.label(pair.name) for pair in found.pairs)
        text = _(
            "Somebody else has saved this record (changed: {fields}). What you typed stays as it is; "
            "when you save, you can look at both values and choose."
        )
        if found.hand is not None:
            text = _(
                "{actor} has saved this record, {at} (changed: {fields}). What you typed stays as it is; "
                "when you save, you can look at both values and choose."
            )
        hand = found.hand
        self.show_message(
            text.format(
                fields=fields,
                actor=hand.actor if hand else "",
                at=format_datetime(hand.at) if hand else "",
            ),
            "caution",
            action=_("Look at both") if watched.both is not None else "",
            on_action=watched.both,
            other=_("Take over theirs") if watched.theirs is not None else "",
            on_other=watched.theirs,
        )

    def _tell_gone(self, watched: _Watched, error: Exception) -> None:
        if watched is self._watched and isinstance(error, NotFoundError):
            self.show_message(
                _(
                    "Somebody else has removed this record, so it cannot be saved any more. "
                    "Copy what you typed if you still need it."
                ),
                "caution",
            )

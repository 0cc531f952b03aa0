"""A stored record that a form stands open over: said when others save it, saved beside what they saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, save_beside_others
from fujisawa_desktop.views.trust.meanwhile_hint import MeanwhileHint

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")


class OpenRecord(Generic[F]):
    """The common part of all forms that stay open over a record.

    Attributes:
        hint: says who saved the same record meanwhile; the form puts it above its fields.
        saving: how the record that is open is saved; None while none is.
    """

    def __init__(
        self,
        desk: Desk,
        form: QWidget,
        *,
        again: Callable[[], object],
        save: Callable[[], object],
    ) -> None:
        """Serve a form.

        Args:
            desk: what the form works with.
            form: the form; its fields name what others changed.
            again: reads the record anew into the form, in place of what was typed.
            save: what the form's button does.
        """
        self._desk = desk
        self._again = again
        self._save = save
        self.hint = MeanwhileHint(desk, FormWords(form))
        self.saving: Saving[F] | None = None

    def open(self, saving: Saving[F]) -> None:
        """Begin with a record that was just read."""
        self.saving = saving
        self.hint.take_words(saving.words)
        self.hint.watch(saving.base, saving.read, saving.row, theirs=self._again, both=self._save)

    def save(self, form: F, **changes: Any) -> None:
        """Save what is typed; ``changes`` are of this one saving."""
        if self.saving is None:
            return
        saving = replace(self.saving, **changes)
        save_beside_others(self._desk, replace(saving, on_done=self._then(saving)), form)

    def rest(self) -> None:
        """Nothing is open any more."""
        self.saving = None
        self.hint.rest()

    def _then(self, saving: Saving[F]) -> Callable[[Any], object]:
        def done(result: Any) -> None:
            if self.saving is not None and self.saving.base is saving.base:
                self.hint.rest()
            if saving.on_done is not None:
                saving.on_done(result)

        return done

"""Saving a form that somebody else may have saved meanwhile; every form that has a version goes this way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from fujisawa_desktop.errors import AppError, ConflictError
from fujisawa_desktop.i18n import _, format_date, format_datetime, format_time
from fujisawa_desktop.services.conflicts import CHANGED, Comparison, RowOf, Side, compare
from fujisawa_desktop.texts import message, term
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.trust.conflict_dialog import ConflictAsking, ConflictDialog
from fujisawa_desktop.views.trust.conflict_table import ConflictTable
from fujisawa_desktop.views.widgets import FormField, field_named

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from fujisawa_desktop.models.database import Database

    F = TypeVar("F", bound=DataclassInstance)
else:
    F = TypeVar("F")

Shown = Callable[[Any], str]
_MANY: Final = 12
"""Of more fields that both changed than this, a table shows more than blocks below each other."""


class FormWords:
    """The words of a form on the screen: labels of its fields, and values as its editors show them."""

    def __init__(
        self,
        form: QWidget,
        *,
        labels: Mapping[str, str] | None = None,
        values: Mapping[str, Shown] | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Read the words of ``form``.

        Args:
            form: the widget that holds its `FormField`s.
            labels: words of fields that stand in none, by field.
            values: how values are shown that no editor shows, by field.
            prefixes: of an attribute that is a mapping: what its keys are called behind, ``prefix.key``.
        """
        self._form = form
        self._labels = dict(labels or {})
        self._values = dict(values or {})
        self._prefixes = dict(prefixes or {})

    def label(self, field: str) -> str:
        """Return what the form calls a field."""
        attribute, _between, key = field.partition(":")
        for name in (field, attribute):
            if name in self._labels:
                return self._labels[name]
        shown = self._field(attribute, key)
        return shown.label.text() if shown is not None else term("field", key or attribute)

    def value(self, field: str, value: object) -> str:
        """Return a value as the form shows it."""
        attribute, _between, key = field.partition(":")
        show = self._values.get(field) or self._values.get(attribute)
        if show is not None:
            return show(value)
        shown = self._field(attribute, key)
        editor = shown.editor if shown is not None else None
        if isinstance(editor, QComboBox) and (at := editor.findData(value)) >= 0:
            return editor.itemText(at)
        if isinstance(editor, QCheckBox):
            return _("Yes") if value else _("No")
        return shown_value(value)

    def _field(self, attribute: str, key: str) -> FormField | None:
        prefix = self._prefixes.get(attribute, "")
        return field_named(self._form, f"{prefix}.{key}" if prefix else key or attribute)


def shown_value(value: object) -> str:  # noqa: PLR0911 - one answer for each kind
    """Return a stored value in plain words."""
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case int():
            return f"{value:,}"
        case StrEnum():
            return value.value
        case str():
            return value
        case datetime():
            return format_datetime(value)
        case date():
            return format_date(value)
        case time():
            return format_time(value)
        case _:
            return "、".join(shown_value(one) for one in value) if isinstance(value, Iterable) else str(value)


@dataclass(frozen=True)
class Saving(Generic[F]):
    """One form being saved.

    Attributes:
        save: the use-case; takes the form under the name ``argument``, or what ``given`` makes of it.
        base: the form as it was read; its version is the one the save names.
        read: returns the form as stored now.
        row: the stored row, for who changed it.
        words: how the form speaks of its fields.
        owner: the form; the dialog stands over it.
        on_done, on_error: as for `Desk.perform`.
        on_stop: the person went back to the form instead.
        on_refused: in place of ``on_error``, for an act that may be done all the same: told with what does
            the very same once more, with other arguments of the use-case.
        aside: attributes that are no fields for a person.
        more: further arguments of the use-case.
        given: returns the arguments of the use-case that say what is in the form.
        whole: an act without fields: it is done on top of theirs, or not.
        table: values of many rows, shown as a table however few of them differ.
        deed: what such an act does, where it puts no value of its own in place of theirs.
        busy: the title of an act that takes long, as for `Desk.perform`.
    """

    save: Callable[..., Any]
    base: F
    read: Callable[[Database], F]
    row: RowOf
    words: FormWords
    owner: QWidget
    on_done: Callable[[Any], object] | None = None
    on_error: Callable[[Exception], object] | None = None
    on_stop: Callable[[], object] | None = None
    on_refused: Callable[[Exception, Callable[..., None]], object] | None = None
    aside: frozenset[str] = frozenset()
    argument: str = "form"
    more: Mapping[str, Any] = field(default_factory=dict)
    given: Callable[[F], Mapping[str, Any]] | None = None
    whole: bool = False
    table: bool = False
    deed: str = ""
    busy: str = ""


def save_beside_others(desk: Desk, saving: Saving[F], form: F) -> None:
    """Save a form; where somebody else saved it meanwhile, let the person see both and choose."""
    given = {saving.argument: form} if saving.given is None else saving.given(form)
    desk.perform(
        saving.save,
        on_done=saving.on_done,
        on_error=partial(_refused, desk, saving, form),
        busy=saving.busy,
        **given,
        **saving.more,
        actor=desk.actor,
    )


def do_beside_others(desk: Desk, saving: Saving[F]) -> None:
    """Do an act that puts no value in place of another, such as removing what was read."""
    save_beside_others(desk, replace(saving, whole=True), saving.base)


def is_beside_others(error: Exception) -> bool:
    """Return whether a refusal means that somebody else saved the same record."""
    return isinstance(error, ConflictError) and error.code == CHANGED


def _refused(desk: Desk, saving: Saving[F], form: F, error: Exception) -> None:
    if not is_beside_others(error):
        if saving.on_refused is not None:
            saving.on_refused(error, partial(_once_more, desk, saving, form))
        else:
            _tell(desk, saving, error)
        return
    ask_about_both(desk, saving, form)


def ask_about_both(desk: Desk, saving: Saving[F], form: F) -> None:
    """Lay what is stored by now beside what was to be saved, after a refusal that `is_beside_others`."""
    question = partial(
        compare, base=saving.base, mine=form, read=saving.read, row=saving.row, aside=saving.aside
    )
    desk.query(
        question,
        partial(_compared, desk, saving),
        owner=saving.owner,
        on_error=partial(_tell, desk, saving),
    )


def _once_more(desk: Desk, saving: Saving[F], form: F, **more: Any) -> None:
    """Save the very same again, on top of what it stood on, with other arguments."""
    save_beside_others(desk, replace(saving, more={**saving.more, **more}), form)


def _compared(desk: Desk, saving: Saving[F], found: Comparison[F]) -> None:
    """Ask, unless the other person changed nothing that stands in this form."""
    again = _on_top_of(saving, found.theirs)
    if not found.is_told:
        save_beside_others(desk, again, found.settled({}))
        return
    on_choice = partial(save_beside_others, desk, again)
    _asking(saving, found, on_choice).open()


def _asking(saving: Saving[F], found: Comparison[F], on_choice: Callable[[F], object]) -> ConflictAsking[F]:
    """Return the question: blocks below each other, or a table of what was changed."""
    if not (saving.whole or saving.table) and len(found.clashes) <= _MANY:
        return ConflictDialog(found, saving.words, saving.owner, on_choice, saving.on_stop)

    def put(settled: F) -> None:
        on_choice(found.all_of(Side.MINE) if saving.whole else settled)

    return ConflictTable(
        found, saving.words, saving.owner, put, saving.on_stop, whole=saving.whole, deed=saving.deed
    )


def _on_top_of(saving: Saving[F], theirs: F) -> Saving[F]:
    """Return the same saving on top of what is stored now: it may be changed once more meanwhile."""
    return replace(saving, base=theirs)


def _tell(desk: Desk, saving: Saving[F], error: Exception) -> None:
    if saving.on_error is not None:
        saving.on_error(error)
    elif isinstance(error, AppError):
        desk.notifier.say(message(error), "wrong")
    else:
        desk.notifier.show(error)

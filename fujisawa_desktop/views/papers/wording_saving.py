"""How a wording is kept beside the version that somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.wording_forms import WordingDraft, draft_form, draft_of
from fujisawa_desktop.services.wording_shape import WordingField
from fujisawa_desktop.services.wording_versions import WordingText
from fujisawa_desktop.views.papers.wording_form import field_name
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving, shown_value


def wording_saving(
    save: Callable[..., Any], owner: QWidget, text: WordingText, programme_id: int, **more: object
) -> Saving[WordingDraft]:
    """Return how a wording is kept.

    Args:
        save: the use-case; takes the edition that was read.
        owner: where the question stands.
        text: the wording as it was read.
        programme_id: whose wording.
        more: further arguments of the use-case.
    """
    return Saving(
        save,
        base=draft_of(text, text.data),
        read=partial(draft_form, programme_id=programme_id, name=text.name),
        row=RowOf("paper_template", where=(("programme_id", programme_id), ("kind", text.name))),
        words=FormWords(owner, labels=_labels(text), values={"texts": _written}),
        owner=owner,
        given=lambda draft: {"based_on": draft.version},
        more={"programme_id": programme_id, "name": text.name, **more},
    )


def _labels(text: WordingText) -> dict[str, str]:
    return {
        f"texts:{field.key}": _label(field, text) for section in text.sections for field in section.fields
    }


def _label(field: WordingField, text: WordingText) -> str:
    name = field_name(field, text.shipped)
    if len(field.path) == 1:
        return name
    return _("{name}: {part}").format(name=texts.term("wording-section", field.path[0]), part=name)


def _written(value: object) -> str:
    """Return the value of a field as it is read: paragraphs and items one below the other."""
    if isinstance(value, Mapping):
        return "\n".join(_written(one) for one in value.values())
    if isinstance(value, list | tuple):
        return "\n".join(_written(one) for one in value)
    return shown_value(value)

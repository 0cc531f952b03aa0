"""How a column of the list is filled down beside what others put into it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.applicant_cells import FillForm, fill_form
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving


def fill_saving(
    save: Callable[..., Any],
    owner: QWidget,
    field: str,
    entry_ids: Sequence[int],
    shown: Sequence[ApplicantRow],
) -> Saving[FillForm]:
    """Return how a column is filled down.

    Args:
        save: the use-case.
        owner: where the question stands.
        field: the column's field.
        entry_ids: the chosen entries, from the top.
        shown: those of them whose rows are here; what stands in them was seen.
    """
    seen = {row.applicant_id: str(getattr(row, field)) for row in shown}
    top = top_text(field, entry_ids, shown)
    return Saving(
        save,
        base=FillForm(seen, seen),
        read=partial(fill_form, applicant_ids=list(seen), field=field),
        row=RowOf("applicant", also=tuple(RowOf("applicant", key, field=f"texts:{key}") for key in seen)),
        words=FormWords(owner, labels=_labels(field, shown)),
        owner=owner,
        aside=frozenset({"seen"}),
        given=partial(_filled, top),
        more={"entry_ids": entry_ids, "field": field},
        table=top is not None,
        whole=top is None,
        deed=_("(filled down)") if top is None else "",
    )


def filled(base: FillForm, top: str | None) -> FillForm:
    """Return what is to stand in the rows that are here; None: whatever the first row holds."""
    return base if top is None else replace(base, texts=dict.fromkeys(base.seen, top))


def top_text(field: str, entry_ids: Sequence[int], shown: Sequence[ApplicantRow]) -> str | None:
    """Return what was seen in the first of the chosen rows; None while it is not here."""
    return next((str(getattr(row, field)) for row in shown if row.entry_id == entry_ids[0]), None)


def _filled(top: str | None, form: FillForm) -> Mapping[str, Any]:
    """Return what the use-case takes of the form: a cell left as it is, is left out."""
    alone = () if top is None else [key for key, text in form.texts.items() if text == form.seen.get(key)]
    return {"text": top, "seen": form.seen, "alone": alone}


def _labels(field: str, shown: Sequence[ApplicantRow]) -> dict[str, str]:
    name = term("field", field)
    return {
        f"texts:{row.applicant_id}": _("{person}: {field}").format(person=row.name, field=name)
        for row in shown
    }

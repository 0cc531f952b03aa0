"""A pasted column as a form: what each row would replace, beside what stands there by now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.list_paste import PasteLine, foresee_paste
from fujisawa_desktop.services.paste_values import Pasted, Value

__all__ = ["PasteForm", "Stands", "paste_arguments", "paste_form", "paste_now", "pasted_over"]


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands, or will stand, for one row; ``code`` says why nothing can be put there."""

    value: Value
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class PasteForm:
    """What stands in each row that does or did something, by its number; ``lines`` are the plan it is of."""

    lines: tuple[PasteLine, ...]
    rows: Mapping[int, Stands]


def paste_form(lines: Sequence[PasteLine]) -> PasteForm:
    """Return what stands in the rows of a plan before it is written."""
    return PasteForm(tuple(lines), {line.row: _stands(line) for line in lines})


def pasted_over(form: PasteForm) -> PasteForm:
    """Return what stands once the plan was written."""
    return replace(form, rows={line.row: _becomes(line) for line in form.lines})


def paste_now(
    database: Database, *, programme_id: int, what: str, pasted: Pasted, course_id: int | None
) -> PasteForm:
    """Return what stands in the rows by now; raises as `foresee_paste`."""
    lines = foresee_paste(database, programme_id=programme_id, what=what, pasted=pasted, course_id=course_id)
    return paste_form(lines)


def paste_arguments(form: PasteForm, pasted: Pasted) -> dict[str, Any]:
    """Return what is to be pasted, and what it is expected to do: a row left as it stands is left out."""
    left = {
        line.row
        for line in form.lines
        if line.changes and form.rows.get(line.row, _becomes(line)) != _becomes(line)
    }
    pairs = tuple(
        replace(pair, text="") if row in left else pair
        for row, pair in enumerate(pasted.pairs, pasted.first_row)
    )
    expected = [
        replace(line, text="", old=None, new=None) if line.row in left else line for line in form.lines
    ]
    return {"pasted": replace(pasted, pairs=pairs), "expected": expected}


def _stands(line: PasteLine) -> Stands:
    return Stands(line.old, line.code, line.params)


def _becomes(line: PasteLine) -> Stands:
    return Stands(line.new, line.code, line.params)

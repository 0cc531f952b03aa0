"""How cells of the hours grid are stored beside what others put into them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.hours_entry import CellsForm, Place, cells_form
from fujisawa_desktop.services.hours_fill import copied_places, week_places
from fujisawa_desktop.views.payroll.grid_model import MonthModel
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving


def cells_saving(
    save: Callable[..., Any],
    model: MonthModel,
    places: Sequence[Place],
    kind: ShiftKind,
    programme_id: int,
    window: QWidget,
    **more: Any,
) -> Saving[CellsForm]:
    """Return how what is put into cells is stored.

    Args:
        save: the use-case; takes the form.
        model: the grid, which knows what was seen in the cells.
        places: the cells.
        kind: plan or work.
        programme_id: the programme.
        window: where the question stands.
        more: further arguments of the use-case.
    """
    seen = model.seen(places, kind)
    return Saving(
        save,
        base=CellsForm(kind, seen, seen),
        read=partial(cells_form, programme_id=programme_id, places=list(places), kind=kind),
        row=row_of_cells(places),
        words=FormWords(window, labels=cell_labels(model, places, texts.term("shift", kind))),
        owner=window,
        aside=frozenset({"kind", "seen"}),
        more={"programme_id": programme_id, **more},
    )


def texts_and_seen(form: CellsForm) -> dict[str, Any]:
    """Return what a use-case on a block of cells takes of the form: a cell left as it is, is left out."""
    texts = {place: text for place, text in form.texts.items() if text != form.seen.get(place)}
    return {"texts": texts or form.texts, "kind": form.kind, "seen": form.seen}


def moved_texts(seen: Mapping[Place, str], moves: Mapping[Place, Place], *, copy: bool) -> dict[Place, str]:
    """Return what stands in cells once hours were taken from one to the other."""
    left = {} if copy else dict.fromkeys(moves, "")
    return {**seen, **left, **{target: seen.get(source, "") for source, target in moves.items()}}


def copied_texts(
    model: MonthModel, people: Sequence[int], monday: date, weeks: int, kind: ShiftKind
) -> tuple[dict[Place, str], dict[Place, str]]:
    """Return what was seen in a week and the following ones, and what the latter become like it."""
    copied = copied_places(week_places(people, monday), weeks)
    seen = model.seen(list(dict.fromkeys(chain(*copied))), kind)
    return seen, {target: seen[source] for source, target in copied if source in seen and target in seen}


def named_texts(form: CellsForm, targets: Collection[Place]) -> dict[str, Any]:
    """Return what copying or moving takes of the form: what is to stand in the cells it fills."""
    texts = {place: form.texts[place] for place in targets}
    return {"kind": form.kind, "seen": form.seen, "texts": texts}


def cell_labels(model: MonthModel, places: Sequence[Place], what: str) -> dict[str, str]:
    """Return person, day and what it is of each cell, by its name in the form."""
    names = {one.member.appointment_id: one.member.name for one in model.people()}
    return {
        f"texts:{place}": _("{person}, {day}, {kind}").format(
            person=names.get(place[0], ""), day=format_date(place[1]), kind=what
        )
        for place in places
    }


def row_of_cells(places: Sequence[Place]) -> RowOf:
    """Return whose rows tell who changed the cells."""
    rows = [
        RowOf("shift", where=(("appointment_id", place[0]), ("day", place[1])), field=f"texts:{place}")
        for place in dict.fromkeys(places)
    ]
    return RowOf("shift", also=tuple(rows))

"""How an own figure of the law is saved, or removed, beside what others saved of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, ngettext
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.dated_figures import (
    FigureFormRow,
    FigureRow,
    figure_form,
    figure_of,
    remove_figure,
    save_figure,
)
from fujisawa_desktop.views.payroll.figure_words import thousandths_text
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving

Failed = Callable[[Exception], object]


def figure_saving(figure: FigureRow, form: QWidget, *, on_error: Failed) -> Saving[FigureFormRow]:
    """Return how an own figure is saved."""
    base = figure_of(figure)
    return Saving(
        save_figure,
        base=base,
        read=partial(figure_form, figure_id=base.figure_id),
        row=RowOf("dated_figure", base.figure_id),
        words=FormWords(
            form,
            values={
                "kind": lambda kind: texts.term("figure_kind", kind),
                "figures:per_10_000": lambda share: thousandths_text(share) if share is not None else "",
                "figures:wages": _wages,
                "figures:rows": _lines,
            },
        ),
        owner=form,
        on_error=on_error,
        given=lambda typed: {
            "entry": typed.entry,
            "figure_id": typed.figure_id,
            "version": typed.version,
        },
    )


def figure_removing(
    figure: FigureRow, form: QWidget, *, on_done: Callable[[Any], object], on_error: Failed
) -> Saving[FigureFormRow]:
    """Return how an own figure is taken out."""
    return replace(
        figure_saving(figure, form, on_error=on_error),
        save=remove_figure,
        given=lambda read: {"figure_id": read.figure_id, "version": read.version},
        on_done=on_done,
        deed=_("(removed)"),
    )


def _wages(wages: Mapping[str, int] | None) -> str:
    return _(", ").join(f"{name} {yen:,}" for name, yen in (wages or {}).items())


def _lines(rows: Sequence[Sequence[int]] | None) -> str:
    """Return a table in as few words as stand beside another: its first lines, and how many there are."""
    if not rows:
        return ""
    count = ngettext("{count} line", "{count} lines", len(rows)).format(count=len(rows))
    first = "\n".join(" ".join(f"{number:,}" for number in line) for line in rows[:3])
    return f"{count}\n{first}"

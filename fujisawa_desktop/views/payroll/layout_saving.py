"""How a layout of the register is kept or deleted beside what others kept under its name meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.register_layouts import (
    Layout,
    LayoutColumn,
    LayoutForm,
    layout_form,
    layout_seen,
)
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving


def layout_saving(
    save: Callable[..., Any],
    window: QWidget,
    owner: QWidget,
    *,
    name: str,
    seen: Layout | None,
    more: Mapping[str, Any],
) -> Saving[LayoutForm]:
    """Return how an act on a layout is done.

    Args:
        save: the use-case; takes the version of what was seen.
        window: that with the fields, for their words.
        owner: where the question stands.
        name: of the layout.
        seen: what was seen under this name; None where there was none.
        more: further arguments of the use-case.
    """
    tidy = " ".join(name.split())
    return Saving(
        save,
        base=layout_seen(seen),
        read=partial(layout_form, name=tidy),
        row=RowOf("register_layout", where=(("name", tidy),)),
        words=FormWords(
            window,
            labels={"columns": _("Columns"), "totals": _("A row of sums at the end")},
            values={"columns": _headings},
        ),
        owner=owner,
        given=lambda form: {"version": form.version},
        more=more,
        whole=True,
    )


def _headings(columns: object) -> str:
    listed = columns if isinstance(columns, Iterable) else ()
    return "、".join(one.heading for one in listed if isinstance(one, LayoutColumn))

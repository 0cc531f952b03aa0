"""Acts on the card of an interview, done beside what others did with the same interview meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _, format_datetime
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.interview_booking import swap
from fujisawa_desktop.services.interview_forms import (
    CardForm,
    SwapForm,
    card_form,
    card_of,
    swap_form,
    swap_of,
)
from fujisawa_desktop.services.interview_view import Attendance, Booked, CalendarView
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving

Names = Mapping[int, str]


def names_of(view: CalendarView | None) -> dict[int, str]:
    """Return the names of those who interview, by id."""
    return {} if view is None else {one.interviewer_id: one.name for one in view.interviewers}


def window_of(owner: QObject) -> QWidget:
    """Return the widget that something belongs to."""
    over: QObject | None = owner
    while over is not None and not isinstance(over, QWidget):
        over = over.parent()
    return over if isinstance(over, QWidget) else QWidget()


def card_words(window: QWidget, names: Names) -> FormWords:
    """Return how the fields of an interview are called and shown."""
    return FormWords(
        window,
        labels={
            "start": _("Start of the interview"),
            "end": _("End of the interview"),
            "interviewer_ids": _("Interviewers"),
            "is_locked": _("Fixed"),
            "attendance": _("Attendance"),
            "late_minutes": _("Minutes late"),
        },
        values={
            "interviewer_ids": partial(_people, names),
            "attendance": _came,
        },
    )


def card_saving(
    act: Callable[..., Any],
    booked: Booked,
    window: QWidget,
    names: Names,
    *,
    on_done: Callable[[Any], object] | None = None,
    on_error: Callable[[Exception], object] | None = None,
    on_stop: Callable[[], object] | None = None,
    given: Callable[[CardForm], Mapping[str, Any]] | None = None,
    deed: str = "",
) -> Saving[CardForm]:
    """Return how an act on one interview is done.

    Args:
        act: the use-case; it takes id and version of the interview.
        booked: the interview as it is shown.
        window: where the question stands, and on_done, on_error, on_stop: as for `Saving`.
        names: of those who interview.
        on_done: told what was done.
        on_error: told what refuses it.
        on_stop: called when theirs is kept.
        given: returns what more the act takes of the form.
        deed: what the act does, where it puts no value in place of another.
    """

    def arguments(form: CardForm) -> dict[str, Any]:
        more = {} if given is None else dict(given(form))
        return {"interview_id": form.interview_id, "version": form.version, **more}

    return Saving(
        act,
        base=card_of(booked),
        read=partial(card_form, interview_id=booked.interview_id),
        row=RowOf("interview", booked.interview_id),
        words=card_words(window, names),
        owner=window,
        on_done=on_done,
        on_error=on_error,
        on_stop=on_stop,
        given=arguments,
        whole=True,
        deed=deed,
    )


def swap_saving(
    one: Booked, other: Booked, people: tuple[str, str], window: QWidget, names: Names
) -> Saving[SwapForm]:
    """Return how two interviews exchange their times; ``people`` are the names of whom they are with."""
    base = swap_of(one, other)
    labels = {}
    for key, person in zip(base.ids, people, strict=True):
        labels[f"start:{key}"] = _("{person}: {field}").format(
            person=person, field=_("Start of the interview")
        )
        labels[f"interviewer_ids:{key}"] = _("{person}: {field}").format(
            person=person, field=_("Interviewers")
        )
    return Saving(
        swap,
        base=base,
        read=partial(swap_form, first_id=base.ids[0], second_id=base.ids[1]),
        row=RowOf("interview", ids=base.ids),
        words=FormWords(
            window,
            labels=labels,
            values={
                "start": format_datetime,
                "interviewer_ids": partial(_people, names),
            },
        ),
        owner=window,
        aside=frozenset({"ids", "versions"}),
        given=lambda form: {"first_id": form.ids[0], "second_id": form.ids[1], "versions": form.versions},
        whole=True,
        deed=_("(they exchange their times)"),
    )


def _came(how: Attendance | None) -> str:
    if how is None:
        return ""
    return _("came") if how is Attendance.ATTENDED else _("did not come")


def _people(names: Names, ids: tuple[int, ...]) -> str:
    return _(", ").join(names.get(key, "?") for key in ids)

"""Saving what a reviewer typed, beside what another seat saved for the same reviewer meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.services.screening_forms import ReviewForm, review_form
from fujisawa_desktop.services.screening_queue import Queue
from fujisawa_desktop.services.screening_reviews import ReviewSaved, ReviewSheet, save_review
from fujisawa_desktop.views.screening.words import state_word
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving


def review_saving(
    sheet: ReviewSheet,
    reviewer_id: int,
    page: QWidget,
    *,
    own: bool,
    on_done: Callable[[Any], object],
    on_error: Callable[[Exception], object],
    on_stop: Callable[[], object],
) -> Saving[ReviewForm]:
    """Return how the review on the page is saved.

    Args:
        sheet: the entry as it was read.
        reviewer_id: whose review it is.
        page: the page; the question stands over it.
        own: nobody but this page has written it since it was read.
        on_done: as for `Saving`.
        on_error: as for `Saving`.
        on_stop: as for `Saving`.
    """
    key = sheet.application_id
    points = {one.id: sheet.points.get(one.id) for one in sheet.criteria}
    labels = {f"points:{one.id}": one.name for one in sheet.criteria}
    return Saving(
        save_review,
        base=ReviewForm(key, reviewer_id, sheet.version, sheet.state, points, sheet.comment),
        read=partial(review_form, application_id=key, reviewer_id=reviewer_id),
        row=RowOf("review", where=(("application_id", key), ("reviewer_id", reviewer_id))),
        words=FormWords(
            page,
            labels={**labels, "state": _("State"), "comment": _("Comment")},
            values={"state": lambda state: state_word(state) if state is not None else ""},
        ),
        owner=page,
        on_done=on_done,
        on_error=on_error,
        on_stop=on_stop,
        given=partial(_arguments, own=own, base=sheet.version),
    )


def typed_review(
    sheet: ReviewSheet, reviewer_id: int, state: ReviewState, points: Mapping[int, int], comment: str
) -> ReviewForm:
    """Return what is typed, as a form."""
    given = {one.id: points.get(one.id) for one in sheet.criteria}
    return ReviewForm(sheet.application_id, reviewer_id, sheet.version, state, given, comment)


def _arguments(form: ReviewForm, *, own: bool, base: int) -> dict[str, object]:
    """Return what the use-case takes; a form that is still as it was read may not be compared."""
    return {
        "application_id": form.application_id,
        "reviewer_id": form.reviewer_id,
        "state": form.state or ReviewState.DRAFT,
        "points": {int(key): number for key, number in form.points.items() if number is not None},
        "comment": form.comment,
        "version": None if own and form.version == base else form.version,
    }


def with_saved(queue: Queue, application_id: int, saved: ReviewSaved) -> Queue:
    """Return a queue in which one entry stands as it was just saved."""
    rows = tuple(
        replace(one, state=saved.state, total=saved.total) if one.application_id == application_id else one
        for one in queue.rows
    )
    return replace(queue, rows=rows)

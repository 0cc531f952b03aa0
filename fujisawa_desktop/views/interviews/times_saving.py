"""How the time of a person or an interviewer is saved beside what others saved of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.availability_grid import Frame
from fujisawa_desktop.rules.planning import Window
from fujisawa_desktop.services.availability import TimesOfInterviewer, TimesOfPerson
from fujisawa_desktop.services.availability_forms import (
    InterviewerTimesForm,
    PersonTimesForm,
    interviewer_times_form,
    interviewer_times_of,
    person_times_form,
    person_times_of,
    save_interviewer_times,
    save_person_times,
)
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.views.interviews.words import span_text
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def person_times_saving(
    person: TimesOfPerson,
    frame: Frame,
    programme_id: int,
    dialog: QWidget,
    *,
    on_done: Done,
    on_error: Failed,
    on_stop: Callable[[], object],
) -> Saving[PersonTimesForm]:
    """Return how text, times and needs of a person are saved."""
    key = person.applicant_id
    of_person = (("applicant_id", key),)
    return Saving(
        save_person_times,
        base=person_times_of(person, frame),
        read=partial(person_times_form, programme_id=programme_id, applicant_id=key, frame=frame),
        row=RowOf(
            "availability_text",
            where=of_person,
            also=(RowOf("applicant_availability", where=of_person), RowOf("interview_need", where=of_person)),
        ),
        words=FormWords(
            dialog,
            labels={
                "text": _("As the person wrote it"),
                "received_on": _("Received on"),
                "windows": _("Times this person can come"),
                "confirmed": _("Looked at and confirmed"),
                "needs_support": _("Needs support at the interview"),
            },
            values={"windows": windows_text},
        ),
        owner=dialog,
        on_done=on_done,
        on_error=on_error,
        on_stop=on_stop,
        aside=frozenset({"seen", "text_version", "need_version"}),
        more={"programme_id": programme_id},
    )


def interviewer_times_saving(
    interviewer: TimesOfInterviewer,
    frame: Frame,
    dialog: QWidget,
    *,
    on_done: Done,
    on_error: Failed,
    on_stop: Callable[[], object],
) -> Saving[InterviewerTimesForm]:
    """Return how the times of an interviewer are saved."""
    key = interviewer.interviewer_id
    return Saving(
        save_interviewer_times,
        base=interviewer_times_of(interviewer, frame),
        read=partial(interviewer_times_form, interviewer_id=key, frame=frame),
        row=RowOf("interviewer_availability", where=(("interviewer_id", key),)),
        words=FormWords(
            dialog,
            labels={"windows": _("Times this interviewer has")},
            values={"windows": windows_text},
        ),
        owner=dialog,
        on_done=on_done,
        on_error=on_error,
        on_stop=on_stop,
        aside=frozenset({"seen"}),
    )


def windows_text(windows: Iterable[Window]) -> str:
    """Return times in words, one line for each."""
    return "\n".join(span_text(start, end) for start, end in windows)

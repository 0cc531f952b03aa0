"""Sentences about dates, names and the steps of the selection."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "date.unreadable": N_("“{text}” cannot be read as a date. Write it like 2024/10/1 or R6.10.1."),
    "date.no-such-day": N_("There is no day “{text}” in the calendar. Check the month and the day."),
    "time.unreadable": N_("“{text}” cannot be read as a time. Write it like 9:00 or 9時30分."),
    "time.no-such-time": N_("There is no time “{text}” in a day. Write a time from 0:00 to 23:59."),
    "month.unreadable": N_("“{text}” cannot be read as a month. Write it like 2024-12."),
    "month.no-such-month": N_("There is no month “{text}”. Write a month from 1 to 12 after the year."),
    "kana.empty": N_("The reading of the name is missing. Write it in katakana."),
    "kana.not-kana": N_(
        "The reading “{text}” holds “{character}”, which is not katakana. Write the reading in katakana only."
    ),
    "selection.first-no-reserve": N_(
        "The first screening knows only pass and fail. A reserve is named at the final screening."
    ),
    "selection.withdrawn": N_(
        "This application was withdrawn, so nothing more is decided about it. "
        "If the person comes back, take the withdrawal back first."
    ),
    "selection.final-before-first": N_(
        "The result of the first screening has not been announced yet. "
        "Announce it before the final screening is decided."
    ),
    "selection.final-after-first-fail": N_(
        "This application failed the first screening, so there is no final screening for it. "
        "Check the number of the entry."
    ),
    "selection.already-announced": N_(
        "The result of this screening has been announced already, so it stays as it is. "
        "Check the number of the entry and the screening."
    ),
    "selection.already-there": N_("The application is in this state already, so nothing was changed."),
    "selection.appointed": N_(
        "This person is appointed already, so the selection is over. Use the appointment for what follows."
    ),
    "selection.appoint-before-acceptance": N_(
        "Only somebody who passed and accepted can be appointed. Record the acceptance first."
    ),
    "selection.accept-before-pass": N_(
        "Only somebody whose final pass was announced can accept. Announce the final result first."
    ),
    "selection.closed": N_(
        "This application ended with an announced result, so its state stays. Check the number of the entry."
    ),
    "selection.impossible-move": N_(
        "The application cannot go to that state from where it stands. "
        "Take the steps of the selection in order."
    ),
}

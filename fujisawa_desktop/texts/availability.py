"""Sentences about what was read from a mail about free time; shown beside the text as it was written."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

MESSAGES: Final[dict[str, str]] = {
    "availability.hour-ambiguous": N_("“{hour}” may be morning or afternoon; read as {taken}:00."),
    "availability.part-vague": N_("“{word}” is not an exact time; read as {start_hm} to {end_hm}."),
    "availability.around": N_("“{word}” is not an exact time; read as up to {minutes} minutes around it."),
    "availability.around-day": N_("Read as {day}, the day before and the day after."),
    "availability.single-time": N_(
        "Only a beginning is named; read as one interview of {minutes} minutes from then."
    ),
    "availability.weekday-contradicts": N_(
        "{day} is not the weekday written here ({written}); read by the date. Ask the person if in doubt."
    ),
    "availability.day-ambiguous": N_("The month is not named; read as {day}."),
    "availability.no-such-day": N_("There is no such day; nothing was taken from it."),
    "availability.no-such-time": N_("There is no such time; nothing was taken from it."),
    "availability.backwards": N_("The end is before the beginning; nothing was taken from it."),
    "availability.outside-hours": N_("This is outside the interview hours; nothing was taken from it."),
    "availability.text-outside": N_("{day} is outside the interview period; nothing was taken from it."),
    "availability.text-closed": N_("Nobody is interviewed on {day}; nothing was taken from it."),
    "availability.over-night": N_(
        "Read as {day} from the one hour on and {until} up to the other, without the days between. "
        "Paint those if the person can come all the time."
    ),
    "availability.period-unknown": N_(
        "The hours of “{word}” depend on the university. Ask the person, or paint the time."
    ),
    "availability.maybe": N_("The person is not sure; not taken as free. Paint it if it is to count."),
    "availability.verdict-mixed": N_("Possible or not is not clear; not taken as free."),
    "availability.verdict-unclear": N_(
        "Not all words here were understood, so it is not clear whether this is possible. Check it."
    ),
    "availability.verdict-carried": N_("The “not possible” that follows was taken to hold for this too."),
    "availability.rest-of-day": N_("Only a part of the day was ruled out; the rest was taken as free."),
}
"""Doubts of `rules.availability_text`, by code: what is unclear and which reading was taken."""

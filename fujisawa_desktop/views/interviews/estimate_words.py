"""What an estimate says, in sentences and in figures."""

from __future__ import annotations

from fujisawa_desktop.i18n import _, format_minutes, ngettext
from fujisawa_desktop.services.interview_estimate import Estimate
from fujisawa_desktop.views.theme import Tone


def need_sentence(found: Estimate) -> str:
    """Return how much is needed."""
    day, need = found.basis.day, found.demand
    if not found.people:
        return _("Enter how many people are to be interviewed.")
    if not day.per_day:
        return _(
            "Not one interview fits into a day as the programme sets it. "
            "Check the length of an interview and the hours of the day in the settings."
        )
    lines = [
        ngettext(
            "{people} interview of {minutes} minutes takes {days} interviewer-days, extra places included.",
            "{people} interviews of {minutes} minutes take {days} interviewer-days, extra places included.",
            found.people,
        ).format(people=found.people, minutes=day.slot_minutes, days=need.interviewer_days),
        _("One interviewer can see {count} people in a whole day.").format(count=day.per_day),
    ]
    if day.seats > 1:
        lines.append(
            _("{seats} interviewers see each person together; all of them are counted.").format(
                seats=day.seats
            )
        )
    if need.a_day:
        lines.append(
            ngettext(
                "If all {days} days are used, {count} interviewer is needed every day.",
                "If all {days} days are used, {count} interviewers are needed every day.",
                need.a_day,
            ).format(days=day.days, count=need.a_day)
        )
    return "\n".join(lines)


def supply_sentence(found: Estimate) -> tuple[str, Tone]:
    """Return what the present interviewers allow, and whether that is good."""
    if not found.basis.supplies:
        return _("No interviewers' times have been entered yet."), "neutral"
    most = found.allowance.interviews
    if found.is_enough:
        free = found.basis.supply_slots - found.people
        text = _(
            "The times entered for the present interviewers are enough for {people} people; "
            "{free} places remain."
        )
        return text.format(people=found.people, free=max(free, 0)), "good"
    missing = found.people - most
    text = ngettext(
        "The times entered for the present interviewers are enough for {most} people; {count} place is "
        "missing.",
        "The times entered for the present interviewers are enough for {most} people; {count} places are "
        "missing.",
        missing,
    ).format(most=most, count=missing)
    if found.short:
        text += "\n" + _("Too little time for: {courses}").format(courses=_(", ").join(found.short))
    return text, "wrong"


def figure_lines(found: Estimate) -> list[tuple[str, str]]:
    """Return the figures of an estimate by name."""
    need, day = found.demand, found.basis.day
    return [
        (_("People"), f"{found.people:,}"),
        (_("Places to offer, with the extra ones"), f"{need.slots:,}"),
        (_("Time spent in interviews"), format_minutes(need.seat_minutes)),
        (_("Interviewers' time to be offered"), format_minutes(need.present_minutes)),
        (_("Interviews of one interviewer a day"), f"{day.per_day:,}"),
        (_("Interviewer-days"), f"{need.interviewer_days:,}"),
        (_("Interviewers every day ({days} days)").format(days=day.days), f"{need.a_day:,}"),
        (_("Time entered for the present interviewers"), format_minutes(found.basis.supply_minutes)),
        (_("Places in that time"), f"{found.basis.supply_slots:,}"),
    ]


def whole_text(found: Estimate) -> str:
    """Return everything as text, to be copied and printed."""
    figures = "\n".join(f"{name}\t{value}" for name, value in figure_lines(found))
    return "\n\n".join([need_sentence(found), supply_sentence(found)[0], caution(), figures])


def caution() -> str:
    """Return what an estimate cannot know."""
    return _(
        "Nobody has named a time yet. If many people can come at the same few times only, more is needed; "
        "the extra places stand for that."
    )

"""Forms about one appointed person, as they were read and as they are stored now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Appointment
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.appointments import TermsForm
from fujisawa_desktop.services.usual_week import WORKDAYS, UsualWeek, save_usual_week


@dataclass(frozen=True, slots=True)
class WeekForm:
    """The usual week of one person; ``entries``: weekday (0 is Monday) → text as for a cell."""

    appointment_id: int
    version: int
    entries: Mapping[int, str]


def terms_of(view: AppointmentView) -> TermsForm:
    """Return the terms a page was filled with."""
    member = view.member
    return TermsForm(
        appointment_id=member.appointment_id,
        version=view.version,
        commuting_mode=member.commuting.mode,
        round_trip_yen=member.commuting.round_trip,
        pass_yen=member.commuting.pass_month,
        commuting_cap_yen=member.commuting.cap,
        tax_column=member.tax_column,
        employment_insurance=member.insured,
        student=view.student,
        needs_permit=view.needs_permit,
        permit_until=view.permit_until,
        other_week_minutes=view.other_week_minutes,
    )


def week_of_view(view: AppointmentView) -> WeekForm:
    """Return the week a page was filled with."""
    week = view.member.usual_week
    entries = {day: week.get(day, "") for day in WORKDAYS}
    return WeekForm(view.member.appointment_id, view.version, entries)


def week_form(database: Database, *, appointment_id: int) -> WeekForm:
    """Return the usual week as stored now.

    Raises:
        NotFoundError: ``appointment.missing``.
    """
    with database.read() as session:
        row = session.get(Appointment, appointment_id)
        if row is None:
            raise NotFoundError("appointment.missing")
        entries = {day: str(row.usual_week.get(str(day), "")) for day in WORKDAYS}
        return WeekForm(row.id, row.version, entries)


def save_week_form(database: Database, *, form: WeekForm, actor: str | None = None) -> UsualWeek:
    """Store the usual week; raises as `save_usual_week`."""
    return save_usual_week(
        database,
        appointment_id=form.appointment_id,
        version=form.version,
        entries=form.entries,
        actor=actor,
    )

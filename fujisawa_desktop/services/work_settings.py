"""勤務と報酬の設定: what a programme rules for work and pay, and whom a change of it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Appointment, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.dated_figures import prefecture
from fujisawa_desktop.services.programme_view import ProgrammeView, view_of
from fujisawa_desktop.services.programmes import save_programme

AGREED: Final = (
    "cap_minutes",
    "cap_inclusive",
    "week_days_max",
    "pay_rounding",
    "tax_column",
    "commuting_mode",
    "commuting_cap_yen",
)
"""What an appointment copies from the programme: who is appointed already keeps what was agreed."""


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """The programme as stored, how many people are appointed, and whose minimum wage is followed.

    ``prefecture`` is empty while none was chosen among the figures of the law.
    """

    programme: ProgrammeView
    appointed: int
    prefecture: str


def work_settings(database: Database, *, programme_id: int) -> WorkSettings:
    """Return the settings of a programme.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        row = session.get(Programme, programme_id)
        if row is None:
            raise NotFoundError("programme.gone")
        count = select(func.count(Appointment.id)).where(Appointment.programme_id == programme_id)
        return WorkSettings(view_of(row), session.scalar(count) or 0, prefecture(session))


def save_work_settings(database: Database, *, form: ProgrammeView, actor: str | None = None) -> ChangeSet:
    """Store changed settings as one act; appointments keep what was agreed.

    Raises:
        ValidationError, ConflictError, NotFoundError: as :func:`save_programme`.
    """
    return save_programme(database, form=form, actor=actor, label="programme.work-settings")


def agreed_otherwise(before: ProgrammeView, after: ProgrammeView) -> bool:
    """Return whether something was changed that appointments hold copies of."""
    return any(getattr(before, name) != getattr(after, name) for name in AGREED)

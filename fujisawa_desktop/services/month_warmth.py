"""Working out beforehand the month that somebody will most likely look at."""

from __future__ import annotations

from datetime import date

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.hours import month_view, opening_month
from fujisawa_desktop.services.pay import pay_for_month


def get_month_ready(database: Database, *, programme_id: int, today: date) -> int:
    """Work out hours and pay of the month a clerk opens first; for a worker, while nobody waits for them.

    They are kept as :mod:`~fujisawa_desktop.services.month_memory` says, so that the tab stands at once.

    Returns:
        how many people the month has.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``pay.no-rate``.
    """
    year, month = opening_month(database, programme_id=programme_id, today=today)
    view = month_view(database, programme_id=programme_id, year=year, month=month, today=today)
    pay_for_month(database, programme_id=programme_id, year=year, month=month)
    return len(view.people)

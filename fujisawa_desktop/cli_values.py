"""Values typed on the command line, read by the rules that know them."""

from __future__ import annotations

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.rules.calendar import parse_month


def month_of(text: str) -> tuple[int, int]:
    """Return year and month of ``2024-12``.

    Raises:
        AppError: it is no month.
    """
    try:
        return parse_month(text)
    except ValidationError as error:
        raise AppError("cli.bad-month", given=text) from error

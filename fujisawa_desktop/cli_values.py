"""Values typed on the command line, read by the rules that know them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fujisawa_desktop.errors import AppError, ValidationError
from fujisawa_desktop.rules.calendar import parse_date, parse_month


def month_of(text: str) -> tuple[int, int]:
    """Return year and month of ``2024-12``.

    Raises:
        AppError: it is no month.
    """
    try:
        return parse_month(text)
    except ValidationError as error:
        raise AppError("cli.bad-month", given=text) from error


def day_of(text: str) -> date:
    """Return the day of ``2024-10-25`` or of any other written form.

    Raises:
        AppError: it is no day.
    """
    try:
        return parse_date(text)
    except ValidationError as error:
        raise AppError("cli.bad-day", given=text) from error


def password_of(file: Path) -> str:
    """Return the first line of a file: a password typed as an argument could be read by others.

    Raises:
        AppError: the file cannot be read, or its first line is empty.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AppError("cli.password-file", file=str(file)) from error
    if not lines or not lines[0]:
        raise AppError("cli.password-file", file=str(file))
    return lines[0]

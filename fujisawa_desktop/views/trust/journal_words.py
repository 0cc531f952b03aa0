"""The words of the journal: values and tables as a clerk knows them."""

from __future__ import annotations

from datetime import date, datetime, time

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_date, format_datetime, format_time
from fujisawa_desktop.services.journal_view import ActChange

_MOST = 300


def field_word(change: ActChange) -> str:
    """Return the words for a table and one of its fields."""
    word = _word(change.field) or _("other ({field})").format(field=change.field)
    return _("{table}: {field}").format(table=texts.term("table", change.table), field=word)


def is_named(field: str) -> bool:
    """Whether a field has a word of its own."""
    return bool(_word(field))


def _word(field: str) -> str:
    for family in ("journal-field", "field"):
        word = texts.term(family, field)
        if word != field:
            return word
    return ""


def value_word(change: ActChange, value: object) -> str:  # noqa: PLR0911 - one line for each kind of value
    """Return a value as it is written for people."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, time):
        return format_time(value)
    for family in (change.field, f"{change.table}-{change.field}"):
        word = texts.term(family, value)
        if word != str(value):
            return word
    text = " ".join(str(value).split())
    return text if len(text) <= _MOST else f"{text[:_MOST]}…"

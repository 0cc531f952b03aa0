"""勤務と報酬の設定 in words: the sentences the cap comes from, minimum wages as lines, what a saving did."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.i18n import _, format_minutes, format_yen, ngettext
from fujisawa_desktop.rules.calendar import parse_date
from fujisawa_desktop.services.programme_view import ProgrammeView
from fujisawa_desktop.services.work_settings import WorkSettings, agreed_otherwise

_WAGE: Final = re.compile(r"(?P<day>\S.*?)[\s:,、]+(?P<yen>[0-9,]+) *円?")


def source_texts(programme: ProgrammeView) -> list[str]:
    """Return each published sentence on the cap with its document, and how it reads."""
    return [
        _("{document}: “{text}” ({cap})").format(
            document=source["document"],
            text=source["text"],
            cap=cap_text(source.get("minutes", programme.cap_minutes), within=bool(source["inclusive"])),
        )
        for source in programme.cap_sources
    ]


def cap_text(minutes: int, *, within: bool) -> str:
    """Return how a cap reads: ``60:00未満`` or ``60:00以内``."""
    text = _("up to {cap}") if within else _("below {cap}")
    return text.format(cap=format_minutes(minutes))


def other_sources(programme: ProgrammeView, *, within: bool) -> str:
    """Return the documents whose sentence reads otherwise than the setting; empty when none does."""
    documents = (s["document"] for s in programme.cap_sources if bool(s["inclusive"]) != within)
    return "、".join(dict.fromkeys(documents))


def wages_text(wages: Iterable[tuple[str, int]]) -> str:
    """Return minimum wages as lines to be changed: ``2025/10/4 1,225``."""
    return "\n".join(f"{_plain(day)} {format_yen(yen)}" for day, yen in wages)


def read_wages(text: str) -> tuple[tuple[str, int], ...]:
    """Read lines of a day and yen, in any order; returned by day.

    Raises:
        ValidationError: ``programme.wage-line`` naming the line, or the day that cannot be.
    """
    found: list[tuple[str, int]] = []
    for line in filter(str.strip, text.splitlines()):
        match = _WAGE.fullmatch(unicodedata.normalize("NFKC", line).strip())
        if match is None or not match["yen"].strip(","):
            raise ValidationError("programme.wage-line", field="minimum_wages", text=line.strip())
        try:
            day = parse_date(match["day"])
        except ValidationError as error:
            raise ValidationError("programme.wage-line", field="minimum_wages", text=line.strip()) from error
        found.append((day.isoformat(), int(match["yen"].replace(",", ""))))
    return tuple(sorted(found))


def saved_text(stored: WorkSettings, form: ProgrammeView) -> str:
    """Return what a saving means for the people who are appointed already."""
    if not stored.appointed or not agreed_otherwise(stored.programme, form):
        return _("Saved. Pay is computed with it from now on.")
    text = ngettext(
        "Saved. The {count} person already appointed keeps what was agreed.",
        "Saved. The {count} people already appointed keep what was agreed.",
        stored.appointed,
    )
    return text.format(count=stored.appointed)


def required(values: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return the values.

    Raises:
        ValidationError: ``field.required`` at the first of ``names`` that is empty.
    """
    for name in names:
        if values[name] is None:
            raise ValidationError("field.required", field=name)
    return values


def _plain(day: str) -> str:
    year, month, rest = day.split("-")
    return f"{year}/{int(month)}/{int(rest)}"

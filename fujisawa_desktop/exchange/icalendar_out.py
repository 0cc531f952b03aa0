"""Interviews as iCalendar files (RFC 5545, 5546) that Outlook, Thunderbird and others take in.

Times are wall times of Asia/Tokyo with the zone spelled out in the file.  A file with METHOD:PUBLISH
holds what stands, one with METHOD:CANCEL what fell away; both know an event by its UID, and of two
files about one event the one with the higher SEQUENCE counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final, Literal

from fujisawa_desktop.rules.contact import is_mail_address

if TYPE_CHECKING:
    from icalendar import Calendar, Event

Method = Literal["PUBLISH", "CANCEL"]

ZONE: Final = "Asia/Tokyo"
_OFFSET: Final = timedelta(hours=9)
_PRODUCT: Final = "-//Fujisawa Desktop//Interviews//JA"
_NOBODY: Final = "invalid:nomail"
"""The organizer's address while the programme names none; it is required and must not be made up."""
_UNSEEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_ADDRESS: Final = re.compile(r"https?://[!-~]+")
"""What may stand as a link: a calendar opens it at a click."""
_IN_ZONE: Final = {"TZID": ZONE}


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One interview as a calendar shows it.

    Attributes:
        uid: the same for as long as it is the same interview.
        sequence: raised whenever something about it changed.
        starts, ends: local wall times.
        stamp: when this state of it was written first, local.
        place: where it takes place; empty is left out.
        url: the meeting; left out unless it is an address of the web.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    stamp: datetime
    summary: str
    description: str = ""
    place: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who invites; ``mail`` may be empty."""

    name: str
    mail: str = ""


def calendar_bytes(
    name: str, entries: Sequence[CalendarEntry], organizer: Organizer, *, method: Method
) -> bytes:
    """Return a whole file: CRLF, lines folded at 75 octets, texts escaped, UTF-8."""
    from icalendar import Calendar  # noqa: PLC0415 - only when such a file is written

    calendar = Calendar()
    for key, value in (
        ("prodid", _PRODUCT),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", method),
        ("x-wr-calname", _line(name)),
        ("x-wr-timezone", ZONE),
    ):
        calendar.add(key, value)
    _add_zone(calendar)
    for entry in sorted(entries, key=lambda one: (one.starts, one.uid)):
        calendar.add_component(_event(entry, organizer, method))
    return bytes(calendar.to_ical())


def _add_zone(calendar: Calendar) -> None:
    """Spell the zone out: Japan has kept one offset since 1952."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415 - as above

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "JST")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    calendar.add_component(zone)


def _event(entry: CalendarEntry, organizer: Organizer, method: Method) -> Event:
    from icalendar import Event, vCalAddress, vText  # noqa: PLC0415 - as above

    event = Event()
    stamp = entry.stamp.replace(tzinfo=timezone(_OFFSET)).astimezone(UTC)
    address = vCalAddress(f"mailto:{organizer.mail}" if is_mail_address(organizer.mail) else _NOBODY)
    address.params["CN"] = vText(_line(organizer.name))
    for key, value in (
        ("uid", entry.uid),
        ("sequence", entry.sequence),
        ("dtstamp", stamp),
        ("last-modified", stamp),
        ("organizer", address),
        ("summary", _line(entry.summary)),
        ("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED"),
        ("class", "PRIVATE"),
        ("transp", "TRANSPARENT" if method == "CANCEL" else "OPAQUE"),
    ):
        event.add(key, value)
    event.add("dtstart", entry.starts, parameters=_IN_ZONE)
    event.add("dtend", entry.ends, parameters=_IN_ZONE)
    for key, text in (("description", entry.description), ("location", entry.place)):
        if text:
            event.add(key, _clean(text))
    if _ADDRESS.fullmatch(entry.url):
        event.add("url", entry.url)
    return event


def _clean(text: str) -> str:
    """Return a text without control characters, which no calendar may hold, nor signs that turn it round."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _line(text: str) -> Any:
    return " ".join(_clean(text).split("\n"))

"""The interviews as files for calendars: one for all, one for each interviewer, and what fell away.

What was written is remembered, so that the next file updates the calendars that took the last one in:
the UID stays, SEQUENCE rises with every change, and an interview that is gone is cancelled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.exchange.file_names import safe_stem
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.exchange.icalendar_out import CalendarEntry, Organizer, calendar_bytes
from fujisawa_desktop.models import CalendarEvent, EntryKind, JournalEntry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_facts import (
    InterviewerFacts,
    InterviewFacts,
    interview_facts,
    interviewer_facts,
)
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_wording import Wording, wording
from fujisawa_desktop.services.programme_view import ProgrammeView
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

_ALL: Final = 0
"""The calendar of everybody."""
_SUFFIX: Final = ".ics"


@dataclass(frozen=True, slots=True)
class WrittenCalendars:
    """What was written.

    Attributes:
        change: the entry of the journal.
        files: every file, the calendar of all first.
        interviews: how many interviews stand.
        cancelled: how many the calendars are told to take out.
    """

    change: ChangeSet
    files: tuple[Path, ...]
    interviews: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One interview as a calendar shall show it, apart from its sequence."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    description: str
    place: str
    url: str

    @property
    def digest(self) -> str:
        """Return what tells a change of anything but the time."""
        parts = (self.summary, self.description, self.place, self.url)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def write_calendars(
    database: Database,
    *,
    programme_id: int,
    target: Path,
    with_names: bool = False,
    actor: str | None = None,
) -> WrittenCalendars:
    """Write the interviews for calendars, and record that they left the office.

    Args:
        database: the open database.
        programme_id: the programme.
        target: a folder for all files, or one ``.ics`` file for the calendar of all (what fell away
            then goes into a second file beside it).
        with_names: write people's names; else the portal's number only.
        actor: who does it.

    Raises:
        ValidationError: ``ical.target``, neither a folder nor a file ending in .ics.
        StorageError: a file cannot be written, or the database may not be.
        NotFoundError: ``programme.none``.
    """
    single = target.suffix.lower() == _SUFFIX and not target.is_dir()
    if not single and not target.is_dir():
        raise ValidationError("ical.target", field="target", name=target.name)
    folder = target.parent if single else target
    with (
        FileSet(folder) as written,
        unit_of_work(database, "interviews.ical", actor=actor, kind=EntryKind.ISSUED) as work,
    ):
        book = _Book(work, programme_id, with_names=with_names)
        for calendar in (_ALL,) if single else (_ALL, *book.interviewers):
            name = target.stem if single else book.file_name(calendar)
            book.write(calendar, written, name)
        change = let_out(work, written, count=len(book.interviews), cancelled=book.cancelled)
        return WrittenCalendars(change, written.places, len(book.interviews), book.cancelled)


class _Book:
    """All calendars of one programme while they are written."""

    def __init__(self, work: UnitOfWork, programme_id: int, *, with_names: bool) -> None:
        session = work.session
        self._work = work
        self._programme: ProgrammeView = programme_of(session, programme_id)
        self._words: Wording = wording("interview-calendar", "calendars")
        self._with_names = with_names
        self._seed = _seed(session)
        self._organizer = _organizer(self._programme)
        self.interviews: tuple[InterviewFacts, ...] = interview_facts(session, programme_id)
        self.interviewers: dict[int, InterviewerFacts] = interviewer_facts(session, programme_id)
        self.cancelled = 0

    def file_name(self, calendar: int) -> str:
        """Return a name without an ending that every system can write."""
        if calendar == _ALL:
            return self._words.text("file_all")
        order = list(self.interviewers).index(calendar) + 1
        values = {"順番": f"{order:02d}", "面接官": self.interviewers[calendar].name}
        return safe_stem(self._words.fill(self._words.text("file_one"), values))

    def write(self, calendar: int, files: FileSet, name: str) -> None:
        """Write one calendar: what stands, and beside it what fell away, if anything did."""
        wanted = [self._wanted(one, calendar) for one in self.interviews if self._is_in(one, calendar)]
        stand, gone = self._remember(calendar, wanted)
        title = self._title(calendar)
        files.add(f"{name}{_SUFFIX}", calendar_bytes(title, stand, self._organizer, method="PUBLISH"))
        if gone:
            cancelled = self._words.fill(self._words.text("file_cancelled"), {"名前": name})
            data = calendar_bytes(title, gone, self._organizer, method="CANCEL")
            files.add(f"{cancelled}{_SUFFIX}", data)
        if calendar == _ALL:
            self.cancelled = len(gone)

    def _is_in(self, one: InterviewFacts, calendar: int) -> bool:
        return calendar == _ALL or calendar in one.interviewer_ids

    def _title(self, calendar: int) -> str:
        key = "calendar_all" if calendar == _ALL else "calendar_one"
        name = "" if calendar == _ALL else self.interviewers[calendar].name
        values = {"実施回略称": self._programme.short_title, "面接官": name}
        return self._words.fill(self._words.text(key), values)

    def _wanted(self, one: InterviewFacts, calendar: int) -> _Wanted:
        words = self._words
        url = "" if calendar == _ALL else (one.url or self.interviewers[calendar].url)
        names = [self.interviewers[key].name for key in one.interviewer_ids]
        values = {
            "受付番号": one.number,
            "氏名": one.name,
            "コース": "・".join(one.courses),
            "面接官": "、".join(names) or words.text("unassigned"),
            "URL": url,
        }
        lines = [*words.texts("description"), *(words.texts("description_own") if url else ())]
        summary = words.text("summary_name" if self._with_names else "summary_number")
        return _Wanted(
            uid=self._uid(one, calendar),
            starts=one.starts,
            ends=one.ends,
            summary=words.fill(summary, values),
            description="\n".join(words.fill_all(lines, values)),
            place=words.text("online") if url else "",
            url=url,
        )

    def _uid(self, one: InterviewFacts, calendar: int) -> str:
        """Return a name that is the interview's for good and tells nobody who is meant.

        It hangs on the entry, not on the booking: cancelled and booked again is the same event.
        """
        parts = (self._seed, self._programme.id, calendar, one.entry_id, one.course_id or 0)
        return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()[:32] + "@fujisawa-desktop"

    def _remember(
        self, calendar: int, wanted: Sequence[_Wanted]
    ) -> tuple[list[CalendarEntry], list[CalendarEntry]]:
        """Return what stands and what fell away, and store both as written."""
        query = select(CalendarEvent).where(
            CalendarEvent.programme_id == self._programme.id, CalendarEvent.calendar == calendar
        )
        known = {row.uid: row for row in self._work.session.scalars(query)}
        uids = {one.uid for one in wanted}
        lost = [row for uid, row in sorted(known.items()) if uid not in uids]
        self._write_rows(calendar, wanted, known, lost)
        self._work.session.scalars(query).all()  # what was written is read again at once, not row by row
        stand = [self._stand(one, known.get(one.uid)) for one in wanted]
        return stand, [self._gone(row) for row in lost]

    def _write_rows(
        self,
        calendar: int,
        wanted: Sequence[_Wanted],
        known: Mapping[str, CalendarEvent],
        lost: Sequence[CalendarEvent],
    ) -> None:
        """Store what the file will say; what did not change keeps its number and its moment."""
        work = self._work
        changed = [
            (one, known[one.uid]) for one in wanted if one.uid in known and _differs(one, known[one.uid])
        ]
        gone = [row for row in lost if not row.is_cancelled]
        raised = {row.uid: row.sequence + 1 for row in (*(row for _one, row in changed), *gone)}
        fresh = [
            {
                "programme_id": self._programme.id,
                "calendar": calendar,
                "uid": one.uid,
                "sequence": 0,
                **_stored(one),
                "is_cancelled": False,
                "written_at": work.now,
            }
            for one in wanted
            if one.uid not in known
        ]
        updates = {
            row.id: {
                "sequence": raised[row.uid],
                **_stored(one),
                "is_cancelled": False,
                "written_at": work.now,
            }
            for one, row in changed
        }
        cancels = {
            row.id: {"sequence": raised[row.uid], "is_cancelled": True, "written_at": work.now}
            for row in gone
        }
        work.insert_many(CalendarEvent, fresh)
        work.update_many(CalendarEvent, updates)
        work.update_many(CalendarEvent, cancels)

    def _stand(self, one: _Wanted, row: CalendarEvent | None) -> CalendarEntry:
        return CalendarEntry(
            uid=one.uid,
            sequence=row.sequence if row is not None else 0,
            starts=one.starts,
            ends=one.ends,
            stamp=row.written_at if row is not None else self._work.now,
            summary=one.summary,
            description=one.description,
            place=one.place,
            url=one.url,
        )

    def _gone(self, row: CalendarEvent) -> CalendarEntry:
        return CalendarEntry(
            uid=row.uid,
            sequence=row.sequence,
            starts=row.starts_at,
            ends=row.ends_at,
            stamp=row.written_at,
            summary=self._words.text("summary_gone"),
        )


def _differs(one: _Wanted, row: CalendarEvent) -> bool:
    return row.is_cancelled or (row.starts_at, row.ends_at, row.digest) != (one.starts, one.ends, one.digest)


def _stored(one: _Wanted) -> dict[str, object]:
    return {"starts_at": one.starts, "ends_at": one.ends, "digest": one.digest}


def _seed(session: Session) -> str:
    """Return what tells this database from any other."""
    query = select(JournalEntry.hash).order_by(JournalEntry.seq).limit(1)
    return session.scalar(query) or ""


def _organizer(programme: ProgrammeView) -> Organizer:
    mails: Iterable[str] = (row.mail for row in programme.contacts if row.use == "notice" and row.mail)
    return Organizer(f"{programme.municipality} {programme.office}", next(iter(mails), ""))

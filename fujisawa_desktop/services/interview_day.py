"""The day of the interviews: who came, who was late, who is seen another day, who withdrew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import ApplicantNote, NoteKind, ReplyKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.interviewing import tidy_url
from fujisawa_desktop.rules.selection import WITHDRAWAL_REASONS, ApplicationStatus, Attendance
from fujisawa_desktop.services.availability import take_out
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.interview_calendar import load_calendar
from fujisawa_desktop.services.interview_links import applications_seen
from fujisawa_desktop.services.interview_view import Booked, Person, meeting_url_of
from fujisawa_desktop.services.interview_writing import remove_interviews, stored_interview
from fujisawa_desktop.services.parts import Parts
from fujisawa_desktop.services.selection import write_replies
from fujisawa_desktop.services.selection_core import subjects
from fujisawa_desktop.services.selection_marks import record_interview
from fujisawa_desktop.services.unit_of_work import UnitOfWork, unit_of_work

__all__ = ["mark", "meeting_url_of", "postpone", "save_details", "withdraw"]


def mark(
    database: Database,
    *,
    interview_id: int,
    attendance: Attendance | None,
    late_minutes: int | None = None,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record whether somebody came and how late; as `selection_marks.record_interview`, which it is."""
    return record_interview(
        database,
        interview_id=interview_id,
        attendance=attendance,
        late_minutes=late_minutes,
        version=version,
        actor=actor,
    )


def postpone(
    database: Database,
    *,
    interview_id: int,
    reason: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Take somebody back to the list of those who wait for an interview, as one act.

    Also whoever was absent and is given another day.  What the person was told stays known: until a
    new time is booked and told, the old one is to be called off.  It is no longer a time in which the
    person can come, or the next plan would take it again.  The reason and what was noted on the day
    become a note about the person, which the person may ask to see.

    Raises:
        ConflictError: the interview was changed meanwhile.
        RuleError: ``interview.locked``, ``interview.attended`` or ``interview.reviewed``.
        NotFoundError: ``interview.missing``.
    """
    with _on_the_day(database, "interview.postpone", interview_id, version, actor) as day:
        booked = day.booked
        if booked.is_locked:
            raise RuleError("interview.locked", person=day.person.name)
        if booked.attendance is Attendance.ATTENDED:
            raise RuleError("interview.attended", person=day.person.name)
        if booked.reviewed:
            raise RuleError("interview.reviewed", person=day.person.name)
        said = [text.strip() for text in (booked.day_note, reason) if text.strip()]
        if said:
            day.remember("\n".join(said))
        remove_interviews(day.work, [interview_id])
        take_out(day.work, day.person.applicant_id, (booked.start, booked.end))
        return day.work.commit(start=booked.start)


def save_details(
    database: Database,
    *,
    interview_id: int,
    url: str,
    note: str,
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Say where one interview takes place and note what happened on the day, as one act.

    Args:
        database: the open database.
        interview_id: the interview.
        url: its own address, if not where its interviewer's usually are; empty takes it out.
        note: what was noted; the person may ask to see it.
        version: the version that was on the screen.
        actor: who does it.

    Raises:
        ValidationError: ``interview.url``.
        ConflictError: the interview was changed meanwhile.
        NotFoundError: ``interview.missing``.
    """
    address = tidy_url(url, field="url")
    with unit_of_work(database, "interview.details", actor=actor) as work:
        row = stored_interview(work, interview_id, version)
        row.meeting_url, row.day_note = address, note.strip()
        return work.commit()


def withdraw(
    database: Database,
    *,
    interview_id: int,
    reason: str = "",
    reason_code: str = "",
    channel: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Record that somebody withdrew before or at the interview, and free its time, as one act.

    All applications that the interview is about and that wait for the final result are withdrawn.
    An interview that took place stays in the calendar.

    Raises:
        ValidationError: ``selection.reason-unknown``.
        RuleError: ``interview.not-waiting``; no application waits for the final result.
        ConflictError: the interview was changed meanwhile.
        NotFoundError: ``interview.missing``.
    """
    if reason_code and reason_code not in WITHDRAWAL_REASONS:
        raise ValidationError("selection.reason-unknown", field="reason_code")
    code = f"selection.{ReplyKind.WITHDRAWN.value}"
    with _on_the_day(database, code, interview_id, version, actor) as day:
        session = day.work.session
        people = {
            key: one
            for key, one in subjects(session, applications_seen(session, interview_id)).items()
            if one.status is ApplicationStatus.FIRST_PASSED
        }
        if not people:
            raise RuleError("interview.not-waiting", person=day.person.name)
        answer = {
            "channel": channel,
            "reason_code": reason_code,
            "reason": reason.strip(),
            "replied_at": day.work.now,
        }
        write_replies(day.work, people, ReplyKind.WITHDRAWN, answer, Parts(2, None))
        if day.booked.attendance is None and not day.booked.reviewed:
            if day.booked.day_note.strip():
                day.remember(day.booked.day_note.strip())
            remove_interviews(day.work, [interview_id])
        return day.work.commit(count=len(people))


@dataclass(frozen=True, slots=True)
class _Day:
    """One interview within an open act."""

    work: UnitOfWork
    booked: Booked
    person: Person

    def remember(self, text: str) -> None:
        """Keep as a note about the person what would be gone with the interview."""
        self.work.session.add(
            ApplicantNote(
                applicant_id=self.person.applicant_id,
                kind=NoteKind.SHARED,
                text=text,
                written_at=self.work.now,
                actor=self.work.actor,
            )
        )


@contextmanager
def _on_the_day(
    database: Database, label: str, interview_id: int, version: int | None, actor: str | None
) -> Iterator[_Day]:
    with unit_of_work(database, label, actor=actor) as work:
        view = load_calendar(work.session, stored_interview(work, interview_id, version).programme_id)
        booked = view.interview_of[interview_id]
        yield _Day(work, booked, view.person_of[booked.key])

"""Every stored class in one place: importing this module registers every table."""

from __future__ import annotations

from fujisawa_desktop.models.applicant import (
    Applicant,
    Application,
    Entry,
    EntryAnswer,
    SuspectedDuplicate,
    SuspicionVerdict,
)
from fujisawa_desktop.models.base import Base
from fujisawa_desktop.models.course import Course
from fujisawa_desktop.models.decision import Decision, Reply, ReplyKind
from fujisawa_desktop.models.intake import ImportBatch, ImportRow
from fujisawa_desktop.models.interview import (
    ApplicantAvailability,
    Interview,
    Interviewer,
    InterviewerAvailability,
    InterviewerCourse,
    InterviewSeat,
    InterviewUnit,
    UnitHolder,
)
from fujisawa_desktop.models.journal import EntryKind, JournalEntry, JournalPayload, JournalSubject
from fujisawa_desktop.models.notice import Notice
from fujisawa_desktop.models.programme import ClosedDay, Contact, HourlyRate, Programme, WorkPattern
from fujisawa_desktop.models.setting import Setting
from fujisawa_desktop.models.work import (
    Appointment,
    AppointmentRate,
    MonthClosing,
    PayStatement,
    Shift,
)

__all__ = [
    "Applicant",
    "ApplicantAvailability",
    "Application",
    "Appointment",
    "AppointmentRate",
    "Base",
    "ClosedDay",
    "Contact",
    "Course",
    "Decision",
    "Entry",
    "EntryAnswer",
    "EntryKind",
    "HourlyRate",
    "ImportBatch",
    "ImportRow",
    "Interview",
    "InterviewSeat",
    "InterviewUnit",
    "Interviewer",
    "InterviewerAvailability",
    "InterviewerCourse",
    "JournalEntry",
    "JournalPayload",
    "JournalSubject",
    "MonthClosing",
    "Notice",
    "PayStatement",
    "Programme",
    "Reply",
    "ReplyKind",
    "Setting",
    "Shift",
    "SuspectedDuplicate",
    "SuspicionVerdict",
    "UnitHolder",
    "WorkPattern",
]

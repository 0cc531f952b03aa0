"""What is stored.

The classes are loaded, all together, when the first of them is asked for: opening a file and
showing its first rows do not need them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fujisawa_desktop.models.registry import (
        Applicant,
        ApplicantAvailability,
        Application,
        Appointment,
        AppointmentRate,
        Base,
        ClosedDay,
        Contact,
        Course,
        Decision,
        Entry,
        EntryAnswer,
        EntryKind,
        HourlyRate,
        ImportBatch,
        ImportRow,
        Interview,
        Interviewer,
        InterviewerAvailability,
        InterviewerCourse,
        InterviewSeat,
        InterviewUnit,
        JournalEntry,
        JournalPayload,
        JournalSubject,
        MonthClosing,
        Notice,
        PayStatement,
        Programme,
        Reply,
        ReplyKind,
        Setting,
        Shift,
        SuspectedDuplicate,
        SuspicionVerdict,
        UnitHolder,
        WorkPattern,
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


def __getattr__(name: str) -> Any:
    """Return a stored class by its name."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("fujisawa_desktop.models.registry"), name)

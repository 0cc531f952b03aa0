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
from fujisawa_desktop.models.decision import Announcement, Decision, DecisionCorrection, Reply, ReplyKind
from fujisawa_desktop.models.dispatch import Dispatch
from fujisawa_desktop.models.document_number import DocumentNumber, NumberUse
from fujisawa_desktop.models.erasure import Erasure
from fujisawa_desktop.models.hand_in import HandIn, TransferAccount
from fujisawa_desktop.models.intake import CourseRule, ImportBatch, ImportProfile, ImportRow
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
from fujisawa_desktop.models.interview_day import (
    AvailabilityText,
    CalendarEvent,
    InterviewAnnouncement,
    InterviewCriterion,
    InterviewDraft,
    InterviewNeed,
    InterviewReview,
    InterviewScore,
)
from fujisawa_desktop.models.journal import EntryKind, JournalEntry, JournalPayload, JournalSubject
from fujisawa_desktop.models.notice import Notice
from fujisawa_desktop.models.outgoing import OutgoingSet
from fujisawa_desktop.models.paper_template import PaperTemplate
from fujisawa_desktop.models.payroll import (
    DatedFigure,
    HoursCorrection,
    MonthConfirmation,
    Payment,
    RegisterLayout,
)
from fujisawa_desktop.models.person import ApplicantNote, FlagRuling, FlagVerdict, NoteKind, PersonMerge
from fujisawa_desktop.models.programme import (
    ClosedDay,
    Contact,
    HourlyRate,
    Programme,
    WorkPattern,
)
from fujisawa_desktop.models.retention import RetentionRule
from fujisawa_desktop.models.saved_view import SavedView
from fujisawa_desktop.models.screening import (
    Aggregate,
    Criterion,
    Review,
    Reviewer,
    ReviewerCourse,
    ReviewState,
    Score,
    ScreeningRule,
)
from fujisawa_desktop.models.seat import Seat, SeatRole
from fujisawa_desktop.models.setting import Setting
from fujisawa_desktop.models.terms_change import TermsChange
from fujisawa_desktop.models.work import (
    Appointment,
    AppointmentRate,
    MonthClosing,
    PayStatement,
    Shift,
)
from fujisawa_desktop.rules.interviewing import InterviewScope
from fujisawa_desktop.rules.selection import Attendance

__all__ = [
    "Aggregate",
    "Announcement",
    "Applicant",
    "ApplicantAvailability",
    "ApplicantNote",
    "Application",
    "Appointment",
    "AppointmentRate",
    "Attendance",
    "AvailabilityText",
    "Base",
    "CalendarEvent",
    "ClosedDay",
    "Contact",
    "Course",
    "CourseRule",
    "Criterion",
    "DatedFigure",
    "Decision",
    "DecisionCorrection",
    "Dispatch",
    "DocumentNumber",
    "Entry",
    "EntryAnswer",
    "EntryKind",
    "Erasure",
    "FlagRuling",
    "FlagVerdict",
    "HandIn",
    "HourlyRate",
    "HoursCorrection",
    "ImportBatch",
    "ImportProfile",
    "ImportRow",
    "Interview",
    "InterviewAnnouncement",
    "InterviewCriterion",
    "InterviewDraft",
    "InterviewNeed",
    "InterviewReview",
    "InterviewScope",
    "InterviewScore",
    "InterviewSeat",
    "InterviewUnit",
    "Interviewer",
    "InterviewerAvailability",
    "InterviewerCourse",
    "JournalEntry",
    "JournalPayload",
    "JournalSubject",
    "MonthClosing",
    "MonthConfirmation",
    "NoteKind",
    "Notice",
    "NumberUse",
    "OutgoingSet",
    "PaperTemplate",
    "PayStatement",
    "Payment",
    "PersonMerge",
    "Programme",
    "RegisterLayout",
    "Reply",
    "ReplyKind",
    "RetentionRule",
    "Review",
    "ReviewState",
    "Reviewer",
    "ReviewerCourse",
    "SavedView",
    "Score",
    "ScreeningRule",
    "Seat",
    "SeatRole",
    "Setting",
    "Shift",
    "SuspectedDuplicate",
    "SuspicionVerdict",
    "TermsChange",
    "TransferAccount",
    "UnitHolder",
    "WorkPattern",
]

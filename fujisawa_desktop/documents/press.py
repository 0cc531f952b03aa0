"""From finished specs to one PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from fujisawa_desktop.documents.attendance import attendance_pages
from fujisawa_desktop.documents.book import Book, Page
from fujisawa_desktop.documents.confirmation_sheet import confirmation_pages
from fujisawa_desktop.documents.course_sheet import course_sheet_pages
from fujisawa_desktop.documents.decision_record import decision_record_pages
from fujisawa_desktop.documents.disclosure import disclosure_pages
from fujisawa_desktop.documents.door_list import door_list_pages
from fujisawa_desktop.documents.envelope import envelope_pages
from fujisawa_desktop.documents.flyer import flyer_pages
from fujisawa_desktop.documents.hours_specs import ConfirmationSpec
from fujisawa_desktop.documents.labels import label_pages
from fujisawa_desktop.documents.ledger import ledger_pages
from fujisawa_desktop.documents.ledger_specs import LedgerSpec
from fujisawa_desktop.documents.letter import letter_pages
from fujisawa_desktop.documents.office_specs import EnvelopeSpec, LabelsSpec, TrialSpec, WindowSpec
from fujisawa_desktop.documents.pay_statement import pay_statement_pages
from fujisawa_desktop.documents.press_release import press_release_pages
from fujisawa_desktop.documents.public_specs import CourseSheetSpec, FlyerSpec, PressReleaseSpec
from fujisawa_desktop.documents.recovery_sheet import recovery_pages
from fujisawa_desktop.documents.return_form import return_form_pages
from fujisawa_desktop.documents.roster import roster_pages
from fujisawa_desktop.documents.score_sheet import score_sheet_pages
from fujisawa_desktop.documents.secret_specs import RecoverySpec
from fujisawa_desktop.documents.snapshots import spec_among
from fujisawa_desktop.documents.specs import (
    AttendanceSpec,
    DecisionRecordSpec,
    DisclosureSpec,
    DoorListSpec,
    Job,
    LetterSpec,
    PageError,
    Paper,
    PayStatementSpec,
    RosterSpec,
    ScoreSheetSpec,
    Spec,
    TimetableSpec,
)
from fujisawa_desktop.documents.terms_notice import terms_notice_pages
from fujisawa_desktop.documents.terms_specs import ReturnFormSpec, TermsNoticeSpec
from fujisawa_desktop.documents.timetable import timetable_pages
from fujisawa_desktop.documents.trial_sheet import trial_pages
from fujisawa_desktop.documents.window_block import window_pages

_PRINTERS: Final[Mapping[type[Any], Callable[[Book, Any], list[Page]]]] = {
    LetterSpec: letter_pages,
    RosterSpec: roster_pages,
    TimetableSpec: timetable_pages,
    AttendanceSpec: attendance_pages,
    ConfirmationSpec: confirmation_pages,
    PayStatementSpec: pay_statement_pages,
    LedgerSpec: ledger_pages,
    DisclosureSpec: disclosure_pages,
    DecisionRecordSpec: decision_record_pages,
    ScoreSheetSpec: score_sheet_pages,
    DoorListSpec: door_list_pages,
    TermsNoticeSpec: terms_notice_pages,
    ReturnFormSpec: return_form_pages,
    LabelsSpec: label_pages,
    EnvelopeSpec: envelope_pages,
    WindowSpec: window_pages,
    TrialSpec: trial_pages,
    PressReleaseSpec: press_release_pages,
    FlyerSpec: flyer_pages,
    CourseSheetSpec: course_sheet_pages,
    RecoverySpec: recovery_pages,
}


def spec_classes() -> frozenset[type[Any]]:
    """Return the classes of specs that can be printed."""
    return frozenset(_PRINTERS)


def press(job: Job, tell: Callable[[int], None]) -> Paper:
    """Print every spec of the job; ``tell`` hears how many are done and may raise to stop.

    Raises:
        PageError: one cannot be printed; it names whose.
    """
    book = Book()
    for done, spec in enumerate(job.specs):
        tell(done)
        try:
            book.add(spec.owner, _PRINTERS[type(spec)](book, spec))
        except Exception as error:
            raise PageError(spec.owner) from error
    return book.paper(job)


def stored_spec(form: str, data: object) -> Spec:
    """Return the spec that was stored as ``form``; raises as :func:`snapshots.spec_among`."""
    return spec_among(_PRINTERS, form, data)

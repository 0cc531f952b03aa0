"""Which use-case makes the specs of which kind of paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.later import later
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet
from fujisawa_desktop.services.paper_letters import invitation_letters, result_letters

# Loaded with their first paper: they bring half the services along, for which a letter need not wait.
_terms_notices = later("paper_terms", "terms_notices")

BY_SESSION: Final[Mapping[PaperKind, Callable[[Session, PaperOrder], list[Sheet]]]] = {
    PaperKind.FIRST_RESULT: result_letters,
    PaperKind.FINAL_RESULT: result_letters,
    PaperKind.PROMOTION: result_letters,
    PaperKind.INTERVIEW_INVITATION: invitation_letters,
    PaperKind.DISCLOSURE: later("paper_decisions", "disclosure_sheets"),
    PaperKind.DECISION_RECORD: later("paper_records", "decision_records"),
    PaperKind.ROSTER: later("paper_rosters", "rosters"),
    PaperKind.INTERVIEW_TIMETABLE: later("paper_lists", "timetables"),
    PaperKind.INTERVIEWER_TIMETABLE: later("paper_day", "interviewer_timetables"),
    PaperKind.SCORE_SHEET: later("paper_day", "score_sheets"),
    PaperKind.DOOR_LIST: later("paper_day", "door_lists"),
    PaperKind.ACCEPTANCE: later("paper_acceptance", "acceptance_forms"),
    PaperKind.APPOINTMENT: _terms_notices,
    PaperKind.CONDITIONS: _terms_notices,
    PaperKind.CHANGE_CONSENT: later("paper_terms", "consent_forms"),
    PaperKind.CHANGE_NOTICE: later("paper_terms", "change_notices"),
    PaperKind.HAND_IN_GUIDE: later("paper_appointing", "hand_in_guides"),
    PaperKind.OATH: later("paper_appointing", "oath_forms"),
    PaperKind.LEAVING_NOTICE: later("paper_appointing", "leaving_notices"),
    PaperKind.LABELS: later("paper_addresses", "label_sheets"),
    PaperKind.ENVELOPE: later("paper_addresses", "envelopes"),
    PaperKind.WINDOW_ADDRESS: later("paper_addresses", "window_sheets"),
    PaperKind.DISPATCH_LEDGER: later("paper_ledgers", "dispatch_ledgers"),
    PaperKind.PURGE_CERTIFICATE: later("paper_ledgers", "purge_certificates"),
    PaperKind.YEAR_END: later("paper_year_end", "year_ends"),
    PaperKind.PRESS_RELEASE: later("paper_public", "press_releases"),
    PaperKind.FLYER: later("paper_public", "flyers"),
    PaperKind.COURSE_SHEET: later("paper_public", "course_sheets"),
}
BY_DATABASE: Final[Mapping[PaperKind, Callable[[Database, PaperOrder], list[Sheet]]]] = {
    PaperKind.ATTENDANCE: later("paper_months", "attendance_sheets"),
    PaperKind.CONFIRMATION: later("paper_confirmations", "confirmation_sheets"),
    PaperKind.PAY_STATEMENT: later("paper_months", "pay_statements"),
    PaperKind.TRANSFER_LIST: later("paper_transfers", "transfer_lists"),
    PaperKind.REGISTER: later("paper_registers", "registers"),
}


def sheets_of(database: Database, order: PaperOrder) -> list[Sheet]:
    """Return the specs of everything an order is for.

    Raises:
        RuleError: there is nothing to print, or not for everybody named.
        InputFileError: the wording of the paper is broken.
    """
    if order.kind in BY_DATABASE:
        return BY_DATABASE[order.kind](database, order)
    with database.read() as session:
        return BY_SESSION[order.kind](session, order)

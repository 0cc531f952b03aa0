"""The kinds of papers and what all of them need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import ContactBox, Owner, Shift, Spec
from fujisawa_desktop.errors import NotFoundError
from fujisawa_desktop.models import Programme
from fujisawa_desktop.services.paper_options import PaperOptions, stored_addresses
from fujisawa_desktop.services.paper_templates import COMMON, wording_in_use
from fujisawa_desktop.services.paper_wording import Wording, hours, wording
from fujisawa_desktop.services.programme_view import ProgrammeView, view_of


class PaperKind(StrEnum):
    """The papers that can be made."""

    PRESS_RELEASE = "press-release"
    FLYER = "flyer"
    COURSE_SHEET = "course-sheet"
    FIRST_RESULT = "first-result"
    INTERVIEW_INVITATION = "interview-invitation"
    FINAL_RESULT = "final-result"
    PROMOTION = "promotion"
    DISCLOSURE = "disclosure"
    DECISION_RECORD = "decision-record"
    ROSTER = "roster"
    INTERVIEW_TIMETABLE = "interview-timetable"
    INTERVIEWER_TIMETABLE = "interviewer-timetable"
    SCORE_SHEET = "score-sheet"
    DOOR_LIST = "door-list"
    ACCEPTANCE = "acceptance"
    APPOINTMENT = "appointment"
    CONDITIONS = "conditions"
    CHANGE_CONSENT = "change-consent"
    CHANGE_NOTICE = "change-notice"
    HAND_IN_GUIDE = "hand-in-guide"
    OATH = "oath"
    LEAVING_NOTICE = "leaving-notice"
    LABELS = "labels"
    ENVELOPE = "envelope"
    WINDOW_ADDRESS = "window-address"
    DISPATCH_LEDGER = "dispatch-ledger"
    PURGE_CERTIFICATE = "purge-certificate"
    ATTENDANCE = "attendance"
    CONFIRMATION = "confirmation"
    PAY_STATEMENT = "pay-statement"
    REGISTER = "register"
    TRANSFER_LIST = "transfer-list"
    YEAR_END = "year-end"


PUBLIC: Final = frozenset({PaperKind.PRESS_RELEASE, PaperKind.FLYER, PaperKind.COURSE_SHEET})
"""For everybody; no person is named on them."""
MONTHLY: Final = frozenset(
    {
        PaperKind.ATTENDANCE,
        PaperKind.CONFIRMATION,
        PaperKind.PAY_STATEMENT,
        PaperKind.REGISTER,
        PaperKind.TRANSFER_LIST,
    }
)
LISTS: Final = frozenset(
    {
        PaperKind.ROSTER,
        PaperKind.INTERVIEW_TIMETABLE,
        PaperKind.INTERVIEWER_TIMETABLE,
        PaperKind.DOOR_LIST,
        PaperKind.DECISION_RECORD,
        PaperKind.LABELS,
        PaperKind.DISPATCH_LEDGER,
        PaperKind.PURGE_CERTIFICATE,
        PaperKind.CONFIRMATION,
        PaperKind.REGISTER,
        PaperKind.TRANSFER_LIST,
        PaperKind.YEAR_END,
        *PUBLIC,
    }
)
"""Papers that are not about one person each."""
LETTERS: Final = frozenset(
    {
        PaperKind.FIRST_RESULT,
        PaperKind.INTERVIEW_INVITATION,
        PaperKind.FINAL_RESULT,
        PaperKind.PROMOTION,
        PaperKind.APPOINTMENT,
        PaperKind.CONDITIONS,
        PaperKind.CHANGE_NOTICE,
        PaperKind.HAND_IN_GUIDE,
        PaperKind.LEAVING_NOTICE,
    }
)
WITH_ADDRESS: Final = frozenset(
    {
        PaperKind.FIRST_RESULT,
        PaperKind.INTERVIEW_INVITATION,
        PaperKind.FINAL_RESULT,
        PaperKind.PROMOTION,
    }
)
"""Letters that may bear the address of the person; their wording says whether they do."""


def paper_kind(name: str) -> PaperKind:
    """Return the kind called ``name``.

    Raises:
        NotFoundError: ``papers.kind-unknown``.
    """
    try:
        return PaperKind(name)
    except ValueError as error:
        raise NotFoundError(
            "papers.kind-unknown", name=name, known=[kind.value for kind in PaperKind]
        ) from error


def _tell_nobody(_done: int, _all: int) -> None:
    """Tell nobody how far the reading is."""


@dataclass(frozen=True, slots=True, eq=False)
class PaperOrder:
    """What the clerk asked for; each order is itself alone, so that what hangs on it is worked out once."""

    kind: PaperKind
    programme: ProgrammeView
    numbers: tuple[str, ...] | None
    """Portal numbers; ``None`` means everybody the paper is for."""
    dated: date
    document_number: str
    reply_by: date | None
    now: datetime
    year_month: tuple[int, int] | None
    words: Wording
    """The texts of this kind (:func:`services.paper_templates.wording_in_use`)."""
    common: Wording = field(default_factory=lambda: wording(COMMON))
    """The texts that all papers share, such as how the contact box is written."""
    first: int | None = None
    """Only the first so many sheets are wanted; ``None`` means all."""
    application_ids: frozenset[int] | None = None
    """Only letters about these applications are wanted; ``None`` means all."""
    print_address: bool | None = None
    """Whether letters bear the person's address; ``None`` leaves it to the wording."""
    tell: Callable[[int, int], object] = _tell_nobody
    """Hears how much is read of how much, and may raise to stop."""
    options: PaperOptions | None = None
    """How labels, envelopes and rosters are wanted; ``None`` as they were wanted last."""
    window_shift: Shift = field(default_factory=Shift)
    """Correction of the printer, for the address of letters that go into window envelopes."""
    course_ids: tuple[int, ...] | None = None
    """Of a public paper: about these courses only; ``None`` means all that are public."""

    def wants(self, number: str) -> bool:
        """Tell whether the paper is for the person with this number."""
        return self.numbers is None or number in self.numbers

    @property
    def has_addresses(self) -> bool:
        """Whether letters bear the person's address."""
        if self.kind not in WITH_ADDRESS:
            return False
        return self.words.flag("print_address") if self.print_address is None else self.print_address

    @property
    def month(self) -> tuple[int, int]:
        """The month asked for, else the first month of the term."""
        return self.year_month or (self.programme.term_from.year, self.programme.term_from.month)


class Unsure(StrEnum):
    """Why the amounts of a paper may be others tomorrow."""

    NOT_STATED = "not-stated"
    """They are those of the hours as they stand; nobody has computed the month yet."""
    OUTDATED = "outdated"
    """They are as they were computed; the hours or the terms have changed since."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One spec and whom it concerns."""

    spec: Spec
    applicant_id: int | None = None
    application_ids: tuple[int, ...] = ()
    interview_id: int | None = None
    corrects_id: int | None = None
    """The letter that this one takes the place of."""
    told: tuple[datetime, datetime] | None = None
    """From when until when the interview is, as the letter says."""
    reissues_id: int | None = None
    """The issued letter of which this one is another copy."""
    left_out: tuple[Owner, ...] = ()
    """People the paper would be for too, but whose address is not known."""
    unsure: Unsure | None = None


def programme_of(session: Session, programme_id: int) -> ProgrammeView:
    """Return the programme.

    Raises:
        NotFoundError: ``programme.none``.
    """
    row = session.get(Programme, programme_id)
    if row is None:
        raise NotFoundError("programme.none")
    return view_of(row)


def plain_order(
    session: Session,
    programme_id: int,
    kind: PaperKind,
    *,
    numbers: Sequence[str] | None = None,
    reply_by: date | None = None,
) -> PaperOrder:
    """Return an order of today without a document number, for what is only tried or sent by mail.

    Raises:
        NotFoundError: ``programme.none``.
    """
    programme, now = programme_of(session, programme_id), datetime.now()
    return PaperOrder(
        kind=kind,
        programme=programme,
        numbers=None if numbers is None else tuple(numbers),
        dated=now.date(),
        document_number="",
        reply_by=reply_by,
        now=now,
        year_month=None,
        words=wording_in_use(session, programme, kind.value),
        common=wording_in_use(session, programme, COMMON),
        window_shift=window_shift(session),
    )


def window_shift(session: Session) -> Shift:
    """Return the correction of the printer that prints into window envelopes."""
    return stored_addresses(session, PaperKind.WINDOW_ADDRESS).options.tenths.shift


def contact_box(programme: ProgrammeView, common: Wording) -> ContactBox | None:
    """Return who answers the applicants' questions, or nothing when the programme names nobody."""
    row = next((contact for contact in programme.contacts if contact.use == "notice"), None)
    if row is None:
        return None
    words = common.part("contact")
    values = {
        "課": row.office,
        "担当者": row.persons,
        "電話": row.phone if row.extension else "",
        "電話のみ": "" if row.extension else row.phone,
        "内線": row.extension,
        "メール": row.mail,
    }
    return ContactBox(
        heading=words.text("heading"),
        lines=words.fill_all(words.texts("lines"), values),
        url=programme.home_page_url,
        url_caption=words.text("url_caption"),
    )


def cap_text(minutes: int, *, inclusive: bool, common: Wording) -> str:
    """Return 月60時間未満 or 月60時間以内."""
    words = common.part("cap")
    return words.fill(words.text("inclusive" if inclusive else "exclusive"), {"上限": hours(minutes)})


def unknown_numbers(wanted: Sequence[str] | None, known: frozenset[str]) -> list[str]:
    """Return the numbers asked for that are not among ``known``, in their order."""
    return [number for number in dict.fromkeys(wanted or ()) if number not in known]

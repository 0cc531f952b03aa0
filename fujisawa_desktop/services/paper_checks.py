"""What a clerk should look at before papers leave the office, page by page, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.models import Notice
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.paper_draft import PaperDraft
from fujisawa_desktop.services.paper_kinds import LETTERS, Sheet


class CheckKind(StrEnum):
    """What may be wrong with somebody's paper: the remarks of the printer, and what the data tell."""

    PRIVATE_USE = "private-use"
    MISSING = "missing"
    CUT = "cut"
    ABSENT = "absent"
    LEFT_OUT = "no-address"
    NO_ADDRESS = "address-missing"
    AGAIN = "again"
    BASE_FORM = "base-form"
    NARROWED = "narrowed"
    OUTDATED = "outdated"
    NOT_STATED = "not-stated"


WRONG: Final = frozenset({CheckKind.PRIVATE_USE, CheckKind.MISSING, CheckKind.CUT, CheckKind.ABSENT})
"""A text does not stand on the paper as it was typed, or as it should be."""
_ORDER: Final = {kind: place for place, kind in enumerate(CheckKind)}


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """One thing to look at.

    Attributes:
        page: where that person's paper begins, from 1.
        number, name: whose it is.
        text: the character, the text that did not fit, or the number of the paper sent before.
        code: the code points of a character; empty otherwise.
        dated: of a paper sent before, its date.
    """

    kind: CheckKind
    page: int
    number: str
    name: str
    text: str = ""
    code: str = ""
    dated: date | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether a text does not stand on the paper as it was typed."""
        return self.kind in WRONG


def paper_checks(database: Database, *, draft: PaperDraft) -> tuple[PaperCheck, ...]:
    """Return what should be looked at in a draft, the worst first, then in order of the pages."""
    pages = _first_pages(draft)
    found = list(_remarks(draft, pages))
    found += _unsure(draft.sheets, pages)
    if draft.has_addresses:
        found += _without_address(draft.sheets, pages)
    if draft.kind in LETTERS:
        with database.read() as session:
            found += _sent_before(session, draft, pages)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (_ORDER[one.kind], one.page)))


def _first_pages(draft: PaperDraft) -> Mapping[str, int]:
    pages: dict[str, int] = {}
    for page in draft.pages:
        pages.setdefault(page.number, page.first_page)
    return pages


def _remarks(draft: PaperDraft, pages: Mapping[str, int]) -> Iterator[PaperCheck]:
    for warning in draft.warnings:
        kind = CheckKind(warning.kind.value)
        page = pages.get(warning.number, 1)
        yield PaperCheck(kind, page, warning.number, warning.name, warning.text, warning.code)


def _without_address(sheets: Iterable[Sheet], pages: Mapping[str, int]) -> Iterator[PaperCheck]:
    for sheet in sheets:
        address = getattr(sheet.spec, "address", None)
        if address is not None and not any(map(_is_street, address)):
            owner = sheet.spec.owner
            yield PaperCheck(CheckKind.NO_ADDRESS, pages.get(owner.key, 1), owner.key, owner.label)


def _unsure(sheets: Iterable[Sheet], pages: Mapping[str, int]) -> Iterator[PaperCheck]:
    """Yield those whose amounts were not computed, or no longer hold."""
    for sheet in sheets:
        if sheet.unsure is not None:
            owner = sheet.spec.owner
            kind = CheckKind(sheet.unsure.value)
            yield PaperCheck(kind, pages.get(owner.key, 1), owner.key, owner.label)


def _is_street(line: str) -> bool:
    """Tell whether a line of an address says more than the postcode."""
    return bool(line.strip()) and not line.startswith("〒")


def _sent_before(session: Session, draft: PaperDraft, pages: Mapping[str, int]) -> Iterator[PaperCheck]:
    """Yield those who were sent the same kind of paper already; a correction says so itself."""
    people: dict[int | None, Owner] = {
        sheet.applicant_id: sheet.spec.owner
        for sheet in draft.sheets
        if sheet.applicant_id is not None and sheet.corrects_id is None and sheet.reissues_id is None
    }
    for chunk in chunks([key for key in people if key is not None]):
        rows = session.execute(
            select(Notice.applicant_id, Notice.document_number, Notice.dated)
            .where(
                Notice.programme_id == draft.programme_id,
                Notice.kind == draft.kind.value,
                Notice.applicant_id.in_(chunk),
            )
            .order_by(Notice.id)
        )
        for applicant, (number, dated) in {row[0]: row[1:] for row in rows}.items():
            owner = people[applicant]
            yield PaperCheck(
                CheckKind.AGAIN, pages.get(owner.key, 1), owner.key, owner.label, number, dated=dated
            )

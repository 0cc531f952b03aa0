"""A finished file of papers that has not left the office yet, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fujisawa_desktop.documents.characters import code_label
from fujisawa_desktop.documents.specs import Job, RemarkKind
from fujisawa_desktop.services.paper_kinds import PaperKind, Sheet
from fujisawa_desktop.services.paper_numbering import DraftNumbers


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Where one person's (or list's) pages begin; pages count from 1."""

    number: str
    name: str
    first_page: int


@dataclass(frozen=True, slots=True)
class PaperWarning:
    """Something on one person's pages that a clerk should look at."""

    number: str
    name: str
    kind: RemarkKind
    text: str

    @property
    def is_character(self) -> bool:
        """Whether it is about a single character, not about room."""
        return self.kind in {RemarkKind.PRIVATE_USE, RemarkKind.MISSING, RemarkKind.BASE_FORM}

    @property
    def is_lost(self) -> bool:
        """Whether 〓 stands on the paper, or an end is missing."""
        return self.kind in {RemarkKind.PRIVATE_USE, RemarkKind.MISSING, RemarkKind.CUT}

    @property
    def code(self) -> str:
        """The code points of a character, as ``U+E000``; empty otherwise."""
        return code_label(self.text) if self.is_character else ""


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A finished file that has not left the office yet.

    Attributes:
        document_number: as a clerk writes it: ``12``, ``12～14``; empty while there is none.
        sheet_pages: how many pages each sheet has.
        numbers: the very numbers that issuing takes; ``None`` for papers that bear none.
        is_whole: False for the first sheets alone, which are only for looking at.
        has_addresses: whether letters bear the address of the person.
    """

    kind: PaperKind
    programme_id: int
    dated: date
    document_number: str
    pdf: bytes
    pages: tuple[DraftPage, ...]
    page_count: int
    warnings: tuple[PaperWarning, ...]
    file_name: str
    job: Job
    sheets: tuple[Sheet, ...]
    year_month: tuple[int, int] | None
    sheet_pages: tuple[int, ...]
    numbers: DraftNumbers | None = None
    is_whole: bool = True
    has_addresses: bool = False


class Printed(Protocol):
    """A file of papers, whether new (`PaperDraft`) or printed again (`Reprint`)."""

    @property
    def pdf(self) -> bytes:
        """All papers in one file."""

    @property
    def file_name(self) -> str:
        """A safe name for it."""

    @property
    def job(self) -> Job:
        """What it was made from."""

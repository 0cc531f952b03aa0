"""What a paper says: frozen, finished, and nothing to decide any more.

Every figure and date is already a string in the form in which it is printed.  A spec can be
stored as JSON and printed again years later: the same spec gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol

from fujisawa_desktop.rules.figures import DigitStyle


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose pages these are: one person, or one list of the office."""

    key: str
    """The person's entry number, or another name that tells owners apart."""
    label: str
    """What the outline and the list of pages show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """A spec whose paper bears figures that only the printer knows: numbers under 記, numbers of pages."""

    digits: DigitStyle = "half"
    """How these are written; the spec's own figures are in this style already."""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered entry under 記."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContactBox:
    """問い合わせ先."""

    heading: str
    lines: tuple[str, ...]
    url: str = ""
    """Printed as a QR code when it is not empty."""
    url_caption: str = ""


@dataclass(frozen=True, slots=True)
class Shift:
    """How far a printer has to be corrected: millimetres to the right and downwards."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class LetterSpec(Styled):
    """A letter of the city to one person; empty texts are left out with their space."""

    owner: Owner
    number: str
    date: str
    address: tuple[str, ...]
    name: str
    honorific: str
    sender: tuple[str, ...]
    seal_note: str
    title: str
    body: tuple[str, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...]
    contact: ContactBox | None
    mark: str = ""
    """Framed at the top left, such as 再発行; empty on nearly every letter."""
    window_shift: Shift = Shift()
    """Moves address and name in the window of the envelope; of no use without an address."""


Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list; widths are shares of the page."""

    heading: str
    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class RosterSpec(Styled):
    """名簿: a list that runs over as many pages as it needs."""

    owner: Owner
    title: str
    subtitle: str
    mark: str
    printed_at: str
    count: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty_text: str = ""
    is_portrait: bool = False
    journal_line: str = ""
    """At the foot: how long the journal was, and its check code."""


@dataclass(frozen=True, slots=True)
class TimetableCell:
    """One interview in an interviewer's column; it covers ``rows`` rows."""

    row: int
    column: int
    rows: int
    name: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimetableSpec(Styled):
    """面接日程表 of one day: times down, interviewers across."""

    owner: Owner
    title: str
    day: str
    mark: str
    printed_at: str
    count: str
    times: tuple[str, ...]
    interviewers: tuple[str, ...]
    cells: tuple[TimetableCell, ...]
    closed_rows: tuple[int, ...] = ()
    """Rows in which nobody is seen, such as lunch."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceDay:
    """One day of an attendance sheet."""

    day: str
    weekday: str
    is_closed: bool
    planned: str
    starts: str
    ends: str
    break_time: str
    worked: str
    note: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A fact with its name: 所属 デジタル推進室."""

    label: str
    text: str
    is_wide: bool = False
    """Has a row of its own, which grows with the text; for what is often too long for half a row."""
    reading: str = ""
    """Printed small above the text (ルビ); in parts, divided by spaces, where the text is."""


@dataclass(frozen=True, slots=True)
class AttendanceSpec(Styled):
    """出勤簿 of one person and one month."""

    owner: Owner
    title: str
    month: str
    facts: tuple[LabelledText, ...]
    days: tuple[AttendanceDay, ...]
    totals: tuple[LabelledText, ...]
    stamps: tuple[str, ...]
    """Who signs or seals the sheet."""
    notes: tuple[str, ...]
    printed_at: str
    signatures: tuple[str, ...] = ()
    """What is signed at the foot; each is followed by a line to write on."""


@dataclass(frozen=True, slots=True)
class PayLine:
    """A line of a pay statement: what, how it was worked out, how much."""

    label: str
    basis: tuple[str, ...]
    amount: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class PaySection:
    """A group of lines under one heading."""

    heading: str
    lines: tuple[PayLine, ...]


@dataclass(frozen=True, slots=True)
class PayStatementSpec(Styled):
    """支給額計算書（参考） of one person and one month."""

    owner: Owner
    title: str
    month: str
    name: str
    honorific: str
    sender: tuple[str, ...]
    date: str
    facts: tuple[LabelledText, ...]
    sections: tuple[PaySection, ...]
    net: LabelledText
    notes: tuple[str, ...]
    contact: ContactBox | None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table in the text of a report; without rows it says so."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty_text: str = ""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of a report: a heading, sentences, a table."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: ReportTable | None = None


@dataclass(frozen=True, slots=True)
class DisclosureSpec(Styled):
    """開示用シート: what is kept about one person's selection, and nothing about anybody else."""

    owner: Owner
    title: str
    date: str
    name: str
    honorific: str
    sender: tuple[str, ...]
    facts: tuple[LabelledText, ...]
    sections: tuple[ReportSection, ...]
    notes: tuple[str, ...]
    contact: ContactBox | None


@dataclass(frozen=True, slots=True)
class DecisionRecordSpec(Styled):
    """決定の記録 of one screening, for the file."""

    owner: Owner
    title: str
    subtitle: str
    mark: str
    printed_at: str
    facts: tuple[LabelledText, ...]
    sections: tuple[ReportSection, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One criterion of a score sheet; ``scale`` are the points to choose from, empty for a blank box."""

    name: str
    guidance: str
    scale: str
    most: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A question with boxes to tick."""

    label: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheetSpec(Styled):
    """面接評価票: one interview before one interviewer, to be filled in by hand."""

    owner: Owner
    title: str
    subtitle: str
    mark: str
    printed_at: str
    facts: tuple[LabelledText, ...]
    need: LabelledText | None
    """配慮事項, over the whole width; None where nothing is to be considered."""
    headings: tuple[str, str, str, str]
    """Criterion, what to look for, points to choose from, points given."""
    criteria: tuple[ScoreLine, ...]
    blank_lines: int
    """Empty lines below, for what has no criterion."""
    total: str
    choices: tuple[ChoiceLine, ...]
    comment: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One interview as the door may show it."""

    time: str
    number: str


@dataclass(frozen=True, slots=True)
class DoorListSpec(Styled):
    """面接室の掲示: one room or interviewer and one day, times and numbers, nobody's name."""

    owner: Owner
    title: str
    place: str
    day: str
    headings: tuple[str, str]
    lines: tuple[DoorLine, ...]
    notes: tuple[str, ...]
    printed_at: str


class Spec(Protocol):
    """Any of the frozen descriptions of a paper, here or in a module beside this one."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def owner(self) -> Owner:
        """Whose pages they are."""


@dataclass(frozen=True, slots=True)
class Job:
    """Everything one PDF holds."""

    title: str
    author: str
    subject: str
    made_at: datetime
    specs: tuple[Spec, ...]


class RemarkKind(StrEnum):
    """What a clerk should look at before the paper leaves the office."""

    PRIVATE_USE = "private-use"
    MISSING = "missing"
    BASE_FORM = "base-form"
    NARROWED = "narrowed"
    CUT = "cut"
    NO_ADDRESS = "no-address"
    """Somebody is left out, because no address is known."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one owner's pages that is not as it was typed."""

    owner: Owner
    kind: RemarkKind
    text: str
    """The character, or the text that did not fit."""
    context: str
    """The line it stands in: in a list, whose row it is."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF."""

    pdf: bytes
    owners: tuple[Owner, ...]
    """Whose each page is, page by page."""
    remarks: tuple[Remark, ...]
    page_counts: tuple[int, ...] = ()
    """How many pages each spec has, in the order of the job."""


class PageError(Exception):
    """A page could not be made; ``owner`` says whose, which is shown and never logged."""

    def __init__(self, owner: Owner) -> None:
        """Keep whose page it is; the text of the exception names nobody."""
        super().__init__("page")
        self.owner = owner

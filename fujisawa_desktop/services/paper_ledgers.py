"""Papers for the file: the dispatch ledger (発送簿) and the certificate of erased personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Align, Column, Item, LetterSpec, Owner, RosterSpec
from fujisawa_desktop.errors import InputFileError, RuleError
from fujisawa_desktop.models import Applicant, Dispatch, Entry, Erasure, Notice
from fujisawa_desktop.services.paper_kinds import LISTS, PaperKind, PaperOrder, Sheet, contact_box
from fujisawa_desktop.services.paper_letters import document_number
from fujisawa_desktop.services.paper_lists import list_values
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_wording import Wording, clock

_INSIDE: Final = frozenset(
    {
        *LISTS,
        PaperKind.ENVELOPE,
        PaperKind.WINDOW_ADDRESS,
        PaperKind.SCORE_SHEET,
        PaperKind.ATTENDANCE,
    }
)
"""Papers about people that are not sent to them."""
_WIDTHS: Final = (9, 24, 28, 26, 44, 48, 22, 50)
_ALIGNS: Final[tuple[Align, ...]] = ("right", "left", "left", "left", "left", "left", "left", "left")


@dataclass(frozen=True, slots=True)
class _Sent:
    """One thing that went out, or is ready to."""

    at: datetime
    day: date
    document_number: str
    applicant_id: int
    kind: str
    channel: str
    note: str


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    numbers: tuple[str, ...]


def dispatch_ledgers(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return the ledger: letters that were issued and mails that were written, in order of time.

    Raises:
        RuleError: ``papers.nothing-sent``.
    """
    people = _people(session, order)
    wanted = None if order.numbers is None else frozenset(order.numbers)
    sent = [
        one
        for one in sorted((*_letters(session, order), *_mails(session, order)), key=lambda one: one.at)
        if wanted is None or wanted.intersection(_of(people, one).numbers)
    ]
    if not sent:
        raise RuleError("papers.nothing-sent")
    words = order.words
    values = {**list_values(order), "件数": str(len(sent))}
    title = words.fill(words.text("title"), values)
    names = _KindNames(session, order)
    spec = RosterSpec(
        owner=Owner("ledger", title),
        title=title,
        subtitle=words.fill(words.text("subtitle"), values),
        mark=words.text("mark"),
        printed_at=words.fill(words.text("printed"), values),
        count=words.fill(words.text("count"), values),
        columns=tuple(
            Column(heading, width, align)
            for heading, width, align in zip(words.texts("columns"), _WIDTHS, _ALIGNS, strict=True)
        ),
        rows=tuple(
            _row(order, names, number, one, _of(people, one)) for number, one in enumerate(sent, start=1)
        ),
    )
    return [Sheet(spec)]


def _row(order: PaperOrder, names: _KindNames, number: int, one: _Sent, person: _Person) -> tuple[str, ...]:
    words = order.words
    return (
        str(number),
        f"{one.day:%Y/%m/%d}",
        one.document_number,
        "・".join(person.numbers),
        f"{person.name}　{words.text('honorific')}",
        names[one.kind],
        words.words("channels").get(one.channel, one.channel),
        one.note,
    )


def _people(session: Session, order: PaperOrder) -> dict[int, _Person]:
    query = (
        select(Applicant.id, Applicant.name_official, Applicant.name_entered, Entry.number)
        .outerjoin(Entry, Entry.applicant_id == Applicant.id)
        .where(Applicant.programme_id == order.programme.id)
        .order_by(Applicant.id, Entry.id)
    )
    found: dict[int, _Person] = {}
    for key, official, entered, number in session.execute(query):
        known = found.get(key, _Person(official or entered, ()))
        found[key] = replace(known, numbers=(*known.numbers, number)) if number else known
    return found


def _of(people: Mapping[int, _Person], one: _Sent) -> _Person:
    return people.get(one.applicant_id, _Person("", ()))


def _letters(session: Session, order: PaperOrder) -> list[_Sent]:
    query = (
        select(
            Notice.issued_at,
            Notice.document_number,
            Notice.applicant_id,
            Notice.kind,
            Notice.corrects_id,
        )
        .where(Notice.programme_id == order.programme.id)
        .order_by(Notice.id)
    )
    notes = order.words.words("notes")
    return [
        _Sent(
            issued,
            issued.date(),
            document_number(replace(order, document_number=number)) if number else "",
            applicant_id,
            kind,
            "paper",
            notes.get("correction", "") if corrects else "",
        )
        for issued, number, applicant_id, kind, corrects in session.execute(query)
        if applicant_id is not None and kind not in _INSIDE
    ]


def _mails(session: Session, order: PaperOrder) -> list[_Sent]:
    query = select(Dispatch).where(Dispatch.programme_id == order.programme.id).order_by(Dispatch.id)
    notes = order.words.words("notes")
    return [
        _Sent(
            row.sent_at or row.written_at,
            (row.sent_at or row.written_at).date(),
            "",
            row.applicant_id,
            row.kind,
            row.channel,
            row.address if row.sent_at is not None else notes.get("unsent", ""),
        )
        for row in session.scalars(query)
    ]


class _KindNames(dict[str, str]):
    """What papers and mails are called: as the ledger's own wording says, else as their own does."""

    def __init__(self, session: Session, order: PaperOrder) -> None:
        super().__init__(order.words.words("kinds"))
        self._session = session
        self._order = order

    def __missing__(self, kind: str) -> str:
        try:
            name = wording_in_use(self._session, self._order.programme, kind).text("file_name")
        except InputFileError:
            name = kind
        self[kind] = name
        return name


def purge_certificates(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one certificate for each batch of personal data that was erased: counts, nobody's name.

    Raises:
        RuleError: ``papers.nothing-erased``.
    """
    query = select(Erasure).where(Erasure.programme_id == order.programme.id).order_by(Erasure.id)
    sheets = [Sheet(_certificate(order, row)) for row in session.scalars(query)]
    if not sheets:
        raise RuleError("papers.nothing-erased")
    return sheets


def _certificate(order: PaperOrder, row: Erasure) -> LetterSpec:
    words, programme = order.words, order.programme
    category = words.words("categories").get(row.category, row.category)
    values = {
        **{key: value for key, value in list_values(order).items() if key in {"年度", "実施回名"}},
        "記録": category,
        "保存期間": words.period(row.kept_from, row.kept_until),
        "方法": row.method,
        "根拠": row.basis,
        "廃棄日時": words.day_and_weekday(row.erased_at.date()) + clock(row.erased_at.time()),
        "廃棄者": row.actor,
        "立会者": row.witness,
    }
    contact = contact_box(programme, order.common)
    items = [_item(words, part, values, row.counts) for part in words.parts("items")]
    return LetterSpec(
        owner=Owner(str(row.id), category),
        number=document_number(order) if order.document_number else "",
        date=words.day(order.dated),
        address=(),
        name="",
        honorific="",
        sender=(programme.sender,),
        seal_note="",
        title=words.fill(words.text("title"), values),
        body=words.fill_all(words.texts("body"), values),
        items=tuple(item for item in items if item.lines),
        notes=words.fill_all(words.texts("notes"), values),
        # A QR code leads applicants on; this paper is for the file.
        contact=replace(contact, url="", url_caption="") if contact is not None else None,
    )


def _item(words: Wording, part: Wording, values: Mapping[str, str], counts: Mapping[str, Any]) -> Item:
    if part.data.get("counts"):
        names = words.words("counts")
        lines = tuple(
            part.fill(part.text("counts"), {"種類": names.get(key, key), "件数": f"{count:,}"})
            for key, count in counts.items()
            if isinstance(count, int) and not isinstance(count, bool)
        )
        return Item(part.text("label"), lines)
    return Item(part.text("label"), part.fill_all(part.texts("lines"), values))

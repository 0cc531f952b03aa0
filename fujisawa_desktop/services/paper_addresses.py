"""Addresses on paper: labels, envelopes, sheets for window envelopes, and their test page.

What stands on the outside says nothing about the selection: address, name, and on labels the
number when a clerk wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents import make_paper
from fujisawa_desktop.documents.office_specs import (
    Addressee,
    EnvelopeSpec,
    FaceGrid,
    Frame,
    LabelsSpec,
    TrialSpec,
    WindowSpec,
)
from fujisawa_desktop.documents.places import (
    ENVELOPE_ADDRESS,
    ENVELOPE_HEIGHT,
    ENVELOPE_WIDTH,
    WINDOW,
    postcode_boxes,
)
from fujisawa_desktop.documents.specs import Job, Owner, Spec
from fujisawa_desktop.errors import RuleError, ValidationError
from fujisawa_desktop.models import Applicant, Application, Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.address import address_rows
from fujisawa_desktop.rules.contact import format_postcode
from fujisawa_desktop.services.label_layouts import label_layout
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet, plain_order
from fujisawa_desktop.services.paper_options import AddressOptions, check_shift, stored_addresses

_PAGE: Final = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Addressed:
    """One person to write to; somebody who entered twice is written to once."""

    applicant_id: int
    number: str
    name: str
    postcode: str
    address: str

    @property
    def can_be_posted(self) -> bool:
        """Whether there is an address to write."""
        return bool(self.address.strip())


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Everybody concerned, in order of kana, and those of them without an address."""

    people: tuple[Addressed, ...]
    without: tuple[Addressed, ...]


def address_book(
    database: Database,
    *,
    programme_id: int,
    numbers: Sequence[str] | None = None,
    options: AddressOptions | None = None,
) -> AddressBook:
    """Return whom labels or envelopes would be for, before they are made.

    Raises:
        NotFoundError: ``programme.none``.
    """
    wanted = options or AddressOptions()
    with database.read() as session:
        order = plain_order(session, programme_id, PaperKind.LABELS, numbers=numbers)
        people = _people(session, replace(order, options=wanted), wanted)
    return AddressBook(people, tuple(one for one in people if not one.can_be_posted))


def label_sheets(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return the sheets of labels, the first from the face asked for on.

    Raises:
        RuleError: ``papers.nobody-concerned``, ``papers.no-addresses``.
        NotFoundError: ``papers.layout-unknown``.
        ValidationError: ``papers.start-outside``, ``papers.shift-too-far``.
    """
    options = _options(session, order)
    grid = label_layout(options.layout).grid
    if not 1 <= options.start <= grid.count:
        raise ValidationError("papers.start-outside", field="start", most=grid.count)
    posted, without = _posted(session, order, options)
    sheets: list[Sheet] = []
    first, rest = options.start, list(posted)
    while rest:
        on_sheet, rest = rest[: grid.count - first + 1], rest[grid.count - first + 1 :]
        people = tuple(_addressee(order, one, with_number=options.with_number) for one in on_sheet)
        owner = Owner(str(len(sheets) + 1), _sheet_name(order, len(sheets) + 1, on_sheet))
        sheets.append(Sheet(LabelsSpec(owner, grid, first, people, options.tenths.shift)))
        first = 1
    return _telling(sheets, without)


def envelopes(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one envelope for each person.

    Raises:
        RuleError: ``papers.nobody-concerned``, ``papers.no-addresses``.
        ValidationError: ``papers.shift-too-far``.
    """
    options = _options(session, order)
    posted, without = _posted(session, order, options)
    mark, sender = order.words.text("mark"), sender_rows(order)
    sheets = [
        Sheet(
            EnvelopeSpec(
                Owner(one.number, one.name),
                _addressee(order, one),
                options.boxed,
                mark,
                sender,
                options.tenths.shift,
            ),
            one.applicant_id,
        )
        for one in posted
    ]
    return _telling(sheets, without)


def window_sheets(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one sheet with an address for each person, to lie on top in a window envelope.

    Raises:
        RuleError: ``papers.nobody-concerned``, ``papers.no-addresses``.
        ValidationError: ``papers.shift-too-far``.
    """
    options = _options(session, order)
    posted, without = _posted(session, order, options)
    sheets = [
        Sheet(
            WindowSpec(Owner(one.number, one.name), _addressee(order, one), options.tenths.shift),
            one.applicant_id,
        )
        for one in posted
    ]
    return _telling(sheets, without)


def trial_page(
    database: Database, *, programme_id: int, kind: str, options: AddressOptions, now: datetime | None = None
) -> bytes:
    """Return the test page of a kind: the frames of its places, rulers, and what to do with it.

    Raises:
        NotFoundError: ``papers.layout-unknown``, ``programme.none``.
        ValidationError: ``papers.shift-too-far``.
    """
    check_shift(options)
    with database.read() as session:
        order = plain_order(session, programme_id, PaperKind(kind))
    words = order.words.part("trial")
    values = {"用紙": label_layout(options.layout).name if kind == PaperKind.LABELS else ""}
    width, height = (ENVELOPE_WIDTH, ENVELOPE_HEIGHT) if kind == PaperKind.ENVELOPE else _PAGE
    title = words.fill(words.text("title"), values)
    spec = TrialSpec(
        owner=Owner("trial", title),
        width=width,
        height=height,
        frames=_frames(kind, options),
        shift=options.tenths.shift,
        title=title,
        notes=words.fill_all(words.texts("notes"), values),
    )
    return make_paper(_job(title, spec, now)).pdf


def placed_page(
    database: Database,
    *,
    programme_id: int,
    kind: str,
    options: AddressOptions,
    numbers: Sequence[str] | None = None,
    now: datetime | None = None,
) -> bytes:
    """Return the first page with the edges of its faces drawn, as the screen shows where things will stand.

    Without anybody to write to it shows an invented person.

    Raises:
        NotFoundError: ``papers.layout-unknown``, ``programme.none``.
        ValidationError: ``papers.start-outside``, ``papers.shift-too-far``.
    """
    with database.read() as session:
        order = plain_order(session, programme_id, PaperKind(kind), numbers=numbers)
        order = replace(order, options=options)
        try:
            spec = _MAKERS[order.kind](session, order)[0].spec
        except RuleError:
            spec = _invented(order, options)
    if isinstance(spec, LabelsSpec | WindowSpec):
        spec = replace(spec, framed=True)
    elif isinstance(spec, EnvelopeSpec):
        spec = replace(spec, boxed=True)
    return make_paper(_job("", spec, now)).pdf


_MAKERS: Final = {
    PaperKind.LABELS: label_sheets,
    PaperKind.ENVELOPE: envelopes,
    PaperKind.WINDOW_ADDRESS: window_sheets,
}
ADDRESS_KINDS: Final = frozenset(_MAKERS)


def sender_rows(order: PaperOrder) -> tuple[str, ...]:
    """Return the sender as it stands on an envelope."""
    programme = order.programme
    contact = next((one for one in programme.contacts if one.use == "notice"), None)
    values = {
        "自治体": programme.municipality,
        "課": contact.office if contact else f"{programme.municipality} {programme.office}",
        "電話": contact.phone if contact else "",
        "内線": contact.extension if contact else "",
    }
    return order.words.fill_all(order.words.texts("sender"), values)


def _options(session: Session, order: PaperOrder) -> AddressOptions:
    """Return what was asked for, else what was wanted last."""
    if isinstance(order.options, AddressOptions):
        check_shift(order.options)
        return order.options
    return stored_addresses(session, order.kind.value).options


def _posted(
    session: Session, order: PaperOrder, options: AddressOptions
) -> tuple[list[Addressed], list[Addressed]]:
    """Return who is written to, and who is left out because no address is known."""
    people = _people(session, order, options)
    if not people:
        raise RuleError("papers.nobody-concerned", kind=order.kind)
    if options.keep_unaddressed:
        return list(people), []
    posted = [one for one in people if one.can_be_posted]
    if not posted:
        raise RuleError("papers.no-addresses", kind=order.kind)
    return posted, [one for one in people if not one.can_be_posted]


def _people(session: Session, order: PaperOrder, options: AddressOptions) -> tuple[Addressed, ...]:
    query = (
        select(
            Applicant.id,
            Entry.number,
            Applicant.name_official,
            Applicant.name_entered,
            Applicant.postcode,
            Applicant.address,
        )
        .join(Entry, Entry.applicant_id == Applicant.id)
        .where(Entry.programme_id == order.programme.id)
        .order_by(Applicant.sort_key, Applicant.id, Entry.id)
    )
    if options.statuses is not None:
        states = select(Application.entry_id).where(Application.status.in_(options.statuses))
        query = query.where(Entry.id.in_(states))
    found: dict[int, Addressed] = {}
    wanted = None if order.numbers is None else frozenset(order.numbers)
    for key, number, official, entered, postcode, address in session.execute(query):
        if wanted is None or number in wanted:
            found.setdefault(key, Addressed(key, number, official or entered, postcode, address))
    return tuple(found.values())


def _addressee(order: PaperOrder, one: Addressed, *, with_number: bool = False) -> Addressee:
    return Addressee(
        postcode=format_postcode(one.postcode) if one.can_be_posted else "",
        address=address_rows(one.address),
        name=one.name,
        honorific=order.words.text("honorific"),
        reference=one.number if with_number else "",
    )


def _sheet_name(order: PaperOrder, number: int, people: Sequence[Addressed]) -> str:
    values = {"枚目": str(number), "始め": people[0].name, "終わり": people[-1].name}
    return order.words.fill(order.words.text("sheet"), values)


def _telling(sheets: list[Sheet], without: Sequence[Addressed]) -> list[Sheet]:
    """Let the first sheet tell who has none."""
    left_out = tuple(Owner(one.number, one.name) for one in without)
    return [replace(sheets[0], left_out=left_out), *sheets[1:]]


def _frames(kind: str, options: AddressOptions) -> tuple[Frame, ...]:
    if kind == PaperKind.LABELS:
        grid = label_layout(options.layout).grid
        return tuple(Frame(*grid.face(face), grid.width, grid.height) for face in range(1, grid.count + 1))
    if kind == PaperKind.ENVELOPE:
        return tuple(Frame(*box) for box in (*postcode_boxes(), ENVELOPE_ADDRESS))
    return (Frame(*WINDOW),)


def _invented(order: PaperOrder, options: AddressOptions) -> Spec:
    """Return a page for somebody who is not there."""
    words = order.words.part("sample")
    number = words.text("number") if options.with_number else ""
    addressee = Addressee(
        words.text("postcode"),
        words.texts("address"),
        words.text("name"),
        order.words.text("honorific"),
        number,
    )
    owner, shift = Owner("sample", addressee.name), options.tenths.shift
    if order.kind is PaperKind.LABELS:
        grid: FaceGrid = label_layout(options.layout).grid
        return LabelsSpec(owner, grid, options.start, (addressee,) * (grid.count - options.start + 1), shift)
    if order.kind is PaperKind.ENVELOPE:
        return EnvelopeSpec(
            owner, addressee, options.boxed, order.words.text("mark"), sender_rows(order), shift
        )
    return WindowSpec(owner, addressee, shift)


def _job(title: str, spec: Spec, now: datetime | None) -> Job:
    return Job(title, "", title, (now or datetime.now()).replace(microsecond=0), (spec,))

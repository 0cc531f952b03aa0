"""Papers about an appointment: 任用通知書, 勤務条件通知書, 勤務条件変更通知書, and the consent form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.terms_specs import (
    ReturnForm,
    ReturnFormSpec,
    RuledGroup,
    RuledRow,
    RuledTable,
    TermsNoticeSpec,
)
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Notice, TermsChange
from fujisawa_desktop.rules.conditions import CONDITION_GROUPS, condition_item
from fujisawa_desktop.services.condition_texts import empty_items
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet, contact_box, unknown_numbers
from fujisawa_desktop.services.paper_letters import document_number
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.terms_editions import Edition, edition_row
from fujisawa_desktop.services.terms_people import TermsPerson, person_texts, person_values, terms_people

_FULL_WIDTH_DIGITS: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_GIVEN_BY: Final = {"費用弁償": "commuting", "条件付採用": "probation", "服務の宣誓": "oath"}
"""Placeholders of the papers that stand for a whole item of the terms."""


@dataclass(frozen=True, slots=True)
class _Changed:
    """Somebody whose terms were changed, with the newest change and the notice it changes."""

    person: TermsPerson
    edition: Edition
    earlier: str


def terms_notices(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return an appointment letter or a conditions notice for everybody appointed, in order of kana.

    Raises:
        RuleError: ``papers.nobody-appointed``, ``papers.without-appointment``; ``conditions.empty``
            while an item of the notice is empty for somebody, naming items and numbers.
    """
    people = terms_people(session, order.programme)
    check_people(order, (person.member.number for person in people))
    words = wording_in_use(session, order.programme, PaperKind.CONDITIONS.value)
    texts = {
        person.member.appointment_id: person_texts(words, order.programme, person)
        for person in people
        if order.wants(person.member.number)
    }
    wanted = [person for person in people if person.member.appointment_id in texts]
    _refuse_empty((person.member.number, texts[person.member.appointment_id]) for person in wanted)
    make = _appointment_tables if order.kind is PaperKind.APPOINTMENT else _condition_tables
    sheets = []
    for person in wanted:
        own = texts[person.member.appointment_id]
        values = {
            **notice_values(order, words, person),
            **{name: own[key] for name, key in _GIVEN_BY.items()},
        }
        spec = terms_notice(order, person, values, make(order.words.part("notice"), values, own))
        sheets.append(sheet_for(person, spec))
    return sheets


def change_notices(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return a notice of the newest change for those named, or for all who have not had one.

    Raises:
        RuleError: ``papers.no-change``, ``papers.nobody-changed``.
    """
    sheets = []
    for changed in _changed_people(session, order):
        values = _change_values(session, order, changed)
        part = order.words.part("notice")
        spec = terms_notice(order, changed.person, values, _change_tables(part, changed.edition))
        sheets.append(sheet_for(changed.person, spec))
    return sheets


def consent_forms(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return a form for the consent to the newest change, for those named or all who have not consented.

    Raises:
        RuleError: ``papers.no-change``, ``papers.nobody-changed``.
    """
    sheets = []
    for changed in _changed_people(session, order):
        values = _change_values(session, order, changed)
        part = order.words.part("form")
        tables = (item_table(part, values), *_change_tables(part, changed.edition))
        member = changed.person.member
        spec = ReturnFormSpec(Owner(member.number, member.name), (return_form(order, part, values, tables),))
        sheets.append(sheet_for(changed.person, spec))
    return sheets


# --- shared with the form of acceptance -------------------------------------------


def item_table(part: Wording, values: Mapping[str, str]) -> RuledTable:
    """Return the items of a wording as a ruled form; those without anything to say are left out."""
    rows = (
        RuledRow(item.text("label"), ("\n".join(lines),))
        for item in part.parts("items")
        if (lines := item.fill_all(item.texts("lines"), values))
    )
    return RuledTable((RuledGroup("", tuple(rows)),))


def return_form(
    order: PaperOrder, part: Wording, values: Mapping[str, str], tables: tuple[RuledTable, ...]
) -> ReturnForm:
    """Return a form that the person hands in, in the words of ``part``."""
    box = contact_box(order.programme, order.common)
    return ReturnForm(
        title=part.fill(part.text("title"), values),
        date=part.text("date"),
        addressee=part.fill(part.text("addressee"), values),
        fields=part.texts("fields"),
        body=part.fill_all(part.texts("body"), values),
        tables=tables,
        notes=part.fill_all(part.texts("notes"), values),
        contact=None if box is None else replace(box, heading=part.text("contact"), url="", url_caption=""),
    )


# --- checks -----------------------------------------------------------------------


def check_people(order: PaperOrder, numbers: Iterable[str]) -> None:
    """Refuse an order of people of whom one is not appointed, or nobody at all."""
    known = frozenset(numbers)
    without = unknown_numbers(order.numbers, known)
    if without:
        raise RuleError("papers.without-appointment", numbers=without)
    if not known:
        raise RuleError("papers.nobody-appointed", kind=order.kind)


def _refuse_empty(people: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Say which items are empty, and for whom when it is not so for everybody."""
    found = [(number, empty_items(texts)) for number, texts in people]
    empty = list(dict.fromkeys(key for _, keys in found for key in keys))
    if not empty:
        return
    numbers = [number for number, keys in found if keys]
    if len(numbers) == len(found):
        raise RuleError("conditions.empty", condition=empty)
    raise RuleError("conditions.empty-for", condition=empty, numbers=numbers)


# --- who ----------------------------------------------------------------------------


def _changed_people(session: Session, order: PaperOrder) -> list[_Changed]:
    people = terms_people(session, order.programme)
    check_people(order, (person.member.number for person in people))
    newest: dict[int, TermsChange] = {}
    for row in session.scalars(select(TermsChange).order_by(TermsChange.edition)):
        newest[row.appointment_id] = row
    found = [
        (person, edition_row(newest[person.member.appointment_id]))
        for person in people
        if person.member.appointment_id in newest
    ]
    without = unknown_numbers(order.numbers, frozenset(person.member.number for person, _ in found))
    if without:
        raise RuleError("papers.no-change", numbers=without)
    if order.numbers is None:
        found = [pair for pair in found if _is_open(session, order, *pair)]
    if not found:
        raise RuleError("papers.nobody-changed", kind=order.kind)
    return [
        _Changed(person, edition, _earlier_notice(session, order, person))
        for person, edition in found
        if order.wants(person.member.number)
    ]


def _is_open(session: Session, order: PaperOrder, person: TermsPerson, edition: Edition) -> bool:
    """Tell whether the paper about a change is still to come."""
    if order.kind is PaperKind.CHANGE_CONSENT:
        return edition.consented_on is None
    sent = select(Notice.id).where(
        Notice.programme_id == order.programme.id,
        Notice.applicant_id == person.member.applicant_id,
        Notice.kind == PaperKind.CHANGE_NOTICE.value,
        Notice.issued_at >= edition.recorded_at,
    )
    return session.scalar(sent.limit(1)) is None


def _earlier_notice(session: Session, order: PaperOrder, person: TermsPerson) -> str:
    """Return 令和6年11月25日付け藤職第123号: the first conditions notice, or nothing before it."""
    first = session.scalar(
        select(Notice)
        .where(
            Notice.programme_id == order.programme.id,
            Notice.applicant_id == person.member.applicant_id,
            Notice.kind == PaperKind.CONDITIONS.value,
        )
        .order_by(Notice.id)
        .limit(1)
    )
    if first is None:
        return ""
    number = str(first.snapshot["spec"].get("number", "")) if first.document_number else ""
    return f"{order.words.day(first.dated)}付け{number}"


# --- what they say --------------------------------------------------------------------


def notice_values(order: PaperOrder, words: Wording, person: TermsPerson) -> dict[str, str]:
    """Return what the words in braces stand for on every paper about an appointment."""
    birth = person.birth_date
    return {
        **person_values(words, order.programme, person),
        "宛先": order.programme.sender,
        "生年月日": "" if birth is None else order.words.day(birth),
    }


def _change_values(session: Session, order: PaperOrder, changed: _Changed) -> dict[str, str]:
    words = wording_in_use(session, order.programme, PaperKind.CONDITIONS.value)
    edition = changed.edition
    was = {change.item: change.before for change in edition.changes}
    consented = edition.consented_on
    return {
        **notice_values(order, words, changed.person),
        "先の通知": changed.earlier,
        "変更日": order.words.day(edition.effective_from),
        "承諾日": "" if consented is None else order.words.day(consented),
        "変更前の所属": was.get("department", changed.person.facts.host_department),
        "変更の理由": edition.reason,
    }


def terms_notice(
    order: PaperOrder, person: TermsPerson, values: Mapping[str, str], tables: tuple[RuledTable, ...]
) -> TermsNoticeSpec:
    """Return a letter of the city whose matter stands in these tables."""
    part, programme, member = order.words.part("notice"), order.programme, person.member
    title, honorific = part.fill(part.text("title"), values), order.words.text("honorific")
    return TermsNoticeSpec(
        owner=Owner(member.number, member.name),
        number=document_number(order),
        date=order.words.day(order.dated),
        name=member.name,
        honorific=honorific,
        sender=(programme.sender,),
        seal_note=programme.sender_note,
        title=title,
        body=part.fill_all(part.texts("body"), values),
        tables=tables,
        notes=part.fill_all(part.texts("notes"), values),
        contact=contact_box(programme, order.common),
        continued=part.fill(part.text("continued"), {**values, "標題": title, "敬称": honorific}),
    )


def _appointment_tables(
    part: Wording, values: Mapping[str, str], _texts: Mapping[str, str]
) -> tuple[RuledTable, ...]:
    return (item_table(part, values),)


def _condition_tables(
    _part: Wording, _values: Mapping[str, str], texts: Mapping[str, str]
) -> tuple[RuledTable, ...]:
    groups = []
    for number, group in enumerate(CONDITION_GROUPS, start=1):
        rows = tuple(RuledRow(item.name, (texts[item.key],)) for item in group.items if texts[item.key])
        groups.append(RuledGroup(f"{str(number).translate(_FULL_WIDTH_DIGITS)}　{group.name}", rows))
    return (RuledTable(tuple(group for group in groups if group.rows)),)


def _change_tables(part: Wording, edition: Edition) -> tuple[RuledTable, ...]:
    rows = tuple(
        RuledRow(condition_item(change.item).name, (change.before, change.after))
        for change in edition.changes
    )
    reason = RuledRow(part.text("reason"), (edition.reason,))
    return (
        RuledTable((RuledGroup("", rows),), part.texts("headings")),
        RuledTable((RuledGroup("", (reason,)),)),
    )


def sheet_for(person: TermsPerson, spec: TermsNoticeSpec | ReturnFormSpec) -> Sheet:
    """Return a paper with whom it concerns."""
    return Sheet(spec, person.member.applicant_id, (person.application_id,))

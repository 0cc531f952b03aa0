"""Papers around an appointment: 宣誓書, 退職通知書, and the letter that says what to hand in by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.terms_specs import ReturnFormSpec, RuledGroup, RuledRow, RuledTable
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Appointment, Notice
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.services.hand_ins import HandInRow, hand_ins_of
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet, unknown_numbers
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_terms import (
    check_people,
    item_table,
    notice_values,
    return_form,
    sheet_for,
    terms_notice,
)
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.terms_people import TermsPerson, terms_people

_SHARES: Final = (5, 7)
"""How day and explanation share the width."""


def oath_forms(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return a form of the oath for those named, or for everybody whose oath is still to come.

    Raises:
        RuleError: ``papers.nobody-appointed``, ``papers.without-appointment``, ``papers.nobody-swears``.
    """
    people, papers = _people(session, order), hand_ins_of(session, order.programme.id)
    if order.numbers is None:
        people = [one for one in people if _is_open(papers[one.member.appointment_id], HandInKind.OATH)]
    if not people:
        raise RuleError("papers.nobody-swears")
    words, part = _conditions(session, order), order.words.part("form")
    sheets = []
    for person in people:
        values = notice_values(order, words, person)
        form = return_form(order, part, values, (item_table(part, values),))
        owner = Owner(person.member.number, person.member.name)
        sheets.append(sheet_for(person, ReturnFormSpec(owner, (form,))))
    return sheets


def leaving_notices(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return a notice of leaving for those named, or for all who left and have not had one.

    Raises:
        RuleError: ``papers.nobody-appointed``, ``papers.without-appointment``; ``papers.not-leaving``,
            somebody named did not leave; ``papers.nobody-leaves``.
    """
    query = select(Appointment.id, Appointment.left_on, Appointment.leaving_reason)
    left = {
        key: (day, reason)
        for key, day, reason in session.execute(query.where(Appointment.programme_id == order.programme.id))
        if day is not None
    }
    people = _people(session, order)
    staying = [one.member.number for one in people if one.member.appointment_id not in left]
    if order.numbers is not None and staying:
        raise RuleError("papers.not-leaving", numbers=unknown_numbers(order.numbers, _but(people, staying)))
    people = [one for one in people if one.member.appointment_id in left]
    if order.numbers is None:
        told = _told(session, order)
        people = [one for one in people if one.member.applicant_id not in told]
    if not people:
        raise RuleError("papers.nobody-leaves")
    words, part = _conditions(session, order), order.words.part("notice")
    sheets = []
    for person in people:
        day, reason = left[person.member.appointment_id]
        values = {
            **notice_values(order, words, person),
            "退職日": order.words.day(day),
            "退職の理由": reason,
        }
        sheets.append(sheet_for(person, terms_notice(order, person, values, (item_table(part, values),))))
    return sheets


def hand_in_guides(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return a letter that lists what is still to be handed in, for those named or all who owe something.

    Raises:
        RuleError: ``papers.nobody-appointed``, ``papers.without-appointment``; ``papers.nothing-owed``,
            somebody named has handed in everything; ``papers.nobody-owes``.
    """
    papers = hand_ins_of(session, order.programme.id)
    people = _people(session, order)
    owed = {
        one.member.appointment_id: [
            row for row in papers[one.member.appointment_id] if row.needed and row.received_on is None
        ]
        for one in people
    }
    done = [one.member.number for one in people if not owed[one.member.appointment_id]]
    if order.numbers is not None and done:
        raise RuleError("papers.nothing-owed", numbers=unknown_numbers(order.numbers, _but(people, done)))
    people = [one for one in people if owed[one.member.appointment_id]]
    if not people:
        raise RuleError("papers.nobody-owes")
    words = _conditions(session, order)
    sheets = []
    for person in people:
        values = notice_values(order, words, person)
        table = _owed_table(order, values, owed[person.member.appointment_id])
        sheets.append(sheet_for(person, terms_notice(order, person, values, (table,))))
    return sheets


def _owed_table(order: PaperOrder, values: Mapping[str, str], rows: Iterable[HandInRow]) -> RuledTable:
    part = order.words.part("notice")
    names, explained = order.words.words("names"), order.words.words("explanations")
    listed = tuple(
        RuledRow(
            names[row.kind.value],
            (
                _due(order.words, row.due_on, part.text("at_once")),
                order.words.fill(explained[row.kind.value], values),
            ),
        )
        for row in rows
    )
    return RuledTable((RuledGroup("", listed),), part.texts("headings"), _SHARES)


def _due(words: Wording, due: date | None, at_once: str) -> str:
    return at_once if due is None else words.day_and_weekday(due)


def _people(session: Session, order: PaperOrder) -> list[TermsPerson]:
    """Return the appointed people of the order."""
    people = terms_people(session, order.programme)
    check_people(order, (person.member.number for person in people))
    return [person for person in people if order.wants(person.member.number)]


def _is_open(rows: Iterable[HandInRow], kind: HandInKind) -> bool:
    return any(row.kind is kind and row.needed and row.received_on is None for row in rows)


def _but(people: Iterable[TermsPerson], left_out: Iterable[str]) -> frozenset[str]:
    return frozenset(person.member.number for person in people) - set(left_out)


def _told(session: Session, order: PaperOrder) -> set[int | None]:
    query = select(Notice.applicant_id).where(
        Notice.programme_id == order.programme.id, Notice.kind == PaperKind.LEAVING_NOTICE.value
    )
    return set(session.scalars(query))


def _conditions(session: Session, order: PaperOrder) -> Wording:
    """Return the wording that says how conditions are written."""
    return wording_in_use(session, order.programme, PaperKind.CONDITIONS.value)

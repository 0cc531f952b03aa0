"""任用承諾書 and 辞退届: forms that people who passed fill in and send back."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import Owner
from fujisawa_desktop.documents.terms_specs import ReturnFormSpec, RuledGroup, RuledRow, RuledTable
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Decision
from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.letter_rows import LetterRow, letter_query, letter_records, letter_row
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet, unknown_numbers
from fujisawa_desktop.services.paper_letters import letter_values
from fujisawa_desktop.services.paper_terms import item_table, return_form

_WAITING: Final = ApplicationStatus.FINAL_PASSED
_PASSED: Final = frozenset({_WAITING, ApplicationStatus.ACCEPTED, ApplicationStatus.APPOINTED})
_REASON_LINES: Final = 4


def acceptance_forms(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return both forms for everybody who passed and has not answered, or for those named.

    Raises:
        RuleError: ``papers.not-passed``, ``papers.nobody-waits``.
    """
    announced = select(Decision.application_id).where(
        Decision.stage == Stage.FINAL, Decision.announced_at.is_not(None)
    )
    found = []
    for record in letter_records(session, order, letter_query(order)):
        row = letter_row(record)
        if order.wants(row.number) and row.status in _PASSED:
            found.append(row)
    told = frozenset(session.scalars(announced))
    found = [row for row in found if row.application_id in told]
    without = unknown_numbers(order.numbers, frozenset(row.number for row in found))
    if without:
        raise RuleError("papers.not-passed", numbers=without)
    if order.numbers is None:
        found = [row for row in found if row.status is _WAITING]
    if not found:
        raise RuleError("papers.nobody-waits")
    return [_forms(order, list(rows)) for _, rows in groupby(found, lambda row: row.entry_id)]


def _forms(order: PaperOrder, rows: list[LetterRow]) -> Sheet:
    values = {**letter_values(order, rows), "宛先": order.programme.sender}
    accept, decline = order.words.part("accept"), order.words.part("decline")
    reason = RuledRow(decline.text("reason"), ("",), _REASON_LINES)
    (group,) = item_table(decline, values).groups
    spec = ReturnFormSpec(
        Owner(rows[0].number, rows[0].name),
        (
            return_form(order, accept, values, (item_table(accept, values),)),
            return_form(order, decline, values, (RuledTable((RuledGroup("", (*group.rows, reason)),)),)),
        ),
    )
    return Sheet(spec, rows[0].applicant_id, tuple(row.application_id for row in rows))

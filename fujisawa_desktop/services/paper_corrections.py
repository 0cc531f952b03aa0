"""Letters that take the place of earlier ones: they cite the date and the number of what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.specs import LetterSpec
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Application, Decision, DecisionCorrection, Notice
from fujisawa_desktop.rules.selection import Stage
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.paper_kinds import PaperOrder, Sheet

Times = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class EarlierLetter:
    """A letter that was issued before.

    Attributes:
        number: as it was printed, 藤職第12号; empty where it bore none.
        applications: what it was about; empty where that was not kept.
        told: the time of the interview it told, where it told one and that was kept.
        lines: the texts under 記.
    """

    notice_id: int
    applicant_id: int
    dated: date
    number: str
    applications: frozenset[int]
    told: Times | None
    lines: tuple[str, ...]

    def is_about(self, applications: Iterable[int]) -> bool:
        """Tell whether it was about one of these applications, or may have been."""
        return not self.applications or not self.applications.isdisjoint(applications)


def corrected_results(session: Session, order: PaperOrder, stage: Stage) -> dict[int, EarlierLetter]:
    """Return, by application, the letter that was issued before its result was corrected."""
    query = (
        select(DecisionCorrection.application_id, func.max(Notice.id))
        .join(Decision, Decision.id == DecisionCorrection.decision_id)
        .join(Application, Application.id == DecisionCorrection.application_id)
        .join(Notice, Notice.applicant_id == Application.applicant_id)
        .where(
            Decision.stage == stage,
            Notice.programme_id == order.programme.id,
            Notice.kind == order.kind.value,
            Notice.issued_at <= DecisionCorrection.corrected_at,
            # A letter about several courses names none of them.
            or_(Notice.application_id.is_(None), Notice.application_id == Application.id),
        )
        .group_by(DecisionCorrection.application_id)
    )
    by_application = {row[0]: row[1] for row in session.execute(query)}
    letters: dict[int, EarlierLetter] = {}
    for chunk in chunks(sorted(set(by_application.values()))):
        found = session.execute(_letters().where(Notice.id.in_(chunk)))
        letters |= {record[0]: _letter(record) for record in found}
    return {application: letters[notice] for application, notice in by_application.items()}


def earlier_letters(
    session: Session, order: PaperOrder, applicant_ids: Iterable[int]
) -> dict[int, list[EarlierLetter]]:
    """Return the letters of this kind that people were sent, by person, the latest first."""
    found: dict[int, list[EarlierLetter]] = {}
    for chunk in chunks(sorted(set(applicant_ids))):
        query = _letters().where(
            Notice.programme_id == order.programme.id,
            Notice.kind == order.kind.value,
            Notice.applicant_id.in_(chunk),
        )
        for record in session.execute(query.order_by(Notice.id.desc())):
            letter = _letter(record)
            found.setdefault(letter.applicant_id, []).append(letter)
    return found


def latest_about(
    letters: Mapping[int, Sequence[EarlierLetter]], applicant_id: int, applications: Iterable[int]
) -> EarlierLetter | None:
    """Return the latest letter to a person about one of these applications."""
    wanted = tuple(applications)
    return next((one for one in letters.get(applicant_id, ()) if one.is_about(wanted)), None)


def as_corrections(session: Session, order: PaperOrder, sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the letters as corrections of those that the same people were sent before.

    People who were sent none get none, unless they were named.

    Raises:
        RuleError: ``papers.nothing-to-correct``; somebody named was sent no such letter, or nobody was.
    """
    people = [sheet.applicant_id for sheet in sheets if sheet.applicant_id is not None]
    earlier = earlier_letters(session, order, people)
    corrections: list[Sheet] = []
    without: list[str] = []
    for sheet in sheets:
        old = latest_about(earlier, sheet.applicant_id or 0, sheet.application_ids)
        if sheet.corrects_id is not None:
            corrections.append(sheet)
        elif old is None or not isinstance(sheet.spec, LetterSpec):
            without.append(sheet.spec.owner.key)
        else:
            spec = corrected(order, sheet.spec, old)
            corrections.append(replace(sheet, spec=spec, corrects_id=old.notice_id))
    if without and (order.numbers is not None or not corrections):
        raise RuleError("papers.nothing-to-correct", kind=order.kind, numbers=without)
    return corrections


def corrected(order: PaperOrder, spec: LetterSpec, old: EarlierLetter) -> LetterSpec:
    """Return a letter that takes the place of an earlier one whose content was wrong."""
    return _citing(order, spec, old, body="content", title="title_corrected")


def corrected_result(order: PaperOrder, spec: LetterSpec, old: EarlierLetter) -> LetterSpec:
    """Return a letter about a result that takes the place of one that told another."""
    return _citing(order, spec, old, body="body", title="title_corrected")


def changed_time(order: PaperOrder, spec: LetterSpec, old: EarlierLetter, told: str) -> LetterSpec:
    """Return an invitation that tells another time than an earlier one, whose time was ``told``."""
    return _citing(order, spec, old, body="time", title="title_changed", told=told)


def tells_another_time(old: EarlierLetter, now: Times, now_written: str) -> bool:
    """Tell whether an earlier invitation names another time than the one that holds now.

    What older versions kept does not say the time but in the text: there it is looked for.
    """
    if old.told is not None:
        return old.told != now
    return not any(now_written in line for line in old.lines)


def _citing(
    order: PaperOrder, spec: LetterSpec, old: EarlierLetter, *, body: str, title: str, told: str = ""
) -> LetterSpec:
    words = order.common.part("correction")
    values = {"通知日": order.words.day(old.dated), "通知番号": old.number, "先の日時": told}
    named = spec.title.removesuffix(words.text("title_end")) + words.text(title)
    return replace(spec, title=named, body=(words.fill(words.text(body), values), *spec.body))


def _letters() -> Select[*tuple[Any, ...]]:
    return select(
        Notice.id,
        Notice.applicant_id,
        Notice.application_id,
        Notice.dated,
        Notice.document_number,
        Notice.snapshot["spec"]["number"].as_string(),
        Notice.snapshot["applications"],
        Notice.snapshot["told"],
        Notice.snapshot["spec"]["items"],
    )


def _letter(record: Sequence[Any]) -> EarlierLetter:
    notice_id, applicant_id, only, dated, number, printed, applications, told, items = record
    about = applications or ([] if only is None else [only])
    return EarlierLetter(
        notice_id=notice_id,
        applicant_id=applicant_id,
        dated=dated,
        # Without a number of the ledger, room was left on the paper; what stands there is not known.
        number=(printed or number) if number else "",
        applications=frozenset(about),
        told=(datetime.fromisoformat(told[0]), datetime.fromisoformat(told[1])) if told else None,
        lines=tuple(line for item in items or () for line in item["lines"]),
    )

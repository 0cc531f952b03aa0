"""勤務条件の明示: what a programme says in each item of the notice, read and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError
from fujisawa_desktop.models import Course, Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.condition_texts import condition_texts, condition_values, condition_words
from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.services.paper_templates import wording_in_use
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.programme_checks import check_programme
from fujisawa_desktop.services.programme_files import programme_codes, read_programme
from fujisawa_desktop.services.programme_view import ProgrammeView, view_of
from fujisawa_desktop.services.terms_people import programme_facts, programme_values
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class ConditionsForm:
    """What a clerk writes: the programme's own words by item, and when the pay comes."""

    programme_id: int
    version: int
    words: Mapping[str, str]
    pay_day: int | None
    pay_month_offset: int


@dataclass(frozen=True, slots=True)
class ConditionsView:
    """The form, and what the notice would say with it.

    Attributes:
        form: what is stored.
        shown: the text of each item for the first course; "" for one that is empty.
        usual: what each item says while nothing is written for it.
        shipped: the words that ship for this programme, for items to be filled with.
        placeholders: words in braces that may be used, each with an example.
    """

    form: ConditionsForm
    shown: Mapping[str, str]
    usual: Mapping[str, str]
    shipped: Mapping[str, str]
    placeholders: Mapping[str, str]


def conditions_view(database: Database, *, programme_id: int) -> ConditionsView:
    """Return what a programme says in the items of the notice.

    Raises:
        NotFoundError: ``programme.gone``.
        InputFileError: the wording of the notice is broken.
    """
    with database.read() as session:
        programme = view_of(_programme(session, programme_id))
        words = wording_in_use(session, programme, PaperKind.CONDITIONS.value)
        form = _form(programme)
        shown = _texts(session, words, programme, form.words)
        usual = _texts(session, words, programme, {})
    return ConditionsView(form, shown, usual, _shipped(programme.code), condition_words())


def conditions_form(database: Database, *, programme_id: int) -> ConditionsForm:
    """Return what is written for a programme as stored now.

    Raises:
        NotFoundError: ``programme.gone``.
    """
    with database.read() as session:
        return _form(view_of(_programme(session, programme_id)))


def save_conditions(database: Database, *, form: ConditionsForm, actor: str | None = None) -> ChangeSet:
    """Store the words of the items and the pay day as one act; an empty text takes the item's words away.

    Raises:
        ValidationError: a text that cannot be printed (``conditions.…``; ``field`` is the item), or a
            pay day that no month has.
        ConflictError: somebody else changed the programme meanwhile.
        NotFoundError: ``programme.gone``.
    """
    with unit_of_work(database, "conditions.edit", actor=actor) as work:
        row = _programme(work.session, form.programme_id)
        if row.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        words = {key: text.strip() for key, text in form.words.items() if text.strip()}
        if (row.conditions, row.pay_day, row.pay_month_offset) != (
            words,
            form.pay_day,
            form.pay_month_offset,
        ):
            row.conditions = words
            row.pay_day = form.pay_day
            row.pay_month_offset = form.pay_month_offset
        check_programme(view_of(row))
        return work.commit()


def _form(programme: ProgrammeView) -> ConditionsForm:
    return ConditionsForm(
        programme.id,
        programme.version,
        {key: str(text) for key, text in programme.conditions.items()},
        programme.pay_day,
        programme.pay_month_offset,
    )


def _texts(
    session: Session, words: Wording, programme: ProgrammeView, own: Mapping[str, str]
) -> dict[str, str]:
    course = session.scalars(
        select(Course).where(Course.programme_id == programme.id).order_by(Course.position).limit(1)
    ).first()
    if course is None:
        return {item.key: own.get(item.key, "") for item in CONDITION_ITEMS}
    example = condition_words()
    values = {
        **programme_values(programme),
        **condition_values(words, programme_facts(programme, course)),
        "氏名": example["氏名"],
        "受付番号": example["受付番号"],
    }
    return condition_texts(words, {}, own, values)


def _shipped(code: str) -> dict[str, str]:
    if code not in programme_codes():
        return {}
    return {key: str(text) for key, text in read_programme(code).programme.conditions.items()}


def _programme(session: Session, programme_id: int) -> Programme:
    row = session.get(Programme, programme_id)
    if row is None:
        raise NotFoundError("programme.gone")
    return row

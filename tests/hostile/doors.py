"""Doors for typed text: the services that the forms of the window call, with a text in each field in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any, Final

from fujisawa_desktop.models import NoteKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.accounts import account_form, save_account
from fujisawa_desktop.services.applicant_cells import save_cell
from fujisawa_desktop.services.applicants import ListQuery, list_page
from fujisawa_desktop.services.appointments import appointments, save_terms, terms_form
from fujisawa_desktop.services.conditions import conditions_view, save_conditions
from fujisawa_desktop.services.consignor import consignor_form, save_consignor
from fujisawa_desktop.services.courses import course, courses, save_course
from fujisawa_desktop.services.document_numbers import void_number
from fujisawa_desktop.services.interview_criteria import save_interview_criterion
from fujisawa_desktop.services.interview_settings import interview_settings, save_settings
from fujisawa_desktop.services.leaving import LeavingForm, record_leaving
from fujisawa_desktop.services.notes import add_note
from fujisawa_desktop.services.person_fields import EDITABLE
from fujisawa_desktop.services.programmes import programme, save_programme
from fujisawa_desktop.services.register_layouts import layouts, save_layout
from fujisawa_desktop.services.saved_views import save_view
from fujisawa_desktop.services.screening_reviewers import ReviewerForm, save_reviewer
from fujisawa_desktop.services.screening_setup import CriterionForm, save_criterion
from fujisawa_desktop.services.wording_versions import save_wording, wording_text

Door = Callable[[str], object]
ACTOR: Final = "見本"
LAST_DAY: Final = date(2024, 12, 27)


def doors(database: Database, programme_id: int) -> dict[str, Door]:
    """Return each field that takes a typed text, by ``form.field``."""
    course_id = courses(database, programme_id)[0].id
    member = appointments(database, programme_id)[0]
    key = member.appointment_id
    forms: Mapping[str, tuple[Callable[[], Any], Callable[..., object]]] = {
        "course": (lambda: course(database, course_id), partial(_save, save_course, database)),
        "programme": (lambda: programme(database, programme_id), partial(_save, save_programme, database)),
        "terms": (lambda: terms_form(database, appointment_id=key), partial(_save, save_terms, database)),
        "account": (
            lambda: account_form(database, appointment_id=key),
            lambda form: save_account(database, form=form, confirmed=True, actor=ACTOR),
        ),
        "interviews": (
            lambda: interview_settings(database, programme_id=programme_id),
            lambda form: save_settings(database, programme_id=programme_id, settings=form, actor=ACTOR),
        ),
        "reviewer": (
            lambda: ReviewerForm(id=None, programme_id=programme_id, name="見本"),
            partial(_save, save_reviewer, database),
        ),
        "criterion": (
            lambda: CriterionForm(id=None, programme_id=programme_id, name="見本"),
            partial(_save, save_criterion, database),
        ),
        "leaving": (
            lambda: LeavingForm(
                key, terms_form(database, appointment_id=key).version, date(2024, 12, 27), ""
            ),
            partial(_save, record_leaving, database),
        ),
    }
    found: dict[str, Door] = {
        f"{name}.{field.name}": partial(_with, read, save, field.name)
        for name, (read, save) in forms.items()
        for field in fields(read())
        if type(getattr(read(), field.name)) is str  # a choice of an enumeration is nothing typed
    }
    return found | _single_doors(database, programme_id)


def _save(save: Callable[..., object], database: Database, form: object) -> object:
    return save(database, form=form, actor=ACTOR)


def _with(read: Callable[[], Any], save: Callable[[Any], object], name: str, text: str) -> object:
    return save(replace(read(), **{name: text}))


def _single_doors(database: Database, programme_id: int) -> dict[str, Door]:
    person = list_page(database, ListQuery(programme_id), limit=1)[0].applicant_id

    def consignor(name: str, text: str) -> object:
        form = consignor_form(database, programme_id=programme_id)
        return save_consignor(database, form=replace(form, values={**form.values, name: text}), actor=ACTOR)

    def conditions(text: str) -> object:
        form = conditions_view(database, programme_id=programme_id).form
        return save_conditions(database, form=replace(form, words={"renewal": text}), actor=ACTOR)

    def wording(text: str) -> object:
        shown = wording_text(database, programme_id=programme_id, name="labels")
        return save_wording(
            database,
            programme_id=programme_id,
            name="labels",
            data={**shown.data, "file_name": text},
            based_on=shown.edition,
            note=text,
            actor=ACTOR,
        )

    def layout(text: str) -> object:
        first = layouts(database)[0]
        columns = (replace(first.columns[0], heading=text), *first.columns[1:])
        return save_layout(database, layout=replace(first, name=text, columns=columns), actor=ACTOR)

    stored = consignor_form(database, programme_id=programme_id).values
    return {
        **{f"cell.{name}": partial(_cell, database, person, name) for name in EDITABLE},
        **{
            f"consignor.{name}": partial(consignor, name)
            for name, value in stored.items()
            if type(value) is str
        },
        "note.text": lambda text: add_note(
            database, applicant_id=person, kind=NoteKind.OFFICE, text=text, actor=ACTOR
        ),
        "note.actor": lambda text: add_note(
            database, applicant_id=person, kind=NoteKind.OFFICE, text="見本", actor=text
        ),
        "conditions.renewal": conditions,
        "wording.file_name": wording,
        "layout.name": layout,
        "view.name": lambda text: save_view(
            database, query=ListQuery(programme_id, text=text), name=text, actor=ACTOR
        ),
        "question.criterion": lambda text: save_interview_criterion(
            database, programme_id=programme_id, criterion_id=None, name=text, guidance=text, actor=ACTOR
        ),
        "number.reason": lambda text: void_number(
            database, sign="見本", fiscal_year=2024, number=1, reason=text, actor=ACTOR
        ),
        "search": lambda text: list_page(database, ListQuery(programme_id, text=text), limit=5),
    }


def _cell(database: Database, person: int, name: str, text: str) -> object:
    return save_cell(database, applicant_ids=[person], field=name, text=text, actor=ACTOR)

"""Appointed people whose conditions notice can be made, for the tests of the papers about terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from appointed import appoint_four

from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.conditions import conditions_view, save_conditions
from fujisawa_desktop.services.papers import PaperDraft, issue_papers, make_papers
from fujisawa_desktop.services.staff import Member
from fujisawa_desktop.services.terms_changes import TermsChangeForm, change_terms, terms_view

NOW = datetime(2024, 11, 25, 10, 0)
JANUARY = date(2025, 1, 6)
RYOSUKE, SAKURA, MISAKI, YUI = "100000245489", "100000237570", "100000253408", "RN26003219"


def set_words(database: Database, programme_id: int, pay_day: int | None = 21, **words: str) -> None:
    """Write the pay day and words of items."""
    form = conditions_view(database, programme_id=programme_id).form
    form = replace(form, pay_day=pay_day, words={**form.words, **words})
    save_conditions(database, form=form, actor="test")


def appointed_with_pay_day(database: Database, programme_id: int) -> dict[str, Member]:
    """Appoint the four people of the sample on complete terms."""
    four = appoint_four(database, programme_id)
    set_words(database, programme_id)
    return four


def make(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    return make_papers(database, programme_id=programme_id, kind=kind, now=NOW, **options)  # type: ignore[arg-type]


def issue(database: Database, programme_id: int, kind: str, **options: object) -> PaperDraft:
    draft = make(database, programme_id, kind, **options)
    issue_papers(database, draft=draft, actor="test")
    return draft


def blank_form(database: Database, member: Member, day: date = JANUARY) -> TermsChangeForm:
    """A form in which nothing is changed yet."""
    form = terms_view(database, appointment_id=member.appointment_id, today=day).form
    return replace(form, effective_from=day, reason="業務の都合による")


def change(database: Database, member: Member, day: date = JANUARY, **changes: object) -> None:
    """Record a change."""
    form = replace(blank_form(database, member, day), **changes)  # type: ignore[arg-type]
    change_terms(database, form=form, actor="test")

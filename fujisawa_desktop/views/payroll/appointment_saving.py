"""How what is stored about one appointed person is saved beside what others saved of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _, format_minutes
from fujisawa_desktop.rules.conditions import CONDITION_ITEMS
from fujisawa_desktop.rules.hand_ins import HandInKind
from fujisawa_desktop.services.accounts import AccountForm, account_form, remove_account
from fujisawa_desktop.services.appointment_view import AppointmentView
from fujisawa_desktop.services.conflicts import RowOf
from fujisawa_desktop.services.hand_in_forms import PapersForm, papers_form, save_papers
from fujisawa_desktop.services.leaving import LeavingForm, leaving_form, take_back_leaving
from fujisawa_desktop.services.terms_changes import TermsChangeForm, change_terms, terms_view
from fujisawa_desktop.views.trust.beside_others import FormWords, Saving

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def leaving_taken_back(
    view: AppointmentView, window: QWidget, *, on_done: Done, on_error: Failed
) -> Saving[LeavingForm]:
    """Return how the leaving of somebody is taken back."""
    appointment_id = view.member.appointment_id
    return Saving(
        take_back_leaving,
        base=LeavingForm(appointment_id, view.version, view.left_on, view.leaving_reason),
        read=partial(leaving_form, appointment_id=appointment_id),
        row=RowOf("appointment", appointment_id),
        words=FormWords(window, labels={"left_on": _("Last day of work"), "reason": _("Reason")}),
        owner=window,
        on_done=on_done,
        on_error=on_error,
        given=lambda form: {"appointment_id": form.appointment_id, "version": form.version},
        deed=_("(the leaving is taken back)"),
    )


def account_removed(
    form: AccountForm, page: QWidget, *, on_done: Done, on_error: Failed
) -> Saving[AccountForm]:
    """Return how the account of somebody is removed."""
    return Saving(
        remove_account,
        base=form,
        read=partial(account_form, appointment_id=form.appointment_id),
        row=RowOf("transfer_account", where=(("appointment_id", form.appointment_id),)),
        words=FormWords(page, labels={"confirmed_at": _("Compared with the paper")}),
        owner=page,
        on_done=on_done,
        on_error=on_error,
        given=lambda form: {"appointment_id": form.appointment_id, "version": form.version},
        deed=_("(removed)"),
    )


def papers_saving(form: PapersForm, page: QWidget, *, on_done: Done, on_error: Failed) -> Saving[PapersForm]:
    """Return how the papers of somebody are saved."""
    names = {
        "needed": _("Needed"),
        "asked_on": _("Asked for"),
        "due_on": _("Due"),
        "received_on": _("Received on"),
        "note": _("Notes"),
    }
    labels = {
        f"{name}:{kind}": _("{paper}: {field}").format(paper=texts.term("hand-in", kind), field=words)
        for name, words in names.items()
        for kind in HandInKind
    }
    return Saving(
        save_papers,
        base=form,
        read=partial(papers_form, appointment_id=form.appointment_id),
        row=RowOf("hand_in", where=(("appointment_id", form.appointment_id),)),
        words=FormWords(page, labels=labels),
        owner=page,
        on_done=on_done,
        on_error=on_error,
        aside=frozenset({"versions"}),
    )


def terms_saving(
    form: TermsChangeForm, dialog: QWidget, today: date, *, on_done: Done, on_error: Failed
) -> Saving[TermsChangeForm]:
    """Return how a change of what was agreed with somebody is recorded."""
    labels = {f"own:{item.key}": texts.term("condition", item.key) for item in CONDITION_ITEMS}
    values = {
        "cap_minutes": format_minutes,
        "cap_inclusive": lambda within: _("may be reached") if within else _("must stay below"),
    }
    return Saving(
        change_terms,
        base=with_rate(form),
        read=partial(_terms_now, appointment_id=form.appointment_id, today=today),
        row=RowOf("appointment", form.appointment_id),
        words=FormWords(dialog, labels=labels, values=values),
        owner=dialog,
        on_done=on_done,
        on_error=on_error,
        aside=frozenset({"rate_now"}),
        given=_terms_arguments,
    )


def with_rate(form: TermsChangeForm) -> TermsChangeForm:
    """Return a form whose rate can be laid beside another: none left out."""
    return replace(form, rate_yen=form.rate_yen if form.rate_yen is not None else form.rate_now)


def _terms_now(database: Database, *, appointment_id: int, today: date) -> TermsChangeForm:
    return with_rate(terms_view(database, appointment_id=appointment_id, today=today).form)


def _terms_arguments(form: TermsChangeForm) -> dict[str, TermsChangeForm]:
    """Return what is recorded: a rate that is as it was stays with what was agreed for later days."""
    return {"form": replace(form, rate_yen=None if form.rate_yen == form.rate_now else form.rate_yen)}

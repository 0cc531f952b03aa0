"""委託者: who orders the transfers of a programme, read and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import ConflictError, NotFoundError, ValidationError
from fujisawa_desktop.models import Programme
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.transfer import Consignor, consignor_errors, consignor_of
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class ConsignorForm:
    """What a clerk writes: the fields of ``rules.transfer.Consignor`` by name; those missing are empty."""

    programme_id: int
    version: int
    values: Mapping[str, Any]


def consignor_form(database: Database, *, programme_id: int) -> ConsignorForm:
    """Return what is stored.

    Raises:
        NotFoundError: ``programme.none``.
    """
    with database.read() as session:
        programme = _programme(session, programme_id)
        known = {field.name for field in fields(Consignor)}
        values = {name: value for name, value in programme.transfer.items() if name in known}
        return ConsignorForm(programme_id, programme.version, values)


def save_consignor(database: Database, *, form: ConsignorForm, actor: str | None = None) -> ChangeSet:
    """Save who orders the transfers, in the signs that go to the bank.

    Raises:
        ValidationError: the first field that a bank would refuse.
        ConflictError: ``conflict.changed-meanwhile``.
        NotFoundError: ``programme.none``.
    """
    consignor = consignor_of(form.values)
    with unit_of_work(database, "transfer.consignor", actor=actor) as work:
        programme = _programme(work.session, form.programme_id)
        if programme.version != form.version:
            raise ConflictError("conflict.changed-meanwhile")
        stored = {name: getattr(value, "value", value) for name, value in asdict(consignor).items()}
        if programme.transfer != stored:
            programme.transfer = stored
        return work.commit()


def faults_of(form: ConsignorForm) -> list[ValidationError]:
    """Return what a bank would refuse, field by field."""
    return consignor_errors(form.values)


def stored_consignor(session: Session, programme_id: int) -> Consignor | None:
    """Return who orders the transfers; ``None`` while it is not entered, or no longer one that banks take."""
    try:
        return consignor_of(_programme(session, programme_id).transfer)
    except ValidationError:
        return None


def _programme(session: Session, programme_id: int) -> Programme:
    programme = session.get(Programme, programme_id)
    if programme is None:
        raise NotFoundError("programme.none")
    return programme

"""Which wording a paper has: as shipped, as the programme brings it, or as a clerk changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import PaperTemplate
from fujisawa_desktop.services.paper_wording import Wording, wording
from fujisawa_desktop.services.programme_view import ProgrammeView


def wording_in_use(session: Session, programme: ProgrammeView, name: str) -> Wording:
    """Return the texts of the paper called ``name`` (a kind, or ``common``) for this programme.

    Raises:
        InputFileError: the shipped file is missing or broken.
    """
    newest = session.scalar(
        select(PaperTemplate)
        .where(PaperTemplate.programme_id == programme.id, PaperTemplate.kind == name)
        .order_by(PaperTemplate.edition.desc())
        .limit(1)
    )
    if newest is not None and newest.body:
        return Wording(name, newest.body)
    return shipped_wording(programme, name)


def shipped_wording(programme: ProgrammeView, name: str) -> Wording:
    """Return the shipped texts, with what the programme's own file says instead (``[texts.<name>]``).

    Raises:
        InputFileError: the shipped file is missing or broken.
    """
    shipped, own = wording(name), programme.texts.get(name)
    return Wording(shipped.file, merged(shipped.data, own)) if own else shipped


def merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with what ``own`` says, table by table."""
    result = dict(base)
    for key, value in own.items():
        inner = result.get(key)
        if isinstance(inner, dict) and isinstance(value, dict):
            result[key] = merged(inner, value)
        else:
            result[key] = value
    return result

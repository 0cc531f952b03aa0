"""Which wording a paper has: as shipped, as the programme brings it, or as a clerk changed it last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.models import PaperTemplate
from fujisawa_desktop.services.paper_wording import Wording, wording
from fujisawa_desktop.services.programme_view import ProgrammeView

COMMON: Final = "common"
"""The texts that all papers (or, with ``mail:`` before it, all messages) share."""
MAIL: Final = "mail:"
"""What the name of a message's wording begins with; the file lies in ``resources/mails``."""


def mail_wording(kind: str) -> str:
    """Return the name of the wording of a kind of message: ``mail:first-pass``."""
    return f"{MAIL}{kind}"


def wording_in_use(session: Session, programme: ProgrammeView, name: str) -> Wording:
    """Return the texts called ``name`` (a kind of paper, ``common``, ``mail:<kind>``) for this programme.

    What a clerk's version does not say, because a later release added it, is said as it ships.

    Raises:
        InputFileError: the shipped file is missing or broken.
    """
    newest = newest_version(session, programme.id, name)
    shipped = shipped_wording(programme, name)
    if newest is not None and newest.body:
        return Wording(shipped.file, merged(shipped.data, newest.body))
    return shipped


def newest_version(session: Session, programme_id: int, name: str) -> PaperTemplate | None:
    """Return the clerk's version with the highest edition, if there is any."""
    return session.scalar(
        select(PaperTemplate)
        .where(PaperTemplate.programme_id == programme_id, PaperTemplate.kind == name)
        .order_by(PaperTemplate.edition.desc())
        .limit(1)
    )


def shipped_wording(programme: ProgrammeView, name: str) -> Wording:
    """Return the shipped texts, with what the programme's own file says instead (``[texts.<name>]``).

    Raises:
        InputFileError: the shipped file is missing or broken.
    """
    kind = name.removeprefix(MAIL)
    shipped = wording(kind, "mails") if name.startswith(MAIL) else wording(kind)
    own = programme.texts.get(name)
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

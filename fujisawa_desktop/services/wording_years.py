"""Wordings of one year used again in another: what the clerks changed need not be typed twice."""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.paper_kinds import programme_of
from fujisawa_desktop.services.paper_templates import merged, newest_version, shipped_wording
from fujisawa_desktop.services.programmes import ProgrammeRow, programmes
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.wording_checks import refuse_faulty
from fujisawa_desktop.services.wording_versions import SHIPPED, wording_names

_FIRST: Final = SHIPPED + 1


def wording_sources(database: Database, *, programme_id: int) -> tuple[ProgrammeRow, ...]:
    """Return the other programmes of the file of which clerks changed a wording, the newest first."""
    others = [row for row in programmes(database) if row.id != programme_id]
    with database.read() as session:
        return tuple(row for row in others if _changed(session, row.id))


def copy_wordings(
    database: Database, *, programme_id: int, source_id: int, note: str = "", actor: str | None = None
) -> ChangeSet:
    """Use every wording that was changed in another programme here too, each as a new version.

    Raises:
        RuleError: ``wording.nothing-to-copy``; all of them are in use here already.
        ValidationError: a wording has a fault by now.
        NotFoundError: ``programme.none``.
    """
    with unit_of_work(database, "wording.copy", actor=actor) as work:
        programme = programme_of(work.session, programme_id)
        source = programme_of(work.session, source_id)
        count = 0
        for name, version in _changed(work.session, source_id).items():
            shipped = shipped_wording(programme, name).data
            newest = newest_version(work.session, programme_id, name)
            if merged(shipped, newest.body if newest is not None else {}) == merged(shipped, version.body):
                continue
            refuse_faulty(name, merged(shipped, version.body), shipped)
            work.session.add(
                PaperTemplate(
                    programme_id=programme_id,
                    kind=name,
                    edition=newest.edition + 1 if newest is not None else _FIRST,
                    body=deepcopy(version.body),
                    made_at=work.now,
                    actor=work.actor,
                    note=note,
                )
            )
            count += 1
        if not count:
            raise RuleError("wording.nothing-to-copy", programme=source.title)
        return work.commit(programme=source.title, count=count)


def _changed(session: Session, programme_id: int) -> dict[str, PaperTemplate]:
    """Return the versions in use that are not the shipped text, by the name of the wording."""
    found = {name: newest_version(session, programme_id, name) for name in wording_names()}
    return {name: one for name, one in found.items() if one is not None and one.body}

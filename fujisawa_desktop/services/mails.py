"""Writing result mails into a folder, and the dispatch ledger (発送簿) that says what became of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from fujisawa_desktop.errors import ConflictError, NotFoundError, RuleError, StorageError, ValidationError
from fujisawa_desktop.exchange.eml import eml_bytes
from fujisawa_desktop.exchange.file_names import file_name, free_name, name_key
from fujisawa_desktop.exchange.file_sets import FileSet
from fujisawa_desktop.models import Applicant, Dispatch, Entry, EntryKind
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.intake_stored import chunks
from fujisawa_desktop.services.interview_booking import announce_times
from fujisawa_desktop.services.interview_links import interviews_about
from fujisawa_desktop.services.mail_drafts import MailDraft, MailKind, MailOrder, drafts_of
from fujisawa_desktop.services.outgoing import let_out
from fujisawa_desktop.services.table_files import ListTable, Words, table_file
from fujisawa_desktop.services.unit_of_work import unit_of_work

_NUMBER_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class MailsWritten:
    """What writing did: how many files, and the names they have."""

    change: ChangeSet
    folder: Path
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One line of the ledger."""

    dispatch_id: int
    entry_id: int | None
    number: str
    name: str
    kind: str
    address: str
    subject: str
    body: str
    written_at: datetime
    sent_at: datetime | None
    actor: str
    checked_by: str
    is_repeat: bool


def write_mails(
    database: Database,
    *,
    order: MailOrder,
    drafts: Sequence[MailDraft],
    folder: Path,
    checked_by: str,
    actor: str | None = None,
) -> MailsWritten:
    """Write one .eml file for each message and enter them in the ledger, all or none.

    The messages are made again first: what was checked is what is written.  An invitation makes its
    interview an announced one, as a letter does.

    Args:
        database: the open database.
        order: what the drafts were made from.
        drafts: the messages a clerk has checked.
        folder: where the files go; it must exist.
        checked_by: the second person who looked at them.
        actor: who writes them.

    Raises:
        ValidationError: ``mail.second-clerk``, nobody, or the same person, has checked.
        RuleError: ``mail.nobody``, or ``mail.address-impossible`` for one of them.
        ConflictError: ``mail.changed-since``, a result or an address is another by now.
        StorageError: as `outgoing.let_out`; then none is left, and nothing is recorded.
    """
    with (
        FileSet(folder) as files,
        unit_of_work(database, "mails.write", actor=actor, kind=EntryKind.ISSUED) as work,
    ):
        _check_second(checked_by, work.actor)
        if not drafts:
            raise RuleError("mail.nobody", mail=order.kind.value)
        impossible = [draft.number for draft in drafts if not draft.can_write]
        if impossible:
            raise RuleError("mail.address-impossible-for", numbers=impossible)
        fresh = {_key(draft): draft for draft in drafts_of(work.session, order)}
        for draft in drafts:
            found = fresh.get(_key(draft))
            if found is None or (found.address, found.body) != (draft.address, draft.body):
                raise ConflictError("mail.changed-since")
        if not folder.is_dir():
            raise StorageError("mail.no-folder", file=folder.name)
        made = [
            eml_bytes(recipient=draft.address, subject=draft.subject, body=draft.body) for draft in drafts
        ]
        names = _names(folder, drafts)
        rows = [_row(order, draft, data, checked_by) for draft, data in zip(drafts, made, strict=True)]
        stamped = [{**row, "written_at": work.now, "actor": work.actor} for row in rows]
        work.insert_many(Dispatch, stamped)
        if order.kind is MailKind.INTERVIEW_INVITATION:
            told = [key for draft in drafts for key in draft.application_ids]
            announce_times(work, interviews_about(work.session, told))
        for name, data in zip(names, made, strict=True):
            files.add(name, data)
        change = let_out(work, files, mail=order.kind.value, count=len(drafts))
    return MailsWritten(change, folder, tuple(names))


def mark_sent(
    database: Database, *, dispatch_ids: Sequence[int], sent: bool = True, actor: str | None = None
) -> ChangeSet:
    """Record that messages were sent, or that they were not after all.

    Raises:
        NotFoundError: ``mail.gone``.
    """
    code = "mails.sent" if sent else "mails.not-sent"
    with unit_of_work(database, code, actor=actor) as work:
        known: dict[int, datetime | None] = {}
        for chunk in chunks(list(dict.fromkeys(dispatch_ids))):
            query = select(Dispatch.id, Dispatch.sent_at).where(Dispatch.id.in_(chunk))
            known.update((row[0], row[1]) for row in work.session.execute(query))
        if not known or len(known) != len(set(dispatch_ids)):
            raise NotFoundError("mail.gone")
        due = [key for key, at in known.items() if (at is None) is sent]
        work.update_many(Dispatch, {key: {"sent_at": work.now if sent else None} for key in due})
        return work.commit(count=len(due))


def ledger(
    database: Database, *, programme_id: int, kind: str = "", only_unsent: bool = False
) -> tuple[DispatchRow, ...]:
    """Return the ledger, the latest first; a message written again says so."""
    earlier = (
        select(func.min(Dispatch.id).label("first"))
        .where(Dispatch.programme_id == programme_id)
        .group_by(Dispatch.entry_id, Dispatch.kind)
    )
    query = (
        select(
            Dispatch,
            Entry.number,
            func.coalesce(Applicant.name_official, Applicant.name_entered),
            Dispatch.id.not_in(earlier),
        )
        .join(Applicant, Applicant.id == Dispatch.applicant_id)
        .outerjoin(Entry, Entry.id == Dispatch.entry_id)
        .where(Dispatch.programme_id == programme_id)
        .order_by(Dispatch.id.desc())
    )
    if kind:
        query = query.where(Dispatch.kind == kind)
    if only_unsent:
        query = query.where(Dispatch.sent_at.is_(None))
    with database.read() as session:
        return tuple(
            DispatchRow(
                dispatch_id=row.id,
                entry_id=row.entry_id,
                number=number or "",
                name=name,
                kind=row.kind,
                address=row.address,
                subject=row.subject,
                body=row.body,
                written_at=row.written_at,
                sent_at=row.sent_at,
                actor=row.actor,
                checked_by=row.note,
                is_repeat=bool(repeat),
            )
            for row, number, name, repeat in session.execute(query)
        )


def ledger_file(rows: Sequence[DispatchRow], words: Words, *, made_at: datetime) -> bytes:
    """Return the ledger as xlsx."""
    table = ListTable(
        name="dispatch",
        columns=(
            "number",
            "name",
            "mail_kind",
            "address",
            "subject",
            "written_at",
            "sent_at",
            "actor",
            "checked_by",
            "repeat",
        ),
        rows=tuple(
            (
                row.number,
                row.name,
                row.kind,
                row.address,
                row.subject,
                row.written_at,
                row.sent_at,
                row.actor,
                row.checked_by,
                ("again",) if row.is_repeat else (),
            )
            for row in rows
        ),
        families=(("mail_kind", "mail"), ("repeat", "dispatch")),
    )
    return table_file(table, "xlsx", words, made_at=made_at)


def _check_second(checked_by: str, actor: str) -> None:
    name = "".join(checked_by.split())
    if not name:
        raise ValidationError("mail.second-clerk", field="checked_by")
    if name.casefold() == "".join(actor.split()).casefold():
        raise ValidationError("mail.second-clerk-same", field="checked_by")


def _key(draft: MailDraft) -> tuple[int, tuple[int, ...]]:
    return draft.entry_id, draft.application_ids


def _row(order: MailOrder, draft: MailDraft, data: bytes, checked_by: str) -> dict[str, Any]:
    return {
        "programme_id": order.programme_id,
        "applicant_id": draft.applicant_id,
        "entry_id": draft.entry_id,
        "kind": draft.kind.value,
        "channel": "mail",
        "address": draft.address,
        "subject": draft.subject,
        "body": draft.body,
        "sha256": hashlib.sha256(data).hexdigest(),
        "sent_at": None,
        "note": checked_by.strip(),
    }


def _names(folder: Path, drafts: Sequence[MailDraft]) -> list[str]:
    """Return safe names, each its own: the number and the kind, never the person's name."""
    taken = {name_key(path.name) for path in folder.iterdir()}
    names: list[str] = []
    for draft in drafts:
        number = "".join(sign for sign in draft.number if sign.isascii() and sign.isalnum())
        stem = f"{number[:_NUMBER_LENGTH] or draft.entry_id}_{draft.kind.value}"
        names.append(free_name(file_name((stem,), ".eml"), taken))
    return names

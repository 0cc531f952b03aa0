"""文面の版: what a clerk wrote is kept as a new version, compared with any other, and taken back to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models import PaperTemplate
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.mail_drafts import MailKind
from fujisawa_desktop.services.paper_kinds import PaperKind, programme_of
from fujisawa_desktop.services.paper_templates import (
    COMMON,
    mail_wording,
    merged,
    newest_version,
    shipped_wording,
)
from fujisawa_desktop.services.stale import refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work
from fujisawa_desktop.services.wording_checks import refuse_faulty
from fujisawa_desktop.services.wording_shape import (
    Path,
    Shape,
    WordingField,
    WordingSection,
    sections_of,
    value_at,
)

LONGEST_NOTE: Final = 200
SHIPPED: Final = 0
"""The edition of the text that ships."""


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One wording that can be edited.

    Attributes:
        name: a kind of paper, ``common``, or ``mail:`` and a kind of message.
        variants: the texts it holds, as the letters to those who passed and who did not.
        edition: the version in use, ``SHIPPED`` while nobody has changed it.
        is_changed: what is in use is not the text that ships.
    """

    name: str
    variants: tuple[Path, ...]
    edition: int
    is_changed: bool


@dataclass(frozen=True, slots=True)
class WordingText:
    """One wording as it is edited.

    Attributes:
        edition: the version in use.
        data: its texts.
        shipped: the texts that ship (with those the programme brings).
        sections: what can be written.
    """

    name: str
    edition: int
    data: Mapping[str, Any]
    shipped: Mapping[str, Any]
    sections: tuple[WordingSection, ...]


@dataclass(frozen=True, slots=True)
class WordingVersion:
    """One version; the text that ships is the first of all, without a moment and a person."""

    edition: int
    made_at: datetime | None
    actor: str
    note: str
    is_in_use: bool
    is_shipped: bool
    """It is the text that ships, or goes back to it."""


@dataclass(frozen=True, slots=True)
class WordingChange:
    """One field that two versions write differently; parts are (text, whether it differs)."""

    field: WordingField
    before: tuple[tuple[str, bool], ...]
    after: tuple[tuple[str, bool], ...]


def wording_names() -> tuple[str, ...]:
    """Return the names of all wordings: of papers, of what they share, of messages."""
    papers = (*(kind.value for kind in PaperKind), COMMON)
    return (*papers, *(mail_wording(kind) for kind in (*(kind.value for kind in MailKind), COMMON)))


def wordings(database: Database, *, programme_id: int) -> tuple[WordingRow, ...]:
    """Return all wordings of the programme in their order.

    Raises:
        NotFoundError: ``programme.none``.
        InputFileError: a shipped file is missing or broken.
    """
    with database.read() as session:
        programme = programme_of(session, programme_id)
        newest: dict[str, tuple[int, bool]] = {}
        rows = select(PaperTemplate).where(PaperTemplate.programme_id == programme_id)
        for row in session.scalars(rows.order_by(PaperTemplate.edition)):
            newest[row.kind] = (row.edition, bool(row.body))
        found = []
        for name in wording_names():
            sections = sections_of(shipped_wording(programme, name).data)
            variants = tuple(section.path for section in sections if section.is_variant)
            edition, is_changed = newest.get(name, (SHIPPED, False))
            found.append(WordingRow(name, variants, edition, is_changed))
        return tuple(found)


def wording_text(database: Database, *, programme_id: int, name: str) -> WordingText:
    """Return a wording as it is in use now, to be edited.

    Raises:
        NotFoundError: ``programme.none``, ``wording.unknown-name``.
        InputFileError: the shipped file is missing or broken.
    """
    with database.read() as session:
        shipped = _shipped(session, programme_id, name)
        newest = newest_version(session, programme_id, name)
        edition = newest.edition if newest is not None else SHIPPED
        data = merged(shipped, newest.body if newest is not None else {})
        return WordingText(name, edition, data, shipped, sections_of(shipped))


def save_wording(
    database: Database,
    *,
    programme_id: int,
    name: str,
    data: Mapping[str, Any],
    based_on: int,
    note: str = "",
    actor: str | None = None,
) -> ChangeSet:
    """Keep a wording as the version that is used from now on; nothing is written when nothing changed.

    Args:
        database: the open database.
        programme_id: the programme.
        name: which wording.
        data: everything it holds.
        based_on: the edition that was edited.
        note: what was changed, in the clerk's words.
        actor: who saves it.

    Raises:
        ValidationError: a text has a fault (its ``field`` is the field's key), or the note is too long.
        ConflictError: somebody saved another version meanwhile.
        NotFoundError: ``programme.none``, ``wording.unknown-name``.
    """
    if len(note.strip()) > LONGEST_NOTE:
        raise ValidationError("wording.note-long", field="note", most=LONGEST_NOTE)
    with unit_of_work(database, "wording.save", actor=actor) as work:
        shipped = _shipped(work.session, programme_id, name)
        newest = _current(work.session, programme_id, name, based_on)
        refuse_faulty(name, data, shipped)
        body: dict[str, Any] = {} if dict(data) == shipped else deepcopy(dict(data))
        if merged(shipped, newest.body if newest is not None else {}) != merged(shipped, body):
            work.session.add(_version(programme_id, name, based_on, body, note.strip(), work.actor, work.now))
        return work.commit(wording=name)


def take_back_wording(
    database: Database,
    *,
    programme_id: int,
    name: str,
    edition: int,
    based_on: int,
    note: str = "",
    actor: str | None = None,
) -> ChangeSet:
    """Use an earlier version, or the text that ships, again: as a new version, so that none is lost.

    Raises:
        ConflictError: somebody saved another version meanwhile.
        NotFoundError: ``wording.version-gone``, ``programme.none``, ``wording.unknown-name``.
        ValidationError: the earlier version has a fault by now.
    """
    code = "wording.take-back" if edition != SHIPPED else "wording.back-to-shipped"
    with unit_of_work(database, code, actor=actor) as work:
        shipped = _shipped(work.session, programme_id, name)
        newest = _current(work.session, programme_id, name, based_on)
        body = _body(work.session, programme_id, name, edition)
        refuse_faulty(name, merged(shipped, body), shipped)
        if merged(shipped, newest.body if newest is not None else {}) != merged(shipped, body):
            work.session.add(
                _version(programme_id, name, based_on, deepcopy(body), note.strip(), work.actor, work.now)
            )
        return work.commit(wording=name, edition=edition)


def wording_versions(database: Database, *, programme_id: int, name: str) -> tuple[WordingVersion, ...]:
    """Return all versions, the latest first; the text that ships comes last."""
    query = select(PaperTemplate).where(
        PaperTemplate.programme_id == programme_id, PaperTemplate.kind == name
    )
    with database.read() as session:
        rows = list(session.scalars(query.order_by(PaperTemplate.edition.desc())))
        kept = tuple(
            WordingVersion(row.edition, row.made_at, row.actor, row.note, at == 0, not row.body)
            for at, row in enumerate(rows)
        )
    shipped = WordingVersion(SHIPPED, None, "", "", is_in_use=not kept, is_shipped=True)
    return (*kept, shipped)


def compare_wordings(
    database: Database, *, programme_id: int, name: str, before: int, after: int
) -> tuple[WordingChange, ...]:
    """Return the fields that two editions write differently, in the order of the fields.

    Raises:
        NotFoundError: ``wording.version-gone``, ``programme.none``, ``wording.unknown-name``.
    """
    with database.read() as session:
        shipped = _shipped(session, programme_id, name)
        old = merged(shipped, _body(session, programme_id, name, before))
        new = merged(shipped, _body(session, programme_id, name, after))
    return compare_texts(old, new, shipped)


def compare_texts(
    old: Mapping[str, Any], new: Mapping[str, Any], shipped: Mapping[str, Any]
) -> tuple[WordingChange, ...]:
    """Return the fields that two texts of one wording write differently."""
    return tuple(
        WordingChange(field, *_differences(_as_text(field, was), _as_text(field, now)))
        for section in sections_of(shipped)
        for field in section.fields
        if (was := value_at(old, field.path)) != (now := value_at(new, field.path))
    )


def _as_text(field: WordingField, value: Any) -> str:
    """Return the value of a field as it is read: items with their lines below."""
    if field.shape is Shape.PARAGRAPHS:
        return "\n".join(value)
    if field.shape is Shape.ITEMS:
        label, lines = field.item_keys
        rows = (line for item in value for line in (item[label], *(f"　{one}" for one in item[lines])))
        return "\n".join(rows)
    return str(value)


Parts = tuple[tuple[str, bool], ...]


def _differences(old: str, new: str) -> tuple[Parts, Parts]:
    """Return both texts in parts; the parts that differ are told letter by letter within their lines."""
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for code, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if code == "equal":
            before.append(("".join(was[a:b]), False))
            after.append(("".join(now[c:d]), False))
            continue
        for one, other in zip_longest(was[a:b], now[c:d], fillvalue=""):
            for part, (e, f, g, h) in _letters(one, other):
                before.append((one[e:f], part))
                after.append((other[g:h], part))
    return _joined(before), _joined(after)


def _letters(one: str, other: str) -> Iterator[tuple[bool, tuple[int, int, int, int]]]:
    for code, *places in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        e, f, g, h = places
        yield code != "equal", (e, f, g, h)


def _joined(parts: list[tuple[str, bool]]) -> Parts:
    """Return the parts without empty ones, neighbours of a kind as one."""
    result: list[tuple[str, bool]] = []
    for text, differs in parts:
        if text and result and result[-1][1] is differs:
            result[-1] = (result[-1][0] + text, differs)
        elif text:
            result.append((text, differs))
    return tuple(result)


def _shipped(session: Session, programme_id: int, name: str) -> dict[str, Any]:
    if name not in wording_names():
        raise NotFoundError("wording.unknown-name", name=name)
    return dict(shipped_wording(programme_of(session, programme_id), name).data)


def _current(session: Session, programme_id: int, name: str, based_on: int) -> PaperTemplate | None:
    """Return the version in use, which must be the one that was edited."""
    newest = newest_version(session, programme_id, name)
    refuse_stale(based_on, newest.edition if newest is not None else SHIPPED)
    return newest


def _body(session: Session, programme_id: int, name: str, edition: int) -> dict[str, Any]:
    if edition == SHIPPED:
        return {}
    row = session.scalar(
        select(PaperTemplate).where(
            PaperTemplate.programme_id == programme_id,
            PaperTemplate.kind == name,
            PaperTemplate.edition == edition,
        )
    )
    if row is None:
        raise NotFoundError("wording.version-gone", edition=edition)
    return row.body


def _version(
    programme_id: int, name: str, based_on: int, body: dict[str, Any], note: str, actor: str, now: datetime
) -> PaperTemplate:
    return PaperTemplate(
        programme_id=programme_id,
        kind=name,
        edition=based_on + 1,
        body=body,
        made_at=now,
        actor=actor,
        note=note,
    )

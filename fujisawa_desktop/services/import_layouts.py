"""Layouts of portals' files as clerks settled them: kept by name and found again by the headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.errors import InputFileError, NotFoundError, ValidationError
from fujisawa_desktop.exchange.column_uses import (
    Columns,
    Layout,
    apply_layout,
    find_layout,
    fingerprint,
    mapping_of,
)
from fujisawa_desktop.exchange.columns import ColumnMapping
from fujisawa_desktop.exchange.profiles import find_profile, is_own_list, match_table, shipped_profiles
from fujisawa_desktop.exchange.table import Table
from fujisawa_desktop.exchange.tabular import parse_table, read_bytes
from fujisawa_desktop.models import ImportProfile
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.hours import ShiftKind
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.import_files import ImportFile
from fujisawa_desktop.services.stale import NOT_STORED, refuse_stale
from fujisawa_desktop.services.unit_of_work import unit_of_work

__all__ = [
    "IntakeChoices",
    "Layout",
    "LayoutForm",
    "delete_layout",
    "layout_form",
    "layout_seen",
    "layouts",
    "map_file",
    "refuse_own_list",
    "save_layout",
    "settle_encoding",
    "stored_layouts",
]

_UNREAD: Final = frozenset({"file.encoding", "file.encoding-chosen", "file.garbled", "file.nul"})
"""Errors that another character code may cure."""


@dataclass(frozen=True, slots=True)
class IntakeChoices:
    """What a clerk settled after a look at an applicants' file; nothing means: recognise it.

    Attributes:
        profile: name or source of a shipped or stored layout.
        encoding: character code of a text file.
        uses: the use of every column; empty when the layout says it.
        source: key of the portal, with ``uses``.
        shift: what hours are that do not say it themselves: a plan, or work done.
    """

    profile: str | None = None
    encoding: str | None = None
    uses: tuple[str, ...] = ()
    source: str = ""
    shift: ShiftKind = ShiftKind.WORKED


@dataclass(frozen=True, slots=True)
class LayoutForm:
    """What a kept layout says, value by value; empty where there is none of that name."""

    version: int = NOT_STORED
    source: str = ""
    columns: Columns = ()
    encoding: str = ""


def stored_layouts(session: Session) -> list[Layout]:
    """Return the layouts that clerks kept, by name."""
    query = select(ImportProfile).order_by(ImportProfile.name)
    return [_layout(row) for row in session.scalars(query)]


def layouts(database: Database) -> list[Layout]:
    """Return the layouts that clerks kept, by name."""
    with database.read() as session:
        return stored_layouts(session)


def layout_seen(layout: Layout | None) -> LayoutForm:
    """Return what was seen of a layout."""
    if layout is None:
        return LayoutForm()
    return LayoutForm(layout.version, layout.source, layout.columns, layout.encoding)


def layout_form(database: Database, *, name: str) -> LayoutForm:
    """Return what the layout of a name says now."""
    with database.read() as session:
        row = _row(session, name)
        return layout_seen(None if row is None else _layout(row))


def map_file(
    session: Session, table: Table, choices: IntakeChoices, course_words: Iterable[str]
) -> ColumnMapping:
    """Return what the columns of a table are: as chosen, as kept for its headings, or as recognised.

    Number and name may be missing; see ``missing_fields``.

    Raises:
        NotFoundError: the chosen profile does not exist.
    """
    if choices.uses and len(choices.uses) == len(table.headings):
        return mapping_of(choices.uses, profile=choices.profile or "", source=choices.source)
    kept = stored_layouts(session)
    chosen = [layout for layout in kept if choices.profile in {layout.name, layout.source}]
    words = tuple(course_words)
    if choices.profile is not None and not chosen:
        _refuse_unknown(choices.profile, kept)
        return match_table(table, profile=choices.profile, course_words=words)
    # A name is one layout; a source may have several, of which the headings choose.
    layout = next((one for one in chosen if one.name == choices.profile), None)
    layout = layout or find_layout(table.headings, chosen if choices.profile else kept)
    if layout is None and chosen and choices.profile in {one.source for one in shipped_profiles()}:
        return match_table(table, profile=choices.profile, course_words=words)
    recognised = match_table(table, course_words=words)
    layout = layout or next(iter(chosen), None)
    return recognised if layout is None else apply_layout(layout, table.headings, recognised)


def refuse_own_list(file: ImportFile) -> None:
    """Refuse a list that this program wrote: it is no portal's file.

    Its rows come from several portals, its names are the official ones, and much of what a portal
    says is not in it; taking it in would make everybody an entry of yet another portal.

    Raises:
        InputFileError: it is one.
    """
    if is_own_list(file.table.headings):
        raise InputFileError("import.own-list", file=file.name)


def settle_encoding(database: Database, file: Path, choices: IntakeChoices) -> IntakeChoices:
    """Return the choices with the character code that a kept layout says, where none is found.

    EUC-JP, for one, is never found by itself; a clerk who chose it once is not asked again.

    Raises:
        InputFileError: the file cannot be opened.
    """
    if choices.encoding is not None:
        return choices
    kept = [layout for layout in layouts(database) if layout.encoding]
    if not kept:
        return choices
    data = read_bytes(file)
    try:
        parse_table(data, name=file.name)
    except InputFileError as error:
        if error.code in _UNREAD:
            return _with_kept_encoding(data, file.name, kept, choices)
    return choices


def save_layout(
    database: Database,
    *,
    name: str,
    source: str,
    columns: Columns,
    encoding: str = "",
    version: int | None = None,
    actor: str | None = None,
) -> ChangeSet:
    """Keep how the columns of a file are read; a layout of the same name is replaced.

    ``version`` is that of the layout that was seen under the name, ``NOT_STORED`` if there was none;
    None does not compare.

    Raises:
        ConflictError: another layout stands under that name by now.
        ValidationError: no name, no source, or the name of a shipped layout.
    """
    name, source = name.strip(), source.strip()
    if not name:
        raise ValidationError("import.layout-name", field="layout")
    if not source:
        raise ValidationError("import.layout-source", field="source")
    if any(name in {profile.name, profile.source} for profile in shipped_profiles()):
        raise ValidationError("import.layout-name-taken", field="layout", name=name)
    values = {
        "source": source,
        "fingerprint": fingerprint(heading for heading, _use in columns),
        "columns": {"columns": [list(column) for column in columns]},
        "encoding": encoding,
    }
    with unit_of_work(database, "import.layout-saved", actor=actor) as work:
        row = _row(work.session, name)
        refuse_stale(version, None if row is None else row.version)
        if row is None:
            work.session.add(ImportProfile(name=name, **values))
        else:
            for key, value in values.items():
                setattr(row, key, value)
        return work.commit()


def delete_layout(
    database: Database, *, name: str, version: int | None = None, actor: str | None = None
) -> ChangeSet:
    """Forget a layout; what came in through it stays.

    Raises:
        ConflictError: somebody else changed it since that version was seen.
        NotFoundError: there is none of that name.
    """
    with unit_of_work(database, "import.layout-deleted", actor=actor) as work:
        row = _row(work.session, name)
        if row is None:
            raise NotFoundError("import.no-such-layout", name=name)
        refuse_stale(version, row.version)
        work.session.delete(row)
        return work.commit()


def _with_kept_encoding(
    data: bytes, name: str, kept: Sequence[Layout], choices: IntakeChoices
) -> IntakeChoices:
    for encoding in dict.fromkeys(layout.encoding for layout in kept):
        try:
            table = parse_table(data, name=name, encoding=encoding)
        except InputFileError:
            continue
        if find_layout(table.headings, [layout for layout in kept if layout.encoding == encoding]):
            return replace(choices, encoding=encoding)
    return choices


def _refuse_unknown(name: str, kept: Sequence[Layout]) -> None:
    """Say which profiles there are, the kept ones too."""
    try:
        find_profile(name, shipped_profiles())
    except NotFoundError as error:
        mine = ", ".join(f"{layout.source} ({layout.name})" for layout in kept)
        known = ", ".join(filter(None, (str(error.params["known"]), mine)))
        raise NotFoundError("import.no-such-profile", profile=name, known=known) from error


def _layout(row: ImportProfile) -> Layout:
    columns = tuple((heading, use) for heading, use in row.columns["columns"])
    return Layout(row.name, row.source, columns, row.encoding, row.version)


def _row(session: Session, name: str) -> ImportProfile | None:
    return session.scalars(select(ImportProfile).where(ImportProfile.name == name)).one_or_none()

"""How labels, envelopes and rosters are wanted, and what of it the database remembers.

A printer never prints exactly where it should; how far it is off is kept under a name for each
printer, in tenths of a millimetre.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from fujisawa_desktop.documents.places import MOST_SHIFT
from fujisawa_desktop.documents.specs import Shift
from fujisawa_desktop.errors import NotFoundError, ValidationError
from fujisawa_desktop.models import Setting
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.changes import ChangeSet
from fujisawa_desktop.services.unit_of_work import unit_of_work

MOST_TENTHS: Final = int(MOST_SHIFT * 10)
_LONGEST_PRINTER: Final = 60


@dataclass(frozen=True, slots=True)
class Tenths:
    """A correction in tenths of a millimetre: to the right and downwards."""

    right: int = 0
    down: int = 0

    @property
    def shift(self) -> Shift:
        """The correction in millimetres."""
        return Shift(self.right / 10, self.down / 10)


@dataclass(frozen=True, slots=True)
class AddressOptions:
    """How addresses are wanted.

    Attributes:
        statuses: only people with an application in one of these states; ``None`` means everybody.
        keep_unaddressed: also people whose address is not known, with their name alone.
        layout: name of the sheet of labels; empty for the usual one.
        start: first face to print on, counted from 1.
        with_number: print the 受付番号 small.
        boxed: draw the boxes of the postcode on the envelope.
        printer: name under which the correction is kept; empty for the only one.
        tenths: the correction of that printer.
    """

    statuses: tuple[ApplicationStatus, ...] | None = None
    keep_unaddressed: bool = False
    layout: str = ""
    start: int = 1
    with_number: bool = False
    boxed: bool = False
    printer: str = ""
    tenths: Tenths = field(default_factory=Tenths)


@dataclass(frozen=True, slots=True)
class RosterOptions:
    """How a roster is wanted.

    Attributes:
        columns: keys of the columns from left to right; empty for the usual ones.
        order: ``kana`` or ``number``.
        by_course: a list for each course; otherwise one list of everybody.
        marked: 取扱注意 stands on every page.
        course_ids, statuses: only these; ``None`` means all.
    """

    columns: tuple[str, ...] = ()
    order: str = "kana"
    by_course: bool = True
    marked: bool = True
    course_ids: tuple[int, ...] | None = None
    statuses: tuple[ApplicationStatus, ...] | None = None


@dataclass(frozen=True, slots=True)
class AttendanceOptions:
    """How an attendance sheet is wanted.

    Attributes:
        is_blank: with the planned times only, to be filled in and signed by hand; otherwise with the
            worked time as it is recorded.
    """

    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class LedgerOptions:
    """How a ledger of money is wanted.

    Attributes:
        layout: of the register: the name of its layout; empty for the one that is made for paper.
        pay_date: of the list of transfers: when the bank is to book; ``None`` as the statements say.
        left_out: of the list of transfers: appointments that a clerk leaves out.
        year: of the list of a year: of the payments; ``None`` for the latest one.
    """

    layout: str = ""
    pay_date: date | None = None
    left_out: frozenset[int] = frozenset()
    year: int | None = None


PaperOptions = AddressOptions | RosterOptions | AttendanceOptions | LedgerOptions
_NOT_KEPT: Final = ("statuses", "keep_unaddressed", "start", "tenths")
"""These are of one printing only; the corrections are kept by printer."""
_NOT_KEPT_OF_ROSTERS: Final = ("course_ids", "statuses")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was wanted last, and the corrections of all printers by name."""

    options: AddressOptions
    printers: Mapping[str, Tenths]


def remembered_addresses(database: Database, *, kind: str) -> Remembered:
    """Return how addresses of a kind were wanted last."""
    with database.read() as session:
        return stored_addresses(session, kind)


def remembered_roster(database: Database) -> RosterOptions:
    """Return how the roster was wanted last."""
    with database.read() as session:
        return stored_roster(session)


def stored_addresses(session: Session, kind: str) -> Remembered:
    """Return how addresses of a kind were wanted last, for services that hold a session."""
    kept = _stored(session, _key(kind))
    printers = {
        str(name): Tenths(_within(pair[0]), _within(pair[1]))
        for name, pair in kept.get("printers", {}).items()
    }
    options = AddressOptions(
        layout=str(kept.get("layout", "")),
        with_number=bool(kept.get("with_number", False)),
        boxed=bool(kept.get("boxed", False)),
        printer=str(kept.get("printer", "")),
    )
    return Remembered(replace(options, tenths=printers.get(options.printer, Tenths())), printers)


def stored_roster(session: Session) -> RosterOptions:
    """Return how the roster was wanted last, for services that hold a session."""
    kept = _stored(session, _key("roster"))
    return RosterOptions(
        columns=tuple(str(key) for key in kept.get("columns", ())),
        order=str(kept.get("order", "kana")),
        by_course=bool(kept.get("by_course", True)),
        marked=bool(kept.get("marked", True)),
    )


def remember_addresses(
    database: Database, *, kind: str, options: AddressOptions, actor: str | None = None
) -> ChangeSet:
    """Keep how addresses are wanted, and the correction of the printer; nothing changed is no act.

    Raises:
        ValidationError: ``papers.shift-too-far``, ``papers.printer-name``.
    """
    check_shift(options)
    with unit_of_work(database, "papers.remember", actor=actor) as work:
        printers = dict(stored_addresses(work.session, kind).printers)
        printers[options.printer] = options.tenths
        kept = {key: value for key, value in asdict(options).items() if key not in _NOT_KEPT}
        kept["printers"] = {name: [one.right, one.down] for name, one in sorted(printers.items())}
        _keep(work.session, _key(kind), kept)
        return work.commit(kind=kind)


def remember_roster(database: Database, *, options: RosterOptions, actor: str | None = None) -> ChangeSet:
    """Keep how the roster is wanted; nothing changed is no act."""
    with unit_of_work(database, "papers.remember", actor=actor) as work:
        kept = {key: value for key, value in asdict(options).items() if key not in _NOT_KEPT_OF_ROSTERS}
        kept["columns"] = list(options.columns)
        _keep(work.session, _key("roster"), kept)
        return work.commit(kind="roster")


def with_printer(database: Database, *, kind: str, options: AddressOptions) -> AddressOptions:
    """Return the options with the correction of the printer they name.

    Raises:
        NotFoundError: ``papers.printer-unknown``, ``papers.no-printers``.
    """
    printers = remembered_addresses(database, kind=kind).printers
    if options.printer not in printers:
        if not options.printer:
            return options
        known = [name for name in printers if name]
        if not known:
            raise NotFoundError("papers.no-printers", name=options.printer)
        raise NotFoundError("papers.printer-unknown", name=options.printer, known=known)
    return replace(options, tenths=printers[options.printer])


def check_shift(options: AddressOptions) -> None:
    """Make sure that a correction is one, and the printer's name can be kept.

    Raises:
        ValidationError: ``papers.shift-too-far``, ``papers.printer-name``.
    """
    for name, tenths in (("right", options.tenths.right), ("down", options.tenths.down)):
        if abs(tenths) > MOST_TENTHS:
            raise ValidationError("papers.shift-too-far", field=name, most=MOST_TENTHS // 10)
    if len(options.printer) > _LONGEST_PRINTER:
        raise ValidationError("papers.printer-name", field="printer", most=_LONGEST_PRINTER)


def _key(kind: str) -> str:
    return f"papers.{kind}"


def _stored(session: Session, key: str) -> dict[str, Any]:
    row = session.get(Setting, key)
    return dict(row.value) if row is not None and isinstance(row.value, dict) else {}


def _keep(session: Session, key: str, value: dict[str, Any]) -> None:
    row = session.get(Setting, key)
    if row is None:
        session.add(Setting(key=key, value=value))
    elif row.value != value:
        row.value = value


def _within(tenths: object) -> int:
    number = tenths if isinstance(tenths, int) else 0
    return min(max(number, -MOST_TENTHS), MOST_TENTHS)

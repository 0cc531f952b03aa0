"""How labels, envelopes and rosters are wanted, as typed after ``print``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.services.paper_addresses import ADDRESS_KINDS, trial_page
from fujisawa_desktop.services.paper_options import (
    AddressOptions,
    AttendanceOptions,
    PaperOptions,
    remembered_addresses,
    remembered_roster,
    with_printer,
)

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database

_LABELS: Final = ("layout", "start", "with_number")
_OF_KIND: Final[dict[str, tuple[str, ...]]] = {
    "labels": (*_LABELS, "printer", "test", "state"),
    "envelope": ("printer", "test", "state"),
    "window-address": ("printer", "test", "state"),
    "roster": ("columns", "order", "one_list", "state"),
    "attendance": ("blank",),
}
_ALL: Final = tuple(dict.fromkeys(name for names in _OF_KIND.values() for name in names))


def office_options(arguments: argparse.Namespace, database: Database) -> PaperOptions | None:
    """Return how the paper is wanted: as last, save for what was typed.

    Raises:
        AppError: ``cli.not-for-kind``; something was typed that the kind does not have.
        NotFoundError: ``papers.printer-unknown``.
    """
    kind = arguments.kind
    allowed = _OF_KIND.get(kind, ())
    for name in _ALL:
        if getattr(arguments, name) is not None and name not in allowed:
            raise AppError("cli.not-for-kind", given=f"--{name.replace('_', '-')}", kind=kind)
    states = tuple(ApplicationStatus(one) for one in arguments.state) if arguments.state else None
    if kind in ADDRESS_KINDS:
        return _addresses(arguments, database, states)
    if kind == "attendance":
        return AttendanceOptions(is_blank=bool(arguments.blank))
    if kind != "roster":
        return None
    options = replace(remembered_roster(database), statuses=states)
    if arguments.columns is not None:
        wanted = (one.strip() for one in arguments.columns.split(","))
        options = replace(options, columns=tuple(one for one in wanted if one))
    if arguments.order is not None:
        options = replace(options, order=arguments.order)
    return replace(options, by_course=False) if arguments.one_list else options


def _addresses(
    arguments: argparse.Namespace, database: Database, states: tuple[ApplicationStatus, ...] | None
) -> AddressOptions:
    options = replace(remembered_addresses(database, kind=arguments.kind).options, statuses=states)
    if arguments.printer is not None:
        options = with_printer(
            database, kind=arguments.kind, options=replace(options, printer=arguments.printer)
        )
    if arguments.layout is not None:
        options = replace(options, layout=arguments.layout)
    if arguments.start is not None:
        options = replace(options, start=arguments.start)
    return replace(options, with_number=True) if arguments.with_number else options


def trial_asked(
    arguments: argparse.Namespace, database: Database, programme_id: int, options: PaperOptions | None
) -> bytes | None:
    """Return the test page when it was asked for."""
    if not arguments.test or not isinstance(options, AddressOptions):
        return None
    return trial_page(database, programme_id=programme_id, kind=arguments.kind, options=options)

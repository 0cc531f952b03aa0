"""Every deed of the dialog on people in every state: who cannot have it is named, with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from applicants_driver import dialog_of, rest
from pytestqt.qtbot import QtBot
from staged_people import Staged, stage
from test_every_move import ALLOWED

from fujisawa_desktop.models import Entry
from fujisawa_desktop.models.database import Database
from fujisawa_desktop.rules.selection import ApplicationStatus
from fujisawa_desktop.views.applicants import ApplicantsTab
from fujisawa_desktop.views.applicants.decision_dialog import DecisionDialog
from fujisawa_desktop.views.applicants.deeds import DEEDS
from fujisawa_desktop.views.tasks import Tasks

S = ApplicationStatus
TAKEN_OUT = {"first-clear", "final-clear", "attendance-clear"}
"""They take something noted out; nobody here has anything noted."""
NOT_BOOKED = {"attended", "absent"}
"""Nobody here has an interview."""


def numbers_of(database: Database, people: dict[ApplicationStatus, Staged]) -> dict[str, ApplicationStatus]:
    with database.read() as session:
        return {session.get_one(Entry, one.entry_id).number: status for status, one in people.items()}


@pytest.mark.parametrize("key", [deed.key for deed in DEEDS])
def test_the_dialog_offers_a_deed_only_where_the_state_allows_it(
    qtbot: QtBot,
    tasks: Tasks,
    database: Database,
    programme_id: int,
    show: Callable[[], ApplicantsTab],
    key: str,
) -> None:
    people = {status: stage(database, programme_id, 1, status) for status in S}
    numbers = numbers_of(database, people)
    tab = show()
    tab.table.selectAll()
    tab.decide(key)
    rest(qtbot, tasks, tab)
    dialog = dialog_of(tab, DecisionDialog)
    assert dialog.foresight is not None
    allowed = {status for status in S if key in ALLOWED[status]}
    if key in TAKEN_OUT | NOT_BOOKED:
        allowed = set()
    able = {
        status for status, one in people.items() if one.application_id in dialog.foresight.application_ids
    }
    assert able == allowed
    assert dialog.go.isEnabled() is bool(allowed)
    left = {
        numbers[str(dialog.left_model.index(row, 0).data())]: str(dialog.left_model.index(row, 3).data())
        for row in range(dialog.left_model.rowCount())
    }
    assert all(left.values())
    # Whoever has just this result already is neither changed nor refused.
    assert len(left) + len(able) + dialog.foresight.unchanged == len(S)
    assert not allowed & set(left)

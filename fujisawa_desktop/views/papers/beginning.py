"""What happens when a paper is asked for: some ask how it is wanted first, the others show their pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from fujisawa_desktop.services.paper_kinds import PaperKind
from fujisawa_desktop.views.desk import Desk
from fujisawa_desktop.views.papers.address_dialog import AddressDialog
from fujisawa_desktop.views.papers.doors import open_papers
from fujisawa_desktop.views.papers.roster_dialog import RosterDialog

_ADDRESSES = frozenset({PaperKind.LABELS, PaperKind.ENVELOPE, PaperKind.WINDOW_ADDRESS})


def begin_papers(desk: Desk, kind: str, parent: QWidget, *, numbers: Sequence[str] | None = None) -> QDialog:
    """Ask how labels, envelopes and rosters are wanted, or show the pages of any other paper."""
    wanted = PaperKind(kind)
    dialog: QDialog
    if wanted in _ADDRESSES:
        dialog = AddressDialog(desk, wanted, parent, numbers=numbers)
    elif wanted is PaperKind.ROSTER:
        dialog = RosterDialog(desk, parent, numbers=numbers)
    else:
        return open_papers(desk, kind, parent, numbers=numbers)
    dialog.open()
    return dialog

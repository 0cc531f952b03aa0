"""Which screening a letter tells of, and whom no invitation is for."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.rules.selection import ApplicationStatus, Stage
from fujisawa_desktop.services.paper_kinds import PaperKind

STAGES: Final = {
    PaperKind.FIRST_RESULT: Stage.FIRST,
    PaperKind.FINAL_RESULT: Stage.FINAL,
    PaperKind.PROMOTION: Stage.FINAL,
}
NOT_INTERVIEWED: Final = frozenset(
    {
        ApplicationStatus.RECEIVED,
        ApplicationStatus.INELIGIBLE,
        ApplicationStatus.FIRST_FAILED,
        ApplicationStatus.WITHDRAWN,
    }
)

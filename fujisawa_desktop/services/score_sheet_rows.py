"""The rows of a score sheet that came back: whether each is one that was given out, and its points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy.orm import Session

from fujisawa_desktop.errors import NotFoundError, RuleError
from fujisawa_desktop.exchange.score_sheets_in import ReadEntry, ReadSheet
from fujisawa_desktop.models import Programme
from fujisawa_desktop.rules.names import half_width
from fujisawa_desktop.services.score_sheets import row_key

KIND: Final = "kind"
"""Line of the hidden sheet that says what a sheet is about, if not the first screening."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class SheetRefusal:
    """A row that is not taken in: where it stands, and why."""

    line: int
    column: str
    number: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


class SheetRows:
    """Checks the rows of one sheet and collects why some are refused.

    Attributes:
        refused: rows that are not taken in, in the order they were looked at.
    """

    def __init__(self, sheet: ReadSheet, programme_id: int, person_id: int) -> None:
        self._sheet = sheet
        self._programme_id = programme_id
        self._person_id = person_id
        counts = Counter(row.key for row in sheet.entries)
        self._twice = {key for key, count in counts.items() if count > 1}
        self.refused: list[SheetRefusal] = []

    def refuse(self, row: ReadEntry, column: str, code: str, **params: Any) -> None:
        """Note that a row is not taken in, and which column is to blame."""
        place = self._sheet.places.get(column, "")
        self.refused.append(SheetRefusal(row.line, place, row.number, code, params))

    def id_of(self, row: ReadEntry) -> int | None:
        """Return what a row is about, if it was given out and says so still; else it is refused."""
        issued = self._sheet.keys.get(row.key)
        if issued is None:
            self.refuse(row, "number", "sheet.row-unknown")
        elif row.key in self._twice:
            self.refuse(row, "number", "sheet.row-twice")
        elif row.number != issued:
            self.refuse(row, "number", "sheet.number-changed", issued=issued)
        else:
            key = int(row.key.partition("-")[0])
            if row_key(self._programme_id, self._person_id, key, row.number, row.name) == row.key:
                return key
            self.refuse(row, "name", "sheet.name-changed")
        return None

    def points_of(self, row: ReadEntry) -> dict[int, int] | None:
        """Return the points of a row; the first one that cannot be read refuses the row."""
        points: dict[int, int] = {}
        for key, name, most, _weight in self._sheet.criteria:
            text = half_width(row.points[key])
            if not text:
                continue
            if _WHOLE.fullmatch(text) is None:  # int() alone would read "1_0" as ten
                self.refuse(row, f"points-{key}", "sheet.points-unreadable", criterion=name, text=text)
                return None
            number = int(text)
            if not 0 <= number <= most:
                self.refuse(row, f"points-{key}", "sheet.points-range", criterion=name, most=most)
                return None
            points[key] = number
        return points


def refuse_foreign(session: Session, programme_id: int, sheet: ReadSheet, *, kind: str) -> None:
    """Refuse a sheet of another programme, or of another part of the selection.

    Raises:
        NotFoundError: ``programme.none``.
        RuleError: ``sheet.other-programme`` or ``sheet.other-kind``.
    """
    stated = sheet.about["programme"]
    programme = session.get(Programme, programme_id)
    title = stated[1] if len(stated) > 1 else ""
    if programme is None:
        raise NotFoundError("programme.none")
    if int(stated[0]) != programme.id or title != programme.title:
        raise RuleError("sheet.other-programme", title=title)
    if sheet.about.get(KIND, ("",))[0] != kind:
        raise RuleError("sheet.other-kind")

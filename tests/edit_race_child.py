"""One of two programs that edit the same people: reads, types, saves, and chooses where both typed."""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import replace
from functools import partial
from typing import Any, Final

from fujisawa_desktop.errors import AppError
from fujisawa_desktop.models.database import Database, open_database
from fujisawa_desktop.services.applicants import ApplicantForm, applicant_form, save_applicant
from fujisawa_desktop.services.conflicts import CHANGED, RowOf, Side, compare

TYPING_SECONDS: Final = 0.05
FIELDS: Final = ("note", "address", "faculty")


class Clerk:
    """Keeps an account of every save: which value stood where it wrote, as far as it knew."""

    def __init__(self, database: Database, actor: str, seed: int) -> None:
        self._database = database
        self._actor = actor
        self._draws = random.Random(seed)
        self.saves: list[dict[str, Any]] = []
        self.conflicts = 0
        self.blind = 0
        self.other: list[str] = []

    def edit(self, number: int, people: list[int]) -> None:
        """Type something into a field of somebody, until it is stored or given up for theirs."""
        person, field = self._draws.choice(people), self._draws.choice(FIELDS)
        base = applicant_form(self._database, person)
        time.sleep(self._draws.uniform(0, TYPING_SECONDS))  # what is read grows old while one types
        mine = replace(base, **{field: f"{self._actor}-{number}"})
        while True:
            try:
                change = save_applicant(self._database, form=mine, actor=self._actor)
            except AppError as error:
                if error.code != CHANGED:
                    self.other.append(error.code)
                    return
                base, mine = self._settle(base, mine)
                continue
            if change.seq is not None:
                self.saves.append(
                    {"seq": change.seq, "row": person, "saw": {name: getattr(base, name) for name in FIELDS}}
                )
            return

    def _settle(self, base: ApplicantForm, mine: ApplicantForm) -> tuple[ApplicantForm, ApplicantForm]:
        """Choose by lot between the two values of each field that both changed."""
        self.conflicts += 1
        person = base.applicant_id
        found = compare(
            self._database,
            base=base,
            mine=mine,
            read=partial(applicant_form, applicant_id=person),
            row=RowOf("applicant", person),
        )
        shown = {pair.name for pair in found.pairs}
        differ = {
            name
            for name in FIELDS
            if getattr(found.theirs, name) != getattr(base, name)
            and getattr(found.theirs, name) != getattr(mine, name)
        }
        self.blind += len(differ - shown) + sum(pair.hand is None for pair in found.clashes)
        chosen = {pair.name: self._draws.choice(list(Side)) for pair in found.clashes}
        return found.theirs, found.settled(chosen)


def main() -> None:
    """Edit as often as told, from the moment a line comes, and say what came of it."""
    address, actor, seed, count, *people = sys.argv[1:]
    database = open_database(address)
    clerk = Clerk(database, actor, int(seed))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(int(count)):
        clerk.edit(number, [int(one) for one in people])
    database.dispose()
    told = {name: getattr(clerk, name) for name in ("saves", "conflicts", "blind", "other")}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()

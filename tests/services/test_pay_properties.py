"""Random months: the days are the month, no way of typing changes the pay, and all totals agree.

A thousand of them: ``python -m tests.endurance months --count 1000``.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fujisawa_desktop.models.database import Database
from tests.month_lottery import Lottery
from tests.month_play import Tally, play


@pytest.mark.parametrize("seed", range(12))
def test_random_months_hold_from_the_first_cell_to_the_last_payment(
    database: Database, programme_id: int, tmp_path: Path, seed: int
) -> None:
    tally = Tally()
    play(Lottery.drawn(database, programme_id, Random(seed)), tmp_path, tally)
    assert tally.months >= 2  # everybody may have left before the third

"""Doubles and lookalikes of which the truth is known; the same figures as ``tests.benchmarks duplicates``."""

from __future__ import annotations

from collections import Counter

import pytest

from fujisawa_desktop.exchange.sample_files import sample_files
from tests.benchmarks.likeness import judged, portals, samples
from tests.doubled_people import APART, SAME, crowd
from tests.exchange.test_sample_files import PROGRAMME


def test_every_double_of_the_samples_is_suspected_and_nobody_else() -> None:
    people = samples()
    assert len(people.same) >= 30
    found = judged(people)
    assert (found.recall, found.precision, found.sure_but_wrong, found.apart) == (1.0, 1.0, 0, 0)


@pytest.mark.parametrize("seed", [11, 12, 13, 14, 15, 16])
def test_doubles_are_found_and_lookalikes_left_alone(seed: int) -> None:
    people = crowd(1_300, seed)
    assert set(people.same.values()) == {name for name, _twist in SAME}
    assert set(people.apart.values()) == {name for name, _twist in APART}
    found = judged(people)
    assert found.missed == Counter()
    assert found.apart == 0
    assert found.sure_but_wrong == 0
    assert found.precision >= 0.97


@pytest.mark.parametrize("seed", [21, 22, 23, 24, 25])
def test_generated_portals_are_judged_like_the_shipped_ones(seed: int) -> None:
    found = judged(portals(sample_files(PROGRAMME, applicants=400, seed=seed)))
    assert (found.recall, found.sure_but_wrong, found.apart) == (1.0, 0, 0)
    assert found.precision >= 0.95

"""Every use-case that writes, with a fault at some of its calls; at all: ``tests.endurance faults``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.act_scenes import RETURNS, SCENES, UNSWEPT
from tests.entry_counts import CHANGING, EXPORTS, miscounted
from tests.fault_run import ROOT, sweep
from tests.seen_scenes import ADDS, CHANGED, ELSEWHERE, OWN_WORDS, SEEN, STANDS, unnoticed
from tests.write_acts import exporters, write_acts

PARTS = 4
pytestmark = pytest.mark.file_only("the calls of SQLite's driver are counted")


def test_no_use_case_that_writes_is_forgotten() -> None:
    known = {*SCENES, *UNSWEPT}
    unknown = [name for name in write_acts() if name not in known]
    assert not unknown, "name a test that calls each in tests/act_scenes.py"


@pytest.mark.parametrize("part", range(PARTS))
def test_a_fault_leaves_all_as_before_or_done(part: int, tmp_path: Path) -> None:
    files = sorted({test.split("::")[0] for test in SCENES.values()})[part::PARTS]
    names = [name for name, test in SCENES.items() if test.split("::")[0] in files]
    swept = sweep(names, tmp_path, samples=3)
    assert set(names) == set(swept)
    assert {name: one["broken"] for name, one in swept.items() if one["broken"]} == {}
    assert all(one["before"] for one in swept.values())
    assert [told for name, one in swept.items() if (told := miscounted(name, one["entries"]))] == []
    assert [told for name, one in swept.items() if (told := unnoticed(name, one["meanwhile"]))] == []
    out = exporters() & swept.keys()
    assert {name: swept[name]["entries"] for name in out if not EXPORTS & {*swept[name]["entries"]}} == {}


def test_what_somebody_else_changed_since_it_was_seen_is_asked_about(tmp_path: Path) -> None:
    swept = sweep(list(SEEN), tmp_path, samples=0, scenes=SEEN)
    assert {name: one["meanwhile"]["refused"] for name, one in swept.items()} == dict.fromkeys(SEEN, CHANGED)


def test_reasons_are_of_use_cases_that_there_are() -> None:
    named = [
        *SEEN,
        *ELSEWHERE,
        *OWN_WORDS,
        *(name for table in (ADDS, STANDS) for names in table.values() for name in names),
    ]
    assert sorted({*named}) == sorted(named), "one place for each"
    assert {*named} <= {*write_acts()}
    assert {test.split("::")[0] for test in ELSEWHERE.values()} <= {
        str(path.relative_to(ROOT)) for path in ROOT.glob("tests/services/test_*.py")
    }


def test_a_fault_in_a_return_across_keys_leaves_a_file_that_its_key_opens(tmp_path: Path) -> None:
    swept = sweep(list(RETURNS), tmp_path, samples=3, scenes=RETURNS)
    assert set(RETURNS) == set(swept)
    assert {name: one["broken"] for name, one in swept.items() if one["broken"]} == {}
    assert all(one["before"] for one in swept.values())


def test_what_changes_something_leaves_one_entry(tmp_path: Path) -> None:
    swept = sweep(list(CHANGING), tmp_path, samples=0, scenes=CHANGING)
    assert {name: one["entries"] for name, one in swept.items()} == {name: ["act"] for name in CHANGING}

"""A few kills of each great act in every run; five hundred take ``python -m tests.endurance kills``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kill_scenes import SCENES
from tests.kills import killer

pytestmark = pytest.mark.file_only(
    "a program is killed while it writes to a file; a server looks after its own"
)


def test_whatever_is_killed_is_as_before_or_done_at_the_next_start(tmp_path: Path) -> None:
    with killer(tmp_path, seed=7) as kills:
        for name in SCENES:
            kills.kill(name, share=0.5, at_call=True)
            kills.kill(name, share=1.0, at_call=True)
            kills.kill(name, share=kills.random.random(), at_call=False)
    assert {name: tally.kills for name, tally in kills.tallies.items()} == dict.fromkeys(SCENES, 3)

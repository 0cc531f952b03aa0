"""Names of files made of any texts."""

from __future__ import annotations

from tests.hostile.test_file_names import names_hold

COUNT = 10_000


def run(count: int, seed: int) -> list[str]:
    """Make that many names; return what was proven."""
    del seed  # Hypothesis draws its own
    names_hold(count)
    return [f"{count:,} names: each inside its folder, composed, no device, nothing unseen, at most 120 long"]

"""A flag says by its colour whether somebody still has to look."""

from __future__ import annotations

import pytest

from fujisawa_desktop.i18n import set_language
from fujisawa_desktop.services.rulings import FlagVerdict
from fujisawa_desktop.views.flag_pills import flag_pill, flag_pills


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def test_who_is_out_asks_for_no_look() -> None:
    (late, tone), (out, other) = flag_pills(("late", "withdrawn"), ("withdrawn",))
    assert (tone, other) == ("caution", "wrong")
    assert out.endswith(": out")
    assert late == flag_pill("late")[0]
    assert flag_pill("late", FlagVerdict.WAIVED)[1] == "neutral"

from __future__ import annotations

import pytest

from fujisawa_desktop import texts
from fujisawa_desktop.services.paper_kinds import PaperKind


@pytest.mark.parametrize("family", ["kind", "wording"])
def test_every_paper_has_a_name_wherever_it_is_listed(family: str) -> None:
    assert not [kind.value for kind in PaperKind if texts.term(family, kind.value) == kind.value]

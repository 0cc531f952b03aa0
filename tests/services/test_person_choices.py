from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.services.person_choices import CHOICES, COLUMNS, differing, merged, suggested

VALUES = st.fixed_dictionaries(
    {
        name: st.sampled_from(["", "一", "二", "髙橋", "高橋"])
        if name != "name_official"
        else st.sampled_from([None, "髙橋"])
        for name in COLUMNS
    }
)
TAKEN = st.frozensets(st.sampled_from(sorted(CHOICES)))


@given(VALUES, VALUES, TAKEN)
def test_every_field_comes_whole_from_one_of_the_two_and_no_note_is_lost(
    kept: dict[str, Any], gone: dict[str, Any], taken: frozenset[str]
) -> None:
    one = merged(kept, gone, taken)
    for choice, columns in CHOICES.items():
        source = gone if choice in taken else kept
        assert {name: one[name] for name in columns} == {name: source[name] for name in columns}
    assert kept["note"] in one["note"]
    assert gone["note"] in one["note"]
    assert merged(kept, kept, taken) == kept


@given(VALUES, VALUES)
def test_only_what_differs_is_suggested_and_never_an_emptier_value(
    kept: dict[str, Any], gone: dict[str, Any]
) -> None:
    better = suggested(kept, gone)
    assert better <= set(differing(kept, gone))
    assert suggested(kept, kept) == frozenset()
    for choice in better - {"name"}:
        assert all(gone[name] for name in CHOICES[choice] if kept[name])

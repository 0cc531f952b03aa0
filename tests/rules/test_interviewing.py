"""Who sits on a panel, tried against every way of seating, and what an address of a meeting is."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujisawa_desktop.errors import ValidationError
from fujisawa_desktop.rules.interviewing import missing_roles, seats_of, takes_a_seat, tidy_url

ROLES = st.sampled_from(["", "職員課", "受入部署", "室"])


def fewest_empty(panel: tuple[str, ...], roles: tuple[str, ...]) -> int:
    """Return how many seats stay empty at least, by trying every way of sitting down."""
    people: tuple[str | None, ...] = (*roles, *[None] * len(panel))
    return min(
        sum(not (role is not None and seat in {"", role}) for seat, role in zip(panel, way, strict=False))
        for way in permutations(people, len(panel))
    )


@given(st.lists(ROLES, max_size=3), st.lists(ROLES, max_size=3))
def test_no_way_of_seating_leaves_fewer_seats_empty(panel: list[str], roles: list[str]) -> None:
    missing = missing_roles(panel, roles)
    seats = seats_of(panel)
    assert len(missing) == fewest_empty(seats, tuple(roles))
    assert all(missing.count(role) <= seats.count(role) for role in missing)
    filled = [*roles, *missing]
    assert missing_roles(panel, filled) == ()


@given(st.lists(ROLES, max_size=3), ROLES)
def test_who_has_a_seat_fills_one(panel: list[str], role: str) -> None:
    fills = len(missing_roles(panel, [role])) < len(missing_roles(panel, []))
    assert takes_a_seat(panel, role) is fills


def test_without_a_panel_anybody_alone_is_enough() -> None:
    assert missing_roles((), ["受入部署"]) == ()
    assert missing_roles((), []) == ("",)


@pytest.mark.parametrize(
    "address",
    [
        "https://meet.example.jp",
        "https://zoom.example.com:8443/j/9?pwd=a%20b#top",
        "HTTPS://会議.例え.jp/部屋",
    ],
)
def test_a_whole_address_is_kept_as_it_is(address: str) -> None:
    assert tidy_url(f"  {address}\n", field="url") == address


def test_no_address_is_none() -> None:
    assert tidy_url(" \u3000", field="url") == ""


@given(st.text(max_size=30))
def test_no_text_that_is_no_address_gets_through(text: str) -> None:
    with suppress(ValidationError):
        kept = tidy_url(text, field="url")
        assert kept == "" or kept.lower().startswith("https://")

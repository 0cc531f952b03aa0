"""Pages as pixels: whole for the screen, in bands for the printer, from several threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from fujisawa_desktop.views.papers.page_pictures import PdfPages
from fujisawa_desktop.views.papers.warming import warm_up

SHADE = 64
"""Of 255: how far the soft edge of a letter may differ where a band cuts through it; a row too far is 255."""


@pytest.mark.parametrize(("scale", "rows"), [(1.0, 100), (600 / 72, 700), (1.37, 333), (2.0, 10_000)])
def test_bands_are_the_whole_page_in_pieces(opened: Any, scale: float, rows: int) -> None:
    pdf = opened("first-result", numbers=["101"]).draft.pdf
    with PdfPages(pdf) as pages:
        whole = pages.image(0, scale)
        bands = list(pages.bands(0, scale, rows))
    assert [top for top, _band in bands] == list(range(0, whole.height, rows))
    assert all(band.height <= rows for _top, band in bands)
    assert {band.width for _top, band in bands} == {whole.width}
    joined = np.frombuffer(b"".join(band.pixels for _top, band in bands), np.uint8).astype(int)
    drawn = np.frombuffer(whole.pixels, np.uint8)
    assert joined.shape == drawn.shape
    assert np.abs(joined - drawn).max() <= SHADE


def test_a_worker_draws_while_the_window_turns_its_pages(opened: Any) -> None:
    pdf = opened("first-result").draft.pdf
    with PdfPages(pdf) as pages:
        wanted = [pages.image(number, 0.5) for number in range(3)]

    def draw(_round: int) -> bool:
        with PdfPages(pdf) as own:
            return [own.image(number, 0.5) for number in range(len(own))] == wanted

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(draw, range(16)))


def test_what_the_first_page_needs_is_loaded_beforehand(
    database: Any, programme_id: int, decided: None
) -> None:
    before = database.path.read_bytes()
    warm_up(database, programme_id=programme_id)
    assert database.path.read_bytes() == before

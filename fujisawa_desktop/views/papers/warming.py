"""Loading what the first paper needs before anybody asks for one: its page then stands at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fujisawa_desktop.services.paper_warmth import get_ready
from fujisawa_desktop.views.papers.page_pictures import PdfPages

if TYPE_CHECKING:
    from fujisawa_desktop.models.database import Database


def warm_up(database: Database, *, programme_id: int) -> None:
    """Make a page and draw it once; for a worker, while nobody waits.

    Raises:
        NotFoundError: ``programme.none``.
        InputFileError: the wording of a letter is broken.
    """
    with PdfPages(get_ready(database, programme_id=programme_id)) as pages:
        pages.image(0, 1.0)

"""From the click to the drawn first page of a preview, in a process that has made no paper yet.

The list of applicants is loaded and the database open, as in the window; ``ready`` loads beforehand
what papers need.
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path

from fujisawa_desktop.services.applicant_list import ListQuery, list_count
from fujisawa_desktop.services.databases import opened
from fujisawa_desktop.services.programmes import current_programme_id


def draw(pdf: bytes) -> None:
    """Draw the first page as the preview does."""
    pages = import_module("fujisawa_desktop.views.papers.page_pictures").PdfPages(pdf)
    with pages:
        pages.image(0, 1.0)


file, kind, is_ready = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "ready"
with opened(file) as database:
    programme_id = current_programme_id(database)
    list_count(database, ListQuery(programme_id))
    import_module("fujisawa_desktop.views.applicants.tab")
    if is_ready:
        warmth = import_module("fujisawa_desktop.services.paper_warmth")
        draw(warmth.get_ready(database, programme_id=programme_id))
    start = time.perf_counter()
    papers = import_module("fujisawa_desktop.services.papers")
    draw(papers.make_papers(database, programme_id=programme_id, kind=kind, first=1).pdf)
    seconds = time.perf_counter() - start
sys.stdout.write(json.dumps({"seconds": seconds}) + "\n")

"""Papers as they will be printed: preview, printer, file; and what was issued."""

from __future__ import annotations

from fujisawa_desktop.views.papers.beginning import begin_papers
from fujisawa_desktop.views.papers.doors import open_papers, open_records
from fujisawa_desktop.views.papers.paper_window import PaperWindow
from fujisawa_desktop.views.papers.wording_window import WordingWindow, open_wording

__all__ = [
    "PaperWindow",
    "WordingWindow",
    "begin_papers",
    "open_papers",
    "open_records",
    "open_wording",
]

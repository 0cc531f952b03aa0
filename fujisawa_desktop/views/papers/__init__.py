"""Papers as they will be printed: preview, printer, file; and what was issued."""

from __future__ import annotations

from fujisawa_desktop.views.papers.doors import open_papers, open_records
from fujisawa_desktop.views.papers.paper_window import PaperWindow

__all__ = ["PaperWindow", "open_papers", "open_records"]

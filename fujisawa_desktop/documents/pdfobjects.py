"""Objects of a PDF that are written without ReportLab's dictionaries."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class Written(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab has no types
    """An object of the file that is written already; pages are too many for ReportLab's dictionaries."""

    def __init__(self, written: bytes) -> None:
        """Keep it."""
        self._written = written

    def format(self, _document: Any) -> bytes:
        """Return it."""
        return self._written


def place(document: Any, reference: Any) -> str:
    """Return how other objects point at an object: ``12 0 R``."""
    place: bytes = reference.format(document)
    return place.decode("ascii")

"""A finished page, and how it comes into the file.

A file has thousands of pages and a page is always written the same way, so that they are spared
the dictionaries of ReportLab, which take a third of the time of a long run.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc


class _Written(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab has no types
    """An object of the file that is written already."""

    def __init__(self, written: bytes) -> None:
        self._written = written

    def format(self, _document: Any) -> bytes:
        return self._written


class BoundPage(NamedTuple):
    """A finished page: its size in points, and its compressed description."""

    width: float
    height: float
    content: bytes

    def bind(self, document: Any, resources: Any) -> Any:
        """Add the page to a document of ReportLab, with resources shared by all; return where it stands."""
        length = len(self.content)
        stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (length, self.content)
        entries = (
            "/Type /Page",
            f"/Parent {_place(document, document.Reference(document.Pages))}",
            f"/MediaBox [0 0 {self.width:.4f} {self.height:.4f}]",
            f"/Resources {_place(document, resources)}",
            f"/Contents {_place(document, document.Reference(_Written(stream)))}",
        )
        reference = document.thisPageRef()
        document.addPage(_Written(f"<< {' '.join(entries)} >>".encode("ascii")))
        return reference


def _place(document: Any, reference: Any) -> str:
    """Return how other objects point at an object: ``12 0 R``."""
    place: bytes = reference.format(document)
    return place.decode("ascii")

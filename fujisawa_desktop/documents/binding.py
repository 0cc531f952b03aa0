"""How finished pages become a PDF file: what it says about itself, its pages, QR codes and outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

from fujisawa_desktop.documents import qr
from fujisawa_desktop.documents.characters import clean_line
from fujisawa_desktop.documents.metadata import PROGRAM, xmp
from fujisawa_desktop.documents.specs import Job, Owner


class Bound(NamedTuple):
    """A finished page."""

    width: float
    height: float
    content: bytes


class _Written(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab has no types
    """An object of the file that is written already; pages are too many for ReportLab's dictionaries."""

    def __init__(self, written: bytes) -> None:
        self._written = written

    def format(self, _document: Any) -> bytes:
        return self._written


def _place(document: Any, reference: Any) -> str:
    """Return how other objects point at an object: ``12 0 R``."""
    place: bytes = reference.format(document)
    return place.decode("ascii")


def describe(document: Any, job: Job, pages: Iterable[Bound]) -> None:
    """Write what the file says about itself, and how it wants to be shown."""
    stamp = f"D:{job.made_at:%Y%m%d%H%M%S}"
    document.setTitle(clean_line(job.title))
    document.setAuthor(clean_line(job.author))
    document.setSubject(clean_line(job.subject))
    document.setCreator(PROGRAM)
    document.setDateFormatter(lambda *_: stamp)
    packet = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
    document.Catalog.Metadata = pdfdoc.PDFStream(packet, content=xmp(job), filters=[])
    # Paper geometry is exact (envelope windows, binding edge): viewers must not scale it.
    document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary(
        {"DisplayDocTitle": "true", "PrintScaling": "/None"}
    )
    for page in pages:
        document.updateSignature(page.content)


def bind(document: Any, bound: Bound, resources: Any) -> Any:
    """Add a page to the file and return the reference to it."""
    length = len(bound.content)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (length, bound.content)
    entries = (
        "/Type /Page",
        f"/Parent {_place(document, document.Reference(document.Pages))}",
        f"/MediaBox [0 0 {bound.width:.4f} {bound.height:.4f}]",
        f"/Resources {_place(document, resources)}",
        f"/Contents {_place(document, document.Reference(_Written(stream)))}",
    )
    reference = document.thisPageRef()
    document.addPage(_Written(f"<< {' '.join(entries)} >>".encode("ascii")))
    return reference


def code_forms(document: Any, forms: Mapping[tuple[str, float, qr.Level], str]) -> Any:
    """Return the QR codes that pages show, by their names."""
    entries = {}
    for (text, side, level), name in forms.items():
        header = {
            "Type": "/XObject",
            "Subtype": "/Form",
            "FormType": 1,
            "BBox": pdfdoc.PDFArray((0, 0, side, side)),
        }
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(header), qr.operators(text, side, level), [pdfdoc.PDFZCompress]
        )
        entries[name] = document.Reference(stream)
    return pdfdoc.PDFDictionary(entries)


def list_owners(
    document: Any, owners: Sequence[Owner], pages: Sequence[Bound], references: Sequence[Any]
) -> None:
    """List the people beside the pages, one entry each."""
    entries, titles = [], {}
    for number, (owner, page) in enumerate(zip(owners, references, strict=True)):
        if number and owners[number - 1] == owner:
            continue
        key = f"owner{number}"
        titles[key] = clean_line(owner.label) or "―"
        entries.append({key: pdfdoc.PDFArray((page, "/XYZ", 0, pages[number].height, 0))})
    if entries:
        document.outline.destinationnamestotitles = titles
        document.outline.setDestinations(entries)
    if len(entries) > 1:
        document.Catalog.showOutline()

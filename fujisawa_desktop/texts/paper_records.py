"""Words about making, checking and issuing papers, and about what was issued."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.i18n import N_

TERMS: Final[dict[str, dict[str, str]]] = {
    "audience": {
        "everybody": N_("Everybody it is for"),
        "pass": N_("Those who passed"),
        "reserve": N_("The reserves"),
        "fail": N_("Those who failed"),
        "not-told": N_("Those not sent it yet"),
    },
    "remark": {
        "address-missing": N_("the address is missing"),
        "again": N_("was issued before"),
        "outdated": N_("printed as computed; the hours or terms were changed since: compute the pay again"),
        "not-stated": N_("these amounts are not computed yet: compute the pay before this leaves the office"),
    },
    "list": {"document-numbers": N_("Ledger of document numbers"), "issued-papers": N_("Issued papers")},
    "list-column": {
        "document_number": N_("Document number"),
        "first_number": N_("First number"),
        "last_number": N_("Last number"),
        "number_use": N_("What became of it"),
        "paper_kind": N_("Paper"),
        "about": N_("Subject"),
        "dated": N_("Dated"),
        "papers": N_("Papers"),
        "entered_at": N_("Entered at"),
        "entered_by": N_("Entered by"),
        "reason": N_("Reason"),
        "issued_at": N_("Issued at"),
        "issued_by": N_("Issued by"),
        "page_count": N_("Pages"),
        "correction": N_("Correction"),
    },
    "correction": {
        "corrects": N_("corrects another"),
        "corrected": N_("corrected since"),
        "copy": N_("another copy"),
    },
}

"""All that is asked and done about applicants, by one name."""

from __future__ import annotations

from fujisawa_desktop.services.applicant_details import (
    ApplicantDetails,
    ApplicantForm,
    OtherEntry,
    applicant_form,
    details,
    save_applicant,
)
from fujisawa_desktop.services.applicant_list import (
    ApplicantRow,
    FacetCounts,
    FirstPage,
    PendingResult,
    best_status,
    facet_counts,
    first_page,
    list_count,
    list_ids,
    list_page,
    rows_of,
)
from fujisawa_desktop.services.applicant_query import FLAGS, SORTS, ListQuery
from fujisawa_desktop.services.application_views import ApplicationView, DecisionView, ReplyView
from fujisawa_desktop.services.doubts import SuspicionView, mark_different, mark_open
from fujisawa_desktop.services.list_export import list_export
from fujisawa_desktop.services.search_memory import WORTH_FROM, remember_keys

__all__ = [
    "FLAGS",
    "SORTS",
    "WORTH_FROM",
    "ApplicantDetails",
    "ApplicantForm",
    "ApplicantRow",
    "ApplicationView",
    "DecisionView",
    "FacetCounts",
    "FirstPage",
    "ListQuery",
    "OtherEntry",
    "PendingResult",
    "ReplyView",
    "SuspicionView",
    "applicant_form",
    "best_status",
    "details",
    "facet_counts",
    "first_page",
    "list_count",
    "list_export",
    "list_ids",
    "list_page",
    "mark_different",
    "mark_open",
    "remember_keys",
    "rows_of",
    "save_applicant",
]

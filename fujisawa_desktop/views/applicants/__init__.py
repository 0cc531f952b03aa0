"""応募者一覧: the people who applied, who they are, and what is decided about them."""

from __future__ import annotations

from fujisawa_desktop.views.applicants.tab import ApplicantsTab

__all__ = ["ApplicantsTab"]

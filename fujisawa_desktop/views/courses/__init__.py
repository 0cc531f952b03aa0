"""コース: what each host department offers, and how many may come."""

from __future__ import annotations

from fujisawa_desktop.views.courses.tab import CoursesTab

__all__ = ["CoursesTab"]

"""面接カレンダー: who is interviewed when and by whom."""

from __future__ import annotations

from fujisawa_desktop.views.interviews.tab import InterviewsTab

__all__ = ["InterviewsTab"]

"""1次選考の採点: reading and scoring entries, the ranking, score sheets."""

from __future__ import annotations

from fujisawa_desktop.views.screening.screening_window import ScreeningWindow, open_screening

__all__ = ["ScreeningWindow", "open_screening"]

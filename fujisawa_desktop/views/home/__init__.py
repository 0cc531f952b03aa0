"""ホーム: where the year stands and what to do next."""

from __future__ import annotations

from fujisawa_desktop.views.home.tab import HomeTab

__all__ = ["HomeTab"]

"""The tab 勤務時間・報酬: the month's grid, its pay, and how each amount came about."""

from __future__ import annotations

from fujisawa_desktop.views.payroll.tab import PayrollTab

__all__ = ["PayrollTab"]

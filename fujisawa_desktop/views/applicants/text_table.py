"""The table of texts inside the dialogs of this tab; it lives with the shared widgets."""

from __future__ import annotations

from fujisawa_desktop.views.widgets.text_table import TextTableModel

__all__ = ["TextTableModel"]

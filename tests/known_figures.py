"""The figures that ship, for tests of rules that take figures as arguments."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.rules.dated_figures import Figures, figures_of
from fujisawa_desktop.services.figure_files import shipped_entries

FIGURES: Final[Figures] = figures_of(shipped_entries(), ())

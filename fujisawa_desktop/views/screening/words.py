"""Words and forms that all parts of the screening window share."""

from __future__ import annotations

from typing import Final

from fujisawa_desktop import texts
from fujisawa_desktop.i18n import _
from fujisawa_desktop.rules.screening import Line
from fujisawa_desktop.services.screening_core import ReviewState
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets import PillText

TONES: Final[dict[ReviewState | None, Tone]] = {
    None: "neutral",
    ReviewState.DRAFT: "caution",
    ReviewState.SKIPPED: "caution",
    ReviewState.DONE: "good",
    ReviewState.RECUSED: "key",
}


def points_text(hundredths: int | None) -> str:
    """Return 9250 as 92.50; nothing as a dash."""
    return "–" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


def state_word(state: ReviewState | None) -> str:
    """Return how far a reviewer is, in a word."""
    return texts.term("review_state", state or "none")


def state_pill(state: ReviewState | None, total: int | None = None) -> PillText:
    """Return the state as a pill, with the total of a done review."""
    word = state_word(state)
    if total is not None:
        word = f"{word} {points_text(total)}"
    return word, TONES[state]


def line_sentences(line: Line) -> list[str]:
    """Say in words where the line lies."""
    if line.rank_above is None:
        return [_("No line: there is nobody with points, or no place.")]
    if line.tied:
        return [
            _(
                "{tied} people share rank {rank}, and the line for {places} lies among them: "
                "{above} are surely above it. Who of them passes is for you to decide."
            ).format(tied=line.tied, rank=line.rank_above, places=line.places, above=line.above)
        ]
    if line.rank_below is None:
        return [_("All with points are above the line for {places}.").format(places=line.places)]
    return [
        _("The line for {places} lies between rank {above} and rank {below}.").format(
            places=line.places, above=line.rank_above, below=line.rank_below
        )
    ]

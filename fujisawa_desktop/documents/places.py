"""Where things stand on envelopes and in their windows, in millimetres from the upper left corner."""

from __future__ import annotations

from typing import Final

Box = tuple[float, float, float, float]
"""Left, top, width, height."""

WINDOW: Final[Box] = (20.0, 12.0, 85.0, 33.0)
"""The window of a 長形3号 envelope on an A4 sheet folded in three: 20 to 105 mm, 12 to 45 mm."""
WINDOW_RIGHT: Final = WINDOW[0] + WINDOW[2]
WINDOW_BOTTOM: Final = WINDOW[1] + WINDOW[3]
FOLD_TOLERANCE: Final = 3.0
"""How far a sheet may lie wrong in its envelope, in any direction."""
WINDOW_TEXT: Final[Box] = (25.0, 15.5, 76.5, 26.0)
"""The part of the window that the text keeps to; it begins where the margin of a letter ends."""

ENVELOPE_WIDTH: Final = 120.0
ENVELOPE_HEIGHT: Final = 235.0
"""長形3号."""
ENVELOPE_ADDRESS: Final[Box] = (16.0, 62.0, 90.0, 66.0)
_BOX_TOP: Final = 12.0
_BOX_WIDTH: Final = 5.7
_BOX_HEIGHT: Final = 8.0
_BOXES_LEFT: Final = ENVELOPE_WIDTH - 8.0 - 47.7
_BOX_STEPS: Final = (0.0, 7.0, 14.0, 21.6, 28.4, 35.2, 42.0)
"""Left edges of the seven boxes, from the first."""

MOST_SHIFT: Final = 10.0
"""A printer that is off by more than this is set up wrong."""


def postcode_boxes() -> tuple[Box, ...]:
    """Return the seven boxes of the postcode (郵便番号記入枠) of upright mail.

    The post office wants them 12 mm below the upper edge and 8 mm from the right one, 47.7 mm wide
    in all.
    """
    return tuple((_BOXES_LEFT + step, _BOX_TOP, _BOX_WIDTH, _BOX_HEIGHT) for step in _BOX_STEPS)


def kept(millimetres: float) -> float:
    """Return a correction within what is allowed."""
    return min(max(millimetres, -MOST_SHIFT), MOST_SHIFT)

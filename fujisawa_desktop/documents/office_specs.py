"""What goes on labels, envelopes and into their windows: frozen and finished, lengths in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import Owner, Shift


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom something is sent to, as it stands on the outside."""

    postcode: str
    """``251-8601``; empty when it is not known."""
    address: tuple[str, ...]
    """Rows: up to the block number, then the building."""
    name: str
    honorific: str
    reference: str = ""
    """A small number for the office; empty for none."""


@dataclass(frozen=True, slots=True)
class FaceGrid:
    """The faces of a sheet of labels, from its upper left corner."""

    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    step_x: float
    """From the left edge of a face to that of the next one."""
    step_y: float

    @property
    def count(self) -> int:
        """How many faces a sheet has."""
        return self.columns * self.rows

    def face(self, number: int) -> tuple[float, float]:
        """Return the upper left corner of a face; they count from 1, row after row."""
        row, column = divmod(number - 1, self.columns)
        return self.left + column * self.step_x, self.top + row * self.step_y


@dataclass(frozen=True, slots=True)
class LabelsSpec:
    """One sheet of labels; the faces before ``first`` are left empty."""

    owner: Owner
    grid: FaceGrid
    first: int
    people: tuple[Addressee, ...]
    shift: Shift
    framed: bool = False
    """Shows the edges of the faces, for the screen."""


@dataclass(frozen=True, slots=True)
class EnvelopeSpec:
    """One envelope 長形3号, set horizontally on the upright envelope."""

    owner: Owner
    addressee: Addressee
    boxed: bool
    """Draws the boxes of the postcode too, for envelopes that have none."""
    mark: str
    """親展."""
    sender: tuple[str, ...]
    shift: Shift


@dataclass(frozen=True, slots=True)
class WindowSpec:
    """A sheet that shows nothing but an address, in the window of an envelope."""

    owner: Owner
    addressee: Addressee
    shift: Shift
    framed: bool = False
    """Shows the edge of the window, for the screen."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a test page, from the upper left corner of the paper."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TrialSpec:
    """試し刷り: frames with their middle crossed, and rulers, to lay over the real paper."""

    owner: Owner
    width: float
    height: float
    frames: tuple[Frame, ...]
    shift: Shift
    title: str
    notes: tuple[str, ...]

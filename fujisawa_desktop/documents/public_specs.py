"""What the public papers say: press release, flyer, course sheet; frozen and finished as every spec."""

from __future__ import annotations

from dataclasses import dataclass

from fujisawa_desktop.documents.specs import Item, Owner


@dataclass(frozen=True, slots=True)
class WebCode:
    """A QR code with what stands beside it."""

    url: str
    """What it leads to; printed in clear beside it."""
    caption: str


@dataclass(frozen=True, slots=True)
class PublicContact:
    """Whom the readers may ask."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PressReleaseSpec:
    """記者発表資料."""

    owner: Owner
    city_hall: str
    heading: str
    date: str
    addressee: str
    headline: str
    lead: tuple[str, ...]
    outline_heading: str
    items: tuple[Item, ...]
    """◆ entries of the outline; lines may begin with a mark (①, ※, （例）) under which they hang."""
    code: WebCode | None
    contact: PublicContact | None
    absent: tuple[str, ...] = ()
    """Parts the paper should have and the programme does not say; the clerk is told of them."""


@dataclass(frozen=True, slots=True)
class FlyerCourse:
    """One course on the flyer."""

    name: str
    capacity: str
    paragraphs: tuple[str, ...]
    host: str


@dataclass(frozen=True, slots=True)
class FlyerSelection:
    """How people are chosen: the steps, and what each screening is."""

    heading: str
    steps_heading: str
    steps: tuple[str, ...]
    """Each with its number; what stands in 【】 at the end is set off."""
    contents_heading: str
    contents: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FlyerSpec:
    """チラシ: one page for a notice board."""

    owner: Owner
    banner: str
    title: str
    points: tuple[str, ...]
    outline: Item
    term: Item
    """The first line of term, pay and place stands large."""
    pay: Item
    place: Item
    courses_heading: str
    courses: tuple[FlyerCourse, ...]
    courses_note: str
    form: Item
    work: Item
    entry: Item
    selection: FlyerSelection
    code: WebCode | None
    contact: PublicContact | None
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseSheetSpec:
    """コース紹介資料 of one course; its figures are drawn from the texts (`documents.course_text`)."""

    owner: Owner
    title: str
    name: str
    host: str
    summary: Item
    background: Item
    initiatives: Item
    content_heading: str
    content: tuple[Item, ...]

"""The papers for everybody: press release, flyer, and one sheet for each course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fujisawa_desktop.documents.public_specs import (
    CourseSheetSpec,
    FlyerCourse,
    FlyerSelection,
    FlyerSpec,
    PressReleaseSpec,
    PublicContact,
    WebCode,
)
from fujisawa_desktop.documents.specs import Item, Owner
from fujisawa_desktop.errors import RuleError
from fujisawa_desktop.models import Course
from fujisawa_desktop.services.paper_kinds import PaperKind, PaperOrder, Sheet
from fujisawa_desktop.services.paper_wording import Wording
from fujisawa_desktop.services.programme_view import ContactRow, ProgrammeView
from fujisawa_desktop.services.public_values import contact_values, course_values, public_values


def usual_date(kind: PaperKind, programme: ProgrammeView, today: date) -> date:
    """Return the date a paper bears when nobody types one: a release that of the first day of entries."""
    return programme.entry_from if kind is PaperKind.PRESS_RELEASE else today


def press_releases(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return the press release of the programme.

    Raises:
        RuleError: ``papers.no-course``, ``papers.of-no-person``.
    """
    courses, words = _courses(session, order), order.words
    values = public_values(order, len(courses))
    contact, is_named = _contact(order.programme, "press", "notice")
    items = [_press_courses(words, courses, values)]
    items += [_item(part, values) for part in words.parts("items")]
    spec = PressReleaseSpec(
        owner=Owner("press-release", words.text("file_name")),
        city_hall=words.fill(words.text("city_hall"), values),
        heading=words.fill(words.text("heading"), values),
        date=words.fill(words.text("date"), values),
        addressee=words.fill(words.text("addressee"), values),
        headline=words.fill(words.text("headline"), values),
        lead=words.fill_all(words.texts("lead"), values),
        outline_heading=words.fill(words.text("outline_heading"), values),
        items=tuple(item for item in items if item.lines),
        code=_code(words, values),
        contact=_contact_block(words, contact, values),
        absent=_absent(words, order.programme, is_named=is_named),
    )
    return [Sheet(spec)]


def flyers(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return the flyer of the programme.

    Raises:
        RuleError: ``papers.no-course``, ``papers.of-no-person``.
    """
    courses, words = _courses(session, order), order.words
    values = public_values(order, len(courses))
    contact, is_named = _contact(order.programme, "notice", "press")
    selection = words.part("selection")
    spec = FlyerSpec(
        owner=Owner("flyer", words.text("file_name")),
        banner=words.fill(words.text("banner"), values),
        title=words.fill(words.text("title"), values),
        points=words.fill_all(words.texts("points"), values),
        **{
            name: _item(words.part(name), values)
            for name in ("outline", "term", "pay", "place", "form", "work", "entry")
        },
        courses_heading=words.fill(words.text("courses_heading"), values),
        courses=tuple(_flyer_course(words, course, values, at) for at, course in enumerate(courses, 1)),
        courses_note=words.fill(words.text("courses_note"), values),
        selection=FlyerSelection(
            heading=selection.fill(selection.text("heading"), values),
            steps_heading=selection.fill(selection.text("steps_heading"), values),
            steps=selection.fill_all(selection.texts("steps"), values),
            contents_heading=selection.fill(selection.text("contents_heading"), values),
            contents=tuple(_item(part, values) for part in selection.parts("contents")),
        ),
        code=_code(words, values),
        contact=_contact_block(words, contact, values),
        absent=_absent(words, order.programme, is_named=is_named),
    )
    return [Sheet(spec)]


def course_sheets(session: Session, order: PaperOrder) -> list[Sheet]:
    """Return one sheet for each course asked for, else for each public one.

    Raises:
        RuleError: ``papers.no-course``, ``papers.of-no-person``.
    """
    courses = _courses(session, order)
    values = public_values(order, len(courses))
    return [Sheet(_course_sheet(order.words, course, values, at)) for at, course in enumerate(courses, 1)]


def _courses(session: Session, order: PaperOrder) -> Sequence[Course]:
    """Return the courses the paper is about, in their order."""
    if order.numbers is not None:
        raise RuleError("papers.of-no-person", kind=order.kind)
    query = select(Course).where(Course.programme_id == order.programme.id)
    if order.course_ids is None:
        query = query.where(Course.published.is_(True))
    else:
        query = query.where(Course.id.in_(order.course_ids))
    found = session.scalars(query.order_by(Course.position, Course.id)).all()
    if not found:
        raise RuleError("papers.no-course", kind=order.kind)
    return found


def _item(part: Wording, values: Mapping[str, str]) -> Item:
    return Item(part.fill(part.text("heading"), values), part.fill_all(part.texts("lines"), values))


def _press_courses(words: Wording, courses: Sequence[Course], values: Mapping[str, str]) -> Item:
    lines: list[str] = []
    for number, course in enumerate(courses, 1):
        own = {**values, **course_values(course, number)}
        name, host = (words.fill(words.text(key), own) for key in ("course", "host_department"))
        lines += [line for line in (name, *course.tagline.splitlines(), host) if line.strip()]
    return Item(words.fill(words.text("courses_heading"), values), tuple(lines))


def _flyer_course(words: Wording, course: Course, values: Mapping[str, str], number: int) -> FlyerCourse:
    own = {**values, **course_values(course, number)}
    return FlyerCourse(
        name=words.fill(words.text("course"), own),
        capacity=words.fill(words.text("capacity"), own),
        paragraphs=_lines(course.flyer_text or course.summary or course.tagline),
        host=words.fill(words.text("host_department"), own),
    )


def _course_sheet(words: Wording, course: Course, values: Mapping[str, str], number: int) -> CourseSheetSpec:
    own = {**values, **course_values(course, number)}
    initiatives = _lines(course.initiatives)
    heading = words.fill(words.text("initiatives_heading"), own)
    if len(initiatives) > 1 and initiatives[0] and initiatives[0][-1] not in "。！？!?.":
        heading, initiatives = initiatives[0], initiatives[1:]
    content = {
        "contents_heading": _lines(course.contents),
        "host_heading": _lines(course.host_department),
        "wanted_heading": _lines(course.wanted),
        "duties_heading": _lines(course.duties),
    }
    return CourseSheetSpec(
        owner=Owner(f"course-{course.id}", course.name),
        title=words.fill(words.text("title"), own),
        name=words.fill(words.text("course"), own),
        host=words.fill(words.text("host_department"), own),
        summary=Item(words.fill(words.text("summary_heading"), own), _lines(course.summary)),
        background=Item(words.fill(words.text("background_heading"), own), _lines(course.background)),
        initiatives=Item(heading, initiatives),
        content_heading=words.fill(words.text("content_heading"), own),
        content=tuple(Item(words.fill(words.text(key), own), lines) for key, lines in content.items()),
    )


def _lines(text: str) -> tuple[str, ...]:
    """Return the lines a clerk typed, without blank ones at both ends."""
    return tuple(line.strip() for line in text.strip().splitlines())


def _code(words: Wording, values: Mapping[str, str]) -> WebCode | None:
    url = values["ホームページ"]
    return WebCode(url, words.fill(words.text("code_caption"), values)) if url else None


def _contact(programme: ProgrammeView, *uses: str) -> tuple[ContactRow, bool]:
    """Return whom to ask, of the first use the programme names somebody for, and whether it is the first.

    A programme that names nobody at all is answered for by its office.
    """
    for use in uses:
        row = next((contact for contact in programme.contacts if contact.use == use), None)
        if row is not None:
            return row, use == uses[0]
    return ContactRow(uses[0], f"{programme.municipality} {programme.office}", "", "", "", ""), False


def _contact_block(words: Wording, contact: ContactRow, values: Mapping[str, str]) -> PublicContact | None:
    own = {**values, **contact_values(contact)}
    lines = words.fill_all(words.texts("contact_lines"), own)
    return PublicContact(words.fill(words.text("contact_heading"), own), lines) if lines else None


def _absent(words: Wording, programme: ProgrammeView, *, is_named: bool) -> tuple[str, ...]:
    """Return what the paper should have and the programme does not say."""
    found = [] if is_named else [words.text("contact_heading")]
    return (*found, *(() if programme.home_page_url else (words.text("code_caption"),)))

"""One applicant, written into the pane beside the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from fujisawa_desktop.i18n import N_, _, format_date, format_datetime
from fujisawa_desktop.rules.contact import format_phone, format_postcode
from fujisawa_desktop.rules.selection import Progress, Stage
from fujisawa_desktop.services.applicants import (
    ApplicantDetails,
    ApplicationView,
    DecisionView,
    OtherEntry,
    SuspicionView,
)
from fujisawa_desktop.services.application_places import PlaceView
from fujisawa_desktop.services.flag_views import FlagView
from fujisawa_desktop.services.notes import NoteView
from fujisawa_desktop.services.person_split import MergeView
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.applicants.person_parts import (
    flag_pills,
    history_lines,
    write_flag,
    write_merge,
    write_notes,
)
from fujisawa_desktop.views.applicants.words import (
    joined,
    month_text,
    pending_pill,
    points_text,
    reasons_text,
    result_text,
    school_text,
    short_moment,
    status_pill,
)
from fujisawa_desktop.views.flag_pills import flag_pill
from fujisawa_desktop.views.theme import Space
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    InlineNotice,
    LinkButton,
    PillText,
    RunningText,
    SecondaryButton,
    plain,
)
from fujisawa_desktop.views.widgets.flow import FlowLayout

_DIFFERENT: Final = "different"
DUPLICATE: Final = "duplicate"
_RESULT_LINES: Final = {
    (Stage.FIRST, True): N_("1st screening: {result} (announced {at})"),
    (Stage.FIRST, False): N_("1st screening: {result} (not announced yet)"),
    (Stage.FINAL, True): N_("Final screening: {result} (announced {at})"),
    (Stage.FINAL, False): N_("Final screening: {result} (not announced yet)"),
}


@dataclass(frozen=True, slots=True)
class PersonActs:
    """What the buttons of the pane do."""

    mark_different: Callable[[SuspicionView], object]
    mark_open: Callable[[SuspicionView], object]
    compare: Callable[[SuspicionView], object]
    go_to_entry: Callable[[int], object]
    waive: Callable[[FlagView], object]
    let_stand: Callable[[FlagView], object]
    reopen: Callable[[FlagView], object]
    split: Callable[[MergeView], object]
    new_note: Callable[[], object]
    edit_note: Callable[[NoteView], object]
    delete_note: Callable[[NoteView], object]
    read_entry: Callable[[], object]
    show_papers: Callable[[], object]


def write_person(
    pane: DetailsPane, person: ApplicantDetails, acts: PersonActs, *, read_only: bool
) -> dict[int, RunningText]:
    """Fill the pane from top to bottom: who it is, what is odd, how it stands, what was written.

    Returns:
        where the points of each application that has some stand, for the place that is found later.
    """
    pane.clear()
    pane.add_title(person.name, above=person.form.kana)
    pane.add_pills(_pills(person))
    for view in person.flag_views:
        write_flag(pane, view, acts, read_only=read_only)
    for suspicion in person.suspicions:
        _write_suspicion(pane, suspicion, acts, read_only=read_only)
    for merge in person.merges:
        write_merge(pane, merge, acts, read_only=read_only)
    if person.name != person.name_entered:
        pane.add_text(_("The portal has the name as {name}.").format(name=person.name_entered))
    pane.add_pairs(_facts(person))
    pane.add(_doors(acts))
    points: dict[int, RunningText] = {}
    for application in person.applications:
        _write_application(pane, application, points)
    for heading, text in person.answers:
        pane.add_heading(heading)
        pane.add_text(text)
    if person.form.note:
        pane.add_heading(_("Note"))
        pane.add_text(person.form.note)
    write_notes(pane, person.notes, acts, read_only=read_only)
    _write_others(pane, person.other_entries, acts)
    pane.add_heading(_("History"))
    pane.add_history(history_lines(person))
    return points


def points_line(score: int, place: PlaceView | None = None) -> str:
    """Return the points of the first screening, and the place once it is known."""
    if place is None:
        return _("Points of the 1st screening: {points}").format(points=points_text([score]))
    return _("Points of the 1st screening: {points} (place {rank} of {count})").format(
        points=points_text([score]), rank=f"{place.rank:,}", count=f"{place.ranked:,}"
    )


def _doors(acts: PersonActs) -> QWidget:
    """Return the ways to what else there is of a person; below each other where the pane is narrow."""
    doors = QWidget()
    flow = FlowLayout(doors, spacing=Space.S)
    flow.addWidget(SecondaryButton(_("Read the entry…"), acts.read_entry))
    flow.addWidget(SecondaryButton(_("Issued papers…"), acts.show_papers))
    return doors


def _pills(person: ApplicantDetails) -> list[PillText]:
    pills = [status_pill(one.status) for one in person.applications]
    pills += [
        (
            term("interview-progress", one.progress),
            "caution" if one.progress is Progress.ABSENT else "neutral",
        )
        for one in person.applications
        if one.progress is not None
    ]
    pills += [
        pending_pill(noted.stage, noted.result, noted.reserve_rank)
        for one in person.applications
        for noted in one.decisions
        if noted.announced_at is None
    ]
    pills = list(dict.fromkeys(pills))
    pills += [(application.course, "key") for application in person.applications]
    pills += flag_pills(person)
    pills += [flag_pill(flag) for flag in person.flags if flag == DUPLICATE]
    return pills


def _write_suspicion(
    pane: DetailsPane, suspicion: SuspicionView, acts: PersonActs, *, read_only: bool
) -> None:
    params = {
        "number": suspicion.number,
        "name": suspicion.name,
        "reasons": reasons_text(suspicion.reasons),
        "score": suspicion.score,
    }
    if suspicion.verdict.value == _DIFFERENT:
        notice = InlineNotice(
            _("Judged to be another person"),
            _("{number} {name}: alike in {reasons}.").format(**params),
            "neutral",
        )
        again = notice.add_button(_("Open the question again"), lambda: acts.mark_open(suspicion))
        again.setEnabled(not read_only)
        pane.add(notice)
        return
    notice = InlineNotice(
        _("These may be one person"),
        _("{number} {name}: alike in {reasons} (likeness {score} %).").format(**params),
        "caution",
    )
    notice.add_button(_("Compare"), lambda: acts.compare(suspicion))
    different = notice.add_button(_("Two people"), lambda: acts.mark_different(suspicion))
    different.setEnabled(not read_only)
    pane.add(notice)


def _facts(person: ApplicantDetails) -> list[tuple[str, str]]:
    form = person.form
    pairs = [
        (_("University"), joined_school(person)),
        (_("Graduation"), month_text(form.graduation)),
        (_("Telephone"), format_phone(form.phone)),
        (_("Mail"), form.mail),
        (
            _("Address"),
            f"〒{format_postcode(form.postcode)} {form.address}".strip() if form.postcode else form.address,
        ),
        (_("Born"), format_date(form.birth_date) if form.birth_date else ""),
        (_("Days possible"), joined(person.weekdays)),
        (_("Entry"), f"{term('source', person.source)} {person.number}"),
        (_("Received at"), format_datetime(person.received_at)),
        (_("State at the portal"), person.state_text),
        (_("About the characters"), form.character_note),
    ]
    return [(name, value) for name, value in pairs if value]


def joined_school(person: ApplicantDetails) -> str:
    """Return school, faculty, department and year in one line."""
    form = person.form
    return " ".join(
        part for part in (school_text(form.school, form.faculty), form.department, form.grade) if part
    )


def _write_application(
    pane: DetailsPane, application: ApplicationView, points: dict[int, RunningText]
) -> None:
    lines = [_decision_line(decision) for decision in application.decisions]
    lines += [
        _("{kind} on {at} {channel} {reason}")
        .format(
            kind=term("status", reply.kind),
            at=format_datetime(reply.replied_at),
            channel=reply.channel,
            reason=" ".join(filter(None, (term("withdrawal", reply.reason_code), reply.reason))),
        )
        .strip()
        for reply in application.replies
    ]
    if lines or application.score is not None:
        pane.add_heading(application.course)
    if application.score is not None:
        points[application.application_id] = shown = RunningText(points_line(application.score))
        pane.add(shown)
    for line in lines:
        pane.add_text(line)


def _decision_line(decision: DecisionView) -> str:
    line = _(_RESULT_LINES[decision.stage, decision.announced_at is not None])
    return line.format(
        result=result_text(decision.result, decision.reserve_rank),
        at=short_moment(decision.announced_at) if decision.announced_at else "",
    )


def _write_others(pane: DetailsPane, entries: Iterable[OtherEntry], acts: PersonActs) -> None:
    others = tuple(entries)
    if not others:
        return
    pane.add_heading(_("Other entries of this person"))
    for other in others:
        text = f"{term('source', other.source)} {other.number}　{short_moment(other.received_at)}"
        pane.add(LinkButton(plain(text), partial(acts.go_to_entry, other.entry_id)))

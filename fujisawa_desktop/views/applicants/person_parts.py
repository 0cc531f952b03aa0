"""Parts of the pane beside the list that a clerk decides in: flags, joined people, notes, history."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from fujisawa_desktop.i18n import _, format_date, format_datetime
from fujisawa_desktop.rules.contact import format_phone
from fujisawa_desktop.services.flag_views import FlagView
from fujisawa_desktop.services.notes import NoteKind, NoteView
from fujisawa_desktop.services.person_history import ValueChange
from fujisawa_desktop.services.person_split import MergeView
from fujisawa_desktop.services.rulings import FlagVerdict
from fujisawa_desktop.texts import label, message_for, term
from fujisawa_desktop.views.applicants.words import (
    field_word,
    joined,
    month_text,
    points_text,
    short_moment,
)
from fujisawa_desktop.views.flag_pills import flag_pill
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets import (
    DetailsPane,
    InlineNotice,
    LinkButton,
    Pill,
    PillText,
    RunningText,
    SecondaryButton,
    row,
)

if TYPE_CHECKING:
    from fujisawa_desktop.services.applicants import ApplicantDetails
    from fujisawa_desktop.views.applicants.person_view import PersonActs

_LONGEST: Final = 60
"""Letters of a value that a line of the history shows."""


def flag_pills(person: ApplicantDetails) -> list[PillText]:
    """Return the flags; one that is decided says how, one that is not asks."""
    return [_flag_pill(view) for view in person.flag_views]


def _flag_pill(view: FlagView) -> PillText:
    if view.ruling is None:
        return _("{flag}?").format(flag=term("flag", view.flag)), "caution"
    return flag_pill(view.flag, view.ruling.verdict)


def write_flag(pane: DetailsPane, view: FlagView, acts: PersonActs, *, read_only: bool) -> None:
    """Explain one flag where it is decided, with the buttons that decide it."""
    title, tone = _flag_title(view)
    notice = InlineNotice(title, "\n".join(_flag_lines(view)), tone)
    verdict = view.ruling.verdict if view.ruling is not None else None
    if verdict is not FlagVerdict.WAIVED:
        notice.add_button(_("Admit…"), partial(acts.waive, view)).setEnabled(not read_only)
    if verdict is not FlagVerdict.STANDS:
        notice.add_button(_("Keep out"), partial(acts.let_stand, view)).setEnabled(not read_only)
    if verdict is not None:
        notice.add_button(_("Undecided again"), partial(acts.reopen, view)).setEnabled(not read_only)
    pane.add(notice)


def _flag_title(view: FlagView) -> tuple[str, Tone]:
    word = term("flag", view.flag)
    if view.ruling is None:
        return _("{flag}: to be decided").format(flag=word), "caution"
    if view.ruling.verdict is FlagVerdict.STANDS:
        return _("{flag}: does not take part").format(flag=word), "wrong"
    return _("{flag}: takes part all the same").format(flag=word), "neutral"


def _flag_lines(view: FlagView) -> list[str]:
    lines = [message_for(view.code, view.params)]
    if view.ruling is not None:
        if view.ruling.reason:
            lines.append(_("Reason: {reason}").format(reason=view.ruling.reason))
        lines.append(f"{format_datetime(view.ruling.ruled_at)} {view.ruling.actor}")
    return lines


def write_merge(pane: DetailsPane, merge: MergeView, acts: PersonActs, *, read_only: bool) -> None:
    """Say who was joined with this person, with the way back."""
    notice = InlineNotice(
        _("Joined with {name}").format(name=merge.name),
        _("Entry {numbers}, joined {at} by {actor}.").format(
            numbers=joined(merge.numbers), at=format_datetime(merge.merged_at), actor=merge.actor
        ),
        "neutral",
    )
    notice.add_button(_("Split into two people"), partial(acts.split, merge)).setEnabled(not read_only)
    pane.add(notice)


def write_notes(pane: DetailsPane, notes: tuple[NoteView, ...], acts: PersonActs, *, read_only: bool) -> None:
    """Write the notes with what can be done with each, and the button for a new one."""
    pane.add_heading(_("Notes"))
    for note in notes:
        tone: Tone = "neutral" if note.kind is NoteKind.SHARED else "caution"
        line = row(Pill(term("note-kind", note.kind), tone), None)
        edit = LinkButton(_("Edit"), partial(acts.edit_note, note))
        delete = LinkButton(_("Delete"), partial(acts.delete_note, note))
        for button, act in ((edit, _("Edit this note")), (delete, _("Delete this note"))):
            button.setAccessibleName(act)
            button.setEnabled(not read_only)
            line.addWidget(button)
        pane.add_line(line)
        pane.add_text(note.text)
        pane.add(RunningText(f"{format_datetime(note.written_at)} {note.actor}", "neutral"))
    new = SecondaryButton(_("New note…"), acts.new_note)
    new.setEnabled(not read_only)
    pane.add_line(row(new, None))


def history_lines(person: ApplicantDetails) -> list[tuple[str, str]]:
    """Return when, what, who, and which values went from what to what."""
    lines = []
    for event in person.history:
        act = _("{act} ({actor})").format(act=label(event.label.code, event.label.params), actor=event.actor)
        lines.append((short_moment(event.at), "\n".join([act, *map(change_line, event.changes)])))
    received = _("Entry at {source}").format(source=term("source", person.source))
    return [*lines, (short_moment(person.received_at), received)]


def change_line(change: ValueChange) -> str:
    """Return one value before and after, in words."""
    key = f"{change.table}.{change.field}"
    word = term("history", key)
    if word == key:
        word = field_word(change.field)
    if change.old in {None, ""}:
        return _("{field}: {new}").format(field=word, new=_shown(change.field, change.new))
    return _("{field}: {old} → {new}").format(
        field=word, old=_shown(change.field, change.old), new=_shown(change.field, change.new)
    )


def _shown(field: str, value: object) -> str:
    if value is None or value == "":
        return _("(empty)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return format_datetime(value)
    if isinstance(value, date):
        return format_date(value)
    families = {"status": "status", "result": "result", "verdict": "verdict", "kind": "note-kind"}
    if field in families:
        return term(families[field], value)
    text = _text(field, str(value))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _text(field: str, value: str) -> str:
    """Return a value as the rest of the window writes it."""
    if field == "score":
        return points_text([int(value)])
    if field == "graduation":
        return month_text(value)
    return format_phone(value) if field == "phone" else " ".join(value.split())

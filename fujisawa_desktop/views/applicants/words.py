"""How states, decisions, marks and moments of an applicant are said in the list and beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from fujisawa_desktop.i18n import _, format_short_date
from fujisawa_desktop.rules.selection import ApplicationStatus, Progress, Result, Stage
from fujisawa_desktop.services.applicants import ApplicantRow
from fujisawa_desktop.services.file_columns import DAY, RAW
from fujisawa_desktop.services.rulings import FlagVerdict
from fujisawa_desktop.texts import term
from fujisawa_desktop.views.flag_pills import flag_pill
from fujisawa_desktop.views.theme import Tone
from fujisawa_desktop.views.widgets import PillText

_S = ApplicationStatus
_STATUS_TONES: Final[dict[ApplicationStatus, Tone]] = {
    _S.FIRST_PASSED: "good",
    _S.FINAL_PASSED: "good",
    _S.ACCEPTED: "good",
    _S.APPOINTED: "good",
    _S.FINAL_RESERVE: "caution",
}
FLAGS: Final = ("late", "withdrawn", "not-student", "disqualified", "duplicate")


def status_pill(status: ApplicationStatus) -> PillText:
    """Return the announced state."""
    return term("status", status), _STATUS_TONES.get(status, "neutral")


def result_text(result: Result, rank: int | None) -> str:
    """Return 合格, 不合格 or 補欠 with its rank."""
    word = term("result", result)
    if rank is None:
        return word
    return _("{result} no. {rank}").format(result=word, rank=rank)


def pending_pill(stage: Stage, result: Result, rank: int | None) -> PillText:
    """Return a decision that is noted but not announced."""
    word = result_text(result, rank)
    if stage is Stage.FIRST:
        return _("1st: {result}, to be announced").format(result=word), "key"
    return _("Final: {result}, to be announced").format(result=word), "key"


def state_pill(status: ApplicationStatus, progress: Iterable[Progress | None]) -> PillText:
    """Return the announced state; between the screenings it says how far the interview is."""
    word, tone = status_pill(status)
    known = list(dict.fromkeys(one for one in progress if one is not None))
    if status is not ApplicationStatus.FIRST_PASSED or not known:
        return word, tone
    said = joined(term("interview-progress", one) for one in known)
    return (
        _("{state}: {progress}").format(state=word, progress=said),
        "caution" if Progress.ABSENT in known else tone,
    )


def row_pills(row: ApplicantRow) -> list[PillText]:
    """Return everything the state column says about one entry.

    A noted result says by its screening which state the application is in, so it stands alone.
    """
    noted = {pending.application_id for pending in row.pending}
    states = [pending_pill(one.stage, one.result, one.reserve_rank) for one in row.pending]
    states = list(dict.fromkeys(states))
    if not noted.issuperset(row.application_ids) or not states:
        states.insert(0, state_pill(row.status, row.progress))
    verdicts = dict.fromkeys(row.waived, FlagVerdict.WAIVED) | dict.fromkeys(row.standing, FlagVerdict.STANDS)
    # What still asks for a look comes first: the last ones may find no room.
    flags = sorted(row.flags, key=lambda flag: flag in verdicts)
    return [*states, *(flag_pill(flag, verdicts.get(flag)) for flag in flags)]


def joined(words: Iterable[str]) -> str:
    """Return words as one list."""
    return _(", ").join(words)


def reasons_text(reasons: Iterable[str]) -> str:
    """Return in what two people are alike."""
    return joined(term("reason", reason) for reason in reasons)


def field_word(field: str) -> str:
    """Return the word for a field of a person or of an entry."""
    # "name" is a course's name among the fields of forms, a person's among the columns of lists.
    return term("column", field) if field == "name" else term("field", field)


def use_word(use: str) -> str:
    """Return what a column of a file is used for."""
    if use == RAW:
        return _("Kept, not shown")
    if use.startswith(DAY):
        return term("weekday", use.removeprefix(DAY))
    return field_word(use)


def school_text(school: str, faculty: str) -> str:
    """Return 大学・学部 in one line."""
    return f"{school} {faculty}".strip()


def points_text(scores: Iterable[int | None]) -> str:
    """Return points that stand in hundredths as ``92.5``; two where an entry is for two courses."""
    return joined(f"{score / 100:g}" for score in scores if score is not None)


def month_text(month: str) -> str:
    """Return ``2028-03`` as 2028年3月, and whatever else is written as it is."""
    year, _dash, number = month.partition("-")
    if not (year.isdecimal() and number.isdecimal()):
        return month
    return _("{month}/{year}").format(month=int(number), year=year)


def short_moment(moment: datetime) -> str:
    """Return ``10/15 09:53``; the year is that of the programme."""
    return f"{format_short_date(moment.date())} {moment:%H:%M}"

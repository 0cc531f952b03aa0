"""Times of day as a mail about free time names them: 13時半から, 9-12時, 午後, 夕方以降, 10時前後.

Source of the parts of a day: 気象庁「時に関する用語」 (昼過ぎ 12–15時, 夕方 15–18時); where a word is
vague the reading is a doubt.
"""

from __future__ import annotations

from typing import Final

from fujisawa_desktop.rules.availability_grid import DAY_MINUTES, Frame
from fujisawa_desktop.rules.availability_tokens import Cursor, Doubt, Span, Term, Token
from fujisawa_desktop.rules.availability_vocabulary import Kind

_NOON: Final = 12 * 60
_AROUND: Final = 30
_WHOLE: Final = ("終日", "一日", "1日", "丸", "まる", "全時間")
_CLOCK: Final = frozenset({Kind.TIME, Kind.PART})


class TimeReader:
    """Reads times of day where the cursor stands."""

    def __init__(self, cursor: Cursor, frame: Frame) -> None:
        self._cursor = cursor
        self._frame = frame

    def read(self) -> Term:
        """Return a time or a stretch of the day, with what is unclear about it."""
        word = self._cursor.take()
        term = Term(Kind.TIME, word.start, word.end, is_part=word.kind is Kind.PART)
        term.is_any = word.parts.get("part") in ("いつでも", "何時でも")
        low = self._point(term, word, None)
        follows, after = self._cursor.kind(), self._cursor.kind(1)
        if follows in (Kind.RANGE, Kind.FROM) and after in _CLOCK:
            self._cursor.take()
            other = self._cursor.take()
            high = self._point(term, other, None if word.kind is Kind.PART else (word, low))
            self._cursor.skip(Kind.UNTIL)
            term.spans = ((low[0], high[0] if other.kind is Kind.TIME else high[1]),)
        elif follows in (Kind.RANGE, Kind.FROM) and after is Kind.DURATION:
            self._cursor.take()
            term.spans = ((low[0], low[0] + _minutes(self._cursor.take())),)
        elif follows is Kind.DURATION:
            term.spans = ((low[0], low[0] + _minutes(self._cursor.take())),)
        else:
            term.spans = (self._with_open_end(term, word, low),)
            term.is_whole = term.is_part and term.spans == ((0, DAY_MINUTES),)
        term.end = self._cursor.end
        self._check_span(term)
        return term

    def _with_open_end(self, term: Term, word: Token, low: Span) -> Span:
        is_part = word.kind is Kind.PART
        if self._cursor.kind() is Kind.AROUND:
            around = self._cursor.take()
            term.doubts.append(
                Doubt(
                    "availability.around", word.start, around.end, {"minutes": _AROUND, "word": around.text}
                )
            )
            if self._cursor.kind() not in (Kind.FROM, Kind.UNTIL, Kind.RANGE):
                return low if is_part else (low[0] - _AROUND, low[0] + _AROUND)
        follows = self._cursor.kind()
        if follows in (Kind.FROM, Kind.AFTER, Kind.RANGE):
            self._cursor.take()
            term.is_open = follows is not Kind.AFTER
            # After the morning begins at noon, after the evening has begun in the evening.
            begins = low[1] if is_part and follows is Kind.AFTER else low[0]
            return begins, DAY_MINUTES
        if follows in (Kind.UNTIL, Kind.BEFORE):
            self._cursor.take()
            # Until the morning is to its end; until the evening is safe only until it begins.
            ends = low[1] if is_part and follows is Kind.UNTIL and low[1] <= _NOON else low[0]
            return 0, ends
        if is_part:
            return low
        term.doubts.append(
            Doubt("availability.single-time", word.start, word.end, {"minutes": self._frame.slot})
        )
        return low[0], low[0] + self._frame.slot

    def _check_span(self, term: Term) -> None:
        ((start, end),) = term.spans
        if any(one.code == "availability.no-such-time" for one in term.doubts):
            term.spans = ()
        elif end <= start:
            term.doubts.append(Doubt("availability.backwards", term.start, term.end))
            term.spans = ()
        elif end <= self._frame.opens or start >= self._frame.closes:
            term.doubts.append(Doubt("availability.outside-hours", term.start, term.end))

    def _point(self, term: Term, word: Token, before: tuple[Token, Span] | None) -> Span:
        """Return the minute a time means, twice; of a part of the day its begin and end."""
        if word.kind is Kind.PART:
            return self._part(term, word)
        parts = word.parts
        if parts.get("noon"):
            return _NOON, _NOON
        hour, minute = int(parts["hour"] or 0), 30 if parts.get("half_past") else 0
        minute = int(parts.get("minute") or parts.get("minutes") or minute)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            term.doubts.append(Doubt("availability.no-such-time", word.start, word.end))
            return 0, 0
        half = (parts.get("half") or parts.get("suffix") or "").upper().replace(".", "")
        at = self._hour(term, word, hour, half, before) * 60 + minute
        return at, at

    def _hour(self, term: Term, word: Token, hour: int, half: str, before: tuple[Token, Span] | None) -> int:
        """Return the hour on the clock of 24 hours; where two are possible, say which was taken."""
        literal = hour > 12 or hour == 0 or (word.parts["hour"] or "").startswith("0")
        if literal:
            return hour
        if half in ("午後", "PM", "夕方", "夜"):
            return hour % 12 + 12
        if half in ("昼", "お昼"):
            return hour + 12 if hour < 6 else hour
        if half in ("午前", "AM", "朝"):
            return hour % 12 if hour == 12 else hour
        if before is not None and before[0].parts.get("half") in ("午後", "PM", "夕方", "夜"):
            later = hour % 12 + 12
            if later * 60 >= before[1][0]:
                return later
        return self._unmarked(term, word, hour, before)

    def _unmarked(self, term: Term, word: Token, hour: int, before: tuple[Token, Span] | None) -> int:
        opens, closes = self._frame.opens, self._frame.closes
        fits, later_fits = (
            opens // 60 <= hour and hour * 60 <= closes,
            hour < 12 and (hour + 12) * 60 <= closes,
        )
        taken = hour
        if (before is not None and hour * 60 <= before[1][0] and later_fits) or (not fits and later_fits):
            taken = hour + 12
        if hour < 12 and (taken != hour or (fits and later_fits)):
            params = {"hour": hour, "taken": taken}
            term.doubts.append(Doubt("availability.hour-ambiguous", word.start, word.end, params))
        return taken

    def _part(self, term: Term, word: Token) -> Span:
        name = (word.parts["part"] or "").upper().removeprefix("お").removesuffix("中")
        if name.startswith(_WHOLE) or "でも" in name or "問わず" in name:
            return 0, DAY_MINUTES
        opens = min(self._frame.opens, 9 * 60)
        lunch = self._frame.lunch or (_NOON, 13 * 60)
        exact = {
            "午前": (0, _NOON),
            "AM": (0, _NOON),
            "午後": (_NOON, DAY_MINUTES),
            "PM": (_NOON, DAY_MINUTES),
        }
        if name in exact:
            return exact[name]
        vague = {
            "昼過ぎ": (_NOON, 15 * 60),
            "昼休み": lunch,
            "昼": lunch,
            "昼間": (opens, 18 * 60),
            "日": (opens, 18 * 60),
            "夕方": (15 * 60, 18 * 60),
            "夕刻": (15 * 60, 18 * 60),
            "夕": (15 * 60, 18 * 60),
            "早朝": (5 * 60, 7 * 60),
            "夜": (18 * 60, DAY_MINUTES),
            "夜間": (18 * 60, DAY_MINUTES),
        }
        span = vague.get(name, (opens, opens + 60))
        params = {"word": word.text.strip(), "start_hm": span[0], "end_hm": span[1]}
        term.doubts.append(Doubt("availability.part-vague", word.start, word.end, params))
        return span


def _minutes(word: Token) -> int:
    hours, half = int(word.parts["hours"] or 0), 30 if word.parts["half"] else 0
    return hours * 60 + half + int(word.parts["minutes"] or 0)

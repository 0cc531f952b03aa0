"""What people write when they say when they can come: the patterns of words, in the order they are tried.

Collected from the ways Japanese mails put it.  The text they are matched with is folded (NFKC), a wave
dash is ``~``, and space within a pattern never crosses the end of a line.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a word is."""

    DATE = "date"
    DAY = "day"
    MONTH = "month"
    WEEKDAYS = "weekdays"
    DAY_GROUP = "day-group"
    TIME = "time"
    DURATION = "duration"
    PART = "part"
    PERIOD = "period"
    RANGE = "range"
    FROM = "from"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    AROUND = "around"
    EXCEPT = "except"
    ONLY = "only"
    NOTHING_BUT = "nothing-but"
    REST = "rest"
    YES = "yes"
    SOFT_YES = "soft-yes"
    NO = "no"
    MAYBE = "maybe"
    BUSY = "busy"
    TOPIC = "topic"
    LINK = "link"
    OPEN = "open"
    CLOSE = "close"
    COLON = "colon"
    COMMA = "comma"
    BUT = "but"
    STOP = "stop"
    LINE = "line"
    BLANK = "blank"
    FILLER = "filler"
    UNKNOWN = "unknown"


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_WEEK: Final = "[月火水木金土日]"
_MARK_IN_BRACKETS: Final = rf"\(\s*(?P<weekday>{_WEEK})(?:曜日?)?\s*(?:[・,、/]?\s*(?:祝日?|休日?))?\s*\)"
_MARK: Final = rf"(?:\s*{_MARK_IN_BRACKETS}|\s*(?P<weekday_word>{_WEEK})曜日?)?"
_NOT_DAYS: Final = r"(?!日?[間目程時])"
_DAY_FOLLOWS: Final = rf"(?=日|\(\s*{_WEEK}(?:曜日?)?\s*[)・])"
_DATE_ENDS: Final = r"(?!\d|\s*[時限/月]|:\d)"
_MORE_DAYS: Final = r"(?P<more>(?:\s*[・,、&]\s*\d{1,2}(?!\s*[\d:時/月限分~コ番人名点(-])日?){0,31})"
_BUSY: Final = _any(
    *("授業", "講義", "ゼミ", "研究室", "実験", "実習", "試験", "テスト", "アルバイト", "バイト", "仕事"),
    *("部活", "サークル", "用事", "予定", "先約", "通院", "病院", "歯医者", "就活", "説明会", "面談", "法事"),
    *("帰省", "旅行", "他社(?:の)?(?:面接|選考)", "別件"),
)
_TAKE_PART: Final = _any("参加", "出席", "対応", "受験", "調整", "面接")
_COME: Final = _any("伺え", "行け", "受けられ", "来られ", "入れ", "出られ", "合わせられ")
_ADDRESS: Final = _any(
    "(?:いつも)?(?:大変)?お世話になって(?:おり|い)ます",
    "よろしく(?:御|お)願い(?:(?:いた|致|申し上げ)し?|し)ます",
    "何卒",
    "申し訳(?:ござい|あり)ません(?:が)?",
    "(?:誠に|大変)?恐れ入りますが?",
    "恐縮です(?:が)?",
    "すみません(?:が)?",
    "ありがとうございま(?:す|した)",
    "お忙しい(?:ところ|中)",
    "(?:以下|下記)(?:の?通り)?",
    "ご?確認(?:ください)?",
    "ご(?:連絡|返信)(?:(?:いた|致)?します)?",
)
_NO: Final = _any(
    "不可能?",
    rf"{_TAKE_PART}?(?:は|が|も)?(?:でき|出来)(?:ません|ない|かね(?:ます)?)",
    r"[Nn]\.?[Gg]",
    "[×✕✖╳xX](?![a-zA-Z])",
    "無理",
    rf"{_TAKE_PART}?(?:が|は)?(?:難し(?:い|く)|厳し(?:い|く))(?:です)?",
    rf"{_COME}(?:ません|ない|ず)",
    "(?:ご?都合|予定)(?:が|は|の)?悪(?:い|く)",
    "(?:ご?都合|予定)(?:が|は)?(?:つか|つき|付か|付き)(?:ません|ない|ず|かね(?:ます)?)",
    "(?:ご?都合|予定)(?:が|は)?合(?:わない|いません|わず)",
    "空いて(?:い)?(?:ません|ない|おりません)",
    "空き(?:が|は)?(?:ありません|ない|なし)",
    "(?:埋まって|塞がって|ふさがって)(?:い|おり)(?:ます|る)?",
    "(?:避けて|外して|除いて)(?:ほしい|いただき(?:たい|ける)?|いただけ(?:れば|ると)?|もらい(?:たい)?)",
    *("不在", "欠席", "だめ", "ダメ", "駄目", "不都合", "いけません", "希望しません"),
)
_MAYBE: Final = _any(
    *("△", "▲", "微妙", "未定", "多分", "たぶん", "おそらく", "調整中", "かもしれ(?:ません|ない)", "要相談"),
    *("場合によ(?:り|って)(?:は)?", "わかりません", "分かりません", "未確定", "できれば避け(?:たい|て)"),
)
_YES: Final = _any(
    rf"{_TAKE_PART}?(?:が|は|も)?(?:可能|可)(?:です|な|でございます)?",
    r"[Oo]\.?[Kk]",
    "[○◯〇◎]",
    "大丈夫",
    "問題(?:は)?(?:ありません|ございません|ない|なし)",
    "空いて(?:い|おり)?(?:ます|る)",
    "空き(?:が)?(?:あります|ある|です)",
    rf"{_TAKE_PART}?(?:が|も)?(?:でき|出来)(?:ます|る)",
    "(?:ご?都合|予定)(?:が|も)?(?:つ(?:きます|く)|付(?:きます|く)|良い|よい|いい|合(?:います|う))",
    rf"{_COME}(?:ます|る)",
    *("構いません", "かまいません", "差し支え(?:ありません|ない)", "フリー", "歓迎"),
)
_SOFT_YES: Final = _any(
    "(?:を|で)?(?:第[一二三1-9])?希望(?:(?:いた|致)?します|です|しております)?",
    "(?:で)?お願い(?:いた|致)?(?:します|したい|できれば)",
    "(?:が|だと)?(?:助かり|幸い|ありがた|嬉し)(?:です|ます|い)*",
    "が(?:よ|良|い)い",
)
_BECAUSE: Final = _any(
    rf"{_BUSY}(?:が|は|も)?(?:ある|あり|(?:入|はい)って(?:い|おり)|ござい)?(?:る|ます)?(?:ため|為|ので)(?:に)?",
    rf"{_BUSY}(?:が|は|も)?(?:ある|あります|入っています)から(?=[、,])",
    rf"{_BUSY}の?(?:ため|為|関係|都合)(?:に|で|上)?",
    rf"{_BUSY}で(?=不可|NG|無理|難)",
)
_IS_BUSY: Final = (
    rf"{_BUSY}(?:が|は|も)?(?:(?:入|はい)って(?:い|おり)?(?:ます|る)?|あり(?:ます)?|ある|ございます|です|だ"
    r"|[にへ]行(?:きます|く)|に出(?:ます|る))?(?=\s*(?:[、。,;\n)]|$|が[、,]))"
)
_IS_NOT_BUSY: Final = (
    rf"{_BUSY}(?:は|が|も)?(?:(?:あり|ござい)ません|(?:入|はい)って(?:い)?(?:ない|ません)|な(?:い|く|し))"
)
_PARTICLES: Final = _any(
    *("とな(?:ります|っております)", "になります", "(?:と)?(?:思|存)(?:います|じます)", "ございます"),
    *("いたします", "致します", "です[ねよ]?", "ます", "でも", "場合", "時間帯?", "日時", "日程", "候補日?"),
    *(
        "曜日",
        "面接",
        "可能な",
        "希望の?",
        "都合",
        "第[一二三]",
        "方",
        "ほう",
        "こと",
        "とき",
        "時",
        "間",
        "日",
    ),
    *(
        "いずれか",
        "どちらも?",
        "帯",
        "また",
        "それから",
        "あと",
        "そして",
        "さらに",
        "大変",
        "一応",
        "なるべく",
    ),
    *("できれば", "できるだけ", "当方", "私", "僕", _TAKE_PART, "[のでにをもがへとやねよか]"),
    *("[・*●■◆▪◇□※→⇒…]", r"\."),
)
_NEXT_TIME: Final = r"(?=\s*(?:\d|[午火水木金月土夕昼朝終]))"
_TIME_ENDS: Final = r"(?=[はのがをも、,\s]|なら|以外|まで|$)"

_PATTERNS: Final[tuple[tuple[Kind, str], ...]] = (
    (Kind.BLANK, r"[ \t]{0,99}\n(?:[ \t]{0,99}\n)+"),
    (Kind.LINE, r"[ \t]*\n"),
    (Kind.FILLER, _ADDRESS),
    (Kind.FILLER, r"(?m:^)\s*(?:\d{1,2}\.(?=[ \t])|\(?\d{1,2}\))"),
    (Kind.REST, r"(?:それ|これ|上記)(?:ら)?(?:の日(?:程|時)?)?以外"),
    (Kind.REST, r"(?:その|この)(?:ほか|他)|(?:ほか|他)の(?=日|時間)|残り|(?:ほか|他)(?=は|なら|で)"),
    (Kind.NOTHING_BUT, r"(?:以外)?しか"),
    (Kind.NO, _NO),
    (Kind.EXCEPT, r"以外|を?除(?:く|き|いて|いた)|を?のぞ(?:く|き|いて)|を外して"),
    (
        Kind.DATE,
        (
            r"(?:(?P<era>令和|平成|[RrHh])\s*(?P<era_year>\d{1,2}|元)|(?<!\d)(?P<year>\d{4}))\s*(?:年|[./-])\s*"
            rf"(?P<y_month>\d{{1,2}})\s*(?:月|[./-])\s*(?P<y_day>\d{{1,2}}){_DATE_ENDS}日?{_MARK}"
        ),
    ),
    (
        Kind.DATE,
        rf"(?<!\d)(?P<month>\d{{1,2}})\s*(?:月|/)\s*(?P<day>\d{{1,2}}){_DATE_ENDS}日?{_MORE_DAYS}{_MARK}",
    ),
    (
        Kind.DAY,
        rf"(?<!\d)(?P<first>\d{{1,2}})\s*日?\s*[~-]\s*(?P<last>\d{{1,2}})\s*{_DAY_FOLLOWS}{_NOT_DAYS}日?{_MARK}",
    ),
    (
        Kind.DAY,
        rf"(?<!\d)(?P<day>\d{{1,2}}(?:\s*[・,、と]\s*\d{{1,2}}){{0,31}})\s*日{_NOT_DAYS}(?![間目程時]){_MARK}",
    ),
    (Kind.DAY, rf"(?<!\d)(?P<day>\d{{1,2}})\s*{_MARK_IN_BRACKETS}"),
    (Kind.MONTH, r"(?<!\d)(?P<month>\d{1,2})月(?P<third>上旬|中旬|下旬)?(?:中|いっぱい)?(?!\d)"),
    (
        Kind.DURATION,
        r"(?P<hours>\d{1,2})時間(?P<half>半)?(?:程度|ほど|くらい)?|(?P<minutes>\d{1,3})分間?(?:程度|ほど|くらい)?",
    ),
    (
        Kind.TIME,
        (
            r"(?P<half>午前|午後|[AaPp]\.?[Mm]\.?|朝|お?昼|夕方|夜)?\s*の?\s*(?<!\d)(?P<hour>\d{1,2})\s*"
            r"(?::(?P<minute>\d{2})(?!\d)|時(?!間)\s*(?:(?P<half_past>半)|(?P<minutes>\d{1,2})\s*分(?!間))?)"
            r"(?:\s*(?P<suffix>[AaPp][Mm]))?(?:ちょうど|きっかり)?"
        ),
    ),
    (
        Kind.TIME,
        r"(?P<half>午前|午後)?\s*(?<![\d:/])(?P<hour>\d{1,2})(?=\s*[~-]\s*(?:午前|午後)?\s*\d{1,2}\s*時(?!間))",
    ),
    (Kind.TIME, r"(?P<noon>正午)"),
    (Kind.PERIOD, r"(?P<period>第?\d{1,2}(?:\s*[・,、~-]\s*\d){0,8}(?:時限目?|限目?|コマ目?))"),
    (
        Kind.PART,
        r"(?P<part>午前中?|午後|お?昼過ぎ|お?昼休み|お?昼間|お?昼|日中|夕方|夕刻|夕|早朝|朝一?|夜間?|[AaPp][Mm](?![a-zA-Z]))",
    ),
    (
        Kind.PART,
        r"(?P<part>終日|[一1]日中|丸[一1]?日|まる[一1]日|いつでも|何時でも|どの時間(?:帯)?でも|時間(?:は)?問わず|全時間帯)",
    ),
    (
        Kind.DAY_GROUP,
        r"(?P<group>平日|土・?日(?:・?祝日?)?|週末|祝日|休日|毎日|全日程|全日|どの日(?:程)?でも|全て|すべて|期間[中内]|初日|最終日)",
    ),
    (
        Kind.WEEKDAYS,
        rf"(?P<first>{_WEEK})(?:曜日?)?\s*(?:[~-]|から)\s*(?P<last>{_WEEK})(?:曜日?|{_TIME_ENDS})",
    ),
    (Kind.WEEKDAYS, rf"毎?週?(?P<days>{_WEEK}(?:(?:曜日?)?[・、,と/]?{_WEEK}){{0,9}})曜日?"),
    (
        Kind.WEEKDAYS,
        rf"(?<![\d\w])(?P<days>{_WEEK}(?:[・、,と/]?{_WEEK}){{1,9}}|[月火水木金土])(?=[はのがをもに\s]|なら|以外|[午夕]|$)",
    ),
    (Kind.WEEKDAYS, rf"\(\s*(?P<days>{_WEEK})\s*\)"),
    (Kind.YES, _IS_NOT_BUSY),
    (Kind.MAYBE, _MAYBE),
    (Kind.FILLER, _BECAUSE),
    (Kind.BUSY, _IS_BUSY),
    (Kind.YES, _YES),
    (Kind.SOFT_YES, _SOFT_YES),
    (Kind.ONLY, r"のみ|だけ|に限(?:り|って|る)(?:ます)?|限定"),
    (Kind.AROUND, r"前後|頃|ごろ|ころ|くらい|ぐらい|あたり|辺り"),
    (Kind.FROM, r"以降|以後|から|より(?!も|前|後)"),
    (Kind.AFTER, r"より後|(?:の)?後(?=[はのなで、,\s]|$)|過ぎ"),
    (Kind.BEFORE, r"より前|(?:の)?前(?=[はのなで、,\s]|$)"),
    (Kind.UNTIL, r"まで|迄|以前|以内"),
    (Kind.RANGE, r"[~‐—―ー-]"),
    (Kind.BUT, r"(?:です|ます|だ)?(?:が|けれども?|けど)\s*[、,]|ただし|但し|しかし|なお"),
    (Kind.STOP, r"[。．!！;]"),
    (Kind.COMMA, r"[、,]"),
    (
        Kind.LINK,
        rf"[・&/+]|および|及び|ならびに|並びに|または|又は|もしくは|若しくは|あるいは|[とやか]{_NEXT_TIME}",
    ),
    (Kind.TOPIC, r"は|なら(?:ば)?|であれば|でしたら|だったら|ですと|だと|について(?:は)?|に関して(?:は)?"),
    (Kind.OPEN, r"[(\[【「『<]"),
    (Kind.CLOSE, r"[)\]】」』>]"),
    (Kind.COLON, r":"),
    (Kind.FILLER, _PARTICLES),
)
LEXER: Final = tuple((kind, re.compile(pattern.replace(r"\s*", r"[ \t]*"))) for kind, pattern in _PATTERNS)
"""Kinds and patterns; the first that matches at a place counts."""
